"""People's decisions in the form of files: read from the database for export, and brought in again."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, select

from webapp.errors import Invalid
from webapp.models import (
    Coding,
    PersonalDataFinding,
    Quote,
    Repurposing,
    Statement,
    Story,
    Theme,
    now,
)
from webapp.services import audit
from webapp.services.access import Actor
from webapp.services.carrying import decided
from webapp.services.imports.story_file import (
    CodingForm,
    FindingForm,
    QuoteForm,
    RepurposingForm,
    SlotForm,
    StoryFile,
)
from webapp.services.stories import touch
from webapp.services.themes import themes_by_key

DECISION_FIELDS = ("themes", "codings", "repurposings", "personal_data", "quotes")
_COLUMN_BY_SLOT = {"actor": "actor", "from": "from_phrase", "to": "to_phrase", "trigger": "trigger",
                   "place": "place", "when": "when"}  # fmt: skip


def decision_forms(session: Session, story: Story) -> dict[str, tuple[Any, ...]]:
    """Field of `StoryFile` → what people decided about the story's present text."""
    revision = story.current_revision
    keys = dict(session.exec(select(Theme.id, Theme.key)).all())
    codings = sorted(_of(session, Coding, story), key=lambda coding: (coding.position, coding.start, coding.id))
    plain = [coding for coding in codings if _is_plain(coding)]
    return {
        "themes": tuple(keys[coding.theme_id] for coding in plain),
        "codings": tuple(
            CodingForm(theme=keys[coding.theme_id], **_shared(coding), score=coding.score, memo=coding.memo)
            for coding in codings
            if not _is_plain(coding)
        ),
        "repurposings": tuple(_repurposing_form(event, revision.text) for event in _of(session, Repurposing, story)),
        "personal_data": tuple(
            FindingForm(
                kind=finding.kind,
                **_shared(finding),
                treatment=finding.treatment,
                replacement=finding.replacement,
            )
            for finding in _of(session, PersonalDataFinding, story)
        ),
        "quotes": tuple(QuoteForm(speaker=q.speaker, **_shared(q)) for q in _of(session, Quote, story)),
    }


def bring_decisions(session: Session, actor: Actor, story: Story, story_file: StoryFile) -> bool:
    """Store the decisions that a file brings and the story does not have; True if there were any."""
    if not any(getattr(story_file, field) for field in DECISION_FIELDS):
        return False
    text = story.current_revision.text
    theme_ids = _theme_ids(session, story_file)
    revision_id = story.current_revision.row_id
    made: list[Statement] = [
        Coding(
            revision_id=revision_id,
            theme_id=theme_ids[key],
            position=position,
            start=0,
            end=0,
            coder_id=actor.id,
            status="confirmed",
        )
        for position, key in enumerate(story_file.themes)
    ]
    for form in story_file.codings:
        values = form.model_dump(exclude={"theme"})
        made.append(Coding(revision_id=revision_id, theme_id=theme_ids[form.theme], coder_id=actor.id, **values))
    made += [_repurposing(form, revision_id) for form in story_file.repurposings]
    for finding in story_file.personal_data:
        made.append(
            PersonalDataFinding(
                revision_id=revision_id, text=text[finding.start : finding.end], **finding.model_dump()
            )
        )
    for quote in story_file.quotes:
        made.append(Quote(revision_id=revision_id, text=text[quote.start : quote.end], **quote.model_dump()))
    return _add_missing(session, actor, story, made)


def _add_missing(session: Session, actor: Actor, story: Story, made: list[Statement]) -> bool:
    revision = story.current_revision
    held = {_matter(s) for table in (Coding, Repurposing, PersonalDataFinding, Quote)
            for s in decided(session, table, revision)}  # fmt: skip
    missing = [statement for statement in made if _matter(statement) not in held]
    for statement in missing:
        if not 0 <= statement.start <= statement.end <= len(revision.text):
            raise Invalid(
                f"{story.external_id}: [{statement.start}, {statement.end}) lies outside its text, "
                f"which has {len(revision.text)} characters."
            )
        statement.source, statement.decided_by_id, statement.decided_at = "person", actor.id, now()
        session.add(statement)
    if missing:
        touch(story)
        session.flush()
        subject = ("story", story.external_id)
        audit.record(session, actor, "decisions.imported", subject=subject, after={"n": len(missing)})
    return bool(missing)


def _matter(statement: Statement) -> tuple[object, ...]:
    """What makes two decisions the same one."""
    about = getattr(statement, "theme_id", None) or getattr(statement, "kind", None)
    to = getattr(statement, "to_phrase", None)
    return type(statement).__name__, about, to, statement.start, statement.end


def _of(session: Session, table: type[Any], story: Story) -> list[Any]:
    found = decided(session, table, story.current_revision)
    return sorted(found, key=lambda statement: (statement.start, statement.end, statement.id))


def _is_plain(coding: Coding) -> bool:
    """Does a bare key in `themes` say all of it?"""
    return coding.start == coding.end == 0 and coding.status == "confirmed" and not coding.memo


def _shared(statement: Statement) -> dict[str, Any]:
    return {"start": statement.start, "end": statement.end, "status": statement.status}


def _theme_ids(session: Session, story_file: StoryFile) -> dict[str, int]:
    named: Iterable[str] = [*story_file.themes, *(coding.theme for coding in story_file.codings)]
    try:
        return {key: theme.row_id for key, theme in themes_by_key(session, named).items()}
    except Invalid as err:
        raise Invalid(f"{story_file.id}: {err}") from err


def _repurposing_form(event: Repurposing, text: str) -> RepurposingForm:
    slots = {}
    for slot, column in _COLUMN_BY_SLOT.items():
        words = getattr(event, column)
        if words:
            start, end = event.spans.get(slot, (None, None))
            slots[slot] = SlotForm(text=words, start=start, end=end)
    sentence = SlotForm(text=text[event.start : event.end], start=event.start, end=event.end)
    return RepurposingForm.model_validate(
        {
            **slots,
            "sentence": sentence,
            "status": event.status,
            "from_category": event.from_category,
            "to_category": event.to_category,
            "score": event.score,
        }
    )


def _repurposing(form: RepurposingForm, revision_id: int) -> Repurposing:
    slots = {"actor": form.actor, "from": form.from_, "to": form.to, "trigger": form.trigger,
             "place": form.place, "when": form.when}  # fmt: skip
    sentence = form.sentence
    words: dict[str, Any] = {_COLUMN_BY_SLOT[slot]: said.text if said else None for slot, said in slots.items()}
    return Repurposing(
        revision_id=revision_id,
        **words,
        spans={
            slot: [said.start, said.end]
            for slot, said in slots.items()
            if said and said.start is not None and said.end is not None
        },
        start=sentence.start or 0 if sentence else 0,
        end=sentence.end or 0 if sentence else 0,
        status=form.status,
        from_category=form.from_category,
        to_category=form.to_category,
        score=form.score,
    )
