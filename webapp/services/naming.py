"""How people are named where readers see them: the one renderer of names.

Every page, hit, download, feed and citation shows `Story.public_names`, which is written here whenever a consent, a
person or the care that a story needs changes. "Do not identify" outranks every choice.
"""

import re
from collections.abc import Iterable

from sqlmodel import Session, select

from webapp.models import Attachment, Consent, Contributor, Story
from webapp.services.consent_records import consents_of, latest_consents
from webapp.services.contributors import Person, people_of

# Before a first name; in lower case and without a full stop.
_HONORIFICS = frozenset((
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lady", "lord", "rev",
    "reverend", "revd", "canon", "father", "sister", "brother", "imam", "rabbi", "cllr", "councillor",
))  # fmt: skip
# First names that are words too: alone they tell of nobody.
_ALSO_WORDS = frozenset((
    "april", "art", "august", "bill", "carol", "dale", "dawn", "drew", "faith", "frank", "gay", "grace",
    "grant", "heath", "holly", "hope", "iris", "ivy", "jack", "jay", "joy", "june", "lily", "mark", "max",
    "may", "miles", "nick", "olive", "pat", "patience", "penny", "pierce", "rob", "rose", "ruby", "sky", "sue",
    "summer", "victor", "will", "young",
))  # fmt: skip
# Small words inside names: Anna van der Berg, Osama bin Zayd.
_PARTICLES = frozenset((
    "al", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "du", "el", "ibn", "la", "le", "st",
    "ten", "ter", "van", "von", "y",
))  # fmt: skip


def public_name(contributor: Contributor, consent: Consent | None, *, has_photos: bool = False) -> str:
    """How somebody is named in public by their latest record; '' if not at all.

    has_photos: pictures stand beside the name. A child is then never named in full (NSPCC, photography and sharing
    images guidance).
    """
    naming = consent.naming if consent is not None and consent.action == "given" else "anonymous"
    if naming == "full" and consent is not None and consent.age_band != "adult" and has_photos:
        naming = "first"
    if naming == "full":
        return contributor.name
    if naming == "pseudonym":
        return contributor.pseudonym
    if naming == "anonymous":
        return ""
    name = first_name(contributor.name)
    has_town = naming == "first_and_town" and name and contributor.town
    return f"{name}, {contributor.town}" if has_town else name


def first_name(name: str) -> str:
    """'Amina' of 'Mrs Amina Okoro'; '' where only a surname was given."""
    words = [word for word in name.split() if word.strip(".").casefold() not in _HONORIFICS]
    is_surname_alone = len(words) == 1 and len(words) < len(name.split())
    return words[0] if words and not is_surname_alone else ""


def refresh_public_names(session: Session, story: Story) -> None:
    """Write how the people of a story are named now."""
    latest = latest_consents(consents_of(session, story))
    has_photos = _has_photos(session, story)
    people = [] if story.do_not_identify else people_of(session, story)
    names = [
        public_name(person.contributor, latest.get(person.id), has_photos=has_photos)
        for person in people
        if person.standing != "anonymised"
    ]
    wanted = list(dict.fromkeys(name for name in names if name))
    if story.public_names != wanted:
        story.public_names = wanted
        session.flush()


def _has_photos(session: Session, story: Story) -> bool:
    photos = select(Attachment.id).where(Attachment.story_id == story.id, Attachment.kind == "photo")
    return session.exec(photos).first() is not None


def public_speaker(speaker: str | None, story: Story, people: Iterable[Person], latest: dict[int, Consent]) -> str:
    """Who a quote is from, as readers may know it: words from the text, but for people whose names are theirs."""
    if not speaker or story.do_not_identify:
        return ""
    spoken = set(_name_words(speaker))
    for person in people:
        if spoken & set(_name_words(_as_written(person.contributor.name))):
            is_anonymised = person.standing == "anonymised"
            has_photos = any(attachment.kind == "photo" for attachment in story.attachments)
            name = public_name(person.contributor, latest.get(person.id), has_photos=has_photos)
            return "" if is_anonymised else name
    return speaker


def naming_obstacles(session: Session, story: Story) -> list[str]:
    """What of people's names and places the text still says and may not, in sentences for staff."""
    revision = story.current_revision
    words = "\n".join((revision.title, revision.summary, revision.text))
    latest, has_photos = latest_consents(consents_of(session, story)), _has_photos(session, story)
    told = []
    for person in people_of(session, story):
        unwanted = _unwanted(person, latest.get(person.id), story, has_photos=has_photos)
        found = next((name for name in unwanted if _stands_in(name, words)), None)
        if found:
            told.append(f"The text still says “{found}”, a name that may not be shown: replace it.")
    hidden = (name for name in story.hidden_places if _stands_in(name, words))
    return told + [f"The text still names {name}, a place smaller than may be shown: replace it." for name in hidden]


def _unwanted(person: Person, consent: Consent | None, story: Story, *, has_photos: bool) -> list[str]:
    """The stretches of somebody's name that may not stand in the text, the longest first."""
    is_hidden = story.do_not_identify or person.standing == "anonymised"
    if person.standing == "public role" and consent is None and not is_hidden:
        return []
    name = _as_written(person.contributor.name)
    allowed = set(_name_words("" if is_hidden else public_name(person.contributor, consent, has_photos=has_photos)))
    unwanted = [word for word in name.split() if not set(_name_words(word)) <= allowed]
    alone = [word for word in unwanted if len(word) > 2 and word.casefold() not in _ALSO_WORDS | _PARTICLES]
    return [name, *alone] if unwanted and len(name.split()) > 1 else alone


def _as_written(name: str) -> str:
    """'Amina Okoro' of 'Mrs Amina Okoro, who told it'; '' for what describes people, such as 'The players'."""
    words = [word for word in re.split(r"[,(]", name)[0].split() if word.strip(".").casefold() not in _HONORIFICS]
    is_name = all(word[:1].isupper() or word.casefold() in _PARTICLES for word in words)
    return " ".join(words) if words and is_name and words[0] not in ("The", "A", "Our") else ""


def _stands_in(name: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None


def _name_words(name: str) -> list[str]:
    words = (word.strip(".,'’").casefold() for word in name.split())
    return [word for word in words if word and word not in _HONORIFICS]
