"""People who sign in, and what they may do."""

from datetime import datetime

from sqlmodel import Field, Relationship

from webapp.models.base import Table, UTCDateTime, now, one_of

ROLES = ("contributor", "reviewer", "researcher", "comms", "safeguarding", "admin")


class User(Table, table=True):
    """Somebody who can sign in."""

    __tablename__ = "user_account"

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=254, unique=True)
    """In lower case: two people never share an address that differs only in its capitals."""
    name: str = Field(max_length=200)
    password_hash: str = Field(max_length=200)
    session_key: str = Field(max_length=64)
    """Part of every session cookie: a new one signs the person out everywhere."""
    is_active: bool = True
    created_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    last_signed_in_at: datetime | None = Field(default=None, sa_type=UTCDateTime)

    roles: list["UserRole"] = Relationship(
        back_populates="user", sa_relationship_kwargs={"cascade": "all, delete-orphan", "lazy": "selectin"}
    )

    @property
    def role_names(self) -> frozenset[str]:
        return frozenset(granted.role for granted in self.roles)


class UserRole(Table, table=True):
    """A role that a person holds."""

    __tablename__ = "user_role"
    __table_args__ = (one_of("role", ROLES),)

    user_id: int = Field(foreign_key="user_account.id", primary_key=True, ondelete="CASCADE")
    role: str = Field(primary_key=True, max_length=20)

    user: User = Relationship(back_populates="roles")
