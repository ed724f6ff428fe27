"""A story as readers see it."""

from flask import Blueprint, render_template, url_for

from webapp import context
from webapp.rendering import evidence_marks, marked_blocks
from webapp.services.access import find_story
from webapp.services.story_page import public_page, stories_like

bp = Blueprint("stories", __name__, url_prefix="/stories")


@bp.get("/<external_id>")
def show(external_id: str) -> str:
    """The story with its evidence, what became of what, and how to cite it.

    :raise 404: if there is no such story, or none that this person may see.
    """
    session, actor = context.session(), context.actor()
    story = find_story(session, actor, external_id)
    page = public_page(session, story)
    is_public = story.status == "published"
    return render_template(
        "stories/show.html",
        story=story,
        revision=story.current_revision,
        page=page,
        blocks=marked_blocks(story.current_revision.text, evidence_marks(page)),
        related=stories_like(session, context.finder(), actor, story) if is_public else [],
        address=url_for("stories.show", external_id=story.external_id, _external=True),
    )
