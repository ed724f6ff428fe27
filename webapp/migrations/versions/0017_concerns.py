"""What somebody is worried about, with a log of who looked

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

from webapp.models.base import UTCDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_REFUSAL = "The log of who looked at a concern is append-only."


def upgrade() -> None:
    op.create_table(
        "concern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=True),
        sa.Column("words", AutoString(), nullable=False),
        sa.Column("contact", AutoString(300), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=True),
        sa.Column("raised_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("decision", AutoString(20), nullable=False),
        sa.Column("note", AutoString(), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("decision IN ('', 'returned', 'kept', 'withdrawn')", name=op.f("ck_concern_decision")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_concern_{column}_{table}"), ondelete="SET NULL"
            )
            for column, table in (
                ("story_id", "story"), ("raised_by_id", "user_account"), ("closed_by_id", "user_account"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
    )  # fmt: skip
    op.create_index(op.f("ix_concern_story_id"), "concern", ["story_id"])
    op.create_table(
        "concern_access",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", AutoString(200), nullable=False),
        sa.Column("deed", AutoString(20), nullable=False),
        sa.Column("at", UTCDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("deed IN ('read', 'taken out of sight', 'closed')", name=op.f("ck_concern_access_deed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_access")),
    )
    for column in ("concern_id", "actor_id"):
        op.create_index(op.f(f"ix_concern_access_{column}"), "concern_access", [column])
    _refuse_changes()


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER concern_access_no_{deed.lower()} BEFORE {deed} ON concern_access "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_concern_access_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
    )
    for name, moment, each in (("kept", "UPDATE OR DELETE", "ROW"), ("not_emptied", "TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER concern_access_{name} BEFORE {moment} ON concern_access "
            f"FOR EACH {each} EXECUTE FUNCTION refuse_concern_access_change()"
        )


def downgrade() -> None:
    op.drop_table("concern_access")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_concern_access_change()")
    op.drop_table("concern")
