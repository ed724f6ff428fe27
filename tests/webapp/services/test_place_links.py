"""Names of places in a text are linked, or shown with what they may mean."""

import pytest
from sqlmodel import Session

from webapp.errors import Forbidden, Invalid, NotFound
from webapp.models import Mention, Story
from webapp.services.access import SYSTEM, Actor
from webapp.services.place_import import load_areas
from webapp.services.place_links import choose_place, link_places, named_places
from webapp.services.places import find_or_add_place
from webapp.services.stories import StoryFields, add_story

TEXT = "From Cowes we went to Newport, then to Leeds and Nowhere. Newport again."


@pytest.fixture
def story(session: Session) -> Story:
    load_areas(session)
    for authority in ("Isle of Wight", "Telford and Wrekin"):
        find_or_add_place(session, neighbourhood="Newport", local_authority=authority, region=None)
    fields = StoryFields(title="A trip", text=TEXT, place="Cowes", local_authority="Isle of Wight")
    story = add_story(session, SYSTEM, fields)
    for name in ("Cowes", "Newport", "Leeds", "Nowhere"):
        _mention(session, story, name, TEXT.index(name))
    _mention(session, story, "Newport", TEXT.rindex("Newport"))
    session.flush()
    return story


def _mention(session: Session, story: Story, name: str, start: int) -> None:
    session.add(
        Mention(
            revision_id=story.current_revision.row_id, label="PLACE", text=name, start=start, end=start + len(name)
        )
    )


def test_names_are_linked_in_the_light_of_the_storys_own_place(session: Session, story: Story) -> None:
    links = link_places(session, story, ["Cowes", "Newport", "Leeds", "Nowhere"])
    named = {one.name: one for one in named_places(session, story)}
    paths = {choice.place.id: choice.place.path for one in named.values() for choice in one.choices}
    assert paths[links["Newport"]] == "England / South East / Isle of Wight / Newport"
    assert paths[links["Leeds"]] == "England / Yorkshire and the Humber / Leeds"
    assert links["Cowes"] == story.place_id
    assert "Nowhere" not in links


def test_a_name_that_may_mean_several_places_is_shown_with_all(session: Session, story: Story) -> None:
    story.place_id = None
    session.flush()
    session.expire(story)
    assert "Newport" not in link_places(session, story, ["Newport"])
    newport = next(one for one in named_places(session, story) if one.name == "Newport")
    assert newport.place is None
    assert len(newport.choices) == 3
    assert len(newport.mentions) == 2


def test_what_a_person_chose_holds_for_every_mention(
    session: Session, story: Story, people: dict[str, Actor]
) -> None:
    newport = next(one for one in named_places(session, story) if one.name == "Newport")
    telford = next(c.place for c in newport.choices if "Telford" in c.place.path)
    assert choose_place(session, people["reviewer"], story, name="Newport", place_id=telford.id) == 2
    chosen = next(one for one in named_places(session, story) if one.name == "Newport")
    assert chosen.place is not None
    assert (chosen.place.id, chosen.is_decided) == (telford.id, True)
    choose_place(session, people["reviewer"], story, name="Newport", place_id=None)
    assert next(one for one in named_places(session, story) if one.name == "Newport").place is None


def test_a_choice_that_cannot_be_is_refused(session: Session, story: Story, people: dict[str, Actor]) -> None:
    reviewer = people["reviewer"]
    with pytest.raises(NotFound):
        choose_place(session, reviewer, story, name="Ryde", place_id=None)
    with pytest.raises(Invalid):
        choose_place(session, reviewer, story, name="Leeds", place_id=story.place_id)
    with pytest.raises(Forbidden):
        choose_place(session, people["contributor"], story, name="Leeds", place_id=None)
