"""The parts that pages are put together from, all on one page, for those who build and check the site."""

from flask import Blueprint, render_template

from webapp import context
from webapp.component_samples import SAMPLES, sample_form
from webapp.services.access import may_administer, require

bp = Blueprint("components", __name__)


@bp.get("/components")
def index() -> str:
    """Every part with an example, in each of its states.

    :raise 403: for everybody but administrators.
    """
    require(may_administer(context.signed_in_actor()), "see the components")
    return render_template("components/index.html", form=sample_form(), **SAMPLES)
