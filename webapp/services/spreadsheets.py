"""Many stories from one spreadsheet: looked at first, taken in by the worker once somebody has said so."""

import json
import re
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from webapp.errors import Invalid, NotFound
from webapp.models import Job
from webapp.services import progress
from webapp.services.access import Actor, may_submit, require
from webapp.services.imports.apart import TablePreview, preview_table
from webapp.services.imports.columns import FIELDS
from webapp.services.imports.limits import ImportLimits

__all__ = ["FIELDS"]

_GONE = "This file was taken in or thrown away already. Send it again if you need to."
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """A file that waits for its sender to say that it may be taken in."""

    key: str
    name: str
    preview: TablePreview


def keep_spreadsheet(actor: Actor, *, name: str, content: bytes, folder: Path, limits: ImportLimits) -> Spreadsheet:
    """Look at a file and keep it. Raises Invalid for one in which no stories can be found."""
    require(may_submit(actor), "send stories")
    name = Path(name.replace("\\", "/")).name
    preview = preview_table(name, content, limits)
    key = secrets.token_urlsafe(18)
    place = _place(folder, key)
    place.mkdir(parents=True)
    # Its rows get their ids from its name; the key keeps them apart from the rows of any other file.
    stem = re.sub(r"[^a-z0-9]+", "-", Path(name).stem.lower()).strip("-")[:40] or "stories"
    (place / f"{stem}-{key[:6].lower()}{Path(name).suffix.lower()}").write_bytes(content)
    _write_note(folder, key, {"sender": actor.id, "name": name, "columns": None})
    return Spreadsheet(key, name, preview)


def look_again(actor: Actor, key: str, *, folder: Path, limits: ImportLimits) -> Spreadsheet:
    """A file that was kept, with its columns as they were chosen last.

    Raises NotFound for a file that is not theirs, Invalid for one that was taken in or thrown away.
    """
    place = _own_place(actor, key, folder)
    note = _note(folder, key)
    file = next(place.iterdir(), None) if place.is_dir() else None
    if file is None:
        raise Invalid(_GONE)
    return Spreadsheet(
        key, note["name"], preview_table(note["name"], file.read_bytes(), limits, chosen=note["columns"])
    )


def choose_columns(actor: Actor, key: str, fields: Sequence[str], *, folder: Path) -> None:
    """Say what each column becomes, in their order; "": nothing. Raises Invalid where two become the same."""
    _own_place(actor, key, folder)
    chosen: dict[str, int] = {}
    for position, field in enumerate(fields):
        if field in chosen:
            raise Invalid(
                f"Columns {chosen[field] + 1} and {position + 1} would both become “{field.replace('_', ' ')}”. "
                "Leave one of them out."
            )
        if field and field not in FIELDS:
            raise Invalid(f"A column cannot become {field!r}. Choose one of those listed.")
        if field:
            chosen[field] = position
    _write_note(folder, key, {**_note(folder, key), "columns": chosen})


def take_in(session: Session, actor: Actor, key: str, *, folder: Path) -> Job:
    """Have the worker take in a file that was kept; asked again, it is the same job."""
    place = _own_place(actor, key, folder)
    note = _note(folder, key)
    title = f"Taking in {note['name']}"
    earlier = taking_in(session, actor, key, folder=folder)
    if earlier is not None:
        return earlier
    if not place.is_dir():
        raise Invalid(_GONE)
    order = {"folder": str(place), "basis": None, "hand_in": True, "columns": note["columns"]}
    return progress.open_job(session, "import", title[:300], actor=actor, order=order)


def taking_in(session: Session, actor: Actor, key: str, *, folder: Path) -> Job | None:
    """The job that takes in a file, if somebody said so already."""
    place = str(_own_place(actor, key, folder))
    jobs = session.exec(select(Job).where(Job.kind == "import", Job.asked_by_id == actor.id))
    return next((job for job in jobs if job.order.get("folder") == place), None)


def forget(actor: Actor, key: str, *, folder: Path) -> None:
    """Throw a file away that was only looked at."""
    shutil.rmtree(_own_place(actor, key, folder), ignore_errors=True)
    _note_file(folder, key).unlink(missing_ok=True)


def own_imports(session: Session, actor: Actor, *, limit: int = 5) -> list[Job]:
    """The files that this person sent lately, and what became of them."""
    query = select(Job).where(Job.kind == "import", Job.asked_by_id == actor.id).order_by(col(Job.id).desc())
    return list(session.exec(query.limit(limit))) if actor.id is not None else []


def _own_place(actor: Actor, key: str, folder: Path) -> Path:
    require(may_submit(actor), "send stories")
    is_kept = _KEY.fullmatch(key) is not None and _note_file(folder, key).is_file()
    if not is_kept or _note(folder, key)["sender"] != actor.id:
        raise NotFound("There is no such spreadsheet of yours. Send it again.")
    return _place(folder, key)


def _place(folder: Path, key: str) -> Path:
    return folder / "incoming" / key


def _note_file(folder: Path, key: str) -> Path:
    return folder / "incoming" / f"{key}.json"


def _note(folder: Path, key: str) -> dict[str, Any]:
    """What is kept beside a file: sender, name, columns as they were chosen."""
    return dict(json.loads(_note_file(folder, key).read_text(encoding="utf-8")))


def _write_note(folder: Path, key: str, note: dict[str, Any]) -> None:
    _note_file(folder, key).write_text(json.dumps(note), encoding="utf-8")
