"""Tables of a cycle's capability statements."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cycles.classification.models import Area
from cycles.core.base import Base, Identified, Scoped, word
from cycles.setup.models import Partner

statement_partner = Table(
    "statement_partner",
    Base.metadata,
    Column(
        "statement_id",
        ForeignKey("capability_statement.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("partner_id", ForeignKey("partner.id", ondelete="CASCADE"), primary_key=True),
)


class StatementStatus(StrEnum):
    """Where a statement stands. Only kept statements are rated, profiled and mapped."""

    SUBMITTED = "submitted"
    KEPT = "kept"
    REJECTED = "rejected"
    MERGED = "merged"


class CapabilityStatement(Scoped, Base):
    """What an organisation will have to be able to do. ``code`` is C-001 and on, per cycle."""

    __tablename__ = "capability_statement"
    __table_args__ = (UniqueConstraint("cycle_id", "code"),)

    code: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    area_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("area.id"), index=True)
    status: Mapped[StatementStatus] = mapped_column(
        word(StatementStatus), default=StatementStatus.SUBMITTED
    )
    merged_into_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("capability_statement.id"))
    submitted_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL")
    )
    library_statement_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("library_statement.id", ondelete="SET NULL")
    )
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()
    area: Mapped[Area | None] = relationship()
    partners: Mapped[list[Partner]] = relationship(
        secondary=statement_partner, order_by=Partner.position
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own spelling


class StatementRevision(Identified, Base):
    """The trail of a statement: every wording it had, who changed it, and why."""

    __tablename__ = "statement_revision"
    __table_args__ = (UniqueConstraint("statement_id", "number"),)

    statement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("capability_statement.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    changed_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    changed_at: Mapped[datetime]


class DistinctPair(Scoped, Base):
    """Two statements that look alike and that a convener said are two. Shown no more as a pair.

    ``first_id`` is the smaller id, so that a pair has one row whichever way round it was seen.
    """

    __tablename__ = "distinct_pair"
    __table_args__ = (UniqueConstraint("first_id", "second_id"),)

    first_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("capability_statement.id", ondelete="CASCADE")
    )
    second_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("capability_statement.id", ondelete="CASCADE")
    )
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    decided_at: Mapped[datetime]


class Decision(StrEnum):
    """What a person did with a statement in the queue of those without an area."""

    ACCEPTED = "accepted"
    CHOSEN = "chosen"
    LEFT = "left"


class AreaSuggestion(Base):
    """An area that the machine suggests for a statement; ``position`` 1 to 3, the best first.

    ``support`` of the ``neighbours`` nearest classified statements stand there. ``text_hash`` is
    of the wording that was looked at: after a rewording the suggestion no longer holds.
    """

    __tablename__ = "classification_suggestion"

    statement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("capability_statement.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    area_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("area.id", ondelete="CASCADE"), index=True
    )
    support: Mapped[int]
    neighbours: Mapped[int]
    mean_score: Mapped[float]
    method: Mapped[str] = mapped_column(String(10))
    text_hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    area: Mapped[Area] = relationship()


class AreaReview(Base):
    """What a person decided about a statement's area in the queue, beside the first suggestion.

    Taken away when it is undone; the statement's trail keeps both.
    """

    __tablename__ = "classification_review"

    statement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("capability_statement.id", ondelete="CASCADE"), primary_key=True
    )
    decision: Mapped[Decision] = mapped_column(word(Decision))
    area_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("area.id", ondelete="CASCADE"))
    suggested_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("area.id", ondelete="CASCADE")
    )
    support: Mapped[int] = mapped_column(default=0)
    neighbours: Mapped[int] = mapped_column(default=0)
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    decided_at: Mapped[datetime]


class LibraryLikeness(Base):
    """A statement of a cycle and a library record that say nearly the same.

    ``text_hash`` is of the statement's wording that was compared. An ignored pair is kept, so
    that it is not found again.
    """

    __tablename__ = "library_likeness"

    statement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("capability_statement.id", ondelete="CASCADE"), primary_key=True
    )
    record_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("library_statement.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    score: Mapped[float]
    method: Mapped[str] = mapped_column(String(10))
    text_hash: Mapped[str] = mapped_column(String(64))
    compared_at: Mapped[datetime]
    ignored_at: Mapped[datetime | None]
    ignored_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
