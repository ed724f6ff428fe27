"""What people may ask for: a copy of all that is held of them, and its erasure."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import context
from webapp.errors import Invalid, NotFound
from webapp.services import accounts, erasure, personal_copies
from webapp.services.access import Actor, may_administer, require

bp = Blueprint("personal_data", __name__, url_prefix="/personal-data")


@bp.get("")
def find() -> str:
    """Look somebody up by name or address.

    :raise 403: for somebody who does not administer the site.
    """
    words = request.args.get("q", "")
    people = erasure.find_people(context.session(), _administrator(), words)
    return render_template("personal_data/find.html", words=words, people=people)


@bp.get("/<int:contributor_id>")
def show(contributor_id: int) -> str:
    """One person, and the stories that they are in.

    :raise 403: for somebody who does not administer the site.
    :raise 404: if there is no such person.
    """
    return render_template("personal_data/show.html", person=_person(contributor_id))


@bp.post("/<int:contributor_id>/copy")
def copy(contributor_id: int) -> Response:
    """A zip archive of what is held of them.

    :raise 403: for somebody who does not administer the site.
    :raise 404: if there is no such person.
    """
    person, actor = _person(contributor_id), _administrator()
    archive = personal_copies.copy_of_person(
        context.session(), actor, person.contributor, media_folder=context.settings().media_folder
    )
    context.session().commit()
    return _download(archive, f"person-{contributor_id}.zip")


@bp.post("/<int:contributor_id>/erase")
def erase(contributor_id: int) -> Response:
    """Erase the ticked stories, and who they are in the others.

    :raise 403: for somebody who does not administer the site, or did not say that they are sure.
    :raise 404: if there is no such person.
    :raise 409: if somebody is worried about somebody in one of the stories.
    """
    person, actor = _person(contributor_id), _administrator()
    require("sure" in request.form, "erase somebody without saying that you are sure")
    erased = erasure.erase_person(
        context.session(), actor, person.contributor,
        stories=request.form.getlist("story"), reason=request.form.get("reason", "")[:200],
    )  # fmt: skip
    context.session().commit()
    context.forget_for_good(erased)
    flash(f"They are erased: {sum(erased.rows.values())} rows of stories, {len(erased.files)} files.")
    return redirect(url_for("personal_data.find"), code=303)


@bp.post("/accounts/<int:user_id>/copy")
def copy_account(user_id: int) -> Response:
    """A zip archive of what is held of somebody who signs in; they may have their own.

    :raise 403: for anybody else's, unless one administers the site.
    :raise 404: if there is no such account.
    """
    actor, user = context.signed_in_actor(), accounts.find_user(context.session(), user_id)
    archive = personal_copies.copy_of_account(context.session(), actor, user)
    context.session().commit()
    return _download(archive, "account.zip")


@bp.post("/accounts/<int:user_id>/erase")
def erase_account(user_id: int) -> Response:
    """Forget who signed in with an account.

    :raise 403: for somebody who does not administer the site, or did not say that they are sure.
    :raise 404: if there is no such account.
    :raise 409: if nobody would administer the site.
    """
    actor, user = _administrator(), accounts.find_user(context.session(), user_id)
    require("sure" in request.form, "erase somebody without saying that you are sure")
    erasure.erase_account(context.session(), actor, user)
    context.session().commit()
    flash("The account is erased.")
    return redirect(url_for("people.index"), code=303)


def _administrator() -> Actor:
    actor = context.signed_in_actor()
    require(may_administer(actor), "look people up")
    return actor


def _person(contributor_id: int) -> erasure.Person:
    try:
        return erasure.find_person(context.session(), _administrator(), contributor_id)
    except Invalid as err:
        raise NotFound(str(err)) from err


def _download(content: bytes, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = "application/zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
