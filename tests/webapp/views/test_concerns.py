"""'I'm worried about someone': who sees what from then on, on every page that there is."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, select
from werkzeug.routing import Rule

from webapp.database import transaction
from webapp.models import ROLES, AuditEvent, Concern, ConcernAccess, Draft, Notice, Story, User, UserRole

SignIn = Callable[[str], FlaskClient]
WORDS = ("Quernstone", "zephyrine", "Okonjo")
TEXT = "A zephyrine girl stayed behind. In March 2020 the sports hall became a food bank. “Stay,” said Mrs Okonjo."


@pytest.fixture
def worried_story(repository, database: Engine) -> str:
    """A published story of the contributor's, with all that points to it."""
    external_id = repository.publish(title="Quernstone hall", text=TEXT, place="Quernstone", region="North West")
    with transaction(database) as session:
        story = session.exec(select(Story).where(Story.external_id == external_id)).one()
        author = session.exec(select(User).where(User.email == "contributor@example.org")).one()
        story.submitted_by_id, story.submission_key = author.id, "k" * 24
        session.add(
            Draft(key="k" * 24, kind="short", owner_id=author.id, story_id=story.id, sent_at=story.created_at)
        )
    return external_id


@pytest.mark.parametrize("role", ["contributor", "reviewer", "comms", "admin", "safeguarding"])
def test_whoever_is_known_takes_the_story_out_of_sight_at_once(
    role: str, sign_in: SignIn, client: FlaskClient, worried_story: str, wakes: list[str]
) -> None:
    assert client.get(f"/stories/{worried_story}").status_code == 200
    worried = sign_in(role)
    form = worried.get(f"/worried?story={worried_story}").text
    assert "nobody here can" in " ".join(form.split())
    assert worried.post("/worried", data={"story": worried_story, "words": "She is alone."}).status_code == 303
    assert wakes
    for browser in (client, worried, sign_in("reviewer")):
        assert browser.get(f"/stories/{worried_story}").status_code == 404
        assert browser.get(f"/worried?story={worried_story}").status_code == 404
    assert not said_in(sign_in("reviewer").get("/review").text)


def test_no_page_says_a_word_of_it_to_anybody_but_leads_by_their_own_door(
    app: Flask, sign_in: SignIn, client: FlaskClient, repository, worried_story: str
) -> None:
    addresses = list(addresses_of(app, worried_story))
    assert len(addresses) > 40
    seen = (f"/stories/{worried_story}", "/", "/search?q=stayed", "/search/stories.json?q=hall")
    assert all(said_in(client.get(address).text) for address in seen)
    sign_in("reviewer").post("/worried", data={"story": worried_story, "words": "She is alone."})
    leaks = {
        (role, address)
        for role in ("", "contributor", "reviewer", "admin", "safeguarding")
        for browser in [sign_in(role) if role else client]
        for address in addresses
        if said_in(browser.get(address).text)
    }
    assert leaks == {("safeguarding", "/concerns/1")}
    # And again once the worker has been by.
    repository.index()
    assert not said_in(client.get("/search?q=stayed").text)


def test_leads_are_told_and_each_look_is_written_down(sign_in: SignIn, worried_story: str, database: Engine) -> None:
    sign_in("reviewer").post(
        "/worried", data={"story": worried_story, "words": "She is alone.", "contact": "Ring me"}
    )
    lead = sign_in("safeguarding")
    assert "She is alone" not in lead.get("/concerns").text
    for _ in range(2):
        page = lead.get("/concerns/1")
    assert page.headers["Cache-Control"] == "no-store"
    assert all(words in page.text for words in ("She is alone", "zephyrine", "Ring me", "The reviewer"))
    with Session(database) as session:
        looks = session.exec(select(ConcernAccess)).all()
        assert [(look.actor_name, look.deed) for look in looks] == [("The safeguarding", "read")] * 2
        [notice] = session.exec(select(Notice).where(Notice.kind == "concern"))
        assert (notice.role, notice.address) == ("safeguarding", "/concerns/1")
        told = str([event.model_dump() for event in session.exec(select(AuditEvent))][-1])
        assert "concern.raised" in told
        assert worried_story not in told


