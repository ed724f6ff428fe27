"""People's decisions survive: into a new revision of the text, and beside a new reading by the machine."""

from collections.abc import Callable, Iterable

from sqlmodel import Session, col, select

from nlp.text import carry_span
from webapp.models import Coding, Mention, PersonalDataFinding, Quote, Repurposing, Revision, Statement

STATEMENTS: tuple[type[Statement], ...] = (Coding, Repurposing, Mention, Quote, PersonalDataFinding)


def carry_decisions(session: Session, before: Revision, after: Revision) -> None:
    """Copy what people decided or said to the new revision, wherever the same words still stand.

    A decision whose words are gone stays with the old revision alone, for it was about those words.
    """
    for table in STATEMENTS:
        for statement in decided(session, table, before):
            span = _carried(before, after, statement.start, statement.end)
            if span is not None:
                made = copied(statement, span, lambda start, end: _carried(before, after, start, end))
                made.revision_id = after.row_id
                session.add(made)
    session.flush()


def decided(session: Session, table: type[Statement], revision: Revision) -> list[Statement]:
    """What a person made or decided about a revision."""
    query = select(table).where(
        table.revision_id == revision.id, (col(table.status) != "suggested") | (col(table.source) == "person")
    )
    return list(session.exec(query))


def is_decided(statement: Statement, decisions: Iterable[Statement]) -> bool:
    """Has a person already spoken on what the machine says here? The same kind of thing at the same place."""
    return any(_same_matter(statement, decision) for decision in decisions)


def copied(
    statement: Statement, span: tuple[int, int], carried: Callable[[int, int], tuple[int, int] | None]
) -> Statement:
    """A copy for another revision at `span`, still of the old one; carried: where other stretches stand there."""
    values = statement.model_dump(exclude={"id", "start", "end"})
    if isinstance(statement, Repurposing):
        slots = {slot: carried(*place) for slot, place in statement.spans.items()}
        values["spans"] = {slot: list(place) for slot, place in slots.items() if place is not None}
    return type(statement)(**values, start=span[0], end=span[1])


def _same_matter(statement: Statement, decision: Statement) -> bool:
    if isinstance(statement, Coding) and isinstance(decision, Coding):
        # A theme is decided stretch by stretch; but one rejected for the whole story is rejected for every stretch.
        is_rejected_outright = decision.start == decision.end == 0 and decision.status == "rejected"
        same_stretch = is_rejected_outright or _overlap(statement, decision)
        return statement.theme_id == decision.theme_id and same_stretch
    if isinstance(statement, Repurposing) and isinstance(decision, Repurposing):
        return _overlap(statement, decision) and _to_overlaps(statement, decision)
    if isinstance(statement, PersonalDataFinding) and isinstance(decision, PersonalDataFinding):
        return statement.kind == decision.kind and _overlap(statement, decision)
    return _overlap(statement, decision)


def _overlap(a: Statement, b: Statement) -> bool:
    return a.start < b.end and b.start < a.end


def _to_overlaps(a: Repurposing, b: Repurposing) -> bool:
    """Do two readings speak of the same new use? An edited one is compared as the machine had read it, too."""
    readings = [b.spans.get("to"), ((b.proposed or {}).get("spans") or {}).get("to")]
    mine = a.spans.get("to")
    if mine is None or not any(readings):
        return a.to_phrase.casefold() == b.to_phrase.casefold()
    return any(span and mine[0] < span[1] and span[0] < mine[1] for span in readings)


def _carried(before: Revision, after: Revision, start: int, end: int) -> tuple[int, int] | None:
    if start == end == 0:
        return 0, 0
    return carry_span(before.text, after.text, start, end)
