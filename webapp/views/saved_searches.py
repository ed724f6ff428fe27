"""Searches that people follow: the list, what is new in one, and its feed."""

from dataclasses import replace

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response as Answer

from webapp import context
from webapp.errors import NotFound
from webapp.services import saved_searches as saving
from webapp.services.access import may_choose_use
from webapp.services.asking import Asked
from webapp.services.feeds import atom, feed_stories
from webapp.services.matching import stories_by_id

bp = Blueprint("saved_searches", __name__)

N_NEW_SHOWN = 50


@bp.get("/saved-searches")
def index() -> str:
    """The searches that this person follows, and how much is new in each.

    :raise 403: for somebody who is not signed in.
    """
    session, actor = context.session(), context.signed_in_actor()
    found = [
        saving.news_of(session, context.finder(), actor, saved) for saved in saving.saved_searches(session, actor)
    ]
    return render_template("saved_searches/index.html", searches=found)


@bp.post("/saved-searches")
def save() -> Answer:
    """Follow the search of this address.

    :raise 400: if this person follows too many.
    :raise 403: for somebody who is not signed in.
    """
    actor = context.signed_in_actor()
    asked = Asked.from_fields(lambda name: request.args.get(name, ""), request.args.getlist)
    asked = asked if may_choose_use(actor) else replace(asked, use="")
    saved = saving.save_search(context.session(), context.finder(), actor, asked, name=request.form.get("name", ""))
    context.session().commit()
    flash(f"You follow “{saved.name}” now. The header of every page says when something is new.")
    return redirect(url_for("saved_searches.show", saved_id=saved.id), code=303)


@bp.get("/saved-searches/<int:saved_id>")
def show(saved_id: int) -> str:
    """What is new in a search since its owner last said that they had seen it.

    :raise 403: for somebody who is not signed in.
    :raise 404: if it is not this person's.
    """
    session, actor = context.session(), context.signed_in_actor()
    news = saving.news_of(session, context.finder(), actor, saving.find_saved_search(session, actor, saved_id))
    stories = stories_by_id(session, news.found.audience, news.new_ids[:N_NEW_SHOWN])
    return render_template(
        "saved_searches/show.html",
        news=news,
        saved=news.saved,
        stories=[stories[story_id] for story_id in news.new_ids if story_id in stories],
        search_url=url_for("search.results", **news.asked.fields()),
        feed_url=url_for("saved_searches.feed", token=_signer().dumps(news.saved.feed_key), _external=True),
    )


@bp.post("/saved-searches/<int:saved_id>")
def change(saved_id: int) -> Answer:
    """Mark as seen, rename, give the feed another address, or delete.

    :raise 400: for a name that cannot be taken.
    :raise 403: for somebody who is not signed in.
    :raise 404: if it is not this person's, or for another deed.
    """
    session, actor = context.session(), context.signed_in_actor()
    saved = saving.find_saved_search(session, actor, saved_id)
    deed = request.form.get("deed", "")
    if deed == "seen":
        saving.mark_seen(session, context.finder(), actor, saved)
    elif deed == "rename":
        saving.rename(session, saved, request.form.get("name", ""))
    elif deed == "renew":
        saving.renew_feed(session, saved)
        flash("The feed has a new address. The old one leads nowhere from now on.")
    elif deed == "delete":
        saving.delete_saved_search(session, saved)
        session.commit()
        flash("The search is deleted, and its feed has ended.")
        return redirect(url_for("saved_searches.index"), code=303)
    else:
        raise NotFound("A saved search can be marked as seen, renamed or deleted, and its feed renewed.")
    session.commit()
    return redirect(url_for("saved_searches.show", saved_id=saved_id), code=303)


@bp.get("/feeds/<token>.atom")
def feed(token: str) -> Response:
    """A saved search as an Atom feed: what its owner may see now; 304 for a reader that has it already.

    :raise 404: for an address that was not given out, or that is given out no more.
    """
    session = context.session()
    try:
        feed_key = str(_signer().loads(token))
    except BadSignature as err:
        raise NotFound("This feed does not exist. Copy its whole address again.") from err
    saved, owner = saving.by_feed_key(session, feed_key)
    news = saving.news_of(session, context.finder(), owner, saved)
    written = atom(
        news,
        feed_stories(session, news),
        site_name=context.settings().site_name,
        feed_url=url_for("saved_searches.feed", token=token, _external=True),
        search_url=url_for("search.results", **news.asked.fields(), _external=True),
        story_url=lambda external_id: url_for("stories.show", external_id=external_id, _external=True),
    )
    response = Response(written, content_type="application/atom+xml; charset=utf-8")
    # Asked again each time: consent may have changed since, even where a reader has kept the feed.
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.add_etag()
    response.make_conditional(request)
    return response


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="saved search feed")
