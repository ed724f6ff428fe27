"""Measures the reading and the search against judged examples: `python -m nlp.evaluate COMMAND`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from nlp.command_line import run_command

COMMANDS: dict[str, str] = {
    "pipeline": "nlp.evaluation.pipeline",
    "entities": "nlp.evaluation.entities",
    "extraction": "nlp.evaluation.extraction",
    "personal-data": "nlp.evaluation.personal_data",
    "repurposings": "nlp.evaluation.repurposings",
    "search": "nlp.evaluation.search",
    "themes": "nlp.evaluation.themes",
    "topics": "nlp.evaluation.topics",
}
"""Command → the module that implements it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and print what it measured; 0 if it could."""
    return run_command(COMMANDS, program="nlp.evaluate", description=__doc__, arguments=arguments)


if __name__ == "__main__":
    sys.exit(main())
