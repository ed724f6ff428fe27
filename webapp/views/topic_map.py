"""The map of passages: its points, its picture, and a passage in words."""

from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, render_template, url_for

from webapp import context
from webapp.services.topic_passages import passage_by_id
from webapp.services.topic_pictures import colour_by_topic, map_points
from webapp.services.topic_runs import require_run
from webapp.services.topics import overview

bp = Blueprint("topic_map", __name__, url_prefix="/topics")

MAP_GRID = 1000
PICTURE_POINTS = 3000


@dataclass(frozen=True, slots=True)
class Dot:
    """A passage in the drawn picture. colour: 0 for none."""

    x: int
    y: int
    colour: int


@bp.get("/points.json")
def points() -> Response:
    """The map's points, as three rows of whole numbers and one of topics, light enough for 10,000.

    :raise 404: if there is no run.
    """
    run, colours = require_run(context.session()), _shown_colours()
    drawn = [point for point in map_points(context.session(), run) if point.topic == 0 or point.topic in colours]
    return jsonify(
        {
            "passages": [point.passage_id for point in drawn],
            "x": [round(point.x * MAP_GRID) for point in drawn],
            "y": [round(point.y * MAP_GRID) for point in drawn],
            "colours": [colours.get(point.topic, 0) for point in drawn],
        }
    )


@bp.get("/map.svg")
def picture() -> Response:
    """The same map as a picture, for pages without scripts.

    :raise 404: if there is no run.
    """
    run, colours = require_run(context.session()), _shown_colours()
    dots = [
        Dot(round(point.x * MAP_GRID), round(point.y * MAP_GRID), colours.get(point.topic, 0))
        for point in map_points(context.session(), run, limit=PICTURE_POINTS)
        if point.topic == 0 or point.topic in colours
    ]
    return Response(render_template("topic_map/picture.svg", dots=dots), mimetype="image/svg+xml")


@bp.get("/passages/<int:passage_id>")
def passage(passage_id: int) -> Response:
    """One passage in words, for whoever points at it on the map.

    :raise 404: if there is no such passage that anybody may read.
    """
    found = passage_by_id(context.session(), passage_id)
    return jsonify(
        {
            # As in search: nobody meets the words of a story with a warning before they chose to.
            "text": "" if found.warning else found.text[:400],
            "warning": found.warning,
            "title": found.title,
            "address": url_for("stories.show", external_id=found.story_id, passage=found.id, _anchor="passage"),
        }
    )


def _shown_colours() -> dict[int, int]:
    found = overview(context.session())
    return colour_by_topic(topic.id for topic in found.topics) if found else {}
