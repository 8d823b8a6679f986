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
from workshop.rooms.scale_results import Cellular, part_counts, part_names
from workshop.rooms.telling import PartShown, divergence_words, movement_words, parts_shown
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
    is_older_wording: bool


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
    parts: tuple[PartShown, ...]
    divergence: str
    movement: str

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
    workshop_id: uuid.UUID,
    minimum_n: int,
    *,
    sort: str = "area",
    only: str = "all",
    with_parts: bool = False,
) -> tuple[Result, ...]:
    """Return the judged cells of a workshop that a filter lets through, in the order asked for.

    ``with_parts`` for readers who may see the parts of the panel apart (``telling.shows_parts``).
    """
    asked = _asked(workshop_id)
    passes = FILTERS[only][1]
    found = [
        _result(cell, asked[cell.item_id], minimum_n, with_parts=with_parts)
        for cell in cells_of_workshop(workshop_id)
        if passes(cell)
    ]
    return tuple(sorted(found, key=SORTS[sort][1]))


def result_of(item: Item, minimum_n: int) -> Result | None:
    """Return one cell's latest result with its parts, or None before its first round closed."""
    cells = cells_of_workshop(item.workshop_id)
    cell = next((one for one in cells if one.item_id == item.id), None)
    if cell is None:
        return None
    return _result(cell, _asked(item.workshop_id)[item.id], minimum_n, with_parts=True)


def count_by_filter(results: Sequence[Result]) -> dict[str, int]:
    """Return how many of all results each filter would let through."""
    return {name: sum(test(one.cell) for one in results) for name, (_, test) in FILTERS.items()}


def _result(cell: Cell, asked: Asked, minimum_n: int, *, with_parts: bool) -> Result:
    gated = shown(cell.counts, minimum_n)
    parts = parts_shown(cell.figures, minimum_n) if with_parts else ()
    return Result(
        cell=cell,
        asked=asked,
        verdict=verdict_words(cell),
        voted=voted_words(cell),
        closing=closing_words(cell),
        shown=gated,
        agreement=cell.figures["agreement"] if gated.counts else None,
        parts=parts,
        divergence=divergence_words(cell.figures, parts),
        movement=movement_words(cell.figures, cell.n, minimum_n),
    )


def _asked(workshop_id: uuid.UUID) -> dict[uuid.UUID, Asked]:
    rows = db.session.execute(
        select(Item, CapabilityStatement.code, CapabilityStatement.text, RoleLevel.name)
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
            is_older_wording=item.wording != text,
        )
        for item, code, text, level in rows
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
    "Moved, %",
    "Groups apart",
    "Rated in an older wording",
)


def results_table(
    found: Sequence[Result],
) -> tuple[tuple[str, ...], list[tuple[Cellular, ...]]]:
    """Return headings and rows for a download; what may not be shown is empty.

    Behind ``HEADINGS`` stand the counts of each part of the panel, where it has several.
    """
    names = part_names(one.parts for one in found)
    sides = [f"{name}: {word}" for name in names.values() for word in PROFICIENCY_WORDS]
    rows = [(*_row(one), *part_counts(one.parts, names, len(PROFICIENCY_WORDS))) for one in found]
    return (*HEADINGS, *sides), rows


def _row(one: Result) -> tuple[Cellular, ...]:
    cell, asked = one.cell, one.asked
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
        *(one.shown.counts or (None,) * len(PROFICIENCY_WORDS)),
        one.shown.n,
        cell.abstained if one.shown.counts else None,
        *_ending(one),
    )


def _ending(one: Result) -> tuple[Cellular, ...]:
    cell = one.cell
    moved = cell.figures.get("share_moved") if one.movement else None
    return (
        one.closing,
        cell.round_number,
        None if one.agreement is None else round(one.agreement, 3),
        cell.is_fragile,
        cell.is_two_camps,
        None if moved is None else round(100 * moved, 1),
        one.divergence or None,
        one.asked.is_older_wording,
    )
