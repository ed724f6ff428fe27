"""What decisions taught of the themes

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from webapp.models.base import UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "theme_learning",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("pipeline_version", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("n_decisions", sa.Integer(), nullable=False),
        sa.Column("coefficients", sa.LargeBinary(), nullable=False),
        sa.Column("learned_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_theme_learning_theme_id_theme"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("theme_id", name=op.f("pk_theme_learning")),
    )
    with op.batch_alter_table("analysis") as analysis:
        analysis.add_column(
            sa.Column(
                "learned_version", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False, server_default=""
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("analysis") as analysis:
        analysis.drop_column("learned_version")
    op.drop_table("theme_learning")
