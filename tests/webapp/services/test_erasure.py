"""Retention, erasure and copies, on both databases: what is left, and what the proof says."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from webapp.clock import living_at, now
from webapp.errors import Conflict, Forbidden
from webapp.models import (
    Analysis,
    Attachment,
    AuditEvent,
    Coding,
    Consent,
    Contributor,
    Passage,
    Quote,
    ReviewComment,
    Story,
    Theme,
    Topic,
    TopicAssignment,
    TopicIdentity,
    TopicRun,
    User,
    metadata,
)
from webapp.services import concerns, erasure, media, personal_copies, retention
from webapp.services.access import SYSTEM, Actor
from webapp.services.consent import record_consent
from webapp.services.contributors import add_contributor
from webapp.services.replacements import set_replacement
from webapp.services.stories import StoryFields, add_story, change_status
from webapp.services.welfare import note_welfare
from webapp.settings import Settings

NAME, WORD = "Ngozi Brightwater", "quernstone"


@pytest.fixture
def story(session: Session, settings: Settings) -> Story:
    """A published story with something in every table that speaks of stories' words."""
    fields = StoryFields(title=f"The {WORD}", text=f"{NAME} turned the {WORD} hall into a kitchen.")
    story = add_story(session, SYSTEM, fields, external_id="a")
    person = add_contributor(session, SYSTEM, story, name=NAME, email="ngozi@example.org")
    scan = media.keep(settings.media_folder, b"signed")
    record_consent(session, SYSTEM, story, uses=("website",), contributor=person, scan_sha256=scan)
    photo, small = (media.keep(settings.media_folder, content) for content in (b"photo", b"small"))
    revision_id = story.current_revision.row_id
    session.add_all(
        (
            Attachment(story_id=story.row_id, kind="photo", filename="hall.jpg", media_type="image/jpeg",
                       size_bytes=5, sha256=photo, copies={"small": small}),
            Attachment(story_id=story.row_id, kind="scan", filename="form.pdf", media_type="application/pdf",
                       size_bytes=6, sha256=scan),
            Analysis(revision_id=revision_id, pipeline_version="t", status="done"),
            Coding(revision_id=revision_id, start=0, end=5, theme_id=session.exec(select(Theme.id)).first() or 0),
            Quote(revision_id=revision_id, start=0, end=5, text=NAME),
            ReviewComment(story_id=story.row_id, body=f"Ask {NAME}.", author_name="R"),
        )
    )  # fmt: skip
    _put_into_a_topic(session, revision_id)
    for status in ("submitted", "published"):
        change_status(session, SYSTEM, story, status)
    session.commit()
    return story


def _put_into_a_topic(session: Session, revision_id: int) -> None:
    run = TopicRun(model_name="t", embedding_name="t", n_passages=1, n_outliers=0)
    identity, passage = TopicIdentity(), Passage(revision_id=revision_id, position=0, start=0, end=9,
                                                 embedding_name="t", embedding=b"\0" * 4)  # fmt: skip
    session.add_all((run, identity, passage))
    session.flush()
    topic = Topic(run_id=run.row_id, identity_id=identity.row_id, number=0, label="t", n_passages=1, middle=b"")
    session.add(topic)
    session.flush()
    session.add(TopicAssignment(run_id=run.row_id, passage_id=passage.row_id, topic_id=topic.id, cosine=1.0))


def test_an_erased_story_leaves_no_word_and_a_proof_without_one(
    session: Session, people: dict[str, Actor], story: Story, settings: Settings
) -> None:
    erased = retention.erase_story(session, people["admin"], story, reason="retention: standard")
    session.commit()
    retention.drop_files(settings.media_folder, erased)

    assert not words_left(session, NAME, "ngozi@example.org")
    assert not words_left(session, WORD, besides={"audit_event"})
    for table in ("passage", "topic_assignment", "consent", "attachment", "revision", "contributor"):
        assert session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() == 0  # noqa: S608
    assert not any(path.is_file() for path in settings.media_folder.rglob("*"))
    [proof] = session.exec(select(AuditEvent).where(AuditEvent.action == "story.erased"))
    assert (proof.subject_id, proof.after["reason"]) == ("a", "retention: standard")  # type: ignore[index]
    assert proof.after["rows"].items() >= {"story": 1, "revision": 1, "passage": 1, "consent": 1, "attachment": 2,  # type: ignore[index]
                                           "review_comment": 1, "contributor": 1}.items()  # fmt: skip


def test_a_file_that_another_story_has_stays(
    session: Session, people: dict[str, Actor], story: Story, settings: Settings
) -> None:
    other = add_story(session, SYSTEM, StoryFields(title="B", text="C."))
    photo = session.exec(select(Attachment).where(Attachment.kind == "photo")).one()
    session.add(Attachment(story_id=other.row_id, kind="photo", filename="x.jpg", media_type="image/jpeg",
                           size_bytes=5, sha256=photo.sha256))  # fmt: skip
    session.flush()
    kept = photo.sha256
    erased = retention.erase_story(session, people["admin"], story, reason="")
    assert kept not in erased.files
    assert len(erased.files) == 2


