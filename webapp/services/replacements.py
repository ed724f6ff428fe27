"""The table of a story's replacements, which only its reviewers see, and the text that comes of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from nlp.redaction import find_words, spelled_alike
from webapp.errors import Invalid, NotFound, Overtaken
from webapp.models import REPLACEMENT_KINDS, Story, User, WordReplacement, now
from webapp.services import audit
from webapp.services.access import Actor, may_review, require
from webapp.services.public_words import version_now, wording_of, written_wording
from webapp.services.turns import take_turn


@dataclass(frozen=True, slots=True)
class ReplacementRow:
    """One line of the table. n_found: how often the words stand in the text as it was written."""

    id: int
    kind: str
    original: str
    words: str
    n_found: int


def replacement_rows(session: Session, actor: Actor, story: Story) -> list[ReplacementRow]:
    """The table, in the order of the words that are replaced."""
    require(may_review(actor), "see what is replaced in this story")
    rows, text = _rows(session, story), written_wording(session, story.current_revision).text
    found = find_words(text, {row.original: row.words for row in rows})
    n_found = Counter(spelled_alike(text[place.start : place.end]) for place in found)
    return [
        ReplacementRow(row.row_id, row.kind, row.original, row.words, n_found[spelled_alike(row.original)])
        for row in rows
    ]


def set_replacement(
    session: Session,
    actor: Actor,
    story: Story,
    *,
    original: str,
    words: str,
    kind: str = "other",
    seen: str | None = None,
) -> None:
    """Put words in the place of others, or other ones than before. The text follows with `apply_replacements`.

    seen: the words that stood in their place when the actor looked; "" for none, None if nobody looked.
    """
    require(may_review(actor), "replace words in this story")
    original, words = (" ".join(typed.split()) for typed in (original, words))
    _check(original, words, kind)
    take_turn(session, story)
    rows = _rows(session, story)
    known = next((row for row in rows if row.original == original), None)
    _check_against(original, words, [row for row in rows if row is not known])
    if known is not None and known.words == words:
        return
    _check_seen(session, original, words, known, seen)
    # The words themselves stay out of the log: it is kept for ever, and the table is restricted.
    audit.record(
        session, actor, "replacement.changed" if known else "replacement.added", subject=("story", story.external_id),
        before={"id": known.id} if known else None, after={"kind": kind},
    )  # fmt: skip
    if known is None:
        known = WordReplacement(story_id=story.row_id, original=original, words=words, kind=kind)
        session.add(known)
    known.words, known.made_by_id, known.made_at = words, actor.id, now()
    session.flush()


def remove_replacement(
    session: Session, actor: Actor, story: Story, replacement_id: int, *, seen: str | None = None
) -> None:
    """Take a line out of the table; the original words come back with `apply_replacements`. seen: as above."""
    require(may_review(actor), "replace words in this story")
    take_turn(session, story)
    row = next((row for row in _rows(session, story) if row.id == replacement_id), None)
    if row is None:
        raise NotFound("This replacement is no longer in the table. Reload the page.")
    _check_seen(session, row.original, "Not replaced", row, seen)
    audit.record(
        session, actor, "replacement.removed", subject=("story", story.external_id),
        before={"id": row.id, "kind": row.kind},
    )  # fmt: skip
    session.delete(row)
    session.flush()


def is_up_to_date(session: Session, story: Story) -> bool:
    """Does the public text say what the table asks for?"""
    return version_now(session, story).public == wording_of(story.current_revision)


def _rows(session: Session, story: Story) -> list[WordReplacement]:
    query = select(WordReplacement).where(WordReplacement.story_id == story.id)
    return list(session.exec(query.order_by(col(WordReplacement.original), col(WordReplacement.id))))


def _check(original: str, words: str, kind: str) -> None:
    if not original or not words:
        raise Invalid("Say both: which words are replaced, and which ones stand in their place.")
    if len(original) > 300 or len(words) > 300:
        raise Invalid("Replace words or a sentence, of 300 characters at most.")
    if kind not in REPLACEMENT_KINDS:
        raise Invalid(f"{kind!r} is not a kind of words. Use one of: {', '.join(REPLACEMENT_KINDS)}.")


def _check_seen(session: Session, original: str, words: str, known: WordReplacement | None, seen: str | None) -> None:
    stands = known.words if known else ""
    if seen is None or seen == stands:
        return
    somebody = session.get(User, known.made_by_id) if known and known.made_by_id else None
    raise Overtaken(
        f"the words for “{original}”", mine=words, theirs=stands or "Not replaced", seen=stands,
        by=somebody.name if somebody else "", at=known.made_at if known else None,
    )  # fmt: skip


def _check_against(original: str, words: str, others: Iterable[WordReplacement]) -> None:
    """A replacement that brings back what another line takes out would show a name after all."""
    table = {original: words, **{row.original: row.words for row in others}}
    for shown in table.values():
        found = find_words(shown, table)
        if found:
            hidden = shown[found[0].start : found[0].end]
            raise Invalid(f"“{shown}” would show “{hidden}”, which this table takes out. Choose other words.")
