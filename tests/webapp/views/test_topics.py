import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.webapp.services.topic_stories import store_stories, store_subjects_as_run
from webapp.database import transaction
from webapp.models import Job, Passage, Revision, Story
from webapp.services.topics import overview


@pytest.fixture
def run(database: Engine) -> None:
    with transaction(database) as session:
        for subject in range(4):
            store_stories(session, 8 - subject, subject=subject, period="2021")
        store_subjects_as_run(session)


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.text


def ids(database: Engine) -> list[int]:
    with Session(database) as session:
        return [topic.id for topic in overview(session).topics]


def test_without_a_run_the_themes_that_stories_share_are_shown(client: FlaskClient) -> None:
    page = text_of(client, "/topics")
    assert "at least 100 passages from 25 stories" in page
    assert "Themes that stories share" in page


def test_the_explorer_says_how_much_is_in_no_topic_how_stable_it_is_and_when_it_was_found(
    client: FlaskClient, run: None
) -> None:
    page = text_of(client, "/topics")
    for said in ("130 passages of 26 stories", "In no topic</dt><dd>0 %", "0.90", "Found on", "4 topics"):
        assert said in page
    assert "Discover again" not in page


def test_every_number_of_the_pictures_leads_to_its_stories(client: FlaskClient, run: None, database: Engine) -> None:
    page = text_of(client, "/topics")
    kitchen = ids(database)[0]
    assert f'href="/topics/{kitchen}?year=2021">8</a>' in page
    narrowed = text_of(client, f"/topics/{kitchen}?year=2021")
    assert "8 stories" in narrowed
    assert "year=2021" in re.search(r'href="(/search[^"]*)">Search for these words', narrowed)[1]
    assert "0 stories" in text_of(client, f"/topics/{kitchen}?year=1999")


def test_the_map_is_light_and_its_points_can_be_read(client: FlaskClient, run: None) -> None:
    points = client.get("/topics/points.json").json
    assert len(points["passages"]) == len(points["x"]) == len(points["y"]) == len(points["colours"]) == 130
    said = client.get(f"/topics/passages/{points['passages'][0]}").json
    assert "kitchen" in said["text"]
    assert '<mark class="mark-passage"' in text_of(client, said["address"])
    assert client.get("/topics/map.svg").text.count("<circle") == 130


def test_nothing_of_a_withdrawn_story_is_shown_anywhere(client: FlaskClient, run: None, database: Engine) -> None:
    with transaction(database) as session:
        for story in session.exec(select(Story).where(Story.external_id.startswith("0-"))):
            story.status = "withdrawn"
        of_it = select(Passage.id).join(Revision).join(Story).where(Story.status == "withdrawn")
        hidden = list(session.exec(of_it))
    page = text_of(client, "/topics")
    assert "kitchen" not in page.lower()
    assert "90 passages of 18 stories" in page
    assert not set(hidden) & set(client.get("/topics/points.json").json["passages"])
    assert client.get(f"/topics/passages/{hidden[0]}").status_code == 404


def test_staff_name_merge_and_undo(sign_in: Callable[[str], FlaskClient], run: None, database: Engine) -> None:
    staff = sign_in("reviewer")
    kitchen, library, *_ = ids(database)
    staff.post(f"/topics/{kitchen}", data={"deed": "name", "name": "Cooking together", "note": "All kitchens."})
    assert "Cooking together" in text_of(staff, "/topics")
    assert staff.post(f"/topics/{library}", data={"deed": "merge", "into": str(kitchen)}).status_code == 303
    assert staff.get(f"/topics/{library}").location == f"/topics/{kitchen}"
    staff.post("/topics/undo")
    assert ids(database)[:2] == [kitchen, library]


def test_a_topic_is_split_hidden_and_made_a_theme(
    sign_in: Callable[[str], FlaskClient], client: FlaskClient, run: None, database: Engine
) -> None:
    staff = sign_in("admin")
    kitchen, library, *_ = ids(database)
    assert staff.post(f"/topics/{kitchen}", data={"deed": "split"}).location.startswith("/topics/")
    assert len(ids(database)) == 5
    staff.post(f"/topics/{library}", data={"deed": "hide"})
    assert client.get(f"/topics/{library}").status_code == 404
    made = staff.post(f"/topics/{kitchen}", data={"deed": "promote", "definition": "Cooking for others."})
    assert "Cooking for others." in text_of(client, made.location)


