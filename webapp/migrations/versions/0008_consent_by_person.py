"""Consent by person, the wording they were told, uses and their take-down, notices and mail

Revision ID: 0008
Revises: 0007
"""

import hashlib
import json
import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

from webapp.models.base import UTCDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ADULT = """\
We ask whether your story may be used, in words and pictures. You decide where: tick only what you agree to. You may say no to all of it or to any part, and the help that you get from us stays the same.

What we keep. Your story and, apart from it, your name and how to reach you. Only staff who need them see your name and your contact details.

Where it may be seen. Anybody can read our website, and search engines keep copies of it. On social media other people can pass it on and comment on it, and the companies behind them have rules of their own. Newspapers decide themselves what they print. Reports and leaflets are given away.

What we cannot do. What was printed, sent out or put online can never be called back completely: somebody may have kept a copy.

You can change your mind at any time, without a reason. Use the link that you are given, write or ring, or tell any member of staff: it is as easy as agreeing was. We then stop using your story at once, take down what we can reach, and tell you what we cannot.

How long. Your agreement lasts {months} months. Before it ends we ask you again; if we do not hear from you, we stop using your story.

Your name. You may be named by your full name, your first name, your first name and town, another name, or not at all, and you may choose anew later.

Health, faith and the like. If your story tells of health, faith, ethnic background, sexuality or politics, the law wants your express agreement to use that. There is a box of its own for it.

Your rights. You may see what we hold about you, have it put right or erased, and complain to the Information Commissioner (ico.org.uk)."""
CHILD = """\
This is about a story that a child tells or is told of in. For somebody under 16 two people have to agree: the child, in their own words, and a parent or guardian. For a child who is looked after, the local authority that holds parental responsibility has to agree. At 16 and 17 young people decide for themselves; we advise them to talk to a parent first.

To the child: it is your story. You can say yes or no, and nobody will mind. You can change your mind later and tell any grown-up here.

What we keep. The story and, apart from it, names and how to reach you. Only staff who need them see those.

What we do to keep a child safe. We never show a child's full name, school, club or street beside a picture, and we can leave the name out altogether.

Where it may be seen. Tick only what you agree to. Anybody can read our website, and search engines keep copies of it. On social media other people can pass it on. Newspapers decide themselves what they print. Reports and leaflets are given away.

What we cannot do. What was printed, sent out or put online can never be called back completely: somebody may have kept a copy.

Either of you can change your mind at any time, without a reason. Use the link that you are given, write or ring, or tell any member of staff. We then stop using the story at once, take down what we can reach, and tell you what we cannot.

How long. The agreement lasts {months} months. Before it ends we ask you again, and we ask the child anew when they are 18; if we do not hear from you, we stop using the story.

Your rights. You may see what we hold about you, have it put right or erased, and complain to the Information Commissioner (ico.org.uk)."""
_BASIS_NOTE = "Set when Turnstone was installed. Whoever is responsible for data protection should confirm or change it."
_BASES = (("hold", "legitimate interests"), ("analyse", "legitimate interests"), ("publish", "consent"))

_USES = ("website", "social", "press", "print", "funders", "internal", "research")
_NAMING = ("full", "first", "first_and_town", "pseudonym", "anonymous")
_AGES = ("adult", "16-17", "13-15", "under 13")
_OLD_ROLES = ("contributor", "reviewer", "researcher", "comms", "admin")
_ROLES = (*_OLD_ROLES[:4], "safeguarding", "admin")
_LAWFUL = ("consent", "contract", "legal obligation", "vital interests", "public task", "legitimate interests")

# Of each table that is only ever added to: the triggers of SQLite and PostgreSQL, and what may take a row away.
_REFUSALS = {
    "consent": "A record of consent is append-only: add another that follows it.",
    "consent_wording": "A version of a wording is never changed: add the next one.",
    "lawful_basis": "A decision on a lawful basis is append-only: add another that follows it.",
}


def upgrade() -> None:
    _people()
    _wordings()
    _renew_consent()
    _bases()
    _uses_and_messages()
    _columns_of_story()
    _renew_roles(_ROLES)
    for table in _REFUSALS:
        _refuse_changes(table)


def _words(name: str, length: int | None = None, *, default: str | None = None) -> sa.Column:
    return sa.Column(name, AutoString(length=length), nullable=False, server_default=default)


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, UTCDateTime(timezone=True), nullable=nullable)


