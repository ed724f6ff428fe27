"""Named entities from corpora whose rules differ, brought to one set of labels: PERSON, ORG, PLACE and DATE.

Every corpus says with None what it cannot tell: a token whose label there would mean something else here is
not learned from. DATE is what `nlp.components.dates` finds, in every corpus alike, since only one of them
marks dates.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.components.dates import find_dates

LABELS = ("PERSON", "ORG", "PLACE", "DATE")
LABEL_BY_TAG: Mapping[str, str | None] = {
    "PER": "PERSON", "person": "PERSON", "Person": "PERSON", "PERSON": "PERSON",
    "ORG": "ORG", "corporation": "ORG", "group": "ORG", "Organisation": "ORG", "organization": "ORG",
    "LOC": "PLACE", "GPE": "PLACE", "FAC": "PLACE", "PLACE": "PLACE", "location": "PLACE", "Location": "PLACE",
    "place": "PLACE", "Temporal": "DATE", "DATE": "DATE",
}  # fmt: skip
"""What other corpora call the entities that are read here; their other labels are no entities to us."""

KEPT_FOLD_SHARE = 0.2
"""The last fifth of Wikigold is kept out of training, to report on."""


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """Tokens with one label each: "O", "B-PERSON", "I-PERSON" …, or None for what is not known."""

    tokens: tuple[str, ...]
    labels: tuple[str | None, ...]
    source: str

    def entities(self) -> Iterator[tuple[int, int, str]]:
        """(start, end, label) by token, half-open."""
        start: int | None = None
        for index, label in enumerate((*self.labels, "O")):
            if start is not None and not (label or "").startswith("I-"):
                yield start, index, str(self.labels[start])[2:]
                start = None
            if label and label.startswith("B-"):
                start = index


def read_iob2(path: Path) -> list[LabelledSentence]:
    """The sentences of a file with one token and its IOB2 tag a line, and blank lines between sentences.

    Raises ValueError, naming the line, where a token has no tag.
    """
    found: list[LabelledSentence] = []
    rows: list[tuple[str, str]] = []
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], start=1):
        parts = line.split()
        if len(parts) == 1:
            raise ValueError(f"{path}, line {number}: a token without a tag.")
        if parts:
            rows.append((parts[0], parts[-1]))
        elif rows:
            found.append(_labelled(rows, path.stem))
            rows = []
    return found


def read_gum(path: Path, *, documents: frozenset[str]) -> list[LabelledSentence]:
    """GUM's named entities, the outermost where they are nested, of the documents named."""
    found: list[LabelledSentence] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        sentence = json.loads(line)
        if sentence["doc"] not in documents:
            continue
        labels: list[str] = ["O"] * len(sentence["tokens"])
        for entity in sorted(sentence["ents"], key=lambda e: e["start"] - e["end"]):
            label = LABEL_BY_TAG.get(entity["label"])
            stretch = range(entity["start"], entity["end"])
            if entity["named"] and label and all(labels[i] == "O" for i in stretch):
                labels[entity["start"]] = f"B-{label}"
                for index in stretch[1:]:
                    labels[index] = f"I-{label}"
        found.append(LabelledSentence(tuple(sentence["tokens"]), tuple(labels), "gum"))
    return found


def read_training_corpora(ner: Path, treebank: Path) -> tuple[list[LabelledSentence], list[LabelledSentence]]:
    """What is learned from, and the Wikigold fold that is kept out of it."""
    permissive = frozenset((treebank / "gum_permissive_docs.txt").read_text(encoding="utf-8").split())
    learned = read_gum(treebank / "gum_ner_train.jsonl", documents=permissive)
    kept: list[LabelledSentence] = []
    for path in sorted(ner.glob("*.iob2")):
        sentences = read_iob2(path)
        if path.stem == "wikigold_train":
            first_kept = round(len(sentences) * (1 - KEPT_FOLD_SHARE))
            sentences, kept = sentences[:first_kept], sentences[first_kept:]
        learned += [_without_handles(sentence) for sentence in sentences]
    return [with_dates(sentence) for sentence in learned], [with_dates(sentence) for sentence in kept]


def with_dates(sentence: LabelledSentence) -> LabelledSentence:
    """The sentence with DATE where nothing else is marked."""
    text, offsets = " ".join(sentence.tokens), []
    position = 0
    for token in sentence.tokens:
        offsets.append(position)
        position += len(token) + 1
    labels = list(sentence.labels)
    for date in find_dates(text):
        inside = [i for i, start in enumerate(offsets) if date.start <= start < date.end]
        if inside and all(labels[i] == "O" for i in inside):
            labels[inside[0]] = "B-DATE"
            for index in inside[1:]:
                labels[index] = "I-DATE"
    return LabelledSentence(sentence.tokens, tuple(labels), sentence.source)


def _labelled(rows: Sequence[tuple[str, str]], source: str) -> LabelledSentence:
    labels: list[str | None] = []
    for index, (_, tag) in enumerate(rows):
        place, _, name = tag.partition("-")
        label = LABEL_BY_TAG.get(name)
        if place == "O" or label is None:
            labels.append("O")
        else:
            labels.append(f"{place}-{label}")
        if name == "Person" and source.startswith("re3d") and _is_nominal(rows, index):
            labels[-1] = None
    return LabelledSentence(tuple(token for token, _ in rows), tuple(labels), source)


def _is_nominal(rows: Sequence[tuple[str, str]], index: int) -> bool:
    """re3d marks "the Iraqi Foreign Minister" as a person; a name here is only what is one."""
    start = index
    while start > 0 and rows[start][1].startswith("I-"):
        start -= 1
    return rows[start][0].lower() in ("the", "a", "an", "his", "her", "their", "he", "she", "it") or (
        not rows[start][0][:1].isupper()
    )


def _without_handles(sentence: LabelledSentence) -> LabelledSentence:
    """An "@handle" is marked as a person in one corpus; it is no name of one."""
    labels = [
        "O" if token.startswith("@") else label for token, label in zip(sentence.tokens, sentence.labels, strict=True)
    ]
    for index, label in enumerate(labels):
        before = labels[index - 1] if index else "O"
        if label and label.startswith("I-") and (before is None or before == "O"):
            labels[index] = f"B-{label[2:]}"
    return LabelledSentence(sentence.tokens, tuple(labels), sentence.source)
