"""Short help beside the pages."""

from flask import Blueprint, render_template

bp = Blueprint("help", __name__, url_prefix="/help")


@bp.get("/search")
def search() -> str:
    """How to ask for stories."""
    return render_template("help/search.html")
