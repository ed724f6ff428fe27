"""One file that holds the repository: its database and its media. Indexes are derived and left out."""

import base64
import io
import json
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Date, Engine, LargeBinary, Table, func, insert, select, text

from webapp.errors import Conflict, Invalid
from webapp.models import metadata
from webapp.models.base import UTCDateTime

FORMAT = 1
ROWS_AT_ONCE = 500


def write_backup(database: Engine, media_folder: Path, target: Path) -> int:
    """Write the backup and give the number of its rows. It works while the site runs, and on any database.

    Rows travel as JSON lines, one member a table, so a backup of SQLite can be restored to PostgreSQL.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.part")
    n_rows = 0
    with tarfile.open(draft, "w:gz", compresslevel=5) as archive, _snapshot(database) as connection:
        manifest = {"format": FORMAT, "made_at": datetime.now(UTC), "migration": _migration(connection)}
        _add(archive, "manifest.json", io.BytesIO(_encoded(manifest)))
        for table in metadata.sorted_tables:
            n_rows += _add_table(archive, connection, table)
        for path in sorted(media_folder.glob("??/*")):
            archive.add(path, arcname=f"media/{path.parent.name}/{path.name}")
    # The backup holds all that people confided: only its owner may read it.
    draft.chmod(0o600)
    draft.replace(target)
    return n_rows


def read_backup(database: Engine, media_folder: Path, source: Path) -> int:
    """Fill an empty, migrated database and the media store from a backup, wholly or not at all."""
    try:
        with tarfile.open(source, "r:gz") as archive, database.begin() as connection:
            _check(archive, connection, source)
            _empty(connection)
            n_rows = sum(_restore_table(archive, connection, table) for table in metadata.sorted_tables)
            _restore_media(archive, media_folder)
            return n_rows
    except (tarfile.TarError, EOFError, OSError, ValueError, KeyError) as err:
        raise Invalid(f"{source} is not a whole backup of Turnstone ({err}). Nothing was restored.") from err


def _snapshot(database: Engine) -> Connection:
    """A connection whose statements all see the same moment."""
    connection = database.connect()
    if database.dialect.name == "postgresql":
        return connection.execution_options(isolation_level="REPEATABLE READ")
    # SQLite's driver begins no transaction for reading, so every table would be of another moment.
    connection.exec_driver_sql("BEGIN")
    return connection


def _migration(connection: Connection) -> str:
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    member = tarfile.TarInfo(name)
    member.size = content.seek(0, io.SEEK_END)
    content.seek(0)
    archive.addfile(member, content)


def _add_table(archive: tarfile.TarFile, connection: Connection, table: Table) -> int:
    n_rows = 0
    with tempfile.TemporaryFile() as lines:
        for row in connection.execute(select(table).order_by(*table.primary_key)).mappings():
            lines.write(_encoded(dict(row)) + b"\n")
            n_rows += 1
        _add(archive, f"tables/{table.name}.jsonl", lines)
    return n_rows


def _check(archive: tarfile.TarFile, connection: Connection, source: Path) -> None:
    manifest = json.loads(_member(archive, "manifest.json").read())
    if manifest["format"] != FORMAT or manifest["migration"] != _migration(connection):
        raise Conflict(
            f"{source} was made by another version of Turnstone (tables {manifest['migration']}, "
            f"here {_migration(connection)}). Restore it with that version, then upgrade."
        )
    for name in ("story", "user_account"):
        if connection.execute(select(func.count()).select_from(metadata.tables[name])).scalar_one():
            raise Conflict("The repository is not empty. Point TURNSTONE_HOME to a new folder and restore there.")


def _empty(connection: Connection) -> None:
    """A fresh repository already has themes, wordings and the like; the backup's own take their place."""
    # Whatever points to others goes first; some rows may not go while a story is there.
    for table in reversed(metadata.sorted_tables):
        if table.name != "audit_event":
            connection.execute(table.delete())


def _restore_table(archive: tarfile.TarFile, connection: Connection, table: Table) -> int:
    n_rows = 0
    for batch in _batches(_member(archive, f"tables/{table.name}.jsonl"), table):
        connection.execute(insert(table), batch)
        n_rows += len(batch)
    if connection.dialect.name == "postgresql" and "id" in table.columns:
        # Ids were given, not drawn: the sequence has to go on after them.
        connection.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}")  # noqa: S608
        )
    return n_rows


def _batches(lines: IO[bytes], table: Table) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for line in lines:
        batch.append(_decoded(json.loads(line), table))
        if len(batch) == ROWS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _restore_media(archive: tarfile.TarFile, media_folder: Path) -> None:
    members = [member for member in archive.getmembers() if member.name.startswith("media/")]
    for member in members:
        member.name = member.name.removeprefix("media/")
    media_folder.mkdir(parents=True, exist_ok=True)
    # The filter refuses members that would land outside the folder.
    archive.extractall(media_folder, members=members, filter="data")


def _member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    content = archive.extractfile(name)
    if content is None:
        raise KeyError(name)
    return content


def _encoded(row: dict[str, Any]) -> bytes:
    return json.dumps(row, default=_as_json, ensure_ascii=False).encode()


def _as_json(value: object) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in a backup.")


def _decoded(row: dict[str, Any], table: Table) -> dict[str, Any]:
    """A row's values as its columns take them."""
    for name, value in row.items():
        kind = table.columns[name].type
        if value is None:
            continue
        if isinstance(kind, LargeBinary):
            row[name] = base64.b64decode(value)
        elif isinstance(kind, UTCDateTime):
            row[name] = datetime.fromisoformat(value)
        elif isinstance(kind, Date):
            row[name] = date.fromisoformat(value)
    return row
