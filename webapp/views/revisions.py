"""A story's revisions for its reviewers: what changed, what was written before names were replaced, who did what."""

from flask import Blueprint, render_template, request

from webapp import context
from webapp.rendering import marked_blocks
from webapp.services import originals, revisions
from webapp.services.access import Actor, find_story, may_review, require
from webapp.services.story_page import Story

bp = Blueprint("revisions", __name__, url_prefix="/review")


@bp.get("/<external_id>/revisions")
def index(external_id: str) -> str:
    """All revisions, and what changed between two of them: the last step, unless others are asked for.

    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story or revision.
    """
    actor, story = _reviewer_and_story(external_id)
    session = context.session()
    after = request.args.get("to", story.revision_number, type=int)
    before = request.args.get("from", after - 1, type=int)
    rows = revisions.revisions_of(session, actor, story)
    numbers = {row.revision.number for row in rows}
    asked = "from" in request.args or "to" in request.args
    compared = None
    if asked or before in numbers:
        compared = revisions.compare(session, actor, story, before=before, after=after)
        session.commit()
    return render_template(
        "revisions/index.html",
        story=story,
        rows=rows,
        compared=compared,
        deeds=revisions.deeds(session, actor, story),
    )


@bp.get("/<external_id>/original")
def original(external_id: str) -> str:
    """What was written before names were replaced. Each reading is logged.

    :raise 403: for somebody who may not review.
    :raise 404: if there is no such story.
    """
    actor, story = _reviewer_and_story(external_id)
    session = context.session()
    found = originals.read_original(session, actor, story)
    session.commit()
    return render_template(
        "revisions/original.html", story=story, original=found, blocks=marked_blocks(found.text, [])
    )


def _reviewer_and_story(external_id: str) -> tuple[Actor, Story]:
    actor = context.signed_in_actor()
    require(may_review(actor), "review stories")
    return actor, find_story(context.session(), actor, external_id)