def test_a_person_is_erased_with_their_stories_or_out_of_those_that_stay(
    session: Session, people: dict[str, Actor], story: Story, settings: Settings
) -> None:
    person = session.exec(select(Contributor).where(Contributor.name == NAME)).one()
    number = person.row_id
    erased = erasure.erase_person(session, people["admin"], person, stories=(), reason="on request")
    session.commit()
    retention.drop_files(settings.media_folder, erased)

    # The record stays, for it cannot be changed; it points to a row that names nobody.
    consent = session.exec(select(Consent)).one()
    left = session.get_one(Contributor, number)
    assert (consent.contributor_id, left.name, left.email) == (number, "", "")
    assert not words_left(session, "ngozi@example.org")
    assert not media.is_kept(settings.media_folder, consent.scan_sha256)
    # Its words still name them, so it is out of sight until somebody has mended it.
    assert (story.status, "erased" in (story.review_note or "")) == ("changes_requested", True)

    erasure.erase_person(session, people["admin"], left, stories=("a",), reason="on request")
    session.commit()
    assert session.exec(select(Story)).all() == session.exec(select(Consent)).all() == []
    assert not words_left(session, NAME)


def test_what_somebody_is_worried_about_is_not_erased(
    session: Session, people: dict[str, Actor], story: Story
) -> None:
    concern = concerns.raise_concern(session, people["reviewer"], story, words="Hm.", hide=True)
    with pytest.raises(Conflict, match="safeguarding leads"):
        retention.erase_story(session, people["admin"], story, reason="")
    with living_at(now() + timedelta(days=9999)):
        assert retention.due_stories(session, default="short") == []
    note = {"decision": "returned", "note": "Fine."}
    concerns.close_concern(session, people["safeguarding"], concern.row_id, **note)
    retention.erase_story(session, people["admin"], story, reason="")


@pytest.mark.parametrize("role", ["contributor", "reviewer", "comms", "safeguarding"])
def test_only_administrators_erase(session: Session, people: dict[str, Actor], story: Story, role: str) -> None:
    with pytest.raises(Forbidden):
        retention.erase_story(session, people[role], story, reason="")
    with pytest.raises(Forbidden):
        erasure.find_people(session, people[role], NAME)


@pytest.mark.parametrize(
    ("held_as", "days", "is_due"),
    [("short", 364, False), ("short", 366, True), (None, 5 * 365, False), (None, 5 * 366, True),
     ("archive", 99 * 365, False)],
)  # fmt: skip
def test_a_story_is_due_when_its_class_says(
    session: Session, people: dict[str, Actor], story: Story, held_as: str | None, days: int, is_due: bool
) -> None:
    retention.set_retention(session, people["admin"], story, held_as or "")
    with living_at(now() + timedelta(days=days)):
        assert bool(retention.due_stories(session, default="standard")) is is_due


def test_a_withdrawn_story_is_due_after_thirty_days(session: Session, story: Story) -> None:
    change_status(session, SYSTEM, story, "withdrawn")
    for days, n_due in ((29, 0), (31, 1)):
        with living_at(now() + timedelta(days=days)):
            assert len(retention.due_stories(session, default="archive")) == n_due


def test_a_copy_holds_what_is_theirs_and_nobody_elses_name(
    session: Session, people: dict[str, Actor], story: Story, settings: Settings
) -> None:
    add_contributor(session, SYSTEM, story, name="Somebody Else", email="else@example.org")
    person = session.exec(select(Contributor).where(Contributor.name == NAME)).one()
    set_replacement(session, people["reviewer"], story, original="Ngozi", words="Bea")
    set_replacement(session, people["reviewer"], story, original="Somebody Else", words="Cleo")
    note_welfare(session, people["reviewer"], story, risk="some", note="Her family may read it.")
    content = personal_copies.copy_of_person(session, people["admin"], person, media_folder=settings.media_folder)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    told = json.loads(parts["stories/a.json"])
    assert json.loads(parts["person.json"])["email"] == "ngozi@example.org"
    assert (WORD in told["texts"][0]["text"], told["consents"][0]["uses"]) == (True, ["website"])
    assert [(row["original"], row["words"]) for row in told["replacements"]] == [("Ngozi", "Bea")]
    assert [row["body"] for row in told["comments"]] == [f"Ask {NAME}."]
    assert [row["note"] for row in told["welfare"]] == ["Her family may read it."]
    # Who reviewed it is for the reviewers to tell.
    assert '"R"' not in parts["stories/a.json"].decode()
    # They are in it, and did not write it.
    assert told["as_written"] is None
    assert {b"photo", b"signed"} <= set(parts.values())
    everything = b"".join(parts.values())
    assert b"Somebody Else" not in everything
    assert person.link_key.encode() not in everything


def test_an_erased_account_signs_in_no_more_and_names_nobody(session: Session, people: dict[str, Actor]) -> None:
    user = session.get_one(User, people["comms"].id)
    erasure.erase_account(session, people["admin"], user)
    session.commit()
    assert (user.is_active, user.role_names, user.email) == (False, frozenset(), f"left-{user.id}@localhost")
    assert not words_left(session, "comms@example.org")


def words_left(session: Session, *words: str, besides: set[str] = frozenset()) -> set[str]:  # type: ignore[assignment]
    """Tables in which any row still holds one of these words."""
    return {
        table.name
        for table in metadata.sorted_tables
        if table.name not in besides
        for row in session.execute(select(*[col(column) for column in table.columns])).all()
        if any(word in str(tuple(row)) for word in words)
    }
