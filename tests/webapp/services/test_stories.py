import pytest
from sqlmodel import Session, select

from webapp.errors import Conflict, Forbidden, Invalid
from webapp.models import AuditEvent, Coding, Repurposing, Story, Theme
from webapp.services.access import IMPORTER, Actor
from webapp.services.stories import StoryFields, add_story, change_status, revise_story, submit

FIELDS = StoryFields(
    title="The hub that cooked",
    text="Rain fell.\n\nThe sports hub became a kitchen.\n\nPeople ate.",
    place="Brinnington",
    local_authority="Stockport",
    region="North West",
    organisation="Brinnington Sports Club",
)


def test_a_story_starts_as_a_draft_with_one_revision(session: Session) -> None:
    story = add_story(session, IMPORTER, FIELDS)
    assert (story.status, story.revision_number, story.current_revision.title) == (
        "draft",
        1,
        "The hub that cooked",
    )
    assert story.place is not None
    assert story.place.path == "England / North West / Stockport / Brinnington"
    assert story.organisation is not None
    assert story.organisation.kind == "club"


def test_the_same_submission_key_stores_one_story(session: Session) -> None:
    first = add_story(session, IMPORTER, FIELDS, submission_key="k" * 32)
    second = add_story(session, IMPORTER, FIELDS, submission_key="k" * 32)
    assert first.id == second.id
    assert len(session.exec(select(Story)).all()) == 1


def test_a_story_without_a_title_is_refused_with_what_to_do(session: Session) -> None:
    with pytest.raises(Invalid, match="Give it one"):
        add_story(session, IMPORTER, StoryFields(title=" \n", text="Words."))


def test_an_edit_is_a_new_revision_and_the_old_text_stays(session: Session) -> None:
    story = add_story(session, IMPORTER, FIELDS)
    revise_story(session, IMPORTER, story, StoryFields(title="The hub that cooked", text="Other words."))
    session.commit()
    assert [(r.number, r.text) for r in story.revisions] == [(1, FIELDS.text), (2, "Other words.")]
    assert story.current_revision.text == "Other words."


def test_saving_the_same_words_again_changes_nothing(session: Session) -> None:
    story = add_story(session, IMPORTER, FIELDS)
    version = story.version
    assert revise_story(session, IMPORTER, story, FIELDS) is False
    assert (story.revision_number, story.version) == (1, version)


def test_decisions_come_along_where_their_words_still_stand(session: Session) -> None:
    story = add_story(session, IMPORTER, FIELDS, external_id="hub")
    [theme, *_] = session.exec(select(Theme)).all()
    sentence = "The sports hub became a kitchen."
    start = FIELDS.text.index(sentence)
    session.add(
        Coding(revision_id=story.current_revision.id, theme_id=theme.id, start=start, end=start + len(sentence),
               status="confirmed", source="machine")
    )  # fmt: skip
    session.add(Coding(revision_id=story.current_revision.id, theme_id=theme.id, start=0, end=10, status="confirmed"))
    to = FIELDS.text.index("kitchen")
    session.add(
        Repurposing(revision_id=story.current_revision.id, start=start, end=start + len(sentence),
                    to_phrase="kitchen", status="rejected", spans={"to": [to, to + 7]})
    )  # fmt: skip
    session.flush()

    text = FIELDS.text.replace("Rain fell.", "Snow had fallen for a week.")
    revise_story(session, IMPORTER, story, StoryFields(title=FIELDS.title, text=text))

    revision_id = story.current_revision.id
    [coding] = session.exec(select(Coding).where(Coding.revision_id == revision_id)).all()
    assert text[coding.start : coding.end] == sentence
    [event] = session.exec(select(Repurposing).where(Repurposing.revision_id == revision_id)).all()
    assert (event.status, text[slice(*event.spans["to"])]) == ("rejected", "kitchen")


def test_a_contributor_cannot_change_somebody_elses_story(session: Session, people: dict[str, Actor]) -> None:
    story = add_story(session, people["reviewer"], FIELDS)
    with pytest.raises(Forbidden, match="You may not change this story"):
        revise_story(session, people["contributor"], story, FIELDS)


def test_a_contributor_cannot_change_what_was_handed_in(session: Session, people: dict[str, Actor]) -> None:
    story = add_story(session, people["contributor"], FIELDS)
    submit(session, people["contributor"], story)
    with pytest.raises(Forbidden):
        revise_story(session, people["contributor"], story, FIELDS)


def test_a_draft_cannot_be_published_without_being_submitted(session: Session) -> None:
    story = add_story(session, IMPORTER, FIELDS)
    with pytest.raises(Conflict, match="A story that is draft cannot become published"):
        change_status(session, IMPORTER, story, "published")


def test_a_withdrawn_story_stays_withdrawn(session: Session) -> None:
    story = add_story(session, IMPORTER, FIELDS)
    change_status(session, IMPORTER, story, "withdrawn")
    for status in ("draft", "submitted", "published", "withdrawn"):
        with pytest.raises(Conflict):
            change_status(session, IMPORTER, story, status)


def test_every_step_is_an_audit_event_with_before_and_after(session: Session, people: dict[str, Actor]) -> None:
    story = add_story(session, people["contributor"], FIELDS, external_id="hub")
    submit(session, people["contributor"], story)
    events = session.exec(select(AuditEvent).where(AuditEvent.subject_id == "hub").order_by(AuditEvent.id)).all()
    assert [event.action for event in events] == ["story.added", "story.submitted"]
    assert (events[1].before, events[1].after) == ({"status": "draft"}, {"status": "submitted"})
    assert events[1].actor_id == people["contributor"].id
