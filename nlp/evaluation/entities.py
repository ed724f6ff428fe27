"""How well names are recognised: `python -m nlp.evaluate entities --iob2 FILE`.

Labels of other corpora are mapped to PERSON, ORG and PLACE (`nlp.training.entities`); what they call otherwise is
no entity here. DATE is left out, since these corpora do not mark it. An entity is right if its first and last
token and its label are. Texts are rebuilt from their tokens, one sentence each.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.mentions import LABEL_BY_ENTITY
from nlp.parsing import BUILTIN, load_language
from nlp.training.entities import KEPT_FOLD_SHARE, LabelledSentence, read_iob2

LABELS = ("PERSON", "ORG", "PLACE")
Entity = tuple[int, int, str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `python -m nlp.evaluate entities`."""
    parser.add_argument("--iob2", type=Path, required=True, help="one token and its IOB2 tag a line")
    parser.add_argument("--pipeline", default=BUILTIN, help="builtin, or the name of a spaCy pipeline")
    parser.add_argument(
        "--kept-fold",
        action="store_true",
        help="only the last fifth of the file, which training leaves out of Wikigold",
    )


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Precision, recall and F1 by label and over all, as written and in lower case."""
    sentences = read_iob2(options.iob2)
    if options.kept_fold:
        sentences = sentences[round(len(sentences) * (1 - KEPT_FOLD_SHARE)) :]
    language = load_language(options.pipeline)
    lower = [LabelledSentence(tuple(token.lower() for token in s.tokens), s.labels, s.source) for s in sentences]
    return {
        "model": {"name": f"{language.meta['lang']}_{language.meta['name']}", "version": language.meta["version"]},
        "data": {"file": options.iob2.name, "sentences": len(sentences), "kept fold only": options.kept_fold},
        **score_entities(language, sentences),
        "in lower case": score_entities(language, lower)["all"],
    }


def score_entities(language: Language, sentences: Sequence[LabelledSentence]) -> dict[str, dict[str, float]]:
    """Label, and "all" → precision, recall, F1."""
    n_right, n_read, n_gold = Counter[str](), Counter[str](), Counter[str]()
    texts = [" ".join(sentence.tokens) for sentence in sentences]
    for sentence, doc in zip(sentences, language.pipe(texts, batch_size=64), strict=True):
        gold = {entity for entity in sentence.entities() if entity[2] in LABELS}
        read = _entities(doc, sentence.tokens)
        for counter, entities in ((n_right, gold & read), (n_read, read), (n_gold, gold)):
            counter.update(label for _, _, label in entities)
            counter.update(all=len(entities))
    return {name: _scores(n_right[name], n_read[name], n_gold[name]) for name in (*LABELS, "all")}


def _entities(doc: Doc, tokens: Sequence[str]) -> set[Entity]:
    """The pipeline's entities by the gold tokens that they begin and end in."""
    token_at: dict[int, int] = {}
    position = 0
    for index, token in enumerate(tokens):
        token_at.update(dict.fromkeys(range(position, position + len(token)), index))
        position += len(token) + 1
    return {
        (token_at[entity.start_char], token_at[entity.end_char - 1] + 1, LABEL_BY_ENTITY[entity.label_])
        for entity in doc.ents
        if LABEL_BY_ENTITY.get(entity.label_) in LABELS
    }


def _scores(n_right: int, n_read: int, n_gold: int) -> dict[str, float]:
    return {
        "precision": n_right / n_read if n_read else 0.0,
        "recall": n_right / n_gold if n_gold else 0.0,
        "f1": 2 * n_right / (n_read + n_gold) if n_read + n_gold else 0.0,
        "n": n_gold,
    }
