"""Short help beside the pages, and a guided tour for each group of people."""

from flask import Blueprint, render_template

from webapp.errors import NotFound
from webapp.tours import TOUR_BY_KEY, TOURS

bp = Blueprint("help", __name__, url_prefix="/help")


@bp.get("")
def index() -> str:
    """What help there is."""
    return render_template("help/index.html", tours=TOURS)


@bp.get("/search")
def search() -> str:
    """How to ask for stories."""
    return render_template("help/search.html")


@bp.get("/tours/<key>")
def tour(key: str) -> str:
    """A guided tour.

    :raise 404: for a group that there is no tour for.
    """
    if key not in TOUR_BY_KEY:
        raise NotFound("There is no such tour.")
    return render_template("help/tour.html", tour=TOUR_BY_KEY[key])
