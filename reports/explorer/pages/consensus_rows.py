"""Every judged cell as a row: its verdict, its marks, and how they are named. Rows only."""

from dataclasses import dataclass

from reports.explorer.look import Look
from reports.explorer.once import once
from reports.explorer.pages.capability_rows import UNCLASSIFIED
from reports.results.records import CellLine

NAME = "consensus"
YES, NO, UNKNOWN = "yes", "no", "unknown"
AGREED_WORDS = {YES: "Agreed", NO: "Not agreed"}
STABLE_WORDS = {
    YES: "Stable since the round before",
    NO: "Still moving",
    UNKNOWN: "Asked once, or withheld",
}
MARK_WORDS = {
    "fragile": "Fragile: one rater decides",
    "two-camps": "Two camps",
    "dissent": "Dissent: some stood apart",
    "provisional": "Provisional level",
    "decided": "Decided by the convener",
    "unsettled": "Not settled",
    "withheld": "Counts withheld",
}
MARK_TAGS = {
    "fragile": ("Fragile", "attention"),
    "two-camps": ("Two camps", "attention"),
    "dissent": ("Dissent", "attention"),
    "provisional": ("Provisional", "attention"),
    "decided": ("decided", "current"),
    "unsettled": ("not settled", "quiet"),
}
STABLE_DISSENT = "Stable dissent"


@dataclass(frozen=True)
class CellRow:
    """A judged cell, with its capability's words and place."""

    cell: CellLine
    text: str
    function: str
    domain: str

    @property
    def agreed(self) -> str:
        """Return whether the panel agreed: a key of ``AGREED_WORDS``."""
        return YES if self.cell.is_agreed else NO

    @property
    def settled(self) -> str:
        """Return whether a level holds, or that it is not needed: ``YES`` or ``NO``."""
        return YES if self.cell.is_settled else NO

    @property
    def stable(self) -> str:
        """Return whether the answers held still: a key of ``STABLE_WORDS``."""
        if self.cell.is_stable is None:
            return UNKNOWN
        return YES if self.cell.is_stable else NO

    @property
    def marks(self) -> tuple[str, ...]:
        """Return what is to be known of it besides the verdict: keys of ``MARK_WORDS``."""
        cell = self.cell
        marks = {
            "fragile": cell.is_fragile,
            "two-camps": cell.is_two_camps,
            "dissent": cell.closing == STABLE_DISSENT,
            "provisional": cell.is_provisional,
            "decided": cell.is_decided,
            "unsettled": not cell.is_settled,
            "withheld": cell.n is None,
        }
        return tuple(name for name, holds in marks.items() if holds)


@once
def cell_rows(look: Look) -> tuple[CellRow, ...]:
    """Return the judged cells by capability and role level."""
    lines = look.results.capability
    return tuple(
        CellRow(cell, line.text, line.function or UNCLASSIFIED, line.domain or UNCLASSIFIED)
        for cell in look.results.detail.cells
        if (line := lines.get(cell.code)) is not None
    )
