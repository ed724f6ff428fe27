"""An epoch's reading: judged sentences alone and joined, in any spelling, and stories in stretches."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from tokenizers import Tokenizer

from nlp.change_reader.windows import LONGEST, Window, cut_pieces, window, windows_of
from nlp.text import sentences
from nlp.training.change_reader.gold import Change, Example
from nlp.types import Span

P_JOINED, P_PROSE = 0.4, 0.15
P_LOWER, P_UPPER, P_CURLY, P_UNSTOPPED = 0.10, 0.02, 0.05, 0.05
Item = tuple[Example, Window]
_JOINTS = (" ", " ", "\n\n", "\n")


def mixed(examples: Sequence[Example], tokenizer: Tokenizer, chance: random.Random) -> list[Item]:
    """Every example once, as windows, in an order of its own."""
    stories = [example for example in examples if example.is_story]
    alone = [example for example in examples if not example.is_story]
    chance.shuffle(alone)
    prose = [sentence for story in stories for sentence in _ordinary(story)]
    items: list[Item] = []
    while alone:
        n_joined = 1 if chance.random() > P_JOINED else chance.choice((2, 2, 3))
        group, alone = [_respelt(example, chance) for example in alone[:n_joined]], alone[n_joined:]
        if prose and chance.random() < P_PROSE:
            group.insert(chance.randint(0, len(group)), chance.choice(prose))
        items.extend(_windows(joined(group, chance), tokenizer, most=LONGEST, n_around=chance.choice((0, 1))))
    for story in stories:
        most, n_around = chance.choice((20, 40, 60, 80, 100)), chance.choice((0, 1, 1))
        items.extend(_windows(_respelt(story, chance), tokenizer, most=most, n_around=n_around))
    return items


def batches(items: Sequence[Item], n_pieces: int, chance: random.Random) -> list[list[Item]]:
    """The items in batches of at most `n_pieces`, those of about the same length together, in any order."""
    found: list[list[Item]] = []
    batch: list[Item] = []
    for item in sorted(items, key=lambda item: len(item[1].ids) + 6 * chance.random()):
        longest = max(len(each.ids) for _, each in (*batch, item))
        if batch and (len(batch) + 1) * longest > n_pieces:
            found.append(batch)
            batch = []
        batch.append(item)
    found.append(batch)
    chance.shuffle(found)
    return found


def joined(examples: Sequence[Example], chance: random.Random) -> Example:
    """The examples one after the other as one text."""
    if len(examples) == 1:
        return examples[0]
    text = ""
    changes: list[Change] = []
    unjudged: list[tuple[int, int]] = []
    for example in examples:
        if text:
            text += chance.choice(_JOINTS) if text.rstrip()[-1:] in ".!?\"'”’" else "\n"
        changes.extend(change.shifted(len(text)) for change in example.changes)
        unjudged.extend((start + len(text), end + len(text)) for start, end in example.unjudged)
        text += example.text
    key = "+".join(example.key for example in examples)
    return Example(key, text, sentences(text), tuple(changes), key, unjudged=tuple(unjudged))


def _windows(example: Example, tokenizer: Tokenizer, *, most: int, n_around: int) -> list[Item]:
    pieces = cut_pieces(example.text, example.sentences, tokenizer)
    if not len(pieces.ids):
        return []
    if len(pieces.ids) <= LONGEST - 2 and not example.is_story:
        return [(example, window(pieces, 0, len(pieces.bounds)))]
    return [(example, each) for each in windows_of(pieces, most=min(most, 100), n_around=n_around)]


def _respelt(example: Example, chance: random.Random) -> Example:
    """Now and then in lower case, in capitals, with curly marks or without its last stop; offsets stay true."""
    draw = chance.random()
    text = example.text
    if draw < P_LOWER:
        text = text.lower()
    elif draw < P_LOWER + P_UPPER:
        text = text.upper()
    elif draw < P_LOWER + P_UPPER + P_CURLY:
        text = text.replace("'", "’")
    if chance.random() < P_UNSTOPPED and text[-1:] in ".!":
        text = text[:-1] + " "
    if text == example.text or len(text) != len(example.text):
        return example
    return replace(example, text=text, sentences=sentences(text))


def _ordinary(story: Example) -> list[Example]:
    """The sentences of a story that tell of no change."""
    taken = [change.to for change in story.changes] + list(story.unjudged)
    return [
        Example(story.key, sentence.text, (Span(0, len(sentence.text), sentence.text),), (), story.group)
        for sentence in story.sentences
        if not any(start < sentence.end and sentence.start < end for start, end in taken)
    ]
