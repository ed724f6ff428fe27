"""Invitations, new passwords, the second factor and roles, as people meet them."""

import logging
import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlmodel import Session, select

from webapp import create_app
from webapp.database import transaction
from webapp.models import AuditEvent, Notice, OutgoingMail, User
from webapp.services import second_factor
from webapp.settings import Settings

SignIn = Callable[[str], FlaskClient]
RIGHT = {"email": "reviewer@example.org", "password": "a long enough password"}
NEW = "tidal lamp quorum"


def test_an_invited_person_comes_in_by_a_link_shown_once(
    sign_in: SignIn, client: FlaskClient, database: Engine
) -> None:
    admin = sign_in("admin")
    link = invite(admin)
    assert "account-link" not in admin.get("/people").text
    assert "new@example.org" in admin.get("/people").text
    step = client.get(link)
    # The address that is left in the browser holds no token.
    assert step.location == "/choose-password"
    assert "new@example.org" in client.get(step.location).text
    refused = client.post(step.location, data={"name": "Nia", "password": "password1234"})
    assert (refused.status_code, "first that anybody would try" in refused.text) == (400, True)
    assert client.post(step.location, data={"name": "Nia", "password": NEW}).location == "/sign-in"
    assert client.post("/sign-in", data={"email": "new@example.org", "password": NEW}).status_code == 303
    assert client.get("/review").status_code == 200
    assert client.get("/people").status_code == 403
    assert client.get(link).status_code == 404


