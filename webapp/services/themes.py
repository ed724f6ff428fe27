"""The codebook: its themes, what they mean, and which stories carry them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml
from sqlmodel import Session, col, select

import nlp.types
from nlp.types import Audience
from webapp.errors import Invalid, NotFound
from webapp.models import Coding, Revision, Story, Theme, ThemeLearning
from webapp.services.access import visible_to


def load_codebook(session: Session, path: Path) -> int:
    """Add the codebook's themes to a repository that has none; gives how many were added.

    Raises Invalid, naming the entry, if the file is not a codebook.
    """
    if session.exec(select(Theme.id)).first() is not None:
        return 0
    entries = _read_entries(path)
    for position, entry in enumerate(entries):
        session.add(_theme(entry, position, path))
    session.flush()
    return len(entries)


def themes(session: Session) -> list[Theme]:
    """All themes in use, in the codebook's order."""
    return list(session.exec(select(Theme).where(col(Theme.is_retired).is_(False)).order_by(col(Theme.position))))


def codebook(session: Session) -> tuple[nlp.types.Theme, ...]:
    """The themes as the reading pipeline takes them."""
    return tuple(
        nlp.types.Theme(
            key=theme.key,
            name=theme.name,
            definition=theme.definition,
            cues=tuple(theme.cues),
            examples=tuple(theme.examples),
        )
        for theme in themes(session)
    )


def theme_by_key(session: Session, key: str) -> Theme:
    """The theme of that key; NotFound if there is none."""
    theme = session.exec(select(Theme).where(Theme.key == key)).first()
    if theme is None:
        raise NotFound(f"There is no theme {key!r} in the codebook.")
    return theme


def learning_of(session: Session, theme: Theme) -> ThemeLearning | None:
    """What the machine learned of a theme from people's decisions, or None if it has not yet."""
    learning = session.get(ThemeLearning, theme.row_id)
    return learning if learning and learning.n_decisions else None


def themes_by_key(session: Session, keys: Iterable[str]) -> dict[str, Theme]:
    """The named themes; Invalid for one that the codebook does not hold."""
    found = {theme.key: theme for theme in themes(session)}
    unknown = [key for key in keys if key not in found]
    if unknown:
        raise Invalid(f"{unknown[0]!r} is not a theme of the codebook. Themes: {', '.join(found)}.")
    return found


def count_stories_by_theme(session: Session, audience: Audience) -> Counter[str]:
    """Theme key → how many visible stories carry it, whether confirmed or still suggested."""
    return Counter(key for key, _ in _coded_stories(session, audience))


def stories_with_theme(session: Session, audience: Audience, theme: Theme) -> list[tuple[Story, str]]:
    """The visible stories that carry a theme, with 'confirmed' or 'suggested', confirmed ones first."""
    query = (
        select(Story, Coding.status)
        .join(Revision, (col(Revision.story_id) == Story.id) & (col(Revision.number) == Story.revision_number))
        .join(Coding, col(Coding.revision_id) == Revision.id)
        .where(visible_to(audience), Coding.theme_id == theme.id, Coding.status != "rejected")
        .order_by(col(Story.published_at).desc(), col(Story.id))
    )
    stories: dict[str, tuple[Story, str]] = {}
    for story, status in session.exec(query):
        if story.external_id not in stories or status == "confirmed":
            stories[story.external_id] = (story, status)
    return sorted(stories.values(), key=lambda found: found[1])


def _coded_stories(session: Session, audience: Audience) -> Sequence[tuple[str, int]]:
    query = (
        select(Theme.key, Story.id)
        .select_from(Story)
        .join(Revision, (col(Revision.story_id) == Story.id) & (col(Revision.number) == Story.revision_number))
        .join(Coding, col(Coding.revision_id) == Revision.id)
        .join(Theme, col(Coding.theme_id) == Theme.id)
        .where(visible_to(audience), Coding.status != "rejected")
        .distinct()
    )
    return session.exec(query).all()  # type: ignore[return-value]


def _read_entries(path: Path) -> list[dict[str, object]]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as err:
        raise Invalid(f"The codebook {path} cannot be read: {err}.") from err
    entries = content.get("themes") if isinstance(content, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise Invalid(f"The codebook {path} has no list of `themes`.")
    return entries


def _theme(entry: dict[str, object], position: int, path: Path) -> Theme:
    if not entry.get("key") or not entry.get("name"):
        raise Invalid(f"Entry {position + 1} of the codebook {path} lacks a `key` or a `name`.")
    known = {"key", "name", "definition", "include", "exclude", "cues", "examples"}
    return Theme.model_validate({**{k: v for k, v in entry.items() if k in known}, "position": position})
