"""Searches that people follow and cite

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import webapp.models.base

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("feed_key", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("known", sa.JSON(), nullable=False),
        sa.Column("fresh", sa.JSON(), nullable=False),
        sa.Column("created_at", webapp.models.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("seen_at", webapp.models.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["user_account.id"],
            name=op.f("fk_saved_search_owner_id_user_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("feed_key", name=op.f("uq_saved_search_feed_key")),
    )
    op.create_index(op.f("ix_saved_search_owner_id"), "saved_search", ["owner_id"])
    op.create_table(
        "cited_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("n_found", sa.Integer(), nullable=False),
        sa.Column("story_ids", sa.JSON(), nullable=False),
        sa.Column("cited_by_id", sa.Integer(), nullable=True),
        sa.Column("cited_at", webapp.models.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cited_by_id"],
            ["user_account.id"],
            name=op.f("fk_cited_result_cited_by_id_user_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cited_result")),
        sa.UniqueConstraint("key", name=op.f("uq_cited_result_key")),
    )
    op.create_index(op.f("ix_cited_result_cited_by_id"), "cited_result", ["cited_by_id"])


def downgrade() -> None:
    op.drop_table("cited_result")
    op.drop_table("saved_search")
