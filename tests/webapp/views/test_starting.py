"""Beginning with what was written already: a document, an e-mail, a spreadsheet."""

import io
from collections.abc import Callable

import pytest
from docx import Document
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select

from tests.webapp.views.test_drafts import stories
from webapp.database import transaction
from webapp.models import Job
from webapp.services.imports.limits import ImportLimits
from webapp.services.imports_desk import run_import
from webapp.services.pasted_mail import read_pasted

SignIn = Callable[[str], FlaskClient]
MAIL = """From: Somebody <somebody@example.org>
Sent: Tuesday
Subject: FW: Re: Our chapel

> In May the old chapel became
> a bicycle workshop.
>
> It is warm now.

--
Somebody, volunteer
"""


def send(author: FlaskClient, address: str, field: str, content: bytes, name: str):
    files = {field: (io.BytesIO(content), name), "key": "k" * 24}
    return author.post(address, data=files, content_type="multipart/form-data")


def test_a_word_document_becomes_a_draft_once(sign_in: SignIn, database: Engine) -> None:
    document = Document()
    document.add_heading("Our chapel", 1)
    document.add_paragraph("In May the old chapel became a bicycle workshop.")
    written = io.BytesIO()
    document.save(written)
    author = sign_in("contributor")
    begun = [send(author, "/drafts/from-file", "document", written.getvalue(), "../chapel.docx") for _ in range(2)]
    assert begun[0].location == begun[1].location
    page = author.get(begun[0].location).text
    assert 'value="Our chapel"' in page
    assert "became a bicycle workshop." in page
    assert stories(database) == []


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [("a.pdf", b"no pdf at all", "a.pdf: "), ("a.exe", b"MZ", "Only files that end in"), ("a.txt", b"  ", "empty")],
)
def test_a_document_that_cannot_be_read_says_why(sign_in: SignIn, name: str, content: bytes, reason: str) -> None:
    answer = send(sign_in("contributor"), "/drafts/from-file", "document", content, name)
    assert answer.status_code == 400
    assert reason in answer.text


def test_a_pasted_email_becomes_a_draft_without_what_mail_programs_add(sign_in: SignIn) -> None:
    pasted = read_pasted(MAIL)
    assert (pasted.title, pasted.text) == (
        "Our chapel", "In May the old chapel became\na bicycle workshop.\n\nIt is warm now."
    )  # fmt: skip
    author = sign_in("contributor")
    page = author.get(author.post("/drafts/from-mail", data={"pasted": MAIL, "key": "k" * 24}).location).text
    assert 'value="Our chapel"' in page
    assert "somebody@example.org" not in page


def test_a_spreadsheet_is_looked_at_and_then_taken_in_once(
    sign_in: SignIn, database: Engine, settings, wakes: list[str]
) -> None:
    author = sign_in("contributor")
    table = "Project name,,What happened,Town,Shoe size\nHall,,The hall became a kitchen.,Brinnington,9\n"
    page = send(author, "/spreadsheets", "spreadsheet", table.encode(), "stories.csv").text
    for told in ("has 1 row", "becomes: Title", "becomes: Text", "becomes: Place", "left out", "Brinnington"):
        assert told in page
    assert stories(database) == []
    address = f"/spreadsheets/{page.split('/spreadsheets/')[1].split(chr(34))[0]}"
    assert sign_in("comms").post(address, data={"action": "take"}).status_code == 404
    for _ in range(2):
        assert author.post(address, data={"action": "take"}).location == "/my-stories"
    assert "waits its turn" in author.get("/my-stories").text
    with transaction(database) as session:
        [job] = session.exec(select(Job)).all()
        job_id = job.row_id
    run_import(lambda: transaction(database), job_id, media_folder=settings.media_folder, limits=ImportLimits())
    [story] = stories(database)
    assert (story.status, story.current_revision.title, story.place.name) == ("submitted", "Hall", "Brinnington")
    assert "Hall" in author.get("/my-stories").text


def test_rows_that_cannot_be_taken_are_named_and_nothing_can_be_sent(sign_in: SignIn) -> None:
    author = sign_in("contributor")
    table = "title,text\nHall,The hall became a kitchen.\nEmpty,\nToo,many,cells\n"
    page = send(author, "/spreadsheets", "spreadsheet", table.encode(), "stories.csv").text
    assert "2 rows cannot be taken" in page
    assert "Row 3: It holds no text" in page
    assert "Row 4: It has 3 cells under 2 columns" in page
    assert "to the reviewers</button>" not in page
    refused = send(author, "/spreadsheets", "spreadsheet", b"a,b\n1,2\n", "stories.csv")
    assert "No column holds the stories" in refused.text


def test_only_whoever_may_send_stories_may_begin_so(sign_in: SignIn, client: FlaskClient) -> None:
    for address in ("/drafts/from-mail", "/drafts/from-file", "/spreadsheets"):
        assert sign_in("researcher").post(address).status_code == 403
        assert client.post(address).status_code == 403
