"""Administering accounts: who is let in, with which roles, and how they come back."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import context
from webapp.account_forms import InvitationForm, RolesForm
from webapp.errors import Conflict, Invalid
from webapp.services import account_links, accounts, second_factor
from webapp.services.access import Actor, may_administer, require

bp = Blueprint("people", __name__, url_prefix="/people")

_BODY = """\
{inviter} invites you to {site}. Follow this link within seven days and choose a password:

{address}

If you did not expect this, do nothing.
"""
_RESET_BODY = """\
{inviter} made this link for you, by which you choose a new password at {site}. It works for a day:

{address}
"""


@bp.get("")
def index() -> str:
    """Everybody who can sign in, and invitations that wait.

    :raise 403: for somebody who does not administer the site.
    """
    return _index(InvitationForm())


@bp.post("")
def invite() -> Response:
    """Invite somebody: by mail if there is a server, else by a link that is shown this once.

    :raise 403: for somebody who does not administer the site.
    """
    actor, form = _administrator(), InvitationForm()
    if form.validate_on_submit():
        try:
            token = account_links.invite(
                context.session(), actor, email=form.email.data, name=form.name.data, roles=form.roles.data,
                secret_key=context.settings().read_secret_key(), by_mail=context.can_post_mail(),
            )  # fmt: skip
        except (Invalid, Conflict) as err:
            context.session().rollback()
            form.email.errors = [str(err)]
        else:
            subject = f"An invitation to {context.settings().site_name}"
            return _hand_over(token, to=form.email.data, subject=subject, body=_BODY)
    return make_response(_index(form), 400)


@bp.post("/invitations/<int:link_id>/call-back")
def call_back(link_id: int) -> Response:
    """End an invitation that was not used.

    :raise 403: for somebody who does not administer the site.
    :raise 404: if there is no such invitation.
    """
    account_links.call_back(context.session(), _administrator(), link_id)
    return _done("The invitation works no more.", url_for("people.index"))


@bp.get("/<int:user_id>")
def show(user_id: int) -> str:
    """One person: roles, second factor, ways back in.

    :raise 403: for somebody who does not administer the site.
    :raise 404: if there is no such person.
    """
    _administrator()
    user = accounts.find_user(context.session(), user_id)
    return _show(user, RolesForm(roles=sorted(user.role_names)))


@bp.post("/<int:user_id>/roles")
def set_roles(user_id: int) -> Response:
    """Give exactly these roles.

    :raise 403: for somebody who does not administer the site.
    :raise 404: if there is no such person.
    :raise 409: if nobody would administer the site.
    """
    actor, user, form = _administrator(), accounts.find_user(context.session(), user_id), RolesForm()
    if not form.validate_on_submit():
        return make_response(_show(user, form), 400)
    accounts.set_roles(context.session(), actor, user, form.roles.data)
    return _done("The roles are changed.", url_for("people.show", user_id=user_id))


@bp.post("/<int:user_id>/password-link")
def make_link(user_id: int) -> Response:
    """A link for a new password: by mail if there is a server, else shown this once.

    :raise 403: for somebody who does not administer the site.
    :raise 404: if there is no such person.
    """
    actor, user = _administrator(), accounts.find_user(context.session(), user_id)
    key = context.settings().read_secret_key()
    token = account_links.reset_link(context.session(), actor, user, secret_key=key, by_mail=context.can_post_mail())
    subject = f"A new password for {context.settings().site_name}"
    return _hand_over(token, to=user.email, subject=subject, body=_RESET_BODY)


@bp.post("/<int:user_id>/second-factor-off")
def turn_off_second_factor(user_id: int) -> Response:
    """Take away the second factor of somebody who lost it.

    :raise 403: for somebody who does not administer the site.
    :raise 404: if there is no such person.
    """
    user = accounts.find_user(context.session(), user_id)
    second_factor.turn_off(context.session(), _administrator(), user)
    return _done("The second factor is turned off.", url_for("people.show", user_id=user_id))


@bp.post("/<int:user_id>/sign-out-everywhere")
def sign_out_everywhere(user_id: int) -> Response:
    """End every session of this person.

    :raise 403: for somebody who does not administer the site.
    :raise 404: if there is no such person.
    """
    user = accounts.find_user(context.session(), user_id)
    accounts.sign_out_everywhere(context.session(), _administrator(), user)
    return _done(f"{user.name} is signed out on every device.", url_for("people.show", user_id=user_id))


@bp.post("/<int:user_id>/active")
def set_active(user_id: int) -> Response:
    """Shut this person out at once, or let them in again.

    :raise 403: for somebody who does not administer the site.
    :raise 404: if there is no such person.
    :raise 409: if nobody would administer the site.
    """
    user, is_active = accounts.find_user(context.session(), user_id), request.form.get("active") == "yes"
    accounts.set_active(context.session(), _administrator(), user, is_active=is_active)
    said = f"{user.name} can sign in again." if is_active else f"{user.name} can sign in no more."
    return _done(said, url_for("people.show", user_id=user_id))


def _administrator() -> Actor:
    actor = context.signed_in_actor()
    require(may_administer(actor), "administer accounts")
    return actor


def _index(form: InvitationForm) -> str:
    _administrator()
    session = context.session()
    return render_template(
        "people/index.html",
        form=form,
        users=accounts.users(session),
        invitations=account_links.open_invitations(session),
        asking=accounts.ids_that_ask(session),
    )


def _show(user: accounts.User, form: RolesForm) -> str:
    asks = user.id in accounts.ids_that_ask(context.session())
    return render_template("people/show.html", user=user, form=form, asks=asks)


def _hand_over(token: str, *, to: str, subject: str, body: str) -> Response:
    """Send the link, or show it this once: it stands in no redirect, no message and no log."""
    address = context.settings().url_of(url_for("account_links.follow", token=token))
    told = {"inviter": context.actor().name, "site": context.settings().site_name, "address": address}
    is_sent = context.post_mail(to=to, subject=subject, body=body.format(**told))
    context.session().commit()
    if is_sent:
        context.wake_worker()
        flash(f"A link is on its way to {to}.")
        return redirect(url_for("people.index"), code=303)
    # Without mail the site may not know its own address; whoever reads this page does.
    here = url_for("account_links.follow", token=token, _external=True)
    response = make_response(render_template("people/link.html", address=here, to=to))
    response.headers["Cache-Control"] = "no-store"
    return response


def _done(said: str, address: str) -> Response:
    context.session().commit()
    flash(said)
    return redirect(address, code=303)
