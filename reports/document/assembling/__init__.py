"""Gathers a document from what the packages below tell. Every count is made once, here."""

import uuid
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from cycles.core.extensions import db
from cycles.home.glossary import TERMS
from reports.actions.models import Horizon, Recommendation
from reports.actions.queries import subjects_of
from reports.document.assembling.agreement import agreement_facts
from reports.document.assembling.capabilities import capability_facts
from reports.document.assembling.checklist import checklist_of
from reports.document.assembling.compared import compared
from reports.document.assembling.ksbs import ksb_facts
from reports.document.assembling.profiles import occupation_facts
from reports.document.assembling.provision import provision_facts
from reports.document.assembling.rows import Rows, read_rows
from reports.document.assembling.sources import REFERENCES, source_facts
from reports.document.assembling.subject import people_facts, subject_facts
from reports.document.facts import FORMAT, ActionLine, Document, FurtherSubject, Term


def assemble(*, cycle_id: uuid.UUID, number: int, moment: datetime) -> Document:
    """Return what a report of the cycle would say at this moment, its prose aside."""
    return assemble_from(read_rows(cycle_id), number=number, moment=moment)


def assemble_from(rows: Rows, *, number: int, moment: datetime) -> Document:
    """Return what a report would say of what was read."""
    cycle_id = rows.cycle.id
    held = compared(rows)
    found = held.findings if held else None
    ksbs = ksb_facts(rows)
    document = Document(
        format=FORMAT,
        number=number,
        taken_at=moment,
        subject=subject_facts(rows),
        people=people_facts(cycle_id),
        capabilities=capability_facts(rows),
        agreement=agreement_facts(rows),
        occupations=occupation_facts(rows, found, ksbs),
        ksbs=ksbs,
        provision=provision_facts(held),
        actions=_actions(cycle_id),
        sources=source_facts(rows, found),
        terms=tuple(Term(each.word, each.meaning) for each in TERMS),
        references=REFERENCES,
        further=_further(cycle_id),
    )
    return replace(document, checklist=checklist_of(document))


def _actions(cycle_id: uuid.UUID) -> tuple[ActionLine, ...]:
    return tuple(
        ActionLine(row.horizon.value, row.topic, row.actions, row.who, row.when, row.result)
        for row in printed_recommendations(cycle_id)
    )


def _further(cycle_id: uuid.UUID) -> tuple[FurtherSubject, ...]:
    return tuple(
        FurtherSubject(row.title, row.why, row.started_cycle_id is not None)
        for row in subjects_of(cycle_id)
    )


def printed_recommendations(cycle_id: uuid.UUID) -> list[Recommendation]:
    """Return the recommendations in the order in which a report prints them."""
    horizons = tuple(Horizon)
    rows = db.session.scalars(
        select(Recommendation)
        .where(Recommendation.cycle_id == cycle_id)
        .order_by(Recommendation.position, Recommendation.id)
    )
    return sorted(rows, key=lambda row: horizons.index(row.horizon))
