"""Content warnings: what a reader should know before a story is unfolded."""

from collections.abc import Iterable

from sqlmodel import Session

from webapp.errors import Invalid
from webapp.models import CONTENT_WARNINGS, Story
from webapp.services import audit
from webapp.services.access import Actor, is_contributor, may_open, may_review, require
from webapp.services.stories import touch

MAX_WORDS = 120


def may_warn(actor: Actor, story: Story) -> bool:
    """Reviewers and whoever sent the story, as long as they may open it."""
    return may_open(actor, story) and (may_review(actor) or is_contributor(actor, story))


def set_warnings(session: Session, actor: Actor, story: Story, kinds: Iterable[str], *, words: str = "") -> bool:
    """Warn of these kinds, and of what the words say; nothing takes the warning away. True if anything changed."""
    require(may_warn(actor, story), "warn of what this story tells")
    kinds, words = set(kinds), " ".join(words.split())
    unknown = sorted(kinds - set(CONTENT_WARNINGS))
    if unknown:
        raise Invalid(f"{unknown[0]!r} is not a content warning. Use any of: {', '.join(CONTENT_WARNINGS)}.")
    if len(words) > MAX_WORDS:
        raise Invalid(f"The warning has {len(words)} characters. Shorten it to {MAX_WORDS} or fewer.")
    before, wanted = list(story.content_warnings or ()), [kind for kind in CONTENT_WARNINGS if kind in kinds]
    if (before, story.warning_words) == (wanted, words):
        return False
    story.content_warnings, story.warning_words = wanted, words
    touch(story)
    session.flush()
    subject = ("story", story.external_id)
    audit.record(session, actor, "story.warned", subject=subject, before={"of": before}, after={"of": wanted})
    return True
