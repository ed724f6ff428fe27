"""An approval is of all that readers see of a story: its words, its photos, and what is said of them."""

from collections.abc import Callable

import pytest
from sqlmodel import Session

from webapp.errors import Conflict
from webapp.models import Attachment, Story
from webapp.services.access import Actor
from webapp.services.approvals import approve, lapsed_approval, standing_approval, words_hash
from webapp.services.photos import describe_photo
from webapp.services.replacements import set_replacement
from webapp.services.stories import StoryFields, add_story, change_status, revise_story


@pytest.fixture
def story(session: Session, people: dict[str, Actor]) -> Story:
    """A submitted story with two photos, of which somebody said what they show."""
    teller = people["contributor"]
    story = add_story(session, teller, StoryFields(title="A hall", text="Amina cooks."), external_id="a")
    session.add_all(
        Attachment(story_id=story.row_id, kind="photo", filename=f"{n}.jpg", media_type="image/jpeg", size_bytes=1,
                   sha256=f"{n}" * 64, position=n, alt_text=f"Chairs {n}.", caption="Amina cooks.")
        for n in (1, 2)
    )  # fmt: skip
    change_status(session, teller, story, "submitted")
    session.commit()
    session.refresh(story)
    return story


def reword(session: Session, actor: Actor, story: Story) -> None:
    revise_story(session, actor, story, StoryFields(title="A hall", text="Amina bakes."))


def described(**written: str) -> Callable[[Session, Actor, Story], None]:
    def change(session: Session, actor: Actor, story: Story) -> None:
        describe_photo(session, actor, story, story.attachments[0].row_id, written=written)

    return change


def remove_photo(session: Session, _actor: Actor, story: Story) -> None:
    session.delete(story.attachments[1])
    session.flush()
    session.expire(story)


def swap_photos(session: Session, _actor: Actor, story: Story) -> None:
    story.attachments[0].position = 3
    session.flush()
    session.expire(story)


@pytest.mark.parametrize(
    "change",
    [reword, described(alt_text="A kitchen."), described(caption="Soup."), described(credit="By Bea"), remove_photo,
     swap_photos],
    ids=["text", "alternative text", "caption", "credit", "a photo less", "another order"],
)  # fmt: skip
def test_an_approval_lapses_when_anything_that_was_approved_changes(
    session: Session, people: dict[str, Actor], story: Story, change: Callable[[Session, Actor, Story], None]
) -> None:
    read = words_hash(story)
    approve(session, people["contributor"], story, read_hash=read)
    assert standing_approval(session, story) is not None
    change(session, people["reviewer"], story)
    assert standing_approval(session, story) is None
    assert lapsed_approval(session, story) is not None
    with pytest.raises(Conflict, match="Read them again"):
        approve(session, people["contributor"], story, read_hash=read)


def test_a_name_that_is_replaced_in_a_caption_alone_lapses_it_too(
    session: Session, people: dict[str, Actor], story: Story
) -> None:
    revise_story(session, people["reviewer"], story, StoryFields(title="A hall", text="Somebody cooks."))
    approve(session, people["contributor"], story, read_hash=words_hash(story))
    set_replacement(session, people["reviewer"], story, original="Amina", words="Bea")
    described(credit="By Cleo")(session, people["reviewer"], story)
    assert "Bea cooks." in {photo.caption for photo in story.attachments}
    assert standing_approval(session, story) is None


def test_a_file_that_readers_never_see_changes_nothing(
    session: Session, people: dict[str, Actor], story: Story
) -> None:
    approve(session, people["contributor"], story, read_hash=words_hash(story))
    session.add(Attachment(story_id=story.row_id, kind="scan", filename="form.pdf", media_type="application/pdf",
                           size_bytes=1, sha256="f" * 64))  # fmt: skip
    session.flush()
    session.expire(story)
    assert standing_approval(session, story) is not None
