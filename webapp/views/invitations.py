"""Invitations: staff make them, somebody without an account takes one up, and comes back by a link of their own."""

import secrets

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask_wtf import FlaskForm

from webapp import context
from webapp.draft_pages import ask_machine, go_to, limits_now, step_url
from webapp.errors import Invalid, NotFound
from webapp.extensions import limiter
from webapp.forms import DocumentForm, InvitationForm, PastedForm
from webapp.services import invitations
from webapp.services.access import may_invite, require
from webapp.services.drafts import Draft, fill
from webapp.services.imports.apart import read_document
from webapp.services.pasted_mail import read_pasted
from webapp.services.submissions import story_of_draft
from webapp.step_forms import STEPS

bp = Blueprint("invitations", __name__)

OPENINGS = "60 per hour"
"""From one address: nobody who guesses at links gets far."""


@bp.get("/invitations")
def index() -> str:
    """What became of each invitation, and a form for another.

    :raise 403: for somebody who may not invite.
    """
    return _show_index(InvitationForm(formdata=None))


@bp.post("/invitations")
@limiter.limit(lambda: context.settings().submission_limit, scope="invitation")
def make() -> Response | tuple[str, int]:
    """A new invitation, whose link is shown on its page; by mail too, if there is an address and a mail server.

    :raise 403: for somebody who may not invite.
    :raise 429: for too many from one address.
    """
    actor = context.signed_in_actor()
    require(may_invite(actor), "invite people to tell a story")
    form = InvitationForm()
    if not form.validate_on_submit():
        return _show_index(form), 400
    session = context.session()
    invitation = invitations.invite(
        session, actor, for_whom=form.for_whom.data, about=form.about.data, days=form.days.data
    )
    link = _invitation_link(invitation)
    is_sent = context.post_mail(
        to=form.email.data,
        subject=f"Tell your story to {context.settings().site_name}",
        body=f"{form.about.data}\n\nTell your story here, in your own time, until "
        f"{invitation.expires_at:%d %B %Y}. You need no account:\n\n{link}\n",
    )
    session.commit()
    flash("The invitation is on its way by e-mail." if is_sent else "Give the link below to whom you invite.")
    return go_to(url_for("invitations.show", invitation_id=invitation.id))


@bp.get("/invitations/<int:invitation_id>")
def show(invitation_id: int) -> str:
    """An invitation with its link, for staff.

    :raise 403: for somebody who may not invite.
    :raise 404: if there is no such invitation.
    """
    found = invitations.find_invitation(context.session(), context.signed_in_actor(), invitation_id)
    return render_template("invitations/show.html", found=found, link=_invitation_link(found.invitation), new_link="")


@bp.post("/invitations/<int:invitation_id>/revoke")
def revoke(invitation_id: int) -> Response:
    """Let an invitation's link lead nowhere.

    :raise 403: for somebody who may not invite.
    :raise 404: if there is no such invitation.
    """
    actor, session = context.signed_in_actor(), context.session()
    invitations.revoke(session, actor, invitations.find_invitation(session, actor, invitation_id).invitation)
    session.commit()
    flash("The invitation's link no longer works.")
    return go_to(url_for("invitations.index"))


@bp.post("/invitations/<int:invitation_id>/new-link")
def renew(invitation_id: int) -> str:
    """Another link of their own for somebody who lost theirs; the old one then leads nowhere. It is shown once.

    :raise 403: for somebody who may not invite.
    :raise 404: if there is no such invitation, or nobody has taken it up.
    """
    actor, session = context.signed_in_actor(), context.session()
    found = invitations.find_invitation(session, actor, invitation_id)
    if found.draft is None:
        raise NotFound("Nobody has taken up this invitation yet: its own link still works.")
    invitations.renew_own_link(session, actor, found.draft)
    session.commit()
    return render_template(
        "invitations/show.html",
        found=found,
        link=_invitation_link(found.invitation),
        new_link=_own_link(found.draft),
    )


@bp.get("/invitation/<token>")
@limiter.limit(OPENINGS, scope="own link")
def open_invitation(token: str) -> Response | str:
    """What somebody was asked to tell, and how to begin; or back to what they began.

    :raise 404: for a link that ended or never was.
    :raise 429: for too many links opened from one address.
    """
    found = invitations.open_invitation(context.session(), context.secret_key(), token)
    if found.draft is not None and found.draft.key in context.actor().drafts:
        return _go_on(found.draft)
    return _show_ways(token)


