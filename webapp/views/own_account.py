"""One's own account: password, second factor, signing out everywhere."""

import segno
from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_login import login_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from webapp import context
from webapp.account_forms import ChangePasswordForm, CodeForm, PasswordForm
from webapp.errors import Invalid, NotFound
from webapp.guessing import count_failure, refuse_guessing
from webapp.services import accounts, second_factor
from webapp.services.access import actor_of

bp = Blueprint("own_account", __name__, url_prefix="/account")


@bp.get("")
def show() -> Response:
    """What stands in the account, and what can be changed of it."""
    return _page(ChangePasswordForm())


@bp.post("/password")
def change_password() -> Response:
    """A new password, for whoever knows the old one; every other device is signed out.

    :raise 429: after too many wrong passwords.
    """
    user, form = _user(), ChangePasswordForm()
    if form.validate_on_submit() and _is_password(user, form):
        try:
            accounts.set_password(context.session(), context.actor(), user, form.password.data)
        except Invalid as err:
            context.session().rollback()
            form.password.errors = [str(err)]
        else:
            return _stay_signed_in(user, "Your password is changed, and all other devices are signed out.")
    return _page(form)


@bp.post("/sign-out-everywhere")
def sign_out_everywhere() -> Response:
    """End the sessions on all other devices."""
    user = _user()
    accounts.sign_out_everywhere(context.session(), context.actor(), user)
    return _stay_signed_in(user, "All other devices are signed out.")


@bp.route("/second-factor", methods=["GET", "POST"])
def set_up() -> Response:
    """Show the secret as a picture and in letters, and turn the second factor on with a first code.

    :raise 404: for somebody who has one: the secret is never shown again.
    """
    user, form = _user(), CodeForm()
    if user.second_factor_since is not None:
        raise NotFound("Your second factor is set up. To move it to another device, turn it off first.")
    key = context.settings().read_secret_key()
    if request.method == "POST" and form.validate_on_submit():
        try:
            codes = second_factor.turn_on(context.session(), context.actor(), user, form.code.data, secret_key=key)
        except Invalid as err:
            context.session().rollback()
            user = _user()
            form.code.errors = [str(err)]
        else:
            context.session().commit()
            return _page_once("accounts/recovery_codes.html", codes=codes)
    if not user.second_factor_salt:
        second_factor.begin(context.session(), user)
    address = second_factor.address_for_app(user, key, site_name=context.settings().site_name)
    shown = {"picture": _qr_code(address), "secret": second_factor.secret_of(user, key)}
    context.session().commit()
    return _page_once("accounts/second_factor.html", status=400 if form.errors else 200, form=form, **shown)


@bp.post("/second-factor/off")
def turn_off() -> Response:
    """Ask for no codes any more, for whoever knows the password.

    :raise 429: after too many wrong passwords.
    """
    user, form = _user(), PasswordForm()
    if not form.validate_on_submit() or not _is_password(user, form):
        return _page(ChangePasswordForm(formdata=None), confirming=form)
    second_factor.turn_off(context.session(), context.actor(), user)
    context.session().commit()
    flash("Your second factor is turned off.")
    return redirect(url_for("own_account.show"), code=303)


@bp.post("/recovery-codes")
def renew_codes() -> Response:
    """New recovery codes, shown once, for whoever knows the password.

    :raise 404: for somebody without a second factor.
    :raise 429: after too many wrong passwords.
    """
    user, form = _user(), PasswordForm()
    if user.second_factor_since is None:
        raise NotFound("You have no second factor, so there is nothing to recover.")
    if not form.validate_on_submit() or not _is_password(user, form):
        return _page(ChangePasswordForm(formdata=None), confirming=form)
    codes = second_factor.renew_recovery_codes(context.session(), context.actor(), user)
    context.session().commit()
    return _page_once("accounts/recovery_codes.html", codes=codes)


def _user() -> accounts.User:
    return accounts.find_user(context.session(), context.signed_in_actor().id or 0)


def _is_password(user: accounts.User, form: PasswordForm | ChangePasswordForm) -> bool:
    refuse_guessing(user.email, user_id=user.id)
    if accounts.authenticate(context.session(), email=user.email, password=form.current.data) is not None:
        return True
    count_failure(user.email, user_id=user.id)
    form.current.errors = ["This is not your password. Try again."]
    return False


def _page(form: ChangePasswordForm, *, confirming: PasswordForm | None = None) -> Response:
    user, is_refused = _user(), bool(form.errors or (confirming and confirming.errors))
    page = render_template(
        "accounts/own.html",
        user=user,
        form=form,
        confirming=confirming or PasswordForm(formdata=None),
        n_codes=second_factor.count_recovery_codes(context.session(), user),
        is_needed=context.needs_second_factor(user.role_names),
    )
    return make_response(page, 400 if is_refused else 200)


def _page_once(template: str, *, status: int = 200, **shown: object) -> Response:
    response = make_response(render_template(template, **shown), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _stay_signed_in(user: accounts.User, said: str) -> Response:
    """The session of this device goes on under the new key."""
    signed_in = context.SignedIn(actor_of(user), user.session_key)
    context.session().commit()
    login_user(signed_in)
    flash(said)
    return redirect(url_for("own_account.show"), code=303)


def _qr_code(address: str) -> Markup:
    """A picture that a telephone reads. It carries no style, which the content policy would refuse."""
    drawn = segno.make(address, error="m").svg_inline(
        scale=4, border=4, dark="#000", light="#fff", svgclass="qr-code", lineclass=None, omitsize=False,
        title="Code for your authenticator app",
    )  # fmt: skip
    return Markup(drawn)  # noqa: S704 - drawn from an address that this site makes; segno escapes the title
