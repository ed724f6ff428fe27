"""How words are cut: spaCy's English tokenizer, brought to what the treebanks cut.

Every word that is cut otherwise than in the treebanks costs its tag, its lemma and its head at once. What is changed
was read off the training files: marks stand together ("!!!", "?!", "----"), prefixes keep their hyphen ("e-mail",
"non-profit"), telephone numbers stay whole, "and/or" is three words. The tokenizer is written into the pipeline's
folder, so that running it does not need this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from spacy.language import Language
from spacy.symbols import NORM, ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

RUNS = (r"[.!?]*[!?][.!?]+", r"[.!?]+[!?][.!?]*", r"([=*~_<>#+\-$|^])\1+")
"""Marks that stand together as one word."""
_JOINED = (
    "anti", "co", "counter", "cross", "e", "ex", "inter", "intra", "micro", "mid", "mini", "multi", "non", "over",
    "post", "pre", "pro", "re", "semi", "sub", "un",
)  # fmt: skip
"""With a hyphen after it, each of these is a part of the word that follows."""
_PHONE = r"(?:1-)?\(?\d{3}\)?-\d{3}-\d{4}|\d{3}-\d{4}|\d{1,2}-\d{1,2}-\d{2,4}|#[A-Za-z]\w+"
_SUFFIXES = (r"(?<=\d)(?:[ap]m|[AP]M|[ap]\.m\.|k)",)
_INFIXES = (r"(?<=[A-Za-z])-(?=\d)",)
_ABBREVIATIONS = ("al.", "Ft.", "Lt.", "Capt.", "Sat.", "Wed.", "Fri.", "Sun.", "Mon.", "Thur.", "Attn.", "No.")
_NOT_SPECIAL = ("and/or", "id", "Id", "ID", "wed", "Wed", "):")
_NEGATED = (
    "ai", "are", "ca", "could", "did", "does", "do", "had", "has", "have", "is", "should", "was", "were", "wo",
    "would",
)  # fmt: skip


@registry.callbacks("turnstone.treebank_tokenizer.v1")  # type: ignore[untyped-decorator]  # spaCy has no type for it
def create_treebank_tokenizer() -> Callable[[Language], Language]:
    """For `[initialize.before_init]` of a training configuration."""
    return cut_as_treebanks


def cut_as_treebanks(language: Language) -> Language:
    """The same pipeline, with a tokenizer that cuts words as the treebanks do."""
    language.tokenizer = treebank_tokenizer(language)
    return language


def treebank_tokenizer(language: Language) -> Tokenizer:
    """A tokenizer for an English pipeline."""
    defaults = language.Defaults
    joined = "".join(rf"(?<!\b(?i:{prefix}))" for prefix in _JOINED)
    infixes = [*RUNS, *_INFIXES]
    for infix in map(_pattern, defaults.infixes or ()):
        # spaCy cuts every hyphen between letters.
        infixes.append(f"{joined}{infix}" if "-|–" in infix else infix)
    return Tokenizer(
        language.vocab,
        rules=_rules(dict(defaults.tokenizer_exceptions or {})),
        prefix_search=compile_prefix_regex([*RUNS, *_without_hash(defaults.prefixes or ())]).search,
        suffix_search=compile_suffix_regex([*RUNS, *_SUFFIXES, *(defaults.suffixes or ())]).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        token_match=re.compile(f"(?:{_PHONE})$").match,
        url_match=defaults.url_match,
    )


def _rules(exceptions: dict[str, list[dict[int, str]]]) -> dict[str, list[dict[int, str]]]:
    """spaCy's exceptions without those that the treebanks speak against, and with some that it lacks."""
    for word in _NOT_SPECIAL:
        exceptions.pop(word, None)
    exceptions |= {word: [{ORTH: word}] for word in _ABBREVIATIONS}
    for stem in _NEGATED:
        for mark in ("'", "’"):
            word = f"{stem.upper()}N{mark}T"
            exceptions[word] = [{ORTH: stem.upper(), NORM: stem}, {ORTH: word[len(stem) :], NORM: "not"}]
    return exceptions


def _without_hash(prefixes: Iterable[str | re.Pattern[str]]) -> list[str]:
    """A hash is cut off a number and not off a word."""
    return [r"#(?![A-Za-z])" if prefix == "#" else _pattern(prefix) for prefix in prefixes]


def _pattern(expression: str | re.Pattern[str]) -> str:
    return expression if isinstance(expression, str) else expression.pattern
