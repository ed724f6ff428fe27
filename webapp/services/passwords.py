"""What a password has to be, and whether one is right."""

import re
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from webapp.errors import Invalid
from webapp.services.common_passwords import COMMON

MIN_LENGTH, MAX_LENGTH = 12, 1000
_FEWEST_CHARACTERS = 5
_MOST_COMMON_WORDS = 2
_MOST_LETTERS_LEFT = 4
hasher = PasswordHasher()
# How people write letters with digits and signs.
_AS_LETTERS = str.maketrans("013457@$!", "oleastasi")
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def hash_password(password: str, *, about: tuple[str, ...] = ()) -> str:
    """The hash to store. about: names and addresses of the person, which a password must not consist of.

    Raises Invalid for a password that is too short, too long, or among the first that anybody would try.
    """
    fault = _fault(password, about)
    if fault:
        raise Invalid(fault)
    return hasher.hash(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Does the password belong to the hash? None takes as long as a wrong password, and is never right."""
    try:
        return hasher.verify(password_hash or _nobodys_hash(), password) and bool(password_hash)
    except (VerificationError, InvalidHashError):
        return False


def _fault(password: str, about: tuple[str, ...]) -> str | None:
    if len(password) < MIN_LENGTH:
        return f"The password is too short. Use at least {MIN_LENGTH} characters; three or four words do well."
    if len(password) > MAX_LENGTH:
        return f"The password is too long. Use at most {MAX_LENGTH} characters."
    if len(set(password.casefold())) < _FEWEST_CHARACTERS:
        return "The password repeats a few characters. Use three or four words that do not belong together."
    own = {word for words in about for word in _letters(words.casefold()) if len(word) > 2}
    if _consists_of(password, COMMON | own):
        return "This password is among the first that anybody would try. Use words that do not belong together."
    return None


def _consists_of(password: str, words: frozenset[str] | set[str]) -> bool:
    """Is hardly a letter left once one or two such words and runs of the keyboard are taken out?

    Three common words in a row are no common password any more, nor are letters and digits thrown like dice.
    """
    joined = "".join(password.casefold().split())
    for spelled in (joined, joined.translate(_AS_LETTERS)):
        left, n_taken = spelled, 0
        for word in sorted(words, key=len, reverse=True):
            n_taken += word in left
            left = left.replace(word, " ")
        if n_taken <= _MOST_COMMON_WORDS and _is_little(_letters(left)):
            return True
    return False


def _is_little(left: list[str]) -> bool:
    if any(len(word) > 2 and not _is_run(word) for word in left):
        return False
    short = "".join(word for word in left if len(word) <= 2)
    return len(short) <= _MOST_LETTERS_LEFT or _is_run(short)


def _is_run(word: str) -> bool:
    return any(word in row or word in row[::-1] for row in _RUNS)


def _letters(words: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", words)


@cache
def _nobodys_hash() -> str:
    return hasher.hash(secrets.token_urlsafe(16))
