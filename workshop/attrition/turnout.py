"""How many people began and finished each round, as a whole and by the parts of the panel.

Counts only. A part of the panel passes the gate of ``disclosure``; names are on the board.
"""

import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select

from cycles.core.extensions import db
from cycles.setup.models import Partner
from cycles.setup.queries import rule_card_of
from workshop.ballot.models import Assignment, FinishedBallot, Panellist, Rating
from workshop.letters.models import LetterKind, LetterState, WorkshopLetter
from workshop.rooms.disclosure import breakdown
from workshop.rooms.models import RoomState, Round, RoundItem, Workshop
from workshop.rooms.queries import rounds_of
from workshop.rooms.scales import RATERS

NOT_STARTED, UNFINISHED, FINISHED = range(3)
NO_PARTNER = "No partner"


@dataclass(frozen=True)
class Part:
    """One part of the panel. The counts are None where a small part could be told apart."""

    name: str
    counts: tuple[int, ...] | None


@dataclass(frozen=True)
class Turnout:
    """One round: how many were asked, and how far they came."""

    number: int
    state: RoomState
    not_started: int
    unfinished: int
    finished: int
    reminders: int
    parts: tuple[Part, ...]

    @property
    def asked(self) -> int:
        """Return how many people the round asked."""
        return self.not_started + self.unfinished + self.finished


def turnouts_of(workshop: Workshop) -> tuple[Turnout, ...]:
    """Return the turnout of each round of a workshop, first to last."""
    minimum_n = rule_card_of(workshop.cycle_id).minimum_n
    parts = _parts(workshop)
    return tuple(_turnout(round_, parts, minimum_n) for round_ in rounds_of(workshop.id))


def _parts(workshop: Workshop) -> dict[uuid.UUID, str]:
    """Return the part of the panel that each seat is in: its group, or its partner."""
    groups = RATERS.get(workshop.kind, ())
    rows = db.session.execute(
        select(Panellist.id, Panellist.group, Partner.name)
        .outerjoin(Partner, Partner.id == Panellist.partner_id)
        .where(Panellist.cycle_id == workshop.cycle_id, Panellist.group.in_(groups))
    )
    if len(groups) > 1:
        return {seat: f"{group.value.capitalize()}s" for seat, group, _ in rows}
    return {seat: name or NO_PARTNER for seat, _, name in rows}


def asked_cells(round_: Round) -> Counter[uuid.UUID] | None:
    """Return how many items a round asks of each seat, or None where it asks all of everybody."""
    rows = db.session.execute(
        select(Assignment.panellist_id, func.count())
        .where(Assignment.round_id == round_.id)
        .group_by(Assignment.panellist_id)
    ).all()
    found = Counter[uuid.UUID](dict(rows))
    return found or None


def _turnout(round_: Round, parts: dict[uuid.UUID, str], minimum_n: int) -> Turnout:
    states = _states(round_, set(parts))
    whole = Counter(states.values())
    by_part: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for seat, state in states.items():
        by_part[parts[seat]][state] += 1
    gated = breakdown({name: by_part[name] for name in sorted(by_part)}, minimum_n)
    return Turnout(
        number=round_.number,
        state=round_.state,
        not_started=whole[NOT_STARTED],
        unfinished=whole[UNFINISHED],
        finished=whole[FINISHED],
        reminders=_reminders(round_.id),
        parts=tuple(Part(name, one.counts) for name, one in gated.items() if len(gated) > 1),
    )


def _states(round_: Round, seats: set[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Return how far each seat that the round asks has come."""
    asked, every = asked_cells(round_), _count_items(round_.id)
    answered = dict(
        db.session.execute(
            select(Rating.panellist_id, func.count())
            .where(Rating.round_id == round_.id)
            .group_by(Rating.panellist_id)
        ).all()
    )
    done = set(
        db.session.scalars(
            select(FinishedBallot.panellist_id).where(FinishedBallot.round_id == round_.id)
        )
    )
    states = {}
    for seat in seats if asked is None else seats & set(asked):
        given, wanted = answered.get(seat, 0), every if asked is None else asked[seat]
        has_finished = seat in done or given >= wanted
        states[seat] = FINISHED if has_finished else UNFINISHED if given else NOT_STARTED
    return states


def _count_items(round_id: uuid.UUID) -> int:
    found = select(func.count()).select_from(RoundItem).where(RoundItem.round_id == round_id)
    return db.session.scalar(found) or 0


def _reminders(round_id: uuid.UUID) -> int:
    found = (
        select(func.count())
        .select_from(WorkshopLetter)
        .where(
            WorkshopLetter.round_id == round_id,
            WorkshopLetter.kind == LetterKind.REMINDER,
            WorkshopLetter.state == LetterState.SENT,
        )
    )
    return db.session.scalar(found) or 0
