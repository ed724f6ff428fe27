"""Codes of the second factor, and recovery codes."""

import base64
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from webapp.clock import living_at
from webapp.errors import Invalid
from webapp.models import User
from webapp.services import second_factor
from webapp.services.access import actor_of

KEY = "k" * 40


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037"), (20000000000, "353130")],
)
def test_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    # Appendix B, SHA-1, the last six of its eight digits.
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert second_factor.code_at(secret, seconds // second_factor.STEP_S) == code


def test_a_code_counts_once_and_so_does_none_before_it(user: User, session: Session, clock) -> None:
    turn_on(session, user)
    clock(100)
    assert not proven(session, user, code(user, 102))
    assert proven(session, user, code(user, 101))
    assert not proven(session, user, code(user, 101))
    assert not proven(session, user, code(user, 100))
    clock(102)
    assert not proven(session, user, code(user, 101))
    assert proven(session, user, code(user, 102))


def test_the_code_that_turned_it_on_signs_nobody_in(user: User, session: Session) -> None:
    turn_on(session, user)
    assert not proven(session, user, code(user, 7))


def test_a_recovery_code_counts_once_however_it_is_typed(user: User, session: Session) -> None:
    first, second, *rest = turn_on(session, user)
    assert len({first, second, *rest}) == second_factor.N_RECOVERY_CODES
    assert proven(session, user, first.upper().replace("-", " "))
    assert not proven(session, user, first)
    assert second_factor.count_recovery_codes(session, user) == second_factor.N_RECOVERY_CODES - 1
    second_factor.renew_recovery_codes(session, actor_of(user), user)
    assert not proven(session, user, second)


def test_a_wrong_code_turns_nothing_on(user: User, session: Session) -> None:
    second_factor.begin(session, user)
    with pytest.raises(Invalid, match="not right"):
        second_factor.turn_on(session, actor_of(user), user, "abcdef", secret_key=KEY)
    assert user.second_factor_since is None
    assert not proven(session, user, code(user, 7))


def test_neither_the_secret_nor_a_recovery_code_stands_in_the_database(user: User, session: Session) -> None:
    codes = turn_on(session, user)
    rows = [*session.connection().exec_driver_sql("SELECT * FROM user_account").all(),
            *session.connection().exec_driver_sql("SELECT * FROM recovery_code").all(),
            *session.connection().exec_driver_sql("SELECT * FROM audit_event").all()]  # fmt: skip
    stored = str([tuple(row) for row in rows])
    assert second_factor.secret_of(user, KEY) not in stored
    assert not any(code in stored or code.replace("-", "") in stored for code in codes)
    # Another site's key makes other codes of the same row.
    assert second_factor.secret_of(user, KEY) != second_factor.secret_of(user, "another key")


def test_a_new_secret_replaces_the_old_one(user: User, session: Session) -> None:
    turn_on(session, user)
    before = second_factor.secret_of(user, KEY)
    second_factor.turn_off(session, actor_of(user), user)
    assert not proven(session, user, code(user, 8))
    second_factor.begin(session, user)
    assert second_factor.secret_of(user, KEY) != before


@pytest.fixture
def clock():  # type: ignore[no-untyped-def]
    """`clock(step)`: the time is that step's."""
    with ExitStack() as moments:
        yield lambda step: moments.enter_context(living_at(datetime.fromtimestamp(step * second_factor.STEP_S, UTC)))


@pytest.fixture(autouse=True)
def _seventh_step(clock) -> None:  # type: ignore[no-untyped-def]
    clock(7)


@pytest.fixture
def user(session: Session, people: dict[str, object]) -> User:
    del people
    return session.get_one(User, 1)


def turn_on(session: Session, user: User) -> list[str]:
    second_factor.begin(session, user)
    return second_factor.turn_on(session, actor_of(user), user, code(user, 7), secret_key=KEY)


def code(user: User, step: int) -> str:
    return second_factor.code_at(second_factor.secret_of(user, KEY), step)


def proven(session: Session, user: User, typed: str) -> bool:
    return second_factor.is_proven(session, user, typed, secret_key=KEY)
