"""`turnstone places`: the gazetteer that names in stories are linked to."""

from pathlib import Path

import click

from webapp.database import transaction
from webapp.errors import TurnstoneError
from webapp.services.place_import import import_places
from webapp.surroundings import Surroundings, pass_surroundings


@click.group("places")
def places_group() -> None:
    """The gazetteer: what names of places in stories are linked to."""


@places_group.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@pass_surroundings
def import_places_command(surroundings: Surroundings, paths: tuple[Path, ...]) -> None:
    """Take in neighbourhoods, authorities and outlines (CSV and GeoJSON, as ONS and OS give them out)."""
    n_failed = 0
    for path in paths:
        try:
            with transaction(surroundings.database) as session:
                report = import_places(session, path)
        except TurnstoneError as err:
            n_failed += 1
            click.echo(str(err), err=True)
            continue
        for notice in report.notices:
            click.echo(f"{path.name}: {notice}", err=True)
        click.echo(
            f"{path.name}: {report.n_added} places added, {report.n_changed} changed, "
            f"{report.n_outlines} outlines stored."
        )
    if n_failed:
        raise click.ClickException(f"{n_failed} of {len(paths)} files could not be taken in (see above).")
