"""Links that open a door for whoever holds them: signed, each for one purpose, some until a moment."""

from datetime import datetime
from typing import Any

from itsdangerous import BadData, URLSafeSerializer
from sqlmodel import Session, select

from webapp.clock import now
from webapp.errors import NotFound
from webapp.models import Contributor, Story, StoryContributor

YOURS = "yours"
_NO_DOOR = "This link does not work. It may have been used up, replaced by a newer one, or cut off in the mail."


def sign(secret_key: str, purpose: str, value: Any, *, until: datetime | None = None) -> str:
    """A token that only this site can make. value: whatever JSON holds. until: when it stops working."""
    end = int(until.timestamp()) if until else None
    return str(_serializer(secret_key, purpose).dumps([value, end]))


def read_signed(secret_key: str, purpose: str, token: str) -> Any:
    """The value of a token made for this purpose. Raises NotFound for any other, and for one that has ended."""
    try:
        value, end = _serializer(secret_key, purpose).loads(token)
    except (BadData, ValueError, TypeError) as err:
        raise NotFound(_NO_DOOR) from err
    if end is not None and now().timestamp() >= end:
        raise NotFound(_NO_DOOR)
    return value


def contributor_token(secret_key: str, story: Story, contributor: Contributor) -> str:
    """What stands in the link by which somebody looks after their part in one story.

    It lasts: taking consent back has to stay as easy as giving it was. A new `link_key` makes it lead nowhere.
    """
    return sign(secret_key, YOURS, [story.row_id, contributor.link_key])


def holder_of(session: Session, secret_key: str, token: str) -> tuple[Story, Contributor]:
    """The story and the person of a contributor's link. Raises NotFound, always in the same words."""
    story_id, link_key = read_signed(secret_key, YOURS, token)
    query = (
        select(Story, Contributor)
        .join(StoryContributor, StoryContributor.story_id == Story.id)  # type: ignore[arg-type]
        .join(Contributor, Contributor.id == StoryContributor.contributor_id)  # type: ignore[arg-type]
        .where(Story.id == story_id, Contributor.link_key == link_key)
    )
    found = session.exec(query).first()
    # What somebody is worried about says nothing to anybody, not even that it is there.
    if found is None or found[0].is_restricted:
        raise NotFound(_NO_DOOR)
    return found


def _serializer(secret_key: str, purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt=f"turnstone.link.{purpose}")
