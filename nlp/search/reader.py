"""Reading a query for more than its words: what it means, what it is about, where, and of what kind of use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from nlp.components.triggers import trigger_kind
from nlp.components.use_categories import UseCategories
from nlp.embedding import Embedder
from nlp.search.analyzer import WORD, fold
from nlp.search.documents import plain_sentence
from nlp.search.language import Fact, Knowledge, Query, Side
from nlp.search.needs import text_to_embed
from nlp.search.place_names import places_named
from nlp.search.query import parse
from nlp.search.query_themes import QueryThemes
from nlp.search.slips import EnglishSpelling
from nlp.types import USE_CATEGORIES, Theme


class QueryReader:
    """Reads queries with one embedder and one codebook; what is embedded of the codebook is embedded here, once."""

    def __init__(self, embedder: Embedder, codebook: Sequence[Theme] = ()) -> None:
        self.embedder = embedder
        self._themes = QueryThemes(codebook, embedder)
        self._uses = UseCategories(embedder)
        self._spelling = EnglishSpelling(embedder)

    def read(self, text: str, filters: Mapping[str, tuple[str, ...]] | None = None) -> Query:
        """What was typed, understood as far as it goes, with the chosen filters."""
        query = parse(text)
        turn = self._with_categories(query.turn)
        said = text_to_embed(query)
        embedding = self.embedder.embed([said])[0] if said else None
        return replace(
            query,
            filters=dict(filters or {}),
            embedding=embedding,
            well_spelt=self._well_spelt(query.text),
            respelt=self._respelt(said),
            turn=turn,
            turn_embedding=self.embedder.embed([_in_a_sentence(turn)])[0] if turn else None,
            fact=self._with_categories(query.fact),
            excluded_facts=tuple(fact for f in query.excluded_facts if (fact := self._with_categories(f))),
            knowledge=Knowledge(
                themes=self._themes.themes_of(said, embedding) if embedding is not None and not query.turn else {},
                places=places_named(said),
                with_quote=query.knowledge.with_quote,
                tells_change=query.knowledge.tells_change,
            ),
        )

    def _well_spelt(self, text: str) -> frozenset[str]:
        known = self._spelling.well_spelt(map(fold, WORD.findall(text)))
        return frozenset(word for word in WORD.findall(text) if fold(word) in known)

    def _respelt(self, said: str) -> dict[str, str]:
        """Word → the English word it is a slip of; a capital letter says that it is a name."""
        words = [word for word in WORD.findall(said) if not word[0].isupper()]
        return {word: meant for word in words if (meant := self._spelling.meant(fold(word))) is not None}

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


def _in_a_sentence(turn: Fact) -> str:
    """The arrow as what a story says turned into what is said: "museum became nursery (heritage-museum to …)"."""
    sides = [side for side in (turn.from_, turn.to) if side is not None]
    return plain_sentence(
        from_=_alternatives(turn.from_) or "something",
        actor=None,
        to=_alternatives(turn.to) or "something else",
        categories=[" or ".join(sorted(side.categories)) for side in sides],
        trigger=None,
    )


def _alternatives(side: Side | None) -> str:
    return " or ".join(" ".join(words) for words in side.phrases) if side else ""
