"""Slowing down whoever guesses passwords, without shutting out those whose passwords are guessed.

Failures are counted for an address together with where they come from, so that nobody elsewhere is held up by them.
A device on which somebody signed in before has a count of its own (OWASP, "Slow Down Online Guessing Attacks with
Device Cookies"): from there the right password always gets through, whatever others try meanwhile.
"""

import secrets
from ipaddress import IPv6Address, ip_address

from flask import request
from limits import RateLimitItem, parse
from werkzeug.wrappers import Response

from webapp import context
from webapp.errors import NotFound, TooMany
from webapp.extensions import limiter
from webapp.services.signed_links import read_signed, sign

# Somebody who tries many addresses from one place is let on longer: a whole office may sit behind it.
_OF_A_SOURCE = 10
_DEVICE = "device"
_DEVICE_LASTS_S = 365 * 24 * 3600


def refuse_guessing(who: str, *, user_id: int | None, deed: str = "password") -> None:
    """Raise TooMany if too many tries for this account failed. who: the address typed, or whatever names the account.

    user_id: of the account, if there is one; it tells whether this device is known.
    """
    if (device := _known_device(user_id)) and _is_free(_limit(), deed, "device", device):
        return
    for limit, *counted in _counts(who, deed):
        if not _is_free(limit, *counted):
            raise TooMany(
                "There were too many failed attempts. Wait a quarter of an hour and try again, or use a device on "
                "which you signed in before.",
                wait_s=limit.get_expiry(),
            )


def count_failure(who: str, *, user_id: int | None, deed: str = "password") -> None:
    """Remember that a try failed."""
    if (device := _known_device(user_id)) and _is_free(_limit(), deed, "device", device):
        limiter.limiter.hit(_limit(), deed, "device", device)
        return
    for limit, *counted in _counts(who, deed):
        limiter.limiter.hit(limit, *counted)


def know_device(response: Response, user_id: int) -> None:
    """Remember in the browser that this person signed in from it. It opens nothing: it only is not slowed down."""
    settings = context.settings()
    token = sign(settings.read_secret_key(), _DEVICE, [user_id, secrets.token_urlsafe(12)])
    response.set_cookie(
        _cookie_name(),
        token,
        max_age=_DEVICE_LASTS_S,
        secure=settings.is_production,
        httponly=True,
        samesite="Strict",
    )


def source() -> str:
    """Where the request comes from; of a version 6 address the part that one household or office shares."""
    address = request.remote_addr or "unknown"
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(IPv6Address(int(parsed) >> 64 << 64)) if isinstance(parsed, IPv6Address) else address


def _counts(who: str, deed: str) -> list[tuple[RateLimitItem, str, str, str]]:
    limit = _limit()
    together = (limit, deed, who.strip().casefold(), source())
    return [together, (_times(limit, _OF_A_SOURCE), deed, "any account", source())]


def _limit() -> RateLimitItem:
    return parse(context.settings().sign_in_limit)


def _times(limit: RateLimitItem, factor: int) -> RateLimitItem:
    return type(limit)(limit.amount * factor, limit.multiples, limit.namespace)


def _is_free(limit: RateLimitItem, *counted: str) -> bool:
    return limiter.limiter.test(limit, *counted)


def _known_device(user_id: int | None) -> str:
    """The random name of this device if this person signed in from it before, else ''."""
    token = request.cookies.get(_cookie_name(), "")
    if not token or user_id is None:
        return ""
    try:
        owner, device = read_signed(context.settings().read_secret_key(), _DEVICE, token)
    except NotFound:
        return ""
    return str(device) if owner == user_id else ""


def _cookie_name() -> str:
    return "__Host-turnstone-device" if context.settings().is_production else "turnstone-device"