@pytest.mark.parametrize("role", [role for role in ROLES if role != "safeguarding"])
def test_only_leads_open_or_close_a_concern(role: str, sign_in: SignIn, worried_story: str, database: Engine) -> None:
    sign_in("reviewer").post("/worried", data={"story": worried_story})
    browser = sign_in(role)
    assert browser.get("/concerns").status_code == browser.get("/concerns/1").status_code == 403
    deed = {"decision": "returned", "note": "Never mind."}
    assert browser.post("/concerns/1/close", data=deed).status_code == 403
    assert browser.post("/concerns/1/hide").status_code == 403
    with Session(database) as session:
        assert session.exec(select(ConcernAccess)).all() == []
        assert session.get_one(Concern, 1).decision == ""


@pytest.mark.parametrize(("decision", "is_back"), [("returned", True), ("kept", False), ("withdrawn", False)])
def test_a_lead_closes_it_with_a_decision_and_a_reason(
    decision: str, is_back: bool, sign_in: SignIn, client: FlaskClient, worried_story: str, database: Engine
) -> None:
    sign_in("reviewer").post("/worried", data={"story": worried_story})
    lead = sign_in("safeguarding")
    assert lead.post("/concerns/1/close", data={"decision": decision}).status_code == 400
    closed = {"decision": decision, "note": "Spoke to her."}
    assert lead.post("/concerns/1/close", data=closed).status_code == 303
    assert client.get(f"/stories/{worried_story}").status_code == (200 if is_back else 404)
    assert lead.post("/concerns/1/close", data=closed).status_code == 400
    with Session(database) as session:
        assert session.exec(select(Notice).where(Notice.kind == "concern")).one().done_at is not None


def test_a_story_goes_back_only_when_nobody_worries_any_more(
    sign_in: SignIn, client: FlaskClient, worried_story: str
) -> None:
    reviewer, lead = sign_in("reviewer"), sign_in("safeguarding")
    anonymous = {"story": worried_story, "words": "I know him."}
    assert client.post("/worried", data=anonymous).status_code == 303
    reviewer.post("/worried", data={"story": worried_story})
    for number, status in ((2, 404), (1, 200)):
        lead.post(f"/concerns/{number}/close", data={"decision": "returned", "note": "Fine."})
        assert client.get(f"/stories/{worried_story}").status_code == status


def test_an_unknown_reader_tells_leads_who_decide(sign_in: SignIn, client: FlaskClient, worried_story: str) -> None:
    # Else anybody could empty the site.
    client.post("/worried", data={"story": worried_story, "words": "I know him."})
    assert client.get(f"/stories/{worried_story}").status_code == 200
    lead = sign_in("safeguarding")
    assert "Others can still see this story" in lead.get("/concerns/1").text
    lead.post("/concerns/1/hide")
    assert client.get(f"/stories/{worried_story}").status_code == 404


def test_a_worry_about_no_story_needs_words(sign_in: SignIn, client: FlaskClient) -> None:
    assert client.post("/worried", data={"words": " "}).status_code == 400
    assert client.post("/worried", data={"words": "The boy at the bus stop."}).status_code == 303
    assert "The boy at the bus stop" in sign_in("safeguarding").get("/concerns/1").text


def test_where_there_is_no_lead_administrators_are_told_so(client: FlaskClient, database: Engine) -> None:
    with transaction(database) as session:
        session.delete(session.exec(select(UserRole).where(UserRole.role == "safeguarding")).one())
    client.post("/worried", data={"words": "The boy at the bus stop."})
    with Session(database) as session:
        notice = session.exec(select(Notice).where(Notice.kind == "concern")).one()
        assert (notice.role, notice.address) == ("admin", "/people")
        assert "nobody holds the role" in notice.message


def said_in(page: str) -> bool:
    """Does the page hold a word of the story?"""
    return any(word in page for word in WORDS)


def addresses_of(app: Flask, external_id: str) -> Iterator[str]:
    """Every page that can be asked for, filled in for this story."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.endpoint != "static":
                yield from filled_in(app, rule, external_id)
    yield from ("/search?q=stayed", "/search?q=hall&view=map", "/search?q=hall&view=flow",
                "/search?q=hall&view=kwic", "/search/stories.csv?q=hall", "/search/stories.json?q=hall",
                "/search/lines.csv?q=hall",
                f"/worried?story={external_id}", "/search?q=stayed&sort=newest")  # fmt: skip


def filled_in(app: Flask, rule: Rule, external_id: str) -> Iterator[str]:
    adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
    known = {"external_id": external_id, "ending": "json", "size": "small", "step_key": "what", "token": "x"}
    for key in ("k" * 24, "food"):
        values = {name: known.get(name, key if name == "key" else 1) for name in rule.arguments}
        yield adapter.build(rule.endpoint, values, force_external=False)
        if "key" not in rule.arguments:
            return
