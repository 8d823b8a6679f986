"""Reading the prose of a cycle: a person's words where there are any, else the draft."""

import uuid

from sqlalchemy import select

from cycles.accounts.models import Account
from cycles.core.extensions import db
from reports.document.facts import Document, Section
from reports.narrative.drafting import draft
from reports.narrative.models import Narrative, NarrativeVersion
from reports.narrative.sections import SECTIONS


def narratives_of(cycle_id: uuid.UUID) -> dict[str, Narrative]:
    """Return what people have written, by section."""
    rows = db.session.scalars(
        select(Narrative).where(Narrative.cycle_id == cycle_id).order_by(Narrative.section)
    )
    return {row.section: row for row in rows}


def versions_of(cycle_id: uuid.UUID, section: str) -> list[tuple[NarrativeVersion, str]]:
    """Return every wording of a section with the name of who saved it, newest first."""
    rows = db.session.execute(
        select(NarrativeVersion, Account.name)
        .outerjoin(Account, Account.id == NarrativeVersion.edited_by_id)
        .where(NarrativeVersion.cycle_id == cycle_id, NarrativeVersion.section == section)
        .order_by(NarrativeVersion.number.desc())
    )
    return [(version, name or "") for version, name in rows]


def sections_of(cycle_id: uuid.UUID, document: Document) -> tuple[Section, ...]:
    """Return the prose of every section, in the order of the report."""
    written = narratives_of(cycle_id)
    return tuple(
        Section(each.key, written[each.key].markdown, is_drafted=False)
        if each.key in written
        else Section(each.key, draft(each.key, document), is_drafted=True)
        for each in SECTIONS
    )
