"""What a trained pipeline keeps of its training without needing it: edit trees of no label, and strings of texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import spacy
from spacy.language import Language

from nlp.training.tokenization import cut_as_treebanks

_BRANCHES = ("prefix_tree", "suffix_tree")
_LEAVES = ("orig", "subst")
NO_TREE = 2**32 - 1
"""spaCy's number for a branch that is not there."""


def without_unused_trees(
    trees: list[dict[str, int]], labels: Iterable[int]
) -> tuple[list[dict[str, int]], list[int]]:
    """The trees that the labels reach, numbered anew, and the labels by their new numbers."""
    number: dict[int, int] = {}
    kept: list[dict[str, int]] = []

    def keep(old: int) -> int:
        if old == NO_TREE or old in number:
            return number.get(old, NO_TREE)
        tree = dict(trees[old])
        tree |= {branch: keep(tree[branch]) for branch in _BRANCHES if branch in tree}
        number[old] = len(kept)
        kept.append(tree)
        return number[old]

    renumbered = [keep(label) for label in labels]
    return kept, renumbered


def slim(language: Language) -> None:
    """Take unused trees out of the lemmatizer: it adds one for every word that it learns from."""
    lemmatizer: Any = language.get_pipe("trainable_lemmatizer")
    trees = [lemmatizer.trees[number] for number in range(len(lemmatizer.trees))]
    kept, labels = without_unused_trees(trees, lemmatizer.cfg["labels"])
    lemmatizer.trees.from_json(kept)
    lemmatizer.cfg["labels"] = labels


def strings_needed(language: Language) -> set[str]:
    """Of a slim pipeline: those of the tokenizer, of all labels, and of the lemmatizer's endings.

    The words that it learned from are not among them: vectors and features are found by their hashes.
    """
    needed = set(cut_as_treebanks(spacy.blank("en")).vocab.strings)
    for labels in language.pipe_labels.values():
        for label in map(str, labels):
            needed.update((label, *label.split("|")))
    lemmatizer: Any = language.get_pipe("trainable_lemmatizer")
    for number in range(len(lemmatizer.trees)):
        tree = lemmatizer.trees[number]
        needed.update(language.vocab.strings[tree[leaf]] for leaf in _LEAVES if leaf in tree)
    return needed
