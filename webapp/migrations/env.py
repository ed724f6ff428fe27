"""Alembic's entry: a connection is always given by `webapp.migrating`."""

from alembic import context

from webapp.models import metadata

connection = context.config.attributes["connection"]
is_sqlite = connection.dialect.name == "sqlite"
if is_sqlite:
    # A table that is made again is dropped first, which would break every reference to it for a moment. The setting
    # does nothing inside a transaction.
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
# SQLite changes a column only by making the table again, hence batches.
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
# Alembic leaves the outer transaction to whoever opened the connection.
connection.commit()
if is_sqlite:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    connection.exec_driver_sql("PRAGMA foreign_keys = ON")
    connection.commit()
    if broken:
        raise RuntimeError(f"Migrating left {len(broken)} references without what they point to: {broken[:3]}.")
