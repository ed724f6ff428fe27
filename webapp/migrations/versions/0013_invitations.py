"""Invitations, and approval of the final words

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import webapp.models.base

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, webapp.models.base.UTCDateTime(timezone=True), nullable=nullable)


def _words(name: str, length: int) -> sa.Column:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(length=length), nullable=False)


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        _words("key", 64),
        _words("for_whom", 200),
        _words("about", 1000),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        _moment("created_at"),
        _moment("expires_at"),
        _moment("revoked_at", nullable=True),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["user_account.id"],
            name=op.f("fk_invitation_invited_by_id_user_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("key", name=op.f("uq_invitation_key")),
    )
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        _words("text_hash", 64),
        _words("method", 10),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        _moment("approved_at"),
        sa.CheckConstraint("method IN ('account', 'link')", name=op.f("ck_approval_method")),
        sa.ForeignKeyConstraint(
            ["approved_by_id"],
            ["user_account.id"],
            name=op.f("fk_approval_approved_by_id_user_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_approval_story_id_story"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint("story_id", "text_hash", name=op.f("uq_approval_story_id_text_hash")),
    )
    op.create_index(op.f("ix_approval_story_id"), "approval", ["story_id"])
    with op.batch_alter_table("draft") as table:
        table.add_column(sa.Column("invitation_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("contributor_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("link_number", sa.Integer(), nullable=False, server_default="1"))
        table.create_foreign_key(
            op.f("fk_draft_invitation_id_invitation"), "invitation", ["invitation_id"], ["id"], ondelete="CASCADE"
        )
        table.create_foreign_key(
            op.f("fk_draft_contributor_id_contributor"), "contributor", ["contributor_id"], ["id"], ondelete="SET NULL"
        )
        table.create_unique_constraint(op.f("uq_draft_invitation_id"), ["invitation_id"])
    with op.batch_alter_table("draft") as table:
        table.alter_column("link_number", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("draft") as table:
        table.drop_constraint(op.f("uq_draft_invitation_id"), type_="unique")
        table.drop_constraint(op.f("fk_draft_contributor_id_contributor"), type_="foreignkey")
        table.drop_constraint(op.f("fk_draft_invitation_id_invitation"), type_="foreignkey")
        for name in ("link_number", "contributor_id", "invitation_id"):
            table.drop_column(name)
    op.drop_table("approval")
    op.drop_table("invitation")