def _reference(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _key(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def _one_of(table: str, column: str, words: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{column}"))


def _id(table: str) -> tuple[sa.Column, sa.PrimaryKeyConstraint]:
    return sa.Column("id", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _people() -> None:
    op.create_table(
        "contributor",
        *_id("contributor"),
        _words("name", 200),
        _words("town", 200),
        _words("pseudonym", 200),
        _words("email", 254),
        _words("phone", 40),
        _reference("user_id"),
        _words("link_key", 64),
        _moment("created_at"),
        _key("contributor", "user_id", "user_account", "SET NULL"),
        sa.UniqueConstraint("link_key", name=op.f("uq_contributor_link_key")),
    )
    _index("contributor", "user_id")
    op.create_table(
        "story_contributor",
        _reference("story_id", nullable=False),
        _reference("contributor_id", nullable=False),
        _words("standing", 20),
        _moment("added_at"),
        _one_of("story_contributor", "standing", ("asked", "anonymised", "public role")),
        _key("story_contributor", "story_id", "story", "CASCADE"),
        _key("story_contributor", "contributor_id", "contributor", "CASCADE"),
        sa.PrimaryKeyConstraint("story_id", "contributor_id", name=op.f("pk_story_contributor")),
    )
    _index("story_contributor", "contributor_id")


def _wordings() -> None:
    table = op.create_table(
        "consent_wording",
        *_id("consent_wording"),
        _words("key", 40),
        sa.Column("version", sa.Integer(), nullable=False),
        _words("title", 200),
        _words("text"),
        _words("sha256", 64),
        _reference("made_by_id"),
        _moment("made_at"),
        _key("consent_wording", "made_by_id", "user_account"),
        sa.UniqueConstraint("key", "version", name=op.f("uq_consent_wording_key_version")),
    )
    at = datetime.now(UTC)
    op.bulk_insert(
        table,
        [
            {"key": key, "version": 1, "title": title, "text": text, "made_at": at,
             "sha256": hashlib.sha256(text.encode()).hexdigest()}
            for key, title, text in (("adult", "Your story and you", ADULT), ("child", "A child's story", CHILD))
        ],
    )  # fmt: skip


def _consent_table() -> sa.Table:
    table = op.create_table(
        "consent",
        *_id("consent"),
        _reference("story_id", nullable=False),
        _reference("contributor_id", nullable=False),
        _words("action", 20),
        sa.Column("uses", sa.JSON(), nullable=False),
        sa.Column("platforms", sa.JSON(), nullable=False),
        _words("conditions"),
        sa.Column("is_explicit", sa.Boolean(), nullable=False),
        _words("basis"),
        _words("method", 60),
        _words("naming", 20),
        _words("wording_version", 40),
        _words("wording_hash", 64),
        _moment("given_at"),
        _moment("expires_at", nullable=True),
        _words("witness", 200),
        _words("scan_sha256", 64),
        _words("age_band", 10),
        _reference("guardian_id"),
        _words("guardian_relationship", 100),
        sa.Column("has_assent", sa.Boolean(), nullable=False),
        sa.Column("is_looked_after", sa.Boolean(), nullable=False),
        _words("authority", 200),
        _reference("recorded_by_id"),
        _moment("recorded_at"),
        _one_of("consent", "action", ("given", "withdrawn")),
        _one_of("consent", "naming", _NAMING),
        _one_of("consent", "age_band", _AGES),
        _key("consent", "story_id", "story", "CASCADE"),
        _key("consent", "contributor_id", "contributor"),
        _key("consent", "guardian_id", "contributor"),
        _key("consent", "recorded_by_id", "user_account"),
    )
    _index("consent", "story_id", "contributor_id", "expires_at")
    return table


def _renew_consent() -> None:
    """Make the table again, with a person for each name in a story; a record without a name is somebody's own."""
    connection = op.get_bind()
    old = sa.Table("consent", sa.MetaData(), autoload_with=connection)
    rows = [dict(row._mapping) for row in connection.execute(sa.select(old).order_by(old.c.id))]
    op.drop_table("consent")
    table = _consent_table()
    contributor = sa.table("contributor", *map(sa.column, ("name", "town", "pseudonym", "email", "phone", "link_key",
                                                           "created_at")), sa.column("id"))  # fmt: skip
    membership = sa.table("story_contributor", *map(sa.column, ("story_id", "contributor_id", "standing", "added_at")))

    def somebody(story_id: int, name: str, at: datetime, *, is_asked: bool) -> int:
        values = {"name": name, "town": "", "pseudonym": "", "email": "", "phone": "",
                  "link_key": secrets.token_urlsafe(24), "created_at": at}  # fmt: skip
        [made] = connection.execute(contributor.insert().values(values).returning(contributor.c.id)).one()
        if is_asked:
            connection.execute(
                membership.insert().values(story_id=story_id, contributor_id=made, standing="asked", added_at=at)
            )
        return int(made)

    people: dict[tuple[int, str, str], int] = {}
    for row in rows:
        story_id, name, guardian = row["story_id"], row.pop("given_by"), row.pop("guardian")
        at = _aware(row["given_at"])
        key = (story_id, "asked", name or f" {row['id']}")
        if key not in people:
            people[key] = somebody(story_id, name, at, is_asked=True)
        row["contributor_id"] = people[key]
        row["guardian_id"] = None
        if guardian:
            key = (story_id, "guardian", guardian)
            people.setdefault(key, 0)
            people[key] = people[key] or somebody(story_id, guardian, at, is_asked=False)
            row["guardian_id"] = people[key]
        for moment in ("given_at", "expires_at", "recorded_at"):
            row[moment] = _aware(row[moment]) if row[moment] is not None else None
        if isinstance(row["uses"], str):
            row["uses"] = json.loads(row["uses"])
        connection.execute(
            table.insert().values(
                **row, platforms=[], conditions="", is_explicit=False, scan_sha256="", age_band="adult",
                guardian_relationship="", has_assent=False, is_looked_after=False, authority="",
            )
        )  # fmt: skip
    _continue_numbers(connection, "consent")


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _continue_numbers(connection: sa.Connection, table: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT COALESCE(MAX(id), 0) + 1 FROM {table}), "
            "false)"
        )


def _bases() -> None:
    table = op.create_table(
        "lawful_basis",
        *_id("lawful_basis"),
        _reference("story_id"),
        _words("purpose", 10),
        _words("basis", 30),
        _words("note"),
        _reference("decided_by_id"),
        _moment("decided_at"),
        _one_of("lawful_basis", "purpose", ("hold", "analyse", "publish")),
        _one_of("lawful_basis", "basis", _LAWFUL),
        _key("lawful_basis", "story_id", "story", "CASCADE"),
        _key("lawful_basis", "decided_by_id", "user_account"),
    )
    _index("lawful_basis", "story_id")
    at = datetime.now(UTC)
    op.bulk_insert(
        table, [{"purpose": purpose, "basis": basis, "note": _BASIS_NOTE, "decided_at": at} for purpose, basis in _BASES]
    )


def _uses_and_messages() -> None:
    op.create_table(
        "usage_log",
        *_id("usage_log"),
        _reference("story_id", nullable=False),
        _words("use", 20),
        _words("place", 500),
        _words("address", 500),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("is_recallable", sa.Boolean(), nullable=False),
        _reference("recorded_by_id"),
        _moment("recorded_at"),
        _one_of("usage_log", "use", _USES),
        _key("usage_log", "story_id", "story", "CASCADE"),
        _key("usage_log", "recorded_by_id", "user_account", "SET NULL"),
    )
    _index("usage_log", "story_id")
    op.create_table(
        "takedown_task",
        *_id("takedown_task"),
        _reference("usage_id", nullable=False),
        _reference("owner_id"),
        sa.Column("due_on", sa.Date(), nullable=False),
        _words("state", 10),
        _words("note"),
        _moment("made_at"),
        _moment("closed_at", nullable=True),
        _reference("closed_by_id"),
        _one_of("takedown_task", "state", ("open", "done", "cannot")),
        _key("takedown_task", "usage_id", "usage_log", "CASCADE"),
        _key("takedown_task", "owner_id", "user_account", "SET NULL"),
        _key("takedown_task", "closed_by_id", "user_account", "SET NULL"),
        sa.UniqueConstraint("usage_id", name=op.f("uq_takedown_task_usage_id")),
    )
    _index("takedown_task", "owner_id", "due_on")
    op.create_table(
        "notice",
        *_id("notice"),
        _words("key", 120),
        _words("kind", 40),
        _words("message", 500),
        _words("address", 300),
        _words("role", 20),
        _reference("user_id"),
        _reference("story_id"),
        _moment("made_at"),
        _moment("done_at", nullable=True),
        _reference("done_by_id"),
        _key("notice", "user_id", "user_account", "CASCADE"),
        _key("notice", "story_id", "story", "CASCADE"),
        _key("notice", "done_by_id", "user_account", "SET NULL"),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    _index("notice", "kind", "user_id", "story_id", "done_at")
    op.create_table(
        "outgoing_mail",
        *_id("outgoing_mail"),
        _words("recipient", 254),
        _words("subject", 200),
        _words("body"),
        _moment("made_at"),
        sa.Column("n_tries", sa.Integer(), nullable=False),
        _words("error", 300),
        _moment("sent_at", nullable=True),
    )
    _index("outgoing_mail", "sent_at")


def _columns_of_story() -> None:
    for name in ("is_restricted", "do_not_identify"):
        op.add_column("story", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(op.f("ix_story_is_restricted"), "story", ["is_restricted"])
    # Written out, for a batch would make the table again on SQLite and lose its other checks.
    op.execute(
        "ALTER TABLE story ADD COLUMN place_level VARCHAR(20) DEFAULT 'neighbourhood' NOT NULL "
        "CONSTRAINT ck_story_place_level CHECK (place_level IN ('neighbourhood', 'local_authority', 'region'))"
    )
    op.add_column("story", sa.Column("special_categories", sa.JSON(), nullable=True))


def _renew_roles(roles: tuple[str, ...]) -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT user_id, role FROM user_role")).all()
    op.drop_table("user_role")
    table = op.create_table(
        "user_role",
        _reference("user_id", nullable=False),
        _words("role", 20),
        _one_of("user_role", "role", roles),
        _key("user_role", "user_id", "user_account", "CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "role", name=op.f("pk_user_role")),
    )
    op.bulk_insert(table, [{"user_id": user_id, "role": role} for user_id, role in rows if role in roles])


# Until when a row stays: records go with their story (its row is already gone when the cascade comes), a wording
# that nobody was told may go, and what was decided for all stories, while there are none.
_STAYS = {
    "consent": "EXISTS (SELECT 1 FROM story WHERE id = OLD.story_id)",
    "consent_wording": "EXISTS (SELECT 1 FROM consent WHERE wording_version = OLD.key || ' ' || OLD.version)",
    "lawful_basis": "EXISTS (SELECT 1 FROM story WHERE id = OLD.story_id OR OLD.story_id IS NULL)",
}


def _refuse_changes(table: str) -> None:
    refusal, stays = _REFUSALS[table], _STAYS[table]
    if op.get_bind().dialect.name == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN {stays} {refuse}")
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION refuse_{table}_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' THEN IF NOT {stays} THEN RETURN OLD; END IF; END IF; "
        f"RAISE EXCEPTION '{refusal}'; END $$"
    )
    for name, moment, each in (("kept", "UPDATE OR DELETE", "ROW"), ("not_emptied", "TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER {table}_{name} BEFORE {moment} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION refuse_{table}_change()"
        )


def downgrade() -> None:
    """Back to names in the records; what the old tables have no room for is lost."""
    connection = op.get_bind()
    names = dict(connection.execute(sa.text("SELECT id, name FROM contributor")).tuples().all())
    new = sa.Table("consent", sa.MetaData(), autoload_with=connection)
    rows = [dict(row._mapping) for row in connection.execute(sa.select(new).order_by(new.c.id))]
    op.drop_table("consent")
    table = _old_consent_table()
    for row in rows:
        kept = {column.name: row[column.name] for column in table.columns if column.name in row}
        naming = "anonymous" if row["naming"] == "pseudonym" else row["naming"]
        guardian = names.get(row["guardian_id"], "")
        kept.update(given_by=names[row["contributor_id"]], guardian=guardian, naming=naming)
        connection.execute(table.insert().values(**kept))
    _continue_numbers(connection, "consent")
    _refuse_changes("consent")
    for column in ("special_categories", "place_level", "do_not_identify", "is_restricted"):
        if column == "is_restricted":
            op.drop_index(op.f("ix_story_is_restricted"), "story")
        if column == "place_level" and connection.dialect.name == "postgresql":
            op.execute("ALTER TABLE story DROP CONSTRAINT ck_story_place_level")
        op.execute(f"ALTER TABLE story DROP COLUMN {column}")
    for gone in ("takedown_task", "usage_log", "notice", "outgoing_mail", "lawful_basis", "consent_wording",
                 "story_contributor", "contributor"):  # fmt: skip
        op.drop_table(gone)
    _renew_roles(_OLD_ROLES)


def _old_consent_table() -> sa.Table:
    table = op.create_table(
        "consent",
        *_id("consent"),
        _reference("story_id", nullable=False),
        _words("action", 20),
        sa.Column("uses", sa.JSON(), nullable=False),
        _words("basis"),
        _words("given_by", 200),
        _words("method", 60),
        _words("naming", 20),
        _words("wording_version", 40),
        _words("wording_hash", 64),
        _moment("given_at"),
        _moment("expires_at", nullable=True),
        _words("witness", 200),
        _words("guardian", 200),
        _reference("recorded_by_id"),
        _moment("recorded_at"),
        _one_of("consent", "action", ("given", "withdrawn")),
        _one_of("consent", "naming", ("full", "first", "first_and_town", "anonymous")),
        _key("consent", "story_id", "story", "CASCADE"),
        _key("consent", "recorded_by_id", "user_account"),
    )
    _index("consent", "story_id", "expires_at")
    return table
