"""Taking personal data out of a story: what is decided of each finding, and the text that comes of it."""

import re
from collections.abc import Iterable, Mapping

from sqlmodel import Session

from nlp.redaction import PLACEHOLDERS, OffsetMap, Replacement, redact, suggest_pseudonyms
from webapp.errors import Conflict, Invalid
from webapp.models import TREATMENTS, Mention, PersonalDataFinding, Quote, Repurposing, Statement, Story
from webapp.services import audit
from webapp.services.access import Actor, may_review, require
from webapp.services.carrying import STATEMENTS, copied, decided
from webapp.services.review import decide, statements
from webapp.services.stories import add_revision, touch

NAMES = ("person", "child")
_WORDS = ("text", "speaker", "actor", "from_phrase", "to_phrase", "trigger", "place", "memo")


def suggested_words(session: Session, story: Story) -> dict[int, str]:
    """Finding → words to put in its place: for names a pseudonym, for all else a placeholder."""
    findings = statements(session, story, "personal_data")
    text = story.current_revision.text
    pseudonyms = suggest_pseudonyms([f.text for f in findings if f.kind in NAMES], text=text)
    return {f.id: f.replacement or pseudonyms.get(f.text) or PLACEHOLDERS[f.kind] for f in findings}


def treat(
    session: Session, actor: Actor, story: Story, finding_id: int, *, treatment: str, words: str = ""
) -> list[PersonalDataFinding]:
    """Say what becomes of a finding and of all others with the same words; gives them.

    treatment: 'redact' (a placeholder), 'pseudonym' (other words) or 'keep'. words: of the pseudonym.
    """
    require(may_review(actor), "decide on personal data")
    if treatment not in TREATMENTS:
        raise Invalid(f"{treatment!r} is not a treatment. Use one of: {', '.join(TREATMENTS)}.")
    words = " ".join(words.split())
    if treatment == "pseudonym" and not words:
        raise Invalid("Say which words should stand in its place.")
    findings = statements(session, story, "personal_data")
    chosen = next((finding for finding in findings if finding.id == finding_id), None)
    alike = [f for f in findings if chosen and (f.kind, f.text) == (chosen.kind, chosen.text)]
    ids = [finding.id for finding in alike] or [finding_id]
    status = "rejected" if treatment == "keep" else "confirmed"
    decide(session, actor, story, kind="personal_data", ids=ids, status=status)
    for finding in alike:
        finding.treatment = treatment
        finding.replacement = {"pseudonym": words, "redact": PLACEHOLDERS[finding.kind]}.get(treatment)
    session.flush()
    return alike


def to_be_replaced(session: Session, story: Story) -> list[PersonalDataFinding]:
    """The findings in the present text that were decided to be taken out, in order."""
    findings = statements(session, story, "personal_data")
    return [finding for finding in findings if finding.status == "confirmed" and finding.replacement]


def apply_treatments(session: Session, actor: Actor, story: Story) -> int:
    """Write a new revision in which all that was decided to be taken out is replaced; gives how much was.

    What people decided about other stretches moves with them, evidence that holds a replaced name included. Earlier
    revisions stay as they were, for staff alone.
    """
    require(may_review(actor), "change this story")
    findings = to_be_replaced(session, story)
    if not findings:
        raise Conflict("Nothing is to be replaced: first choose what becomes of each finding.")
    before = story.current_revision
    redacted = redact(before.text, _replacements(findings))
    words = {finding.text: finding.replacement or "" for finding in findings}
    carried = [
        copied(statement, span, redacted.offsets.span)
        for table in STATEMENTS
        for statement in decided(session, table, before)
        if (span := _moved(statement, redacted.offsets, findings)) is not None
    ]
    after = add_revision(
        session, actor, story, title=_reworded(before.title, words), summary=_reworded(before.summary, words),
        text=redacted.text, carry=False,
    )  # fmt: skip
    for statement in carried:
        statement.revision_id = after.row_id
        _reword(statement, words, after.text)
    session.add_all(carried)
    touch(story)
    session.flush()
    audit.record(session, actor, "story.redacted", subject=("story", story.external_id), after={"n": len(findings)})
    return len(findings)


def _replacements(findings: Iterable[PersonalDataFinding]) -> list[Replacement]:
    """One for each stretch; of two that overlap, the first."""
    made: list[Replacement] = []
    for finding in findings:
        if not made or finding.start >= made[-1].end:
            made.append(Replacement(finding.start, finding.end, finding.replacement or ""))
    return made


def _moved(
    statement: Statement, offsets: OffsetMap, findings: Iterable[PersonalDataFinding]
) -> tuple[int, int] | None:
    """Where a statement stands after the replacements; None if it was about what is gone."""
    if statement.start == statement.end == 0:
        return 0, 0
    is_gone = any(finding.start <= statement.start and statement.end <= finding.end for finding in findings)
    return None if is_gone else offsets.span(statement.start, statement.end)


def _reword(statement: Statement, words: Mapping[str, str], text: str) -> None:
    """Let a statement's own words follow the text."""
    for name in _WORDS:
        value = getattr(statement, name, None)
        if value:
            setattr(statement, name, _reworded(value, words))
    if isinstance(statement, Mention | Quote | PersonalDataFinding):
        statement.text = text[statement.start : statement.end]
    if isinstance(statement, Repurposing):
        # What the machine had read would keep the names.
        statement.proposed = None
        statement.embedding = statement.embedding_name = None


def _reworded(value: str, words: Mapping[str, str]) -> str:
    for old in sorted(words, key=len, reverse=True):
        value = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", words[old].replace("\\", r"\\"), value)
    return value
