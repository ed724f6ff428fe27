"""`python -m nlp.training.likelihood`: learn `nlp/likelihood/weights.npz` and print how well it does in folds.

Learned from `change_sentences.txt` beside this module and from judged sentences (the corpus' development gold, and
any further folders of that form). Nothing of `corpus/gold/held_out` is ever read here.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.components.repurposing import LEAST_SCORE
from nlp.embedding import Embedder, open_embedder
from nlp.evaluation.events import as_judged
from nlp.evaluation.gold import Event, read_gold, stories_near
from nlp.evaluation.matching import match_events
from nlp.likelihood import WEIGHTS, features_of, probabilities, tells
from nlp.parsing import BUILTIN, load_language, parse
from nlp.text import normalise, sentences
from nlp.types import Repurposing

SENTENCES = Path(__file__).parent / "change_sentences.txt"
N_FOLDS = 5
SENTENCE_PENALTY, EVENT_PENALTY = 0.35, 1.0
LEAST = 0.5
"""Below it an event is rather wrong than right."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A sentence, whether it tells of a change of use, and what the rules read in it, right or wrong."""

    text: str
    is_telling: bool
    events: tuple[Repurposing, ...] = ()
    right: tuple[bool, ...] = ()
    n_judged: int = 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit on all, print the figures of the folds, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, nargs="+", default=[Path("corpus/gold/development")])
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args(arguments)
    embedder = open_embedder("minilm")
    examples = [*own_sentences(), *judged_sentences(options.gold), *ordinary_sentences(options.gold)]
    embeddings = np.asarray(embedder.embed([example.text for example in examples]), dtype=np.float64)
    folds = np.arange(len(examples)) % N_FOLDS
    telling = _out_of_fold(embeddings, np.array([example.is_telling for example in examples]), folds)
    features, right, event_folds = _events(examples, telling, folds)
    _print_figures(examples, features, right, event_folds)
    _save(options.out, embedder, embeddings, examples, fit_logistic(features, right, EVENT_PENALTY))


def own_sentences() -> Iterator[Example]:
    """The sentences of `change_sentences.txt`: "+" tells of a change, "-" does not."""
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if line[:2] in ("+ ", "- "):
            yield Example(line[2:], line.startswith("+"))


def judged_sentences(folders: Sequence[Path]) -> Iterator[Example]:
    """Judged sentences with what the rules read in them, however unsure."""
    language = load_language(BUILTIN)
    files = [folder / "sentences.jsonl" for folder in folders]
    judged = [entry for file in files for entry in read_gold(file, stories_near(file))]
    for entry, doc in zip(judged, parse(language, [normalise(entry.text) for entry in judged]), strict=True):
        events = doc._.turnstone_repurposings
        yield Example(
            entry.text, bool(entry.events), events, _which_are_right(events, entry.events), len(entry.events)
        )


def ordinary_sentences(folders: Sequence[Path]) -> Iterator[Example]:
    """Sentences of judged stories in which no change of use is told: most of what is ever read is like them."""
    for file in (folder / "gold.jsonl" for folder in folders):
        for entry in read_gold(file, stories_near(file)) if file.is_file() else ():
            taken = [event["spans"]["sentence"] for event in entry.events]
            taken += [(stretch["start"], stretch["end"]) for stretch in entry.optional]
            for sentence in sentences(entry.text):
                if not any(sentence.start < end and start < sentence.end for start, end in taken):
                    yield Example(sentence.text, False)


def fit_logistic(features: Floats, labels: NDArray[np.bool_], penalty: float) -> Floats:
    """Weights and, last, the intercept of a logistic regression with an L2 penalty, by Newton's method.

    features: shape (n, d). labels: shape (n,). The intercept is not penalised.
    """
    x = np.hstack([features, np.ones((len(features), 1))])
    ridge = np.diag([penalty] * features.shape[1] + [1e-6])
    weights = np.zeros(x.shape[1])
    for _ in range(25):
        likely = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (likely - labels) + ridge @ weights
        hessian = (x * (likely * (1 - likely))[:, None]).T @ x + ridge
        weights = weights - np.linalg.solve(hessian, gradient)
    return weights


def _which_are_right(events: Sequence[Repurposing], judged: list[Event]) -> tuple[bool, ...]:
    found = {i for i, _ in match_events(as_judged(events), judged)}
    return tuple(i in found for i in range(len(events)))


def _out_of_fold(embeddings: Floats, labels: NDArray[np.bool_], folds: NDArray[np.int_]) -> Floats:
    """Each sentence's logit by the regression that did not see it."""
    found = np.zeros(len(labels))
    for fold in range(N_FOLDS):
        seen = folds != fold
        weights = fit_logistic(embeddings[seen], labels[seen], SENTENCE_PENALTY)
        found[~seen] = tells(weights.astype(np.float32), embeddings[~seen].astype(np.float32))
    return found


def _events(
    examples: Sequence[Example], telling: Floats, folds: NDArray[np.int_]
) -> tuple[Floats, NDArray[np.bool_], NDArray[np.int_]]:
    """Features, whether right, and fold of each event that the rules read."""
    rows = [
        (features_of(event, float(logit)), is_right, fold)
        for example, logit, fold in zip(examples, telling, folds, strict=True)
        for event, is_right in zip(example.events, example.right, strict=True)
    ]
    features, right, event_folds = zip(*rows, strict=True)
    return np.array(features), np.array(right), np.array(event_folds)


def _print_figures(
    examples: Sequence[Example], features: Floats, right: NDArray[np.bool_], folds: NDArray[np.int_]
) -> None:
    """Precision, recall and F1 of the events over judged sentences, by regressions that did not see them."""
    likely = np.zeros(len(right))
    for fold in range(N_FOLDS):
        seen = folds != fold
        weights = fit_logistic(features[seen], right[seen], EVENT_PENALTY).astype(np.float32)
        likely[~seen] = probabilities(weights, features[~seen])
    n_judged = sum(example.n_judged for example in examples)
    for name, kept in (("rules alone", features[:, 1] >= LEAST_SCORE), ("with likelihood", likely >= LEAST)):
        precision, recall = right[kept].mean(), right[kept].sum() / n_judged
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{name:<18} precision {precision:.3f}  recall {recall:.3f}  f1 {f1:.3f}  events {kept.sum()}")
    edges = np.linspace(0, 1, 6)
    for low, high in pairwise(edges):
        inside = (likely >= low) & (likely < high)
        if inside.any():
            print(f"likelihood {low:.1f}-{high:.1f}: {inside.sum()} events, {right[inside].mean():.2f} right")


def _save(
    path: Path, embedder: Embedder, embeddings: Floats, examples: Sequence[Example], event_weights: Floats
) -> None:
    labels = np.array([example.is_telling for example in examples])
    sentence_weights = fit_logistic(embeddings, labels, SENTENCE_PENALTY)
    np.savez(
        path, embedding_name=embedder.name, sentence=sentence_weights.astype(np.float32),
        event=event_weights.astype(np.float32), least=np.float32(LEAST),
    )  # fmt: skip
    print(f"{path}: from {len(examples)} sentences, {int(labels.sum())} of which tell of a change.")


if __name__ == "__main__":
    main()
