"""What can go wrong for a person, in four words; views turn each into a page, the command line into a line.

A message says what was wrong, with the value, and what to do; it is shown as it stands.
"""

from datetime import datetime


class TurnstoneError(Exception):
    """Something that the person who asked can read and act upon."""

    status_code = 500


class Invalid(TurnstoneError):  # noqa: N818 - the house's word
    """What was sent cannot be taken as it is."""

    status_code = 400


class NotFound(TurnstoneError):  # noqa: N818 - the house's word
    """There is no such thing, or none that this person may see."""

    status_code = 404


class Forbidden(TurnstoneError):  # noqa: N818 - the house's word
    """The person may know of the thing but not do this to it."""

    status_code = 403


class Unavailable(TurnstoneError):  # noqa: N818 - the house's word
    """A part of the system does not answer at present."""

    status_code = 503


class Conflict(TurnstoneError):  # noqa: N818 - the house's word
    """Somebody else's change came first."""

    status_code = 409


class Overtaken(Conflict):
    """Somebody decided the same thing otherwise while this person was looking at it: both values, to choose from."""

    def __init__(self, matter: str, *, mine: str, theirs: str, seen: str, by: str, at: datetime | None) -> None:
        super().__init__(
            f"{by or 'Somebody'} decided about {matter} after you opened the page. Nothing of theirs was overwritten."
        )
        self.mine, self.theirs, self.seen, self.by, self.at = mine, theirs, seen, by, at


class TooMany(TurnstoneError):  # noqa: N818 - the house's word
    """Too many attempts in too short a time. wait_s: seconds until the next one is listened to."""

    status_code = 429

    def __init__(self, message: str, *, wait_s: int) -> None:
        super().__init__(message)
        self.wait_s = wait_s
