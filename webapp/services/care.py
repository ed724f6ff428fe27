"""How carefully a story is shown: its place, whether anybody may be traced, what needs express consent."""

from collections.abc import Collection, Mapping

from sqlmodel import Session

from webapp.errors import Invalid
from webapp.models import PLACE_LEVELS, SPECIAL_CATEGORIES, Contributor, Story
from webapp.services import audit
from webapp.services.access import SYSTEM, Actor, may_review, require
from webapp.services.consent import refresh_agreed_uses
from webapp.services.contributors import Person, describe_contributor, find_person, stand, stories_with
from webapp.services.naming import naming_obstacles
from webapp.services.stories import change_status
from webapp.services.turns import check_form_seen, mark_of, take_turn

_OUT_OF_SIGHT = (
    "The text says names or places that may no longer be shown. The consent page tells which; replace them, then "
    "publish it again."
)


def set_care(
    session: Session,
    actor: Actor,
    story: Story,
    *,
    do_not_identify: bool,
    place_level: str,
    special_categories: Collection[str],
    seen: str | None = None,
) -> bool:
    """Say how carefully a story is shown; True if that took it out of sight until its text is mended.

    seen: `care_seen` when the actor saw the form; raises Overtaken if somebody decided otherwise since.
    """
    require(may_review(actor), "say how a story is shown")
    unknown = sorted(set(special_categories) - set(SPECIAL_CATEGORIES))
    if unknown or place_level not in PLACE_LEVELS:
        raise Invalid(f"{(unknown or [place_level])[0]!r} is not a choice here. Reload the page and choose again.")
    take_turn(session, story)
    before, chosen = _care_of(story), [one for one in SPECIAL_CATEGORIES if one in special_categories]
    wanted = {"do_not_identify": do_not_identify, "place_level": place_level, "special_categories": chosen}
    check_form_seen(
        session, story, seen, "how this story is shown", stands=_named(before), wanted=_named(wanted)
    )  # fmt: skip
    story.do_not_identify, story.place_level = do_not_identify, place_level
    story.special_categories = chosen
    session.flush()
    refresh_agreed_uses(session, story)
    subject = ("story", story.external_id)
    audit.record(session, actor, "care.set", subject=subject, before=before, after=_care_of(story))
    return hide_if_it_says_too_much(session, story)


def care_seen(story: Story) -> str:
    """How a story was to be shown when a page about it was made."""
    return mark_of(_named(_care_of(story)))


def person_seen(person: Person) -> str:
    """What was known of somebody when a page about it was made."""
    return mark_of(_known_of(person))


def change_person(
    session: Session,
    actor: Actor,
    story: Story,
    contributor: Contributor,
    *,
    standing: str | None = None,
    seen: str | None = None,
    **fields: str,
) -> None:
    """Correct what is known of somebody in a story, in every story that they are in.

    seen: `person_seen` when the actor saw the form; raises Overtaken if somebody corrected it otherwise since.
    """
    take_turn(session, story)
    if seen is not None:
        stands = _known_of(find_person(session, story, contributor.row_id))
        wanted = {**stands, **fields, "standing": standing or stands["standing"]}
        check_form_seen(session, story, seen, "this person", stands=stands, wanted=wanted)
    if standing is not None:
        stand(session, actor, story, contributor, standing)
    describe_contributor(session, actor, contributor, **fields)
    for other in stories_with(session, contributor):
        refresh_agreed_uses(session, other)
        hide_if_it_says_too_much(session, other)


def hide_if_it_says_too_much(session: Session, story: Story) -> bool:
    """Take a published story out of sight whose text names what may no longer be named; True if it was."""
    if story.status != "published" or not naming_obstacles(session, story):
        return False
    change_status(session, SYSTEM, story, "changes_requested", note=_OUT_OF_SIGHT)
    return True


def _known_of(person: Person) -> dict[str, object]:
    names = ("name", "town", "pseudonym", "email", "phone")
    return {**{name: getattr(person.contributor, name) for name in names}, "standing": person.standing}


def _care_of(story: Story) -> dict[str, object]:
    return {
        "do_not_identify": story.do_not_identify,
        "place_level": story.place_level,
        "special_categories": story.special_categories,
    }


def _named(care: Mapping[str, object]) -> dict[str, object]:
    """The same, as people call it."""
    return {
        "nobody may be traced": care["do_not_identify"],
        "place": care["place_level"],
        "specially protected": care["special_categories"] or [],
    }