def test_the_words_of_a_story_with_a_warning_are_not_met_by_pointing(
    client: FlaskClient, run: None, database: Engine
) -> None:
    passage_id = client.get("/topics/points.json").json["passages"][0]
    with transaction(database) as session:
        story = session.exec(select(Story).join(Revision).join(Passage).where(Passage.id == passage_id)).one()
        story.content_warnings, story.warning_words = ["bereavement"], ""
    said = client.get(f"/topics/passages/{passage_id}").json
    assert (said["text"], said["warning"]) == ("", "bereavement")
    assert "Content warning: bereavement. Show the passage" in text_of(client, f"/topics/{ids(database)[0]}")


@pytest.mark.parametrize("passage", ["0", "x", "-1", "9" * 40, "131"])
def test_a_passage_that_is_not_the_storys_marks_nothing(
    client: FlaskClient, run: None, database: Engine, passage: str
) -> None:
    address = client.get("/topics/passages/1").json["address"].split("?")[0]
    assert "mark-passage" not in text_of(client, f"{address}?passage={passage}")


def test_passages_are_picked_by_hand_from_those_with_a_word(
    sign_in: Callable[[str], FlaskClient], run: None, database: Engine
) -> None:
    staff, kitchen = sign_in("reviewer"), ids(database)[0]
    page = text_of(staff, f"/topics/{kitchen}/split?word=website-drawn-3")
    shown = re.findall(r'name="shown" value="(\d+)"', page)
    assert len(shown) == 5
    assert "5 passages with “website-drawn-3”" in page
    assert "No passage of this topic holds “zebra”" in text_of(staff, f"/topics/{kitchen}/split?word=zebra")
    data = {"deed": "split", "which": "shown", "shown": shown, "name": "The third"}
    part = staff.post(f"/topics/{kitchen}", data=data).location
    assert "The third" in text_of(staff, part)
    assert "5 passages of 1 story" in text_of(staff, part)
    ticked = staff.post(f"/topics/{kitchen}", data={"deed": "split", "which": "ticked", "shown": shown})
    assert (ticked.status_code, "Tick the passages" in ticked.text) == (400, True)


def test_a_theme_shows_what_it_was_made_from_until_its_story_is_withdrawn(
    sign_in: Callable[[str], FlaskClient], client: FlaskClient, run: None, database: Engine
) -> None:
    made = sign_in("admin").post(f"/topics/{ids(database)[0]}", data={"deed": "promote", "definition": "Cooking."})
    assert text_of(client, made.location).count("<blockquote>") in (1, 2, 3)
    with transaction(database) as session:
        for story in session.exec(select(Story).where(Story.external_id.startswith("0-"))):
            story.status = "withdrawn"
    assert "<blockquote>" not in text_of(client, made.location)


@pytest.mark.parametrize("data", [{"deed": "burn"}, {"deed": "merge", "into": "x"}])
def test_what_cannot_be_done_to_a_topic_is_refused(
    sign_in: Callable[[str], FlaskClient], run: None, database: Engine, data: dict[str, str]
) -> None:
    assert sign_in("reviewer").post(f"/topics/{ids(database)[0]}", data=data).status_code == 400


def test_only_staff_change_topics_or_ask_for_a_run(
    sign_in: Callable[[str], FlaskClient], run: None, database: Engine
) -> None:
    researcher = sign_in("researcher")
    assert researcher.post(f"/topics/{ids(database)[0]}", data={"deed": "split"}).status_code == 403
    assert researcher.get(f"/topics/{ids(database)[0]}/split").status_code == 403
    assert researcher.post("/topics/discover").status_code == 403


def test_asking_for_a_run_twice_asks_once_and_wakes_the_worker(
    sign_in: Callable[[str], FlaskClient], database: Engine, wakes: list[str]
) -> None:
    staff = sign_in("reviewer")
    staff.post("/topics/discover")
    staff.post("/topics/discover")
    with Session(database) as session:
        assert session.exec(select(Job.kind)).all() == ["topics"]
    assert wakes
