"""Invitations, new passwords and roles."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from webapp.clock import living_at, now
from webapp.errors import Conflict, Forbidden, Invalid, NotFound
from webapp.models import AccountLink, AuditEvent, User
from webapp.services import account_links, accounts
from webapp.services.access import OPERATOR, Actor
from webapp.services.passwords import hash_password, is_right

KEY, PASSWORD = "k" * 40, "tidal lamp quorum"


def test_an_invitation_makes_one_account_with_the_chosen_roles(session: Session, people: dict[str, Actor]) -> None:
    token = invite(session, people["admin"])
    user = use(session, token)
    assert (user.email, user.name, user.role_names) == ("new@example.org", "Nia", {"reviewer", "comms"})
    assert accounts.authenticate(session, email="NEW@example.org", password=PASSWORD) is user
    with pytest.raises(NotFound, match="does not work"):
        use(session, token)


def test_only_administrators_invite_and_give_roles(session: Session, people: dict[str, Actor]) -> None:
    for role in ("contributor", "reviewer", "safeguarding", "comms"):
        with pytest.raises(Forbidden):
            invite(session, people[role])
        with pytest.raises(Forbidden):
            accounts.set_roles(session, people[role], session.get_one(User, people[role].id), ["admin"])


def test_an_invitation_ends_after_seven_days(session: Session, people: dict[str, Actor], travel) -> None:
    token = invite(session, people["admin"])
    travel(timedelta(days=7))
    with pytest.raises(NotFound, match="does not work"):
        use(session, token)


def test_a_newer_invitation_and_calling_back_end_the_older(session: Session, people: dict[str, Actor]) -> None:
    first, second = invite(session, people["admin"]), invite(session, people["admin"])
    with pytest.raises(NotFound):
        use(session, first)
    [waiting] = account_links.open_invitations(session)
    account_links.call_back(session, people["admin"], waiting.id or 0)
    with pytest.raises(NotFound):
        use(session, second)


def test_an_invitation_dies_with_the_rights_of_whoever_made_it(session: Session, people: dict[str, Actor]) -> None:
    another = accounts.add_user(
        session, OPERATOR, email="b@example.org", name="B", roles=["admin"], password=PASSWORD
    )
    token = invite(session, people["admin"])
    accounts.set_roles(session, people["admin"], session.get_one(User, people["admin"].id), ["contributor"])
    assert another.is_active
    with pytest.raises(NotFound):
        use(session, token)


def test_a_password_that_will_not_do_leaves_the_link_as_it_was(session: Session, people: dict[str, Actor]) -> None:
    token = invite(session, people["admin"])
    session.commit()
    with pytest.raises(Invalid, match="first that anybody would try"):
        use(session, token, password="password1234")
    session.rollback()
    assert use(session, token).email == "new@example.org"


def test_a_link_for_a_new_password_works_once_and_ends_all_sessions(
    session: Session, people: dict[str, Actor]
) -> None:
    user = session.get_one(User, people["comms"].id)
    before = user.session_key
    older, token = (account_links.reset_link(session, people["admin"], user, secret_key=KEY, by_mail=False)
                    for _ in range(2))  # fmt: skip
    with pytest.raises(NotFound):
        use(session, older)
    use(session, token)
    assert user.session_key != before
    assert is_right(user.password_hash, PASSWORD)
    with pytest.raises(NotFound):
        use(session, token)


def test_a_link_ends_after_a_day_and_for_whoever_was_shut_out(
    session: Session, people: dict[str, Actor], travel
) -> None:
    user = session.get_one(User, people["comms"].id)
    token = account_links.reset_link(session, people["admin"], user, secret_key=KEY, by_mail=False)
    accounts.set_active(session, people["admin"], user, is_active=False)
    session.commit()
    with pytest.raises(NotFound):
        use(session, token)
    session.rollback()
    accounts.set_active(session, people["admin"], user, is_active=True)
    travel(timedelta(days=1))
    with pytest.raises(NotFound):
        use(session, token)


@pytest.mark.parametrize("change", [lambda token: token[:-1], lambda token: "x" + token, lambda _token: ""])
def test_a_link_that_was_changed_opens_nothing(session: Session, people: dict[str, Actor], change) -> None:
    token = invite(session, people["admin"])
    with pytest.raises(NotFound, match="does not work"):
        use(session, change(token))


def test_neither_rows_nor_events_make_a_link(session: Session, people: dict[str, Actor]) -> None:
    token = invite(session, people["admin"])
    _, key = account_links.read_signed(KEY, "account", token)
    stored = [*session.exec(select(AccountLink)), *session.exec(select(AuditEvent))]
    assert stored
    assert not any(key in str(row.model_dump()) or token in str(row.model_dump()) for row in stored)
    [event] = session.exec(select(AuditEvent).where(AuditEvent.action == "account.invited"))
    assert event.after == {"by_mail": False, "roles": ["reviewer", "comms"]}


def test_roles_are_logged_before_and_after_and_somebody_administers(
    session: Session, people: dict[str, Actor]
) -> None:
    user = session.get_one(User, people["comms"].id)
    accounts.set_roles(session, people["admin"], user, ["researcher", "comms"])
    [event] = session.exec(select(AuditEvent).where(AuditEvent.action == "user.roles"))
    assert (event.before, event.after) == ({"roles": ["comms"]}, {"roles": ["comms", "researcher"]})
    admin = session.get_one(User, people["admin"].id)
    for deed in (
        lambda: accounts.set_roles(session, people["admin"], admin, ["reviewer"]),
        lambda: accounts.set_active(session, people["admin"], admin, is_active=False),
    ):
        with pytest.raises(Conflict, match="Nobody else administers"):
            deed()


@pytest.mark.parametrize(
    "password",
    ["short words", "password1234", "P4ssw0rd!2024", "qwertyuiop12", "111111111111", "a1b2c3d4e5f6g7",
     "liverpoolliverpool", "correct horse battery staple", "nia.morgan2026", "Summer2026!!"],
)  # fmt: skip
def test_what_anybody_would_try_first_is_no_password(password: str) -> None:
    with pytest.raises(Invalid):
        hash_password(password, about=("nia.morgan@example.org", "Nia Morgan"))


@pytest.mark.parametrize(
    "password",
    # The last three are thrown like dice: no three letters stand together.
    [PASSWORD, "coffee monkey summer zebra", "x7#kQ!pw0zLm", "żółta łódź pod wodą", "7c-S_6y9-aZ43x_0",
     "9k_2Wq-4Td7-8Bz1", "0e-4M_7v2-Qx9_3h"],
)  # fmt: skip
def test_words_that_do_not_belong_together_are_one(password: str) -> None:
    assert is_right(hash_password(password, about=("nia.morgan@example.org", "Nia Morgan")), password)


@pytest.fixture
def travel():  # type: ignore[no-untyped-def]
    """`travel(by)`: so much later."""
    with ExitStack() as moments:
        yield lambda by: moments.enter_context(living_at(now() + by))


def invite(session: Session, actor: Actor) -> str:
    return account_links.invite(
        session,
        actor,
        email="New@example.org",
        name="Nia",
        roles=["reviewer", "comms"],
        secret_key=KEY,
        by_mail=False,
    )


def use(session: Session, token: str, *, password: str = PASSWORD) -> User:
    return account_links.use_link(session, token, name="", password=password, secret_key=KEY)
