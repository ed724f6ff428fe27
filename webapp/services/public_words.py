"""The public version of a story: what somebody wrote, with the story's replacements applied by one function.

`Revision.text` is always public, and so is all that is made from it: pages, index, evidence, quotes, downloads. Where
it differs from what was written, the original is kept apart, in `PrivateOriginal`. Every new revision goes through
here, whoever writes it, so that a name that was replaced once does not come back with the next edit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlmodel import Session, select

from nlp.redaction import OffsetMap, Redacted, Replacement, find_words, redact
from nlp.text import carry_span
from webapp.models import PrivateOriginal, Revision, Story, WordReplacement

_OF_STORY = ("submitted_by_role", "source")
_OF_ATTACHMENT = ("alt_text", "caption", "credit")
MAX_TITLE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one revision."""

    title: str
    summary: str
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """The public wording, the one it was made from, and how each field of the two is joined."""

    public: Wording
    written: Wording
    offsets: Mapping[str, OffsetMap]

    @property
    def is_reworded(self) -> bool:
        return self.public != self.written


@dataclass(frozen=True, slots=True)
class Rewording:
    """A story's replacements. words: original → what stands in its place."""

    words: Mapping[str, str]

    def applied_to(self, text: str) -> Redacted:
        return redact(text, find_words(text, self.words))

    def __call__(self, text: str) -> str:
        return self.applied_to(text).text

    def version_of(self, written: Wording) -> Version:
        """The public version of what was written."""
        applied = {name: self.applied_to(getattr(written, name)) for name in _FIELDS}
        public = Wording(**{name: redacted.text for name, redacted in applied.items()})
        return Version(public, written, {name: redacted.offsets for name, redacted in applied.items()})


_FIELDS = tuple(field.name for field in fields(Wording))


def rewording_of(session: Session, story: Story) -> Rewording:
    """The replacements of a story as they stand."""
    query = select(WordReplacement).where(WordReplacement.story_id == story.id)
    return Rewording({row.original: row.words for row in session.exec(query)})


def wording_of(revision: Revision | PrivateOriginal) -> Wording:
    """The words of a row that has them."""
    return Wording(revision.title, revision.summary, revision.text)


def written_wording(session: Session, revision: Revision) -> Wording:
    """What was written for a revision: for reviewers alone."""
    return wording_of(session.get(PrivateOriginal, revision.id) or revision)


def version_of_typed(session: Session, story: Story, typed: Wording) -> Version:
    """The next version, from words typed into the present public text.

    Replaced stretches that still stand in them are somebody's own words again in what is kept as written.
    """
    before = story.current_revision
    original = session.get(PrivateOriginal, before.id)
    written = _restored(original, before, typed) if original is not None else typed
    return rewording_of(session, story).version_of(written)


def version_now(session: Session, story: Story) -> Version:
    """What the present text becomes with the replacements as they stand."""
    return rewording_of(session, story).version_of(written_wording(session, story.current_revision))


def offsets_of(session: Session, revision: Revision) -> OffsetMap:
    """From what was written to the public text of a revision."""
    original = session.get(PrivateOriginal, revision.id)
    return OffsetMap.of(original.spans.get("text", ()) if original else ())


def keep_original(session: Session, story: Story, before: Revision, after: Revision, version: Version) -> None:
    """Keep what was written for a new revision, where its public words differ, and let what stands beside follow."""
    earlier = session.get(PrivateOriginal, before.id)
    beside = _reword_beside(rewording_of(session, story), story, earlier.beside if earlier else {})
    if not (version.is_reworded or beside):
        return
    spans = {name: [list(stretch) for stretch in offsets.stretches] for name, offsets in version.offsets.items()}
    written = {name: getattr(version.written, name) for name in _FIELDS}
    session.add(PrivateOriginal(revision_id=after.row_id, spans=spans, beside=beside, **written))
    session.flush()


def reword_beside(session: Session, story: Story) -> None:
    """Apply the replacements to what stands beside the text; to be called when any of it was changed."""
    rewording, revision = rewording_of(session, story), story.current_revision
    original = session.get(PrivateOriginal, revision.id)
    beside = _reword_beside(rewording, story, original.beside if original else {})
    if original is None and beside:
        original = PrivateOriginal(
            revision_id=revision.row_id, beside=beside,
            title=revision.title, summary=revision.summary, text=revision.text,
        )  # fmt: skip
    elif original is not None:
        original.beside = beside
    if original is not None:
        session.add(original)
    session.flush()


def public_fields(story: Story) -> Iterator[tuple[str, str]]:
    """(name, words) of everything that readers are shown of a story's own words, beside what is said about them."""
    for name in _FIELDS:
        yield name, getattr(story.current_revision, name)
    for key, row, column in _beside(story):
        yield key, getattr(row, column) or ""


def fitted_title(title: str) -> str:
    """A title that replacements made longer than a title may be, cut."""
    return title[:MAX_TITLE_LENGTH]


def _restored(original: PrivateOriginal, before: Revision, typed: Wording) -> Wording:
    restored = {
        name: _restored_field(
            getattr(original, name), getattr(before, name), getattr(typed, name), original.spans.get(name, ())
        )
        for name in _FIELDS
    }
    return Wording(**restored)


def _restored_field(written: str, public: str, typed: str, stretches: Sequence[Sequence[int]]) -> str:
    if typed == public:
        return written
    found: list[Replacement] = []
    for start, end, public_start, public_end in stretches:
        place = carry_span(public, typed, public_start, public_end)
        if place is not None and (not found or place[0] >= found[-1].end):
            found.append(Replacement(*place, written[start:end]))
    return redact(typed, found).text


def _beside(story: Story) -> Iterator[tuple[str, Any, str]]:
    """(key, row, column) of the words beside the text that readers see."""
    for column in _OF_STORY:
        yield f"story.{column}", story, column
    for attachment in story.attachments:
        for column in _OF_ATTACHMENT:
            if hasattr(attachment, column):
                yield f"attachment.{attachment.id}.{column}", attachment, column


def _reword_beside(rewording: Rewording, story: Story, kept: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Bring each field to its public words; gives those that differ from what was written. kept: as it was before."""
    found = {}
    for key, row, column in _beside(story):
        shown = getattr(row, column) or ""
        written, public = kept.get(key, (shown, shown))
        if shown != public:
            # Somebody wrote something new since.
            written = shown
        wanted = rewording(written)
        if wanted != written:
            found[key] = [written, wanted]
        if wanted != shown:
            setattr(row, column, wanted)
    return found
