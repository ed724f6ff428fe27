"""Measures how fast and how large the reading and the search are: `python -m nlp.benchmark COMMAND`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from nlp.command_line import run_command

COMMANDS: dict[str, str] = {
    "reading": "nlp.benchmarks.reading",
    "search": "nlp.benchmarks.search",
    "topics": "nlp.benchmarks.topics",
}
"""Command → the module that implements it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and print what it measured; 0 if it could."""
    return run_command(COMMANDS, program="nlp.benchmark", description=__doc__, arguments=arguments)


if __name__ == "__main__":
    sys.exit(main())
