"""`turnstone import`, `export`, `backup` and `restore`: stories in and out."""

from collections.abc import Iterable
from pathlib import Path

import click

from webapp.database import transaction
from webapp.errors import Conflict, TurnstoneError
from webapp.models import USES
from webapp.services import backups, exports, public_exports
from webapp.services.access import IMPORTER
from webapp.services.imports import find_files
from webapp.services.imports.bringing_in import FileReport, ImportTerms, import_file
from webapp.surroundings import Surroundings, pass_surroundings
from webapp.worker import import_limits

PATH = click.Path(path_type=Path)


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option("--publish", is_flag=True, help="Publish what comes in; needs --basis.")
@click.option("--basis", help="Why these stories may be published, kept with a consent to all uses.")
@click.option(
    "--consent-months",
    type=click.IntRange(0, 1200),
    help="Months until that consent ends; 0: never. Default: TURNSTONE_CONSENT_MONTHS.",
)
@pass_surroundings
def import_command(
    surroundings: Surroundings, paths: tuple[Path, ...], publish: bool, basis: str | None, consent_months: int | None
) -> None:
    """Take in stories from files and folders (Markdown, text, Word, PDF, CSV, XLSX)."""
    if publish != bool(basis):
        raise click.UsageError("Use --publish and --basis TEXT together.")
    settings = surroundings.settings
    months = settings.consent_months if consent_months is None else consent_months or None
    terms = ImportTerms(settings.media_folder, import_limits(settings), basis=basis, consent_months=months)
    found = find_files(paths)
    for skipped in found.skipped:
        click.echo(f"Left alone: {skipped.path}: {skipped.reason}", err=True)
    report, n_failed = _import_all(surroundings, found.files, terms)
    click.echo(f"Stories: {report}.")
    surroundings.reconcile()
    if n_failed:
        raise click.ClickException(f"{n_failed} of {len(found.files)} files could not be taken in (see above).")


def _import_all(surroundings: Surroundings, files: Iterable[Path], terms: ImportTerms) -> tuple[FileReport, int]:
    """Each file by itself: one that cannot be taken in does not keep the others out."""
    total, n_failed = FileReport(), 0
    origins: dict[str, Path] = {}
    for path in files:
        try:
            with transaction(surroundings.database) as session:
                report = import_file(session, IMPORTER, path, terms, origins=origins)
        except TurnstoneError as err:
            n_failed += 1
            click.echo(str(err) if path.name in str(err) else f"{path}: {err}", err=True)
            continue
        for notice in report.notices:
            click.echo(f"{path}: {notice}", err=True)
        total += report
    return total, n_failed


@click.command("export")
@click.argument("folder", type=PATH)
@click.option("--public", "use", type=click.Choice(USES), help="Only what may be read for this use today.")
@pass_surroundings
def export_command(surroundings: Surroundings, folder: Path, use: str | None) -> None:
    """Write every story into an empty or new folder, in the form that `import` reads."""
    media_folder = surroundings.settings.media_folder
    with transaction(surroundings.database) as session:
        if use is None:
            written = list(exports.export_stories(session, folder, media_folder=media_folder))
        else:
            written = list(public_exports.export_for_readers(session, folder, media_folder=media_folder, use=use))
    click.echo(f"{len(written)} stories written to {folder}.")
    if use is None:
        click.echo(
            "It holds names, earlier texts and consents: keep it as you keep the database. Use --public to pass on.",
            err=True,
        )


@click.command("backup")
@click.argument("file", type=PATH)
@pass_surroundings
def backup_command(surroundings: Surroundings, file: Path) -> None:
    """Write the database and all files that people sent into one file."""
    if file.exists():
        raise Conflict(f"{file} exists already. Name a file that does not.")
    n_rows = backups.write_backup(surroundings.database, surroundings.settings.media_folder, file)
    click.echo(f"{n_rows} rows written to {file}.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@pass_surroundings
def restore_command(surroundings: Surroundings, file: Path) -> None:
    """Fill an empty repository from a backup, and index it."""
    n_rows = backups.read_backup(surroundings.database, surroundings.settings.media_folder, file)
    click.echo(f"{n_rows} rows restored.")
    surroundings.reconcile()
