"""To how many people a story's words may point, in the place that readers are shown."""

from nlp.small_places import Estimate, estimate
from webapp.models import Story

__all__ = ["Estimate", "draft_estimate", "story_estimate"]


def story_estimate(story: Story) -> Estimate:
    """By the place that is shown, so that a coarser one counts."""
    place = story.public_place
    revision = story.current_revision
    text = "\n\n".join((revision.title, revision.summary, revision.text))
    return estimate(text, place_kind=place.kind if place else "")


def draft_estimate(text: str, *, place: str | None, local_authority: str | None, region: str | None) -> Estimate:
    """Of what is being written, by the smallest place that was filled in."""
    kind = "neighbourhood" if place else "local_authority" if local_authority else "region" if region else ""
    return estimate(text, place_kind=kind)
