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

from spacy.language import Language
from spacy.tokens import Doc

from nlp.embedding import Embedder
from nlp.language_detection import ENGLISH, language_of
from nlp.parsing import BUILTIN, load_language, parse
from nlp.text import normalise, passages
from nlp.themes import ThemeReader
from nlp.types import Analysis, Matrix, Passage, Theme

PATTERN_KINDS = frozenset(("phone", "email", "postcode", "date_of_birth", "nhs_no", "ni_no"))
"""Personal data that is told by its form, whatever the language around it."""


@dataclass(frozen=True)
class Pipeline:
    """A loaded pipeline. version: differs whenever the same text might be read differently."""

    version: str
    embedder: Embedder
    language: Language
    themes: ThemeReader

    def analyse(self, texts: Iterable[str], *, batch_size: int = 16) -> Iterator[Analysis]:
        """One analysis a text, in order, reading `batch_size` texts at a time."""
        remaining = iter(texts)
        while batch := [normalise(text) for text in islice(remaining, batch_size)]:
            cut = [passages(text) for text in batch]
            embeddings = self.embedder.embed([passage.text for story in cut for passage in story])
            first = 0
            for doc, story in zip(parse(self.language, batch), cut, strict=True):
                rows = embeddings[first : first + len(story)]
                first += len(story)
                yield self._analysis(doc, story, rows)

    def _analysis(self, doc: Doc, story: tuple[Passage, ...], embeddings: Matrix) -> Analysis:
        language = language_of(doc.text, doc._.turnstone_sentences)
        read = Analysis(
            text=doc.text,
            pipeline_version=self.version,
            embedding_name=self.embedder.name,
            sentences=doc._.turnstone_sentences,
            passages=story,
            embeddings=embeddings,
            language=language,
            personal_data=doc._.turnstone_personal_data,
        )
        if language != ENGLISH:
            patterns = tuple(datum for datum in read.personal_data if datum.kind in PATTERN_KINDS)
            return replace(read, personal_data=patterns)
        return replace(
            read,
            themes=self.themes.suggest(doc.text, doc._.turnstone_sentences, story, embeddings),
            repurposings=doc._.turnstone_repurposings,
            mentions=doc._.turnstone_mentions,
            quotes=doc._.turnstone_quotes,
        )


def load_pipeline(name: str = BUILTIN, *, embedder: Embedder, codebook: Sequence[Theme]) -> Pipeline:
    """The pipeline of that name: "builtin", or any installed spaCy pipeline such as "en_core_web_sm".

    The project's components are added to it and give the same shapes. Raises ModuleNotFoundError, saying what to
    install, if there is no spaCy pipeline of that name.
    """
    language = load_language(name)
    return Pipeline(
        version=_version(name, language, embedder, codebook),
        embedder=embedder,
        language=language,
        themes=ThemeReader(codebook, embedder),
    )


def _version(name: str, language: Language, embedder: Embedder, codebook: Sequence[Theme]) -> str:
    """Twelve hexadecimal digits over all that an analysis depends on."""
    parts = [name, str(language.meta.get("version")), embedder.name, [asdict(theme) for theme in codebook]]
    digest = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    # The code is part of it by its own bytes, so that nobody has to remember to raise a number.
    here = Path(__file__).parent
    for path in sorted(
        [
            here / "parsing.py",
            here / "text.py",
            here / "themes.py",
            Path(__file__),
            *here.glob("components/*.py"),
            *here.glob("components/*.txt"),
            *here.glob("gazetteer/*.py"),
            *here.glob("gazetteer/*.tsv"),
            *here.glob("change_reader/*.py"),
            *here.glob("change_reader/*.npz"),
            *here.glob("change_reader/*.onnx"),
            *here.glob("theming/*.py"),
            *here.glob("theming/*.npz"),
        ]
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
