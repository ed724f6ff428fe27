"""A second factor, recovery codes, and links that let somebody in once

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

from webapp.models.base import UTCDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("user_account", sa.Column("second_factor_salt", AutoString(64), nullable=False, server_default=""))
    op.add_column("user_account", sa.Column("second_factor_since", UTCDateTime(timezone=True), nullable=True))
    op.add_column("user_account", sa.Column("second_factor_step", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "recovery_code",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("sha256", AutoString(64), nullable=False),
        sa.Column("used_at", UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_recovery_code_user_id_user_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "sha256", name=op.f("pk_recovery_code")),
    )
    op.create_table(
        "account_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(20), nullable=False),
        sa.Column("key_sha256", AutoString(64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("email", AutoString(254), nullable=False),
        sa.Column("name", AutoString(200), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("used_at", UTCDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('invitation', 'reset')", name=op.f("ck_account_link_kind")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_account_link_user_id_user_account"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user_account.id"], name=op.f("fk_account_link_made_by_id_user_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_link")),
    )  # fmt: skip
    op.create_index(op.f("ix_account_link_user_id"), "account_link", ["user_id"])
    op.create_index(op.f("ix_account_link_email"), "account_link", ["email"])


def downgrade() -> None:
    op.drop_table("account_link")
    op.drop_table("recovery_code")
    for column in ("second_factor_step", "second_factor_since", "second_factor_salt"):
        op.drop_column("user_account", column)
