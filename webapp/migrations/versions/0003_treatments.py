"""What becomes of a finding of personal data

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("personal_data_finding") as finding:
        finding.add_column(sa.Column("treatment", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=True))
        finding.add_column(sa.Column("replacement", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=True))
        finding.create_check_constraint(
            op.f("ck_personal_data_finding_treatment"), "treatment IN ('redact', 'pseudonym', 'keep')"
        )


def downgrade() -> None:
    with op.batch_alter_table("personal_data_finding") as finding:
        finding.drop_constraint(op.f("ck_personal_data_finding_treatment"), type_="check")
        finding.drop_column("replacement")
        finding.drop_column("treatment")
