"""Tables of recommendations, which become actions with an owner and a date."""

from datetime import date
from enum import StrEnum

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from cycles.core.base import Base, Scoped, word


class Horizon(StrEnum):
    """The group a recommendation is printed in."""

    SHORT = "short term"
    MEDIUM = "medium term"
    GENERAL = "general"
    ADDITIONAL = "additional"


class ActionStatus(StrEnum):
    """How far an action has come."""

    PROPOSED = "proposed"
    UNDER_WAY = "under way"
    DONE = "done"
    DROPPED = "dropped"


class Recommendation(Scoped, Base):
    """Topic, actions, who, when, result; and, once somebody owns it, owner, date and status.

    ``source`` names the suggestion that it was drafted from, and is empty for a person's own.
    """

    __tablename__ = "recommendation"

    position: Mapped[int]
    horizon: Mapped[Horizon] = mapped_column(word(Horizon))
    topic: Mapped[str] = mapped_column(String(300))
    actions: Mapped[str] = mapped_column(Text, default="")
    who: Mapped[str] = mapped_column(String(300), default="")
    when: Mapped[str] = mapped_column("when_text", String(200), default="")
    result: Mapped[str] = mapped_column(Text, default="")
    owner: Mapped[str] = mapped_column(String(200), default="")
    due_on: Mapped[date | None]
    status: Mapped[ActionStatus] = mapped_column(word(ActionStatus), default=ActionStatus.PROPOSED)
    notes: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(60), default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own spelling
