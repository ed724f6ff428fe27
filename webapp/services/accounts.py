"""People who sign in: made, recognised, signed out."""

import re
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlmodel import Session, select

from webapp.errors import Conflict, Invalid
from webapp.models import ROLES, User, UserRole, now
from webapp.services import audit
from webapp.services.access import SYSTEM, Actor

MIN_PASSWORD_LENGTH = 12
_hasher = PasswordHasher()
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|[^@\s]+@localhost")


def add_user(session: Session, actor: Actor, *, email: str, name: str, roles: list[str], password: str) -> User:
    """A new person who can sign in. Raises Invalid for bad input, Conflict for an address in use."""
    email = email.strip().casefold()
    if not _EMAIL.fullmatch(email) or len(email) > 254:
        raise Invalid(f"{email!r} is not an e-mail address. Write it as name@example.org.")
    unknown = sorted(set(roles) - set(ROLES))
    if unknown or not roles:
        raise Invalid(f"{unknown[0] if unknown else ''!r} is not a role. Use any of: {', '.join(ROLES)}.")
    if len(password) < MIN_PASSWORD_LENGTH:
        raise Invalid(f"The password is too short. Use at least {MIN_PASSWORD_LENGTH} characters.")
    if session.exec(select(User.id).where(User.email == email)).first() is not None:
        raise Conflict(f"Somebody already signs in as {email}.")
    user = User(
        email=email,
        name=name.strip() or email,
        password_hash=_hasher.hash(password),
        session_key=secrets.token_urlsafe(32),
    )
    session.add(user)
    session.flush()
    user.roles = [UserRole(user_id=user.row_id, role=role) for role in dict.fromkeys(roles)]
    session.flush()
    audit.record(session, actor, "user.added", subject=("user", str(user.id)), after={"roles": sorted(roles)})
    return user


def authenticate(session: Session, *, email: str, password: str) -> User | None:
    """The person with this address and password, or None."""
    user = session.exec(select(User).where(User.email == email.strip().casefold())).first()
    try:
        _hasher.verify(user.password_hash if user else _dummy_hash(), password)
    except (VerificationError, InvalidHashError):
        return None
    if user is None or not user.is_active:
        return None
    user.last_signed_in_at = now()
    session.flush()
    return user


def user_by_session_key(session: Session, session_key: str) -> User | None:
    """The active person whose sessions carry this key, or None."""
    user = session.exec(select(User).where(User.session_key == session_key)).first()
    return user if user is not None and user.is_active else None


def first_sign_ins(session: Session) -> list[tuple[str, str, str]]:
    """(role, address, password) of one new person for each role, in a repository that has nobody yet; else none.

    The passwords are random and kept nowhere: they can be shown this once.
    """
    if session.exec(select(User.id)).first() is not None:
        return []
    made = []
    for role in ROLES:
        email, password = f"{role}@localhost", secrets.token_urlsafe(12)
        add_user(session, SYSTEM, email=email, name=f"First {role}", roles=[role], password=password)
        made.append((role, email, password))
    return made


@cache
def _dummy_hash() -> str:
    """Checked when nobody has the address, so that an unknown address takes as long as a wrong password."""
    return _hasher.hash(secrets.token_urlsafe(16))
