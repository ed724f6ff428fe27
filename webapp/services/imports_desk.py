"""Imports asked for in the site: files are kept until a worker has taken them in, file by file."""

import secrets
import shutil
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from sqlmodel import Session

from webapp.errors import Invalid, TurnstoneError
from webapp.models import Job, User
from webapp.services import progress
from webapp.services.access import Actor, actor_of, may_review, require
from webapp.services.imports import SUPPORTED_SUFFIXES, find_files
from webapp.services.imports.bringing_in import FileReport, ImportTerms, import_file
from webapp.services.imports.limits import ImportLimits

Transaction = Callable[[], AbstractContextManager[Session]]


def request_import(
    session: Session,
    actor: Actor,
    uploads: Sequence[tuple[str, bytes]],
    *,
    media_folder: Path,
    publish: bool,
    basis: str,
) -> Job:
    """Keep the uploaded files (name, bytes) and open a job that takes them in."""
    require(may_review(actor), "import stories")
    if not uploads:
        raise Invalid("No file was sent. Choose one or more files to import.")
    if publish and not basis.strip():
        raise Invalid("Publishing needs a basis: say in a few words why these stories may be published.")
    names = [_safe_name(name) for name, _ in uploads]
    folder = media_folder / "incoming" / secrets.token_hex(8)
    for position, (name, (_, content)) in enumerate(zip(names, uploads, strict=True)):
        # A folder for each file, since two may share a name, and the name gives the story its id.
        path = folder / f"{position:04d}" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    title = names[0] if len(names) == 1 else f"{len(names)} files"
    order = {"folder": str(folder), "basis": basis if publish else None}
    return progress.open_job(session, "import", f"Importing {title}", actor=actor, order=order)


def run_import(
    transaction: Transaction,
    job_id: int,
    *,
    media_folder: Path,
    limits: ImportLimits,
    consent_months: int | None = None,
) -> FileReport:
    """Take in the files of a job; one that was begun before goes on, since equal stories are left alone."""
    with transaction() as session:
        job = session.get_one(Job, job_id)
        folder, basis = Path(job.order["folder"]), job.order["basis"]
        hand_in, columns = bool(job.order.get("hand_in")), job.order.get("columns")
        actor = _asked_by(session, job)
        files = find_files([folder]).files if folder.exists() else ()
        job.messages = []
        progress.start(job, total=len(files))
    terms = ImportTerms(
        media_folder=media_folder, limits=limits, basis=basis, hand_in=hand_in, columns=columns,
        consent_months=consent_months,
    )  # fmt: skip
    total = FileReport()
    n_failed = 0
    origins: dict[str, Path] = {}
    for path in files:
        report, error = _import_one(transaction, actor, path, terms, origins)
        total += report
        n_failed += error is not None
        with transaction() as session:
            job = session.get_one(Job, job_id)
            job.messages = [*job.messages, *([error] if error else []), *report.notices]
            progress.advance(job)
    _close(transaction, job_id, total, n_failed, len(files))
    shutil.rmtree(folder, ignore_errors=True)
    return total


def _import_one(
    transaction: Transaction, actor: Actor, path: Path, terms: ImportTerms, origins: dict[str, Path]
) -> tuple[FileReport, str | None]:
    try:
        with transaction() as session:
            return import_file(session, actor, path, terms, origins=origins), None
    except TurnstoneError as err:
        return FileReport(), str(err) if path.name in str(err) else f"{path.name}: {err}"


def _close(transaction: Transaction, job_id: int, total: FileReport, n_failed: int, n_files: int) -> None:
    error = None
    if n_failed:
        error = f"{n_failed} of {n_files} file{'s' if n_files > 1 else ''} could not be taken in."
    with transaction() as session:
        progress.finish(session.get_one(Job, job_id), messages=[f"Stories: {total}."], error=error)


def _asked_by(session: Session, job: Job) -> Actor:
    return actor_of(session.get_one(User, job.asked_by_id))


def _safe_name(name: str) -> str:
    name = Path(name.replace("\\", "/")).name
    if not name or name.startswith(".") or Path(name).suffix.lower() not in SUPPORTED_SUFFIXES:
        raise Invalid(
            f"{name!r} cannot be imported. Send files of these kinds: {', '.join(sorted(SUPPORTED_SUFFIXES))}."
        )
    return name
