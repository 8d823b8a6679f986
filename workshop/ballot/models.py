"""Tables of ratings, apart from the people who gave them.

participant -> panellist -> rating. The one link is ``Panellist.link``, a keyed hash under the
cycle's own key; when the key is destroyed at sealing, answers are anonymous for good. Ratings
carry no time finer than their round.
"""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from cycles.core.base import Base, Scoped, word
from cycles.people.models import Group
from workshop.rooms.models import Side


class Answer(StrEnum):
    """What a person answered. No row: missing. An item outside the round: not asked."""

    RATED = "rated"
    CANNOT_JUDGE = "can't judge"
    NOT_MY_FIELD = "not my field"


class CycleKey(Base):
    """The key that links people to panellists, wrapped by a key outside the database."""

    __tablename__ = "cycle_key"

    cycle_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("cycle.id", ondelete="CASCADE"), primary_key=True
    )
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    destroyed_at: Mapped[datetime | None]


class Panellist(Scoped, Base):
    """A rater without a name. Of the person only the group, the partner and the breakout."""

    __tablename__ = "panellist"

    group: Mapped[Group] = mapped_column("group_name", word(Group))
    partner_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("partner.id", ondelete="SET NULL")
    )
    breakout: Mapped[str | None] = mapped_column(String(40))
    link: Mapped[str | None] = mapped_column(String(64), unique=True)


class Rating(Base):
    """The answer of one panellist to one item in one round; the newest ``seq`` wins.

    ``seq`` counts this panellist's changes of this answer. It is never a clock: a time would say
    who sat at the ballot when. ``shown_code`` is the code that the live numbers hold of this
    rating, None while it is not among them: they move only when enough people's answers have.
    """

    __tablename__ = "rating"
    # One index finds what a panellist answered, and counts it in a round without the rows: SQLite
    # would count by the primary key, which means the whole round, were the item not in it.
    __table_args__ = (
        Index("ix_rating_panellist_id_round_id_item_id", "panellist_id", "round_id", "item_id"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("round.id", ondelete="CASCADE"), primary_key=True
    )
    item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("item.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    panellist_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("panellist.id", ondelete="CASCADE"), primary_key=True
    )
    cycle_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cycle.id", ondelete="CASCADE"))
    answer: Mapped[Answer] = mapped_column(word(Answer))
    code: Mapped[int] = mapped_column(SmallInteger)
    seq: Mapped[int] = mapped_column(BigInteger)
    shown_code: Mapped[int | None] = mapped_column(SmallInteger)


class Assignment(Base):
    """An item that a round asks of a panellist, where not everybody is asked everything."""

    __tablename__ = "assignment"

    round_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("round.id", ondelete="CASCADE"), primary_key=True
    )
    panellist_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("panellist.id", ondelete="CASCADE"), primary_key=True
    )
    item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("item.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Reason(Scoped, Base):
    """What somebody wrote with a rating; shown to others without a name.

    A comment on a whole capability is kept at the first of its items that the round asks, so read
    the comments of all of a capability's items together. A reason for one answer ``is_of_cell``
    and has the ``side`` that its writer took, seen from the medians they were shown.
    """

    __tablename__ = "reason"
    __table_args__ = (UniqueConstraint("round_id", "item_id", "panellist_id", "is_of_cell"),)

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("item.id", ondelete="CASCADE"), index=True
    )
    panellist_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("panellist.id", ondelete="CASCADE"))
    is_of_cell: Mapped[bool] = mapped_column(default=False)
    side: Mapped[Side | None] = mapped_column(word(Side))
    text: Mapped[str] = mapped_column(Text)


class ReopenRequest(Scoped, Base):
    """A panellist argues, in an open round, that an item closed before should be asked again."""

    __tablename__ = "reopen_request"
    __table_args__ = (UniqueConstraint("round_id", "item_id", "panellist_id"),)

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    item_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("item.id", ondelete="CASCADE"), index=True
    )
    panellist_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("panellist.id", ondelete="CASCADE"))
    side: Mapped[Side] = mapped_column(word(Side))
    text: Mapped[str] = mapped_column(Text)


class Receipt(Base):
    """What a panellist can prove their counted answers with: a secret, and the hash once counted.

    The published list of a round holds the hashes alone, in the order of the hashes.
    """

    __tablename__ = "receipt"

    round_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("round.id", ondelete="CASCADE"), primary_key=True
    )
    panellist_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("panellist.id", ondelete="CASCADE"), primary_key=True
    )
    secret: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str | None] = mapped_column(String(64))


class FinishedBallot(Base):
    """A panellist said "I have finished" in a round; answers may still change until it closes."""

    __tablename__ = "finished_ballot"

    round_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("round.id", ondelete="CASCADE"), primary_key=True
    )
    panellist_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("panellist.id", ondelete="CASCADE"), primary_key=True
    )
