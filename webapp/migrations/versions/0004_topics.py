"""Topics that keep their identity from run to run, and what people did to them

Runs are derived and made anew by the next `turnstone topics fit`; nobody could curate them before.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("topic_assignment", "topic", "topic_run"):
        op.drop_table(name)
    op.create_table('topic_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('model_name', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('manifest', sa.JSON(), nullable=False),
    sa.Column('embedding_name', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('n_passages', sa.Integer(), nullable=False),
    sa.Column('n_outliers', sa.Integer(), nullable=False),
    sa.Column('stability', sa.Float(), nullable=True),
    sa.Column('mean_cosine', sa.Float(), nullable=False),
    sa.Column('hierarchy', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_topic_run'))
    )
    op.create_table('topic_identity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('is_hidden', sa.Boolean(), nullable=False),
    sa.Column('merged_into_id', sa.Integer(), nullable=True),
    sa.Column('theme_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['merged_into_id'], ['topic_identity.id'], name=op.f('fk_topic_identity_merged_into_id_topic_identity')),
    sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name=op.f('fk_topic_identity_theme_id_theme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_topic_identity'))
    )
    with op.batch_alter_table('topic_identity', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_topic_identity_merged_into_id'), ['merged_into_id'], unique=False)

    op.create_table('topic',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('identity_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('label', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('candidates', sa.JSON(), nullable=False),
    sa.Column('n_passages', sa.Integer(), nullable=False),
    sa.Column('stability', sa.Float(), nullable=True),
    sa.Column('middle', sa.LargeBinary(), nullable=False),
    sa.Column('floor', sa.Float(), nullable=False),
    sa.Column('fate', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('sources', sa.JSON(), nullable=False),
    sa.CheckConstraint("fate IN ('new', 'kept', 'split', 'merged')", name=op.f('ck_topic_fate')),
    sa.ForeignKeyConstraint(['identity_id'], ['topic_identity.id'], name=op.f('fk_topic_identity_id_topic_identity')),
    sa.ForeignKeyConstraint(['run_id'], ['topic_run.id'], name=op.f('fk_topic_run_id_topic_run'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_topic'))
    )
    with op.batch_alter_table('topic', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_topic_identity_id'), ['identity_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_topic_run_id'), ['run_id'], unique=False)

    op.create_table('topic_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('identity_id', sa.Integer(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('actor_name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('name', 'merge', 'split', 'hide', 'promote')", name=op.f('ck_topic_change_kind')),
    sa.ForeignKeyConstraint(['identity_id'], ['topic_identity.id'], name=op.f('fk_topic_change_identity_id_topic_identity')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_topic_change'))
    )
    with op.batch_alter_table('topic_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_topic_change_identity_id'), ['identity_id'], unique=False)

    op.create_table('topic_assignment',
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('passage_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=True),
    sa.Column('cosine', sa.Float(), nullable=False),
    sa.Column('x', sa.Float(), nullable=True),
    sa.Column('y', sa.Float(), nullable=True),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['passage_id'], ['passage.id'], name=op.f('fk_topic_assignment_passage_id_passage'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['run_id'], ['topic_run.id'], name=op.f('fk_topic_assignment_run_id_topic_run'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], name=op.f('fk_topic_assignment_topic_id_topic'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('run_id', 'passage_id', name=op.f('pk_topic_assignment'))
    )
    with op.batch_alter_table('topic_assignment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_topic_assignment_passage_id'), ['passage_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_topic_assignment_topic_id'), ['topic_id'], unique=False)


def downgrade() -> None:
    raise NotImplementedError("What people did to topics is not thrown away: restore a backup instead.")
