"""Signing in and out."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import select

from webapp.database import transaction
from webapp.models import User

PASSWORD = "a long enough password"
RIGHT = {"email": "reviewer@example.org", "password": PASSWORD}
WRONG = {"email": "reviewer@example.org", "password": "not this one at all"}


def test_the_right_password_signs_in_and_leads_where_the_person_was_going(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={**RIGHT, "next": "/review"})
    assert (answer.status_code, answer.location) == (303, "/review")
    assert client.get("/review").status_code == 200


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(client: FlaskClient) -> None:
    wrong = client.post("/sign-in", data=WRONG)
    unknown = client.post("/sign-in", data={**WRONG, "email": "nobody@example.org"})
    assert wrong.status_code == unknown.status_code == 400
    assert "do not belong together" in wrong.text
    assert "do not belong together" in unknown.text


def test_the_address_is_kept_and_the_password_is_not(client: FlaskClient) -> None:
    page = client.post("/sign-in", data=WRONG).text
    assert "reviewer@example.org" in page
    assert "not this one at all" not in page


def test_only_failures_count_towards_the_limit(client: FlaskClient) -> None:
    for _ in range(12):
        assert client.post("/sign-in", data=RIGHT).status_code == 303
        client.post("/sign-out")
    for _ in range(10):
        assert client.post("/sign-in", data={"email": "", "password": ""}).status_code == 400
    refused = client.post("/sign-in", data=RIGHT)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "Wait" in refused.text


def test_the_limit_leaves_the_form_itself_open(client: FlaskClient) -> None:
    for _ in range(11):
        client.post("/sign-in", data={"email": "", "password": ""})
    assert client.get("/sign-in").status_code == 200


def test_signing_in_begins_a_new_session(client: FlaskClient) -> None:
    with client.session_transaction() as planted:
        planted["planted"] = "by somebody else"
    client.post("/sign-in", data=RIGHT)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session.permanent


def test_the_cookie_names_a_key_that_can_be_changed_and_not_the_person(
    app: Flask, client: FlaskClient, database: Engine
) -> None:
    client.post("/sign-in", data=RIGHT)
    with transaction(database) as session:
        user = session.exec(select(User).where(User.email == RIGHT["email"])).one()
        user.session_key = "another key"
    assert client.get("/review").status_code == 303


def test_somebody_who_was_shut_out_is_out_at_once(client: FlaskClient, database: Engine) -> None:
    client.post("/sign-in", data=RIGHT)
    with transaction(database) as session:
        session.exec(select(User).where(User.email == RIGHT["email"])).one().is_active = False
    assert client.get("/review").status_code == 303
    assert client.post("/sign-in", data=RIGHT).status_code == 400


def test_signing_out_ends_the_session(client: FlaskClient) -> None:
    client.post("/sign-in", data=RIGHT)
    assert client.post("/sign-out").status_code == 303
    assert client.get("/review").status_code == 303


@pytest.mark.parametrize("address", ["/sign-in", "/sign-in?next=/themes"])
def test_somebody_signed_in_needs_no_sign_in_page(client: FlaskClient, address: str) -> None:
    client.post("/sign-in", data=RIGHT)
    assert client.get(address).location == ("/themes" if "themes" in address else "/")
