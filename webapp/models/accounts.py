"""People who sign in, what they may do, and the links by which they come in or come back."""

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, Relationship

from webapp.models.base import Table, UTCDateTime, now, one_of

LINK_KINDS = ("invitation", "reset")
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
    second_factor_salt: str = Field(default="", max_length=64)
    """What the secret of the second factor is derived from, with the site's own key: no secret stands here."""
    second_factor_since: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """Since when signing in asks for a code; None: it does not, whatever the salt."""
    second_factor_step: int = 0
    """The step of time of the last code that was taken: neither it nor an older one is taken again."""

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


class RecoveryCode(Table, table=True):
    """A code that stands in for the second factor once. Random enough that a plain digest keeps it."""

    __tablename__ = "recovery_code"

    user_id: int = Field(foreign_key="user_account.id", primary_key=True, ondelete="CASCADE")
    sha256: str = Field(primary_key=True, max_length=64)
    used_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class AccountLink(Table, table=True):
    """A link that lets somebody in once: to make an account, or a new password. The link itself is kept nowhere."""

    __tablename__ = "account_link"
    __table_args__ = (one_of("kind", LINK_KINDS),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=20)
    key_sha256: str = Field(max_length=64)
    """Of the key in the link, so that whoever reads this table cannot make the link."""
    user_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="CASCADE", index=True)
    """Whose password it changes; None for an invitation."""
    email: str = Field(default="", max_length=254, index=True)
    name: str = Field(default="", max_length=200)
    roles: list[str] = Field(default_factory=list, sa_type=JSON)
    """Of an invitation: the roles that the person will hold."""
    made_by_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="SET NULL")
    made_at: datetime = Field(default_factory=now, sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When it was used up, or replaced, or called back."""
