"""Tables of the library: sources, statements, and the occupation titles that name profiles."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cycles.classification.models import Area
from cycles.core.base import Base, Identified, word


class LibraryKind(StrEnum):
    """What a library record is. Capabilities seed cycles; the other three suggest KSBs."""

    CAPABILITY = "capability"
    KNOWLEDGE = "knowledge"
    SKILL = "skill"
    BEHAVIOUR = "behaviour"


class LibrarySource(Identified, Base):
    """Where library records came from, with the words its licence asks us to print."""

    __tablename__ = "library_source"

    name: Mapped[str] = mapped_column(String(200), unique=True)
    version: Mapped[str] = mapped_column(String(40), default="")
    licence: Mapped[str] = mapped_column(String(200), default="")
    attribution: Mapped[str] = mapped_column(Text, default="")
    imported_at: Mapped[datetime]


class LibraryStatement(Identified, Base):
    """One record of the library. Gone from its source, it is retired and never deleted."""

    __tablename__ = "library_statement"
    __table_args__ = (UniqueConstraint("source_id", "reference"),)

    source_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("library_source.id", ondelete="CASCADE"), index=True
    )
    reference: Mapped[str] = mapped_column(String(200))
    kind: Mapped[LibraryKind] = mapped_column(word(LibraryKind), default=LibraryKind.CAPABILITY)
    text: Mapped[str] = mapped_column(Text)
    area_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("area.id"), index=True)
    occupation: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]
    source: Mapped[LibrarySource] = relationship()
    area: Mapped[Area | None] = relationship()


class LibraryOccurrence(Identified, Base):
    """One occupation that a statement stands in: the same task is often listed under several."""

    __tablename__ = "library_occurrence"
    __table_args__ = (UniqueConstraint("statement_id", "reference"),)

    statement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("library_statement.id", ondelete="CASCADE"), index=True
    )
    reference: Mapped[str] = mapped_column(String(120))
    occupation_code: Mapped[str] = mapped_column(String(40))
    occupation: Mapped[str] = mapped_column(String(200), default="")


class LibraryLink(Base):
    """A statement placed under a wider one by the people who keep the source.

    An O*NET task stands under detailed work activities, these under intermediate ones. What an
    adapter is trained on, and what carries a classification down to the tasks.
    """

    __tablename__ = "library_link"

    statement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("library_statement.id", ondelete="CASCADE"), primary_key=True
    )
    wider_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("library_statement.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class LibraryNeed(Base):
    """A capability of the library needs this knowledge, skill or behaviour.

    Educators of a sealed cycle accepted it there. What an earlier cycle suggests to a later one.
    """

    __tablename__ = "library_need"

    capability_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("library_statement.id", ondelete="CASCADE"), primary_key=True
    )
    ksb_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("library_statement.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class OccupationTitle(Identified, Base):
    """A title of an occupation in a library source, used to suggest a profile's name."""

    __tablename__ = "occupation_title"
    __table_args__ = (UniqueConstraint("source_id", "reference"),)

    source_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("library_source.id", ondelete="CASCADE"), index=True
    )
    reference: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(200))
