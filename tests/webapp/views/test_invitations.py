"""Somebody without an account tells one story, and comes back to it by a link of their own."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.webapp.views.test_drafts import SHORT, fill, save, stories
from webapp.clock import living_at
from webapp.models import Approval, AuditEvent, Consent, UsageLog, now
from webapp.services import review
from webapp.services.comments import add_comment
from webapp.services.stories import StoryFields, revise_story

SignIn = Callable[[str], FlaskClient]


def path_in(page: str, part: str) -> str:
    return urlsplit(re.search(rf"https?://[^\s<]+/{part}/[^\s<]+", page)[0]).path


@pytest.fixture
def invitation(sign_in: SignIn) -> str:
    """The path of an invitation's link."""
    staff = sign_in("comms")
    made = staff.post("/invitations", data={"for_whom": "Amina, by hand", "about": "Tell us of the hall.", "days": 7})
    return path_in(staff.get(made.location).text, "invitation")


def take_up(person: FlaskClient, invitation: str, key: str = "i" * 24) -> str:
    """Begin by an invitation; gives the draft's address."""
    answer = person.post(invitation, data={"kind": "short", "key": key})
    assert answer.status_code == 303, answer.text
    return answer.location.removesuffix("/your-link")


def own_link(person: FlaskClient, draft: str) -> str:
    return path_in(person.get(f"{draft}/your-link").text, "your-story")


def test_somebody_invited_tells_a_story_and_follows_it_on_another_device(
    app: Flask, invitation: str, sign_in: SignIn, database: Engine, repository
) -> None:
    amina = app.test_client()
    page = amina.get(invitation).text
    assert "Tell us of the hall." in page
    assert "by hand" not in page
    draft = take_up(amina, invitation)
    link = own_link(amina, draft)
    save(amina, draft, "text", "Typed on the bus.")
    telephone = app.test_client()
    assert telephone.get(f"{draft}/what").location.startswith("/sign-in")
    assert telephone.get(link).location == f"{draft}/what"
    assert "Typed on the bus." in telephone.get(f"{draft}/what").text
    fill(telephone, draft, {**SHORT, "what": {**SHORT["what"], "text-version": 1}})
    own = telephone.post(f"{draft}/check").location.split("?")[0]
    [story] = stories(database)
    assert (story.status, story.submitted_by_id) == ("submitted", None)
    assert amina.get(link).location == own
    assert "The reviewers have it" in amina.get(own).text
    repository.change(
        story.external_id,
        lambda session, actor, told: review.request_changes(session, actor, told, reason="Say when."),
    )
    assert "Say when." in amina.get(own).text
    correction = amina.post(f"{own}/correct", data={"key": "c" * 24}).location.rsplit("/", 1)[0]
    save(amina, correction, "text", "In May we carried the chairs out.", base=1)
    assert amina.post(f"{correction}/check").status_code == 303
    assert repository.story(story.external_id).current_revision.text == "In May we carried the chairs out."


def test_an_invitation_is_taken_up_once_and_a_retry_goes_on(app: Flask, invitation: str, sign_in: SignIn) -> None:
    amina, other = app.test_client(), app.test_client()
    assert take_up(amina, invitation) == take_up(amina, invitation)
    assert other.post(invitation, data={"kind": "full", "key": "o" * 24}).status_code == 409
    assert "has begun by this link already" in other.get(invitation).text
    assert amina.post("/drafts", data={"kind": "short", "key": "n" * 24}).status_code == 403


def test_a_link_ends_on_its_day_when_it_is_revoked_and_when_it_is_tampered_with(
    app: Flask, invitation: str, sign_in: SignIn
) -> None:
    somebody = app.test_client()
    with living_at(now() + timedelta(days=8)):
        assert somebody.get(invitation).status_code == 404
        assert somebody.post(invitation, data={"kind": "short", "key": "k" * 24}).status_code == 404
    assert somebody.get(invitation[:-1] + ("A" if invitation[-1] != "A" else "B")).status_code == 404
    assert somebody.get(invitation.replace("/invitation/", "/your-story/")).status_code == 404
    sign_in("comms").post("/invitations/1/revoke")
    assert somebody.get(invitation).status_code == 404


