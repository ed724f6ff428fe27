"""What the commands share: the settings, the database and the resources of one command."""

from contextlib import AbstractContextManager
from functools import cached_property

import click
from sqlalchemy import Engine

from webapp.resources import Resources
from webapp.running import set_up
from webapp.settings import Settings
from webapp.terminal import ProgressLine, read_settings
from webapp.worker import reconcile, work_lock


class Surroundings:
    """One command's surroundings, each opened when it is first needed."""

    @cached_property
    def settings(self) -> Settings:
        return read_settings()

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


pass_surroundings = click.make_pass_decorator(Surroundings, ensure=True)
