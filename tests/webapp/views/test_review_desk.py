"""The desk of a reviewer: the queue, comments, revisions beside one another, and the log."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, select

from webapp.models import AuditEvent, PersonalDataFinding, ReviewComment, Story, now
from webapp.services import comments, redactions, stories
from webapp.services.access import IMPORTER

SignIn = Callable[[str], FlaskClient]
FULL = """Badminton.

## What changed

The hall became a kitchen.

## Why

The market had closed.

## What it took

Nine people.

## What came of it

Soup.

## Who benefited

Everybody.

## In their words

“We cook,” said a volunteer."""


def titles(page: str) -> list[str]:
    return re.findall(r'<h2><a href="/review/[^"]*">([^<]*)</a></h2>', page)


def aged(days: int) -> Callable[[Session, object, Story], None]:
    def age(_session: Session, _actor: object, story: Story) -> None:
        story.submitted_at = now() - timedelta(days=days)

    return age


def with_finding(kind: str) -> Callable[[Session, object, Story], None]:
    def find(session: Session, _actor: object, story: Story) -> None:
        session.add(
            PersonalDataFinding(revision_id=story.current_revision.row_id, start=0, end=2, kind=kind, text="We")
        )

    return find


@pytest.fixture
def queue(repository) -> None:
    """An old bare story, a new full one that tells of health, and one in between with a telephone number."""
    repository.change(repository.add(title="Bare", text="We met.", uses=()), aged(30))
    full = repository.add(title="Full", text=FULL, organisation="Club", place="Leith", period="2020",
                          submitted_by_role="cook", evidence_strength="first_hand")  # fmt: skip
    repository.change(full, with_finding("health"))
    middle = repository.add(title="Middle", text="We met.")
    repository.change(middle, aged(3))
    repository.change(middle, with_finding("phone"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Bare", "Middle", "Full"]),
        ("sort=newest", ["Full", "Middle", "Bare"]),
        ("sort=sensitive", ["Full", "Middle", "Bare"]),
        ("sort=complete", ["Full", "Middle", "Bare"]),
        ("sort=incomplete", ["Bare", "Middle", "Full"]),
        ("sort=title", ["Bare", "Full", "Middle"]),
        ("reason=health", ["Full"]),
        ("reason=personal+data&sort=title", ["Full", "Middle"]),
        ("reason=none", ["Bare"]),
        ("band=most", ["Full"]),
        ("band=little&reason=none", ["Bare"]),
        ("status=draft", []),
    ],
)
def test_the_queue_is_filtered_and_put_in_order(
    reviewer: FlaskClient, queue: None, query: str, expected: list[str]
) -> None:
    assert titles(reviewer.get(f"/review?{query}").text) == expected


def test_the_counts_of_the_queue_leave_their_own_filter_out(reviewer: FlaskClient, queue: None) -> None:
    page = reviewer.get("/review?band=little&reason=none").text
    for option in ("Nothing sensitive found (1)", "Personal data still in it (1)", "Health (0)", "Sent (1)",
                   "Less than that told (1)", "Two thirds or more told (0)"):  # fmt: skip
        assert option in page
    assert "1 of 3 stories shown" in page
    assert "30 days" in page
    assert "13 of 14" in reviewer.get("/review").text
    assert reviewer.get("/review?sort=sideways").status_code == 400


def test_what_somebody_is_worried_about_is_not_in_the_queue(reviewer: FlaskClient, queue: None, repository) -> None:
    def restrict(_session: Session, _actor: object, story: Story) -> None:
        story.is_restricted = True

    repository.change(repository.add(title="Hidden"), restrict)
    assert "Hidden" not in reviewer.get("/review").text


@pytest.fixture
def waiting(repository) -> str:
    """A submitted story in two paragraphs."""
    return repository.add(title="The hall", text="The hall was cold.\n\nAmina lit a fire. The hall was warm.")


def test_a_comment_stays_with_its_passage_across_revisions_until_the_words_go(
    reviewer: FlaskClient, repository, waiting: str
) -> None:
    form = {"body": "Who is she?", "words": "Amina  lit a\nfire.", "for_sender": "yes"}
    assert reviewer.post(f"/review/{waiting}/comments", data=form).status_code == 303
    page = reviewer.get(f"/review/{waiting}").text
    assert re.search(r'<mark class="mark-comment"[^>]*>Amina lit a fire.</mark>', page)

    def reword(text: str) -> None:
        fields = stories.StoryFields(title="The hall", text=text)
        repository.change(waiting, lambda session, actor, story: stories.revise_story(session, actor, story, fields))

    reword("At first the hall was cold.\n\nThen Amina lit a fire. The hall was warm.")
    assert re.search(
        r'<mark class="mark-comment"[^>]*>Amina lit a fire.</mark>', reviewer.get(f"/review/{waiting}").text
    )
    reviewer.post(f"/review/{waiting}/table", data={"original": "Amina", "words": "Bea"})
    reviewer.post(f"/review/{waiting}/replacements")
    assert re.search(
        r'<mark class="mark-comment"[^>]*>Bea lit a fire.</mark>', reviewer.get(f"/review/{waiting}").text
    )
    reword("The hall was warm.")
    page = reviewer.get(f"/review/{waiting}").text
    assert "The passage is no longer in the text." in page
    assert "Amina lit a fire." in page


def test_a_comment_takes_the_occurrence_that_was_selected(reviewer: FlaskClient, database, waiting: str) -> None:
    reviewer.post(f"/review/{waiting}/comments", data={"body": "Was it?", "words": "The hall was", "occurrence": "1"})
    page = reviewer.get(f"/review/{waiting}").text
    assert re.search(r'fire. <[^>]*></span><mark class="mark-comment"[^>]*>The hall was</mark> warm', page)
    assert reviewer.post(f"/review/{waiting}/comments", data={"body": "x", "words": "nowhere"}).status_code == 400
    assert reviewer.post(f"/review/{waiting}/comments", data={"body": " "}).status_code == 400
    with Session(database) as session:
        [comment] = session.exec(select(ReviewComment)).all()
    address = f"/review/{waiting}/comments/{comment.id}"
    assert reviewer.post(address, data={"state": "settled"}).status_code == 303
    assert 'mark-comment" data-marks' not in reviewer.get(f"/review/{waiting}").text
    assert reviewer.post(f"/review/{waiting}/comments/999").status_code == 404


def test_the_sender_reads_what_is_meant_for_them_and_sends_the_story_again(
    reviewer: FlaskClient, repository, database, waiting: str
) -> None:
    repository.change(waiting, _comment_twice)
    reviewer.post(f"/review/{waiting}/request-changes", data={"reason": "Say when it was."})
    assert waiting in reviewer.get("/review?status=changes_requested").text

    def read_by_sender() -> list[str]:
        with Session(database) as session:
            story = session.exec(select(Story).where(Story.external_id == waiting)).one()
            return [placed.comment.body for placed in comments.comments_for_sender(session, story)]

    # The reason stands in the notice above them while it is asked for, and among the comments afterwards.
    assert read_by_sender() == ["When was it?"]
    assert repository.story(waiting).review_note == "Say when it was."
    repository.change(waiting, stories.submit)
    assert read_by_sender() == ["When was it?", "Say when it was."]
    assert waiting in reviewer.get("/review?status=submitted").text


def _comment_twice(session: Session, _actor: object, story: Story) -> None:
    comments.add_comment(session, IMPORTER, story, body="When was it?", is_internal=False)
    comments.add_comment(session, IMPORTER, story, body="I doubt it.")


def test_revisions_stand_beside_one_another_word_by_word(reviewer: FlaskClient, repository, waiting: str) -> None:
    fields = stories.StoryFields(title="The hall", text="The hall was cold.\n\nAmina lit a lamp. The hall was warm.")
    repository.change(waiting, lambda session, actor, story: stories.revise_story(session, actor, story, fields))
    page = reviewer.get(f"/review/{waiting}/revisions").text
    assert "From revision 1 to 2" in page
    changed = re.search(r'<div class="changed">(.*?)</div>', page)[1]
    assert "[taken out: </span>fire<" in changed
    assert "[put in: </span>lamp<" in changed
    assert "2 lines stay as they are" in page
    assert "The words are the same" in reviewer.get(f"/review/{waiting}/revisions?from=2&to=2").text
    assert reviewer.get(f"/review/{waiting}/revisions?from=1&to=9").status_code == 404


@pytest.mark.parametrize("address", ["revisions", "original"])
def test_what_was_written_is_for_reviewers(
    sign_in: SignIn, client: FlaskClient, repository, waiting: str, address: str
) -> None:
    for role in ("contributor", "researcher", "comms"):
        assert sign_in(role).get(f"/review/{waiting}/{address}").status_code == 403
    assert client.get(f"/review/{waiting}/{address}").status_code == 303
    for deed in ("comments", "table", "table/1/remove", "approval", "welfare", "photos/1", "comments/1"):
        assert sign_in("contributor").post(f"/review/{waiting}/{deed}", data={"body": "x"}).status_code == 403


def test_every_deed_of_a_reviewer_is_in_the_log_with_who_and_when(
    sign_in: SignIn, reviewer: FlaskClient, repository, database
) -> None:
    """Each form of the review page in turn; none leaves the log as it was."""
    external_id = repository.add()
    repository.read(external_id)
    ids = {
        kind: str(repository.statements(external_id, kind)[0].id)
        for kind in ("quote", "personal_data", "repurposing")
    }
    forms = [
        ("decisions", {"kind": "quote", "id": ids["quote"], "status": "confirmed"}),
        ("decisions", {"theme": "food", "status": "confirmed"}),
        (f"repurposings/{ids['repurposing']}", {f"r{ids['repurposing']}-{name}": words for name, words in {
            "from_words": "hall", "to_words": "food bank", "from_category": "sport", "to_category": "food"}.items()}),
        ("themes", {"theme": "sport-leisure"}),
        (f"findings/{ids['personal_data']}", {"treatment": "redact"}),
        ("table", {"original": "Amina Okoro", "words": "Bea"}),
        ("replacements", {}),
        ("table/1/remove", {}),
        ("comments", {"body": "Why?"}),
        ("comments/1", {"state": "settled"}),
        ("approval", {"needed": "yes"}),
        ("approval", {"needed": "no"}),
        ("welfare", {"risk": "low", "note": "None."}),
        ("request-changes", {"reason": "Say when."}),
        ("withdraw", {"sure": "yes"}),
    ]  # fmt: skip
    with Session(database) as session:
        for path, form in forms:
            before = len(session.exec(select(AuditEvent)).all())
            assert reviewer.post(f"/review/{external_id}/{path}", data=form).status_code == 303, path
            session.rollback()
            made = session.exec(select(AuditEvent)).all()[before:]
            assert made, path
            assert all(
                event.actor_name == "The reviewer" and event.at and (event.before or event.after) for event in made
            )


def test_admins_read_the_log_with_filters_and_take_it_away(
    sign_in: SignIn, reviewer: FlaskClient, repository, waiting: str
) -> None:
    reviewer.post(f"/review/{waiting}/comments", data={"body": "Who is she?"})
    admin = sign_in("admin")
    assert "comment.added" in admin.get("/audit").text
    page = admin.get(f"/audit?action=comment&subject={waiting}&actor=reviewer").text
    assert "1 entry" in page
    assert "Who is she?" not in page
    assert "0 entries" in admin.get("/audit?until=2001-01-01").text
    assert admin.get("/audit?since=yesterday").status_code == 400
    taken = admin.get("/audit/log.csv?action=comment").text.lstrip("\ufeff")
    [row] = csv.DictReader(io.StringIO(taken))
    assert (row["actor_name"], row["action"], row["subject_id"]) == ("The reviewer", "comment.added", waiting)
    assert "log.exported" in admin.get("/audit").text
    for role in ("reviewer", "contributor", "researcher", "comms"):
        assert sign_in(role).get("/audit").status_code == 403
        assert sign_in(role).get("/audit/log.csv").status_code == 403


def test_nothing_is_published_while_a_replaced_name_shows_anywhere(reviewer: FlaskClient, repository) -> None:
    """A photo described after the names were replaced, by a path that does not know of the table."""
    external_id = repository.add(text="Amina made soup.", uses=("website",))
    reviewer.post(f"/review/{external_id}/table", data={"original": "Amina", "words": "Bea"})
    assert "not applied to the text" in reviewer.post(f"/review/{external_id}/publish").text
    repository.change(external_id, redactions.apply_replacements)

    def leak(_session: Session, _actor: object, story: Story) -> None:
        story.source = "Told by Amina"

    repository.change(external_id, leak)
    assert "still stands in: story.source" in reviewer.post(f"/review/{external_id}/publish").text
