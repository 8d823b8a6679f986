"""What is known of the kept capabilities beside their lines, and what was captured of today."""

import uuid
from collections import defaultdict
from datetime import datetime

from sqlalchemy import select

from cycles.classification.models import Area
from cycles.core.clock import LONDON
from cycles.core.extensions import db
from cycles.current_state.models import PresentCapability
from cycles.library.models import LibrarySource, LibraryStatement
from cycles.setup.models import Partner
from cycles.statements.models import CapabilityStatement, StatementRevision, StatementStatus
from cycles.statements.queries import IN_ORDER
from cycles.statements.trail import Happening
from reports.document.facts import Document
from reports.results.records import CapabilityFacts, FormerCapability, PresentLine

OWN = "Written in this cycle"
TOLD = {
    Happening.SUBMITTED: "Submitted",
    Happening.AMENDED: "Changed by its author",
    Happening.WITHDRAWN: "Taken back by its author",
    Happening.KEPT: "Kept",
    Happening.REWORDED: "Reworded",
    Happening.CLASSIFIED: "Classified",
    Happening.REJECTED: "Rejected",
    Happening.MERGED: "Merged",
    Happening.TOOK_IN: "Took another statement in",
    Happening.RESTORED: "Restored",
    Happening.ADOPTED: "Took a wording of the library",
    Happening.GIVEN_BACK: "Went back to the wording before",
}


def capability_facts(document: Document) -> tuple[CapabilityFacts, ...]:
    """Return what is known of each kept capability, by code."""
    cycle_id = uuid.UUID(document.subject.cycle_id)
    trails = _trails(cycle_id)
    rows = db.session.execute(
        select(
            CapabilityStatement.id,
            CapabilityStatement.code,
            LibrarySource.name,
            LibrarySource.version,
            LibraryStatement.reference,
        )
        .outerjoin(
            LibraryStatement, LibraryStatement.id == CapabilityStatement.library_statement_id
        )
        .outerjoin(LibrarySource, LibrarySource.id == LibraryStatement.source_id)
        .where(
            CapabilityStatement.cycle_id == cycle_id,
            CapabilityStatement.status == StatementStatus.KEPT,
        )
        .order_by(*IN_ORDER)
    )
    return tuple(
        CapabilityFacts(code, statement_id, _source(*library), tuple(trails[statement_id]))
        for statement_id, code, *library in rows
    )


def _source(name: str | None, version: str | None, reference: str | None) -> str:
    if name is None:
        return OWN
    return "From the library: " + ", ".join(part for part in (name, version, reference) if part)


def _trails(cycle_id: uuid.UUID) -> dict[uuid.UUID, list[str]]:
    """Return what became of each kept statement, oldest first, a sentence each."""
    rows = db.session.execute(
        select(
            StatementRevision.statement_id,
            StatementRevision.kind,
            StatementRevision.text,
            StatementRevision.reason,
            StatementRevision.changed_at,
        )
        .join(CapabilityStatement, CapabilityStatement.id == StatementRevision.statement_id)
        .where(
            CapabilityStatement.cycle_id == cycle_id,
            CapabilityStatement.status == StatementStatus.KEPT,
        )
        .order_by(StatementRevision.statement_id, StatementRevision.number)
    )
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    wordings: dict[uuid.UUID, str] = {}
    for statement_id, kind, text, reason, moment in rows:
        before = wordings.get(statement_id, text)
        found[statement_id].append(
            _sentence(kind, reason, moment, before if before != text else "")
        )
        wordings[statement_id] = text
    return found


def _sentence(kind: str, reason: str, moment: datetime, before: str) -> str:
    """Return one line of a trail; ``before`` is the wording that it took the place of."""
    day = moment.astimezone(LONDON)
    told = f"{day.day} {day:%B %Y}: {TOLD[Happening(kind)].lower()}"
    why = f" ({reason})" if reason else ""
    was = f". Before: “{before}”" if before else ""
    return f"{told}{why}{was}"


def former_capabilities(cycle_id: uuid.UUID) -> tuple[FormerCapability, ...]:
    """Return the classified statements that are kept no longer, by code."""
    rows = db.session.execute(
        select(CapabilityStatement.id, Area.function, Area.domain, Area.name)
        .join(Area, Area.id == CapabilityStatement.area_id)
        .where(
            CapabilityStatement.cycle_id == cycle_id,
            CapabilityStatement.status != StatementStatus.KEPT,
        )
        .order_by(*IN_ORDER)
    )
    return tuple(FormerCapability(*row) for row in rows)


def present_lines(document: Document) -> tuple[PresentLine, ...]:
    """Return what was captured of today, by capability and partner.

    Only of what a partner was asked about: its own capabilities, and those of no partner.
    """
    asked = {each.code: each.partners for each in document.capabilities.lines}
    rows = db.session.execute(
        select(CapabilityStatement.code, Partner.name, PresentCapability.strength)
        .join(CapabilityStatement, CapabilityStatement.id == PresentCapability.statement_id)
        .join(Partner, Partner.id == PresentCapability.partner_id)
        .where(PresentCapability.cycle_id == uuid.UUID(document.subject.cycle_id))
        .order_by(*IN_ORDER, Partner.position, Partner.id)
    )
    return tuple(
        PresentLine(code, partner, strength.value)
        for code, partner, strength in rows
        if code in asked and (not asked[code] or partner in asked[code])
    )
