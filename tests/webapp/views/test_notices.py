"""The page of what waits for a person, and of whom reviewers should ask how they are."""

from collections.abc import Callable

from flask.testing import FlaskClient

SignIn = Callable[[str], FlaskClient]


def _note(reviewer: FlaskClient, external_id: str, contact_on: str) -> None:
    form = {"risk": "high", "note": "Her brother reads it.", "support": "A number to ring.", "contact_on": contact_on}
    assert reviewer.post(f"/review/{external_id}/welfare", data=form).status_code == 303


def test_a_reviewer_is_told_whom_to_ask_until_a_new_note_is_written(reviewer: FlaskClient, waiting: str) -> None:
    link = f'href="/review/{waiting}#welfare"'
    _note(reviewer, waiting, "2999-01-01")
    assert link not in reviewer.get("/notices").text
    _note(reviewer, waiting, "2026-01-01")
    page = reviewer.get("/notices").text
    assert link in page
    assert "1 January 2026" in page
    _note(reviewer, waiting, "2999-02-01")
    assert link not in reviewer.get("/notices").text


def test_nobody_but_reviewers_is_told_whom_to_ask(sign_in: SignIn, waiting: str) -> None:
    _note(sign_in("reviewer"), waiting, "2026-01-01")
    assert f"/review/{waiting}" not in sign_in("contributor").get("/notices").text
