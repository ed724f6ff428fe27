"""Content warnings, and how long a story is held

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("story", sa.Column("content_warnings", sa.JSON(), nullable=True))
    op.add_column("story", sa.Column("warning_words", AutoString(120), nullable=False, server_default=""))
    # Written out, for a batch would make the table again on SQLite and lose its other checks.
    op.execute(
        "ALTER TABLE story ADD COLUMN retention_class VARCHAR(10) CONSTRAINT ck_story_retention_class "
        "CHECK (retention_class IN ('short', 'standard', 'long', 'archive'))"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE story DROP CONSTRAINT ck_story_retention_class")
    for column in ("retention_class", "warning_words", "content_warnings"):
        op.execute(f"ALTER TABLE story DROP COLUMN {column}")
