"""Whom a reminder of actions would go to now, who is left out, and why. Reads only."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from cycles.core.clock import LONDON
from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.people.models import Participant
from cycles.setup.queries import open_cycle
from reports.actions.models import SETTLED, ActionReminder, Recommendation
from workshop.letters.models import LetterState
from workshop.letters.quiet import next_allowed

AHEAD = timedelta(days=14)
APART = timedelta(days=7)
# A mail server that refuses is asked again the next day, or by a convener at once.
PATIENCE = timedelta(days=1)

NO_OWNER = "without an owner"
NO_ADDRESS = "whose owner has no address here"
GONE = "whose owner no longer takes part"
SIMULATED = "whose owner is simulated and has no mailbox"
STOPPED = "whose owner asked for no reminders"
LATELY = "reminded within the last seven days"


@dataclass(frozen=True)
class Owner:
    """Whoever a reminder is for. Outside the cycle there is no participant."""

    name: str
    email: str
    participant_id: uuid.UUID | None


@dataclass(frozen=True)
class Reminding:
    """What one owner would be reminded of: the most urgent first."""

    owner: Owner
    actions: tuple[Recommendation, ...]


@dataclass(frozen=True)
class Plan:
    """The reminders that could go now. ``blocked`` says why none can.

    ``left_out`` counts actions by the reason; ``not_before`` is set while quiet hours last.
    """

    to: tuple[Reminding, ...] = ()
    left_out: tuple[tuple[int, str], ...] = ()
    blocked: str = ""
    not_before: datetime | None = None


def plan_reminders(cycle_id: uuid.UUID, moment: datetime, *, by_hand: bool = True) -> Plan:
    """Return what would go now; ``by_hand`` tries again at once what failed."""
    try:
        open_cycle(cycle_id)
    except Closed as refusal:
        return Plan(blocked=str(refusal))
    rows = due_actions(cycle_id, moment)
    if not rows:
        return Plan(blocked="No action is overdue or due within 14 days.")
    lately = _reminded_lately(cycle_id, moment, by_hand=by_hand)
    to, left_out = _sorted_out(rows, lately)
    allowed = next_allowed(moment)
    return Plan(
        to=to,
        left_out=left_out,
        blocked="" if to else "Nobody can be reminded now.",
        not_before=None if allowed == moment else allowed,
    )


def due_actions(cycle_id: uuid.UUID, moment: datetime) -> list[Recommendation]:
    """Return the actions that are overdue or due within 14 days, the most urgent first."""
    last = day_of(moment) + AHEAD
    return list(
        db.session.scalars(
            select(Recommendation)
            .where(
                Recommendation.cycle_id == cycle_id,
                Recommendation.status.not_in(SETTLED),
                Recommendation.due_on <= last,
            )
            .options(joinedload(Recommendation.owner_place).joinedload(Participant.account))
            .order_by(Recommendation.due_on, Recommendation.position, Recommendation.id)
        )
    )


def day_of(moment: datetime) -> date:
    """Return the day on which a moment falls in London."""
    return moment.astimezone(LONDON).date()


def owner_to_remind(row: Recommendation) -> Owner | str:
    """Return who would be reminded of an action, or why nobody is."""
    place = row.owner_place
    if place is None:
        return _outsider(row)
    if place.withdrawn_at is not None:
        return GONE
    if place.account.is_simulated:
        return SIMULATED
    if place.reminders_stopped_at is not None:
        return STOPPED
    return Owner(place.account.name, place.account.email, place.id)


def _outsider(row: Recommendation) -> Owner | str:
    if not row.owner:
        return NO_OWNER
    if not row.owner_email:
        return NO_ADDRESS
    if row.reminders_stopped_at is not None:
        return STOPPED
    return Owner(row.owner, row.owner_email, None)


def _sorted_out(
    rows: Iterable[Recommendation], lately: set[uuid.UUID]
) -> tuple[tuple[Reminding, ...], tuple[tuple[int, str], ...]]:
    told: dict[str, tuple[Owner, list[Recommendation]]] = {}
    spared: Counter[str] = Counter()
    for row in rows:
        owner = owner_to_remind(row)
        if isinstance(owner, str):
            spared[owner] += 1
        elif row.id in lately:
            spared[LATELY] += 1
        else:
            told.setdefault(owner.email, (owner, []))[1].append(row)
    to = sorted(told.values(), key=lambda each: (each[0].name.casefold(), each[0].email))
    return (
        tuple(Reminding(owner, tuple(actions)) for owner, actions in to),
        tuple((count, reason) for reason, count in sorted(spared.items())),
    )


def _reminded_lately(cycle_id: uuid.UUID, moment: datetime, *, by_hand: bool) -> set[uuid.UUID]:
    """Return the actions whose reminder waits, went within the week, or has just failed."""
    states = [
        ActionReminder.state == LetterState.QUEUED,
        (ActionReminder.state == LetterState.SENT) & (ActionReminder.sent_at > moment - APART),
    ]
    if not by_hand:
        states.append(
            (ActionReminder.state == LetterState.FAILED)
            & (ActionReminder.asked_at > moment - PATIENCE)
        )
    return set(
        db.session.scalars(
            select(ActionReminder.recommendation_id).where(
                ActionReminder.cycle_id == cycle_id, or_(*states)
            )
        )
    )
