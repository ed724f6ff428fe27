"""Two reviewers at one story at once: real transactions beside one another, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from webapp.database import is_collision
from webapp.errors import Conflict, Overtaken
from webapp.models import AgreedUse, Analysis, AuditEvent, Organisation, PersonalDataFinding, Quote, Story
from webapp.services import redactions, review
from webapp.services.access import IMPORTER, Actor, find_story
from webapp.services.care import care_seen, change_person, person_seen, set_care
from webapp.services.consent import consents_of, record_consent, uses_agreed_in
from webapp.services.contributors import find_contributor, people_of
from webapp.services.statements import seen_of, statements
from webapp.services.stories import StoryFields, add_story, submit, touch
from webapp.services.submissions import described_seen, revise_submission
from webapp.services.turns import story_seen

TEXT = "“We cook,” said Amina. Ring 01632 960123."
Deed = Callable[[Session, Story], object]


@pytest.fixture
def waiting(session: Session, people: dict[str, Actor]) -> str:
    """A submitted story with a quote and a telephone number."""
    story = add_story(session, IMPORTER, StoryFields(title="Cooking", text=TEXT))
    record_consent(session, IMPORTER, story, uses=["website"], given_by="The cooks")
    submit(session, IMPORTER, story)
    revision_id = story.current_revision.row_id
    session.add(Analysis(revision_id=revision_id, pipeline_version="test", status="done"))
    session.add(Quote(revision_id=revision_id, start=1, end=9, text="We cook,"))
    session.add(PersonalDataFinding(revision_id=revision_id, start=28, end=40, kind="phone", text="01632 960123"))
    session.commit()
    return story.external_id


def at_once(database: Engine, external_id: str, *deeds: Deed) -> list[Exception | None]:
    """Let everybody look at the story first, then act all at the same time; gives what each was told."""
    barrier = Barrier(len(deeds), timeout=20)

    def act(deed: Deed) -> Exception | None:
        with Session(database) as session:
            story = find_story(session, IMPORTER, external_id)
            try:
                deed(session, story)
                session.commit()
            except Conflict as err:
                return err
        return None

    def seen_together(deed: Deed) -> Deed:
        def both_look_then_act(session: Session, story: Story) -> object:
            look = deed(session, story)
            session.rollback()
            barrier.wait()
            return look()  # type: ignore[operator]

        return both_look_then_act

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(act, [seen_together(deed) for deed in deeds]))


def deciding(actor: Actor, status: str) -> Deed:
    def look(session: Session, story: Story) -> Callable[[], object]:
        [quote] = statements(session, story, "quote")
        ids, seen = [quote.row_id], seen_of(quote)
        return lambda: review.decide(session, actor, story, kind="quote", ids=ids, status=status, seen=seen)

    return look


def test_of_two_decisions_one_counts_and_the_other_is_told_both_values(
    database: Engine, session: Session, people: dict[str, Actor], waiting: str
) -> None:
    confirm, reject = deciding(people["reviewer"], "confirmed"), deciding(people["admin"], "rejected")
    told = at_once(database, waiting, confirm, reject)

    [overtaken] = [error for error in told if error is not None]
    assert isinstance(overtaken, Overtaken)
    won = told.index(None)
    [quote] = statements(session, find_story(session, IMPORTER, waiting), "quote")
    assert quote.status == ("confirmed", "rejected")[won]
    words = ["Confirmed", "Rejected"]
    assert (overtaken.theirs, overtaken.mine) == (words[won], words[1 - won])
    assert overtaken.by == ("reviewer", "admin")[won]
    # With what stands now as seen, the second may still have it their way.
    review.decide(session, people["admin"], find_story(session, IMPORTER, waiting), kind="quote",
                  ids=[quote.row_id], status="suggested", seen=overtaken.seen)  # fmt: skip


def test_two_who_decide_alike_are_not_disturbed(database: Engine, people: dict[str, Actor], waiting: str) -> None:
    both = [deciding(people[role], "confirmed") for role in ("reviewer", "admin")]
    assert at_once(database, waiting, *both) == [None, None]


def test_publishing_and_asking_for_changes_at_once_is_one_of_them(
    database: Engine, session: Session, people: dict[str, Actor], waiting: str
) -> None:
    [finding] = statements(session, find_story(session, IMPORTER, waiting), "personal_data")
    redactions.treat(session, IMPORTER, find_story(session, IMPORTER, waiting), finding.row_id, treatment="keep")
    session.commit()

    def publishing(session: Session, story: Story) -> Callable[[], object]:
        seen = story_seen(story)
        return lambda: review.publish(session, people["reviewer"], story, seen=seen)

    def asking(session: Session, story: Story) -> Callable[[], object]:
        seen = story_seen(story)
        return lambda: review.request_changes(session, people["admin"], story, reason="Say when.", seen=seen)

    told = at_once(database, waiting, publishing, asking)
    [overtaken] = [error for error in told if error is not None]
    assert isinstance(overtaken, Overtaken)
    session.expire_all()
    status = find_story(session, IMPORTER, waiting).status
    assert status == ("published", "changes_requested")[told.index(None)]
    assert overtaken.by == ("reviewer", "admin")[told.index(None)]
    steps = session.exec(select(AuditEvent.action).where(AuditEvent.subject_id == waiting)).all()
    assert ("story.published" in steps) != ("story.changes_requested" in steps)


def test_two_treatments_of_one_telephone_number_do_not_overwrite_each_other(
    database: Engine, people: dict[str, Actor], waiting: str
) -> None:
    def treating(actor: Actor, treatment: str) -> Deed:
        def look(session: Session, story: Story) -> Callable[[], object]:
            [finding] = statements(session, story, "personal_data")
            finding_id, seen = finding.row_id, seen_of(finding)
            return lambda: redactions.treat(session, actor, story, finding_id, treatment=treatment, seen=seen)

        return look

    told = at_once(database, waiting, treating(people["reviewer"], "keep"), treating(people["admin"], "redact"))
    [overtaken] = [error for error in told if error is not None]
    assert {overtaken.mine, overtaken.theirs} == {"It may stay", "Replaced by “[phone number]”"}  # type: ignore[attr-defined]


def test_every_change_counts_for_the_index(database: Engine, session: Session, waiting: str) -> None:
    before = find_story(session, IMPORTER, waiting).version
    session.rollback()
    assert at_once(database, waiting, *[lambda _session, story: lambda: touch(story)] * 4) == [None] * 4
    session.expire_all()
    assert find_story(session, IMPORTER, waiting).version == before + 4


def test_two_who_name_the_same_new_place_and_organisation_at_once_share_them(
    database: Engine, session: Session, people: dict[str, Actor]
) -> None:
    session.commit()
    barrier = Barrier(4, timeout=20)

    def tell(n: int) -> None:
        with Session(database) as telling:
            barrier.wait()
            fields = StoryFields(
                title=f"Story {n}", text="Words.", place="Quern Green", local_authority="Stockport",
                organisation="The Quern Group",
            )  # fmt: skip
            add_story(telling, people["reviewer"], fields, external_id=f"s{n}")
            telling.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(tell, range(4)))
    stories = session.exec(select(Story)).all()
    assert len(stories) == 4
    assert len({(story.place_id, story.organisation_id) for story in stories}) == 1
    assert stories[0].place is not None
    assert stories[0].place.path.endswith("Stockport / Quern Green")


def test_of_two_who_say_how_precise_the_place_is_one_counts_and_the_other_is_told(
    database: Engine, session: Session, people: dict[str, Actor], waiting: str
) -> None:
    def placing(actor: Actor, place_level: str) -> Deed:
        def look(session: Session, story: Story) -> Callable[[], object]:
            seen = care_seen(story)
            return lambda: set_care(
                session, actor, story, do_not_identify=False, place_level=place_level, special_categories=(),
                seen=seen,
            )  # fmt: skip

        return look

    told = at_once(
        database, waiting, placing(people["reviewer"], "region"), placing(people["admin"], "local_authority")
    )
    [overtaken] = [error for error in told if error is not None]
    assert isinstance(overtaken, Overtaken)
    won = told.index(None)
    levels = ("region", "local_authority")
    assert (overtaken.theirs, overtaken.mine) == (f"place: {levels[won]}", f"place: {levels[1 - won]}")
    session.expire_all()
    story = find_story(session, IMPORTER, waiting)
    assert story.place_level == levels[won]
    set_care(session, people["admin"], story, do_not_identify=False, place_level=levels[1 - won],
             special_categories=(), seen=overtaken.seen)  # fmt: skip
    assert story.place_level == levels[1 - won]


def test_two_edits_of_one_story_at_once_lose_neither_the_place_nor_the_words(
    database: Engine, session: Session, people: dict[str, Actor], waiting: str
) -> None:
    def editing(actor: Actor, **changed: str) -> Deed:
        def look(session: Session, story: Story) -> Callable[[], object]:
            seen = described_seen(story)
            fields = StoryFields(**{"title": "Cooking", "text": TEXT, **changed})
            return lambda: revise_submission(
                session, actor, story, fields, consent=None, hand_in=False, seen=seen
            )  # fmt: skip

        return look

    both = editing(people["reviewer"], place="Quern Green"), editing(people["admin"], place="Quern Brow")
    told = at_once(database, waiting, *both)
    [overtaken] = [error for error in told if error is not None]
    assert isinstance(overtaken, Overtaken)
    names = ("Quern Green", "Quern Brow")
    won = told.index(None)
    assert (overtaken.theirs, overtaken.mine) == (f"place: {names[won]}", f"place: {names[1 - won]}")
    session.expire_all()
    story = find_story(session, IMPORTER, waiting)
    assert story.place is not None
    assert story.place.name == names[won]


def test_of_two_who_correct_a_person_one_counts_and_the_other_is_told(
    database: Engine, session: Session, people: dict[str, Actor], waiting: str
) -> None:
    def correcting(actor: Actor, town: str) -> Deed:
        def look(session: Session, story: Story) -> Callable[[], object]:
            [person] = people_of(session, story)
            seen, number = person_seen(person), person.id
            return lambda: change_person(
                session, actor, story, find_contributor(session, story, number), town=town, seen=seen
            )  # fmt: skip

        return look

    towns = ("Wexcombe", "Stockport")
    told = at_once(database, waiting, *map(correcting, (people["reviewer"], people["admin"]), towns))
    [overtaken] = [error for error in told if error is not None]
    assert isinstance(overtaken, Overtaken)
    won = told.index(None)
    assert (overtaken.theirs, overtaken.mine) == (f"town: {towns[won]}", f"town: {towns[1 - won]}")
    session.expire_all()
    [person] = people_of(session, find_story(session, IMPORTER, waiting))
    assert person.contributor.town == towns[won]


def test_consents_of_two_people_that_are_recorded_at_once_add_up(
    database: Engine, session: Session, people: dict[str, Actor], waiting: str
) -> None:
    def recording(name: str, *uses: str) -> Deed:
        def look(session: Session, story: Story) -> Callable[[], object]:
            return lambda: record_consent(session, people["reviewer"], story, given_by=name, uses=uses)

        return look

    told = at_once(database, waiting, recording("Ann", "website", "press"), recording("Bea", "website", "print"))
    assert told == [None, None]
    session.expire_all()
    story = find_story(session, IMPORTER, waiting)
    assert len(consents_of(session, story)) == 3
    assert set(uses_agreed_in(session, story)) == {"website"}
    assert set(session.exec(select(AgreedUse.use).where(AgreedUse.story_id == story.id))) == {"website"}


def test_a_collision_is_told_from_our_own_mistakes(session: Session) -> None:
    session.add_all(Organisation(name="The Quern Group") for _ in range(2))
    with pytest.raises(IntegrityError) as collision:
        session.flush()
    session.rollback()
    session.add(Organisation(name=None))  # type: ignore[arg-type]
    with pytest.raises(IntegrityError) as mistake:
        session.flush()
    session.rollback()
    assert is_collision(collision.value)
    assert not is_collision(mistake.value)
