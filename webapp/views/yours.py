"""What somebody in a story sees and decides by their own link, without an account."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import context
from webapp.consent_forms import YoursForm
from webapp.errors import Conflict, Invalid
from webapp.extensions import limiter
from webapp.services import yours
from webapp.services.access import ANYBODY
from webapp.services.usage import ask_back
from webapp.services.withdrawals import receipt_of, withdraw_story

bp = Blueprint("yours", __name__, url_prefix="/yours/<token>")


@bp.get("")
@limiter.limit("120 per hour")
def show(token: str) -> Response:
    """What they agreed to, and what they can do about it; once the story is taken back, the receipt.

    :raise 404: for a link that leads nowhere.
    """
    story, _ = _holder(token)
    if story.status == "withdrawn":
        receipt = receipt_of(context.session(), story)
        return _private(render_template("yours/receipt.html", receipt=receipt, contact=context.settings().contact))
    return _page(token)


@bp.post("")
@limiter.limit("20 per hour")
def agree(token: str) -> Response:
    """Agree anew, to the same or to something else.

    :raise 404: for a link that leads nowhere.
    :raise 409: once the story is taken back, or if others have to agree with them.
    """
    story, contributor = _holder(token)
    if story.status == "withdrawn":
        raise Conflict("This story was taken back for good.")
    form = YoursForm()
    if not form.validate_on_submit():
        return _page(token, form)
    session = context.session()
    yours.agree_anew(
        session, ANYBODY, story, contributor, terms=form.terms(), pseudonym=form.pseudonym.data,
        expires_at=context.consent_ends(),
    )  # fmt: skip
    ask_back(session, story=story, due_days=context.settings().takedown_days)
    session.commit()
    context.wake_worker()
    flash("Thank you. This is what counts from now on.")
    return redirect(url_for("yours.show", token=token), code=303)


@bp.post("/withdraw")
@limiter.limit("20 per hour")
def withdraw(token: str) -> Response:
    """Take the story back, at once and for good; leads to the receipt, which is mailed too where that is possible.

    :raise 400: unless the box beside the button was ticked.
    :raise 404: for a link that leads nowhere.
    """
    story, contributor = _holder(token)
    if story.status != "withdrawn":
        if "sure" not in request.form:
            raise Invalid("Tick the box beside the button to say that you are sure. Your story stays as it was.")
        session, settings = context.session(), context.settings()
        receipt = withdraw_story(
            session, ANYBODY, story, contributor=contributor, method="By their own link",
            due_days=settings.takedown_days,
        )  # fmt: skip
        words = render_template("yours/_receipt_mail.txt", receipt=receipt, contact=settings.contact)
        context.post_mail(to=contributor.email, subject="Your story is taken back", body=words)
        session.commit()
        context.wake_worker()
    return redirect(url_for("yours.show", token=token), code=303)


def _holder(token: str) -> tuple[yours.Story, yours.Contributor]:
    return yours.holder_of(context.session(), context.settings().read_secret_key(), token)


def _page(token: str, form: YoursForm | None = None) -> Response:
    story, contributor = _holder(token)
    part = yours.part_of(context.session(), story, contributor, months=context.settings().consent_months)
    shown = form or YoursForm(formdata=None, data={"naming": part.naming, "pseudonym": contributor.pseudonym})
    page = render_template("yours/show.html", token=token, part=part, form=shown, contact=context.settings().contact)
    return _private(page, 400 if form is not None else 200)


def _private(page: str, status: int = 200) -> Response:
    """Kept by no cache, told to no search engine: whoever has the address has the key."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
