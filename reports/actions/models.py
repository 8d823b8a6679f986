"""Tables of recommendations, which become actions with an owner and a date, and what hangs on them.

Here too: what became of an action and who was reminded of it, and subjects for further cycles.
"""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cycles.accounts.models import Account
from cycles.core.base import Base, Scoped, word
from cycles.people.models import Participant
from workshop.letters.models import LetterState


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


SETTLED = (ActionStatus.DONE, ActionStatus.DROPPED)


class Recommendation(Scoped, Base):
    """Topic, actions, who, when, result; and, once somebody owns it, owner, date and status.

    ``owner`` is the name that is shown. Behind it stands a participant (``owner_id``), or somebody
    outside the cycle with the address that reminders go to, or neither. ``source`` names the
    suggestion that it was drafted from, and is empty for a person's own.
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
    owner_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL"), index=True
    )
    owner_email: Mapped[str] = mapped_column(String(254), default="")
    reminders_stopped_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    status: Mapped[ActionStatus] = mapped_column(word(ActionStatus), default=ActionStatus.PROPOSED)
    notes: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(60), default="")
    version: Mapped[int] = mapped_column()
    owner_place: Mapped[Participant | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own spelling


class ActionChange(Scoped, Base):
    """One step of an action's history: its status after it, what else changed, and a note."""

    __tablename__ = "action_change"

    recommendation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    before: Mapped[ActionStatus | None] = mapped_column("status_before", word(ActionStatus))
    status: Mapped[ActionStatus] = mapped_column(word(ActionStatus))
    changed: Mapped[list[str]]
    note: Mapped[str] = mapped_column(Text, default="")
    changed_by_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    changed_at: Mapped[datetime]
    changed_by: Mapped[Account | None] = relationship()


class ActionReminder(Scoped, Base):
    """One action that its owner is reminded of; a letter holds all of one owner's at once.

    ``name`` and ``email`` are whom it was for when it was asked; ``problem`` why it did not go.
    """

    __tablename__ = "action_reminder"

    recommendation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    participant_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL")
    )
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    state: Mapped[LetterState] = mapped_column(
        word(LetterState), default=LetterState.QUEUED, index=True
    )
    problem: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime]
    not_before: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    recommendation: Mapped[Recommendation] = relationship()
    participant: Mapped[Participant | None] = relationship()


class FurtherSubject(Scoped, Base):
    """A subject that a later cycle could take up. ``started_cycle_id`` is the cycle that did."""

    __tablename__ = "further_subject"

    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    why: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(60), default="")
    started_cycle_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("cycle.id", ondelete="SET NULL"), index=True
    )
    added_at: Mapped[datetime]
