"""A record of consent is followed by another, never edited or taken away

Revision ID: 0006
Revises: 0005
"""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Records go only with their story: its row is already gone when the cascade reaches them. A later migration that
# rebuilds the table on SQLite (batch_alter_table) drops these triggers there and has to make them again.
_REFUSAL = "A record of consent is append-only: add another that follows it."
_APPEND_ONLY = {
    "sqlite": [
        f"CREATE TRIGGER consent_no_update BEFORE UPDATE ON consent BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
        "CREATE TRIGGER consent_no_delete BEFORE DELETE ON consent "
        "WHEN EXISTS (SELECT 1 FROM story WHERE id = OLD.story_id) "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION refuse_consent_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' THEN "
        "IF NOT EXISTS (SELECT 1 FROM story WHERE id = OLD.story_id) THEN RETURN OLD; END IF; "
        "END IF; "
        f"RAISE EXCEPTION '{_REFUSAL}'; END $$",
        "CREATE TRIGGER consent_kept BEFORE UPDATE OR DELETE ON consent "
        "FOR EACH ROW EXECUTE FUNCTION refuse_consent_change()",
        "CREATE TRIGGER consent_not_emptied BEFORE TRUNCATE ON consent "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_consent_change()",
    ],
}
_TAKE_BACK = {
    "sqlite": ["DROP TRIGGER consent_no_update", "DROP TRIGGER consent_no_delete"],
    "postgresql": [
        "DROP TRIGGER consent_kept ON consent",
        "DROP TRIGGER consent_not_emptied ON consent",
        "DROP FUNCTION refuse_consent_change()",
    ],
}


def upgrade() -> None:
    for statement in _APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in _TAKE_BACK[op.get_bind().dialect.name]:
        op.execute(statement)
