"""Photos: sent with a draft, one by one or several at once, and shown within the audience of their story."""

from flask import Blueprint, Response, make_response, request

from webapp import context
from webapp.draft_pages import after_step, form_in, go_to, own_draft, place_of, save_typed, show_step, step_url
from webapp.errors import Conflict, Invalid
from webapp.extensions import limiter
from webapp.services import drafts, photos
from webapp.services.drafts import Draft
from webapp.step_forms import PHOTOS

bp = Blueprint("photos", __name__)


@bp.post("/drafts/<key>/photos")
@limiter.limit(lambda: context.settings().submission_limit, scope="photo")
def save(key: str) -> Response:
    """Keep what is said of the photos, add those that came with the form, remove the one whose button was pressed.

    :raise 400: for a photo that cannot be taken; the page says why, and the others are kept.
    :raise 404: if there is no such draft of this person's.
    :raise 409: if the draft was sent already.
    :raise 429: for too many sendings from one address.
    """
    draft, session = own_draft(key), context.session()
    place = place_of(draft, PHOTOS.key)
    # Scripts send pictures alone, one after the other, beside the fields of the page.
    superseded = {} if "alone" in request.form else save_typed(draft, place.step)
    n_added, refusals = _add_photos(draft)
    removed = request.form.get("remove", "")
    if removed.isdecimal() and len(removed) < 10:
        folder = context.settings().media_folder
        photos.remove_photo(session, context.actor(), draft, int(removed), folder=folder)
    session.commit()
    if refusals:
        place = place_of(draft, PHOTOS.key)
        form = form_in(draft, place.step, drafts.answers_of(draft))
        return show_step(draft, place, form, status=400, refusals=refusals)
    if n_added or removed or request.form.get("action") == "add":
        # Shown again, for somebody to say what is to be seen on the new ones.
        return go_to(step_url(draft, PHOTOS.key))
    return after_step(draft, place, superseded)


@bp.get("/photos/<int:photo_id>/<size>")
def show(photo_id: int, size: str) -> Response:
    """The picture in one size. The browser asks again each time, so that what was withdrawn is gone at once.

    :raise 404: if there is no such picture or size, or none that this person may see.
    """
    photo = photos.find_photo(context.session(), context.actor(), photo_id)
    content = photos.photo_bytes(photo, size, folder=context.settings().media_folder)
    response = make_response(content)
    response.content_type = photo.media_type
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(photo.copies.get(size, photo.sha256))
    response.make_conditional(request)
    return response


def _add_photos(draft: Draft) -> tuple[int, list[str]]:
    """How many were added, and why others were not."""
    n_added, refusals = 0, []
    for sent in request.files.getlist("photo"):
        if not sent.filename:
            continue
        try:
            photos.add_photo(
                context.session(),
                draft,
                filename=sent.filename,
                content=sent.read(),
                folder=context.settings().media_folder,
            )
            n_added += 1
        except (Invalid, Conflict) as err:
            refusals.append(str(err))
    return n_added, refusals
