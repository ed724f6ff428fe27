"""Jobs and imports."""

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from webapp.database import transaction
from webapp.models import Job
from webapp.services import progress


@pytest.fixture
def staff(sign_in: Callable[[str], FlaskClient]) -> FlaskClient:
    return sign_in("admin")


def _file(name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(b"We opened the hall."), name


def _send(staff: FlaskClient, files: list[tuple[io.BytesIO, str]], **fields: str):
    return staff.post("/jobs", data={"files": files, **fields}, content_type="multipart/form-data")


def _jobs(database: Engine) -> list[Job]:
    with Session(database) as session:
        return list(session.exec(select(Job)))


def test_files_become_a_job_for_the_worker(staff: FlaskClient, database: Engine, wakes: list[str]) -> None:
    answer = _send(staff, [_file("one.md"), _file("two.txt")])
    assert answer.status_code == 303
    [job] = _jobs(database)
    assert (job.kind, job.state) == ("import", "queued")
    assert wakes
    assert "2 files" in staff.get("/jobs").text


@pytest.mark.parametrize("name", ["photo.exe", "story.html", "story"])
def test_other_files_are_refused(staff: FlaskClient, database: Engine, name: str) -> None:
    answer = _send(staff, [_file("one.md"), _file(name)])
    assert answer.status_code == 400
    assert "can be read" in answer.text
    assert _jobs(database) == []


def test_sending_no_file_is_told(staff: FlaskClient) -> None:
    answer = _send(staff, [])
    assert answer.status_code == 400
    assert "Choose at least one file" in answer.text


def test_publishing_at_once_needs_a_reason(staff: FlaskClient, database: Engine) -> None:
    assert _send(staff, [_file("one.md")], publish="y").status_code == 400
    assert _send(staff, [_file("one.md")], publish="y", basis="Published before").status_code == 303
    assert _jobs(database)[0].order["basis"] == "Published before"


def test_the_page_shows_how_far_work_is_and_asks_again(staff: FlaskClient, database: Engine) -> None:
    with transaction(database) as session:
        job = progress.open_job(session, "analyse", "Reading 40 stories")
        progress.start(job, total=40)
        progress.advance(job, by=10)
    page = staff.get("/jobs").text
    assert "10 of 40 done" in page
    assert 'value="25"' in page
    assert 'hx-trigger="every 2s"' in page


def test_the_page_is_still_when_nothing_runs(staff: FlaskClient, database: Engine) -> None:
    with transaction(database) as session:
        job = progress.open_job(session, "import", "Importing <b>bold</b>.md")
        progress.finish(job, messages=["row 3 has no title"], error="It is not a story.")
    answer = staff.get("/jobs", headers={"HX-Request": "true"})
    assert "every 2s" not in answer.text
    assert "row 3 has no title" in answer.text
    assert "It failed: It is not a story." in answer.text
    assert "<b>bold" not in answer.text
    assert "<html" not in answer.text
