"""Deciding on a statement's area: take a suggestion, choose another, leave it, take it back.

Each decision leaves a revision and one audit event. What is suggested comes from ``suggesting``.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from cycles.classification.models import Area
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Conflict, Invalid
from cycles.core.extensions import db
from cycles.statements import rules
from cycles.statements.models import AreaReview, AreaSuggestion, CapabilityStatement, Decision
from cycles.statements.queries import live_statements
from cycles.statements.suggesting import Suggested, suggestions_for, without_area
from cycles.statements.trail import Happening, leave_trail

PLACED = EventType("statements.placed", "codes", "decision")
UNPLACED = EventType("statement.unplaced", "code")


@dataclass(frozen=True)
class _Hand:
    """Who decides, and when."""

    actor: Actor
    moment: datetime


def accept_suggestion(
    *,
    statement: CapabilityStatement,
    position: int,
    version: int | None = None,
    actor: Actor,
    moment: datetime,
) -> Area:
    """Give the statement the area that was suggested in this position; return the area."""
    _check_open(statement, version)
    offered = suggestions_for([statement]).get(statement.id, ())
    taken = next((one for one in offered if one.position == position), None)
    if taken is None:
        raise Conflict(f"That suggestion for {statement.code} no longer holds. Look again.")
    _place(statement, taken.area, Decision.ACCEPTED, offered, _Hand(actor, moment))
    _record([statement], Decision.ACCEPTED, actor, moment)
    return taken.area


def choose_area(
    *,
    statement: CapabilityStatement,
    area: Area,
    version: int | None = None,
    actor: Actor,
    moment: datetime,
) -> None:
    """Give the statement an area of the person's own choice."""
    _check_open(statement, version)
    offered = suggestions_for([statement]).get(statement.id, ())
    _place(statement, area, Decision.CHOSEN, offered, _Hand(actor, moment))
    _record([statement], Decision.CHOSEN, actor, moment)


def leave_without_area(*, statement: CapabilityStatement, actor: Actor, moment: datetime) -> None:
    """Leave the statement without an area, out of the queue's way until somebody looks again."""
    _check_open(statement, None)
    _check_without(statement)
    offered = suggestions_for([statement]).get(statement.id, ())
    _keep_review(statement, None, Decision.LEFT, offered, _Hand(actor, moment))
    _record([statement], Decision.LEFT, actor, moment)


def accept_supported(
    *, cycle_id: uuid.UUID, share_percent: int, actor: Actor, moment: datetime
) -> list[CapabilityStatement]:
    """Take the first suggestion wherever its support reaches the share; return the statements.

    Statements that were left stay left. Raises ``Conflict`` where none reaches it.
    """
    rules.check_open(cycle_id)
    live = live_statements(cycle_id)
    left = reviews_of(live)
    waiting = [each for each in without_area(live) if each.id not in left]
    suggested = suggestions_for(waiting)
    placed = with_share(waiting, suggested, share_percent)
    if not placed:
        raise Conflict(f"No first suggestion has the support of {share_percent} % or more.")
    hand = _Hand(actor, moment)
    for statement in placed:
        offered = suggested[statement.id]
        _place(statement, offered[0].area, Decision.ACCEPTED, offered, hand)
    _record(placed, Decision.ACCEPTED, actor, moment)
    return placed


def with_share(
    statements: Sequence[CapabilityStatement],
    suggested: Suggested,
    share_percent: int,
) -> list[CapabilityStatement]:
    """Return the statements whose first suggestion has at least the share of its neighbours."""
    if not 1 <= share_percent <= 100:
        raise Invalid("A share lies between 1 and 100 %.")
    first = {key: rows[0] for key, rows in suggested.items()}
    return [
        each
        for each in statements
        if each.id in first
        and 100 * first[each.id].support >= share_percent * first[each.id].neighbours
    ]


def undo_placing(*, statement: CapabilityStatement, actor: Actor, moment: datetime) -> None:
    """Take back what was decided in the queue: the statement has no area again."""
    rules.check_open(statement.cycle_id)
    rules.check_live(statement)
    review = db.session.get(AreaReview, statement.id)
    if review is None:
        raise Conflict(f"There is no decision about the area of {statement.code} to take back.")
    if review.area_id is not None:
        if statement.area_id != review.area_id:
            raise Conflict(f"{statement.code} was given another area since. Change it there.")
        statement.area = None
        told = "no area; the decision was taken back"
        leave_trail(statement, Happening.CLASSIFIED, actor=actor, moment=moment, reason=told)
    db.session.delete(review)
    UNPLACED.record(
        actor=actor,
        moment=moment,
        cycle_id=statement.cycle_id,
        subject_id=statement.id,
        code=statement.code,
    )


def reviews_of(statements: Sequence[CapabilityStatement]) -> dict[uuid.UUID, AreaReview]:
    """Return the decisions of the queue that still hold, by statement."""
    if not statements:
        return {}
    held = {(each.id, each.area_id) for each in statements}
    rows = db.session.scalars(
        select(AreaReview)
        .join(CapabilityStatement, CapabilityStatement.id == AreaReview.statement_id)
        .where(CapabilityStatement.cycle_id == statements[0].cycle_id)
        .order_by(AreaReview.decided_at.desc(), AreaReview.statement_id)
    )
    return {row.statement_id: row for row in rows if (row.statement_id, row.area_id) in held}


def support_words(support: int, neighbours: int) -> str:
    """Return a suggestion's support in words.

    >>> support_words(11, 15)
    '11 of 15 nearest statements'
    """
    return f"{support} of {neighbours} nearest statement{'' if neighbours == 1 else 's'}"


def _check_open(statement: CapabilityStatement, version: int | None) -> None:
    rules.check_open(statement.cycle_id)
    rules.check_live(statement)
    rules.check_version(statement, version)


def _check_without(statement: CapabilityStatement) -> None:
    if statement.area_id is not None:
        raise Conflict(f"{statement.code} has an area by now.")


def _place(
    statement: CapabilityStatement,
    area: Area,
    decision: Decision,
    offered: Sequence[AreaSuggestion],
    hand: _Hand,
) -> None:
    _check_without(statement)
    statement.area = area
    told = f"{area.function} / {area.domain} / {area.name}"
    taken = next((one for one in offered if one.area_id == area.id), None)
    if taken is not None:
        told += f"; suggested, {support_words(taken.support, taken.neighbours)}"
    leave_trail(statement, Happening.CLASSIFIED, actor=hand.actor, moment=hand.moment, reason=told)
    _keep_review(statement, area, decision, offered, hand)


def _keep_review(
    statement: CapabilityStatement,
    area: Area | None,
    decision: Decision,
    offered: Sequence[AreaSuggestion],
    hand: _Hand,
) -> None:
    review = db.session.get(AreaReview, statement.id) or AreaReview(statement_id=statement.id)
    first = offered[0] if offered else None
    review.decision, review.area_id = decision, area.id if area else None
    review.suggested_id = first.area_id if first else None
    review.support, review.neighbours = (first.support, first.neighbours) if first else (0, 0)
    review.decided_by_id, review.decided_at = hand.actor.account_id, hand.moment
    db.session.add(review)
    db.session.flush()


def _record(
    statements: Sequence[CapabilityStatement], decision: Decision, actor: Actor, moment: datetime
) -> None:
    PLACED.record(
        actor=actor,
        moment=moment,
        cycle_id=statements[0].cycle_id,
        subject_id=statements[0].id if len(statements) == 1 else None,
        codes=[each.code for each in statements],
        decision=decision.value,
    )
