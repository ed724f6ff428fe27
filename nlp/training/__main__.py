"""From the data to `nlp/model/`: `python -m nlp.training --data DIR --work DIR`.

DATA holds `treebank/`, `ner/`, `ukcat/`, `grants/` and `uk_geo/`. Needs the libraries of the dependency group
`training` (PyTorch, transformers, Faker) beside the usual ones; about three hours on one core: half an hour each for
the two large readers and for grammar, the rest for names. Each stage leaves its result in the working folder and is
not done again when it is there, so that a run can be continued: `grammar/reader.pt`, `grammar/plain.pickle`,
`names/silver.pickle`, `names/vectors`, `grammar/model-best`, `grammar/finish/model-best`, `names/model-best`.
"""

from __future__ import annotations

import argparse
import pickle
from dataclasses import dataclass
from pathlib import Path

from spacy.cli.train import train as spacy_train
from thinc.api import use_ops

import nlp.training.tokenization  # noqa: F401 - tells spaCy of the tokenizer that syntax.cfg names
from nlp.embedding import open_embedder
from nlp.parsing import MODEL_FOLDER
from nlp.training import recogniser, syntax
from nlp.training.assemble import assemble
from nlp.training.entities import LabelledSentence, read_training_corpora
from nlp.training.lemma_rules import lemma_table
from nlp.training.swapping import Names, load_names
from nlp.training.treebank import Sentence
from nlp.training.word_vectors import frequent_words, write_vectors

CONFIGS = Path(__file__).parent / "configs"
N_VECTORS = 20_000
PLAIN_WORDS = 420_000
"""Words of plain text that the large reader of grammar is asked about; it is sure of about two thirds."""
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
    shared, grammar, names = options.data, options.work / "grammar", options.work / "names"
    for folder in (grammar, names):
        folder.mkdir(parents=True, exist_ok=True)
    sources = _prepare_names(shared, names)
    _train_grammar(shared, grammar, vectors=names / "vectors")
    _train_recogniser(sources, names)
    learned, _ = syntax.read_treebanks(shared / "treebank")
    language = assemble(
        grammar / "finish" / "model-best", names / "model-best", options.output, lemmas=lemma_table(learned)
    )
    print(f"{options.output}: {language.meta['name']} {language.meta['version']}")


def _train_grammar(shared: Path, work: Path, *, vectors: Path) -> None:
    """First on the treebanks and plain text together, then a little on the treebanks alone."""
    first, finished = work / "model-best", work / "finish" / "model-best"
    chosen_by = {"dev": work / "select.spacy", "vectors": vectors}
    if not first.exists():
        learned, aside = syntax.read_treebanks(shared / "treebank")
        syntax.write_corpora(learned, _plain_grammar(shared, learned, work), aside, work)
        _spacy_train("syntax.cfg", work, train=work / "train.spacy", **chosen_by)
    if not finished.exists():
        _spacy_train("syntax_finish.cfg", work / "finish", train=work / "finish.spacy", first=first, **chosen_by)


def _plain_grammar(shared: Path, learned: list[Sentence], work: Path) -> list[Sentence]:
    """Plain sentences with the grammar that the large reader tells, which is trained if it is not there yet."""
    path, weights = work / "plain.pickle", work / "reader.pt"
    if not path.exists():
        from nlp.training import grammar_teacher, silver_grammar

        if not weights.exists():
            grammar_teacher.save(grammar_teacher.train_grammar_teacher(learned), weights)
        runs = silver_grammar.plain_runs(shared, most_words=PLAIN_WORDS)
        told = silver_grammar.read_grammar(grammar_teacher.load(weights), runs)
        path.write_bytes(pickle.dumps(told))
    sentences: list[Sentence] = pickle.loads(path.read_bytes())  # noqa: S301 - written by this command itself
    return sentences


@dataclass(frozen=True, slots=True)
class NameSources:
    """What the recogniser learns from: labelled sentences, some put aside to choose by, plain ones, and names."""

    labelled: list[LabelledSentence]
    aside: list[LabelledSentence]
    silver: Silver
    names: Names


def _prepare_names(shared: Path, work: Path) -> NameSources:
    learned, _ = read_training_corpora(shared / "ner", shared / "treebank")
    labelled, aside = recogniser.without_selection(learned)
    sources = NameSources(
        labelled, aside, _silver(shared, learned, work / "silver.pickle"), load_names(shared / "uk_geo")
    )
    if not (work / "vectors").exists():
        _write_vectors(sources, work / "vectors")
    return sources


def _train_recogniser(sources: NameSources, work: Path) -> None:
    if (work / "model-best").exists():
        return
    certain = recogniser.silver_sentences(sources.silver)
    recogniser.write_corpus(recogniser.learning_set(sources.labelled, certain, sources.names), work / "train.spacy")
    recogniser.write_corpus(sources.aside, work / "select.spacy")
    paths = {"train": work / "train.spacy", "dev": work / "select.spacy", "vectors": work / "vectors"}
    _spacy_train("entities.cfg", work, **paths)


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


def _write_vectors(sources: NameSources, folder: Path) -> None:
    texts = [*(sentence.tokens for sentence in sources.labelled), *(tokens for tokens, _ in sources.silver)]
    names = sources.names
    listed = [*names.firsts, *names.surnames, *(token for place in names.places for token in place)]
    write_vectors(frequent_words(texts, listed, most=N_VECTORS), open_embedder("minilm"), folder)


def _spacy_train(config: str, output: Path, **paths: Path) -> None:
    # numpy multiplies matrices up to three times as fast as the library that spaCy takes by itself.
    with use_ops("numpy", use_blis=False):
        spacy_train(CONFIGS / config, output, overrides={f"paths.{name}": str(path) for name, path in paths.items()})


if __name__ == "__main__":
    main()
