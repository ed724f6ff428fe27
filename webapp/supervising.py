"""Watching over processes: start them, restart any that dies, stop all in order.

It imports nothing of the rest, so that `turnstone run` has its site starting within a moment.
"""

import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

# How long a stopping process may take to finish its unit before it is killed.
STOP_TIMEOUT_S = 20
# A process that dies sooner than this after its start is given a moment before the next.
SHORT_LIFE_S = 5


@dataclass
class Supervisor:
    """Keeps processes of this program running until it is told to stop."""

    commands: dict[str, Sequence[str]]
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    started_at: dict[str, float] = field(default_factory=dict)
    is_stopping: bool = False

    def run(self, *, on_started: Callable[[], None]) -> None:
        """Start all, restart any that dies, and stop all on SIGINT or SIGTERM."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop_soon)
        for name in self.commands:
            self._start(name)
        on_started()
        while not self.is_stopping:
            time.sleep(0.2)
            self._restart_the_dead()
        self._stop_all()

    def _stop_soon(self, _number: int, _frame: object) -> None:
        self.is_stopping = True

    def _start(self, name: str) -> None:
        # A group of its own, so that Ctrl-C reaches the children through us, in order, and not all at once.
        self.children[name] = subprocess.Popen(  # noqa: S603 - our own commands
            [sys.executable, "-m", "webapp", *self.commands[name]], start_new_session=True
        )
        self.started_at[name] = time.monotonic()

    def _restart_the_dead(self) -> None:
        for name, child in self.children.items():
            if child.poll() is None:
                continue
            log.warning("The %s ended with code %s; starting it again.", name, child.returncode)
            if time.monotonic() - self.started_at[name] < SHORT_LIFE_S:
                time.sleep(1)
            self._start(name)

    def _stop_all(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                # SIGINT lets the worker finish its unit (huey) and the server its requests.
                child.send_signal(signal.SIGINT)
        for name, child in self.children.items():
            try:
                child.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                log.warning("The %s did not stop within %d s and is ended.", name, STOP_TIMEOUT_S)
                child.kill()
                child.wait()
