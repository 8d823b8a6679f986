"""Tables of Future Occupational Profiles and the trail of their changes."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cycles.core.base import Base, Scoped, word
from cycles.setup.models import Partner, RoleLevel
from cycles.statements.models import CapabilityStatement


class ProfileStatus(StrEnum):
    """A prototype is proposed; the employer panel ratifies or withdraws it."""

    PROPOSED = "proposed"
    RATIFIED = "ratified"
    WITHDRAWN = "withdrawn"


class ProfileGeneration(Scoped, Base):
    """One run of the generator: its settings and the criterion it chose by."""

    __tablename__ = "profile_generation"

    number: Mapped[int]
    settings: Mapped[dict[str, Any]]
    criterion: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class GenerationDraft(Base):
    """Prototypes found but not yet put in place: a preview, one a cycle.

    ``proposals`` are as ``cycles.profiles.drafts`` packs them; ``digest`` is of what they were
    found from, so that a draft made stale by a later verdict is told from a fresh one.
    """

    __tablename__ = "generation_draft"

    cycle_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("cycle.id", ondelete="CASCADE"), primary_key=True
    )
    settings: Mapped[dict[str, Any]]
    criterion: Mapped[dict[str, Any]]
    proposals: Mapped[list[Any]]
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]


class Profile(Scoped, Base):
    """A Future Occupational Profile. ``code`` is P-0001 and on, per cycle.

    ``seeded_from`` names the cycle and the profile that it was taken over from, if it was.
    """

    __tablename__ = "profile"
    __table_args__ = (UniqueConstraint("cycle_id", "code"),)

    generation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("profile_generation.id"))
    role_level_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("role_level.id"), index=True)
    partner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("partner.id"))
    code: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(200))
    suggested_names: Mapped[list[Any]] = mapped_column(default=list)
    is_name_suggested: Mapped[bool] = mapped_column(default=True)
    status: Mapped[ProfileStatus] = mapped_column(
        word(ProfileStatus), default=ProfileStatus.PROPOSED
    )
    ratified_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    seeded_from: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column()
    role_level: Mapped[RoleLevel] = relationship()
    partner: Mapped[Partner | None] = relationship()
    members: Mapped[list["ProfileCapability"]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own spelling


class ProfileCapability(Scoped, Base):
    """A capability of a profile: the level voted, and the level the panel gives it.

    Levels are codes of ``consensus.scale`` (1 to 3). ``voted_level`` is what held before the panel
    began, by vote or by the convener's decision; None when the panel added the capability without
    one. ``voted_counts`` is empty where too few rated to show them. Removed members stay, marked.
    ``version`` rises with each change, so that two people who change the same capability are told.
    """

    __tablename__ = "profile_capability"
    __table_args__ = (UniqueConstraint("profile_id", "statement_id"),)

    profile_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("profile.id", ondelete="CASCADE"), index=True
    )
    statement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("capability_statement.id"), index=True
    )
    voted_level: Mapped[int | None]
    voted_outcome: Mapped[str] = mapped_column(String(20), default="")
    voted_counts: Mapped[list[Any]] = mapped_column(default=list)
    level: Mapped[int]
    is_provisional: Mapped[bool] = mapped_column(default=False)
    is_second_membership: Mapped[bool] = mapped_column(default=False)
    is_added_by_panel: Mapped[bool] = mapped_column(default=False)
    is_removed: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    why: Mapped[dict[str, Any]] = mapped_column(default=dict)
    version: Mapped[int] = mapped_column()
    statement: Mapped[CapabilityStatement] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own spelling


class ProfileVersion(Scoped, Base):
    """A profile as it was ratified, word for word. Never updated, never deleted.

    ``content`` is as ``cycles.profiles.versions`` writes it; ``digest`` is the SHA-256 of it.
    """

    __tablename__ = "profile_version"
    __table_args__ = (UniqueConstraint("profile_id", "number"),)

    profile_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("profile.id"), index=True)
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    ratified_at: Mapped[datetime]


class ProfileChange(Scoped, Base):
    """The trail: what the panel did to a profile, by whom and why. Never updated.

    ``number`` orders the trail within a profile: two changes may share a moment.
    ``other_profile_id`` is the profile at the other end of a move, a split or a merger.
    ``undoes`` is the number of the change that this one takes back; None in a trail kept before
    that was noted, where an undo took back the latest change that stood.
    """

    __tablename__ = "profile_change"
    __table_args__ = (UniqueConstraint("profile_id", "number"),)

    profile_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("profile.id", ondelete="CASCADE"), index=True
    )
    statement_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("capability_statement.id"))
    other_profile_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("profile.id", ondelete="SET NULL")
    )
    number: Mapped[int]
    undoes: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(20))
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    moment: Mapped[datetime]
    other_profile: Mapped[Profile | None] = relationship(foreign_keys=[other_profile_id])
