"""Commands that live in modules of their own, imported only when they are asked for."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any


def run_command(
    commands: Mapping[str, str], *, program: str, description: str | None, arguments: Sequence[str] | None = None
) -> int:
    """Run one command and print what it measured, as text or with --json as JSON; 0 if it could.

    commands: name → the module that implements it with `add_arguments(parser)` and `run(options) -> dict`.
    arguments: those of the process by default.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    chosen = next((argument for argument in given if argument in commands), None)
    parser = argparse.ArgumentParser(prog=f"python -m {program}", description=description)
    subparsers = parser.add_subparsers(dest="command", required=True)
    for name, module in commands.items():
        command = subparsers.add_parser(name)
        command.add_argument("--json", action="store_true", help="print JSON")
        if name == chosen:
            # Only the chosen one is imported: the others' engines take seconds.
            import_module(module).add_arguments(command)
    options = parser.parse_args(given)
    measured = import_module(commands[options.command]).run(options)
    print(json.dumps(measured, indent=2, ensure_ascii=False) if options.json else "\n".join(_lines(measured)))
    return 0


def _lines(measured: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    for name, value in measured.items():
        if isinstance(value, Mapping):
            yield f"{indent}{name:<36} " + "  ".join(f"{key} {_shown(part)}" for key, part in value.items())
        else:
            yield f"{indent}{name:<36} {_shown(value)}"


def _shown(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