@bp.post("/invitation/<token>")
@limiter.limit(OPENINGS, scope="own link")
def take_up(token: str) -> Response:
    """Begin, once; the same form sent again goes on where it began.

    :raise 404: for a link that ended or never was, or a kind of form that there is not.
    :raise 409: if somebody began by this link before.
    :raise 429: for too many links opened from one address.
    """
    kind = request.form.get("kind", "")
    if kind not in ("short", "full"):
        raise NotFound(f"There is no form {kind!r}. Choose one of those on the page before.")
    return _begin(token, kind, {})


@bp.post("/invitation/<token>/from-file")
@limiter.limit(OPENINGS, scope="own link")
def from_file(token: str) -> Response | tuple[str, int]:
    """Begin with the words of a text, Word or PDF file. The file itself is not kept.

    :raise 400: for a file that cannot be read; the page says why, and the invitation is still open.
    :raise 404: for a link that ended or never was.
    :raise 409: if somebody began by this link before.
    :raise 429: for too many links opened from one address.
    """
    # Before a file is read: nobody without an invitation has us read files.
    invitations.open_invitation(context.session(), context.secret_key(), token)
    form = DocumentForm()
    if not form.validate_on_submit():
        return _show_ways(token, document=form), 400
    sent = form.document.data
    try:
        answers = read_document(sent.filename or "file", sent.read(), limits_now())
    except Invalid as err:
        form.document.errors = [str(err)]
        return _show_ways(token, document=form), 400
    return _begin(token, "short", answers)


@bp.post("/invitation/<token>/from-mail")
@limiter.limit(OPENINGS, scope="own link")
def from_mail(token: str) -> Response | tuple[str, int]:
    """Begin with a pasted e-mail.

    :raise 400: if nothing was pasted; the invitation is still open.
    :raise 404: for a link that ended or never was.
    :raise 409: if somebody began by this link before.
    :raise 429: for too many links opened from one address.
    """
    form = PastedForm()
    if not form.validate_on_submit():
        return _show_ways(token, pasted=form), 400
    pasted = read_pasted(form.pasted.data)
    return _begin(token, "short", {"title": pasted.title, "text": pasted.text})


@bp.get("/drafts/<key>/your-link")
def keep(key: str) -> str:
    """The link by which somebody without an account comes back, for them to keep.

    :raise 404: if this browser did not begin the draft.
    """
    return render_template("invitations/keep.html", draft=_held(key), link=_own_link(_held(key)))


@bp.get("/your-story/<token>")
@limiter.limit(OPENINGS, scope="own link")
def come_back(token: str) -> Response:
    """Open one's own link: on to the draft, or to what became of the story.

    :raise 404: for a link that was replaced or never was.
    :raise 429: for too many links opened from one address.
    """
    draft = invitations.open_own_link(context.session(), context.secret_key(), token)
    context.hold_draft(draft.key, draft.link_number)
    return _go_on(draft)


def _begin(token: str, kind: str, answers: dict[str, str]) -> Response:
    session, key = context.session(), request.form.get("key", "")
    draft = invitations.take_up(session, context.secret_key(), token, key=key, kind=kind)
    fill(session, draft, answers)
    ask_machine(draft)
    session.commit()
    context.hold_draft(draft.key, draft.link_number)
    return go_to(url_for("invitations.keep", key=draft.key))


def _show_ways(token: str, **forms: FlaskForm) -> str:
    found = invitations.open_invitation(context.session(), context.secret_key(), token)
    shown = {"document": DocumentForm(formdata=None), "pasted": PastedForm(formdata=None), **forms}
    key = request.form.get("key") or secrets.token_urlsafe(24)
    return render_template("invitations/open.html", found=found, token=token, key=key, **shown)


def _held(key: str) -> Draft:
    if key not in context.actor().drafts:
        raise NotFound("Open your own link again: this browser does not know it.")
    return invitations.held_draft(context.session(), key)


def _go_on(draft: Draft) -> Response:
    story = story_of_draft(context.session(), draft)
    if draft.sent_at is not None and story is not None:
        return go_to(url_for("submissions.own", external_id=story.external_id))
    return go_to(step_url(draft, STEPS[draft.kind][0].key))


def _show_index(form: InvitationForm) -> str:
    found = invitations.invitations(context.session(), context.signed_in_actor())
    return render_template("invitations/index.html", form=form, found=found)


def _invitation_link(invitation: invitations.Invitation) -> str:
    token = invitations.invitation_token(context.secret_key(), invitation)
    return url_for("invitations.open_invitation", token=token, _external=True)


def _own_link(draft: Draft) -> str:
    token = invitations.own_token(context.secret_key(), draft)
    return url_for("invitations.come_back", token=token, _external=True)
