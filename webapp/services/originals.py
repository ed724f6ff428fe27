"""What was written before names were replaced: for the reviewers of a story, each reading of it logged."""

from dataclasses import dataclass

from sqlmodel import Session

from webapp.models import PrivateOriginal, Story
from webapp.services import audit
from webapp.services.access import Actor, may_review, require
from webapp.services.public_words import written_wording


@dataclass(frozen=True, slots=True)
class Original:
    """A story in the words that it was written in. beside: what stands beside the text, by its name."""

    title: str
    summary: str
    text: str
    beside: dict[str, str]


def read_original(session: Session, actor: Actor, story: Story) -> Original:
    """The present revision as it was written."""
    require(may_review(actor), "read what this story said before names were replaced")
    revision = story.current_revision
    written, kept = written_wording(session, revision), session.get(PrivateOriginal, revision.id)
    audit.record(
        session, actor, "original.read", subject=("story", story.external_id), after={"revision": revision.number}
    )
    session.flush()
    beside = {name: words[0] for name, words in kept.beside.items()} if kept else {}
    return Original(written.title, written.summary, written.text, beside)
