"""Reading a query for more than its words: what it means, what it is about, where, and of what kind of use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from nlp.components.triggers import trigger_kind
from nlp.components.use_categories import UseCategories
from nlp.embedding import Embedder
from nlp.search.analyzer import WORD, fold
from nlp.search.english import KnowsWords, is_well_spelt
from nlp.search.language import Fact, Knowledge, Query, Side
from nlp.search.needs import text_to_embed
from nlp.search.place_names import places_named
from nlp.search.query import parse
from nlp.search.query_themes import QueryThemes
from nlp.types import USE_CATEGORIES, Theme


class QueryReader:
    """Reads queries with one embedder and one codebook; what is embedded of the codebook is embedded here, once."""

    def __init__(self, embedder: Embedder, codebook: Sequence[Theme] = ()) -> None:
        self.embedder = embedder
        self._themes = QueryThemes(codebook, embedder)
        self._uses = UseCategories(embedder)

    def read(self, text: str, filters: Mapping[str, tuple[str, ...]] | None = None) -> Query:
        """What was typed, understood as far as it goes, with the chosen filters."""
        query = parse(text)
        said = text_to_embed(query)
        embedding = self.embedder.embed([said])[0] if said else None
        return replace(
            query,
            filters=dict(filters or {}),
            embedding=embedding,
            well_spelt=self._well_spelt(said),
            turn=self._with_categories(query.turn),
            fact=self._with_categories(query.fact),
            excluded_facts=tuple(fact for f in query.excluded_facts if (fact := self._with_categories(f))),
            knowledge=Knowledge(
                themes=self._themes.themes_of(said, embedding) if embedding is not None and not query.turn else {},
                places=places_named(said),
                with_quote=query.knowledge.with_quote,
                tells_change=query.knowledge.tells_change,
            ),
        )

    def _well_spelt(self, said: str) -> frozenset[str]:
        if not isinstance(self.embedder, KnowsWords):
            return frozenset()
        return frozenset(word for word in WORD.findall(said) if is_well_spelt(fold(word), self.embedder))

    def _with_categories(self, fact: Fact | None) -> Fact | None:
        if fact is None:
            return None
        because = fact.because
        if because is not None and not because.is_literal:
            kinds = {trigger_kind(" ".join(words)) for words in because.phrases}
            because = replace(because, categories=frozenset(kinds - {"other"}))
        return replace(fact, from_=self._with_uses(fact.from_), to=self._with_uses(fact.to), because=because)

    def _with_uses(self, side: Side | None) -> Side | None:
        if side is None or side.is_literal:
            return side
        phrases = [" ".join(words) for words in side.phrases]
        keys = {phrase.casefold().replace(" ", "-") for phrase in phrases}
        named = keys & set(USE_CATEGORIES)
        return replace(side, categories=frozenset(self._uses.categories(phrases)) - {"other"} | named)
