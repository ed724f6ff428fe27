"""Telling a story step by step, without scripts and as scripts save it."""

import re
import secrets
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from webapp.clock import months_after, today
from webapp.models import Consent, Draft, DraftAnswer, DraftReading, Story
from webapp.services import review

SignIn = Callable[[str], FlaskClient]
SHORT = {
    "what": {
        "title": "Chairs to the square",
        "text": "We carried the chairs out.\r\n\r\nThe square became a classroom.",
    },
    "where": {
        "place": "Brinnington",
        "local_authority": "Stockport",
        "region": "North West",
        "period": "2021",
    },
    "who": {"organisation": "Brinnington Players", "organisation_kind": "club", "submitted_by_role": "Stage hand"},
    "consent": {"uses": ["website", "research"], "given_by": "The players", "naming": "first"},
}


def begin(person: FlaskClient, kind: str = "short", key: str = "") -> str:
    """The address of a new draft."""
    answer = person.post("/drafts", data={"kind": kind, "key": key or secrets.token_urlsafe(24)})
    assert answer.status_code == 303
    return answer.location.rsplit("/", 1)[0]


def fill(person: FlaskClient, draft: str, steps: dict[str, dict[str, object]] = SHORT) -> None:
    for step, fields in steps.items():
        assert person.post(f"{draft}/{step}", data=fields).status_code == 303


def save(person: FlaskClient, draft: str, name: str, *written: str, base: int = 0):
    return person.post(f"{draft}/answers", data={"name": name, "written": list(written), "base": base})


def shown_versions(page: str) -> dict[str, str]:
    """The versions of the fields that a page shows, as its form sends them back."""
    return dict(re.findall(r'name="([a-z_0-9]+-version)" value="(\d+)"', page))


def stories(database: Engine) -> list[Story]:
    with Session(database) as session:
        found = list(session.exec(select(Story)))
        session.expunge_all()
        return found


def test_a_story_is_stored_with_all_that_was_said_and_handed_in(
    sign_in: SignIn, database: Engine, wakes: list[str]
) -> None:
    author = sign_in("contributor")
    draft = begin(author)
    fill(author, draft)
    answer = author.post(f"{draft}/check")
    [story] = stories(database)
    assert answer.location == f"/my-stories/{story.external_id}?sent=1"
    assert "The reviewers have your story now" in author.get(answer.location).text
    assert story.status == "submitted"
    assert story.place.path == "England / North West / Stockport / Brinnington"
    assert (story.organisation.name, story.organisation.kind) == ("Brinnington Players", "club")
    assert (story.period, story.submitted_by_role) == ("2021", "Stage hand")
    assert story.current_revision.text == "We carried the chairs out.\n\nThe square became a classroom."
    assert wakes
    with Session(database) as session:
        [consent] = session.exec(select(Consent)).all()
        assert (consent.uses, consent.given_by, consent.naming) == (["website", "research"], "The players", "first")
        assert (consent.wording_version, consent.method) == ("adult 1", "In this form")
        assert consent.expires_at.date() == months_after(today(), 24)


def test_the_full_form_becomes_one_text_with_headings(sign_in: SignIn, database: Engine) -> None:
    author = sign_in("contributor")
    draft = begin(author, "full")
    fill(
        author,
        draft,
        {
            "before": {"before": "The hall stood empty."},
            "changed": {"title": "The hall", "changed": "The hall became a kitchen."},
            "why": {"why": ""},
            "outcome": {"outcome": "Forty meals a day.", "benefited": "Older people."},
            "quotes": {"quotes": "Nobody asked us to – a volunteer\n“It was cold.”"},
            "who": {"evidence_strength": "first_hand"},
        },
    )
    author.post(f"{draft}/check")
    [story] = stories(database)
    assert story.current_revision.text == (
        "The hall stood empty.\n\n## What changed\n\nThe hall became a kitchen.\n\n## What came of it\n\n"
        "Forty meals a day.\n\n## Who benefited\n\nOlder people.\n\n## In their words\n\n"
        "“Nobody asked us to” said a volunteer.\n\n“It was cold.”"
    )
    assert story.evidence_strength == "first_hand"


def test_no_box_is_ticked_beforehand(sign_in: SignIn) -> None:
    author = sign_in("contributor")
    assert " checked" not in author.get(f"{begin(author)}/consent").text


