"""From the data to `nlp/model/`: `python -m nlp.training --data DIR`.

DIR holds `treebank/`, `ner/`, `ukcat/`, `grants/` and `uk_geo/`. Needs the libraries of the dependency group
`training` (PyTorch, transformers, Faker) beside the usual ones; about three hours on two cores. Each stage leaves
its result in the working folder and is not done again when it is there, so that a run can be continued.
"""

from __future__ import annotations

import argparse
import pickle
from pathlib import Path

from spacy.cli.train import train

from nlp.embedding import open_embedder
from nlp.parsing import MODEL_FOLDER
from nlp.training import recogniser, syntax
from nlp.training.assemble import assemble
from nlp.training.entities import LabelledSentence, read_training_corpora
from nlp.training.swapping import Names, load_names
from nlp.training.word_vectors import frequent_words, write_vectors

CONFIGS = Path(__file__).parent / "configs"
N_VECTORS = 20_000
WIKIGOLD_COPIES = 2
"""How often more the teacher reads the best edited of the corpora."""

Silver = list[tuple[tuple[str, ...], tuple[list[str], float]]]


def main() -> None:
    """Train what is not yet trained, and put the pipeline into its folder."""
    parser = argparse.ArgumentParser(prog="python -m nlp.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with treebank/, ner/ and the others")
    parser.add_argument("--work", type=Path, required=True, help="a folder for what is made on the way")
    parser.add_argument("--output", type=Path, default=MODEL_FOLDER)
    options = parser.parse_args()
    trained_syntax = _train_syntax(options.data, options.work / "syntax")
    trained_names = _train_recogniser(options.data, options.work / "names")
    language = assemble(trained_syntax, trained_names, options.output)
    print(f"{options.output}: {language.meta['name']} {language.meta['version']}")


def _train_syntax(shared: Path, work: Path) -> Path:
    best = work / "model-best"
    if not best.exists():
        syntax.write_corpora(shared / "treebank", work)
        _spacy_train("syntax.cfg", work)
    return best


def _train_recogniser(shared: Path, work: Path) -> Path:
    best = work / "model-best"
    if best.exists():
        return best
    work.mkdir(parents=True, exist_ok=True)
    learned, _ = read_training_corpora(shared / "ner", shared / "treebank")
    labelled, aside = recogniser.without_selection(learned)
    silver = _silver(shared, learned, work / "silver.pickle")
    names = load_names(shared / "uk_geo")
    certain = recogniser.silver_sentences(silver)
    recogniser.write_corpus(recogniser.learning_set(labelled, certain, names), work / "train.spacy")
    recogniser.write_corpus(aside, work / "select.spacy")
    _write_vectors(labelled, silver, names, work / "vectors")
    _spacy_train("entities.cfg", work, vectors=str(work / "vectors"))
    return best


def _silver(shared: Path, learned: list[LabelledSentence], path: Path) -> Silver:
    """Plain sentences with the teacher's labels; the teacher is trained only if they are not there yet."""
    if not path.exists():
        from nlp.training.teacher import label, train_teacher

        wikigold = [sentence for sentence in learned if sentence.source == "wikigold_train"]
        teacher = train_teacher([*learned, *wikigold * WIKIGOLD_COPIES])
        texts = recogniser.plain_sentences(shared)
        path.write_bytes(pickle.dumps(list(zip(texts, label(teacher, texts), strict=True))))
    told: Silver = pickle.loads(path.read_bytes())  # noqa: S301 - written by this command itself
    return told


def _write_vectors(labelled: list[LabelledSentence], silver: Silver, names: Names, folder: Path) -> None:
    texts = [*(sentence.tokens for sentence in labelled), *(tokens for tokens, _ in silver)]
    listed = [*names.firsts, *names.surnames, *(token for place in names.places for token in place)]
    write_vectors(frequent_words(texts, listed, most=N_VECTORS), open_embedder("minilm"), folder)


def _spacy_train(config: str, work: Path, *, vectors: str | None = None) -> None:
    overrides = {"paths.train": str(work / "train.spacy"), "paths.dev": str(work / "select.spacy")}
    if vectors:
        overrides["paths.vectors"] = vectors
    train(CONFIGS / config, work, overrides=overrides)


if __name__ == "__main__":
    main()
