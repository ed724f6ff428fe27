"""Many stories from one spreadsheet: looked at first, taken in by the worker once somebody has said so."""

import json
import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, select

from webapp.errors import Invalid, NotFound
from webapp.models import Job
from webapp.services import progress
from webapp.services.access import Actor, may_submit, require
from webapp.services.imports.apart import TablePreview, preview_table
from webapp.services.imports.limits import ImportLimits

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
    (place.parent / f"{key}.json").write_text(json.dumps({"sender": actor.id, "name": name}), encoding="utf-8")
    return Spreadsheet(key, name, preview)


def take_in(session: Session, actor: Actor, key: str, *, folder: Path) -> Job:
    """Have the worker take in a file that was kept; asked again, it is the same job."""
    place = _own_place(actor, key, folder)
    title = f"Taking in {json.loads((place.parent / f'{key}.json').read_text(encoding='utf-8'))['name']}"
    for job in session.exec(select(Job).where(Job.kind == "import", Job.asked_by_id == actor.id)):
        if job.order.get("folder") == str(place):
            return job
    if not place.is_dir():
        raise Invalid("This file was taken in or thrown away already. Send it again if you need to.")
    return progress.open_job(
        session, "import", title[:300], actor=actor, order={"folder": str(place), "basis": None, "hand_in": True}
    )


def forget(actor: Actor, key: str, *, folder: Path) -> None:
    """Throw a file away that was only looked at."""
    shutil.rmtree(_own_place(actor, key, folder), ignore_errors=True)
    (folder / "incoming" / f"{key}.json").unlink(missing_ok=True)


def own_imports(session: Session, actor: Actor, *, limit: int = 5) -> list[Job]:
    """The files that this person sent lately, and what became of them."""
    query = select(Job).where(Job.kind == "import", Job.asked_by_id == actor.id).order_by(col(Job.id).desc())
    return list(session.exec(query.limit(limit))) if actor.id is not None else []


def _own_place(actor: Actor, key: str, folder: Path) -> Path:
    told = folder / "incoming" / f"{key}.json"
    is_kept = _KEY.fullmatch(key) is not None and told.is_file()
    if not is_kept or json.loads(told.read_text(encoding="utf-8"))["sender"] != actor.id:
        raise NotFound("There is no such spreadsheet of yours. Send it again.")
    return _place(folder, key)


def _place(folder: Path, key: str) -> Path:
    return folder / "incoming" / key