def test_beginning_twice_with_one_form_begins_one_draft(sign_in: SignIn) -> None:
    author = sign_in("contributor")
    assert begin(author, key="k" * 24) == begin(author, key="k" * 24)
    assert begin(author) != begin(author)


def test_sending_twice_stores_one_story_and_one_consent(sign_in: SignIn, database: Engine) -> None:
    author = sign_in("contributor")
    draft = begin(author)
    fill(author, draft)
    first, second = author.post(f"{draft}/check"), author.post(f"{draft}/check")
    assert first.location.split("?")[0] == second.location
    assert len(stories(database)) == 1
    with Session(database) as session:
        assert len(session.exec(select(Consent)).all()) == 1


def test_a_draft_is_seen_by_nobody_but_its_author(sign_in: SignIn, client: FlaskClient) -> None:
    author = sign_in("contributor")
    draft = begin(author)
    save(author, draft, "title", "A secret of ours")
    for other in ("comms", "reviewer", "admin"):
        for page in ("what", "check"):
            assert sign_in(other).get(f"{draft}/{page}").status_code == 404
        assert save(sign_in(other), draft, "title", "Not yours").status_code == 404
        assert sign_in(other).post(f"{draft}/check").status_code == 404
        assert "A secret of ours" not in sign_in(other).get("/review").text
    assert "/sign-in" in client.get(f"{draft}/what").location


def test_an_answer_is_kept_by_itself_and_found_on_another_device(sign_in: SignIn) -> None:
    draft = begin(sign_in("contributor"))
    assert save(sign_in("contributor"), draft, "text", "We opened.").json["version"] == 1
    assert save(sign_in("contributor"), draft, "text", "We opened the hall.", base=1).json["version"] == 2
    another = sign_in("contributor")
    assert "We opened the hall." in another.get(f"{draft}/what").text
    assert f"{draft}/what" in another.get("/my-stories").text
    assert f"{draft}/what" in another.get("/stories/new").text


def test_words_from_two_devices_never_overwrite_each_other(sign_in: SignIn) -> None:
    author = sign_in("contributor")
    draft = begin(author)
    save(author, draft, "text", "From the telephone.")
    late = save(author, draft, "text", "From the desk.")
    assert (late.status_code, late.json["written"]) == (409, ["From the telephone."])
    page = author.post(f"{draft}/what", data={"title": "T", "text": "From the desk.", "text-version": 0})
    assert page.status_code == 409
    assert "From the desk.</textarea>" in page.text
    assert "From the telephone." in page.text
    again = author.post(
        f"{draft}/what", data={"title": "T", "text": "From the desk.", "text-version": 1, "title-version": 1}
    )
    assert again.status_code == 303
    assert "From the desk." in author.get(f"{draft}/check").text


@pytest.mark.parametrize(
    ("step", "field", "value", "message"),
    [
        ("what", "title", "  ", "Give the story a title"),
        ("what", "title", "x" * 301, "Shorten this to 300 characters or fewer."),
        ("what", "text", "", "Write what happened."),
        ("consent", "given_by", "", "Say who agreed to these uses"),
        ("where", "region", "Atlantis", "Not a valid choice"),
    ],
)
def test_a_step_that_cannot_be_taken_is_kept_and_says_why_and_is_never_sent(
    sign_in: SignIn, database: Engine, step: str, field: str, value: str, message: str
) -> None:
    author = sign_in("contributor")
    draft = begin(author)
    fill(author, draft, {one: fields for one, fields in SHORT.items() if one != step})
    answer = author.post(f"{draft}/{step}", data={**SHORT[step], field: value})
    assert answer.status_code == 400
    assert "There is a problem" in answer.text
    assert message in answer.text
    assert f'href="#{field}"' in answer.text
    sent = author.post(f"{draft}/check")
    assert sent.status_code == 400
    assert message in sent.text
    assert stories(database) == []
    # Mended, it goes.
    assert author.post(f"{draft}/{step}", data={**SHORT[step], **shown_versions(answer.text)}).status_code == 303
    assert author.post(f"{draft}/check").status_code == 303


def test_a_text_that_is_too_long_is_kept_and_not_sent(sign_in: SignIn, database: Engine) -> None:
    author = sign_in("contributor")
    draft = begin(author)
    fill(author, draft)
    save(author, draft, "text", "The hall opened again. " * 50_000, base=1)
    answer = author.post(f"{draft}/check")
    assert answer.status_code == 400
    assert "1,000,000 is the most" in answer.text
    assert stories(database) == []


