"""Invitations: somebody without an account tells one story, and comes back to it by a link of their own.

Two links, for two purposes: the invitation's, which staff know, lets somebody begin, once and until a day; the
draft's own, which only whoever began it is shown, lets them go on, follow, correct, approve and withdraw.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, select

from webapp.errors import Invalid, NotFound
from webapp.models import Draft, Invitation, now
from webapp.services import audit
from webapp.services.access import Actor, may_invite, require
from webapp.services.drafts import begin_invited
from webapp.services.signed_links import read_signed, sign

__all__ = ["Invitation", "InvitationState"]

MOST_DAYS = 90
_INVITATION, _OWN = "invitation", "own draft"
_NO_DOOR = "This link does not work. It may have ended, been replaced by a newer one, or been cut off in the mail."


@dataclass(frozen=True, slots=True)
class InvitationState:
    """An invitation as staff see it. state: open, begun, sent, ended or revoked."""

    invitation: Invitation
    draft: Draft | None

    @property
    def state(self) -> str:
        if self.draft is not None:
            return "begun" if self.draft.sent_at is None else "sent"
        if self.invitation.revoked_at is not None:
            return "revoked"
        return "ended" if self.invitation.expires_at <= now() else "open"


def invite(session: Session, actor: Actor, *, for_whom: str, about: str, days: int) -> Invitation:
    """A new invitation. Raises Invalid for a time that is too short or too long."""
    require(may_invite(actor), "invite people to tell a story")
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(f"An invitation is open for 1 to {MOST_DAYS} days, not {days}.")
    invitation = Invitation(
        key=secrets.token_urlsafe(24), for_whom=for_whom.strip(), about=about.strip(), invited_by_id=actor.id,
        expires_at=now() + timedelta(days=days),
    )  # fmt: skip
    session.add(invitation)
    session.flush()
    audit.record(session, actor, "invitation.made", subject=("invitation", str(invitation.id)), after={"days": days})
    return invitation


def invitations(session: Session, actor: Actor) -> list[InvitationState]:
    """All invitations, the newest first."""
    require(may_invite(actor), "see invitations")
    query = select(Invitation, Draft).join(Draft, col(Draft.invitation_id) == col(Invitation.id), isouter=True)
    return [InvitationState(*row) for row in session.exec(query.order_by(col(Invitation.id).desc()))]


def find_invitation(session: Session, actor: Actor, invitation_id: int) -> InvitationState:
    """One of them. Raises NotFound if there is none."""
    found = next((one for one in invitations(session, actor) if one.invitation.id == invitation_id), None)
    if found is None:
        raise NotFound("There is no such invitation.")
    return found


def revoke(session: Session, actor: Actor, invitation: Invitation) -> None:
    """Let its link lead nowhere; what was begun by it stays."""
    require(may_invite(actor), "revoke invitations")
    invitation.revoked_at = invitation.revoked_at or now()
    session.flush()
    audit.record(session, actor, "invitation.revoked", subject=("invitation", str(invitation.id)))


def renew_own_link(session: Session, actor: Actor, draft: Draft) -> None:
    """Let a draft's own link lead nowhere, so that the next one is the only one: somebody lost theirs."""
    require(may_invite(actor), "renew links")
    draft.link_number += 1
    session.flush()
    audit.record(session, actor, "invitation.link_renewed", subject=("invitation", str(draft.invitation_id)))


def invitation_token(secret_key: str, invitation: Invitation) -> str:
    """What stands in the invitation's link; it stops with the invitation."""
    return sign(secret_key, _INVITATION, invitation.key, until=invitation.expires_at)


def open_invitation(session: Session, secret_key: str, token: str) -> InvitationState:
    """The invitation of a link. Raises NotFound for one that ended or was revoked, and for any other token."""
    key = read_signed(secret_key, _INVITATION, token)
    query = select(Invitation, Draft).join(Draft, col(Draft.invitation_id) == col(Invitation.id), isouter=True)
    row = session.exec(query.where(Invitation.key == key)).first()
    if row is None or row[0].revoked_at is not None or row[0].expires_at <= now():
        raise NotFound(_NO_DOOR)
    return InvitationState(*row)


def take_up(session: Session, secret_key: str, token: str, *, key: str, kind: str) -> Draft:
    """Begin the one draft of an invitation. Raises Conflict if it was begun by another form."""
    invitation = open_invitation(session, secret_key, token).invitation
    return begin_invited(session, invitation.row_id, key=key, kind=kind)


def own_token(secret_key: str, draft: Draft) -> str:
    """What stands in a draft's own link. It does not end: taking a story back stays as easy as sending it was."""
    return sign(secret_key, _OWN, [draft.key, draft.link_number])


def open_own_link(session: Session, secret_key: str, token: str) -> Draft:
    """The draft of somebody's own link. Raises NotFound for any other token, and for one that was replaced."""
    key, number = read_signed(secret_key, _OWN, token)
    draft = session.exec(select(Draft).where(Draft.key == key, Draft.link_number == number)).first()
    if draft is None:
        raise NotFound(_NO_DOOR)
    return draft


def held_draft(session: Session, key: str) -> Draft:
    """The draft of a key that the browser holds."""
    return session.exec(select(Draft).where(Draft.key == key)).one()


def keys_held(session: Session, held: Iterable[tuple[str, int]]) -> frozenset[str]:
    """Keys of the drafts that a browser holds and whose link was not replaced since. held: (key, link number)."""
    number_by_key = dict(held)
    if not number_by_key:
        return frozenset()
    query = select(Draft.key, Draft.link_number).where(col(Draft.key).in_(number_by_key))
    return frozenset(key for key, number in session.exec(query) if number_by_key[key] == number)
