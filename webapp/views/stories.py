"""A story as readers see it."""

from contextlib import suppress
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import context
from webapp.consent_forms import UseForm
from webapp.errors import NotFound
from webapp.models import Story
from webapp.rendering import Mark, evidence_marks, marked_blocks
from webapp.services.access import find_story, is_contributor, may_read
from webapp.services.story_metadata import article, open_graph
from webapp.services.story_page import StoryPage, public_page, stories_like
from webapp.services.topic_passages import passage_by_id
from webapp.services.usage import may_record_use, uses_of_story

bp = Blueprint("stories", __name__, url_prefix="/stories")

_DIGITS_OF_AN_ID = 18


@bp.get("/<external_id>")
def show(external_id: str) -> Response | str:
    """The story with its evidence, what became of what, and how to cite it.

    Its author sees it whatever readers see; what staff may open but not read here leads to the page for reviewing.
    :raise 404: if there is no such story, or none that this person may see.
    """
    session, actor = context.session(), context.actor()
    story = find_story(session, actor, external_id)
    is_public = may_read(session, actor, story)
    if not is_public and not is_contributor(actor, story):
        return redirect(url_for("review.show", external_id=external_id), code=303)
    page = public_page(session, story)
    return render_template(
        "stories/show.html",
        story=story,
        revision=story.current_revision,
        page=page,
        blocks=marked_blocks(story.current_revision.text, [*evidence_marks(page), *_asked_passage(story)]),
        is_public=is_public,
        past_uses=uses_of_story(session, story) if may_record_use(actor) else [],
        use_form=UseForm(formdata=None),
        related=stories_like(session, context.finder(), actor, story) if is_public else [],
        address=url_for("stories.show", external_id=story.external_id, _external=True),
        metadata=_metadata(page),
    )


def _asked_passage(story: Story) -> list[Mark]:
    """The passage that a map or a topic led to, marked, if it is one of this story's that anybody may read."""
    asked = request.args.get("passage", "")
    if not asked.isdecimal() or len(asked) > _DIGITS_OF_AN_ID:
        return []
    with suppress(NotFound):  # A passage of an older text: the story is shown from its beginning.
        passage = passage_by_id(context.session(), int(asked))
        if passage.story_id == story.external_id:
            return [Mark("passage", passage.start, passage.end, ("passage",))]
    return []


def _metadata(page: StoryPage) -> dict[str, Any]:
    """What the page says to programs that read it."""
    story, name = page.story, context.settings().site_name
    address = url_for("stories.show", external_id=story.external_id, _external=True)
    pictures = [url_for("photos.show", photo_id=photo.id, size="large", _external=True) for photo in page.photos]
    return {
        "article": article(story, address=address, site_name=name, photo_addresses=pictures),
        "open_graph": open_graph(
            story,
            address=address,
            site_name=name,
            photo=page.photos[0] if page.photos else None,
            photo_address=pictures[0] if pictures else "",
        ),
    }
