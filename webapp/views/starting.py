"""Other ways to begin: from a document, from a pasted e-mail, or with many stories in a spreadsheet."""

import secrets
from pathlib import Path

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask_wtf import FlaskForm

from webapp import context
from webapp.draft_pages import ask_machine, go_to, limits_now, step_url
from webapp.errors import Invalid
from webapp.extensions import limiter
from webapp.forms import DocumentForm, PastedForm, SpreadsheetForm
from webapp.services.access import Actor, may_submit, require
from webapp.services.drafts import begin_filled
from webapp.services.imports.apart import read_document
from webapp.services.pasted_mail import read_pasted
from webapp.services.spreadsheets import (
    FIELDS,
    Spreadsheet,
    choose_columns,
    forget,
    keep_spreadsheet,
    look_again,
    take_in,
    taking_in,
)

bp = Blueprint("starting", __name__)
LOOKS = "120 per hour"
"""From one address: each look reads the file anew, in a process of its own."""


@bp.post("/drafts/from-file")
@limiter.limit(lambda: context.settings().submission_limit, scope="submission")
def from_file() -> Response | tuple[str, int]:
    """Begin a draft with the words of a text, Word or PDF file. The file itself is not kept.

    :raise 400: for a file that cannot be read; the page says why.
    :raise 403: for somebody who may not send stories.
    :raise 429: for too many beginnings from one address.
    """
    actor, form = _submitter(), DocumentForm()
    if not form.validate_on_submit():
        return _ways(document=form), 400
    sent = form.document.data
    try:
        answers = read_document(sent.filename or "file", sent.read(), limits_now())
    except Invalid as err:
        form.document.errors = [str(err)]
        return _ways(document=form), 400
    return _begin(actor, answers)


@bp.post("/drafts/from-mail")
@limiter.limit(lambda: context.settings().submission_limit, scope="submission")
def from_mail() -> Response | tuple[str, int]:
    """Begin a draft with a pasted e-mail.

    :raise 400: if nothing was pasted.
    :raise 403: for somebody who may not send stories.
    :raise 429: for too many beginnings from one address.
    """
    actor, form = _submitter(), PastedForm()
    if not form.validate_on_submit():
        return _ways(pasted=form), 400
    pasted = read_pasted(form.pasted.data)
    return _begin(actor, {"title": pasted.title, "text": pasted.text})


@bp.post("/spreadsheets")
@limiter.limit(lambda: context.settings().submission_limit, scope="submission")
def look() -> Response | tuple[str, int]:
    """Keep a spreadsheet and lead to how it would be taken in.

    :raise 400: for a file in which no stories can be found; the page says why.
    :raise 403: for somebody who may not send stories.
    :raise 429: for too many files from one address.
    """
    actor, form = _submitter(), SpreadsheetForm()
    if not form.validate_on_submit():
        return _ways(spreadsheet=form), 400
    sent, folder = form.spreadsheet.data, context.settings().media_folder
    try:
        kept = keep_spreadsheet(
            actor, name=sent.filename or "file", content=sent.read(), folder=folder, limits=limits_now()
        )
    except Invalid as err:
        form.spreadsheet.errors = [str(err)]
        return _ways(spreadsheet=form), 400
    return go_to(url_for("starting.show", key=kept.key))


@bp.get("/spreadsheets/<key>")
@limiter.limit(LOOKS, scope="spreadsheet")
def show(key: str) -> str:
    """How a spreadsheet would be taken in: which column is what, the first rows, and what is wrong with any row.

    :raise 400: for one that was taken in or thrown away.
    :raise 404: if there is no such spreadsheet of this person's.
    :raise 429: for too many looks from one address.
    """
    actor, folder = _submitter(), context.settings().media_folder
    return _preview(look_again(actor, key, folder=folder, limits=limits_now()))


@bp.post("/spreadsheets/<key>")
@limiter.limit(LOOKS, scope="spreadsheet")
def decide(key: str) -> Response | tuple[str, int]:
    """Say what the columns become, have the worker take it in, or throw it away. Pressed twice, it is taken in once.

    :raise 400: for columns or rows that cannot be taken; the page says which.
    :raise 404: if there is no such spreadsheet of this person's.
    :raise 429: for too many looks from one address.
    """
    actor, folder, action = _submitter(), context.settings().media_folder, request.form.get("action")
    if action == "forget":
        forget(actor, key, folder=folder)
        return go_to(url_for("submissions.new"))
    if action != "take" or taking_in(context.session(), actor, key, folder=folder) is None:
        refused = _choose(actor, key, folder)
        if refused is not None:
            return refused, 400
    if action != "take":
        return go_to(url_for("starting.show", key=key))
    take_in(context.session(), actor, key, folder=folder)
    context.session().commit()
    context.wake_worker()
    flash("The stories are being taken in. They appear here, and the reviewers have them, in a moment.")
    return go_to(url_for("submissions.mine"))


def _choose(actor: Actor, key: str, folder: Path) -> str | None:
    """Keep what the columns become; the page that says why it cannot be, or cannot be taken in so."""
    fault = ""
    if "column" in request.form:
        try:
            choose_columns(actor, key, request.form.getlist("column"), folder=folder)
        except Invalid as err:
            fault = str(err)
    if request.form.get("action") != "take" and not fault:
        return None
    kept = look_again(actor, key, folder=folder, limits=limits_now())
    return None if not fault and kept.preview.is_ready else _preview(kept, fault)


def _preview(kept: Spreadsheet, fault: str = "") -> str:
    return render_template("starting/spreadsheet.html", kept=kept, preview=kept.preview, fields=FIELDS, fault=fault)


def _submitter() -> Actor:
    actor = context.signed_in_actor()
    require(may_submit(actor), "send stories")
    return actor


def _begin(actor: Actor, answers: dict[str, str]) -> Response:
    key = request.form.get("key", "")
    draft = begin_filled(context.session(), actor, key=key, answers=answers)
    ask_machine(draft)
    context.session().commit()
    return go_to(step_url(draft, "what"))


def _ways(**forms: FlaskForm) -> str:
    shown = {
        "document": DocumentForm(formdata=None),
        "pasted": PastedForm(formdata=None),
        "spreadsheet": SpreadsheetForm(formdata=None),
        **forms,
    }
    return render_template("submissions/new.html", key=secrets.token_urlsafe(24), unfinished=(), **shown)
