"""What is asked of the current state: the grid of capability x partner, and its counts.

A partner is asked about the capabilities that name it, and about those that name no partner yet.
Only such cells count; nothing is judged here and nothing written.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from cycles.classification.queries import areas
from cycles.core.extensions import db
from cycles.current_state.models import PresentCapability, Strength
from cycles.setup.models import Partner
from cycles.setup.queries import partners_of
from cycles.stages.evidence import provides
from cycles.statements.models import CapabilityStatement
from cycles.statements.queries import live_statements

STRENGTHS = tuple(Strength)


@dataclass(frozen=True)
class Tally:
    """How many cells, or capabilities, are captured at each strength; ``missing`` are not."""

    none: int = 0
    some: int = 0
    strong: int = 0
    missing: int = 0

    @property
    def present(self) -> int:
        """Return how many are there today, to some or strong extent."""
        return self.some + self.strong

    @property
    def captured(self) -> int:
        """Return how many are captured, whatever the strength."""
        return self.none + self.some + self.strong

    @property
    def total(self) -> int:
        """Return how many there are, captured or not."""
        return self.captured + self.missing


@dataclass(frozen=True)
class Cell:
    """One capability at one partner; ``record`` is None while it is not captured."""

    statement: CapabilityStatement
    partner: Partner
    record: PresentCapability | None

    @property
    def strength(self) -> Strength | None:
        """Return the strength, or None while it is not captured."""
        return None if self.record is None else self.record.strength

    @property
    def function(self) -> str:
        """Return the function of the capability, or an empty text without an area."""
        return "" if self.statement.area is None else self.statement.area.function


@dataclass(frozen=True)
class FunctionTally:
    """One function (empty: no area yet): its cells per partner and its capabilities."""

    function: str
    counts: tuple[Tally, ...]
    capabilities: Tally


@dataclass(frozen=True)
class Captured:
    """How far the current state is captured, by function and partner.

    ``cells`` counts capability x partner. ``capabilities`` counts each capability once, under the
    strongest that any partner has of it.
    """

    partners: tuple[Partner, ...]
    functions: tuple[FunctionTally, ...]
    partner_totals: tuple[Tally, ...]
    cells: Tally
    capabilities: Tally


def is_asked(statement: CapabilityStatement, partner: Partner) -> bool:
    """Say whether the partner is asked about the capability."""
    return not statement.partners or partner in statement.partners


def cells_of(
    cycle_id: uuid.UUID,
    statements: Sequence[CapabilityStatement] | None = None,
    partners: Sequence[Partner] | None = None,
) -> list[Cell]:
    """Return the cells of the live statements, or of those given, by statement, then partner.

    ``partners`` are all of the cycle's, for callers that have read them already.
    """
    asked = partners_of(cycle_id) if partners is None else partners
    records = {
        (row.statement_id, row.partner_id): row
        for row in db.session.scalars(
            select(PresentCapability)
            .where(PresentCapability.cycle_id == cycle_id)
            .order_by(PresentCapability.id)
        )
    }
    return [
        Cell(statement, partner, records.get((statement.id, partner.id)))
        for statement in (live_statements(cycle_id) if statements is None else statements)
        for partner in asked
        if is_asked(statement, partner)
    ]


def tally(strengths: Iterable[Strength | None]) -> Tally:
    """Count the strengths; None counts as missing."""
    found = list(strengths)
    return Tally(
        none=found.count(Strength.NONE),
        some=found.count(Strength.SOME),
        strong=found.count(Strength.STRONG),
        missing=found.count(None),
    )


def strongest(cells: Sequence[Cell]) -> dict[uuid.UUID, Strength | None]:
    """Return the strongest that any partner has of each capability, None while none is captured."""
    found: dict[uuid.UUID, Strength | None] = {}
    for cell in cells:
        held, new = found.setdefault(cell.statement.id, None), cell.strength
        if new is not None and (held is None or STRENGTHS.index(new) > STRENGTHS.index(held)):
            found[cell.statement.id] = new
    return found


def captured(cycle_id: uuid.UUID) -> Captured:
    """Count the cells of the cycle's live statements by function and partner."""
    cells, partners = cells_of(cycle_id), partners_of(cycle_id)
    return Captured(
        partners=tuple(partners),
        functions=tuple(
            FunctionTally(
                function=function,
                counts=_by_partner([one for one in cells if one.function == function], partners),
                capabilities=tally(
                    strongest([one for one in cells if one.function == function]).values()
                ),
            )
            for function in functions_in(cells)
        ),
        partner_totals=_by_partner(cells, partners),
        cells=tally(each.strength for each in cells),
        capabilities=tally(strongest(cells).values()),
    )


def functions_in(cells: Sequence[Cell]) -> list[str]:
    """Return the functions that the cells stand in, in the classification's order; "" is last."""
    there = {each.function for each in cells}
    known = dict.fromkeys([*(area.function for area in areas()), *sorted(there - {""})])
    return [*(each for each in known if each in there), *([""] if "" in there else [])]


def _by_partner(cells: Sequence[Cell], partners: Sequence[Partner]) -> tuple[Tally, ...]:
    return tuple(
        tally(each.strength for each in cells if each.partner.id == partner.id)
        for partner in partners
    )


def cells_captured(cycle_id: uuid.UUID) -> int:
    """Return how many cells of the cycle's live statements are captured."""
    return tally(each.strength for each in cells_of(cycle_id)).captured


provides("cells_captured")(cells_captured)


def is_captured(cycle_id: uuid.UUID) -> bool:
    """Say whether anything of the current state is captured."""
    return cells_captured(cycle_id) > 0
