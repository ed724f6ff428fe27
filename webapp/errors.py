"""What can go wrong for a person, in four words; views turn each into a page, the command line into a line.

A message says what was wrong, with the value, and what to do; it is shown as it stands.
"""


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
