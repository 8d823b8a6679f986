"""The verdicts of a workshop as people see them: rows to sort, filter and download.

Every count here has been through ``disclosure``; nothing is written.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from consensus.scale import PROFICIENCY_WORDS
from consensus.verdict import Outcome
from cycles.core.extensions import db
from cycles.setup.models import RoleLevel
from cycles.statements.models import CapabilityStatement
from workshop.rooms.disclosure import Shown, shown
from workshop.rooms.models import Item
from workshop.rooms.queries import Cell, cells_of_workshop
from workshop.rooms.words import OUTCOME_WORDS, closing_words, verdict_words, voted_words


@dataclass(frozen=True)
class Asked:
    """What a cell asked, in the words and the place frozen with it."""

    position: int
    code: str
    wording: str
    function: str
    domain: str
    area: str
    role_level: str


@dataclass(frozen=True)
class Result:
    """One judged cell: what was asked, its verdict in words, and what may be shown of the counts.

    ``agreement`` is van der Eijk's, −1 to 1, None where the counts are withheld.
    """

    cell: Cell
    asked: Asked
    verdict: str
    voted: str
    closing: str
    shown: Shown
    agreement: float | None

    @property
    def may_be_decided(self) -> bool:
        """Say whether the convener may decide this cell, or decide it again."""
        return self.cell.is_finished and not self.cell.is_agreed


FILTERS: dict[str, tuple[str, Callable[[Cell], bool]]] = {
    "all": ("All verdicts", lambda _cell: True),
    "unsettled": ("Unsettled", lambda cell: cell.is_finished and not cell.is_settled),
    "open": ("Still open", lambda cell: not cell.is_finished),
    "provisional": ("Provisional level", lambda cell: cell.is_provisional),
    "decided": ("Decided by the convener", lambda cell: cell.is_decided),
    "fragile": ("Fragile", lambda cell: cell.is_fragile),
    "two-camps": ("Two camps", lambda cell: cell.is_two_camps),
    **{
        outcome.value.replace(" ", "-"): (
            OUTCOME_WORDS[outcome],
            lambda cell, outcome=outcome: cell.outcome == outcome,  # type: ignore[misc]  # bound now
        )
        for outcome in Outcome
    },
}
"""What a reader may filter by: its word in the address, its label, and what it lets through."""

SORTS: dict[str, tuple[str, Callable[[Result], tuple[object, ...]]]] = {
    "disagreement": (
        "Most disagreement",
        lambda one: (one.agreement is None, one.agreement or 0.0, one.asked.position),
    ),
    "code": ("Code", lambda one: (len(one.asked.code), one.asked.code, one.asked.position)),
    "area": ("Functional area", lambda one: (one.asked.position,)),
}
"""What a reader may sort by. Cells without a number for disagreement come last."""


def results_of(
    workshop_id: uuid.UUID, minimum_n: int, *, sort: str = "area", only: str = "all"
) -> tuple[Result, ...]:
    """Return the judged cells of a workshop that a filter lets through, in the order asked for."""
    asked = _asked(workshop_id)
    passes = FILTERS[only][1]
    found = [
        _result(cell, asked[cell.item_id], minimum_n)
        for cell in cells_of_workshop(workshop_id)
        if passes(cell)
    ]
    return tuple(sorted(found, key=SORTS[sort][1]))


def result_of(item: Item, minimum_n: int) -> Result | None:
    """Return one cell's latest result, or None before its first round has closed."""
    cells = cells_of_workshop(item.workshop_id)
    cell = next((one for one in cells if one.item_id == item.id), None)
    return None if cell is None else _result(cell, _asked(item.workshop_id)[item.id], minimum_n)


def count_by_filter(results: Sequence[Result]) -> dict[str, int]:
    """Return how many of all results each filter would let through."""
    return {name: sum(test(one.cell) for one in results) for name, (_, test) in FILTERS.items()}


def _result(cell: Cell, asked: Asked, minimum_n: int) -> Result:
    gated = shown(cell.counts, minimum_n)
    return Result(
        cell=cell,
        asked=asked,
        verdict=verdict_words(cell),
        voted=voted_words(cell),
        closing=closing_words(cell),
        shown=gated,
        agreement=cell.figures["agreement"] if gated.counts else None,
    )


def _asked(workshop_id: uuid.UUID) -> dict[uuid.UUID, Asked]:
    rows = db.session.execute(
        select(Item, CapabilityStatement.code, RoleLevel.name)
        .join(CapabilityStatement, CapabilityStatement.id == Item.statement_id)
        .join(RoleLevel, RoleLevel.id == Item.role_level_id)
        .where(Item.workshop_id == workshop_id)
        .order_by(Item.position)
    )
    return {
        item.id: Asked(
            position=item.position,
            code=code,
            wording=item.wording,
            function=item.function,
            domain=item.domain,
            area=item.area,
            role_level=level,
        )
        for item, code, level in rows
    }


HEADINGS = (
    "Code",
    "Capability",
    "Function",
    "Domain",
    "Functional area",
    "Role level",
    "Verdict",
    "Level",
    "Settled",
    "Provisional",
    "Decided by the convener",
    "Reason of the decision",
    "Not needed",
    "Awareness",
    "Practitioner",
    "Expert",
    "Rated",
    "No answer on the scale",
    "Closing",
    "Round",
    "Agreement (van der Eijk)",
    "Fragile",
    "Two camps",
)


def table_row(one: Result) -> tuple[str | int | float | bool | None, ...]:
    """Return a result under ``HEADINGS``; what may not be shown is empty."""
    cell, asked = one.cell, one.asked
    counts: Sequence[int | None] = one.shown.counts or (None,) * 4
    return (
        asked.code,
        asked.wording,
        asked.function,
        asked.domain,
        asked.area,
        asked.role_level,
        OUTCOME_WORDS[cell.outcome],
        PROFICIENCY_WORDS[cell.level] if cell.level is not None else None,
        cell.is_settled,
        cell.is_provisional,
        cell.is_decided,
        cell.reason or None,
        *counts,
        one.shown.n,
        cell.abstained if one.shown.counts else None,
        one.closing,
        cell.round_number,
        None if one.agreement is None else round(one.agreement, 3),
        cell.is_fragile,
        cell.is_two_camps,
    )
