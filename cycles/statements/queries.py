"""Reading the statements of a cycle. Nothing here changes anything; every order is fixed."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from cycles.accounts.models import Account
from cycles.core.extensions import db
from cycles.library.models import LibraryKind, LibraryStatement
from cycles.statements.coverage import Coverage, count_coverage
from cycles.statements.models import (
    CapabilityStatement,
    StatementRevision,
    StatementStatus,
)
from cycles.statements.trail import Happening

# C-1000 comes after C-999.
IN_ORDER = (func.length(CapabilityStatement.code), CapabilityStatement.code)


def statements_of(
    cycle_id: uuid.UUID, status: StatementStatus | None = None
) -> list[CapabilityStatement]:
    """Return the cycle's statements with their areas and partners, by code."""
    wanted = _with_places(cycle_id)
    if status is not None:
        wanted = wanted.where(CapabilityStatement.status == status)
    return list(db.session.scalars(wanted))


def kept_statements(cycle_id: uuid.UUID) -> list[CapabilityStatement]:
    """Return the statements that are rated, profiled and mapped, by code."""
    return statements_of(cycle_id, StatementStatus.KEPT)


def live_statements(cycle_id: uuid.UUID) -> list[CapabilityStatement]:
    """Return the submitted and kept statements, by code."""
    live = (StatementStatus.SUBMITTED, StatementStatus.KEPT)
    return list(
        db.session.scalars(_with_places(cycle_id).where(CapabilityStatement.status.in_(live)))
    )


def statements_by(cycle_id: uuid.UUID, participant_id: uuid.UUID) -> list[CapabilityStatement]:
    """Return what one participant submitted, by code."""
    return list(
        db.session.scalars(
            _with_places(cycle_id).where(CapabilityStatement.submitted_by_id == participant_id)
        )
    )


def chosen_statements(cycle_id: uuid.UUID, ids: Sequence[uuid.UUID]) -> list[CapabilityStatement]:
    """Return those of ``ids`` that are statements of this cycle, by code."""
    return list(db.session.scalars(_with_places(cycle_id).where(CapabilityStatement.id.in_(ids))))


def adopted_statements(cycle_id: uuid.UUID) -> list[CapabilityStatement]:
    """Return the live statements that ever took a library record's wording, by code."""
    adopted = select(StatementRevision.statement_id).where(
        StatementRevision.kind == Happening.ADOPTED
    )
    live = (StatementStatus.SUBMITTED, StatementStatus.KEPT)
    wanted = _with_places(cycle_id).where(
        CapabilityStatement.status.in_(live), CapabilityStatement.id.in_(adopted)
    )
    return list(db.session.scalars(wanted))


def trail_of(statement: CapabilityStatement) -> list[tuple[StatementRevision, str]]:
    """Return each revision with the name of who made it, oldest first."""
    rows = db.session.execute(
        select(StatementRevision, Account.name)
        .outerjoin(Account, Account.id == StatementRevision.changed_by_id)
        .where(StatementRevision.statement_id == statement.id)
        .order_by(StatementRevision.number)
    )
    return [(revision, name or "Pythia") for revision, name in rows]


def merged_into(statement: CapabilityStatement) -> list[CapabilityStatement]:
    """Return the chain of statements that this one was merged into, nearest first."""
    chain: list[CapabilityStatement] = []
    following = statement.merged_into_id
    while following is not None:
        chain.append(db.session.get_one(CapabilityStatement, following))
        following = chain[-1].merged_into_id
    return chain


def taken_in(statement: CapabilityStatement) -> list[CapabilityStatement]:
    """Return the statements that were merged into this one, by code."""
    return list(
        db.session.scalars(
            select(CapabilityStatement)
            .where(CapabilityStatement.merged_into_id == statement.id)
            .order_by(*IN_ORDER)
        )
    )


def coverage(cycle_id: uuid.UUID) -> Coverage:
    """Count the live statements per function and partner."""
    return count_coverage(cycle_id)


def _with_places(cycle_id: uuid.UUID) -> Select[CapabilityStatement]:
    return (
        select(CapabilityStatement)
        .where(CapabilityStatement.cycle_id == cycle_id)
        .options(selectinload(CapabilityStatement.area), selectinload(CapabilityStatement.partners))
        .order_by(*IN_ORDER)
    )


def library_records(ids: Sequence[uuid.UUID]) -> list[LibraryStatement]:
    """Return those of ``ids`` that are live capability statements of the library, by text."""
    return list(
        db.session.scalars(
            select(LibraryStatement)
            .where(
                LibraryStatement.id.in_(ids),
                LibraryStatement.kind == LibraryKind.CAPABILITY,
                LibraryStatement.retired_at.is_(None),
            )
            .order_by(LibraryStatement.text, LibraryStatement.id)
        )
    )
