"""What every command says to the person at the terminal: how far it is, and which setting is wrong."""

import sys

import click
from pydantic import ValidationError

from webapp.settings import Settings


def read_settings() -> Settings:
    """The settings, or one line that says which of them is not usable."""
    try:
        return Settings()
    except ValidationError as err:
        said = "; ".join(fault["msg"].removeprefix("Value error, ") for fault in err.errors())
        raise click.ClickException(f"The settings are not usable: {said}") from err


class ProgressLine:
    """One line that moves on a terminal; in a log, a line for each tenth of the way."""

    def __init__(self) -> None:
        self._tenth_by_work: dict[str, int] = {}

    def __call__(self, what: str, n_done: int, n_total: int) -> None:
        tenth = 10 * n_done // max(n_total, 1)
        if sys.stderr.isatty():
            bar = "█" * (3 * tenth) + "░" * (30 - 3 * tenth)
            click.echo(f"\r{what:<9} {bar} {n_done}/{n_total}", nl=n_done >= n_total, err=True)
        elif self._tenth_by_work.get(what) != tenth:
            click.echo(f"{what} {n_done}/{n_total}", err=True)
        self._tenth_by_work[what] = tenth
