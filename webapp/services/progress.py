"""Long work as people see it: a job's state, how far it has come, and what it has to say."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, select

from webapp.models import Job, now
from webapp.services.access import SYSTEM, Actor

# A running job that has said nothing for this long has lost its worker.
LOST_AFTER = timedelta(minutes=2)


def open_job(
    session: Session, kind: str, title: str, *, actor: Actor = SYSTEM, order: dict[str, Any] | None = None
) -> Job:
    """A job that waits for a worker."""
    job = Job(kind=kind, title=title, order=order or {}, asked_by_id=actor.id)
    session.add(job)
    session.flush()
    return job


def start(job: Job, *, total: int = 0) -> None:
    job.state, job.n_done, job.n_total, job.beat_at = "running", 0, total, now()


def advance(job: Job, *, by: int = 1) -> None:
    job.n_done += by
    job.beat_at = now()


def finish(job: Job, *, messages: Iterable[str] = (), error: str | None = None) -> None:
    """End a job, well or with its error."""
    job.state = "failed" if error else "done"
    job.error = error
    job.messages = [*job.messages, *messages]
    job.beat_at = job.finished_at = now()


def waiting_jobs(session: Session, kind: str) -> list[Job]:
    """Jobs to take up, oldest first: those that nobody began and those whose worker was lost.

    There is one worker, so a job that runs while it asks is one that a dead worker left.
    """
    query = select(Job).where(Job.kind == kind, col(Job.state).in_(("queued", "running")))
    return list(session.exec(query.order_by(col(Job.id))))


def recent_jobs(session: Session, *, limit: int = 50) -> list[Job]:
    """The jobs asked for last, newest first."""
    return list(session.exec(select(Job).order_by(col(Job.id).desc()).limit(limit)))


def is_lost(job: Job) -> bool:
    """Has a running job been silent for too long?"""
    return job.state == "running" and now() - job.beat_at > LOST_AFTER
