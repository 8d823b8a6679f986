"""The workshops and rounds of a cycle: who was asked, who answered, what stayed open."""

import uuid
from collections import defaultdict

from sqlalchemy import ColumnElement, func, or_, select

from consensus.stopping import Closing
from cycles.core.extensions import db
from cycles.people.models import Participant
from reports.document.assembling.subject import day_of, maybe_day_of, share
from reports.document.facts import RoundLine, WorkshopLine
from workshop.ballot.models import Rating, Reason
from workshop.rooms.judging import AGREED_OUTCOMES
from workshop.rooms.models import Item, ItemVerdict, Round, RoundItem
from workshop.rooms.queries import rounds_of, workshops_of
from workshop.rooms.scales import RATERS


def workshop_lines(cycle_id: uuid.UUID) -> tuple[WorkshopLine, ...]:
    """Return the workshops in the order of the method."""
    return tuple(
        WorkshopLine(
            kind=each.kind.value,
            title=each.title,
            state=each.state.value,
            opened_on=maybe_day_of(each.opened_at) or each.starts_on,
            closed_on=maybe_day_of(each.closed_at) or each.ends_on,
        )
        for each in workshops_of(cycle_id)
    )


def round_lines(cycle_id: uuid.UUID) -> tuple[RoundLine, ...]:
    """Return every round, workshop by workshop."""
    return tuple(
        _line(each.title, round_)
        for each in workshops_of(cycle_id)
        for round_ in rounds_of(each.id)
    )


def _line(workshop: str, round_: Round) -> RoundLine:
    invited, answered = _invited(round_), _answered(round_)
    closings = list(
        db.session.execute(
            select(ItemVerdict.closing, ItemVerdict.outcome).where(
                ItemVerdict.round_id == round_.id
            )
        )
    )
    is_closed = round_.closed_at is not None
    return RoundLine(
        workshop=workshop,
        number=round_.number,
        opened_on=day_of(round_.opened_at),
        closed_on=maybe_day_of(round_.closed_at),
        asked=_count(select(func.count()).where(RoundItem.round_id == round_.id)),
        invited=invited,
        answered=answered,
        response_percent=share(answered, invited) if invited else None,
        agreed=sum(outcome in AGREED_OUTCOMES for _, outcome in closings) if is_closed else None,
        still_open=sum(each == Closing.OPEN for each, _ in closings) if is_closed else None,
    )


def _invited(round_: Round) -> int:
    """Count those of the groups it asks who had a place in the cycle while the round ran."""
    conditions: list[ColumnElement[bool]] = [
        Participant.cycle_id == round_.cycle_id,
        Participant.group.in_(RATERS[round_.workshop.kind]),
        or_(
            Participant.withdrawn_at.is_(None),
            Participant.withdrawn_at > round_.opened_at,
        ),
    ]
    if round_.closed_at is not None:
        conditions.append(Participant.joined_at <= round_.closed_at)
    return _count(select(func.count()).select_from(Participant).where(*conditions))


def _answered(round_: Round) -> int:
    return _count(
        select(func.count(Rating.panellist_id.distinct())).where(Rating.round_id == round_.id)
    )


def _count(statement: object) -> int:
    return int(db.session.scalar(statement) or 0)  # type: ignore[call-overload]  # any select of one number


def comments_of(cycle_id: uuid.UUID) -> dict[uuid.UUID, tuple[str, ...]]:
    """Return what was written of each item's capability, in alphabetical order, each text once.

    Only what is of the capability as a whole: a reason for one answer goes with its own item.
    A comment belongs to a capability and hangs on the first of its items that its round asked.
    The order of the alphabet says nothing about who wrote what, or when.
    """
    by_statement: dict[uuid.UUID | None, set[str]] = defaultdict(set)
    rows = db.session.execute(
        select(Item.statement_id, Reason.text)
        .join(Item, Item.id == Reason.item_id)
        .where(
            Reason.cycle_id == cycle_id,
            Reason.is_of_cell.is_(False),
            Item.statement_id.is_not(None),
        )
    )
    for statement_id, text in rows:
        by_statement[statement_id].add(text.strip())
    items = db.session.execute(select(Item.id, Item.statement_id).where(Item.cycle_id == cycle_id))
    return {
        item_id: tuple(sorted(by_statement[statement_id] - {""}, key=str.casefold))
        for item_id, statement_id in items
        if statement_id in by_statement
    }
