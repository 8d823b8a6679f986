"""Every judged cell with what it was judged from. Numbers and words pass ``disclosure`` here.

What still goes on is told to nobody: reasons come with a cell's last round, parts of the panel
with the workshop's end, or before where the rule card shows them to those who answer.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consensus.scale import PROFICIENCY_WORDS
from cycles.setup.commands.rules import BY_GROUP
from reports.document.assembling.rows import Rows
from reports.results.gathering.rounds import Played, played_rounds
from reports.results.records import CellLine, GroupCounts
from workshop.ratification.dissent import NOBODY, Minority, minorities_of
from workshop.ratification.votes import is_stable_dissent
from workshop.rooms.disclosure import may_show
from workshop.rooms.queries import Cell
from workshop.rooms.telling import parts_shown
from workshop.rooms.words import CLOSING_WORDS, OUTCOME_WORDS


@dataclass(frozen=True)
class _Names:
    """The code and the role level of each cell, and where it stands among the others."""

    statements: Mapping[uuid.UUID, tuple[int, str]]
    levels: Mapping[uuid.UUID, tuple[int, str]]

    def of(self, cell: Cell) -> tuple[str, str]:
        return self.statements[cell.statement_id][1], self.levels[cell.role_level_id][1]

    def place(self, cell: Cell) -> tuple[int, int]:
        return self.statements[cell.statement_id][0], self.levels[cell.role_level_id][0]


def cell_lines(rows: Rows) -> tuple[CellLine, ...]:
    """Return the judged cells by capability and role level, in the document's order."""
    card, names, cells = rows.card, _names(rows), rows.cells
    apart = minorities_of([each for each in cells if _tells_reasons(each)], card.minimum_n)
    played = played_rounds(rows.cycle.id, card.minimum_n)
    return tuple(
        _line(
            cell,
            names.of(cell),
            played[cell.item_id],
            apart.get(cell.item_id, NOBODY),
            minimum_n=card.minimum_n,
            are_parts_told=card.feedback == BY_GROUP or played[cell.item_id].is_over,
        )
        for cell in sorted(cells, key=names.place)
    )


def _tells_reasons(cell: Cell) -> bool:
    return cell.is_finished and not cell.is_agreed


def _names(rows: Rows) -> _Names:
    return _Names(
        statements={each.id: (place, each.code) for place, each in enumerate(rows.kept)},
        levels={each.id: (place, each.name) for place, each in enumerate(rows.role_levels)},
    )


def _line(
    cell: Cell,
    names: tuple[str, str],
    played: Played,
    apart: Minority,
    *,
    minimum_n: int,
    are_parts_told: bool,
) -> CellLine:
    is_shown = may_show(cell.n, minimum_n)
    parts = parts_shown(cell.figures, minimum_n) if are_parts_told else ()
    facts = {**_said(cell), **_flags(cell), **_numbers(cell, is_shown=is_shown)}
    return CellLine(
        *names,
        **facts,
        minority=apart.words if is_stable_dissent(cell) else "",
        reasons=tuple(_reason(each.side, each.text) for each in apart.reasons),
        history=played.rounds,
        groups=tuple(GroupCounts(each.name, each.counts or ()) for each in parts),
    )


def _reason(side: str, text: str) -> str:
    return f"For {side}: {text}" if side else text


def _said(cell: Cell) -> dict[str, Any]:
    held = PROFICIENCY_WORDS[cell.level or 0] if cell.is_settled else ""
    return {
        "outcome": OUTCOME_WORDS[cell.outcome],
        "voted": _word(cell.voted_level),
        "holds": held,
        "closing": CLOSING_WORDS[cell.closing],
        "decision": cell.reason,
    }


def _flags(cell: Cell) -> dict[str, Any]:
    return {
        "is_settled": cell.is_settled,
        "is_agreed": cell.is_agreed,
        "is_provisional": cell.is_provisional,
        "is_decided": cell.is_decided,
        "is_fragile": cell.is_fragile,
        "is_two_camps": cell.is_two_camps,
        "is_finished": cell.is_finished,
    }


def _numbers(cell: Cell, *, is_shown: bool) -> dict[str, Any]:
    """Return the counts and the figures, empty where too few rated to show them."""
    figures = cell.figures if is_shown else {}
    return {
        "n": cell.n if is_shown else None,
        "counts": cell.counts if is_shown else (),
        "abstained": cell.abstained if is_shown else None,
        "is_stable": figures.get("is_stable"),
        "agreement": figures.get("agreement"),
        "consensus": figures.get("consensus"),
        "luck": figures.get("settling_luck"),
        "lower_median": _word(figures.get("lower_median")),
        "upper_median": _word(figures.get("upper_median")),
    }


def _word(level: int | None) -> str:
    return "" if level is None else PROFICIENCY_WORDS[level]
