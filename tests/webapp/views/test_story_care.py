"""Content warnings, the small-place meter, retention and erasure, as people meet them."""

import io
import zipfile
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from webapp.models import Contributor, Story

SignIn = Callable[[str], FlaskClient]
VICAR = "The vicar of our village, aged 84, turned the hall into a kitchen."


def test_a_warned_story_is_folded_until_it_is_opened(sign_in: SignIn, client: FlaskClient, repository) -> None:
    external_id = repository.publish(title="A hard year", text=VICAR)
    assert "<details" not in client.get(f"/stories/{external_id}").text.split("<article>")[1].split("</article>")[0]
    warning = {"kind": ["death", "violence"], "words": "a fire"}
    assert sign_in("reviewer").post(f"/stories/{external_id}/content-warnings", data=warning).status_code == 303
    repository.index()
    story = client.get(f"/stories/{external_id}").text
    before, folded = story.split('<details class="warned">')
    assert "Content warning: death, violence, a fire" in folded
    # The words stand inside alone, and the element opens without a script.
    assert ("vicar" in folded, "vicar" in before.split("<body>")[1]) == (True, False)
    hit = client.get("/search?q=vicar").text
    assert "Content warning: death, violence, a fire" in hit
    assert hit.index('<details class="warned">') < hit.index("<mark>")


def test_only_reviewers_and_the_author_warn(sign_in: SignIn, client: FlaskClient, repository) -> None:
    address = f"/stories/{repository.publish()}/content-warnings"
    assert sign_in("comms").post(address, data={"kind": "death"}).status_code == 403
    assert client.post(address, data={"kind": "death"}).status_code in (303, 403)
    assert sign_in("reviewer").post(address, data={"kind": "boredom"}).status_code == 400


def test_review_says_to_how_few_people_the_words_point(sign_in: SignIn, repository) -> None:
    reviewer = sign_in("reviewer")
    page = reviewer.get(f"/review/{repository.add(text=VICAR, place='Quern', local_authority='Stockport')}").text
    assert "This may point to one person" in page
    for words in ("“vicar”", "“aged 84”", "“village”", "a larger place"):
        assert words in page
    plain = repository.add(text="The hall became a kitchen.", place="Quern", local_authority="Stockport")
    assert "This may point to" not in reviewer.get(f"/review/{plain}").text


def test_whoever_writes_sees_it_before_they_send(sign_in: SignIn) -> None:
    author = sign_in("contributor")
    draft = author.post("/drafts", data={"kind": "short", "key": "a" * 24}).location.rsplit("/", 1)[0]
    author.post(f"{draft}/what", data={"title": "Mine", "text": VICAR})
    author.post(f"{draft}/where", data={"place": "Quern"})
    assert "This may point to one person" in author.get(f"{draft}/check").text


def test_administrators_alone_erase_and_only_when_they_are_sure(
    sign_in: SignIn, repository, database: Engine, wakes: list[str]
) -> None:
    external_id = repository.publish()
    erase, admin = f"/retention/{external_id}/erase", sign_in("admin")
    assert sign_in("reviewer").post(erase, data={"sure": "on"}).status_code == 403
    assert admin.post(erase).status_code == 403
    assert admin.post(erase, data={"sure": "on"}).status_code == 303
    assert wakes
    with Session(database) as session:
        assert session.exec(select(Story)).all() == []
    assert "Nothing is due" in admin.get("/retention").text
    assert sign_in("reviewer").get("/retention").status_code == 403


def test_somebody_is_looked_up_copied_and_erased(
    sign_in: SignIn, client: FlaskClient, repository, database: Engine
) -> None:
    external_id, admin = repository.publish(text=VICAR), sign_in("admin")
    with Session(database) as session:
        number = session.exec(select(Contributor.id)).one()
    assert f"/personal-data/{number}" in admin.get("/personal-data?q=hazel").text
    assert f"/personal-data/{number}" not in admin.get("/personal-data?q=%25").text
    copied = admin.post(f"/personal-data/{number}/copy")
    assert copied.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(copied.data)) as archive:
        assert f"stories/{external_id}.json" in archive.namelist()
    form = {"sure": "on", "story": external_id}
    assert admin.post(f"/personal-data/{number}/erase", data=form).status_code == 303
    assert client.get(f"/stories/{external_id}").status_code == 404
    assert admin.get(f"/personal-data/{number}").status_code == 404


@pytest.mark.parametrize("address", ["/personal-data", "/personal-data?q=a", "/personal-data/1"])
@pytest.mark.parametrize("role", ["reviewer", "safeguarding"])
def test_only_administrators_look_people_up(sign_in: SignIn, role: str, address: str) -> None:
    assert sign_in(role).get(address).status_code == 403


def test_everybody_has_a_copy_of_their_own_account_and_of_no_other(sign_in: SignIn) -> None:
    reviewer = sign_in("reviewer")
    answers = {n: reviewer.post(f"/personal-data/accounts/{n}/copy").status_code for n in range(1, 7)}
    assert sorted(answers.values()) == [200, *[403] * 5]
