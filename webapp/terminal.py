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
        reconcile(self.settings, self.database, self.resources, on_progress=show_progress)


def show_progress(what: str, n_done: int, n_total: int) -> None:
    """One line that moves on a terminal, and a few lines in a log."""
    if sys.stderr.isatty():
        width = 30 * n_done // max(n_total, 1)
        bar = "█" * width + "░" * (30 - width)
        click.echo(f"\r{what:<9} {bar} {n_done}/{n_total}", nl=n_done >= n_total, err=True)
    elif n_done >= n_total or n_done * 10 // n_total > (n_done - 1) * 10 // n_total:
        click.echo(f"{what} {n_done}/{n_total}", err=True)


pass_terminal = click.make_pass_decorator(Terminal, ensure=True)
