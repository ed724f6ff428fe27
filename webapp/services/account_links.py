"""Links that let somebody in once: an invitation to make an account, and a new password for one that there is.

Only digests of their keys are stored, so that neither the database nor a copy of it opens anything.
"""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from webapp.errors import Conflict, NotFound
from webapp.models import AccountLink, User, now
from webapp.services import audit
from webapp.services.access import SYSTEM, Actor, actor_of, may_administer, require
from webapp.services.accounts import add_user, checked_email, checked_roles, find_user, set_password, user_by_email
from webapp.services.signed_links import read_signed, sign

INVITATION_LASTS = timedelta(days=7)
RESET_LASTS = timedelta(hours=24)
_PAUSE = timedelta(minutes=5)
_PURPOSE = "account"
_NO_DOOR = "This link does not work. It may have been used, replaced by a newer one, or too old. Ask for another."


def invite(
    session: Session, actor: Actor, *, email: str, name: str, roles: list[str], secret_key: str, by_mail: bool
) -> str:
    """The token of an invitation, which replaces an earlier one to the same address.

    by_mail: is it sent, or shown to whoever invites? Raises Invalid for bad input, Conflict for an address in use.
    """
    require(may_administer(actor), "invite people")
    email = checked_email(email)
    if user_by_email(session, email) is not None:
        raise Conflict(f"Somebody already signs in as {email}.")
    _end(session, AccountLink.email == email, AccountLink.kind == "invitation")
    link = AccountLink(
        kind="invitation",
        key_sha256="",
        email=email,
        name=name.strip(),
        roles=checked_roles(roles),
        made_by_id=actor.id,
        expires_at=now() + INVITATION_LASTS,
    )
    token = _token(session, link, secret_key)
    _record(session, actor, link, "account.invited", by_mail=by_mail)
    return token


def reset_link(session: Session, actor: Actor, user: User, *, secret_key: str, by_mail: bool) -> str:
    """The token of a link by which somebody makes a new password; it replaces an earlier one.

    actor: an administrator, or the system where the person asked for it themselves and it goes to their address.
    """
    require(may_administer(actor) or actor == SYSTEM, "make links for new passwords")
    _end(session, AccountLink.user_id == user.id)
    link = AccountLink(
        kind="reset",
        key_sha256="",
        user_id=user.id,
        email=user.email,
        made_by_id=actor.id,
        expires_at=now() + RESET_LASTS,
    )
    token = _token(session, link, secret_key)
    _record(session, actor, link, "password.link_made", by_mail=by_mail)
    return token


def was_sent_just_now(session: Session, user: User) -> bool:
    """Was a link for a new password made in the last minutes, and not used yet?"""
    query = select(AccountLink.id).where(
        AccountLink.user_id == user.id, col(AccountLink.used_at).is_(None), AccountLink.made_at > now() - _PAUSE
    )
    return session.exec(query).first() is not None


def link_of(session: Session, token: str, *, secret_key: str) -> AccountLink:
    """The link of a token, if it still works. Raises NotFound otherwise, always in the same words."""
    try:
        link_id, key = read_signed(secret_key, _PURPOSE, token)
    except NotFound as err:
        raise NotFound(_NO_DOOR) from err
    link = session.get(AccountLink, link_id)
    if link is None or link.used_at is not None or link.expires_at <= now() or link.key_sha256 != _digest(key):
        raise NotFound(_NO_DOOR)
    return link


def use_link(session: Session, token: str, *, name: str, password: str, secret_key: str) -> User:
    """Make the account, or the new password, that the link is for; it then works no more.

    Raises NotFound for a link that does not work, Invalid for a password that will not do.
    """
    link = link_of(session, token, secret_key=secret_key)
    if not _end(session, AccountLink.id == link.id):
        # Two came at once, and the other was first.
        raise NotFound(_NO_DOOR)
    if link.kind == "reset":
        user = find_user(session, link.user_id or 0)
        if not user.is_active:
            raise NotFound(_NO_DOOR)
        set_password(session, actor_of(user), user, password)
        return user
    maker = session.get(User, link.made_by_id) if link.made_by_id else None
    if maker is None or not maker.is_active or not may_administer(actor_of(maker)):
        # Whoever may administer no more may let nobody in any more.
        raise NotFound(_NO_DOOR)
    return add_user(
        session,
        actor_of(maker),
        email=link.email,
        name=name.strip() or link.name,
        roles=list(link.roles),
        password=password,
    )


def open_invitations(session: Session) -> list[AccountLink]:
    """Invitations that still work, the oldest first."""
    query = select(AccountLink).where(
        AccountLink.kind == "invitation", col(AccountLink.used_at).is_(None), AccountLink.expires_at > now()
    )
    return list(session.exec(query.order_by(col(AccountLink.id))))


def call_back(session: Session, actor: Actor, link_id: int) -> None:
    """End an invitation that was not used yet."""
    require(may_administer(actor), "call invitations back")
    link = session.get(AccountLink, link_id)
    if link is None or link.kind != "invitation" or not _end(session, AccountLink.id == link_id):
        raise NotFound("There is no such invitation: it was used, or called back before.")
    _record(session, actor, link, "account.invitation_called_back")


def _end(session: Session, *which: object) -> bool:
    """Use up the links that still work; True if there was one. In one statement, for two may come at once."""
    unused = update(AccountLink).where(col(AccountLink.used_at).is_(None), *which)  # type: ignore[arg-type]
    n_ended = session.connection().execute(unused.values(used_at=now())).rowcount
    session.expire_all()
    return n_ended > 0


def _token(session: Session, link: AccountLink, secret_key: str) -> str:
    key = secrets.token_urlsafe(24)
    link.key_sha256 = _digest(key)
    session.add(link)
    session.flush()
    return sign(secret_key, _PURPOSE, [link.row_id, key], until=link.expires_at)


def _digest(key: str) -> str:
    return hashlib.sha256(str(key).encode()).hexdigest()


def _record(session: Session, actor: Actor, link: AccountLink, action: str, **told: object) -> None:
    """Who let whom in, and how the link went out; never the link, nor the address."""
    if link.roles:
        told["roles"] = list(link.roles)
    subject = ("user", str(link.user_id)) if link.user_id else ("invitation", str(link.id))
    audit.record(session, actor, action, subject=subject, after=told or None)
