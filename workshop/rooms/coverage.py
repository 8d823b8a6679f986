"""How many raters each capability of a round has, and how many of them have answered. Never what.

The board shows it while a round runs, so that nothing is left with too few raters.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select

from cycles.core.extensions import db
from cycles.statements.models import CapabilityStatement
from workshop.ballot.models import Assignment, Panellist, Rating
from workshop.rooms.models import Item, Round, RoundItem
from workshop.rooms.scales import RATERS

SUBJECT = func.coalesce(Item.statement_id, Item.solution_id)


@dataclass(frozen=True)
class Covered:
    """A capability or a solution that a round asks: raters asked, and raters who answered.

    Whoever answered it at one role level counts. ``code`` is empty for solutions.
    """

    subject_id: uuid.UUID
    code: str
    wording: str
    function: str
    area: str
    assigned: int
    answered: int


def coverage_of(round_: Round) -> tuple[Covered, ...]:
    """Return the capabilities that a round asks with their raters, in the workshop's order."""
    first: dict[uuid.UUID, tuple[Item, str]] = {}
    for item, code in db.session.execute(
        select(Item, CapabilityStatement.code)
        .join(RoundItem, RoundItem.item_id == Item.id)
        .outerjoin(CapabilityStatement, CapabilityStatement.id == Item.statement_id)
        .where(RoundItem.round_id == round_.id)
        .order_by(Item.position, Item.id)
    ):
        first.setdefault(item.subject_id, (item, code or ""))
    assigned, answered = _assigned(round_, list(first)), _answered(round_.id)
    return tuple(
        Covered(
            subject_id=subject_id,
            code=code,
            wording=item.wording,
            function=item.function,
            area=item.area,
            assigned=assigned[subject_id],
            answered=answered.get(subject_id, 0),
        )
        for subject_id, (item, code) in first.items()
    )


def _assigned(round_: Round, subjects: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    if round_.workshop.raters_per_item is None:
        seats = (
            select(func.count())
            .select_from(Panellist)
            .where(
                Panellist.cycle_id == round_.cycle_id,
                Panellist.group.in_(RATERS[round_.workshop.kind]),
            )
        )
        return dict.fromkeys(subjects, db.session.scalar(seats) or 0)
    asked = (
        select(SUBJECT, Assignment.panellist_id)
        .join(Assignment, Assignment.item_id == Item.id)
        .where(Assignment.round_id == round_.id)
        .distinct()
    )
    found = dict.fromkeys(subjects, 0)
    for subject_id, _ in db.session.execute(asked):
        found[subject_id] += 1
    return found


def _answered(round_id: uuid.UUID) -> dict[uuid.UUID, int]:
    gave = (
        select(SUBJECT, Rating.panellist_id)
        .join(Rating, Rating.item_id == Item.id)
        .where(Rating.round_id == round_id)
        .distinct()
    )
    found: dict[uuid.UUID, int] = defaultdict(int)
    for subject_id, _ in db.session.execute(gave):
        found[subject_id] += 1
    return found
