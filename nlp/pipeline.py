"""From texts to analyses: passages, embeddings, themes, repurposings, mentions, personal data and quotes.

>>> from nlp.embedding import open_embedder
>>> from nlp.pipeline import load_pipeline
>>> pipeline = load_pipeline("builtin", embedder=open_embedder("hashing"), codebook=())
>>> [analysis] = pipeline.analyse(["In 2020 the chapel turned its vestry into a food bank."])
>>> [(event.actor.text, event.from_.text, event.to.text) for event in analysis.repurposings]
[('chapel', 'vestry', 'food bank')]
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.registry import add_components
from nlp.components.tokenizer import GuardedTokenizer
from nlp.components.use_categories import UseCategories
from nlp.embedding import Embedder
from nlp.text import normalise, passages
from nlp.themes import ThemeReader
from nlp.types import Analysis, Matrix, Passage, Repurposing, Theme

BUILTIN = "builtin"
LONGEST_TEXT = 20_000_000
"""Characters; spaCy's own limit of a million is for parsers, whose memory grows with the text."""


@dataclass(frozen=True)
class Pipeline:
    """A loaded pipeline. version: differs whenever the same text might be read differently."""

    version: str
    embedder: Embedder
    language: Language
    themes: ThemeReader
    use_categories: UseCategories

    def analyse(self, texts: Iterable[str], *, batch_size: int = 16) -> Iterator[Analysis]:
        """One analysis a text, in order, reading `batch_size` texts at a time."""
        remaining = iter(texts)
        while batch := [normalise(text) for text in islice(remaining, batch_size)]:
            cut = [passages(text) for text in batch]
            embeddings = self.embedder.embed([passage.text for story in cut for passage in story])
            first = 0
            for doc, story in zip(self.language.pipe(batch), cut, strict=True):
                rows = embeddings[first : first + len(story)]
                first += len(story)
                yield self._analysis(doc, story, rows)

    def _analysis(self, doc: Doc, story: tuple[Passage, ...], embeddings: Matrix) -> Analysis:
        return Analysis(
            text=doc.text,
            pipeline_version=self.version,
            embedding_name=self.embedder.name,
            sentences=doc._.turnstone_sentences,
            passages=story,
            embeddings=embeddings,
            themes=self.themes.suggest(doc.text, doc._.turnstone_sentences, story, embeddings),
            repurposings=_with_categories(doc._.turnstone_repurposings, self.use_categories),
            mentions=doc._.turnstone_mentions,
            personal_data=doc._.turnstone_personal_data,
            quotes=doc._.turnstone_quotes,
        )


def load_pipeline(name: str = BUILTIN, *, embedder: Embedder, codebook: Sequence[Theme]) -> Pipeline:
    """The pipeline of that name: "builtin", or any installed spaCy pipeline such as "en_core_web_sm".

    The project's components are added to it and give the same shapes; a pipeline with its own `ner` finds more
    mentions. Raises ModuleNotFoundError, saying what to install, if there is no spaCy pipeline of that name.
    """
    language = _load_language(name)
    add_components(language)
    return Pipeline(
        version=_version(name, language, embedder, codebook),
        embedder=embedder,
        language=language,
        themes=ThemeReader(codebook, embedder),
        use_categories=UseCategories(embedder),
    )


def _load_language(name: str) -> Language:
    if name == BUILTIN:
        language = spacy.blank("en")
    else:
        try:
            language = spacy.load(name)
        except OSError as err:
            raise ModuleNotFoundError(
                f"There is no spaCy pipeline named {name!r}. Install it, for example with `python -m spacy download "
                f"{name}`, or choose the pipeline {BUILTIN!r}."
            ) from err
    language.max_length = LONGEST_TEXT
    language.tokenizer = GuardedTokenizer(language.tokenizer, language.vocab)
    return language


def _version(name: str, language: Language, embedder: Embedder, codebook: Sequence[Theme]) -> str:
    """Twelve hexadecimal digits over all that an analysis depends on."""
    parts = [name, str(language.meta.get("version")), embedder.name, [asdict(theme) for theme in codebook]]
    digest = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    # The code is part of it by its own bytes, so that nobody has to remember to raise a number.
    here = Path(__file__).parent
    for path in sorted([here / "text.py", here / "themes.py", Path(__file__), *here.glob("components/*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _with_categories(events: Sequence[Repurposing], uses: UseCategories) -> tuple[Repurposing, ...]:
    """The events with a category for each slot that the words alone could not place."""
    sources = [event.from_.text for event in events if event.from_]
    named = dict(zip(sources, uses.categories(sources), strict=True))
    targets = uses.categories([event.to.text for event in events])
    return tuple(
        replace(event, from_category=named[event.from_.text] if event.from_ else None, to_category=target)
        for event, target in zip(events, targets, strict=True)
    )
