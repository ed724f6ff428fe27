"""Photos of a draft and of its story: sent, described, and shown to nobody who may not see the story."""

import io
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.webapp.views.test_drafts import SHORT, begin, fill, save, shown_versions
from webapp.models import Attachment
from webapp.services import review
from webapp.services.consent import record_consent

SignIn = Callable[[str], FlaskClient]


def picture(colour: str = "green") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (600, 400), colour).save(written, "JPEG")
    return written.getvalue()


def send(author: FlaskClient, draft: str, *pictures: bytes, name: str = "hall.jpg", **fields: object):
    files = [(io.BytesIO(content), name) for content in pictures]
    return author.post(f"{draft}/photos", data={"photo": files, **fields}, content_type="multipart/form-data")


def photo_ids(author: FlaskClient, draft: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"/photos/(\d+)/small", author.get(f"{draft}/photos").text)))


def kept_files(settings) -> int:
    return sum(1 for path in settings.media_folder.rglob("*") if path.is_file())


def test_a_photo_is_described_and_goes_with_its_story_within_its_audience(
    sign_in: SignIn, client: FlaskClient, database: Engine, repository
) -> None:
    author = sign_in("contributor")
    draft = begin(author)
    fill(author, draft)
    assert send(author, draft, picture()).location.endswith("/photos")
    [photo] = photo_ids(author, draft)
    address = f"/photos/{photo}/small"
    assert author.get(address).content_type == "image/jpeg"
    assert {sign_in("reviewer").get(address).status_code, client.get(address).status_code} == {404}
    alt = {f"photo_{photo}_alt_text": "Chairs in a ring.", f"photo_{photo}_credit": "Photo: the players"}
    assert author.post(f"{draft}/photos", data=alt).location.endswith("/consent")
    own = author.post(f"{draft}/check").location
    external_id = own.split("?")[0].rsplit("/", 1)[1]
    assert sign_in("reviewer").get(address).status_code == 200
    assert client.get(address).status_code == 404
    repository.publish_sent(external_id)
    page = client.get(f"/stories/{external_id}").text
    assert 'alt="Chairs in a ring."' in page
    assert "Photo: the players" in page
    shown = client.get(address)
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "private, no-cache")
    assert client.get(address, headers={"If-None-Match": shown.headers["ETag"]}).status_code == 304
    repository.change(external_id, review.withdraw)
    for person in (client, author, sign_in("admin")):
        assert person.get(address, headers={"If-None-Match": shown.headers["ETag"]}).status_code == 404
    with Session(database) as session:
        assert session.exec(select(Attachment.draft_id)).all() == [None]


@pytest.mark.parametrize("deed", ["expired", "restricted", "nobody may be traced"])
def test_a_photo_is_hidden_with_whatever_hides_its_story(
    sign_in: SignIn, client: FlaskClient, repository, deed: str
) -> None:
    author = sign_in("contributor")
    draft = begin(author)
    fill(author, draft)
    send(author, draft, picture())
    [photo] = photo_ids(author, draft)
    save(author, draft, f"photo_{photo}_alt_text", "A hall.")
    external_id = author.post(f"{draft}/check").location.split("?")[0].rsplit("/", 1)[1]
    repository.publish_sent(external_id)
    assert client.get(f"/photos/{photo}/large").status_code == 200

    def hide(session, actor, story) -> None:
        if deed == "expired":
            record_consent(session, actor, story, uses=["internal"], given_by="The players")
        story.is_restricted = deed == "restricted"
        story.do_not_identify = deed == "nobody may be traced"

    repository.change(external_id, hide)
    assert client.get(f"/photos/{photo}/large").status_code == 404
    assert f"/photos/{photo}/" not in client.get(f"/stories/{external_id}").text


def test_what_cannot_be_taken_is_refused_and_the_rest_is_kept(sign_in: SignIn) -> None:
    author = sign_in("contributor")
    draft = begin(author, "full")
    answer = send(author, draft, picture("red"), b"no picture at all", picture("blue"))
    assert answer.status_code == 400
    assert "hall.jpg: this is not a picture" in answer.text
    assert len(photo_ids(author, draft)) == 2


def test_a_short_form_takes_one_photo_and_a_full_one_ten_and_each_once(sign_in: SignIn) -> None:
    author = sign_in("contributor")
    short, full = begin(author), begin(author, "full")
    send(author, short, picture("red"))
    assert "One photo at most" in send(author, short, picture("blue")).text
    colours = [picture(f"rgb({20 * n}, 0, 0)") for n in range(11)]
    refused = send(author, full, *colours)
    assert "10 photos at most" in refused.text
    send(author, full, colours[0])
    assert len(photo_ids(author, full)) == 10


def test_a_removed_photo_and_those_of_a_draft_thrown_away_are_deleted(sign_in: SignIn, settings) -> None:
    author = sign_in("contributor")
    draft, other = begin(author, "full"), begin(author)
    send(author, draft, picture("red"), picture("blue"))
    send(author, other, picture("red"))
    first, second = photo_ids(author, draft)
    author.post(f"{draft}/photos", data={"remove": first, "action": "continue"})
    assert photo_ids(author, draft) == [second]
    # Two files a photo: one that is this small is its own largest copy.
    assert kept_files(settings) == 4
    author.post(f"{draft}/discard")
    # The red one is still the other draft's.
    assert kept_files(settings) == 2


def test_what_is_said_of_a_photo_is_saved_as_it_is_typed(sign_in: SignIn) -> None:
    author = sign_in("contributor")
    draft = begin(author)
    send(author, draft, picture())
    [photo] = photo_ids(author, draft)
    assert save(author, draft, f"photo_{photo}_alt_text", "A hall.").status_code == 200
    assert save(author, draft, f"photo_{int(photo) + 1}_alt_text", "Not mine.").status_code == 404
    page = author.get(f"{draft}/photos").text
    assert 'value="A hall."' in page
    assert shown_versions(page)[f"photo_{photo}_alt_text-version"] == "1"


def test_a_correction_shows_the_photos_that_the_story_has(sign_in: SignIn, repository) -> None:
    author = sign_in("contributor")
    draft = begin(author)
    fill(author, draft, {**SHORT})
    send(author, draft, picture())
    [photo] = photo_ids(author, draft)
    save(author, draft, f"photo_{photo}_alt_text", "A hall.")
    own = author.post(f"{draft}/check").location.split("?")[0]
    external_id = own.rsplit("/", 1)[1]
    repository.change(
        external_id, lambda session, actor, story: review.request_changes(session, actor, story, reason="More.")
    )
    correction = author.post(f"{own}/correct", data={"key": "c" * 24}).location.rsplit("/", 1)[0]
    assert photo_ids(author, correction) == [photo]
    assert 'value="A hall."' in author.get(f"{correction}/photos").text
    send(author, correction, picture("red"))
    assert author.post(f"{correction}/check").status_code == 303
    assert len(set(re.findall(r"/photos/(\d+)/", author.get(f"/stories/{external_id}").text))) == 2
