"""Photos of drafts and stories, with their captions and smaller copies

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("attachment") as table:
        table.alter_column("story_id", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("draft_id", sa.Integer(), nullable=True))
        table.add_column(
            sa.Column("caption", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        table.add_column(sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("width", sa.Integer(), nullable=True))
        table.add_column(sa.Column("height", sa.Integer(), nullable=True))
        table.add_column(sa.Column("copies", sa.JSON(), nullable=False, server_default="{}"))
        table.create_foreign_key(
            op.f("fk_attachment_draft_id_draft"), "draft", ["draft_id"], ["id"], ondelete="CASCADE"
        )
        table.create_index(op.f("ix_attachment_draft_id"), ["draft_id"])
    with op.batch_alter_table("attachment") as table:
        for name in ("caption", "position", "copies"):
            table.alter_column(name, server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM attachment WHERE story_id IS NULL")
    with op.batch_alter_table("attachment") as table:
        table.drop_index(op.f("ix_attachment_draft_id"))
        table.drop_constraint(op.f("fk_attachment_draft_id_draft"), type_="foreignkey")
        for name in ("copies", "height", "width", "position", "caption", "draft_id"):
            table.drop_column(name)
        table.alter_column("story_id", existing_type=sa.Integer(), nullable=False)
