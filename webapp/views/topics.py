"""Topics: the explorer, a topic's page, and what staff do to topics."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from webapp import context
from webapp.errors import Invalid, NotFound
from webapp.services import topic_curation as curation
from webapp.services.access import Actor, may_review, require
from webapp.services.progress import open_job, waiting_jobs
from webapp.services.topic_passages import passages_of
from webapp.services.topic_pictures import (
    CrossTable,
    colour_by_topic,
    cross_tables,
    joins,
    similar_topics,
    theme_pairs,
)
from webapp.services.topic_runs import require_run, standing_run
from webapp.services.topics import (
    ShownTopic,
    overview,
    shown_topics,
    stories_of,
    topic_by_id,
)

bp = Blueprint("topics", __name__, url_prefix="/topics")

N_PASSAGES = 8
N_TO_PICK = 100
N_STORIES = 15
CROSSINGS = {"year": "Over time", "region": "By region", "theme": "By theme of the codebook"}


@bp.get("")
def index() -> str:
    """The explorer; with too few stories for topics, the themes that stories share."""
    session, actor = context.session(), context.actor()
    found = overview(session)
    run = standing_run(session)
    if found is None or run is None:
        return render_template(
            "topics/none.html", pairs=theme_pairs(session), jobs=_jobs(), may_change=may_review(actor)
        )
    names = {topic.id: topic.name for topic in found.topics}
    return render_template(
        "topics/index.html",
        found=found,
        # In a first run every topic is new, which tells nothing.
        is_first=all(topic.fate == "new" for topic in found.topics),
        colours=colour_by_topic(topic.id for topic in found.topics),
        names=names,
        tables=cross_tables(session, run),
        crossings=CROSSINGS,
        joins=[join for join in joins(session, run) if _named(join.left, names) and _named(join.right, names)],
        largest=max((topic.n_passages for topic in found.topics), default=1),
        pairs=theme_pairs(session, limit=10) if not found.topics else [],
        jobs=_jobs(),
        may_change=may_review(actor),
        last=curation.last_change(session) if may_review(actor) else None,
        deeds=curation.DEEDS,
        changes=curation.history(session) if may_review(actor) else [],
    )


@bp.get("/<int:topic_id>")
def topic(topic_id: int) -> str | AnyResponse:
    """One topic: its passages and stories, narrowed to a region, a year or a theme.

    :raise 404: if the latest run has no such topic.
    """
    session, actor, run = context.session(), context.actor(), require_run(context.session())
    found = topic_by_id(session, topic_id)
    if found.is_hidden and not may_review(actor):
        raise NotFound(f"The latest run has no topic {topic_id} to show.")
    if found.id != topic_id:
        return redirect(url_for("topics.topic", topic_id=found.id), code=303)
    chosen = {name: request.args.get(name, "") for name in CROSSINGS}
    stories = stories_of(session, found.topic_ids, **chosen)
    others = [other for other in shown_topics(session, run) if other.id != found.id and not other.is_hidden]
    names = {other.id: other.name for other in others}
    tables = cross_tables(session, run)
    return render_template(
        "topics/topic.html",
        topic=found,
        stories=stories[:N_STORIES],
        n_stories=len(stories),
        chosen=[(name, value, _called(tables[name], value)) for name, value in chosen.items() if value],
        passages=passages_of(
            session,
            found.topic_ids,
            limit=N_PASSAGES,
            story_ids={story.row_id for story in stories} if any(chosen.values()) else None,
        ),
        search=_search_address(found, chosen),
        similar=[(i, names[i], cosine) for i, cosine in similar_topics(session, run, found.id) if i in names],
        others=others,
        may_change=may_review(actor),
        changes=curation.history(session, found.id) if may_review(actor) else [],
        last=curation.last_change(session) if may_review(actor) else None,
        deeds=curation.DEEDS,
    )


@bp.get("/<int:topic_id>/split")
def split(topic_id: int) -> str:
    """A topic's passages to pick from, for a topic of their own. `word` shows those that hold it.

    :raise 403: for somebody who may not change topics.
    :raise 404: if the latest run has no such topic.
    """
    session, _ = context.session(), _staff()
    found = topic_by_id(session, topic_id)
    word = " ".join(request.args.get("word", "").split())
    passages = passages_of(session, found.topic_ids, limit=N_TO_PICK + 1, word=word)
    return render_template(
        "topics/split.html", topic=found, word=word, passages=passages[:N_TO_PICK], more=len(passages) > N_TO_PICK
    )


@bp.post("/<int:topic_id>")
def change(topic_id: int) -> AnyResponse:
    """Name, merge, split, hide or promote a topic.

    :raise 400: for a deed that does not exist, or words that are too long.
    :raise 403: for somebody who may not change topics.
    :raise 404: if there is no such topic.
    :raise 409: if the topic does not allow it.
    """
    actor, session, form = _staff(), context.session(), request.form
    deed = form.get("deed", "")
    leads_to, said = url_for("topics.topic", topic_id=topic_id), "The topic is changed."
    if deed == "name":
        curation.name_topic(session, actor, topic_id, name=form.get("name", ""), note=form.get("note", ""))
    elif deed == "merge":
        into = form.get("into", "")
        if not into.isdecimal():
            raise Invalid("Choose the topic that this one goes into.")
        curation.merge_topics(session, actor, topic_id, into_id=int(into))
        leads_to, said = url_for("topics.topic", topic_id=int(into)), "The topics are one now."
    elif deed == "split":
        part = curation.split_topic(
            session, actor, topic_id, passage_ids=_picked_passages(), name=form.get("name", "")
        )
        leads_to, said = url_for("topics.topic", topic_id=part), "The topic is split; this is the new part."
    elif deed in ("hide", "show"):
        curation.hide_topic(session, actor, topic_id, is_hidden=deed == "hide")
        leads_to = url_for("topics.index")
        said = "The topic is hidden." if deed == "hide" else "The topic is shown again."
    elif deed == "promote":
        theme = curation.promote_topic(session, actor, topic_id, definition=form.get("definition", ""))
        leads_to, said = url_for("codebook.theme", key=theme.key), "The topic is a theme of the codebook now."
        context.wake_worker()
    else:
        raise Invalid("That cannot be done to a topic. Reload the page and press one of its buttons.")
    session.commit()
    flash(said)
    return redirect(leads_to, code=303)


@bp.post("/undo")
def undo() -> AnyResponse:
    """Take back the last change to any topic.

    :raise 403: for somebody who may not change topics.
    :raise 409: if there is nothing to undo.
    """
    change = curation.undo_last(context.session(), _staff())
    context.session().commit()
    flash(f"Undone: {curation.DEEDS[change.kind]}.")
    return redirect(url_for("topics.index"), code=303)


@bp.post("/discover")
def discover() -> AnyResponse:
    """Ask the worker for a new run.

    :raise 403: for somebody who may not change topics.
    """
    actor, session = _staff(), context.session()
    if not waiting_jobs(session, "topics"):
        open_job(session, "topics", "Discovering topics", actor=actor)
        session.commit()
    context.wake_worker()
    flash("Topics are being discovered; the run that stands stays until the new one is done.")
    return redirect(url_for("jobs.index"), code=303)


def _staff() -> Actor:
    actor = context.signed_in_actor()
    require(may_review(actor), "change topics")
    return actor


def _picked_passages() -> set[int] | None:
    """The passages that were picked by hand; None where the machine is to cut."""
    which = request.form.get("which", "")
    if which not in ("ticked", "shown"):
        return None
    return {int(value) for value in request.form.getlist(which) if value.isdecimal()}


def _jobs() -> int:
    return len(waiting_jobs(context.session(), "topics"))


def _named(group: tuple[int, ...], names: dict[int, str]) -> bool:
    return any(topic in names for topic in group)


def _called(table: CrossTable, value: str) -> str:
    return dict(table.columns).get(value, value.rsplit(" / ", 1)[-1])


def _search_address(topic: ShownTopic, chosen: dict[str, str]) -> str:
    """A search by the topic's words with the same filters, in the words that search uses."""
    return url_for(
        "search.results",
        q=" ".join(topic.words[:4]),
        place=chosen["region"] or None,
        year=chosen["year"] or None,
        theme=chosen["theme"] or None,
    )
