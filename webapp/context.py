"""What a page may ask of the request that it answers: who asks, the database session, what the process keeps open."""

from dataclasses import replace
from datetime import datetime
from typing import cast

from flask import current_app, g, request
from flask import session as cookie
from flask_login import current_user
from sqlmodel import Session

from webapp.clock import end_of_consent
from webapp.database import empty_log
from webapp.errors import Forbidden
from webapp.extensions import db
from webapp.mail import can_send
from webapp.services import accounts, concerns, invitations, notices, outbox, saved_searches
from webapp.services.access import ANYBODY, STAFF_ROLES, Actor, actor_of
from webapp.services.retention import Erased, drop_files
from webapp.services.search import Finder
from webapp.services.wordings import Told, told_now
from webapp.settings import Settings

OWN_DRAFTS = "own_drafts"
"""Name in the cookie of the drafts whose own link this browser opened: (key, number of the link) each."""


class SignedIn:
    """What Flask-Login keeps of a person: the session carries a key that can be changed, never the row's id."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, actor: Actor, session_key: str) -> None:
        self.actor = actor
        self._session_key = session_key

    def get_id(self) -> str:
        return self._session_key


def load_signed_in(session_key: str) -> SignedIn | None:
    """The person whose session this is, or None if they were signed out everywhere or may sign in no more."""
    user = accounts.user_by_session_key(session(), session_key)
    if user is None:
        return None
    actor = actor_of(user)
    if user.second_factor_since is None and needs_second_factor(actor.roles):
        # Until then they are somebody with an account, and no more.
        g.lacks_second_factor = True
        actor = replace(actor, roles=actor.roles - STAFF_ROLES)
    return SignedIn(actor, session_key)


def needs_second_factor(roles: frozenset[str]) -> bool:
    """Do the settings ask a second factor of whoever holds these roles?"""
    return settings().second_factor == "staff" and bool(roles & STAFF_ROLES)


def lacks_second_factor() -> bool:
    """Is whoever asks held back until they set up a second factor?"""
    return bool(actor().id is not None and g.get("lacks_second_factor"))


class SignInNeeded(Forbidden):
    """Only somebody signed in can have this page; the answer leads to the sign-in page."""


def signed_in_actor() -> Actor:
    """Whoever asks, if they are signed in. Raises SignInNeeded if not."""
    who = actor()
    if who.id is None:
        raise SignInNeeded("Sign in first.")
    return who


def contributing_actor() -> Actor:
    """Whoever asks, if they are signed in or opened the link to a draft of their own. Raises SignInNeeded if not."""
    who = actor()
    return who if who.drafts else signed_in_actor()


def actor() -> Actor:
    """Whoever asks for this page."""
    if "actor" not in g:
        who = current_user.actor if current_user.is_authenticated else ANYBODY
        held = [(str(key), int(number)) for key, number in cookie.get(OWN_DRAFTS, ())]
        drafts = invitations.keys_held(session(), held) if held else frozenset()
        g.actor = replace(who, name=who.name if who.id else "somebody with a link", drafts=drafts) if drafts else who
    return cast(Actor, g.actor)


def hold_draft(key: str, link_number: int) -> None:
    """Let this browser be the one whose own link to a draft was opened, until its session ends."""
    held = [one for one in cookie.get(OWN_DRAFTS, ()) if one[0] != key]
    # A cookie has room for little; nobody has so many links of their own.
    cookie[OWN_DRAFTS] = [*held[-9:], (key, link_number)]
    cookie.permanent = True
    g.pop("actor", None)


def secret_key() -> str:
    """What links are signed with."""
    return str(current_app.config["SECRET_KEY"])


def session() -> Session:
    """The database session of this request; the view commits it, once."""
    return cast(Session, db.session)


def settings() -> Settings:
    return cast(Settings, current_app.extensions["resources"].settings)


def finder() -> Finder:
    """The search engine and the embedder."""
    return cast(Finder, current_app.extensions["resources"].finder)


def count_new_stories() -> int:
    """How many stories are new in the searches that whoever asks follows."""
    return saved_searches.count_new(session(), actor())


def count_concerns() -> int:
    """How many worries wait for whoever asks; 0 for everybody but safeguarding leads."""
    return concerns.count_open(session(), actor())


def can_post_mail() -> bool:
    """Is there a server to send mail by?"""
    return can_send(settings())


def count_notices() -> int:
    """How many notices wait for whoever asks."""
    return notices.count_notices(session(), actor())


def told_before_agreeing() -> Told:
    """What people are told before they agree."""
    return told_now(session(), months=settings().consent_months)


def consent_ends() -> datetime:
    """When a consent that is given now ends, unless it says otherwise: at midnight, by the settings."""
    return end_of_consent(settings().consent_months)


def post_mail(*, to: str, subject: str, body: str) -> bool:
    """Have a message sent after the commit; False if there is no mail server or no address, and nothing is kept."""
    if not to or not can_send(settings()):
        return False
    outbox.post(session(), to=to, subject=subject, body=body)
    return True


def wake_worker() -> None:
    """Tell the worker that a commit has made work."""
    current_app.extensions["wake"]()


def forget_for_good(erased: Erased) -> None:
    """After the commit of an erasure: its files and what SQLite's log holds of it go now, the index's soon."""
    drop_files(settings().media_folder, erased)
    empty_log(db.engine)
    wake_worker()


def is_fragment_wanted() -> bool:
    """Does htmx ask for a part of the page? Not when it restores a page from its history."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers
