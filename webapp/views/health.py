"""For whoever watches the site: does it answer, and can it reach its database?"""

from flask import Blueprint, Response

from webapp import context
from webapp.extensions import limiter

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@limiter.exempt
def healthz() -> Response:
    """'ok' if the site can serve pages.

    :raise 500: if the database cannot be reached.
    """
    context.session().connection()
    return Response("ok\n", mimetype="text/plain")
