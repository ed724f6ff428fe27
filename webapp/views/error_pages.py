"""Errors as pages that say what happened and what to do."""

import logging
from urllib.parse import urlsplit

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError
from werkzeug.wrappers import Response

from webapp import context
from webapp.database import DatabaseRefusal, is_collision
from webapp.errors import Overtaken, TooMany, TurnstoneError
from webapp.forms import local_path
from webapp.services.access import ANYBODY

bp = Blueprint("error_pages", __name__)
log = logging.getLogger(__name__)

TITLES = {
    400: "This could not be read",
    403: "You may not do this",
    404: "There is nothing here",
    405: "That is not how this works",
    409: "Something else came first",
    413: "That is too much at once",
    429: "Please wait a little",
    500: "Something broke on our side",
}
ADVICE = {
    400: "Go back, reload the page and try again.",
    403: "If you think you should be able to, ask the people who run this site.",
    404: "The address may be mistyped, or the story may have been taken back. Search for it, or start from home.",
    405: "This address is not opened like that. Start from home.",
    409: "Go back, reload the page to see what changed, and try again.",
    413: "Send fewer or smaller files, or a shorter text. What you had typed is still in the page before this one.",
    429: "There were too many attempts from your address. Wait a quarter of an hour and try again.",
    500: "Nothing that you sent was stored. Try again in a few minutes; if it happens again, tell the people who run "
    "this site at what time it was.",
}
FORM_EXPIRED = (
    "The form was open for too long, or you signed in or out since. Go back, reload the page and send it again."
)
AT_ONCE = (
    "Somebody else changed the same thing at this very moment. Theirs was kept, and nothing of yours was stored."
)
SIGNED_OUT = (
    "Open this site in another tab and sign in there, or open your own link there if you have one. Then go back here "
    "and send the form again."
)


@bp.app_errorhandler(context.SignInNeeded)
def ask_to_sign_in(_error: context.SignInNeeded) -> Response:
    """Lead to the sign-in page and from there back; htmx is told to change the whole page."""
    if request.method == "POST":
        return _answer(403, SIGNED_OUT, title="You are signed out")
    address = url_for("accounts.sign_in", next=request.full_path.rstrip("?"))
    if context.is_fragment_wanted():
        return make_response("", 204, {"HX-Redirect": address})
    return redirect(address, code=303)


@bp.app_errorhandler(TurnstoneError)
def show_turnstone_error(error: TurnstoneError) -> Response:
    """What the service said, as it stands."""
    response = _answer(error.status_code, str(error), advice=ADVICE.get(error.status_code, ""))
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.wait_s)
    return response


@bp.app_errorhandler(Overtaken)
def show_both_values(error: Overtaken) -> Response:
    """What somebody else decided and what this person wanted, to choose between."""
    again = [(name, value) for name, value in request.form.items(multi=True) if name not in ("csrf_token", "seen")]
    template = "errors/_overtaken.html" if context.is_fragment_wanted() else "errors/overtaken.html"
    back = local_path(urlsplit(request.referrer or "").path, default=url_for("home.index"))
    page = render_template(template, error=error, title=TITLES[409], again=again, back=back)
    return make_response(page, error.status_code)


@bp.app_errorhandler(DatabaseRefusal)
def show_collision(error: DatabaseRefusal) -> Response:
    """Two changed the same thing at the same moment, and the database kept one of them.

    What else these errors stand for, such as a database that is gone, is an error of ours as before.
    """
    if not is_collision(error):
        raise error
    log.warning("Two came at once: %s", type(error.orig).__name__)
    context.session().rollback()
    g.pop("actor", None)
    return _answer(409, AT_ONCE, advice=ADVICE[409])


@bp.app_errorhandler(CSRFError)
def show_expired_form(_error: CSRFError) -> Response:
    """A form without a good token."""
    return _answer(400, FORM_EXPIRED, title="This form has expired")


@bp.app_errorhandler(SecurityError)
def refuse_host(_error: SecurityError) -> Response:
    """A host name that is not ours: there is no page, for no address on it can be written."""
    return make_response(
        "This site does not answer to that name. Use its own address.\n", 400, {"Content-Type": "text/plain"}
    )


@bp.app_errorhandler(HTTPException)
def show_http_error(error: HTTPException) -> Response:
    """What the web server has to say, in our words."""
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    if isinstance(error, InternalServerError) and "actor" not in g:
        # Asking who is there may be what failed.
        g.actor = ANYBODY
    response = _answer(error.code, ADVICE.get(error.code, ADVICE[400]))
    if isinstance(error, RateLimitExceeded):
        response.headers["Retry-After"] = str(error.limit.limit.get_expiry())
    return response


def _answer(status: int, message: str, *, title: str | None = None, advice: str = "") -> Response:
    template = "errors/_notice.html" if context.is_fragment_wanted() else "errors/page.html"
    kept = _typed() if request.method == "POST" and status not in (413, 500) else []
    title = title or TITLES.get(status, TITLES[400])
    page = render_template(template, status=status, title=title, message=message, advice=advice, kept=kept)
    return make_response(page, status)


def _typed() -> list[str]:
    """The words that the refused form brought, the longest first; of most forms only the story's text."""
    if request.blueprint != "drafts":
        return request.form.getlist("text")
    names = (name for name in request.form if name not in ("csrf_token", "action", "key", "name", "base"))
    typed = [words for name in names for words in request.form.getlist(name) if not name.endswith("-version")]
    return sorted((words for words in typed if words.strip()), key=len, reverse=True)
