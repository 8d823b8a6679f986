"""Today's state as people captured it: counted for the report, with the words that label it."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cycles.current_state.models import Strength
from cycles.current_state.queries import cells_of, strongest, tally
from cycles.statements.models import CapabilityStatement
from reports.document.assembling.rows import Rows
from reports.document.assembling.subject import share
from reports.document.facts.capabilities import Presence
from reports.document.wording import counted, percent_words

ENOUGH_PERCENT = 50


@dataclass(frozen=True)
class Present:
    """What was captured of the classified kept capabilities."""

    cells: Presence
    capabilities: Presence
    by_function: dict[str, Presence]
    by_partner: dict[uuid.UUID, Presence]

    @property
    def is_enough(self) -> bool:
        """Say whether at least half of the capabilities were captured at some partner."""
        everything = self.capabilities.captured + self.capabilities.missing
        return 100 * self.capabilities.captured >= ENOUGH_PERCENT * everything


def present_facts(rows: Rows, classified: Sequence[CapabilityStatement]) -> Present | None:
    """Count what was captured of ``classified``; None when nothing was."""
    cells = cells_of(rows.cycle.id, classified, rows.partners)
    if all(each.record is None for each in cells):
        return None
    functions = dict.fromkeys(each.function for each in cells)
    partners = dict.fromkeys(each.partner.id for each in cells)
    return Present(
        cells=_presence(each.strength for each in cells),
        capabilities=_presence(strongest(cells).values()),
        by_function={
            name: _presence(strongest([one for one in cells if one.function == name]).values())
            for name in functions
        },
        by_partner={
            partner: _presence(one.strength for one in cells if one.partner.id == partner)
            for partner in partners
        },
    )


def _presence(strengths: Iterable[Strength | None]) -> Presence:
    found = tally(strengths)
    return Presence(
        strong=found.strong,
        some=found.some,
        none=found.none,
        missing=found.missing,
        captured=found.captured,
        held=found.present,
        held_percent=share(found.present, found.captured) if found.captured else None,
    )


def captured_sentence(present: Present) -> str:
    """Say that the current state was captured, from how many cells, and what it came to."""
    cells, found = present.cells, present.capabilities
    return (
        "The current state was captured: people who know the organisations recorded "
        f"{cells.captured:,} of {counted(cells.captured + cells.missing, 'cell')} of a classified "
        "capability and a partner as none, some or strong. A capability counts under the strongest "
        f"that any partner has. Of {counted(found.captured, 'capability', 'capabilities')} "
        f"captured, {found.held:,} are there today to some or strong extent "
        f"({percent_words(found.held_percent or 0.0)})."
    )


def too_few_sentence(present: Present) -> str:
    """Say that something was captured, but too little to count from."""
    found = present.capabilities
    return (
        f"{found.captured:,} of {found.captured + found.missing:,} capabilities were captured: "
        "too few, under half, to count the current state from."
    )
