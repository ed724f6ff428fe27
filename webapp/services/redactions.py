"""Taking personal data out of a story: what is decided of each finding, and the text that comes of it."""

from collections.abc import Iterable

from sqlmodel import Session

from nlp.redaction import PLACEHOLDERS, OffsetMap, suggest_pseudonyms
from webapp.errors import Conflict, Invalid
from webapp.models import TREATMENTS, Mention, PersonalDataFinding, Quote, Repurposing, Statement, Story, now
from webapp.services import audit
from webapp.services.access import Actor, may_review, require
from webapp.services.carrying import STATEMENTS, copied, decided
from webapp.services.comments import move_comments
from webapp.services.public_words import Rewording, offsets_of, rewording_of, version_now, wording_of
from webapp.services.replacements import set_replacement
from webapp.services.review import decide, decision_in_words, treatment_in_words
from webapp.services.statements import statements
from webapp.services.stories import add_version, touch
from webapp.services.turns import check_seen, take_turn

NAMES = ("person", "child")
_WORDS = ("text", "speaker", "actor", "from_phrase", "to_phrase", "trigger", "place", "memo")
Stretch = tuple[int, int, int, int]
"""Start and end in the text before, and in the text after."""


def suggested_words(session: Session, story: Story) -> dict[int, str]:
    """Finding → words to put in its place: for names a pseudonym, for all else a placeholder."""
    findings = statements(session, story, "personal_data")
    text = story.current_revision.text
    pseudonyms = suggest_pseudonyms([f.text for f in findings if f.kind in NAMES], text=text)
    known = rewording_of(session, story).words
    return {
        f.id: f.replacement or known.get(f.text) or pseudonyms.get(f.text) or PLACEHOLDERS[f.kind] for f in findings
    }


def treat(
    session: Session,
    actor: Actor,
    story: Story,
    finding_id: int,
    *,
    treatment: str,
    words: str = "",
    seen: str | None = None,
) -> list[PersonalDataFinding]:
    """Say what becomes of a finding and of all others with the same words; gives them.

    treatment: 'redact' (a placeholder), 'pseudonym' (other words) or 'keep'. words: of the pseudonym. seen: `seen_of`
    the finding when the actor saw it; raises Overtaken if somebody decided otherwise since.
    """
    require(may_review(actor), "decide on personal data")
    if treatment not in TREATMENTS:
        raise Invalid(f"{treatment!r} is not a treatment. Use one of: {', '.join(TREATMENTS)}.")
    words = " ".join(words.split())
    if treatment == "pseudonym" and not words:
        raise Invalid("Say which words should stand in its place.")
    take_turn(session, story)
    findings = statements(session, story, "personal_data")
    chosen = next((finding for finding in findings if finding.id == finding_id), None)
    alike = [f for f in findings if chosen and (f.kind, f.text) == (chosen.kind, chosen.text)]
    status = "rejected" if treatment == "keep" else "confirmed"
    if chosen is not None:
        mine = treatment_in_words(status, _replacement(chosen, treatment, words))
        if mine != decision_in_words(chosen):
            check_seen(session, [chosen], seen, mine=mine, theirs=decision_in_words)
    decide(session, actor, story, kind="personal_data", ids=[f.id for f in alike] or [finding_id], status=status)
    for finding in alike:
        _set_treatment(session, actor, story, finding, treatment, words)
    session.flush()
    return alike


def to_be_replaced(session: Session, story: Story) -> list[PersonalDataFinding]:
    """The findings in the present text that were decided to be taken out, in order."""
    findings = statements(session, story, "personal_data")
    return [finding for finding in findings if finding.status == "confirmed" and finding.replacement]


def apply_replacements(session: Session, actor: Actor, story: Story) -> int:
    """Write a new revision whose public words follow the table of replacements; gives how many stretches changed.

    Findings that were decided to be taken out join the table first. What people decided about other stretches moves
    with them, evidence that holds a replaced name included. What was written is kept apart, for reviewers alone.
    """
    require(may_review(actor), "change this story")
    take_turn(session, story)
    findings = to_be_replaced(session, story)
    for found in {finding.text: finding for finding in findings}.values():
        set_replacement(session, actor, story, original=found.text, words=found.replacement or "", kind=found.kind)
    before, version = story.current_revision, version_now(session, story)
    if version.public == wording_of(before):
        raise Conflict("Nothing is to be replaced: the text says what the table asks for.")
    offsets = offsets_of(session, before).then_instead(version.offsets["text"])
    changed = [s for s in offsets.stretches if before.text[s[0] : s[1]] != version.public.text[s[2] : s[3]]]
    carried = [
        copied(statement, span, offsets.span)
        for table in STATEMENTS
        for statement in decided(session, table, before)
        if (span := _moved(statement, offsets, changed)) is not None
    ]
    before, after = add_version(session, actor, story, version)
    words = {before.text[s[0] : s[1]]: after.text[s[2] : s[3]] for s in changed if s[0] < s[1]}
    for statement in carried:
        statement.revision_id = after.row_id
        _reword(statement, (Rewording(words), rewording_of(session, story)), after.text)
    session.add_all(carried)
    move_comments(session, before, after, lambda start, end: offsets.span(start, end))
    touch(story)
    session.flush()
    audit.record(
        session, actor, "story.redacted", subject=("story", story.external_id),
        before={"revision": before.number}, after={"revision": after.number, "n": len(changed)},
    )  # fmt: skip
    return len(changed)


def _replacement(finding: PersonalDataFinding, treatment: str, words: str) -> str | None:
    return {"pseudonym": words, "redact": PLACEHOLDERS[finding.kind]}.get(treatment)


def _set_treatment(
    session: Session, actor: Actor, story: Story, finding: PersonalDataFinding, treatment: str, words: str
) -> None:
    """Note what is to become of it. The words stay out of the log, for it is kept for ever."""
    if finding.treatment != treatment:
        audit.record(
            session, actor, "personal_data.treated", subject=("story", story.external_id),
            before={"id": finding.id, "treatment": finding.treatment},
            after={"id": finding.id, "treatment": treatment},
        )  # fmt: skip
    finding.treatment, finding.replacement = treatment, _replacement(finding, treatment, words)
    finding.decided_by_id, finding.decided_at = actor.id, now()


def _moved(statement: Statement, offsets: OffsetMap, changed: Iterable[Stretch]) -> tuple[int, int] | None:
    """Where a statement stands after the replacements; None if it was about what is gone."""
    if statement.start == statement.end == 0:
        return 0, 0
    is_gone = any(start <= statement.start and statement.end <= end for start, end, _, _ in changed)
    return None if is_gone else offsets.span(statement.start, statement.end)


def _reword(statement: Statement, rewordings: Iterable[Rewording], text: str) -> None:
    """Let a statement's own words follow the text."""
    for name in _WORDS:
        value = getattr(statement, name, None)
        for rewording in rewordings:
            value = rewording(value) if value else value
        if value:
            setattr(statement, name, value)
    if isinstance(statement, Mention | Quote | PersonalDataFinding):
        statement.text = text[statement.start : statement.end]
    if isinstance(statement, Repurposing):
        # What the machine had read would keep the names.
        statement.proposed = None
        statement.embedding = statement.embedding_name = None