def test_links_are_not_guessed_at_endlessly(app: Flask) -> None:
    somebody = app.test_client()
    answers = [somebody.get("/your-story/guess").status_code for _ in range(61)]
    assert (answers[0], answers[-1]) == (404, 429)


def test_a_lost_link_is_replaced_and_then_leads_nowhere(app: Flask, invitation: str, sign_in: SignIn) -> None:
    amina = app.test_client()
    draft = take_up(amina, invitation)
    lost = own_link(amina, draft)
    renewed = path_in(sign_in("comms").post("/invitations/1/new-link").text, "your-story")
    finder = app.test_client()
    assert finder.get(lost).status_code == 404
    # The browser that held the old link holds it no longer.
    assert amina.get(f"{draft}/what").location.startswith("/sign-in")
    assert finder.get(renewed).location == f"{draft}/what"


def test_only_staff_make_and_see_invitations(sign_in: SignIn, client: FlaskClient) -> None:
    assert client.get("/invitations").location.startswith("/sign-in")
    for role in ("contributor", "researcher"):
        assert sign_in(role).get("/invitations").status_code == 403
        assert sign_in(role).post("/invitations", data={"for_whom": "x", "days": 3}).status_code == 403
    assert sign_in("comms").post("/invitations", data={"for_whom": "x", "days": 300}).status_code == 400


def test_the_log_holds_no_link(app: Flask, invitation: str, database: Engine) -> None:
    draft = take_up(app.test_client(), invitation)
    with Session(database) as session:
        told = " ".join(str(event.model_dump()) for event in session.exec(select(AuditEvent)))
    assert "invitation.made" in told
    assert invitation.rsplit("/", 1)[1] not in told
    assert draft.rsplit("/", 1)[1] not in told


@pytest.fixture
def sent(app: Flask, invitation: str) -> tuple[FlaskClient, str]:
    """Somebody invited who sent a story, and its page for them."""
    amina = app.test_client()
    draft = take_up(amina, invitation)
    fill(amina, draft)
    return amina, amina.post(f"{draft}/check").location.split("?")[0]


def test_approval_is_of_the_words_and_lapses_with_them(
    sent: tuple[FlaskClient, str], repository, database: Engine
) -> None:
    amina, own = sent
    external_id = own.rsplit("/", 1)[1]
    read = re.search(r'name="read" value="(\w+)"', amina.get(f"{own}/words").text)[1]
    for _ in range(2):
        assert amina.post(f"{own}/approve", data={"read": read}).status_code == 303
    assert "You approved these words" in amina.get(own).text
    with Session(database) as session:
        [approval] = session.exec(select(Approval)).all()
        assert (approval.method, approval.text_hash) == ("link", read)
    changed = StoryFields(title="Chairs", text="Another word.")
    repository.change(external_id, lambda session, actor, story: revise_story(session, actor, story, changed))
    assert "no longer counts" in amina.get(own).text
    assert amina.post(f"{own}/approve", data={"read": read}).status_code == 409


def test_one_reads_the_comments_that_are_meant_for_one(sent: tuple[FlaskClient, str], repository) -> None:
    amina, own = sent
    for words, is_internal in (("Which square was it?", False), ("Between us: lovely.", True)):
        repository.change(
            own.rsplit("/", 1)[1],
            lambda session, actor, story, words=words, is_internal=is_internal: add_comment(
                session, actor, story, body=words, words="The square", is_internal=is_internal
            ),
        )
    page = amina.get(own).text
    assert "Which square was it?" in page
    assert "Between us" not in page


