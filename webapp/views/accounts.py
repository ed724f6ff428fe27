"""Signing in and out."""

import time

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response

from webapp import context
from webapp.account_forms import CodeForm
from webapp.forms import SignInForm, local_path
from webapp.guessing import count_failure, know_device, refuse_guessing
from webapp.services import second_factor
from webapp.services.access import actor_of
from webapp.services.accounts import authenticate, note_sign_in, user_by_email, user_by_session_key

bp = Blueprint("accounts", __name__)

# One sentence for every failure: it must not tell whether somebody has this address.
NOT_RECOGNISED = "The e-mail address and password do not belong together. Check both and try again."
WRONG_CODE = "This code is not right, or was used before. Wait for the next one and try again."
_CODE_WITHIN_S = 600


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response | str | tuple[str, int]:
    """Ask for e-mail address and password; lead back to where the person was going.

    :raise 429: after too many failures with this account from one place.
    """
    form = SignInForm(next=request.args.get("next", ""))
    if context.actor().id is not None:
        return redirect(form.destination(url_for("home.index")), code=303)
    if request.method != "POST":
        return render_template("accounts/sign_in.html", form=form)
    if form.validate_on_submit():
        database, email = context.session(), form.email.data
        user = user_by_email(database, email)
        user_id = user.id if user else None
        refuse_guessing(email, user_id=user_id)
        user = authenticate(database, email=email, password=form.password.data)
        if user is None:
            count_failure(email, user_id=user_id)
            form.password.errors = [NOT_RECOGNISED]
        elif user.second_factor_since is not None:
            session["proving"] = [user.session_key, time.time() + _CODE_WITHIN_S, form.destination("")]
            return redirect(url_for("accounts.prove"), code=303)
        else:
            return _let_in(user.session_key, form.destination(url_for("home.index")))
    return render_template("accounts/sign_in.html", form=form), 400


@bp.route("/sign-in/code", methods=["GET", "POST"])
def prove() -> Response | str | tuple[str, int]:
    """Ask whoever knew the password for a code of their second factor, or for a recovery code.

    :raise 429: after too many wrong codes.
    """
    session_key, until, destination = session.get("proving", ["", 0.0, ""])
    user = user_by_session_key(context.session(), session_key)
    if user is None or time.time() > until:
        session.pop("proving", None)
        return redirect(url_for("accounts.sign_in", next=destination or None), code=303)
    form = CodeForm()
    if request.method != "POST":
        return render_template("accounts/prove.html", form=form)
    if form.validate_on_submit():
        # Counted wherever they come from: whoever gets this far knows the password.
        refuse_guessing(user.email, user_id=user.id, deed="code")
        key = context.settings().read_secret_key()
        if second_factor.is_proven(context.session(), user, form.code.data, secret_key=key):
            return _let_in(user.session_key, local_path(destination, default=url_for("home.index")))
        count_failure(user.email, user_id=user.id, deed="code")
        form.code.errors = [WRONG_CODE]
    return render_template("accounts/prove.html", form=form), 400


@bp.post("/sign-out")
def sign_out() -> Response:
    """End the session on this device."""
    logout_user()
    session.clear()
    flash("You are signed out.")
    response = redirect(url_for("home.index"), code=303)
    # Whoever sits down next finds no words of a draft that the site did not have yet.
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def _let_in(session_key: str, destination: str) -> Response:
    """A new session, so that nothing planted in the old one lives on."""
    user = user_by_session_key(context.session(), session_key)
    assert user is not None  # noqa: S101 - the callers have just read it by this key
    actor, user_id = actor_of(user), user.row_id
    note_sign_in(context.session(), user)
    context.session().commit()
    session.clear()
    session.permanent = True
    login_user(context.SignedIn(actor, session_key))
    response = redirect(destination, code=303)
    know_device(response, user_id)
    return response
