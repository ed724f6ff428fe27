"""The console script `turnstone`: which commands there are, and how their errors are said."""

import logging
import sys
from importlib import import_module

import click

from webapp.errors import TurnstoneError

# Named, not imported: `turnstone run` should have its site starting before the others' libraries are loaded.
COMMANDS = {
    "run": "running:run_command",
    "serve": "running:serve_command",
    "worker": "running:worker_command",
    "import": "stories:import_command",
    "export": "stories:export_command",
    "backup": "stories:backup_command",
    "restore": "stories:restore_command",
    "analyse": "reading:analyse_command",
    "search": "reading:search_command",
    "topics": "topics:topics_group",
    "places": "places:places_group",
    "index": "care:index_group",
    "retention": "retention:retention_group",
    "user": "care:user_group",
    "doctor": "care:doctor_command",
}


class Commands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(f"webapp.commands.{module}"), name)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-v", "--verbose", is_flag=True, help="Say more of what is going on.")
def turnstone(verbose: bool) -> None:
    """Case studies from neighbourhoods: submitted, read, decided upon and found."""
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )


def main() -> None:
    """Run a command; errors that people can act upon become one line and exit code 1."""
    try:
        turnstone(standalone_mode=False, prog_name="turnstone")
    except click.exceptions.Abort:
        sys.exit(130)
    except click.exceptions.Exit as err:
        sys.exit(err.exit_code)
    except click.ClickException as err:
        err.show()
        sys.exit(err.exit_code)
    except TurnstoneError as err:
        click.echo(f"Error: {err}", err=True)
        sys.exit(1)