def test_one_changes_how_one_is_named_by_the_link_on_ones_own_page(
    sent: tuple[FlaskClient, str], database: Engine
) -> None:
    amina, own = sent
    agreed = re.search(r"/yours/[^\"]+", amina.get(own).text)[0]
    assert amina.get(agreed).status_code == 200
    amina.post(agreed, data={"uses": ["website"], "naming": "anonymous", "sure": "y"})
    with Session(database) as session:
        consents = session.exec(select(Consent).order_by(Consent.id)).all()
        assert [consent.naming for consent in consents] == ["first", "anonymous"]
        assert len({consent.contributor_id for consent in consents}) == 1


def test_one_sees_where_a_story_was_used_and_may_take_it_back(
    sent: tuple[FlaskClient, str], client: FlaskClient, repository
) -> None:
    amina, own = sent
    external_id = own.rsplit("/", 1)[1]
    repository.publish_sent(external_id)
    used = {"use": "print", "place": "Annual review, page 4", "used_on": now().date(), "is_recallable": False}
    repository.change(external_id, lambda session, actor, story: session.add(UsageLog(story_id=story.row_id, **used)))
    assert "Annual review, page 4" in amina.get(own).text
    assert client.get(f"/stories/{external_id}").status_code == 200
    assert amina.post(f"{own}/withdraw").status_code == 400
    amina.post(f"{own}/withdraw", data={"sure": "on"})
    assert client.get(f"/stories/{external_id}").status_code == 404
    page = amina.get(own).text
    assert "Nobody can read it any more" in page
    assert "It cannot be called back" in page
    assert amina.get(f"{own}/words").status_code == 404
    assert own in amina.get("/my-stories").text


def test_what_somebody_is_worried_about_says_nothing_to_its_teller(sent: tuple[FlaskClient, str], repository) -> None:
    amina, own = sent

    def restrict(session, actor, story) -> None:
        story.is_restricted = True

    repository.change(own.rsplit("/", 1)[1], restrict)
    assert amina.get(own).status_code == 404
    assert own not in amina.get("/my-stories").text


def test_somebody_invited_begins_with_a_document_or_an_email_and_a_bad_file_costs_nothing(
    app: Flask, invitation: str, sign_in: SignIn, database: Engine
) -> None:
    amina = app.test_client()

    def send_file(content: bytes, name: str):
        sent = {"document": (io.BytesIO(content), name), "key": "i" * 24}
        return amina.post(f"{invitation}/from-file", data=sent, content_type="multipart/form-data")

    refused = send_file(b"no pdf at all", "a.pdf")
    assert (refused.status_code, "a.pdf: " in refused.text) == (400, True)
    assert amina.post(f"{invitation}/from-mail", data={"pasted": " ", "key": "i" * 24}).status_code == 400
    begun = send_file(b"Our chapel\n\nIn May the old chapel became a workshop.", "chapel.txt")
    assert begun.status_code == 303
    draft = begun.location.removesuffix("/your-link")
    assert "became a workshop." in amina.get(f"{draft}/what").text
    other = {"pasted": "Ours!", "key": "o" * 24}
    assert app.test_client().post(f"{invitation}/from-mail", data=other).status_code == 409
    fill(amina, draft, {name: given for name, given in SHORT.items() if name != "what"})
    assert amina.post(f"{draft}/check").status_code == 303
    assert ["became a workshop." in story.current_revision.text for story in stories(database)] == [True]


def test_a_pasted_email_begins_a_draft_by_an_invitation(app: Flask, invitation: str) -> None:
    amina = app.test_client()
    pasted = "Subject: Our chapel\n\nIn May the old chapel became a workshop."
    begun = [amina.post(f"{invitation}/from-mail", data={"pasted": pasted, "key": "i" * 24}) for _ in range(2)]
    assert begun[0].location == begun[1].location
    page = amina.get(begun[0].location.replace("your-link", "what")).text
    assert 'value="Our chapel"' in page
    assert "Subject:" not in page


def test_nobody_without_an_invitation_has_a_file_read(client: FlaskClient) -> None:
    sent = {"document": (io.BytesIO(b"Words."), "a.txt"), "key": "i" * 24}
    answer = client.post("/invitation/made-up/from-file", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 404