def test_no_token_stands_in_a_log_an_event_or_a_notice(
    sign_in: SignIn, client: FlaskClient, database: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        token = invite(sign_in("admin")).rsplit("/", 1)[1]
        client.get(f"/account-link/{token}")
        client.post("/choose-password", data={"password": NEW})
        reset = link_in(sign_in("admin").post("/people/1/password-link").text).rsplit("/", 1)[1]
        client.get(f"/account-link/{reset}x")
    with Session(database) as session:
        rows = [*session.exec(select(AuditEvent)), *session.exec(select(Notice)), *session.exec(select(OutgoingMail))]
        kept = caplog.text + str([row.model_dump() for row in rows])
    assert "account.invited" in kept
    assert token not in kept
    assert reset not in kept


def test_whoever_forgot_their_password_gets_the_same_answer_as_nobody(
    sign_in: SignIn, client: FlaskClient, database: Engine
) -> None:
    answers = {said(client, "/forgotten", {"email": email}) for email in (RIGHT["email"], "nobody@example.org")}
    assert len(answers) == 1
    with Session(database) as session:
        [notice] = session.exec(select(Notice).where(Notice.kind == "password.asked"))
        assert (notice.role, notice.address) == ("admin", f"/people/{id_of(session)}")
    admin = sign_in("admin")
    assert "asks for a password" in admin.get("/people").text
    client.get(link_in(admin.post(f"/people/{id_of(Session(database))}/password-link").text))
    client.post("/choose-password", data={"password": NEW})
    assert "asks for a password" not in admin.get("/people").text
    assert client.post("/sign-in", data=RIGHT).status_code == 400
    assert client.post("/sign-in", data={**RIGHT, "password": NEW}).status_code == 303


def test_with_a_mail_server_links_go_by_mail_and_are_shown_to_nobody(site_with, database: Engine) -> None:
    client = site_with(smtp="smtp://localhost", mail_from="site@example.org").test_client()
    for _ in range(3):
        client.post("/forgotten", data={"email": RIGHT["email"]})
    client.post("/sign-in", data={**RIGHT, "email": "admin@example.org"})
    invited = client.post("/people", data={"email": "new@example.org", "roles": ["comms"]}, follow_redirects=True)
    assert "on its way to new@example.org" in invited.text
    assert "account-link" not in invited.text
    with Session(database) as session:
        # Asked for three times, sent once.
        assert [mail.recipient for mail in session.exec(select(OutgoingMail))] == [RIGHT["email"], "new@example.org"]
        [event] = session.exec(select(AuditEvent).where(AuditEvent.action == "account.invited"))
        assert event.after == {"by_mail": True, "roles": ["comms"]}


def test_a_second_factor_is_set_up_asked_for_and_never_shown_again(
    app: Flask, sign_in: SignIn, client: FlaskClient, settings: Settings, database: Engine
) -> None:
    codes = set_up_second_factor(sign_in("reviewer"), settings, database)
    assert len(codes) == 10
    assert sign_in("reviewer").get("/account/second-factor").status_code == 404
    assert client.post("/sign-in", data={**RIGHT, "next": "/review"}).location == "/sign-in/code"
    # The password alone opens nothing.
    assert client.get("/review").status_code == 303
    assert client.post("/sign-in/code", data={"code": "000000x"}).status_code == 400
    assert client.post("/sign-in/code", data={"code": codes[0]}).location == "/review"
    assert client.get("/review").status_code == 200
    other = app.test_client()
    other.post("/sign-in", data=RIGHT)
    assert other.post("/sign-in/code", data={"code": codes[0]}).status_code == 400


def test_codes_are_not_guessed_without_end(app: Flask, sign_in: SignIn, settings: Settings, database: Engine) -> None:
    set_up_second_factor(sign_in("reviewer"), settings, database)
    answers = []
    for n in range(12):
        stranger = app.test_client()
        stranger.post("/sign-in", data=RIGHT)
        answers.append(stranger.post("/sign-in/code", data={"code": f"00000{n}x"}).status_code)
    assert answers == [400] * 10 + [429] * 2


def test_the_picture_of_the_key_passes_the_content_policy(sign_in: SignIn) -> None:
    page = sign_in("reviewer").get("/account/second-factor")
    [picture] = re.findall(r"<svg.*?</svg>", page.text, re.DOTALL)
    assert "style" not in picture
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"


def test_turning_the_second_factor_off_takes_the_password_or_an_administrator(
    sign_in: SignIn, settings: Settings, database: Engine
) -> None:
    reviewer = sign_in("reviewer")
    set_up_second_factor(reviewer, settings, database)
    for address in ("/account/second-factor/off", "/account/recovery-codes"):
        assert reviewer.post(address, data={"current": "not this one at all"}).status_code == 400
    assert "Recovery codes" in reviewer.post("/account/recovery-codes", data={"current": RIGHT["password"]}).text
    user_id = id_of(Session(database))
    assert sign_in("comms").post(f"/people/{user_id}/second-factor-off").status_code == 403
    assert sign_in("admin").post(f"/people/{user_id}/second-factor-off").status_code == 303
    with Session(database) as session:
        assert session.get_one(User, user_id).second_factor_since is None


def test_where_staff_need_a_second_factor_they_can_do_nothing_of_theirs_before(
    site_with, settings: Settings, database: Engine
) -> None:
    strict = site_with(second_factor="staff")
    reviewer, contributor = strict.test_client(), strict.test_client()
    reviewer.post("/sign-in", data=RIGHT)
    assert reviewer.get("/review").status_code == 403
    assert "Set it up" in reviewer.get("/").text
    set_up_second_factor(reviewer, settings, database)
    assert reviewer.get("/review").status_code == 200
    contributor.post("/sign-in", data={**RIGHT, "email": "contributor@example.org"})
    assert "Set it up" not in contributor.get("/").text


def test_signing_out_everywhere_leaves_this_device_signed_in(app: Flask, client: FlaskClient) -> None:
    other = app.test_client()
    for device in (client, other):
        device.post("/sign-in", data=RIGHT)
    client.post("/account/sign-out-everywhere")
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 303


def test_a_new_password_takes_the_old_one_and_signs_other_devices_out(app: Flask, client: FlaskClient) -> None:
    other = app.test_client()
    for device in (client, other):
        device.post("/sign-in", data=RIGHT)
    assert client.post("/account/password", data={"current": "wrong one", "password": NEW}).status_code == 400
    change = {"current": RIGHT["password"], "password": NEW}
    assert client.post("/account/password", data=change).status_code == 303
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 303


def test_roles_count_from_the_next_page_on(sign_in: SignIn, database: Engine) -> None:
    admin, reviewer = sign_in("admin"), sign_in("reviewer")
    address = f"/people/{id_of(Session(database))}"
    assert reviewer.get("/review").status_code == 200
    assert admin.post(f"{address}/roles", data={"roles": ["comms"]}).status_code == 303
    assert reviewer.get("/review").status_code == 403
    assert admin.post(f"{address}/active", data={"active": "no"}).status_code == 303
    assert reviewer.get("/my-stories").status_code == 303


@pytest.mark.parametrize("role", ["contributor", "reviewer", "researcher", "comms", "safeguarding"])
def test_only_administrators_see_people(sign_in: SignIn, role: str) -> None:
    assert sign_in(role).get("/people").status_code == 403
    assert sign_in(role).get("/people/1").status_code == 403


@pytest.fixture
def site_with(settings: Settings) -> Iterator[Callable[..., Flask]]:
    """`site_with(second_factor="staff")`: the same repository, served with other settings."""
    made = []

    def site(**others: str) -> Flask:
        app = create_app(Settings(**{**settings.model_dump(), **others}))
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        app.extensions["wake"] = lambda: None
        made.append(app)
        return app

    yield site
    for app in made:
        with app.app_context():
            for engine in app.extensions["sqlalchemy"].engines.values():
                engine.dispose()


def invite(admin: FlaskClient) -> str:
    """Invite somebody; gives the path of the link."""
    page = admin.post("/people", data={"email": "new@example.org", "name": "Nia", "roles": ["reviewer"]})
    assert page.headers["Cache-Control"] == "no-store"
    return link_in(page.text)


def link_in(page: str) -> str:
    [path] = re.findall(r"http://localhost(/account-link/[\w.-]+)", page)
    return str(path)


def said(client: FlaskClient, address: str, typed: dict[str, str]) -> str:
    page = client.post(address, data=typed, follow_redirects=True).text
    return re.sub(r'nonce="[^"]*"', "", page)


def id_of(session: Session) -> int:
    with session:
        return session.exec(select(User).where(User.email == RIGHT["email"])).one().row_id


def set_up_second_factor(reviewer: FlaskClient, settings: Settings, database: Engine) -> list[str]:
    """Turn it on as the app on a telephone would; gives the recovery codes."""
    assert reviewer.get("/account/second-factor").status_code == 200
    with transaction(database) as session:
        user = session.exec(select(User).where(User.email == RIGHT["email"])).one()
        code = second_factor.code_at(
            second_factor.secret_of(user, settings.read_secret_key()), second_factor.step_now()
        )
    page = reviewer.post("/account/second-factor", data={"code": code}).text
    return re.findall(r"[a-z2-7]{4}(?:-[a-z2-7]{4}){3}", page)
