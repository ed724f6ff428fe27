"""Reviewing: people decide what the machine proposed, ask for changes, publish."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import Session

from nlp.components.triggers import trigger_kind
from nlp.types import USE_CATEGORIES
from webapp.errors import Conflict, Invalid
from webapp.models import Coding, PersonalDataFinding, Repurposing, Statement, Story, now
from webapp.services import audit
from webapp.services.access import Actor, may_review, require
from webapp.services.comments import add_comment
from webapp.services.naming import refresh_public_names
from webapp.services.public_words import rewording_of
from webapp.services.publish_checks import obstacles_to_publishing
from webapp.services.statements import statements, statements_by_id
from webapp.services.stories import change_status, in_words, touch
from webapp.services.themes import theme_by_key
from webapp.services.turns import check_seen, check_story_seen, take_turn
from webapp.services.withdrawals import withdraw_story

_DECIDED = {"confirmed": "Confirmed", "rejected": "Rejected", "suggested": "Not decided"}
DECISIONS = tuple(_DECIDED)
SLOTS = ("actor", "from", "to", "trigger", "place", "when")


def decide(
    session: Session,
    actor: Actor,
    story: Story,
    *,
    kind: str,
    ids: Iterable[int],
    status: str,
    seen: str | None = None,
) -> int:
    """Confirm, reject or reopen statements about a story; gives how many changed.

    seen: `seen_of` them when the actor saw them. Raises Overtaken if somebody decided otherwise since.
    """
    require(may_review(actor), "decide on suggestions")
    if status not in DECISIONS:
        raise Invalid(f"{status!r} is not a decision. Use one of: {', '.join(DECISIONS)}.")
    take_turn(session, story)
    found = statements_by_id(session, story, kind, ids)
    changed = [statement for statement in found if statement.status != status]
    if changed:
        check_seen(session, found, seen, mine=_DECIDED[status], theirs=decision_in_words)
    for statement in changed:
        audit.record(
            session, actor, f"{kind}.{status}", subject=("story", story.external_id),
            before={"id": statement.id, "status": statement.status}, after={"id": statement.id, "status": status},
        )  # fmt: skip
        _decide_one(statement, actor, status)
    if changed:
        touch(story)
    session.flush()
    return len(changed)


def decide_theme(
    session: Session, actor: Actor, story: Story, *, key: str, status: str, seen: str | None = None
) -> int:
    """Decide all codings of one theme in a story at once."""
    theme = theme_by_key(session, key)
    ids = [coding.id for coding in statements(session, story, "coding") if coding.theme_id == theme.id]
    return decide(session, actor, story, kind="coding", ids=ids, status=status, seen=seen)


def decision_in_words(statement: Statement) -> str:
    """What stands decided about a statement, as people read it."""
    if isinstance(statement, PersonalDataFinding):
        return treatment_in_words(statement.status, statement.replacement)
    if isinstance(statement, Repurposing) and statement.status == "confirmed":
        return f"{_DECIDED['confirmed']}: {_in_one_line(_reading(statement))}"
    return _DECIDED[statement.status]


def treatment_in_words(status: str, replacement: str | None) -> str:
    """What is to become of personal data, as people read it."""
    if replacement:
        return f"Replaced by “{replacement}”"
    return {"confirmed": "It is personal", "rejected": "It may stay"}.get(status, _DECIDED["suggested"])


def add_theme(session: Session, actor: Actor, story: Story, *, key: str) -> None:
    """Say that a story is about a theme that the machine did not propose."""
    require(may_review(actor), "add themes")
    theme = theme_by_key(session, key)
    if decide_theme(session, actor, story, key=key, status="confirmed"):
        return
    codings = statements(session, story, "coding")
    if any(coding.theme_id == theme.id for coding in codings):
        return
    session.add(
        Coding(
            revision_id=story.current_revision.row_id, theme_id=theme.row_id, start=0, end=0, source="person",
            coder_id=actor.id, status="confirmed", decided_by_id=actor.id, decided_at=now(),
            position=1 + max((coding.position for coding in codings), default=-1),
        )
    )  # fmt: skip
    touch(story)
    session.flush()
    audit.record(session, actor, "coding.added", subject=("story", story.external_id), after={"theme": key})


def edit_repurposing(
    session: Session,
    actor: Actor,
    story: Story,
    repurposing_id: int,
    *,
    fields: Mapping[str, str],
    seen: str | None = None,
) -> None:
    """Correct a repurposing in a person's words, and thereby confirm it.

    fields: slot → words (empty: none), and from_category and to_category. Raises Overtaken as `decide` does.
    """
    require(may_review(actor), "edit repurposings")
    take_turn(session, story)
    [event] = statements_by_id(session, story, "repurposing", [repurposing_id])
    if not fields.get("to", event.to_phrase).strip():
        raise Invalid("A repurposing needs words for what the thing became. Fill in 'to', or reject it.")
    check_seen(session, [event], seen, mine=f"Confirmed: {_in_one_line(fields)}", theirs=decision_in_words)
    before = _reading(event)
    event.proposed = event.proposed or before
    # Whoever types a name that is replaced in this story means the person, not to show the name.
    rewording = rewording_of(session, story)
    _set_slots(event, {slot: rewording(words) for slot, words in fields.items()}, text=story.current_revision.text)
    for name in ("from_category", "to_category"):
        if name in fields:
            setattr(event, name, _known_category(fields[name]))
    event.trigger_kind = trigger_kind(event.trigger) if event.trigger else None
    event.source = "person"
    event.embedding = event.embedding_name = None
    _decide_one(event, actor, "confirmed")
    touch(story)
    session.flush()
    audit.record(
        session, actor, "repurposing.edited", subject=("story", story.external_id),
        before={"id": event.id, "slots": sorted(before["spans"])},
        after={"id": event.id, "slots": sorted(event.spans)},
    )  # fmt: skip


def publish(session: Session, actor: Actor, story: Story, *, seen: str | None = None) -> None:
    """Show a story to readers; Conflict, with the reasons, while anything stands in the way.

    seen: `story_seen` of it when the actor saw it; this and the other steps raise Overtaken if it moved since.
    """
    require(may_review(actor), "publish stories")
    _take_turn_at(session, story, seen, mine="Publish it")
    obstacles = obstacles_to_publishing(session, story)
    if obstacles:
        raise Conflict("This story cannot be published yet. " + " ".join(obstacles))
    if story.status == "draft":
        change_status(session, actor, story, "submitted")
    # A photo may have joined it since, and a child beside a photo is not named in full.
    refresh_public_names(session, story)
    change_status(session, actor, story, "published")


def request_changes(session: Session, actor: Actor, story: Story, *, reason: str, seen: str | None = None) -> None:
    """Send a story back to its author with a reason."""
    require(may_review(actor), "ask for changes")
    reason = reason.strip()
    if not reason:
        raise Invalid("Say what should change: the author sees only this reason.")
    _take_turn_at(session, story, seen, mine=f"Ask for changes: “{reason}”")
    # The note goes when the story comes back; the comment stays, for both sides.
    add_comment(session, actor, story, body=reason, is_internal=False)
    change_status(session, actor, story, "changes_requested", note=reason)


def archive(session: Session, actor: Actor, story: Story, *, seen: str | None = None) -> None:
    """Take a published story out of sight, keeping it."""
    require(may_review(actor), "archive stories")
    _take_turn_at(session, story, seen, mine="Archive it")
    change_status(session, actor, story, "archived")


def withdraw(session: Session, actor: Actor, story: Story) -> None:
    """Take a story back for good: gone for readers at once, out of the index with the next sweep.

    It asks nobody what they saw: taking a story out of sight must never wait.
    """
    require(may_review(actor), "withdraw stories")
    take_turn(session, story)
    withdraw_story(session, actor, story)


def _take_turn_at(session: Session, story: Story, seen: str | None, *, mine: str) -> None:
    take_turn(session, story)
    theirs = f"It is {in_words(story.status)}, in revision {story.revision_number}"
    if story.review_note:
        theirs += f": “{story.review_note}”"
    check_story_seen(session, story, seen, mine=mine, theirs=theirs)


def _decide_one(statement: Statement, actor: Actor, status: str) -> None:
    statement.status = status
    is_decided = status != "suggested"
    statement.decided_by_id = actor.id if is_decided else None
    statement.decided_at = now() if is_decided else None
    if isinstance(statement, PersonalDataFinding):
        # What should become of it is decided together with its being personal, and is open again with it.
        statement.treatment = statement.replacement = None


def _set_slots(event: Repurposing, fields: Mapping[str, str], *, text: str) -> None:
    spans = dict(event.spans)
    for slot in SLOTS:
        if slot not in fields:
            continue
        words = " ".join(fields[slot].split()) or None
        column = {"from": "from_phrase", "to": "to_phrase"}.get(slot, slot)
        if words == getattr(event, column):
            continue
        setattr(event, column, words)
        spans.pop(slot, None)
        start = text.find(words, event.start, event.end) if words else -1
        if words and start >= 0:
            spans[slot] = [start, start + len(words)]
    event.spans = spans


def _reading(event: Repurposing) -> dict[str, Any]:
    slots = {slot: {"from": event.from_phrase, "to": event.to_phrase}.get(slot) or getattr(event, slot, None)
             for slot in SLOTS}  # fmt: skip
    return {
        **slots,
        "spans": dict(event.spans),
        "from_category": event.from_category,
        "to_category": event.to_category,
        "score": event.score,
    }


def _in_one_line(slots: Mapping[str, Any]) -> str:
    """'hall → kitchen; place: Leith', of a reading or of what somebody typed."""
    others = "".join(f"; {slot}: {slots[slot]}" for slot in ("actor", "trigger", "place", "when") if slots.get(slot))
    return f"{slots.get('from') or 'something'} → {slots.get('to') or 'something'}{others}"


def _known_category(category: str) -> str | None:
    if category and category not in USE_CATEGORIES:
        raise Invalid(f"{category!r} is not a use category. Use one of: {', '.join(USE_CATEGORIES)}.")
    return category or None
