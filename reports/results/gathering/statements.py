"""What is known of the kept capabilities beside their lines, and what was captured of today."""

import uuid

from cycles.statements.queries import kept_statements
from reports.document.facts import Document
from reports.results.records import CapabilityFacts, PresentLine


def capability_facts(document: Document) -> tuple[CapabilityFacts, ...]:
    """Return what is known of each kept capability, by code."""
    rows = kept_statements(uuid.UUID(document.subject.cycle_id))
    return tuple(CapabilityFacts(each.code, each.id, source="") for each in rows)


def present_lines(document: Document) -> tuple[PresentLine, ...]:
    """Return what was captured of today, by capability and partner."""
    return ()
