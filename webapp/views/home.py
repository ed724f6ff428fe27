"""The first page: what this is, a search box, what is new."""

from flask import Blueprint, render_template

from webapp import context
from webapp.services.access import audience_for
from webapp.services.repurposings import newest_repurposings
from webapp.services.stories import count_stories, newest_stories
from webapp.services.themes import count_stories_by_theme, themes

bp = Blueprint("home", __name__)

N_STORIES = 6
N_REPURPOSINGS = 5
N_THEMES = 12


@bp.get("/")
def index() -> str:
    """What Turnstone is, the newest stories, and what turned into what lately."""
    session = context.session()
    audience = audience_for(context.actor())
    names = {theme.key: theme.name for theme in themes(session)}
    counted = count_stories_by_theme(session, audience).most_common(N_THEMES)
    return render_template(
        "home/index.html",
        n_stories=count_stories(session, audience),
        newest=newest_stories(session, audience, limit=N_STORIES),
        turns=newest_repurposings(session, audience, limit=N_REPURPOSINGS),
        themes=[(key, names.get(key, key), n_stories) for key, n_stories in counted],
    )
