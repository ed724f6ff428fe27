"""What people are told before they agree: wordings in versions, of which the newest is used."""

import hashlib
from dataclasses import dataclass

from sqlmodel import Session, col, select

from webapp.errors import Forbidden, Invalid, NotFound
from webapp.models import ConsentWording, now
from webapp.services import audit
from webapp.services.access import Actor


def current_wording(session: Session, key: str = "adult") -> ConsentWording:
    """The newest version of a wording. Raises NotFound for a key that does not exist."""
    query = select(ConsentWording).where(ConsentWording.key == key).order_by(col(ConsentWording.version).desc())
    found = session.exec(query).first()
    if found is None:
        raise NotFound(f"There is no wording {key!r}.")
    return found


def all_wordings(session: Session) -> list[ConsentWording]:
    """Every version of every wording, the newest of each first."""
    query = select(ConsentWording).order_by(col(ConsentWording.key), col(ConsentWording.version).desc())
    return list(session.exec(query))


def find_wording(session: Session, key: str, version: int) -> ConsentWording:
    """One version. Raises NotFound if there is none."""
    query = select(ConsentWording).where(ConsentWording.key == key, ConsentWording.version == version)
    found = session.exec(query).first()
    if found is None:
        raise NotFound(f"There is no version {version} of the wording {key!r}.")
    return found


def wording_named(session: Session, name: str | None) -> ConsentWording | None:
    """The wording that a record names, such as 'adult 1'; None for no name. Raises NotFound if there is no such."""
    key, _, version = (name or "").rpartition(" ")
    if not name:
        return None
    return find_wording(session, key, int(version) if version.isdecimal() else 0)


def add_wording(session: Session, actor: Actor, *, key: str, title: str, text: str) -> ConsentWording:
    """The next version of a wording, told from now on. Raises Invalid for none, or for the words that it has."""
    if "admin" not in actor.roles:
        raise Forbidden("You may not change what people are told. Ask an administrator.")
    latest = current_wording(session, key)
    title, text = " ".join(title.split()), "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not title or not text:
        raise Invalid("A wording needs a title and a text.")
    if (title, text) == (latest.title, latest.text):
        raise Invalid(f"These are the words of version {latest.version}: nothing was changed.")
    wording = ConsentWording(
        key=key, version=latest.version + 1, title=title, text=text, sha256=hash_of(text), made_by_id=actor.id,
        made_at=now(),
    )  # fmt: skip
    session.add(wording)
    session.flush()
    audit.record(session, actor, "wording.added", subject=("wording", named_version(wording)))
    return wording


def named_version(wording: ConsentWording) -> str:
    """What a consent says of the wording: 'adult 1'."""
    return f"{wording.key} {wording.version}"


@dataclass(frozen=True, slots=True)
class Told:
    """A wording as people read it."""

    wording: ConsentWording
    paragraphs: tuple[str, ...]


def told_now(session: Session, key: str = "adult", *, months: int) -> Told:
    """What people are told now. months: how long a consent lasts."""
    wording = current_wording(session, key)
    return Told(wording, tuple(paragraphs(wording, months=months)))


def paragraphs(wording: ConsentWording, *, months: int) -> list[str]:
    """What people read, paragraph by paragraph. months: how long a consent lasts."""
    return [part.strip() for part in wording.text.replace("{months}", str(months)).split("\n\n") if part.strip()]


def hash_of(text: str) -> str:
    """SHA-256 of a wording's text, as its row and every consent that names it carry it."""
    return hashlib.sha256(text.encode()).hexdigest()
