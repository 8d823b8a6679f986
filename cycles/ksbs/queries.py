"""What is asked of the KSBs of a cycle's capabilities. Orders are fixed; nothing here writes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from cycles.core.extensions import db
from cycles.ksbs.agreement import FEWEST_TO_DIFFER
from cycles.ksbs.models import CapabilityKsb, KsbReview, KsbStatus
from cycles.stages.gates import provides
from cycles.standards.models import KsbKind
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.queries import IN_ORDER, kept_statements

KINDS = tuple(KsbKind)
REVIEWERS = (
    select(func.count(KsbReview.id))
    .where(KsbReview.ksb_id == CapabilityKsb.id)
    .correlate(CapabilityKsb)
    .scalar_subquery()
)
DIFFERS: ColumnElement[bool] = (CapabilityKsb.status == KsbStatus.SUGGESTED) & (
    REVIEWERS >= FEWEST_TO_DIFFER
)


@dataclass(frozen=True)
class CapabilityCounts:
    """A kept capability with how many of its KSBs stand where.

    ``suggested`` are all that are not settled; on ``differing`` of them educators differ.
    """

    statement: CapabilityStatement
    suggested: int
    accepted: int
    rejected: int
    differing: int = 0


def ksbs_of(
    cycle_id: uuid.UUID,
    statement_id: uuid.UUID | None = None,
    status: KsbStatus | None = None,
) -> list[CapabilityKsb]:
    """Return the KSBs of the kept capabilities, by capability, kind, nearness and wording."""
    wanted = (
        select(CapabilityKsb)
        .join(CapabilityKsb.statement)
        .where(
            CapabilityKsb.cycle_id == cycle_id,
            CapabilityStatement.status == StatementStatus.KEPT,
        )
        .options(joinedload(CapabilityKsb.statement))
        .order_by(*IN_ORDER)
    )
    if statement_id is not None:
        wanted = wanted.where(CapabilityKsb.statement_id == statement_id)
    if status is not None:
        wanted = wanted.where(CapabilityKsb.status == status)
    return _in_order(list(db.session.scalars(wanted)))


def _in_order(found: list[CapabilityKsb]) -> list[CapabilityKsb]:
    # The database sorts the capabilities, Python what stands below each: kinds have an order of
    # their own, and missing scores sort differently on each database.
    places = {one.statement_id: place for place, one in enumerate(found)}
    return sorted(
        found,
        key=lambda one: (
            places[one.statement_id],
            KINDS.index(one.kind),
            -(one.score or 0.0),
            one.text,
            one.id,
        ),
    )


def capability_counts(cycle_id: uuid.UUID) -> list[CapabilityCounts]:
    """Return every kept capability with its counts, by code."""
    counts = _by_statement(cycle_id)
    by_status = _by_statement(cycle_id, DIFFERS)
    differing = {statement_id: count for (statement_id, _), count in by_status.items()}
    return [
        CapabilityCounts(
            statement=one,
            suggested=counts.get((one.id, KsbStatus.SUGGESTED), 0),
            accepted=counts.get((one.id, KsbStatus.ACCEPTED), 0),
            rejected=counts.get((one.id, KsbStatus.REJECTED), 0),
            differing=differing.get(one.id, 0),
        )
        for one in kept_statements(cycle_id)
    ]


def _by_statement(
    cycle_id: uuid.UUID, *where: ColumnElement[bool]
) -> dict[tuple[uuid.UUID, KsbStatus], int]:
    rows = db.session.execute(
        select(CapabilityKsb.statement_id, CapabilityKsb.status, func.count())
        .where(CapabilityKsb.cycle_id == cycle_id, *where)
        .group_by(CapabilityKsb.statement_id, CapabilityKsb.status)
    )
    return {(statement_id, status): count for statement_id, status, count in rows}


def accepted_by_statement(
    cycle_id: uuid.UUID, statement_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, list[CapabilityKsb]]:
    """Return the accepted KSBs of each of these capabilities, each list by kind and nearness."""
    found: dict[uuid.UUID, list[CapabilityKsb]] = {one: [] for one in statement_ids}
    for ksb in ksbs_of(cycle_id, status=KsbStatus.ACCEPTED):
        if ksb.statement_id in found:
            found[ksb.statement_id].append(ksb)
    return found


@provides("ksbs_unreviewed")
def ksbs_unreviewed(cycle_id: uuid.UUID) -> int:
    """Return how many KSBs are not settled: they wait for a review, or educators differ."""
    return _count(cycle_id, CapabilityKsb.status == KsbStatus.SUGGESTED)


@provides("ksbs_differing")
def ksbs_differing(cycle_id: uuid.UUID) -> int:
    """Return on how many of the KSBs that are not settled educators differ."""
    return _count(cycle_id, DIFFERS)


@provides("ksbs_accepted")
def ksbs_accepted(cycle_id: uuid.UUID) -> int:
    """Return how many KSBs were accepted."""
    return _count(cycle_id, CapabilityKsb.status == KsbStatus.ACCEPTED)


def _count(cycle_id: uuid.UUID, which: ColumnElement[bool]) -> int:
    wanted: Select[int] = (
        select(func.count())
        .select_from(CapabilityKsb)
        .join(CapabilityKsb.statement)
        .where(
            CapabilityKsb.cycle_id == cycle_id,
            CapabilityStatement.status == StatementStatus.KEPT,
            which,
        )
    )
    return db.session.scalar(wanted) or 0
