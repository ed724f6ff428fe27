"""The first page: what this is, a search box, and the repository's life."""

from flask import Blueprint, render_template, url_for

from webapp import context
from webapp.flow_picture import NARROW, OVERVIEW, flow_picture
from webapp.services.access import audience_for
from webapp.services.matching import all_stories
from webapp.services.repurposings import newest_repurposings
from webapp.services.stories import newest_stories
from webapp.services.story_flow import flow_of, most_telling
from webapp.services.story_map import count_by_region
from webapp.services.themes import count_stories_by_theme, themes

bp = Blueprint("home", __name__)

N_STORIES = 5
N_REPURPOSINGS = 4
N_THEMES = 12


@bp.get("/")
def index() -> str:
    """What Turnstone is; of what whoever asks may see, what turned into what, where, the newest, the themes."""
    session = context.session()
    audience = audience_for(context.actor())
    names = {theme.key: theme.name for theme in themes(session)}
    counted = count_stories_by_theme(session, audience).most_common(N_THEMES)
    stories = all_stories(session, audience)
    whole = flow_of(session, stories)
    telling = most_telling(whole, limit=OVERVIEW.most_bands)
    # Counted anew, so that what stands beside a kind of use is what is drawn of it.
    flow = flow_of(session, stories, only=[band.value for band in telling]) if telling else whole
    return render_template(
        "home/index.html",
        n_stories=len(stories),
        n_that_say=whole.n_stories,
        flow=flow,
        picture=flow_picture(flow, OVERVIEW),
        narrow_picture=flow_picture(flow, NARROW),
        search_for=search_for,
        regions=[(place.name, search_for(place=place.path), n) for place, n in count_by_region(session, stories)],
        newest=newest_stories(session, audience, limit=N_STORIES),
        turns=newest_repurposings(session, audience, limit=N_REPURPOSINGS),
        themes=[(key, names.get(key, key), n_stories) for key, n_stories in counted],
    )


def search_for(**facets: str) -> str:
    """The address of a search for one value of each facet named."""
    return url_for("search.results", **facets)  # type: ignore[arg-type] # the names are facets, never options
