"""People who sign in: made, recognised, given roles, signed out."""

import re
import secrets
from collections.abc import Iterable

from sqlmodel import Session, col, select

from webapp.errors import Conflict, Invalid, NotFound
from webapp.models import ROLES, Notice, User, UserRole, now
from webapp.services import audit
from webapp.services.access import OPERATOR, Actor, may_administer, require
from webapp.services.passwords import hash_password, is_right

__all__ = [
    "User",
    "add_user",
    "ask_for_password",
    "authenticate",
    "checked_email",
    "checked_roles",
    "find_user",
    "first_sign_ins",
    "ids_that_ask",
    "note_sign_in",
    "set_active",
    "set_password",
    "set_roles",
    "sign_out_everywhere",
    "user_by_email",
    "user_by_session_key",
    "users",
]

_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+|[^@\s]+@localhost")


def add_user(session: Session, actor: Actor, *, email: str, name: str, roles: list[str], password: str) -> User:
    """A new person who can sign in. Raises Invalid for bad input, Conflict for an address in use."""
    require(may_administer(actor), "let people in")
    email, roles = checked_email(email), checked_roles(roles)
    if user_by_email(session, email) is not None:
        raise Conflict(f"Somebody already signs in as {email}.")
    user = User(
        email=email,
        name=name.strip() or email,
        password_hash=hash_password(password, about=(email, name)),
        session_key=secrets.token_urlsafe(32),
    )
    session.add(user)
    session.flush()
    user.roles = [UserRole(user_id=user.row_id, role=role) for role in roles]
    session.flush()
    _record(session, actor, user, "user.added", after={"roles": sorted(roles)})
    return user


def authenticate(session: Session, *, email: str, password: str) -> User | None:
    """The person with this address and password, or None."""
    user = user_by_email(session, email)
    is_known = is_right(user.password_hash if user else None, password)
    return user if user is not None and is_known and user.is_active else None


def note_sign_in(session: Session, user: User) -> None:
    """Somebody has proven who they are, with all that is asked of them."""
    user.last_signed_in_at = now()
    session.flush()


def user_by_session_key(session: Session, session_key: str) -> User | None:
    """The active person whose sessions carry this key, or None."""
    user = session.exec(select(User).where(User.session_key == session_key)).first()
    return user if user is not None and user.is_active else None


def user_by_email(session: Session, email: str) -> User | None:
    """Whoever signs in with this address, or None."""
    return session.exec(select(User).where(User.email == email.strip().casefold())).first()


def find_user(session: Session, user_id: int) -> User:
    """The person with this id. Raises NotFound."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFound("There is no such account.")
    return user


def users(session: Session) -> list[User]:
    """Everybody who can sign in or once could, by name."""
    return list(session.exec(select(User).order_by(col(User.is_active).desc(), col(User.name), col(User.id))))


def set_password(session: Session, actor: Actor, user: User, password: str) -> None:
    """A new password; whoever is signed in with the old one is signed out. Raises Invalid if it will not do."""
    user.password_hash = hash_password(password, about=(user.email, user.name))
    user.session_key = secrets.token_urlsafe(32)
    _close_requests(session, user)
    _record(session, actor, user, "password.changed")


def sign_out_everywhere(session: Session, actor: Actor, user: User) -> None:
    """End every session of somebody, on every device."""
    require(actor.id == user.id or may_administer(actor), "sign other people out")
    user.session_key = secrets.token_urlsafe(32)
    _record(session, actor, user, "user.signed_out_everywhere")


def set_roles(session: Session, actor: Actor, user: User, roles: Iterable[str]) -> None:
    """Give somebody exactly these roles, from their next page on. Raises Conflict if nobody would administer."""
    require(may_administer(actor), "give roles")
    wanted, before = checked_roles(roles), user.role_names
    if set(wanted) == before:
        return
    if "admin" not in wanted:
        _keep_an_administrator(session, user)
    user.roles = [granted for granted in user.roles if granted.role in wanted]
    user.roles += [UserRole(user_id=user.row_id, role=role) for role in wanted if role not in before]
    _record(session, actor, user, "user.roles", before={"roles": sorted(before)}, after={"roles": sorted(wanted)})


def set_active(session: Session, actor: Actor, user: User, *, is_active: bool) -> None:
    """Shut somebody out at once, or let them in again. Raises Conflict if nobody would administer."""
    require(may_administer(actor), "shut people out")
    if not is_active:
        _keep_an_administrator(session, user)
    user.is_active, user.session_key = is_active, secrets.token_urlsafe(32)
    _record(session, actor, user, "user.let_in" if is_active else "user.shut_out")


def ask_for_password(session: Session, user: User) -> None:
    """Tell administrators that somebody forgot their password: there is no mail to send a link by."""
    key = f"password of {user.id}"
    if session.exec(select(Notice).where(Notice.key == key)).first() is None:
        session.add(
            Notice(
                key=key, kind="password.asked", role="admin", address=f"/people/{user.id}",
                message=f"{user.name} asks for a new password. Make sure that it is them, then give them a link.",
            )
        )  # fmt: skip
        session.flush()


def ids_that_ask(session: Session) -> set[int]:
    """Ids of those who forgot their password and wait for a link."""
    open_requests = select(Notice.key).where(Notice.kind == "password.asked", col(Notice.done_at).is_(None))
    return {int(key.rsplit(" ", 1)[1]) for key in session.exec(open_requests)}


def first_sign_ins(session: Session) -> list[tuple[str, str, str]]:
    """(role, address, password) of one new person for each role, in a repository that has nobody yet; else none.

    The passwords are random and kept nowhere: they can be shown this once.
    """
    if session.exec(select(User.id)).first() is not None:
        return []
    made = []
    for role in ROLES:
        email, password = f"{role}@localhost", secrets.token_urlsafe(12)
        add_user(session, OPERATOR, email=email, name=f"First {role}", roles=[role], password=password)
        made.append((role, email, password))
    return made


def checked_email(email: str) -> str:
    """The address in the form in which it is stored. Raises Invalid."""
    email = email.strip().casefold()
    if not _EMAIL.fullmatch(email) or len(email) > 254:
        raise Invalid(f"{email!r} is not an e-mail address. Write it as name@example.org.")
    return email


def checked_roles(roles: Iterable[str]) -> list[str]:
    """The roles, each once. Raises Invalid for one that does not exist, and for none at all."""
    found = list(dict.fromkeys(roles))
    unknown = sorted(set(found) - set(ROLES))
    if unknown or not found:
        raise Invalid(f"{unknown[0] if unknown else ''!r} is not a role. Use any of: {', '.join(ROLES)}.")
    return found


def _keep_an_administrator(session: Session, leaving: User) -> None:
    others = select(UserRole.user_id).join(User, col(User.id) == col(UserRole.user_id))
    query = others.where(UserRole.role == "admin", col(User.is_active).is_(True), UserRole.user_id != leaving.id)
    if "admin" in leaving.role_names and session.exec(query).first() is None:
        raise Conflict("Nobody else administers this site. Make somebody else an administrator first.")


def _close_requests(session: Session, user: User) -> None:
    for notice in session.exec(select(Notice).where(Notice.key == f"password of {user.id}")):
        session.delete(notice)


def _record(session: Session, actor: Actor, user: User, action: str, **states: dict[str, list[str]]) -> None:
    session.flush()
    audit.record(session, actor, action, subject=("user", str(user.id)), **states)
