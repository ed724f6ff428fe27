"""How the people in a story are named in public

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Empty: whoever was to be named is again as soon as their consent is recorded anew or the worker looks.
    op.add_column("story", sa.Column("public_names", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("story", "public_names")
