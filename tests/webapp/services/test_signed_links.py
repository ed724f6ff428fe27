"""A link opens its own door, for as long as it may."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from webapp.clock import living_at, now
from webapp.errors import NotFound
from webapp.services.access import SYSTEM
from webapp.services.contributors import add_contributor
from webapp.services.signed_links import contributor_token, holder_of, read_signed, sign
from webapp.services.stories import StoryFields, add_story

KEY = "k" * 40


def test_a_token_gives_back_what_was_signed_for_its_purpose_alone() -> None:
    token = sign(KEY, "invitation", [1, "a"])
    assert read_signed(KEY, "invitation", token) == [1, "a"]
    for secret_key, purpose, shown in (
        (KEY, "yours", token),
        ("x" * 40, "invitation", token),
        (KEY, "invitation", "x"),
    ):
        with pytest.raises(NotFound):
            read_signed(secret_key, purpose, shown)


def test_a_token_ends_at_its_moment() -> None:
    token = sign(KEY, "invitation", 1, until=now() + timedelta(days=1))
    with living_at(now() + timedelta(hours=23)):
        assert read_signed(KEY, "invitation", token) == 1
    with living_at(now() + timedelta(hours=25)), pytest.raises(NotFound):
        read_signed(KEY, "invitation", token)


def test_a_contributors_link_leads_to_their_story_until_it_is_replaced_or_restricted(session: Session) -> None:
    story = add_story(session, SYSTEM, StoryFields(title="A hall", text="It danced."))
    person = add_contributor(session, SYSTEM, story, name="Ada Example")
    token = contributor_token(KEY, story, person)
    assert holder_of(session, KEY, token) == (story, person)

    story.is_restricted = True
    session.flush()
    with pytest.raises(NotFound):
        holder_of(session, KEY, token)
    story.is_restricted, person.link_key = False, "another"
    session.flush()
    with pytest.raises(NotFound):
        holder_of(session, KEY, token)
