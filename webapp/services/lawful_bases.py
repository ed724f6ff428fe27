"""Why it is lawful to hold, analyse and publish a story: decided by people, before it is done.

What is decided for all stories holds for each that has no decision of its own (Article 6(1) of the UK GDPR). What
a story tells of health, faith and the like needs express agreement besides (Article 9(2)(a)), whatever the basis.
"""

import re
from collections.abc import Mapping

from sqlmodel import Session, col, select

from webapp.errors import Invalid
from webapp.models import LAWFUL_BASES, PURPOSES, LawfulBasis, PersonalDataFinding, Story, now
from webapp.services import audit
from webapp.services.access import Actor, may_review, require

# Words that tell of a person's faith, origin or love; a church hall alone does not. A person decides.
_TELLING = {
    "faith": r"Muslims?|Christians?|Jewish|Jews?|Hindus?|Sikhs?|Catholics?|Buddhists?|Quakers?|Methodists?",
    "ethnicity": r"Roma|Travellers?|Pakistani|Bangladeshi|Somali|Caribbean|Kurdish|Syrian|Afghan|refugees?|asylum",
    "sexuality": r"gay|lesbians?|bisexual|trans(?:gender)?|LGBT\w*\+?",
    "union": r"trade unions?|shop stewards?",
}
_PATTERNS = {category: re.compile(rf"\b(?:{words})\b") for category, words in _TELLING.items()}


def bases_of(session: Session, story: Story | None) -> Mapping[str, LawfulBasis]:
    """Purpose → the decision that counts: the story's own latest, else the latest for all stories."""
    query = select(LawfulBasis).where(
        col(LawfulBasis.story_id).is_(None) | (col(LawfulBasis.story_id) == (story.id if story else None))
    )
    decisions = sorted(session.exec(query), key=lambda basis: (basis.story_id is not None, basis.row_id))
    return {basis.purpose: basis for basis in decisions}


def decide_basis(
    session: Session, actor: Actor, story: Story | None, *, purpose: str, basis: str, note: str
) -> LawfulBasis:
    """Say why a purpose is lawful, for one story or, by an administrator, for all. Raises Invalid for no reason."""
    require(may_review(actor) if story is not None else "admin" in actor.roles, "decide on a lawful basis")
    if purpose not in PURPOSES or basis not in LAWFUL_BASES:
        raise Invalid(f"{basis!r} for {purpose!r} is not a lawful basis. Use one of: {', '.join(LAWFUL_BASES)}.")
    note = " ".join(note.split())
    if not note:
        raise Invalid("Say in a few words why this basis holds.")
    decision = LawfulBasis(
        story_id=story.id if story else None, purpose=purpose, basis=basis, note=note, decided_by_id=actor.id,
        decided_at=now(),
    )  # fmt: skip
    session.add(decision)
    session.flush()
    subject = ("story", story.external_id) if story else ("repository", "all stories")
    audit.record(session, actor, "basis.decided", subject=subject, after={"purpose": purpose, "basis": basis})
    return decision


def basis_obstacles(session: Session, story: Story) -> list[str]:
    """What stands between a story and its readers in law, in sentences."""
    bases = bases_of(session, story)
    missing = [purpose for purpose in PURPOSES if purpose not in bases]
    told = [f"Nobody has said why it is lawful to {purpose} it." for purpose in missing]
    suggested = suggested_categories(session, story)
    if story.special_categories is None and suggested:
        told.append(f"It seems to tell of {' and '.join(suggested)}: say on its consent page whether it does.")
    return told


def suggested_categories(session: Session, story: Story) -> list[str]:
    """What the text seems to tell that needs express agreement; a person decides."""
    health = select(PersonalDataFinding.id).where(
        PersonalDataFinding.revision_id == story.current_revision.id, PersonalDataFinding.kind == "health"
    )
    found = ["health"] if session.exec(health).first() is not None else []
    return found + [category for category, words in _PATTERNS.items() if words.search(story.current_revision.text)]
