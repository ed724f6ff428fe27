"""Reviewing a story: suggestions beside the text, decisions on them, and what becomes of the story."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import context
from webapp.errors import Invalid
from webapp.forms import ChangesForm, RepurposingForm
from webapp.rendering import comment_marks, evidence_marks, marked_blocks
from webapp.services import place_links, redactions, review
from webapp.services.access import Actor, find_story, may_review, require
from webapp.services.approvals import lapsed_approval, standing_approval
from webapp.services.comments import comments_on
from webapp.services.consent import uses_agreed_in
from webapp.services.contributors import people_of
from webapp.services.photos import photo_words
from webapp.services.publish_checks import publish_checks
from webapp.services.replacements import is_up_to_date, replacement_rows
from webapp.services.small_place_meter import story_estimate
from webapp.services.statements import seen_of
from webapp.services.story_page import Repurposing, Story, StoryPage, review_page
from webapp.services.themes import themes
from webapp.services.turns import story_seen
from webapp.services.vocabulary import REPLACEMENT_NAMES, RISK_NAMES
from webapp.services.welfare import latest_welfare_note

bp = Blueprint("review", __name__, url_prefix="/review")


@bp.get("/<external_id>")
def show(external_id: str) -> str:
    """The text with all suggestions beside it.

    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story.
    """
    return _show_page(_story(external_id))


@bp.post("/<external_id>/decisions")
def decide(external_id: str) -> Response | str:
    """Confirm, reject or reopen suggestions: one kind, any number of ids, or all of a theme.

    :raise 400: for a decision or a kind that does not exist.
    :raise 403: for somebody who may not review.
    :raise 404: if the story or a suggestion is not there.
    :raise 409: if somebody decided otherwise since the page was made.
    """
    actor, session, story = _reviewer(), context.session(), _story(external_id)
    status, kind, theme = (request.form.get(name, "") for name in ("status", "kind", "theme"))
    if theme:
        review.decide_theme(session, actor, story, key=theme, status=status, seen=_seen())
        card = f"theme-{theme}"
    else:
        ids = _ids(request.form.getlist("id"))
        review.decide(session, actor, story, kind=kind, ids=ids, status=status, seen=_seen())
        card = f"{kind}-{ids[0]}"
    return _commit_and_show(story, card=card)


@bp.post("/<external_id>/repurposings/<int:repurposing_id>")
def edit_repurposing(external_id: str, repurposing_id: int) -> Response | str | tuple[str, int]:
    """Correct a repurposing, which confirms it.

    :raise 400: for a category that does not exist.
    :raise 403: for somebody who may not review.
    :raise 404: if the story or the repurposing is not there.
    :raise 409: if somebody decided otherwise since the page was made.
    """
    actor, session, story = _reviewer(), context.session(), _story(external_id)
    form = RepurposingForm(prefix=f"r{repurposing_id}")
    if not form.validate_on_submit():
        return _show_page(story, invalid={repurposing_id: form}), 400
    review.edit_repurposing(session, actor, story, repurposing_id, fields=form.slots(), seen=_seen())
    return _commit_and_show(story, card=f"repurposing-{repurposing_id}")


@bp.post("/<external_id>/themes")
def add_theme(external_id: str) -> Response:
    """Say that the story is about a theme.

    :raise 403: for somebody who may not review.
    :raise 404: if the story or the theme is not there.
    """
    actor, session, story = _reviewer(), context.session(), _story(external_id)
    review.add_theme(session, actor, story, key=request.form.get("theme", ""))
    session.commit()
    context.wake_worker()
    return redirect(url_for("review.show", external_id=external_id, _anchor="themes"), code=303)


@bp.post("/<external_id>/places")
def choose_place(external_id: str) -> Response:
    """Say which place a name means, or that none of those listed is meant.

    :raise 400: for a place that the name cannot mean.
    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story, or its text has no such name.
    :raise 409: if somebody chose another place since the page was made.
    """
    actor, session, story = _reviewer(), context.session(), _story(external_id)
    place = request.form.get("place", "")
    place_id = _ids([place])[0] if place else None
    name = request.form.get("name", "")
    place_links.choose_place(session, actor, story, name=name, place_id=place_id, seen=_seen())
    session.commit()
    return redirect(url_for("review.show", external_id=external_id, _anchor="places"), code=303)


@bp.post("/<external_id>/request-changes")
def request_changes(external_id: str) -> Response | tuple[str, int]:
    """Send the story back to its author with a reason.

    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story.
    :raise 409: if the story does not wait for review and is not published.
    """
    actor, session, story = _reviewer(), context.session(), _story(external_id)
    form = ChangesForm()
    if not form.validate_on_submit():
        return _show_page(story, changes_form=form), 400
    review.request_changes(session, actor, story, reason=form.reason.data, seen=_seen())
    return _commit_and_leave("The author is asked for changes.")


@bp.post("/<external_id>/publish")
def publish(external_id: str) -> Response:
    """Show the story to readers.

    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story.
    :raise 409: while something stands in the way.
    """
    actor, session, story = _reviewer(), context.session(), _story(external_id)
    review.publish(session, actor, story, seen=_seen())
    session.commit()
    context.wake_worker()
    flash("The story is published. Search finds it as soon as the index has it, usually within a minute.")
    return redirect(url_for("stories.show", external_id=external_id), code=303)


@bp.post("/<external_id>/archive")
def archive(external_id: str) -> Response:
    """Take a published story out of sight.

    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story.
    :raise 409: if it is not published.
    """
    review.archive(context.session(), _reviewer(), _story(external_id), seen=_seen())
    return _commit_and_leave("The story is archived: readers no longer see it.")


@bp.post("/<external_id>/withdraw")
def withdraw(external_id: str) -> Response:
    """Take a story back for good.

    :raise 400: unless the box beside the button was ticked.
    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story.
    """
    actor, story = _reviewer(), _story(external_id)
    if "sure" not in request.form:
        raise Invalid("Withdrawing cannot be undone. Tick the box beside the button to say that you are sure.")
    review.withdraw(context.session(), actor, story)
    return _commit_and_leave("The story is withdrawn, for good.")


def _reviewer() -> Actor:
    actor = context.signed_in_actor()
    require(may_review(actor), "review stories")
    return actor


def _story(external_id: str) -> Story:
    return find_story(context.session(), _reviewer(), external_id)


def _seen() -> str | None:
    """How the thing that is decided on stood in the page that was answered."""
    return request.form.get("seen")


def _ids(written: list[str]) -> list[int]:
    if not written or not all(number.isdecimal() and len(number) < 19 for number in written):
        raise Invalid("No suggestion was chosen. Reload the page and press the button beside one.")
    return [int(number) for number in written]


def _commit_and_show(story: Story, *, card: str) -> Response | str:
    context.session().commit()
    context.wake_worker()
    if not context.is_fragment_wanted():
        return redirect(url_for("review.show", external_id=story.external_id, _anchor=f"card-{card}"), code=303)
    page = review_page(context.session(), story)
    return render_template("review/_decided.html", card=card, **_shown(story, page))


def _commit_and_leave(message: str) -> Response:
    context.session().commit()
    context.wake_worker()
    flash(message)
    return redirect(url_for("review_queue.index"), code=303)


def _show_page(
    story: Story,
    *,
    changes_form: ChangesForm | None = None,
    invalid: dict[int, RepurposingForm] | None = None,
) -> str:
    session = context.session()
    page = review_page(session, story)
    carried = {found.theme.key for found in page.themes if found.status == "confirmed"}
    return render_template(
        "review/show.html",
        people=people_of(session, story),
        replacements=replacement_rows(session, _reviewer(), story),
        is_applied=is_up_to_date(session, story),
        replacement_kinds=REPLACEMENT_NAMES,
        welfare=latest_welfare_note(session, story),
        risks=RISK_NAMES,
        approval=standing_approval(session, story),
        lapsed=lapsed_approval(session, story),
        uses=uses_agreed_in(session, story),
        other_themes=[theme for theme in themes(session) if theme.key not in carried],
        changes_form=changes_form or ChangesForm(formdata=None),
        **_shown(story, page, invalid=invalid),
    )


def _shown(story: Story, page: StoryPage, *, invalid: dict[int, RepurposingForm] | None = None) -> dict[str, object]:
    """What the page and its fragments show alike."""
    invalid, comments = invalid or {}, comments_on(context.session(), story)
    forms = {event.id: invalid.get(event.id or 0) or _repurposing_form(event) for event in page.repurposings}
    return {
        "story": story,
        "meter": story_estimate(story),
        "revision": story.current_revision,
        "page": page,
        "blocks": marked_blocks(story.current_revision.text, [*evidence_marks(page), *comment_marks(comments)]),
        "checks": publish_checks(context.session(), story),
        "mends": _mends(story),
        "forms": forms,
        "suggested_words": redactions.suggested_words(context.session(), story),
        "n_to_replace": len(redactions.to_be_replaced(context.session(), story)),
        "invalid": invalid,
        "comments": comments,
        "seen_of": seen_of,
        "photo_words": photo_words,
        "story_seen": story_seen(story),
    }


def _mends(story: Story) -> dict[str, str]:
    """Where each point of the checks is put right."""
    here = ("personal-data", "replacements", "photos", "welfare", "approval")
    consent = url_for("consents.show", external_id=story.external_id)
    edit = url_for("submissions.edit", external_id=story.external_id)
    return {**{place: f"#{place}" for place in here}, "text": edit, "consent": consent, "care": f"{consent}#care"}


def _repurposing_form(event: Repurposing) -> RepurposingForm:
    values = {name: getattr(event, name) for name in ("actor", "trigger", "place", "when")}
    categories = {"from_category": event.from_category, "to_category": event.to_category}
    words = {"from_words": event.from_phrase, "to_words": event.to_phrase}
    return RepurposingForm(formdata=None, prefix=f"r{event.id}", data={**values, **categories, **words})
