"""Long work: what runs, how far it is, and importing files."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp import context
from webapp.forms import ImportForm
from webapp.services.access import Actor, may_review, require
from webapp.services.imports_desk import request_import
from webapp.services.progress import is_lost, recent_jobs

bp = Blueprint("jobs", __name__, url_prefix="/jobs")


@bp.get("")
def index() -> str:
    """What was asked for lately; htmx asks for the list alone, again and again while something runs.

    :raise 403: for somebody who is not staff.
    """
    _staff()
    return _show_jobs(ImportForm())


@bp.post("")
def import_files() -> Response | tuple[str, int]:
    """Take files to be imported by the worker.

    :raise 403: for somebody who is not staff.
    :raise 413: for files that are too large together.
    """
    actor, form = _staff(), ImportForm()
    if not form.validate_on_submit():
        return _show_jobs(form), 400
    session = context.session()
    uploads = [(file.filename or "", file.read()) for file in form.files.data]
    request_import(
        session,
        actor,
        uploads,
        media_folder=context.settings().media_folder,
        publish=form.publish.data,
        basis=form.basis.data,
    )
    session.commit()
    context.wake_worker()
    flash("The files are taken. They are imported in the background; this page shows how far it is.")
    return redirect(url_for("jobs.index"), code=303)


def _staff() -> Actor:
    actor = context.signed_in_actor()
    require(may_review(actor), "see jobs or import stories")
    return actor


def _show_jobs(form: ImportForm) -> str:
    jobs = recent_jobs(context.session())
    return render_template(
        "jobs/_list.html" if context.is_fragment_wanted() else "jobs/index.html",
        jobs=jobs,
        lost={job.id for job in jobs if is_lost(job)},
        is_busy=any(job.state in ("queued", "running") for job in jobs),
        form=form,
        upload_mib=context.settings().upload_mib,
    )
