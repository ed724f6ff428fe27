"""The spaCy pipeline beneath the reading: which one, and Docs of any length from it.

`builtin` is the project's own English pipeline (`nlp/model/`, see its README.md): tags, morphology, Universal
Dependencies, lemmas and names. `blank` only cuts words, and everything else is then read by rules over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import use_ops

from nlp.components.registry import COMPONENTS, add_components
from nlp.components.tokenizer import GuardedTokenizer

BUILTIN = "builtin"
BLANK = "blank"
MODEL_FOLDER = Path(__file__).parent / "model"
LONGEST_PIECE = 20_000
"""Characters that are parsed at once: a parser's memory grows with the text, by about 1 GB for each 100,000."""
_BREAK = re.compile(r"\n+|(?<=[.!?])\s+")


def load_language(name: str) -> Language:
    """The pipeline of that name with the project's components at its end.

    name: "builtin", "blank", or any installed spaCy pipeline such as "en_core_web_sm".
    Raises ModuleNotFoundError, saying what to install, if there is no spaCy pipeline of that name.
    """
    if name == BLANK:
        language = spacy.blank("en")
    else:
        try:
            # numpy multiplies matrices up to three times as fast as the library that spaCy takes by itself.
            with use_ops("numpy", use_blis=False):
                language = spacy.load(MODEL_FOLDER if name == BUILTIN else name)
        except OSError as err:
            raise ModuleNotFoundError(
                f"There is no spaCy pipeline named {name!r}. Install it, for example with `python -m spacy download "
                f"{name}`, or choose the pipeline {BUILTIN!r}."
            ) from err
    language.max_length = LONGEST_PIECE * 2
    language.tokenizer = GuardedTokenizer(language.tokenizer, language.vocab)
    add_components(language)
    return language


def parse(language: Language, texts: Sequence[str]) -> Iterator[Doc]:
    """One Doc a text, in order, with all that the pipeline and the project's components read.

    A long text is parsed in pieces that are put together again before the components read it as a whole, so
    that memory stays within bounds whatever its length. `doc.text` is the text, character for character.
    """
    cut = [pieces(text) for text in texts]
    parsed = language.pipe((piece for text in cut for piece in text), disable=COMPONENTS)
    for text in cut:
        docs = [next(parsed) for _ in text]
        doc = docs[0] if len(docs) == 1 else Doc.from_docs(docs, ensure_whitespace=False)
        for name in COMPONENTS:
            doc = language.get_pipe(name)(doc)
        yield doc


def pieces(text: str) -> list[str]:
    """The text in pieces of at most LONGEST_PIECE characters, cut after a paragraph or a sentence where one ends.

    >>> pieces("One. Two.")
    ['One. Two.']
    """
    found: list[str] = []
    start = 0
    while len(text) - start > LONGEST_PIECE:
        limit = start + LONGEST_PIECE
        ends = [match.end() for match in _BREAK.finditer(text, start + LONGEST_PIECE // 2, limit)]
        end = ends[-1] if ends else limit
        found.append(text[start:end])
        start = end
    return [*found, text[start:]]
