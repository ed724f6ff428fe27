"""A saved search as an Atom feed (RFC 4287), for whoever has its secret address."""

from datetime import datetime
from xml.etree import ElementTree

from sqlmodel import Session

from webapp.models import Story
from webapp.services.downloads import StoryUrl
from webapp.services.matching import stories_by_id
from webapp.services.saved_searches import News

ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 50
_LONGEST_SUMMARY = 500


def feed_stories(session: Session, news: News) -> list[Story]:
    """The stories of a feed, published last first: what the owner may see now, and nothing else."""
    stories = stories_by_id(session, news.found.audience, news.found.story_ids)
    ordered = sorted(stories.values(), key=lambda story: (published(story), story.row_id), reverse=True)
    return ordered[:MOST_ENTRIES]


def atom(
    news: News, stories: list[Story], *, site_name: str, feed_url: str, search_url: str, story_url: StoryUrl
) -> str:
    """The feed as XML."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(root, "id", feed_url)
    _add(root, "title", news.saved.name)
    _add(root, "updated", max([news.saved.created_at, *map(published, stories)]).isoformat())
    _add(_add(root, "author"), "name", site_name)
    _add(root, "link", rel="self", href=feed_url)
    _add(root, "link", rel="alternate", href=search_url)
    for story in stories:
        entry = _add(root, "entry")
        _add(entry, "id", story_url(story.external_id))
        _add(entry, "title", story.current_revision.title)
        _add(entry, "updated", published(story).isoformat())
        _add(entry, "link", rel="alternate", href=story_url(story.external_id))
        _add(entry, "summary", _summary(story))
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode")


def published(story: Story) -> datetime:
    """When the story was published; a visible one always was."""
    return story.published_at or story.updated_at


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    # XML cannot hold control characters, and a text from anywhere may.
    element.text = None if text is None else "".join(c if c.isprintable() else " " for c in text)
    return element


def _summary(story: Story) -> str:
    """The beginning of the story; of one with a content warning, the warning alone."""
    if story.content_warning:
        return f"Content warning: {story.content_warning}."
    words = story.current_revision.summary or story.current_revision.text
    short = " ".join(words.split())
    return short if len(short) <= _LONGEST_SUMMARY else short[:_LONGEST_SUMMARY].rsplit(" ", 1)[0] + " …"
