"""Beginning with what was written already: a document, an e-mail, a spreadsheet."""

import io
import re
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


def look_at(author: FlaskClient, table: str, name: str = "stories.csv") -> str:
    """Send a spreadsheet; gives the address of its preview."""
    return send(author, "/spreadsheets", "spreadsheet", table.encode(), name).location


def becomes(page: str) -> list[str]:
    """What is chosen above each column."""
    heads = re.findall(r"<th scope.*?</th>", page, re.DOTALL)
    return ["".join(re.findall(r'value="(\w+)" selected', head)) for head in heads]


def take_up_waiting(database: Engine, settings) -> None:
    with transaction(database) as session:
        ids = [job.row_id for job in session.exec(select(Job))]
    for job_id in ids:
        run_import(lambda: transaction(database), job_id, media_folder=settings.media_folder, limits=ImportLimits())


def test_a_spreadsheet_is_looked_at_and_then_taken_in_once(
    sign_in: SignIn, database: Engine, settings, wakes: list[str]
) -> None:
    author = sign_in("contributor")
    address = look_at(
        author, "Project name,,What happened,Town,Shoe size\nHall,,The hall became a kitchen.,Brinnington,9\n"
    )
    page = author.get(address).text
    assert "has 1 row" in page
    assert "Brinnington" in page
    assert becomes(page) == ["title", "", "text", "place", ""]
    assert stories(database) == []
    assert sign_in("comms").post(address, data={"action": "take"}).status_code == 404
    assert sign_in("comms").get(address).status_code == 404
    for _ in range(2):
        assert author.post(address, data={"action": "take"}).location == "/my-stories"
    assert "waits its turn" in author.get("/my-stories").text
    take_up_waiting(database, settings)
    [story] = stories(database)
    assert (story.status, story.current_revision.title, story.place.name) == ("submitted", "Hall", "Brinnington")
    assert "Hall" in author.get("/my-stories").text
    assert "taken in or thrown away already" in author.get(address).text


def test_columns_are_chosen_by_hand_and_taken_in_as_chosen(sign_in: SignIn, database: Engine, settings) -> None:
    author = sign_in("contributor")
    address = look_at(author, "Col A,Title,Col C\nThe hall became a kitchen.,Brinnington,Our hall\n")
    page = author.get(address).text
    assert "Say what the columns are" in page
    assert "to the reviewers</button>" not in page
    assert author.post(address, data={"action": "take"}).status_code == 400
    chosen = {"column": ["text", "place", "title"]}
    assert author.post(address, data={**chosen, "action": "look"}).location == address
    page = author.get(address).text
    assert becomes(page) == ["text", "place", "title"]
    assert "Send 1 story to the reviewers" in page
    assert author.post(address, data={**chosen, "action": "take"}).location == "/my-stories"
    take_up_waiting(database, settings)
    [story] = stories(database)
    assert (story.current_revision.title, story.current_revision.text) == ("Our hall", "The hall became a kitchen.")
    assert story.place.name == "Brinnington"


def test_what_is_chosen_with_the_last_press_counts_and_two_alike_are_refused(
    sign_in: SignIn, database: Engine, settings
) -> None:
    author = sign_in("contributor")
    address = look_at(author, "title,text,other\nHall,The hall became a kitchen.,Words of another kind.\n")
    doubled = author.post(address, data={"column": ["title", "text", "text"], "action": "take"})
    assert doubled.status_code == 400
    assert "Columns 2 and 3 would both become “text”" in doubled.text
    assert author.post(address, data={"column": ["title", "nonsense", "text"], "action": "take"}).status_code == 400
    author.post(address, data={"column": ["title", "", "text"], "action": "take"})
    take_up_waiting(database, settings)
    assert [story.current_revision.text for story in stories(database)] == ["Words of another kind."]


def test_rows_that_cannot_be_taken_are_named_and_nothing_can_be_sent(sign_in: SignIn) -> None:
    author = sign_in("contributor")
    address = look_at(author, "title,text\nHall,The hall became a kitchen.\nEmpty,\nToo,many,cells\n")
    page = author.get(address).text
    assert "2 rows cannot be taken" in page
    assert "Row 3: It holds no text" in page
    assert "Row 4: It has 3 cells under 2 columns" in page
    assert "to the reviewers</button>" not in page
    assert author.post(address, data={"action": "take"}).status_code == 400
    refused = send(author, "/spreadsheets", "spreadsheet", b"a,b\n", "stories.csv")
    assert refused.status_code == 400
    assert "No column holds the stories" in refused.text


def test_a_spreadsheet_that_was_thrown_away_is_gone(sign_in: SignIn, settings) -> None:
    author = sign_in("contributor")
    address = look_at(author, "title,text\nHall,The hall became a kitchen.\n")
    assert author.post(address, data={"action": "forget"}).location == "/stories/new"
    assert author.get(address).status_code == 404
    assert not any(path.is_file() for path in settings.media_folder.rglob("*"))


def test_only_whoever_may_send_stories_may_begin_so(sign_in: SignIn, client: FlaskClient) -> None:
    for address in ("/drafts/from-mail", "/drafts/from-file", "/spreadsheets"):
        assert sign_in("researcher").post(address).status_code == 403
        assert client.post(address).status_code == 403
