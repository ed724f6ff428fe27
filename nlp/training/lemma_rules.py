"""Lemmas: by a table of what the treebanks say, and by rules that words share.

A rule cuts so many letters off the end of a form and adds others:

>>> rule_between("cities", "city")
'3+y'
>>> apply("3+y", "parties")
'party'
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from nlp.training.treebank import Sentence

KEEPS_CASE = "="
AGREED = 0.7


def rule_between(form: str, lemma: str) -> str:
    """The rule, with "=" before it where the lemma keeps the form's capitals."""
    mark, start = (KEEPS_CASE, form) if lemma != lemma.lower() else ("", form.lower())
    shared = 0
    while shared < min(len(start), len(lemma)) and start[shared] == lemma[shared]:
        shared += 1
    return f"{mark}{len(start) - shared}+{lemma[shared:]}"


def apply(rule: str, form: str) -> str | None:
    """The lemma; None where the form is shorter than what the rule cuts."""
    keeps = rule.startswith(KEEPS_CASE)
    cut, _, added = rule.removeprefix(KEEPS_CASE).partition("+")
    start = form if keeps else form.lower()
    return start[: len(start) - int(cut)] + added if int(cut) <= len(start) else None


def lemma_table(sentences: Iterable[Sentence]) -> dict[str, dict[str, str]]:
    """Tag → form in lower case → lemma, where the treebanks mostly agree on one."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for sentence in sentences:
        for word in sentence.words:
            counts.setdefault((word.tag, word.form.lower()), Counter())[word.lemma] += 1
    table: dict[str, dict[str, str]] = {}
    for (tag, form), lemmas in sorted(counts.items()):
        [(lemma, n)] = lemmas.most_common(1)
        if n >= AGREED * lemmas.total() and lemma != "_":
            table.setdefault(tag, {})[form] = lemma
    return table
