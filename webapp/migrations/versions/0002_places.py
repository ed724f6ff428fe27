"""Nations above regions, names and outlines of places

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NATIONS = ("Scotland", "Wales", "Northern Ireland")
_ENGLISH = (
    "north east", "north west", "yorkshire and the humber", "east midlands", "west midlands", "east of england",
    "london", "south east", "south west",
)


def upgrade() -> None:
    op.create_table(
        "place_name",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_place_name_place_id_place"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("place_id", "key", name=op.f("pk_place_name")),
    )
    op.create_index(op.f("ix_place_name_key"), "place_name", ["key"])
    op.create_table(
        "place_outline",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("geometry", sa.JSON(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_place_outline_place_id_place"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("place_id", name=op.f("pk_place_outline")),
    )
    with op.batch_alter_table("place") as place:
        place.drop_constraint(op.f("ck_place_kind"), type_="check")
        place.create_check_constraint(
            op.f("ck_place_kind"), "kind IN ('nation', 'region', 'local_authority', 'neighbourhood')"
        )
        place.alter_column(
            "path",
            existing_type=sqlmodel.sql.sqltypes.AutoString(length=620),
            type_=sqlmodel.sql.sqltypes.AutoString(length=830),
            existing_nullable=False,
        )
        place.create_index(op.f("ix_place_code"), ["code"])
    _put_nations_above()


def _put_nations_above() -> None:
    place = sa.table(
        "place", sa.column("id", sa.Integer), sa.column("name", sa.String), sa.column("kind", sa.String),
        sa.column("path", sa.String), sa.column("parent_id", sa.Integer),
    )
    story = sa.table("story", sa.column("version", sa.Integer))
    bind = op.get_bind()
    bind.execute(
        place.update().where(place.c.kind == "region", place.c.name.in_(_NATIONS)).values(kind="nation")
    )
    is_english = sa.and_(place.c.kind == "region", sa.func.lower(place.c.name).in_(_ENGLISH))
    regions = bind.execute(sa.select(place.c.id, place.c.path).where(is_english)).all()
    england = _england(bind, place, is_needed=bool(regions))
    for region_id, path in regions:
        below = sa.or_(place.c.id == region_id, place.c.path.startswith(f"{path} / ", autoescape=True))
        bind.execute(place.update().where(below).values(path=sa.literal("England / ").concat(place.c.path)))
        bind.execute(place.update().where(place.c.id == region_id).values(parent_id=england))
    # The paths are part of what the index holds.
    bind.execute(story.update().values(version=story.c.version + 1))


def _england(bind, place, *, is_needed):  # type: ignore[no-untyped-def]
    is_england = (place.c.name == "England") & (place.c.kind.in_(("region", "nation"))) & (place.c.path == "England")
    bind.execute(place.update().where(is_england).values(kind="nation"))
    found = bind.execute(sa.select(place.c.id).where(is_england)).scalar()
    if found is None and is_needed:
        bind.execute(place.insert().values(name="England", kind="nation", path="England"))
        found = bind.execute(sa.select(place.c.id).where(is_england)).scalar()
    return found


def downgrade() -> None:
    raise NotImplementedError("Places are not taken out of their nations: restore a backup instead.")