def test_a_draft_may_be_left_and_thrown_away(sign_in: SignIn, database: Engine) -> None:
    author = sign_in("contributor")
    draft = begin(author)
    left = author.post(f"{draft}/what", data={"title": "", "text": "Half a", "action": "leave"})
    assert left.location == "/my-stories"
    assert "Half a" in author.get(f"{draft}/what").text
    author.post(f"{draft}/discard")
    assert author.get(f"{draft}/what").status_code == 404
    with Session(database) as session:
        assert session.exec(select(Draft)).all() == []


def test_what_was_sent_can_be_neither_changed_nor_thrown_away_as_a_draft(sign_in: SignIn) -> None:
    author = sign_in("contributor")
    draft = begin(author)
    fill(author, draft)
    author.post(f"{draft}/check")
    assert save(author, draft, "title", "Later").status_code == 409
    assert author.post(f"{draft}/discard").status_code == 409
    assert author.get(f"{draft}/what").location.startswith("/my-stories/")


def test_a_sent_draft_keeps_no_second_copy_of_the_words(sign_in: SignIn, database: Engine) -> None:
    author = sign_in("contributor")
    draft = begin(author)
    fill(author, draft)
    author.post(f"{draft}/check")
    with Session(database) as session:
        assert session.exec(select(DraftAnswer)).all() == []
        assert session.exec(select(DraftReading)).all() == []


def test_a_form_sent_while_signed_out_gives_back_all_that_was_typed(client: FlaskClient, sign_in: SignIn) -> None:
    draft = begin(sign_in("contributor"))
    answer = client.post(f"{draft}/what", data=SHORT["what"])
    assert answer.status_code == 403
    assert "Chairs to the square" in answer.text
    assert "We carried the chairs out." in answer.text


def test_signing_out_leaves_no_words_in_the_browser(sign_in: SignIn) -> None:
    assert sign_in("contributor").post("/sign-out").headers["Clear-Site-Data"] == '"storage"'


def test_an_author_reads_what_should_change_and_sends_the_story_again(
    sign_in: SignIn, database: Engine, repository
) -> None:
    author = sign_in("contributor")
    draft = begin(author)
    fill(author, draft)
    own = author.post(f"{draft}/check").location.split("?")[0]
    external_id = own.rsplit("/", 1)[1]
    repository.change(
        external_id, lambda session, actor, story: review.request_changes(session, actor, story, reason="Say when.")
    )
    for address in (own, "/my-stories", f"/stories/{external_id}"):
        assert "Say when." in author.get(address).text
    correction = author.post(f"{own}/correct", data={"key": "c" * 24}).location.rsplit("/", 1)[0]
    assert "The square became a classroom." in author.get(f"{correction}/what").text
    # Its consent is recorded already, so the form does not ask again.
    assert author.get(f"{correction}/consent").status_code == 404
    save(author, correction, "text", "In May we carried the chairs out.", base=1)
    assert author.post(f"{correction}/check").status_code == 303
    [story] = stories(database)
    assert (story.status, story.revision_number, story.review_note) == ("submitted", 2, None)
    assert story.place.path == "England / North West / Stockport / Brinnington"


def test_a_correction_gives_way_to_a_text_that_changed_meanwhile(sign_in: SignIn, repository) -> None:
    author = sign_in("contributor")
    draft = begin(author)
    fill(author, draft)
    own = author.post(f"{draft}/check").location.split("?")[0]
    external_id = own.rsplit("/", 1)[1]
    repository.change(
        external_id, lambda session, actor, story: review.request_changes(session, actor, story, reason="Say when.")
    )
    correction = author.post(f"{own}/correct", data={"key": "c" * 24}).location.rsplit("/", 1)[0]
    sign_in("reviewer").post(
        f"/stories/{external_id}/edit", data={"title": "Chairs", "text": "A reviewer's words.", "action": "draft"}
    )
    assert author.post(f"{correction}/check").status_code == 409
    assert repository.story(external_id).current_revision.text == "A reviewer's words."


def test_one_address_may_not_begin_endlessly(sign_in: SignIn) -> None:
    author = sign_in("contributor")
    for _ in range(60):
        author.post("/drafts", data={"kind": "short", "key": "k" * 24})
    assert author.post("/drafts", data={"kind": "short", "key": "k" * 24}).status_code == 429
