"""The workshops and rounds of a cycle: who was asked, who answered, what stayed open."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from sqlalchemy import ScalarSelect, and_, func, or_, select

from consensus.stopping import Closing
from cycles.core.extensions import db
from cycles.people.models import Participant
from reports.document.assembling.subject import day_of, maybe_day_of, share
from reports.document.facts import RoundLine, WorkshopLine
from workshop.ballot.models import Rating, Reason
from workshop.exports.pages import bundle_name
from workshop.rooms.disclosure import may_show
from workshop.rooms.judging import AGREED_OUTCOMES
from workshop.rooms.models import Item, ItemVerdict, Round, RoundItem, Workshop
from workshop.rooms.scales import RATERS


@dataclass(frozen=True)
class _End:
    """How an item of a round closed, what it came to, and how far it had moved."""

    closing: str
    outcome: str
    counts: list[int]
    is_stable: bool | None
    change: float | None


Ends = Sequence[_End]


@dataclass(frozen=True)
class _Turnout:
    """How many items a round asked, and how many people answered and were invited."""

    asked: int
    answered: int
    invited: int


def workshop_lines(workshops: Sequence[Workshop]) -> tuple[WorkshopLine, ...]:
    """Return the workshops as a report tells them, in the order given."""
    return tuple(
        WorkshopLine(
            kind=each.kind.value,
            title=each.title,
            state=each.state.value,
            opened_on=maybe_day_of(each.opened_at) or each.starts_on,
            closed_on=maybe_day_of(each.closed_at) or each.ends_on,
        )
        for each in workshops
    )


def round_lines(workshops: Sequence[Workshop], minimum_n: int) -> tuple[RoundLine, ...]:
    """Return every round of these workshops, workshop by workshop."""
    ids = [each.id for each in workshops]
    rounds, ends = _rounds(ids), _ends(ids)
    return tuple(
        _line(workshop.title, round_, turnout, ends.get(round_.id, ()), minimum_n)
        for workshop in workshops
        for round_, turnout in rounds.get(workshop.id, ())
    )


def _line(workshop: str, round_: Round, turnout: _Turnout, ends: Ends, minimum_n: int) -> RoundLine:
    is_closed = round_.closed_at is not None
    return RoundLine(
        workshop=workshop,
        number=round_.number,
        opened_on=day_of(round_.opened_at),
        closed_on=maybe_day_of(round_.closed_at),
        asked=turnout.asked,
        invited=turnout.invited,
        answered=turnout.answered,
        response_percent=share(turnout.answered, turnout.invited) if turnout.invited else None,
        agreed=_agreed(ends) if is_closed else None,
        still_open=sum(each.closing == Closing.OPEN for each in ends) if is_closed else None,
        bundle=bundle_name(round_) if is_closed else "",
        **(_stability(ends, minimum_n) if is_closed else {}),
        **_reliability(round_.figures or {}, minimum_n),
    )


def _agreed(ends: Ends) -> int:
    """Count what closed as agreed.

    An item on which raters agree while they still move is asked again: counted in each round that
    found it so, the rounds would add up to more than the items that were agreed.
    """
    return sum(each.outcome in AGREED_OUTCOMES and each.closing != Closing.OPEN for each in ends)


def _stability(ends: Ends, minimum_n: int) -> dict[str, Any]:
    """Return how far the panel had moved on the items that an earlier round had asked.

    Items that too few rated move no figure: beside the counts that are shown, one could tell what
    the few had said.
    """
    moved = [
        each
        for each in ends
        if each.is_stable is not None and may_show(sum(each.counts), minimum_n)
    ]
    changes = [each.change for each in moved if each.change is not None]
    return {
        "compared": len(moved),
        "stable": sum(bool(each.is_stable) for each in moved),
        "median_change_percent": round(100 * median(changes), 1) if changes else None,
    }


def _reliability(figures: dict[str, Any], minimum_n: int) -> dict[str, Any]:
    """Return alpha and W of a round; a word in place of one says why there is none."""
    if not may_show(figures.get("raters", 0), minimum_n):
        return {}
    found = {name: figures.get(name) for name in ("alpha", "w")}
    return {name: round(one, 2) for name, one in found.items() if isinstance(one, float)}


def _rounds(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[tuple[Round, _Turnout]]]:
    """Return the rounds of each workshop, first to last, with who was asked and who answered."""
    asked = select(func.count()).where(RoundItem.round_id == Round.id).scalar_subquery()
    answered = select(func.count(Rating.panellist_id.distinct())).where(Rating.round_id == Round.id)
    rows = db.session.execute(
        select(Round, asked, answered.scalar_subquery(), _invited())
        .join(Workshop, Workshop.id == Round.workshop_id)
        .where(Round.workshop_id.in_(ids))
        .order_by(Round.number)
    )
    found: dict[uuid.UUID, list[tuple[Round, _Turnout]]] = defaultdict(list)
    for round_, *counts in rows:
        found[round_.workshop_id].append((round_, _Turnout(*counts)))
    return found


def _invited() -> ScalarSelect[int]:
    """Count those of the groups it asks who had a place in the cycle while the round ran."""
    asks = (
        and_(Workshop.kind == kind, Participant.group.in_(groups))
        for kind, groups in RATERS.items()
    )
    return (
        select(func.count(Participant.id))
        .where(
            Participant.cycle_id == Round.cycle_id,
            or_(*asks),
            or_(Participant.withdrawn_at.is_(None), Participant.withdrawn_at > Round.opened_at),
            or_(Round.closed_at.is_(None), Participant.joined_at <= Round.closed_at),
        )
        .scalar_subquery()
    )


def _ends(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[_End]]:
    said, figures = ItemVerdict, ItemVerdict.figures
    # Two of many figures: a large cycle has thousands of verdicts, and parsing them whole is slow.
    moved = (figures["is_stable"].as_boolean(), figures["change"].as_float())
    rows = db.session.execute(
        select(said.round_id, said.closing, said.outcome, said.counts, *moved)
        .join(Round, Round.id == said.round_id)
        .where(Round.workshop_id.in_(ids))
    )
    found: dict[uuid.UUID, list[_End]] = defaultdict(list)
    for round_id, *end in rows:
        found[round_id].append(_End(*end))
    return found


def comments_of(cycle_id: uuid.UUID) -> dict[uuid.UUID, tuple[str, ...]]:
    """Return what was written of each capability, in alphabetical order, each text once.

    Only what is of the capability as a whole: a reason for one answer goes with its own item.
    A comment hangs on the first of the capability's items that its round asked. The order of the
    alphabet says nothing about who wrote what, or when.
    """
    found: dict[uuid.UUID | None, set[str]] = defaultdict(set)
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
        found[statement_id].add(text.strip())
    return {
        statement_id: tuple(sorted(texts - {""}, key=str.casefold))
        for statement_id, texts in found.items()
        if statement_id is not None
    }
