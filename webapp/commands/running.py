"""`turnstone run`, `serve` and `worker`."""

import hashlib
import socket
from pathlib import Path

import click

from webapp.errors import Conflict
from webapp.settings import Settings
from webapp.supervising import Supervisor
from webapp.terminal import ProgressLine, read_settings


@click.command("run")
def run_command() -> None:
    """Run everything: migrate, load the corpus if empty, serve the site with a worker beside it."""
    settings = read_settings()
    _refuse_a_port_in_use(settings)
    if not _ready_mark(settings).exists():
        _begin(settings)
        _ready_mark(settings).touch()
    address = f"http://{settings.host}:{settings.port}"
    Supervisor({"site": ["serve"], "worker": ["worker"]}).run(
        on_started=lambda: click.echo(f"Turnstone is at {address} (Ctrl-C stops it).")
    )


@click.command("serve")
def serve_command() -> None:
    """Serve the site alone."""
    from webapp.running import serve, set_up

    settings = read_settings()
    set_up(settings).dispose()
    serve(settings)


@click.command("worker")
def worker_command() -> None:
    """Read and index what is waiting, and go on as work comes."""
    from webapp.jobs import work
    from webapp.running import set_up

    settings = read_settings()
    set_up(settings).dispose()
    work(settings)


def _begin(settings: Settings) -> None:
    """All that happens once for a repository: its tables, its first people, the illustrative stories."""
    # Imported here: from the second start on, nothing of this is needed before the site starts.
    from webapp.running import load_corpus_if_empty, make_first_people, set_up

    database = set_up(settings)
    people = make_first_people(database)
    if people:
        click.echo("First sign-ins, shown only now:")
        for role, email, password in people:
            click.echo(f"  {role:<12} {email:<24} {password}")
    load_corpus_if_empty(settings, database, on_progress=ProgressLine())
    database.dispose()


def _ready_mark(settings: Settings) -> Path:
    """A file that says that this database was begun; another database has another."""
    digest = hashlib.sha256(settings.database.encode()).hexdigest()[:12]
    return settings.home / f"ready-{digest}"


def _refuse_a_port_in_use(settings: Settings) -> None:
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as err:
            raise Conflict(
                f"{settings.host}:{settings.port} cannot be listened on ({err.strerror}). Stop what uses it, or set "
                "TURNSTONE_PORT to another."
            ) from err
