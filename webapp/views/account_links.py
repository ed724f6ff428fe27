"""Coming in by a link: an invitation, or a new password for somebody who forgot theirs."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from webapp import context
from webapp.account_forms import AddressForm, LinkForm
from webapp.errors import Invalid
from webapp.extensions import limiter
from webapp.guessing import source
from webapp.services import account_links, accounts
from webapp.services.access import SYSTEM

bp = Blueprint("account_links", __name__)

# The same for everybody: it must not tell whether somebody has this address.
ASKED = (
    "If somebody signs in with this address, a link to choose a new password is on its way to it. It works for a day."
)
ASKED_WITHOUT_MAIL = (
    "If somebody signs in with this address, the administrators of this site know now that they need a new password, "
    "and will get in touch."
)
_BODY = """\
Somebody, we hope you, asked for a new password at {site}. Choose it here within a day:

{address}

If it was not you, do nothing: your password stays as it is.
"""


@bp.route("/forgotten", methods=["GET", "POST"])
@limiter.limit("10 per hour", methods=["POST"], key_func=source)
def forgotten() -> str | tuple[str, int] | Response:
    """Send a link for a new password, or tell the administrators where there is no mail.

    :raise 429: after ten in an hour from one place.
    """
    form = AddressForm()
    if request.method != "POST":
        return render_template("accounts/forgotten.html", form=form)
    if not form.validate_on_submit():
        return render_template("accounts/forgotten.html", form=form), 400
    user = accounts.user_by_email(context.session(), form.email.data)
    # Whoever was invited may still have no password; whoever was shut out gets none.
    if user is not None and user.is_active:
        _answer_forgetting(user)
    context.session().commit()
    context.wake_worker()
    flash(ASKED if context.can_post_mail() else ASKED_WITHOUT_MAIL)
    return redirect(url_for("accounts.sign_in"), code=303)


@bp.get("/account-link/<token>")
def follow(token: str) -> Response:
    """Take the link out of the address, where it would stay in the browser's history, and ask for a password.

    :raise 404: for a link that does not work.
    """
    account_links.link_of(context.session(), token, secret_key=context.settings().read_secret_key())
    session["account_link"] = token
    return _kept_nowhere(redirect(url_for("account_links.choose_password"), code=303))


@bp.route("/choose-password", methods=["GET", "POST"])
def choose_password() -> Response:
    """Make the account or the new password that the link is for.

    :raise 404: without a link that works.
    """
    token, key = str(session.get("account_link", "")), context.settings().read_secret_key()
    link = account_links.link_of(context.session(), token, secret_key=key)
    shown = {"kind": link.kind, "email": link.email}
    form = LinkForm(name=link.name)
    if request.method == "POST" and form.validate_on_submit():
        try:
            account_links.use_link(
                context.session(), token, name=form.name.data, password=form.password.data, secret_key=key
            )
        except Invalid as err:
            context.session().rollback()
            form.password.errors = [str(err)]
        else:
            context.session().commit()
            session.pop("account_link", None)
            flash("You have a password. Sign in with it.")
            return redirect(url_for("accounts.sign_in"), code=303)
    page = render_template("accounts/choose_password.html", form=form, **shown)
    return _kept_nowhere(make_response(page, 400 if form.errors else 200))


def _answer_forgetting(user: accounts.User) -> None:
    if not context.can_post_mail():
        accounts.ask_for_password(context.session(), user)
        return
    if account_links.was_sent_just_now(context.session(), user):
        # Nobody's mailbox is filled by others who know the address.
        return
    token = account_links.reset_link(
        context.session(), SYSTEM, user, secret_key=context.settings().read_secret_key(), by_mail=True
    )
    address = context.settings().url_of(url_for("account_links.follow", token=token))
    site = context.settings().site_name
    context.post_mail(
        to=user.email, subject=f"A new password for {site}", body=_BODY.format(site=site, address=address)
    )


def _kept_nowhere(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
