"""What every command shares: the settings, the database, a bar, and the way that errors are said."""

import sys
from contextlib import AbstractContextManager
from functools import cached_property

import click
from pydantic import ValidationError
from sqlalchemy import Engine

from webapp.resources import Resources
from webapp.running import set_up
from webapp.settings import Settings
from webapp.worker import reconcile, work_lock


class Terminal:
    """One command's surroundings, each opened when it is first needed."""

    @cached_property
    def settings(self) -> Settings:
        try:
            return Settings()
        except ValidationError as err:
            said = "; ".join(fault["msg"].removeprefix("Value error, ") for fault in err.errors())
            raise click.ClickException(f"The settings are not usable: {said}") from err

    @cached_property
    def database(self) -> Engine:
        return set_up(self.settings)

    @cached_property
    def resources(self) -> Resources:
        return Resources(self.settings)

    def working(self) -> AbstractContextManager[None]:
        """Hold the lock of whoever writes the index, so that a running worker waits."""
        return work_lock(self.settings)

    def reconcile(self) -> None:
        """Read and index what is waiting, with a bar; a worker that is at it already is waited for."""
        reconcile(self.settings, self.database, self.resources, on_progress=ProgressLine())


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


pass_terminal = click.make_pass_decorator(Terminal, ensure=True)
