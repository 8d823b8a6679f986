"""What the kinds of rating workshop ask about: statements at role levels, statements, solutions.

Each with its wording as it reads now and its place. The order is that of the classification, then
of the codes; solutions keep their own. Nothing is asked here.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cycles.classification.models import Area
from cycles.core.extensions import db
from cycles.setup.models import Solution
from cycles.setup.queries import role_levels_of, solutions_of
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.queries import IN_ORDER
from workshop.rooms.models import Item, WorkshopKind

UNCLASSIFIED = "Not classified yet"
SOLUTIONS = "Candidate solutions"

Key = tuple[uuid.UUID | None, uuid.UUID | None, uuid.UUID | None]
"""What tells one subject from another: statement, role level, solution."""


@dataclass(frozen=True)
class Subject:
    """One thing that can be asked, in its present wording and place."""

    statement_id: uuid.UUID | None
    role_level_id: uuid.UUID | None
    solution_id: uuid.UUID | None
    wording: str
    function: str
    domain: str
    area: str

    @property
    def key(self) -> Key:
        """Return what tells this subject from others, whatever its wording."""
        return self.statement_id, self.role_level_id, self.solution_id


def key_of(item: Item) -> Key:
    """Return the subject that an item asks about, whatever the item's wording."""
    return item.statement_id, item.role_level_id, item.solution_id


def subjects_of(cycle_id: uuid.UUID, kind: WorkshopKind) -> list[Subject]:
    """Return what a workshop of this kind asks about in a cycle now, in order."""
    return FINDERS[kind](cycle_id)


def _cells(cycle_id: uuid.UUID) -> list[Subject]:
    levels = role_levels_of(cycle_id)
    return [
        _of_statement(statement, level.id)
        for statement in _statements(cycle_id, StatementStatus.KEPT)
        for level in levels
    ]


def _live_statements(cycle_id: uuid.UUID) -> list[Subject]:
    found = _statements(cycle_id, StatementStatus.KEPT, StatementStatus.SUBMITTED)
    return [_of_statement(one, None) for one in found]


def _statements(cycle_id: uuid.UUID, *statuses: StatementStatus) -> list[CapabilityStatement]:
    return list(
        db.session.scalars(
            select(CapabilityStatement)
            .outerjoin(Area, Area.id == CapabilityStatement.area_id)
            .where(
                CapabilityStatement.cycle_id == cycle_id, CapabilityStatement.status.in_(statuses)
            )
            .options(joinedload(CapabilityStatement.area))
            # The unclassified come last on both databases, which order NULL differently.
            .order_by(Area.id.is_(None), Area.position, *IN_ORDER)
        )
    )


def _of_statement(statement: CapabilityStatement, role_level_id: uuid.UUID | None) -> Subject:
    area = statement.area
    place = (area.function, area.domain, area.name) if area else ("", "", UNCLASSIFIED)
    return Subject(statement.id, role_level_id, None, statement.text, *place)


def _solutions(cycle_id: uuid.UUID) -> list[Subject]:
    return [
        Subject(None, None, one.id, wording_of(one), "", "", SOLUTIONS)
        for one in solutions_of(cycle_id)
    ]


def wording_of(solution: Solution) -> str:
    """Return a solution as it is asked: its name, and its description if it has one."""
    return f"{solution.name}: {solution.description}" if solution.description else solution.name


def cut_wording(item: Item) -> tuple[str, str]:
    """Return what was asked as a name and its description; most wordings are all name."""
    name = f"{item.solution.name}: " if item.solution else ""
    if name and item.wording.startswith(name):
        return name.removesuffix(": "), item.wording.removeprefix(name)
    return item.wording, ""


FINDERS: dict[WorkshopKind, Callable[[uuid.UUID], list[Subject]]] = {
    WorkshopKind.PRIORITISATION: _solutions,
    WorkshopKind.VALIDATION: _live_statements,
    WorkshopKind.PROFICIENCY: _cells,
}
