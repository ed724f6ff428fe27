"""The `turnstone` commands: parse → service → commit → say what happened."""

import logging
import secrets
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from webapp.cli_reading import analyse_command, search_command, topics_group
from webapp.database import transaction
from webapp.doctor import examine
from webapp.errors import Conflict, TurnstoneError
from webapp.models import ROLES
from webapp.running import Supervisor, load_corpus_if_empty, make_first_people, serve
from webapp.services import backups, exports, indexing
from webapp.services.access import SYSTEM
from webapp.services.accounts import add_user
from webapp.services.imports import find_files
from webapp.services.imports.bringing_in import FileReport, ImportTerms, import_file
from webapp.terminal import ProgressLine, Terminal, pass_terminal
from webapp.worker import import_limits

PATH = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-v", "--verbose", is_flag=True, help="Say more of what is going on.")
def turnstone(verbose: bool) -> None:
    """Case studies from neighbourhoods: submitted, read, decided upon and found."""
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )


@turnstone.command("run")
@pass_terminal
def run_command(terminal: Terminal) -> None:
    """Run everything: migrate, load the corpus if empty, serve the site with a worker beside it."""
    settings, database = terminal.settings, terminal.database
    people = make_first_people(database)
    if people:
        click.echo("First sign-ins, shown only now:")
        for role, email, password in people:
            click.echo(f"  {role:<12} {email:<24} {password}")
    load_corpus_if_empty(settings, database, on_progress=ProgressLine())
    database.dispose()
    address = f"http://{settings.host}:{settings.port}"
    Supervisor({"site": ["serve"], "worker": ["worker"]}).run(
        on_started=lambda: click.echo(f"Turnstone is at {address} (Ctrl-C stops it).")
    )


@turnstone.command("serve")
@pass_terminal
def serve_command(terminal: Terminal) -> None:
    """Serve the site alone."""
    terminal.database.dispose()
    serve(terminal.settings)


@turnstone.command("worker")
@pass_terminal
def worker_command(terminal: Terminal) -> None:
    """Read and index what is waiting, and go on as work comes."""
    from webapp.jobs import work

    terminal.database.dispose()
    work(terminal.settings)


@turnstone.command("import")
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option("--publish", is_flag=True, help="Publish what comes in; needs --basis.")
@click.option("--basis", help="Why these stories may be published, kept with a consent to all uses.")
@pass_terminal
def import_command(terminal: Terminal, paths: tuple[Path, ...], publish: bool, basis: str | None) -> None:
    """Take in stories from files and folders (Markdown, text, Word, PDF, CSV, XLSX)."""
    if publish != bool(basis):
        raise click.UsageError("Use --publish and --basis TEXT together.")
    terms = ImportTerms(terminal.settings.media_folder, import_limits(terminal.settings), basis=basis)
    found = find_files(paths)
    for skipped in found.skipped:
        click.echo(f"Left alone: {skipped.path}: {skipped.reason}", err=True)
    report, n_failed = _import_all(terminal, found.files, terms)
    click.echo(f"Stories: {report}.")
    terminal.reconcile()
    if n_failed:
        raise click.ClickException(f"{n_failed} of {len(found.files)} files could not be taken in (see above).")


def _import_all(terminal: Terminal, files: Iterable[Path], terms: ImportTerms) -> tuple[FileReport, int]:
    """Each file by itself: one that cannot be taken in does not keep the others out."""
    total, n_failed = FileReport(), 0
    origins: dict[str, Path] = {}
    for path in files:
        try:
            with transaction(terminal.database) as session:
                report = import_file(session, SYSTEM, path, terms, origins=origins)
        except TurnstoneError as err:
            n_failed += 1
            click.echo(str(err) if path.name in str(err) else f"{path}: {err}", err=True)
            continue
        for notice in report.notices:
            click.echo(f"{path}: {notice}", err=True)
        total += report
    return total, n_failed


@turnstone.command("export")
@click.argument("folder", type=PATH)
@pass_terminal
def export_command(terminal: Terminal, folder: Path) -> None:
    """Write every story into an empty or new folder, in the form that `import` reads."""
    with transaction(terminal.database) as session:
        written = list(exports.export_stories(session, folder, media_folder=terminal.settings.media_folder))
    click.echo(f"{len(written)} stories written to {folder}.")


@turnstone.group("index")
def index_group() -> None:
    """The search index, a copy that can be made anew at any time."""


@index_group.command("rebuild")
@pass_terminal
def rebuild_command(terminal: Terminal) -> None:
    """Make the whole index anew; searches answer from the old one until it is done."""
    with transaction(terminal.database) as session, terminal.working():
        n_stories = indexing.rebuild(session, terminal.resources.engine)
    click.echo(f"{n_stories} stories indexed.")


@index_group.command("verify")
@pass_terminal
def verify_command(terminal: Terminal) -> None:
    """Compare the index with the database; fails if they differ."""
    with transaction(terminal.database) as session:
        found = indexing.differences(session, terminal.resources.engine)
    for story_id in found.stale:
        click.echo(f"not as the database: {story_id}")
    for story_id in found.gone:
        click.echo(f"should not be there: {story_id}")
    if found.stale or found.gone:
        raise click.ClickException("The index differs. A running worker mends it; so does `turnstone index rebuild`.")
    click.echo(f"The index holds {len(terminal.resources.engine.versions())} stories, as the database.")


@turnstone.group("user")
def user_group() -> None:
    """People who can sign in."""


@user_group.command("add")
@click.argument("email")
@click.option("--name", default="", help="How the person is called in the site.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES))
@click.option("--password-from-stdin", is_flag=True, help="Read the password from standard input.")
@pass_terminal
def add_user_command(
    terminal: Terminal, email: str, name: str, roles: tuple[str, ...], password_from_stdin: bool
) -> None:
    """Add a person; without a password of their own, a random one is made and printed once."""
    password = sys.stdin.readline().strip() if password_from_stdin else secrets.token_urlsafe(12)
    with transaction(terminal.database) as session:
        user = add_user(session, SYSTEM, email=email, name=name, roles=list(roles), password=password)
        click.echo(f"{user.email} can sign in as {', '.join(roles)}.")
    if not password_from_stdin:
        click.echo(f"Password, shown only now: {password}")


@turnstone.command("backup")
@click.argument("file", type=PATH)
@pass_terminal
def backup_command(terminal: Terminal, file: Path) -> None:
    """Write the database and all files that people sent into one file."""
    if file.exists():
        raise Conflict(f"{file} exists already. Name a file that does not.")
    n_rows = backups.write_backup(terminal.database, terminal.settings.media_folder, file)
    click.echo(f"{n_rows} rows written to {file}.")


@turnstone.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@pass_terminal
def restore_command(terminal: Terminal, file: Path) -> None:
    """Fill an empty repository from a backup, and index it."""
    n_rows = backups.read_backup(terminal.database, terminal.settings.media_folder, file)
    click.echo(f"{n_rows} rows restored.")
    terminal.reconcile()


@turnstone.command("doctor")
@pass_terminal
def doctor_command(terminal: Terminal) -> None:
    """Look at every part of the installation and say what is wrong; fails if anything is."""
    findings = list(examine(terminal.settings, terminal.database, terminal.resources))
    for finding in findings:
        click.echo(f"{'✓' if finding.is_well else '✗'} {finding.name:<11} {finding.seen}")
    if not all(finding.is_well for finding in findings):
        sys.exit(1)


turnstone.add_command(analyse_command)
turnstone.add_command(search_command)
turnstone.add_command(topics_group)


def main() -> None:
    """The console script: errors that people can act upon become one line and exit code 1."""
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
