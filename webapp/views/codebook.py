"""The codebook: its themes, what they mean, and the stories that carry them."""

from flask import Blueprint, render_template

from webapp import context
from webapp.services.access import audience_for
from webapp.services.repurposings import repurposing_by_story
from webapp.services.themes import count_stories_by_theme, learning_of, stories_with_theme, theme_by_key
from webapp.services.themes import themes as all_themes
from webapp.services.topic_passages import examples_of_theme

bp = Blueprint("codebook", __name__, url_prefix="/themes")


@bp.get("")
def themes() -> str:
    """All themes, with how many stories carry each."""
    session = context.session()
    return render_template(
        "codebook/themes.html",
        themes=all_themes(session),
        n_stories_by_theme=count_stories_by_theme(session, audience_for(context.actor())),
    )


@bp.get("/<key>")
def theme(key: str) -> str:
    """One theme: its definition and its stories.

    :raise 404: if the codebook has no such theme.
    """
    session = context.session()
    found = theme_by_key(session, key)
    stories = stories_with_theme(session, audience_for(context.actor()), found)
    return render_template(
        "codebook/theme.html",
        theme=found,
        stories=stories,
        examples=examples_of_theme(session, found),
        learning=learning_of(session, found) if context.actor().is_staff else None,
        turns=repurposing_by_story(session, [story for story, _ in stories]),
    )
