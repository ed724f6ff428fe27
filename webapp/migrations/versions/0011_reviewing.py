"""Replacements, private originals, comments and care for the teller

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import webapp.models.base

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# Frozen as they were when this migration was made.
_KINDS = (
    "'person', 'child', 'phone', 'email', 'postcode', 'address', 'health', 'date_of_birth', 'nhs_no', 'ni_no', 'other'"
)


def _words(length: int | None = None) -> sa.types.TypeEngine[str]:
    return sqlmodel.sql.sqltypes.AutoString(length=length)


def _moment() -> webapp.models.base.UTCDateTime:
    return webapp.models.base.UTCDateTime(timezone=True)


def _story(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    name = op.f(f"fk_{table}_story_id_story")
    return (
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=name, ondelete="CASCADE"),
    )


def _person(table: str, column: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    name = op.f(f"fk_{table}_{column}_user_account")
    return (
        sa.Column(column, sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint([column], ["user_account.id"], name=name, ondelete="SET NULL"),
    )


def upgrade() -> None:
    op.create_table(
        "word_replacement",
        sa.Column("id", sa.Integer(), nullable=False),
        *_story("word_replacement"),
        sa.Column("kind", _words(20), nullable=False),
        sa.Column("original", _words(300), nullable=False),
        sa.Column("words", _words(300), nullable=False),
        *_person("word_replacement", "made_by_id"),
        sa.Column("made_at", _moment(), nullable=False),
        sa.CheckConstraint(f"kind IN ({_KINDS})", name=op.f("ck_word_replacement_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_replacement")),
        sa.UniqueConstraint("story_id", "original", name=op.f("uq_word_replacement_story_id_original")),
    )
    op.create_index(op.f("ix_word_replacement_story_id"), "word_replacement", ["story_id"])
    op.create_table(
        "private_original",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("title", _words(), nullable=False),
        sa.Column("summary", _words(), nullable=False),
        sa.Column("text", _words(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("beside", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_private_original_revision_id_revision"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("revision_id", name=op.f("pk_private_original")),
    )
    _make_comments()
    op.create_table(
        "welfare_note",
        sa.Column("id", sa.Integer(), nullable=False),
        *_story("welfare_note"),
        sa.Column("risk", _words(10), nullable=False),
        sa.Column("note", _words(), nullable=False),
        sa.Column("support", _words(), nullable=False),
        sa.Column("contact_on", sa.Date(), nullable=True),
        *_person("welfare_note", "made_by_id"),
        sa.Column("made_by_name", _words(200), nullable=False),
        sa.Column("made_at", _moment(), nullable=False),
        sa.CheckConstraint("risk IN ('low', 'some', 'high')", name=op.f("ck_welfare_note_risk")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_welfare_note")),
    )
    op.create_index(op.f("ix_welfare_note_story_id"), "welfare_note", ["story_id"])
    op.create_index(op.f("ix_welfare_note_contact_on"), "welfare_note", ["contact_on"])


def _make_comments() -> None:
    op.create_table(
        "review_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        *_story("review_comment"),
        sa.Column("body", _words(), nullable=False),
        sa.Column("quoted", _words(), nullable=False),
        sa.Column("is_internal", sa.Boolean(), nullable=False),
        *_person("review_comment", "author_id"),
        sa.Column("author_name", _words(200), nullable=False),
        sa.Column("made_at", _moment(), nullable=False),
        sa.Column("settled_at", _moment(), nullable=True),
        *_person("review_comment", "settled_by_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_comment")),
    )
    op.create_index(op.f("ix_review_comment_story_id"), "review_comment", ["story_id"])
    op.create_table(
        "comment_place",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["review_comment.id"],
            name=op.f("fk_comment_place_comment_id_review_comment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_comment_place_revision_id_revision"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("comment_id", "revision_id", name=op.f("pk_comment_place")),
    )
    op.create_index(op.f("ix_comment_place_revision_id"), "comment_place", ["revision_id"])


def downgrade() -> None:
    for table in ("welfare_note", "comment_place", "review_comment", "private_original", "word_replacement"):
        op.drop_table(table)
