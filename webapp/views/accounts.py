"""Signing in and out."""

from flask import Blueprint, Response, flash, redirect, render_template, request, session, url_for
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from webapp import context
from webapp.extensions import limiter
from webapp.forms import SignInForm
from webapp.services.access import actor_of
from webapp.services.accounts import authenticate

bp = Blueprint("accounts", __name__)

# One sentence for every failure: it must not tell whether somebody has this address.
NOT_RECOGNISED = "The e-mail address and password do not belong together. Check both and try again."


def _is_failed_sign_in(response: Response) -> bool:
    return response.status_code == 400


@bp.route("/sign-in", methods=["GET", "POST"])
@limiter.limit(
    lambda: context.settings().sign_in_limit, methods=["POST"], deduct_when=_is_failed_sign_in, scope="sign-in"
)
def sign_in() -> AnyResponse | str | tuple[str, int]:
    """Ask for e-mail address and password; lead back to where the person was going.

    :raise 429: after too many failures from one address.
    """
    form = SignInForm(next=request.args.get("next", ""))
    if context.actor().id is not None:
        return redirect(form.destination(url_for("home.index")), code=303)
    if request.method == "GET":
        return render_template("accounts/sign_in.html", form=form)
    if form.validate_on_submit():
        database = context.session()
        user = authenticate(database, email=form.email.data, password=form.password.data)
        if user is not None:
            signed_in = context.SignedIn(actor_of(user), user.session_key)
            database.commit()
            _begin_session(signed_in)
            return redirect(form.destination(url_for("home.index")), code=303)
        form.password.errors = [NOT_RECOGNISED]
    return render_template("accounts/sign_in.html", form=form), 400


@bp.post("/sign-out")
def sign_out() -> AnyResponse:
    """End the session on this device."""
    logout_user()
    session.clear()
    flash("You are signed out.")
    return redirect(url_for("home.index"), code=303)


def _begin_session(signed_in: context.SignedIn) -> None:
    """A new session, so that nothing planted in the old one lives on."""
    session.clear()
    session.permanent = True
    login_user(signed_in)
