"""What somebody may ask for under the UK GDPR: a copy of all that is held of them, and its erasure.

Records of consent cannot be edited, by the database's own rule; they name nobody, but point to a contributor. Where a
story is kept, the contributor's row is emptied, so that the records prove that somebody agreed, and not who.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, func, or_
from sqlmodel import Session, col, select

from webapp.errors import Invalid
from webapp.models import Attachment, Consent, Contributor, Draft, Invitation, OutgoingMail, SavedSearch, Story, User
from webapp.services import accounts, audit, second_factor
from webapp.services.access import Actor, may_administer, require
from webapp.services.contributors import describe_contributor, stand, stories_with
from webapp.services.retention import Erased, erase_story, files_in_use
from webapp.services.stories import change_status

__all__ = ["Contributor", "User"]

_SOMEBODY_ASKED = "Somebody in it had what we hold of them erased: take what points to them out of the text."


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody found by name or address, with the stories that they are in and that may be opened."""

    contributor: Contributor
    stories: tuple[Story, ...]


def find_people(session: Session, actor: Actor, words: str) -> list[Person]:
    """Contributors whose name, pseudonym, e-mail or telephone holds these words. Nobody for no words."""
    require(may_administer(actor), "look people up")
    # Signs that stand for any letters would find everybody.
    words = "".join(letter for letter in words.casefold() if letter not in "%_").strip()
    if not words:
        return []
    sought = f"%{words}%"
    columns = (Contributor.name, Contributor.pseudonym, Contributor.email, Contributor.phone)
    query = select(Contributor).where(or_(*(func.lower(column).like(sought) for column in columns)))
    return [find_person(session, actor, found.row_id) for found in session.exec(query.limit(50))]


def find_person(session: Session, actor: Actor, contributor_id: int) -> Person:
    """One of them. Raises Invalid where there is no such person."""
    require(may_administer(actor), "look people up")
    contributor = session.get(Contributor, contributor_id)
    if contributor is None:
        raise Invalid("There is no such person any more. Search again.")
    stories = (story for story in stories_with(session, contributor) if not story.is_restricted)
    return Person(contributor, tuple(stories))


def erase_person(
    session: Session, actor: Actor, contributor: Contributor, *, stories: Collection[str], reason: str
) -> Erased:
    """Erase these stories (external ids) of theirs, and who they are in those that are kept.

    A kept story that is published goes back to review, for its text may point to them.
    Raises Conflict if somebody is worried about somebody in one of them.
    """
    require(may_administer(actor), "erase people")
    number, files, rows = contributor.row_id, set(_own_files(session, contributor)), dict[str, int]()
    # Restricted ones too: whether they may go is said by `erase_story`.
    for story in stories_with(session, contributor):
        if story.external_id in stories:
            erased = erase_story(session, actor, story, reason=reason)
            files |= erased.files
            rows = {name: rows.get(name, 0) + erased.rows.get(name, 0) for name in {*rows, *erased.rows}}
    left = session.get(Contributor, number, populate_existing=True)
    if left is not None:
        _forget(session, actor, left)
    session.flush()
    subject = ("contributor", str(number))
    audit.record(session, actor, "person.erased", subject=subject, after={"reason": reason, "rows": rows})
    return Erased(rows, frozenset(files - files_in_use(session, without=number)))


def erase_account(session: Session, actor: Actor, user: User) -> None:
    """Forget who signed in with an account: the row stays, for what it decided points to it, and names nobody.

    Entries of the audit log keep the name that they were written with: the log cannot be changed.
    """
    require(may_administer(actor), "erase accounts")
    accounts.set_active(session, actor, user, is_active=False)
    second_factor.turn_off(session, actor, user)
    session.execute(delete(OutgoingMail).where(func.lower(OutgoingMail.recipient) == user.email))
    session.execute(delete(SavedSearch).where(col(SavedSearch.owner_id) == user.id))
    for draft in session.exec(select(Draft).where(Draft.owner_id == user.id)):
        session.delete(draft)
    for contributor in session.exec(select(Contributor).where(Contributor.user_id == user.id)):
        contributor.user_id = None
    user.name, user.email, user.password_hash = "Somebody who left", f"left-{user.id}@localhost", ""
    user.roles = []
    session.flush()
    audit.record(session, actor, "user.erased", subject=("user", str(user.id)))


def _forget(session: Session, actor: Actor, contributor: Contributor) -> None:
    """Empty the row, and everything beside stories that names them."""
    describe_contributor(session, actor, contributor, name="", town="", pseudonym="", email="", phone="")
    contributor.link_key, contributor.user_id = f"erased-{contributor.id}", None
    for draft in session.exec(select(Draft).where(Draft.contributor_id == contributor.id)):
        if draft.invitation_id is not None:
            session.get_one(Invitation, draft.invitation_id).for_whom = ""
        if draft.sent_at is None:
            session.delete(draft)
    scans = set(_own_files(session, contributor))
    session.execute(delete(Attachment).where(col(Attachment.sha256).in_(scans), col(Attachment.kind) == "scan"))
    for story in stories_with(session, contributor):
        if story.status == "published":
            change_status(session, actor, story, "changes_requested", note=_SOMEBODY_ASKED)
        if any(member.contributor_id == contributor.id for member in _memberships(session, story)):
            stand(session, actor, story, contributor, "anonymised")


def _memberships(session: Session, story: Story) -> list[Consent]:
    return list(session.exec(select(Consent).where(Consent.story_id == story.id)))


def _own_files(session: Session, contributor: Contributor) -> list[str]:
    """Digests of the signed forms and recordings of their consents."""
    scans = select(Consent.scan_sha256).where(Consent.contributor_id == contributor.id)
    return [digest for digest in session.exec(scans) if digest]
