"""Reviewing a story."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from webapp.models import Mention, User
from webapp.services import review
from webapp.services.access import OPERATOR, find_story
from webapp.services.consent import consents_of
from webapp.services.places import find_or_add_place

SignIn = Callable[[str], FlaskClient]
HTMX = {"HX-Request": "true"}


def test_submitted_stories_wait_in_the_queue(reviewer: FlaskClient, waiting: str) -> None:
    page = reviewer.get("/review").text
    assert f'href="/review/{waiting}"' in page
    assert "1 story waits" in page


def test_the_page_shows_all_suggestions_with_their_evidence(reviewer: FlaskClient, waiting: str) -> None:
    page = reviewer.get(f"/review/{waiting}").text
    for words in ("became a food bank", "Amina Okoro", "01632 960123", "score 0.80", "card-theme-food"):
        assert words in page


@pytest.mark.parametrize("kind", ["repurposing", "quote", "personal_data", "coding"])
@pytest.mark.parametrize("status", ["confirmed", "rejected"])
def test_a_decision_is_kept_and_can_be_taken_back(
    reviewer: FlaskClient, repository, waiting: str, kind: str, status: str
) -> None:
    statement = repository.statements(waiting, kind)[0]
    form = {"kind": kind, "id": str(statement.id), "status": status}
    answer = reviewer.post(f"/review/{waiting}/decisions", data=form)
    assert answer.status_code == 303
    assert repository.statements(waiting, kind)[0].status == status
    reviewer.post(f"/review/{waiting}/decisions", data={**form, "status": "suggested"})
    assert repository.statements(waiting, kind)[0].status == "suggested"


def test_a_theme_is_decided_as_a_whole(reviewer: FlaskClient, repository, waiting: str) -> None:
    reviewer.post(f"/review/{waiting}/decisions", data={"theme": "food", "status": "confirmed"})
    assert {coding.status for coding in repository.statements(waiting, "coding")} == {"confirmed"}


@pytest.mark.parametrize("kind", ["repurposing", "quote", "personal_data", "coding"])
def test_htmx_gets_the_card_with_the_text_and_the_checklist(
    reviewer: FlaskClient, repository, waiting: str, kind: str
) -> None:
    statement = repository.statements(waiting, kind)[0]
    form = {"kind": kind, "id": str(statement.id), "status": "confirmed"}
    answer = reviewer.post(f"/review/{waiting}/decisions", data=form, headers=HTMX)
    card = "theme-food" if kind == "coding" else f"{kind}-{statement.id}"
    assert answer.text.count('<section class="suggestion') == 1
    assert f'id="card-{card}"' in answer.text
    assert answer.text.count('hx-swap-oob="true"') == 2
    assert "<html" not in answer.text


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"kind": "quote", "status": "confirmed"}, 400),
        ({"kind": "quote", "id": "one", "status": "confirmed"}, 400),
        ({"kind": "quote", "id": "999999", "status": "confirmed"}, 404),
        ({"kind": "user", "id": "1", "status": "confirmed"}, 400),
        ({"kind": "quote", "id": "1", "status": "adored"}, 400),
        ({"theme": "none", "status": "confirmed"}, 404),
    ],
)
def test_a_decision_that_cannot_be_is_refused(
    reviewer: FlaskClient, waiting: str, form: dict[str, str], status: int
) -> None:
    assert reviewer.post(f"/review/{waiting}/decisions", data=form).status_code == status


def test_a_decision_reaches_only_the_story_it_is_made_on(reviewer: FlaskClient, repository, waiting: str) -> None:
    other = repository.add()
    quote = repository.statements(waiting, "quote")[0]
    form = {"kind": "quote", "id": str(quote.id), "status": "rejected"}
    assert reviewer.post(f"/review/{other}/decisions", data=form).status_code == 404
    assert repository.statements(waiting, "quote")[0].status == "suggested"


def _edited(event_id: int, **changes: str) -> dict[str, str]:
    fields = {
        "from_words": "badminton hall",
        "to_words": "food bank",
        "from_category": "sport",
        "to_category": "food",
    }
    return {f"r{event_id}-{name}": value for name, value in {**fields, **changes}.items()}


def test_an_edited_repurposing_is_confirmed_in_the_reviewers_words(
    reviewer: FlaskClient, repository, waiting: str
) -> None:
    event = repository.statements(waiting, "repurposing")[0]
    address = f"/review/{waiting}/repurposings/{event.id}"
    assert reviewer.post(address, data=_edited(event.id, trigger="the lockdown")).status_code == 303
    event = repository.statements(waiting, "repurposing")[0]
    assert (event.from_phrase, event.trigger, event.status, event.source) == (
        "badminton hall",
        "the lockdown",
        "confirmed",
        "person",
    )


def test_a_repurposing_without_what_it_became_is_given_back(reviewer: FlaskClient, repository, waiting: str) -> None:
    event = repository.statements(waiting, "repurposing")[0]
    answer = reviewer.post(f"/review/{waiting}/repurposings/{event.id}", data=_edited(event.id, to_words=""))
    assert answer.status_code == 400
    assert "Say what it became" in answer.text
    assert 'value="badminton hall"' in answer.text


def test_a_theme_can_be_added(reviewer: FlaskClient, repository, waiting: str) -> None:
    reviewer.post(f"/review/{waiting}/themes", data={"theme": "sport-leisure"})
    assert "Confirmed by a person" in reviewer.get(f"/review/{waiting}").text


def test_consent_is_recorded_with_its_terms(reviewer: FlaskClient, repository, database, waiting: str) -> None:
    form = {
        "action": "given", "uses": ["website", "print"], "given_by": "Joe", "naming": "first", "method": "On paper",
        "basis": "Form of 3 May", "expires_on": "2099-01-31",
    }  # fmt: skip
    assert reviewer.post(f"/review/{waiting}/consents", data=form).status_code == 303
    with Session(database) as session:
        consent = consents_of(session, find_story(session, OPERATOR, waiting))[-1]
    assert (consent.uses, consent.given_by, consent.method) == (["website", "print"], "Joe", "On paper")
    assert consent.expires_at.year == 2099


def test_a_consent_to_nothing_is_not_one(reviewer: FlaskClient, waiting: str) -> None:
    answer = reviewer.post(f"/review/{waiting}/consents", data={"action": "given", "given_by": "Joe"})
    assert answer.status_code == 400
    assert "Tick at least one use" in answer.text


def test_taking_consent_back_takes_the_story_off_the_website(
    reviewer: FlaskClient, client: FlaskClient, repository
) -> None:
    external_id = repository.publish()
    form = {"action": "withdrawn", "given_by": "Hazel Example", "naming": "anonymous", "method": "By e-mail"}
    assert reviewer.post(f"/review/{external_id}/consents", data=form).status_code == 303
    assert client.get(f"/stories/{external_id}").status_code == 404
    assert external_id not in client.get("/search").text


def test_nothing_is_published_while_something_stands_in_the_way(
    reviewer: FlaskClient, repository, waiting: str
) -> None:
    assert "1 finding of personal data" in reviewer.get(f"/review/{waiting}").text
    answer = reviewer.post(f"/review/{waiting}/publish")
    assert answer.status_code == 409
    assert "personal data" in answer.text
    assert repository.story(waiting).status == "submitted"


def test_a_story_goes_from_the_queue_to_its_readers(
    reviewer: FlaskClient, client: FlaskClient, repository, waiting: str, wakes: list[str]
) -> None:
    finding = repository.statements(waiting, "personal_data")[0]
    form = {"kind": "personal_data", "id": str(finding.id), "status": "rejected"}
    reviewer.post(f"/review/{waiting}/decisions", data=form)
    wakes.clear()
    assert reviewer.post(f"/review/{waiting}/publish").location == f"/stories/{waiting}"
    assert wakes
    repository.index()
    assert client.get(f"/stories/{waiting}").status_code == 200
    assert waiting in client.get("/search?q=badminton").text
    assert waiting not in reviewer.get("/review").text


def test_changes_are_asked_for_with_a_reason(reviewer: FlaskClient, repository, waiting: str) -> None:
    assert reviewer.post(f"/review/{waiting}/request-changes", data={"reason": " "}).status_code == 400
    reviewer.post(f"/review/{waiting}/request-changes", data={"reason": "Say when it was."})
    story = repository.story(waiting)
    assert (story.status, story.review_note) == ("changes_requested", "Say when it was.")


def test_whoever_decides_second_sees_both_values_and_may_still_choose_their_own(
    reviewer: FlaskClient, sign_in: SignIn, repository, waiting: str
) -> None:
    """Both open the page; the other reviewer rejects what this one is about to confirm."""
    [quote] = repository.statements(waiting, "quote")
    page = reviewer.get(f"/review/{waiting}").text
    form = re.search(rf'name="id" value="{quote.id}">\s*<input type="hidden" name="seen" value="(\w+)"', page)
    sent = {"kind": "quote", "id": str(quote.id), "seen": form[1]}
    address = f"/review/{waiting}/decisions"
    assert sign_in("admin").post(address, data={**sent, "status": "rejected"}).status_code == 303

    answer = reviewer.post(
        address, data={**sent, "status": "confirmed"}, headers={"Referer": f"http://localhost/review/{waiting}"}
    )
    assert answer.status_code == 409
    for words in ("The admin decided about this suggestion", "Rejected", "Confirmed", f'href="/review/{waiting}"'):
        assert words in answer.text
    assert repository.statements(waiting, "quote")[0].status == "rejected"
    fields = dict(re.findall(r'name="(kind|id|status|seen)" value="([^"]*)"', answer.text))
    assert reviewer.post(address, data=fields).status_code == 303
    assert repository.statements(waiting, "quote")[0].status == "confirmed"
    assert "<html" not in reviewer.post(address, data={**sent, "status": "rejected"}, headers=HTMX).text


def test_every_form_that_decides_says_what_its_page_showed(reviewer: FlaskClient, repository, waiting: str) -> None:
    page = reviewer.get(f"/review/{waiting}").text
    decides = re.compile(r'action="[^"]*/(decisions|repurposings/\d+|findings/\d+|publish|request-changes)"')
    deciding = [form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if decides.search(form)]
    assert len(deciding) >= 8
    assert all('name="seen"' in form for form in deciding)


def test_the_checks_say_what_is_missing_and_where_it_is_put_right(
    reviewer: FlaskClient, repository, waiting: str
) -> None:
    page = reviewer.get(f"/review/{waiting}").text
    [missing] = re.findall(r'<li class="check-missing">.*?</li>', page)
    assert "1 finding of personal data still to be decided on." in missing
    assert 'href="#personal-data"' in missing
    assert 'id="personal-data"' in page


def test_a_story_that_needs_approval_is_published_only_with_it_and_an_edit_lapses_it(
    reviewer: FlaskClient, sign_in: SignIn, repository
) -> None:
    """Edit after approval, by hand and by a pseudonym alike."""
    external_id = repository.add(text="Amina made soup in the hall.")
    repository.change(external_id, lambda session, _actor, story: _told_by(session, story, "contributor@example.org"))
    author, page = sign_in("contributor"), f"/my-stories/{external_id}"
    reviewer.post(f"/review/{external_id}/approval", data={"needed": "yes"})
    assert "has not approved" in reviewer.post(f"/review/{external_id}/publish").text

    def approve() -> None:
        read = re.search(r'name="read" value="(\w+)"', author.get(f"{page}/words").text)
        assert author.post(f"{page}/approve", data={"read": read[1]}).status_code == 303

    approve()
    assert "These words were approved" in reviewer.get(f"/review/{external_id}").text
    reviewer.post(f"/review/{external_id}/table", data={"original": "Amina", "words": "Bea"})
    reviewer.post(f"/review/{external_id}/replacements")
    assert "has lapsed" in reviewer.get(f"/review/{external_id}").text
    answer = reviewer.post(f"/review/{external_id}/publish")
    assert (answer.status_code, "approve them again" in answer.text) == (409, True)
    approve()
    assert "has yet to look for personal data" in reviewer.post(f"/review/{external_id}/publish").text
    repository.change(external_id, lambda session, _actor, story: _fail(session, story))
    assert reviewer.post(f"/review/{external_id}/publish").status_code == 303


def test_a_story_that_needs_care_needs_a_note_on_whoever_tells_it(
    reviewer: FlaskClient, repository, waiting: str
) -> None:
    def protect(_session: Session, _actor: object, story: review.Story) -> None:
        story.do_not_identify = True

    repository.change(waiting, protect)
    assert "Nobody has noted" in reviewer.get(f"/review/{waiting}").text
    address = f"/review/{waiting}/welfare"
    assert reviewer.post(address, data={"risk": "high", "note": "Her brother reads it."}).status_code == 400
    assert reviewer.post(address, data={"risk": "some", "note": "", "contact_on": "2026-12-01"}).status_code == 400
    assert reviewer.post(address, data={"risk": "some", "note": "x", "contact_on": "soon"}).status_code == 400
    form = {
        "risk": "high",
        "note": "Her brother reads it.",
        "support": "A number to ring.",
        "contact_on": "2026-12-01",
    }
    assert reviewer.post(address, data=form).status_code == 303
    page = reviewer.get(f"/review/{waiting}").text
    assert "Nobody has noted" not in page
    assert "somebody asks how they are on 1 December 2026" in page


def _told_by(session: Session, story: review.Story, email: str) -> None:
    story.submitted_by_id = session.exec(select(User.id).where(User.email == email)).one()
    session.flush()


def test_archiving_keeps_the_story_out_of_sight(reviewer: FlaskClient, client: FlaskClient, repository) -> None:
    external_id = repository.publish()
    assert reviewer.post(f"/review/{external_id}/archive").status_code == 303
    assert client.get(f"/stories/{external_id}").status_code == 404
    assert reviewer.get(f"/stories/{external_id}").location == f"/review/{external_id}"


def test_withdrawing_needs_to_be_meant(reviewer: FlaskClient, repository, waiting: str) -> None:
    assert reviewer.post(f"/review/{waiting}/withdraw").status_code == 400
    assert reviewer.post(f"/review/{waiting}/withdraw", data={"sure": "yes"}).status_code == 303
    assert repository.story(waiting).status == "withdrawn"
    assert reviewer.post(f"/review/{waiting}/publish").status_code == 404, "it is gone for reviewers too"


def test_a_reading_that_failed_is_told(reviewer: FlaskClient, repository, waiting: str) -> None:
    repository.change(waiting, lambda session, actor, story: _fail(session, story))
    assert "The machine could not read this text" in reviewer.get(f"/review/{waiting}").text


def _fail(session: Session, story: review.Story) -> None:
    from webapp.models import Analysis

    session.add(
        Analysis(revision_id=story.current_revision.id or 0, pipeline_version="2", status="failed", error="Broken.")
    )
    session.flush()


def test_a_name_that_may_mean_several_places_is_chosen_by_the_reviewer(
    reviewer: FlaskClient, repository, waiting: str
) -> None:
    def name_newport(session: Session, _actor: object, story: review.Story) -> None:
        for authority in ("Isle of Wight", "Telford and Wrekin"):
            find_or_add_place(session, neighbourhood="Newport", local_authority=authority, region=None)
        session.add(
            Mention(revision_id=story.current_revision.id or 0, label="PLACE", text="Newport", start=0, end=7)
        )
        session.flush()

    repository.change(waiting, name_newport)
    page = reviewer.get(f"/review/{waiting}").text
    assert "may mean 2 places" in page
    place_id = re.search(r'<option value="(\d+)">England / West Midlands / Telford and Wrekin / Newport', page)[1]

    address = f"/review/{waiting}/places"
    assert reviewer.post(address, data={"name": "Newport", "place": place_id}).status_code == 303
    page = reviewer.get(f"/review/{waiting}").text
    assert f'<option value="{place_id}" selected>' in page
    assert reviewer.post(address, data={"name": "Newport", "place": "999999"}).status_code == 400
    assert reviewer.post(address, data={"name": "Ryde", "place": ""}).status_code == 404


def test_a_name_is_decided_wherever_it_stands(reviewer: FlaskClient, repository, waiting: str) -> None:
    def name_twice(session: Session, _actor: object, story: review.Story) -> None:
        for start in (0, 10):
            session.add(
                Mention(
                    revision_id=story.current_revision.row_id, label="ORG", text="Club", start=start, end=start + 4
                )
            )
        session.flush()

    repository.change(waiting, name_twice)
    page = reviewer.get(f"/review/{waiting}").text
    assert "Organisation, 2 times" in page
    ids = [str(mention.id) for mention in repository.statements(waiting, "mention")]
    form = {"kind": "mention", "id": ids, "status": "rejected"}
    card = reviewer.post(f"/review/{waiting}/decisions", data=form, headers=HTMX).text
    assert f'id="card-mention-{ids[0]}"' in card
    assert {mention.status for mention in repository.statements(waiting, "mention")} == {"rejected"}


def test_personal_data_is_replaced_from_the_page_in_a_new_revision(
    reviewer: FlaskClient, repository, waiting: str
) -> None:
    finding = repository.statements(waiting, "personal_data")[0]
    assert reviewer.post(f"/review/{waiting}/replacements").status_code == 409
    address = f"/review/{waiting}/findings/{finding.id}"
    assert reviewer.post(address, data={"treatment": "pseudonym", "words": ""}).status_code == 400
    assert reviewer.post(address, data={"treatment": "redact"}).status_code == 303
    page = reviewer.get(f"/review/{waiting}").text
    assert "To be replaced by “[phone number]”" in page
    assert "Replace in the text" in page
    assert reviewer.post(f"/review/{waiting}/replacements").status_code == 303
    page = reviewer.get(f"/review/{waiting}").text
    assert "revision 2" in page
    text = re.search(r'<div class="story-text".*?</div>', page, re.DOTALL)[0]
    assert "01632 960123" not in text
    assert "[phone number]" in text
    assert "01632 960123" not in reviewer.get(f"/stories/{waiting}").text
    assert "01632 960123" in reviewer.get(f"/review/{waiting}/original").text
