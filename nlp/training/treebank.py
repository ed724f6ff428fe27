"""Treebanks in CoNLL-U as sentences of plain values, and as spaCy Docs to train and score on.

Format: https://universaldependencies.org/format.html. Tokens are the syntactic words, which for English are
pieces of the surface ("do" + "n't"), so that their forms put together give the text back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

PARAGRAPH_BREAK = "\n\n"
SPACE_TAG = "_SP"


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word. head: index in its sentence, its own index for the root."""

    form: str
    lemma: str
    pos: str
    tag: str
    morph: str
    head: int
    dep: str
    has_space: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. document: its document's id. begins_paragraph: whether a new paragraph starts with it."""

    words: tuple[Word, ...]
    document: str
    begins_paragraph: bool


def read_conllu(path: Path, *, documents: frozenset[str] | None = None) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file, in order; with `documents`, only those of the documents named.

    Raises ValueError, naming the file and the sentence, where a line has not ten columns.
    """
    document, begins_paragraph = path.stem, True
    rows: list[list[str]] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            text = line.rstrip("\n")
            if text.startswith("# newdoc"):
                document, begins_paragraph = text.partition("=")[2].strip() or document, True
            elif text.startswith("# newpar"):
                begins_paragraph = True
            elif text and not text.startswith("#"):
                columns = text.split("\t")
                if len(columns) != 10:
                    raise ValueError(f"{path}, line {number}: {len(columns)} columns instead of ten.")
                rows.append(columns)
            elif not text and rows:
                if documents is None or document in documents:
                    yield Sentence(_words(rows), document, begins_paragraph)
                rows, begins_paragraph = [], False
    if rows and (documents is None or document in documents):
        yield Sentence(_words(rows), document, begins_paragraph)


def pieces(sentences: Iterable[Sentence], *, longest: int) -> Iterator[list[Sentence]]:
    """Runs of at most `longest` sentences of one document, as a story would hold them."""
    run: list[Sentence] = []
    for sentence in sentences:
        if run and (len(run) == longest or run[-1].document != sentence.document):
            yield run
            run = []
        run.append(sentence)
    if run:
        yield run


def to_doc(vocab: Vocab, run: Sequence[Sentence]) -> Doc:
    """One Doc of the sentences, with a blank line between paragraphs, as a token of white space."""
    forms: list[str] = []
    columns: dict[str, list[str]] = {"lemmas": [], "pos": [], "tags": [], "morphs": [], "deps": []}
    spaces: list[bool] = []
    heads: list[int] = []
    starts: list[bool] = []

    def put(word: Word, head: int, *, is_start: bool) -> None:
        forms.append(word.form)
        spaces.append(word.has_space)
        heads.append(head)
        starts.append(is_start)
        for name, value in zip(columns, (word.lemma, word.pos, word.tag, word.morph, word.dep), strict=True):
            columns[name].append(value)

    for sentence in run:
        if forms and sentence.begins_paragraph:
            spaces[-1] = False
            gap = Word(PARAGRAPH_BREAK, PARAGRAPH_BREAK, "SPACE", SPACE_TAG, "", 0, "dep", has_space=False)
            put(gap, len(forms) - 1, is_start=False)
        first = len(forms)
        for index, word in enumerate(sentence.words):
            put(word, first + word.head, is_start=index == 0)
    return Doc(vocab, words=forms, spaces=spaces, heads=heads, **columns)  # type: ignore[arg-type]


def is_tree(heads: Sequence[int]) -> bool:
    """Whether there is one root, its own head, to which every word leads.

    >>> is_tree([1, 1, 1]), is_tree([1, 0, 2]), is_tree([0, 1])
    (True, False, False)
    """
    if sum(int(head) == i for i, head in enumerate(heads)) != 1:
        return False
    for i in range(len(heads)):
        at, n_steps = i, 0
        while int(heads[at]) != at:
            at, n_steps = int(heads[at]), n_steps + 1
            if n_steps > len(heads):
                return False
    return True


def _words(rows: Sequence[Sequence[str]]) -> tuple[Word, ...]:
    joined_until, surface_has_space = 0, True
    position_by_id = {row[0]: i for i, row in enumerate(row for row in rows if row[0].isdigit())}
    words: list[Word] = []
    for identifier, form, lemma, pos, tag, morph, head, dep, _, misc in rows:
        has_space = "SpaceAfter=No" not in misc
        if "-" in identifier:
            joined_until, surface_has_space = int(identifier.partition("-")[2]), has_space
        elif identifier.isdigit():
            index, number = len(words), int(identifier)
            if number <= joined_until:
                has_space = surface_has_space if number == joined_until else False
            is_root = head == "0"
            words.append(
                Word(
                    form=form.replace(" ", "\u00a0"), lemma=lemma, pos=pos, tag=tag,
                    morph="" if morph == "_" else morph, head=index if is_root else position_by_id[head],
                    dep="ROOT" if is_root else dep, has_space=has_space,
                )
            )  # fmt: skip
    return tuple(words)
