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


def versions_of(
    cycle_id: uuid.UUID, section: str, *, before: int | None = None, most: int | None = None
) -> list[tuple[NarrativeVersion, str]]:
    """Return the wordings of a section with the name of who saved each, newest first.

    ``before`` leaves out those from that number on, ``most`` those after so many.
    """
    wanted = (
        select(NarrativeVersion, Account.name)
        .outerjoin(Account, Account.id == NarrativeVersion.edited_by_id)
        .where(NarrativeVersion.cycle_id == cycle_id, NarrativeVersion.section == section)
        .order_by(NarrativeVersion.number.desc())
        .limit(most)
    )
    if before is not None:
        wanted = wanted.where(NarrativeVersion.number < before)
    return [(version, name or "") for version, name in db.session.execute(wanted)]


def sections_of(cycle_id: uuid.UUID, document: Document) -> tuple[Section, ...]:
    """Return the prose of every section, in the order of the report."""
    written = narratives_of(cycle_id)
    return tuple(_section(each.key, written.get(each.key), document) for each in SECTIONS)


def _section(key: str, row: Narrative | None, document: Document) -> Section:
    if row is None:
        return Section(key, draft(key, document), is_drafted=True)
    is_overtaken = row.is_accepted and row.markdown != draft(key, document).strip()
    return Section(
        key,
        row.markdown,
        is_drafted=False,
        is_accepted=row.is_accepted,
        is_overtaken=is_overtaken,
    )
