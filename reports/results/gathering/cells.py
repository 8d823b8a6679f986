"""Every judged cell with what it was judged from, past the gate of ``disclosure``."""

from reports.document.facts import Document
from reports.results.records import CellLine


def cell_lines(document: Document) -> tuple[CellLine, ...]:
    """Return the judged cells by capability and role level, in the document's order."""
    return ()
