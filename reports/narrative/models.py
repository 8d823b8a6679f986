"""Tables of the convener's prose."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cycles.core.base import Base, Scoped


class Narrative(Scoped, Base):
    """A person's words for one section, in Markdown. Without a row the drafted default is used.

    ``is_accepted``: they are the draft as it stood when a person had read and accepted it.
    """

    __tablename__ = "narrative"
    __table_args__ = (UniqueConstraint("cycle_id", "section"),)

    section: Mapped[str] = mapped_column(String(40))
    markdown: Mapped[str] = mapped_column(Text)
    edited_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    edited_at: Mapped[datetime]
    is_accepted: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own spelling


class NarrativeVersion(Scoped, Base):
    """One wording of a section as somebody saved it. Never updated; the newest is what stands."""

    __tablename__ = "narrative_version"
    __table_args__ = (UniqueConstraint("cycle_id", "section", "number"),)

    section: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    markdown: Mapped[str] = mapped_column(Text)
    edited_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    edited_at: Mapped[datetime]
    is_accepted: Mapped[bool] = mapped_column(default=False)


class Unfinished(Scoped, Base):
    """What one person has typed into a section and not saved yet. Gone once it is saved.

    ``started_from`` is the version of the section that they began with, 0 for the draft.
    """

    __tablename__ = "narrative_unfinished"
    __table_args__ = (UniqueConstraint("cycle_id", "section", "account_id"),)

    section: Mapped[str] = mapped_column(String(40))
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    markdown: Mapped[str] = mapped_column(Text)
    started_from: Mapped[int]
    kept_at: Mapped[datetime]
