"""Tables of map and gap: runs with what they keep, their adapters, and the reviews of matches."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cycles.core.base import Base, Scoped, word


class MappingRun(Scoped, Base):
    """One comparison of all capabilities with all duties of some frameworks. Frozen once written.

    ``inputs`` is what was compared, word for word; ``scores`` what is kept of the scores, so that
    any threshold from the floor up answers from what is stored, whatever has been reworded since.
    Both are laid out as ``packing`` says. ``counts`` is what lists say without unpacking them.
    """

    __tablename__ = "mapping_run"
    __table_args__ = (UniqueConstraint("cycle_id", "number"),)

    number: Mapped[int]
    model_name: Mapped[str] = mapped_column(String(200))
    model_digest: Mapped[str] = mapped_column(String(64))
    adapter_digest: Mapped[str] = mapped_column(String(64), default="")
    threshold_percent: Mapped[int]
    inputs: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    scores: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    counts: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    reviewed_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )


class UsedAdapter(Base):
    """An adapter that some run was turned by, kept once whatever is trained later.

    ``matrix`` is float32 (d, d) and ``knots`` float64 (2, k), the scores and chances of its
    calibration, both little-endian. ``facts`` say what it was learnt from, and the licence.
    """

    __tablename__ = "used_adapter"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    matrix: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    knots: Mapped[bytes] = mapped_column(LargeBinary)
    pairs: Mapped[int]
    facts: Mapped[dict[str, Any]]


class MatchVerdict(StrEnum):
    """What a person said of a match. Where the reviewers agree, it outranks the score.

    Unsure decides nothing by itself; among several reviewers it counts as not agreeing.
    """

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNSURE = "unsure"


class MatchReview(Scoped, Base):
    """What one reviewer said of one capability and one duty, beside what the machine had said.

    ``duty_id`` may name a skill that stands in for a duty, so no one table is referred to; a
    review of what is gone is left out. ``is_suggested`` is whether the score alone made it a
    match then. ``replaced`` is what the same person had said before, so that it can be undone.
    """

    __tablename__ = "match_review"
    __table_args__ = (UniqueConstraint("cycle_id", "statement_id", "duty_id", "participant_id"),)

    statement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("capability_statement.id", ondelete="CASCADE"), index=True
    )
    duty_id: Mapped[uuid.UUID]
    verdict: Mapped[MatchVerdict] = mapped_column(word(MatchVerdict))
    score: Mapped[float]
    is_suggested: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    replaced: Mapped[dict[str, Any] | None]
    participant_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL")
    )
    reviewed_at: Mapped[datetime]
