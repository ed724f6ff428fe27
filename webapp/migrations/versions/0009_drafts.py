"""Drafts, kept answer by answer, and how near a story's teller stood to it

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import webapp.models.base

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_STRENGTHS = "evidence_strength IN ('first_hand', 'staff_reported', 'third_party')"


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("story_id", sa.Integer(), nullable=True),
        sa.Column("base_revision", sa.Integer(), nullable=True),
        sa.Column("created_at", webapp.models.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", webapp.models.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("sent_at", webapp.models.base.UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('short', 'full', 'correction')", name=op.f("ck_draft_kind")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user_account.id"], name=op.f("fk_draft_owner_id_user_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_draft_story_id_story"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("key", name=op.f("uq_draft_key")),
    )
    op.create_index(op.f("ix_draft_owner_id"), "draft", ["owner_id"])
    op.create_index(op.f("ix_draft_story_id"), "draft", ["story_id"])
    op.create_table(
        "draft_answer",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("written", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", webapp.models.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_draft_answer_draft_id_draft"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("draft_id", "name", name=op.f("pk_draft_answer")),
    )
    # In plain SQL: a batch would rebuild the table on SQLite, which the triggers on `consent` refuse.
    op.execute(
        "ALTER TABLE story ADD COLUMN evidence_strength VARCHAR(20) "
        f"CONSTRAINT ck_story_evidence_strength CHECK ({_STRENGTHS})"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE story DROP COLUMN evidence_strength")
    op.drop_table("draft_answer")
    op.drop_table("draft")
