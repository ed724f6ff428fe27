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
    for _ in range(3):
        assert client.post("/sign-in", data=RIGHT).status_code == 303
        client.post("/sign-out")
    stranger = client.application.test_client()
    for _ in range(10):
        assert stranger.post("/sign-in", data=WRONG).status_code == 400
    refused = stranger.post("/sign-in", data=RIGHT)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "Wait" in refused.text
    assert stranger.get("/sign-in").status_code == 200


def test_failures_hold_up_neither_people_elsewhere_nor_others_at_the_same_place(app: Flask) -> None:
    for _ in range(11):
        guess(app, WRONG, "192.0.2.7")
    assert guess(app, RIGHT, "192.0.2.7") == 429
    assert guess(app, RIGHT, "192.0.2.8") == 303
    assert guess(app, {**RIGHT, "email": "comms@example.org"}, "192.0.2.7") == 303


def test_a_known_device_gets_through_while_others_guess_at_its_own_place(app: Flask) -> None:
    device = app.test_client()
    device.post("/sign-in", data=RIGHT)
    device.post("/sign-out")
    for _ in range(11):
        guess(app, WRONG, "127.0.0.1")
    assert guess(app, RIGHT, "127.0.0.1") == 429
    assert device.post("/sign-in", data=RIGHT).status_code == 303


def test_a_known_device_guesses_no_longer_than_others_and_for_its_own_person_alone(app: Flask) -> None:
    device = app.test_client()
    device.post("/sign-in", data=RIGHT)
    device.post("/sign-out")
    answers = [device.post("/sign-in", data=WRONG).status_code for _ in range(21)]
    assert answers == [400] * 20 + [429]
    other = {**WRONG, "email": "comms@example.org"}
    assert [device.post("/sign-in", data=other).status_code for _ in range(11)] == [400] * 10 + [429]


def test_one_place_cannot_try_many_accounts_without_end(app: Flask) -> None:
    answers = {guess(app, {**WRONG, "email": f"{n}@example.org"}, "192.0.2.7") for n in range(100)}
    assert answers == {400}
    assert guess(app, WRONG, "192.0.2.7") == 429


def test_a_household_of_version_6_addresses_is_one_place(app: Flask) -> None:
    for n in range(10):
        guess(app, WRONG, f"2001:db8:1:1::{n + 1:x}")
    assert guess(app, WRONG, "2001:db8:1:1:ffff::1") == 429
    assert guess(app, RIGHT, "2001:db8:1:2::1") == 303


def guess(app: Flask, typed: dict[str, str], source: str) -> int:
    """What somebody without any cookie is answered there."""
    return app.test_client().post("/sign-in", data=typed, environ_overrides={"REMOTE_ADDR": source}).status_code


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
