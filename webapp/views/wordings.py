"""What people are told before they agree, and why things are lawful for all stories."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp import context
from webapp.consent_forms import BasisForm, WordingForm
from webapp.services import wordings
from webapp.services.access import Actor, may_review, require
from webapp.services.lawful_bases import bases_of, decide_basis

bp = Blueprint("wordings", __name__, url_prefix="/wordings")


@bp.get("")
def index() -> str:
    """Every wording in every version, and the lawful bases for all stories.

    :raise 403: for somebody who may not review.
    """
    return _index()


@bp.get("/<key>/<int:version>")
def show(key: str, version: int) -> str:
    """One version, to be printed: anybody may read what people are asked.

    :raise 404: if there is none.
    """
    wording = wordings.find_wording(context.session(), key, version)
    told = wordings.paragraphs(wording, months=context.settings().consent_months)
    return render_template("wordings/show.html", wording=wording, told=told, contact=context.settings().contact)


@bp.post("/<key>")
def add(key: str) -> Response | tuple[str, int]:
    """Write the next version of a wording.

    :raise 403: for somebody who is not an administrator.
    :raise 404: if there is no such wording.
    """
    _staff()
    form, session = WordingForm(prefix=key), context.session()
    wordings.current_wording(session, key)
    if not form.validate_on_submit():
        return _index(key, form), 400
    wordings.add_wording(session, context.actor(), key=key, title=form.title.data, text=form.text.data)
    session.commit()
    flash("From now on people are told this. What was agreed before keeps the wording that was told then.")
    return redirect(url_for("wordings.index"), code=303)


@bp.post("/bases")
def basis() -> Response | tuple[str, int]:
    """Say why a purpose is lawful for all stories.

    :raise 403: for somebody who is not an administrator.
    """
    _staff()
    form, session = BasisForm(), context.session()
    if not form.validate_on_submit():
        return _index(basis_form=form), 400
    chosen = {name: form[name].data for name in ("purpose", "basis", "note")}
    decide_basis(session, context.actor(), None, **chosen)
    session.commit()
    flash("The lawful basis is recorded for all stories that have none of their own.")
    return redirect(url_for("wordings.index"), code=303)


def _staff() -> Actor:
    actor = context.signed_in_actor()
    require(may_review(actor), "see how people are asked")
    return actor


def _index(key: str = "", form: WordingForm | None = None, *, basis_form: BasisForm | None = None) -> str:
    actor, session = _staff(), context.session()
    listed = wordings.all_wordings(session)
    newest = {wording.key: wording for wording in reversed(listed)}
    forms = {
        one.key: WordingForm(formdata=None, prefix=one.key, data={"title": one.title, "text": one.text})
        for one in newest.values()
    }
    if form is not None:
        forms[key] = form
    return render_template(
        "wordings/index.html",
        wordings=listed,
        newest=newest,
        forms=forms,
        bases=bases_of(session, None),
        basis_form=basis_form or BasisForm(formdata=None),
        is_admin="admin" in actor.roles,
    )
