"""Care for whoever tells a story: what publishing it may do to them, what was offered, when somebody asks again.

Source: the BBC's guidance on vulnerable contributors, after which a light record is kept for sensitive stories.
"""

from datetime import date

from sqlmodel import Session, col, select

from webapp.errors import Invalid
from webapp.models import RISKS, Story, WelfareNote
from webapp.services import audit
from webapp.services.access import Actor, may_review, require
from webapp.services.turns import take_turn

MAX_NOTE_LENGTH = 4_000


def note_welfare(
    session: Session,
    actor: Actor,
    story: Story,
    *,
    risk: str,
    note: str,
    support: str = "",
    contact_on: date | None = None,
) -> WelfareNote:
    """Keep a record that follows the earlier ones. The words stay out of the log, for they tell of a person."""
    require(may_review(actor), "note how telling this story may affect somebody")
    note, support = note.strip(), support.strip()
    if risk not in RISKS:
        raise Invalid(f"{risk!r} is not a risk. Use one of: {', '.join(RISKS)}.")
    if not note:
        raise Invalid("Say in a sentence what publishing it may do to whoever tells it.")
    if max(len(note), len(support)) > MAX_NOTE_LENGTH:
        raise Invalid(f"Shorten this to {MAX_NOTE_LENGTH:,} characters or fewer.")
    if risk == "high" and not (support and contact_on):
        raise Invalid("Where the risk is high, say what was offered to them and when somebody asks how they are.")
    take_turn(session, story)
    earlier = latest_welfare_note(session, story)
    made = WelfareNote(
        story_id=story.row_id, risk=risk, note=note, support=support, contact_on=contact_on, made_by_id=actor.id,
        made_by_name=actor.name,
    )  # fmt: skip
    session.add(made)
    session.flush()
    audit.record(
        session, actor, "welfare.noted", subject=("story", story.external_id),
        before={"risk": earlier.risk} if earlier else None,
        after={"risk": risk, "contact_on": contact_on.isoformat() if contact_on else None},
    )  # fmt: skip
    return made


def latest_welfare_note(session: Session, story: Story) -> WelfareNote | None:
    """The record that counts, if there is one."""
    query = select(WelfareNote).where(WelfareNote.story_id == story.id)
    return session.exec(query.order_by(col(WelfareNote.id).desc())).first()


def contacts_due(session: Session, actor: Actor, *, day: date) -> list[tuple[Story, WelfareNote]]:
    """Stories whose tellers somebody should ask how they are by now, the longest overdue first."""
    require(may_review(actor), "see whom to ask")
    query = (
        select(Story, WelfareNote)
        .join(WelfareNote, col(WelfareNote.story_id) == col(Story.id))
        .where(col(WelfareNote.contact_on) <= day, col(Story.is_restricted).is_(False), Story.status != "withdrawn")
        .order_by(col(WelfareNote.contact_on))
    )
    found = session.exec(query).all()
    return [(story, note) for story, note in found if latest_welfare_note(session, story) == note]
