"""The components as spaCy knows them: each by name, each leaving what it read in an extension of the Doc.

The rules themselves take plain text and sentences; these wrappers let any spaCy pipeline run them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.compounds import with_whole_phrases
from nlp.components.lemmas import TABLE_FILE, LemmaTable
from nlp.components.mentions import LABEL_BY_ENTITY, find_mentions
from nlp.components.personal_data import find_personal_data
from nlp.components.quotes import find_quotes
from nlp.components.repurposing import find_repurposings
from nlp.text import sentences
from nlp.types import Mention

COMPONENTS: tuple[str, ...] = (
    "turnstone_sentences", "turnstone_mentions", "turnstone_quotes", "turnstone_personal_data",
    "turnstone_repurposing",
)  # fmt: skip
"""In the order in which they run; each one uses what those before it found."""

_EXTENSIONS = ("sentences", "mentions", "quotes", "personal_data", "repurposings")

Component = Callable[[Doc], Doc]


def add_components(language: Language) -> None:
    """Put the project's components at the end of a spaCy pipeline."""
    for extension in _EXTENSIONS:
        if not Doc.has_extension(f"turnstone_{extension}"):
            Doc.set_extension(f"turnstone_{extension}", default=())
    if language.path and (Path(language.path) / TABLE_FILE).exists():
        language.add_pipe("turnstone_lemmas", after="trainable_lemmatizer")
    for name in COMPONENTS:
        language.add_pipe(name)


@Language.factory("turnstone_lemmas", assigns=["token.lemma"])
def create_lemmas(nlp: Language, name: str) -> Component:
    """Lemmas of known words, from the table in the pipeline's folder."""
    return LemmaTable.from_file(Path(nlp.path) / TABLE_FILE)


@Language.factory("turnstone_sentences", assigns=["doc._.turnstone_sentences"])
def create_sentences(nlp: Language, name: str) -> Component:
    """Sentence spans by `nlp.text.sentences`, the same in every pipeline."""

    def read(doc: Doc) -> Doc:
        doc._.turnstone_sentences = sentences(doc.text)
        return doc

    return read


@Language.factory("turnstone_mentions", assigns=["doc._.turnstone_mentions"])
def create_mentions(nlp: Language, name: str) -> Component:
    """Names and dates by rules, and those of the pipeline's own `ner` where it has one."""

    def read(doc: Doc) -> Doc:
        doc._.turnstone_mentions = find_mentions(
            doc.text, doc._.turnstone_sentences, _entities(doc), proper=_proper(doc)
        )
        return doc

    return read


@Language.factory("turnstone_quotes", assigns=["doc._.turnstone_quotes"])
def create_quotes(nlp: Language, name: str) -> Component:
    """Direct speech with its speakers."""

    def read(doc: Doc) -> Doc:
        doc._.turnstone_quotes = find_quotes(doc.text, doc._.turnstone_mentions)
        return doc

    return read


@Language.factory("turnstone_personal_data", assigns=["doc._.turnstone_personal_data"])
def create_personal_data(nlp: Language, name: str) -> Component:
    """What could identify a private person."""

    def read(doc: Doc) -> Doc:
        doc._.turnstone_personal_data = find_personal_data(
            doc.text, doc._.turnstone_sentences, doc._.turnstone_mentions
        )
        return doc

    return read


@Language.factory("turnstone_repurposing", assigns=["doc._.turnstone_repurposings"])
def create_repurposing(nlp: Language, name: str) -> Component:
    """Changes of use, each with its sentence."""

    def read(doc: Doc) -> Doc:
        found = find_repurposings(doc.text, doc._.turnstone_sentences, doc._.turnstone_mentions)
        doc._.turnstone_repurposings = with_whole_phrases(doc, found)
        return doc

    return read


def _proper(doc: Doc) -> frozenset[int] | None:
    """Where the words begin that the pipeline's tagger takes for proper nouns; None if it has no tagger."""
    if not doc.has_annotation("TAG"):
        return None
    return frozenset(token.idx for token in doc if token.tag_ in ("NNP", "NNPS") or token.pos_ == "PROPN")


def _entities(doc: Doc) -> list[Mention]:
    """The trained entities whose labels mean something here."""
    return [
        Mention(LABEL_BY_ENTITY[entity.label_], entity.start_char, entity.end_char, entity.text)
        for entity in doc.ents
        if entity.label_ in LABEL_BY_ENTITY
    ]
