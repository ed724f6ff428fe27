"""What has to be in order before a story is shown to readers: a list, each point with where it is put right."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlmodel import Session, select

from nlp.redaction import find_words
from webapp.models import Analysis, Story
from webapp.services.approvals import lapsed_approval, standing_approval
from webapp.services.consent import consents_of, latest_consents, uses_agreed_in
from webapp.services.lawful_bases import basis_obstacles
from webapp.services.naming import naming_obstacles
from webapp.services.public_words import public_fields, rewording_of
from webapp.services.replacements import is_up_to_date
from webapp.services.sensitivity import needs_care, sensitivity_of
from webapp.services.statements import statements
from webapp.services.welfare import latest_welfare_note


@dataclass(frozen=True, slots=True)
class PublishCheck:
    """One point. missing: what is not in order, in a sentence; '' if it is. mend: where that is put right."""

    name: str
    missing: str
    mend: str
    """'text', 'consent', 'care', 'personal-data', 'replacements', 'photos', 'welfare' or 'approval'."""

    @property
    def is_met(self) -> bool:
        return not self.missing


# One to four names before the word for it: “St Mary's Primary School”, “Wexcombe Academy”.
_SCHOOL = re.compile(
    r"(?:\b[A-Z][\w.'’-]*\s+){1,4}(?:School|Academy|College|Nursery|Sixth Form)\b"
    r"(?!\s+(?:Lane|Road|Street|House|Hill|Close))"
)

Check = Callable[[Session, Story], Iterator[PublishCheck]]


def publish_checks(session: Session, story: Story) -> list[PublishCheck]:
    """All points, in the order in which they are put right."""
    return [point for check in _CHECKS for point in check(session, story)]


def obstacles_to_publishing(session: Session, story: Story) -> list[str]:
    """What still stands between a story and its readers, in sentences."""
    return [check.missing for check in publish_checks(session, story) if not check.is_met]


def _text(_session: Session, story: Story) -> Iterator[PublishCheck]:
    missing = "" if story.current_revision.text.strip() else "It has no text."
    yield PublishCheck("There is a text", missing, "text")


def _consent(session: Session, story: Story) -> Iterator[PublishCheck]:
    latest = latest_consents(consents_of(session, story)).values()
    lacks_explicit = bool(story.special_categories) and not all(consent.is_explicit for consent in latest)
    yield PublishCheck(
        "Everybody in it agreed to a use",
        "" if uses_agreed_in(session, story) or lacks_explicit
        else "Nobody has agreed to any use of it, or not everybody: record a consent first.",
        "consent",
    )  # fmt: skip
    told = " and ".join(story.special_categories or ())
    yield PublishCheck(
        "What needs express consent has it",
        f"It tells of {told}, and not everybody agreed expressly to that: record their explicit consent."
        if lacks_explicit
        else "",
        "consent",
    )


def _law(session: Session, story: Story) -> Iterator[PublishCheck]:
    yield PublishCheck("It is lawful to publish it", " ".join(basis_obstacles(session, story)), "care")


def _names(session: Session, story: Story) -> Iterator[PublishCheck]:
    yield PublishCheck(
        "People and places are named as agreed", " ".join(naming_obstacles(session, story)), "replacements"
    )


def _personal_data(session: Session, story: Story) -> Iterator[PublishCheck]:
    findings = Counter(found.status for found in statements(session, story, "personal_data"))
    n_open, n_standing = findings["suggested"], findings["confirmed"]
    missing = f"{_findings(n_open)} of personal data still to be decided on." if n_open else ""
    if not _is_read(session, story):
        missing = "The machine has yet to look for personal data in this text. It takes a minute: reload the page."
    yield PublishCheck("Personal data is decided on", missing, "personal-data")
    yield PublishCheck(
        "What is personal is out of the text",
        # What was confirmed stands in the text: an edit that takes the words out takes the finding with them.
        f"{_findings(n_standing)} of personal data still in the text: replace them, edit the text, or decide that "
        "they may stay." if n_standing else "",
        "personal-data",
    )  # fmt: skip


def _is_read(session: Session, story: Story) -> bool:
    """A reading that failed counts: then a person has to look, and the page says so."""
    query = select(Analysis.id).where(Analysis.revision_id == story.current_revision.id)
    return session.exec(query.limit(1)).first() is not None


def _replacements(session: Session, story: Story) -> Iterator[PublishCheck]:
    rewording = rewording_of(session, story)
    if not rewording.words:
        return
    pending = "" if is_up_to_date(session, story) else "The table of replacements is not applied to the text."
    shown = [name for name, words in public_fields(story) if find_words(words, rewording.words)]
    shown += [
        f"{kind}s"
        for kind in ("quote", "repurposing")
        for statement in statements(session, story, kind)
        if statement.status != "rejected" and find_words(_said(statement), rewording.words)
    ]
    leaks = f"A name that is replaced still stands in: {', '.join(dict.fromkeys(shown))}." if shown else ""
    yield PublishCheck("Replaced names stand nowhere", pending or leaks, "replacements")


def _said(statement: object) -> str:
    columns = ("text", "speaker", "actor", "from_phrase", "to_phrase", "trigger", "place")
    return "\n".join(getattr(statement, column, None) or "" for column in columns)


def _photos(_session: Session, story: Story) -> Iterator[PublishCheck]:
    photos = [attachment for attachment in story.attachments if attachment.kind == "photo"]
    n_bare = sum(not photo.alt_text.strip() for photo in photos)
    if photos:
        missing = (
            f"{n_bare} of {len(photos)} photos {'have' if n_bare > 1 else 'has'} no words for who cannot see it."
        )
        yield PublishCheck("Photos are described", missing if n_bare else "", "photos")


def _place(session: Session, story: Story) -> Iterator[PublishCheck]:
    """A child is not found by a street (NSPCC, photography and sharing images guidance)."""
    reasons = sensitivity_of(session, [story])[story.row_id]
    shown = story.public_place
    is_too_precise = "child" in reasons and shown is not None and shown.kind == "neighbourhood"
    missing = "There is a child in it: show no smaller place than the local authority." if is_too_precise else ""
    yield PublishCheck("The place is no more precise than is safe", missing, "care")


def _school(session: Session, story: Story) -> Iterator[PublishCheck]:
    """Nor by a school: the same guidance."""
    if "child" not in sensitivity_of(session, [story])[story.row_id]:
        return
    organisation = story.public_organisation
    words = [*(words for _, words in public_fields(story)), organisation.name if organisation else ""]
    found = next((school[0] for said in words if (school := _SCHOOL.search(said))), "")
    missing = f"It names a school beside a child, “{found}”: replace it." if found else ""
    yield PublishCheck("No school is named beside a child", missing, "replacements")


def _approval(session: Session, story: Story) -> Iterator[PublishCheck]:
    if not story.needs_approval:
        return
    missing = ""
    if standing_approval(session, story) is None:
        has_lapsed = lapsed_approval(session, story) is not None
        missing = (
            "The words were changed since whoever told it approved them: they have to approve them again."
            if has_lapsed
            else "Whoever told it has not approved the final words yet."
        )
    yield PublishCheck("Whoever told it approved the final words", missing, "approval")


def _welfare(session: Session, story: Story) -> Iterator[PublishCheck]:
    if needs_care(sensitivity_of(session, [story])[story.row_id]):
        is_noted = latest_welfare_note(session, story) is not None
        missing = "" if is_noted else "Nobody has noted what publishing it may do to whoever tells it."
        yield PublishCheck("Somebody thought of whoever tells it", missing, "welfare")


def _findings(n: int) -> str:
    return "1 finding" if n == 1 else f"{n} findings"


_CHECKS: tuple[Check, ...] = (
    _text, _consent, _law, _personal_data, _names, _replacements, _photos, _place, _school, _welfare, _approval,
)  # fmt: skip
