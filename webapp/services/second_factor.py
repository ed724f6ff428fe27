"""The second factor: codes of an authenticator app that change every half minute (RFC 6238), and recovery codes.

No secret is stored: it is derived from the site's key and a salt in the person's row, so that a stolen database makes
no codes, and a lost key ends every second factor.
"""

import base64
import hashlib
import hmac
import secrets
import struct
from urllib.parse import quote, urlencode

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from webapp.errors import Invalid
from webapp.models import RecoveryCode, User, now
from webapp.services import audit
from webapp.services.access import Actor

STEP_S = 30
N_DIGITS = 6
N_RECOVERY_CODES = 10
# Clocks of telephones differ: the code before and the one after are taken too.
_SLACK_STEPS = 1
_WRONG = "This code is not right. Wait for the next one in your app and try again."


def begin(session: Session, user: User) -> None:
    """Give somebody a new secret, which counts only once they have shown a code of it (`turn_on`)."""
    if user.second_factor_since is None:
        user.second_factor_salt = secrets.token_urlsafe(32)
        user.second_factor_step = 0
        session.flush()


def turn_on(session: Session, actor: Actor, user: User, code: str, *, secret_key: str) -> list[str]:
    """Ask for codes from now on; gives the recovery codes, which can be shown this once. Raises Invalid."""
    if not _take_code(session, user, code, secret_key=secret_key):
        raise Invalid(_WRONG)
    user.second_factor_since = now()
    _record(session, actor, user, "second_factor.on")
    return renew_recovery_codes(session, actor, user)


def turn_off(session: Session, actor: Actor, user: User) -> None:
    """Ask for no codes any more: by the person themselves, or by an administrator whose colleague lost the device."""
    user.second_factor_salt, user.second_factor_since, user.second_factor_step = "", None, 0
    session.execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user.id))
    _record(session, actor, user, "second_factor.off")


def renew_recovery_codes(session: Session, actor: Actor, user: User) -> list[str]:
    """New recovery codes in place of the old ones, to be shown once: 'k3vd-92xp-…', 80 random bits each."""
    session.execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user.id))
    codes = [_new_code() for _ in range(N_RECOVERY_CODES)]
    session.add_all(RecoveryCode(user_id=user.row_id, sha256=_digest(code)) for code in codes)
    _record(session, actor, user, "recovery_codes.made")
    return codes


def is_proven(session: Session, user: User, code: str, *, secret_key: str) -> bool:
    """Is this a code of the app, or a recovery code, that was not used before? Whichever it is, it is used up."""
    if user.second_factor_since is None:
        return False
    return _take_code(session, user, code, secret_key=secret_key) or _take_recovery_code(session, user, code)


def count_recovery_codes(session: Session, user: User) -> int:
    """How many are left."""
    query = select(RecoveryCode).where(RecoveryCode.user_id == user.id, col(RecoveryCode.used_at).is_(None))
    return len(session.exec(query).all())


def secret_of(user: User, secret_key: str) -> str:
    """The secret in base 32, as somebody types it into an app; 160 bits (RFC 4226, section 4)."""
    salted = f"second factor {user.second_factor_salt}".encode()
    return base64.b32encode(hmac.digest(secret_key.encode(), salted, hashlib.sha256)[:20]).decode()


def address_for_app(user: User, secret_key: str, *, site_name: str) -> str:
    """What an app reads from the picture: the otpauth:// address of the secret."""
    told = urlencode({"secret": secret_of(user, secret_key), "issuer": site_name}, quote_via=quote)
    return f"otpauth://totp/{quote(f'{site_name}:{user.email}')}?{told}"


def code_at(secret: str, step: int) -> str:
    """The code of a step of time: HOTP with SHA-1 (RFC 4226, section 5.3), which is what every app can do."""
    mac = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1)
    offset = mac[-1] & 0x0F
    [number] = struct.unpack(">I", mac[offset : offset + 4])
    return f"{(number & 0x7FFFFFFF) % 10**N_DIGITS:0{N_DIGITS}d}"


def step_now() -> int:
    """The present step of time: half minutes since 1970."""
    return int(now().timestamp()) // STEP_S


def _take_code(session: Session, user: User, code: str, *, secret_key: str) -> bool:
    code, secret = "".join(code.split()), secret_of(user, secret_key)
    here = step_now()
    for step in range(here - _SLACK_STEPS, here + _SLACK_STEPS + 1):
        if user.second_factor_salt and hmac.compare_digest(code_at(secret, step).encode(), code.encode()):
            return _use_step(session, user, step)
    return False


def _use_step(session: Session, user: User, step: int) -> bool:
    """Mark a step as used, unless it or a later one was: in one statement, for two may come at once."""
    newer = update(User).where(col(User.id) == user.id, col(User.second_factor_step) < step)
    taken = session.connection().execute(newer.values(second_factor_step=step)).rowcount == 1
    session.refresh(user, ["second_factor_step"])
    return taken


def _take_recovery_code(session: Session, user: User, code: str) -> bool:
    unused = update(RecoveryCode).where(
        col(RecoveryCode.user_id) == user.id,
        col(RecoveryCode.sha256) == _digest(code),
        col(RecoveryCode.used_at).is_(None),
    )
    return session.connection().execute(unused.values(used_at=now())).rowcount == 1


def _new_code() -> str:
    letters = base64.b32encode(secrets.token_bytes(10)).decode().lower()
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def _digest(code: str) -> str:
    return hashlib.sha256("".join(code.lower().split()).replace("-", "").encode()).hexdigest()


def _record(session: Session, actor: Actor, user: User, action: str) -> None:
    session.flush()
    audit.record(session, actor, action, subject=("user", str(user.id)))
