"""What reviewers keep beside a story, as files carry it: replacements, comments, notes on whoever tells it.

Only a whole copy holds them (`webapp.services.exports`), never one to pass on: they hold names and tell of people.
"""

from typing import Any

from sqlmodel import Session, col, select

from webapp.errors import Invalid
from webapp.models import REPLACEMENT_KINDS, RISKS, CommentPlace, ReviewComment, Story, WelfareNote, WordReplacement
from webapp.services.imports.story_file import CommentForm, ReplacementForm, StoryFile, WelfareForm


def note_forms(session: Session, story: Story) -> dict[str, Any]:
    """Field of `StoryFile` → what reviewers keep beside the story, oldest first."""
    placed = select(CommentPlace).where(CommentPlace.revision_id == story.current_revision.id)
    start_by_comment = {place.comment_id: place.start for place in session.exec(placed)}
    return {
        "replacements": tuple(_filled(ReplacementForm, row) for row in _of(session, WordReplacement, story)),
        "comments": tuple(
            _filled(CommentForm, row, start=start_by_comment.get(row.row_id))
            for row in _of(session, ReviewComment, story)
        ),
        "welfare": tuple(_filled(WelfareForm, row) for row in _of(session, WelfareNote, story)),
    }


def bring_notes(session: Session, story: Story, story_file: StoryFile) -> None:
    """Put them beside a new story. Raises Invalid for a kind or a risk that there is not."""
    _check({form.kind for form in story_file.replacements}, REPLACEMENT_KINDS, "kind of words to replace")
    _check({form.risk for form in story_file.welfare}, RISKS, "risk")
    made = [WordReplacement(story_id=story.row_id, **form.model_dump()) for form in story_file.replacements]
    notes = [WelfareNote(story_id=story.row_id, **form.model_dump()) for form in story_file.welfare]
    session.add_all([*made, *notes])
    for form in story_file.comments:
        comment = ReviewComment(story_id=story.row_id, **form.model_dump(exclude={"start"}))
        session.add(comment)
        session.flush()
        _place(session, story, comment, form.start)
    session.flush()


def _place(session: Session, story: Story, comment: ReviewComment, start: int | None) -> None:
    if start is None or not comment.quoted:
        return
    revision, end = story.current_revision, start + len(comment.quoted)
    if revision.text[start:end] != comment.quoted:
        raise Invalid(f"{story.external_id}: a comment is said to stand at {start}, where the text has other words.")
    session.add(CommentPlace(comment_id=comment.row_id, revision_id=revision.row_id, start=start, end=end))


def _of(session: Session, table: type[Any], story: Story) -> list[Any]:
    return list(session.exec(select(table).where(table.story_id == story.id).order_by(col(table.id))))


def _filled(form: type[Any], row: Any, **more: object) -> Any:
    names = (name for name in form.model_fields if name not in more)
    return form(**{name: getattr(row, name) for name in names}, **more)


def _check(given: set[str], known: tuple[str, ...], what: str) -> None:
    unknown = sorted(given - set(known))
    if unknown:
        raise Invalid(f"{unknown[0]!r} is not a {what}. Use one of: {', '.join(known)}.")
