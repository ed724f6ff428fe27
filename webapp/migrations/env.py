"""Alembic's entry: a connection is always given by `webapp.migrating`."""

from alembic import context

from webapp.models import metadata

connection = context.config.attributes["connection"]
# SQLite changes a column only by making the table again, hence batches.
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
# Alembic leaves the outer transaction to whoever opened the connection.
connection.commit()
