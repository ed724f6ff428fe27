"""The consent page of a story: who agreed to what, how it is shown, why it is lawful, where it was used."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from webapp import context
from webapp.consent_forms import BasisForm, CareForm, PersonForm, RecordForm, UseForm
from webapp.errors import Invalid, NotFound
from webapp.services import media
from webapp.services.access import Actor, find_story, may_review, require
from webapp.services.care import care_seen, change_person, hide_if_it_says_too_much, person_seen, set_care
from webapp.services.consent import record_consent
from webapp.services.consent_desk import consent_page, find_scan, keep_scan
from webapp.services.contributors import Contributor, Person, add_contributor, find_contributor
from webapp.services.lawful_bases import decide_basis
from webapp.services.signed_links import contributor_token
from webapp.services.story_page import Story
from webapp.services.usage import ask_back, record_use
from webapp.services.withdrawals import withdraw_story
from webapp.services.wordings import wording_named

bp = Blueprint("consents", __name__, url_prefix="/review/<external_id>")


@bp.get("/consent")
def show(external_id: str) -> str:
    """Everything about consent for one story.

    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story.
    """
    return _page(_story(external_id))


@bp.post("/consents")
def record(external_id: str) -> AnyResponse | tuple[str, int]:
    """Record what somebody agreed to, or that they took it back.

    :raise 400: for a child without all who have to agree.
    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story.
    """
    actor, session, story = _reviewer(), context.session(), _story(external_id)
    page = consent_page(session, story)
    form = RecordForm().with_choices([one.person for one in page.agreements], page.wordings)
    if not form.validate_on_submit():
        return _page(story, record_form=form), 400
    details = form.record()
    if form.scan.data:
        file, folder = form.scan.data, context.settings().media_folder
        name = file.filename or ""
        details["scan_sha256"] = keep_scan(session, story, filename=name, content=file.read(), folder=folder)
    contributor = _chosen_person(story, form)
    if form.pseudonym.data:
        change_person(session, actor, story, contributor, pseudonym=form.pseudonym.data)
    wording = wording_named(session, form.wording.data)
    record_consent(session, actor, story, contributor=contributor, wording=wording, **details)
    ask_back(session, story=story, due_days=context.settings().takedown_days)
    hide_if_it_says_too_much(session, story)
    return _done(story, "The consent is recorded.")


@bp.get("/consents/<int:consent_id>/scan")
def scan(external_id: str, consent_id: int) -> Response:
    """The signed form or the recording of a record, to be kept by whoever asks.

    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story, or the record has no scan.
    """
    story = _story(external_id)
    found = find_scan(context.session(), story, consent_id)
    if found is None:
        raise NotFound("This record has no scan.")
    attachment, digest = found
    response = make_response(media.read(context.settings().media_folder, digest))
    response.headers["Content-Type"] = "application/octet-stream"
    response.headers.set("Content-Disposition", "attachment", filename=attachment.filename)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/people")
def add_person(external_id: str) -> AnyResponse | tuple[str, int]:
    """Put somebody into the story, who then has to agree.

    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story.
    """
    actor, session, story = _reviewer(), context.session(), _story(external_id)
    form = PersonForm()
    if not form.validate_on_submit():
        return _page(story, person_form=form), 400
    person = add_contributor(session, actor, story, standing=form.standing.data, **form.fields())
    change_person(session, actor, story, person)
    return _done(story, "They are in the story now.")


@bp.post("/people/<int:contributor_id>")
def person(external_id: str, contributor_id: int) -> AnyResponse | tuple[str, int]:
    """Correct what is known of somebody.

    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story, or they are not in it.
    :raise 409: if somebody else corrected it otherwise since the form was shown.
    """
    actor, session, story = _reviewer(), context.session(), _story(external_id)
    contributor, form = find_contributor(session, story, contributor_id), PersonForm(prefix=f"p{contributor_id}")
    if not form.validate_on_submit():
        raise Invalid(" ".join(error for errors in form.errors.values() for error in errors))
    seen = request.form.get("seen")
    change_person(session, actor, story, contributor, standing=form.standing.data, seen=seen, **form.fields())
    return _done(story, "What is known of them is changed.")


@bp.post("/people/<int:contributor_id>/link")
def link(external_id: str, contributor_id: int) -> str:
    """Their own link, to agree anew, change how they are named or take the story back; mailed where that is possible.

    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story, or they are not in it.
    """
    _reviewer()
    session, story = context.session(), _story(external_id)
    contributor = find_contributor(session, story, contributor_id)
    token = contributor_token(context.settings().read_secret_key(), story, contributor)
    address = url_for("yours.show", token=token, _external=True)
    body = render_template("yours/_mail.txt", address=address, contact=context.settings().contact)
    is_mailed = "mail" in request.form and context.post_mail(to=contributor.email, subject="Your story", body=body)
    session.commit()
    context.wake_worker()
    return render_template(
        "consents/link.html", story=story, contributor=contributor, address=address, is_mailed=is_mailed
    )


@bp.post("/people/<int:contributor_id>/withdraw")
def withdraw(external_id: str, contributor_id: int) -> AnyResponse:
    """Take the story back for somebody who asked for it; leads to the receipt, as they would see it.

    :raise 400: unless the box beside the button was ticked.
    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story, or they are not in it.
    """
    actor, session, story = _reviewer(), context.session(), _story(external_id)
    contributor = find_contributor(session, story, contributor_id)
    if "sure" not in request.form:
        raise Invalid("Withdrawing cannot be undone. Tick the box beside the button to say that you are sure.")
    due_days = context.settings().takedown_days
    withdraw_story(session, actor, story, contributor=contributor, method="Told to staff", due_days=due_days)
    session.commit()
    context.wake_worker()
    token = contributor_token(context.settings().read_secret_key(), story, contributor)
    return redirect(url_for("yours.show", token=token), code=303)


@bp.post("/care")
def care(external_id: str) -> AnyResponse:
    """Say how carefully the story is shown.

    :raise 400: for a choice that does not exist.
    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story.
    :raise 409: if somebody else decided otherwise since the form was shown.
    """
    actor, session, story = _reviewer(), context.session(), _story(external_id)
    form = CareForm()
    if not form.validate_on_submit():
        raise Invalid("This is not a choice here. Reload the page and choose again.")
    is_hidden = set_care(
        session, actor, story, do_not_identify=form.do_not_identify.data, place_level=form.place_level.data,
        special_categories=form.special_categories.data or [], seen=request.form.get("seen"),
    )  # fmt: skip
    out_of_sight = " Its text says more than that, so it is out of sight until that is mended." if is_hidden else ""
    return _done(story, f"From now on the story is shown so.{out_of_sight}")


@bp.post("/bases")
def basis(external_id: str) -> AnyResponse | tuple[str, int]:
    """Say why a purpose is lawful for this story.

    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story.
    """
    actor, session, story = _reviewer(), context.session(), _story(external_id)
    form = BasisForm()
    if not form.validate_on_submit():
        return _page(story, basis_form=form), 400
    chosen = {name: form[name].data for name in ("purpose", "basis", "note")}
    decide_basis(session, actor, story, **chosen)
    return _done(story, "The lawful basis is recorded.")


@bp.post("/uses")
def use(external_id: str) -> AnyResponse | tuple[str, int]:
    """Record where the story was used, by whoever brings stories to others.

    :raise 400: for a use that is not agreed today.
    :raise 403: for somebody who does not bring stories to others.
    :raise 404: if there is no such story, or none that this person may see.
    """
    actor, session = context.signed_in_actor(), context.session()
    story, form = find_story(session, actor, external_id), UseForm()
    if not form.validate_on_submit():
        raise Invalid(" ".join(error for errors in form.errors.values() for error in errors))
    record_use(
        session, actor, story, use=form.use.data, place=form.place.data, address=form.address.data,
        used_on=form.used_on.data, is_recallable=not form.is_printed.data,
    )  # fmt: skip
    session.commit()
    flash("The use is recorded. If the consent ends, whoever recorded it is asked to take it down.")
    return redirect(url_for("stories.show", external_id=external_id, _anchor="uses"), code=303)


def _reviewer() -> Actor:
    actor = context.signed_in_actor()
    require(may_review(actor), "see what people agreed to")
    return actor


def _story(external_id: str) -> Story:
    return find_story(context.session(), _reviewer(), external_id)


def _chosen_person(story: Story, form: RecordForm) -> Contributor:
    session, actor = context.session(), _reviewer()
    if form.who.data and form.who.data.isdecimal():
        return find_contributor(session, story, int(form.who.data))
    return add_contributor(session, actor, story, name=form.given_by.data, town=form.town.data, email=form.email.data)


def _done(story: Story, message: str) -> AnyResponse:
    context.session().commit()
    context.wake_worker()
    flash(message)
    return redirect(url_for("consents.show", external_id=story.external_id), code=303)


def _page(story: Story, **forms: object) -> str:
    page = consent_page(context.session(), story)
    shown = {
        "record_form": RecordForm(formdata=None).with_choices([one.person for one in page.agreements], page.wordings),
        "person_form": PersonForm(formdata=None),
        "care_form": CareForm(
            formdata=None,
            data={"do_not_identify": story.do_not_identify, "place_level": story.place_level,
                  "special_categories": story.special_categories or []},
        ),
        "basis_form": BasisForm(formdata=None),
    }  # fmt: skip
    return render_template(
        "consents/show.html",
        story=story,
        page=page,
        person_form_of=_person_form,
        care_seen=care_seen(story),
        person_seen=person_seen,
        **{**shown, **forms},
    )


def _person_form(person: Person) -> PersonForm:
    fields = {name: getattr(person.contributor, name) for name in ("name", "town", "pseudonym", "email", "phone")}
    return PersonForm(formdata=None, prefix=f"p{person.id}", data={**fields, "standing": person.standing})
