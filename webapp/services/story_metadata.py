"""What a story's page says to programs: Open Graph for a link that is passed on, schema.org's Article for indexers.

Only what the page itself shows to readers goes in.
"""

from collections.abc import Mapping
from typing import Any

from webapp.models import Attachment, Story

_SCHEMA = "https://schema.org"
_LONGEST_DESCRIPTION = 200


def article(story: Story, *, address: str, site_name: str, photo_addresses: list[str]) -> dict[str, Any]:
    """The story as schema.org's Article (https://schema.org/Article), to be written as JSON-LD.

    photo_addresses: whole addresses of the photos that readers see.
    """
    organisation, place = story.public_organisation, story.public_place
    publisher = {"@type": "Organization", "name": site_name}
    said: dict[str, Any] = {
        "@context": _SCHEMA,
        "@type": "Article",
        "headline": story.current_revision.title,
        "description": description(story),
        "url": address,
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "datePublished": story.published_at.date().isoformat() if story.published_at else None,
        "dateModified": story.updated_at.date().isoformat(),
        "author": [{"@type": "Person", "name": name} for name in story.public_names] or publisher,
        "publisher": publisher,
        "sourceOrganization": {"@type": "Organization", "name": organisation.name} if organisation else None,
        "contentLocation": {"@type": "Place", "name": place.name} if place else None,
        "image": photo_addresses or None,
        "genre": "Illustrative story" if story.is_illustrative else "Case study",
    }
    return {name: value for name, value in said.items() if value is not None}


def open_graph(
    story: Story, *, address: str, site_name: str, photo: Attachment | None, photo_address: str
) -> Mapping[str, str]:
    """Property → content, after https://ogp.me; those that say nothing left out."""
    said = {
        "og:type": "article",
        "og:title": story.current_revision.title,
        "og:description": description(story),
        "og:url": address,
        "og:site_name": site_name,
        "og:locale": "en_GB",
        "og:image": photo_address if photo else "",
        "og:image:alt": photo.alt_text if photo and photo.alt_text else "",
        "article:published_time": story.published_at.isoformat() if story.published_at else "",
    }
    return {name: value for name, value in said.items() if value}


def description(story: Story) -> str:
    """The summary, or the beginning of the text, cut between words."""
    text = " ".join((story.current_revision.summary or story.current_revision.text).split())
    if len(text) <= _LONGEST_DESCRIPTION:
        return text
    return text[:_LONGEST_DESCRIPTION].rsplit(" ", 1)[0] + " …"
