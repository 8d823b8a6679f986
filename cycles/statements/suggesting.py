"""Suggesting areas: the job that looks at the nearest classified statements, and what it found.

Never silent: a suggestion stands beside a statement until a person decides, in ``placing``.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import joinedload

from consensus.neighbours import Neighbours, places_by_support
from cycles.classification.activities import place_library
from cycles.classification.references import References, references
from cycles.core import clock
from cycles.core.audit import SYSTEM, Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun, ask_for, handles, under_way
from cycles.core.jobs.models import Job
from cycles.semantics.nearest import Method
from cycles.semantics.vectors import text_hash
from cycles.statements import rules
from cycles.statements.models import AreaSuggestion, CapabilityStatement
from cycles.statements.prepared import compare
from cycles.statements.queries import live_statements

KIND = "statements.suggest_areas"
ASKED = EventType("statements.areas_asked")
NEIGHBOURS = 15
MOST = 3
FLOORS = {Method.MEANING: 0.0, Method.WORDS: 0.0}
AT_ONCE = 500

Suggested = dict[uuid.UUID, tuple[AreaSuggestion, ...]]


def ask_to_suggest(*, cycle_id: uuid.UUID, actor: Actor, moment: datetime) -> Job:
    """Queue the suggestions for a cycle, or return the job that is under way already."""
    rules.check_open(cycle_id)
    found = under_way(kind=KIND, cycle_id=cycle_id)
    if found is not None:
        return found
    job = ask_for(kind=KIND, actor=actor, moment=moment, cycle_id=cycle_id)
    ASKED.record(actor=actor, moment=moment, cycle_id=cycle_id, subject_id=job.id)
    return job


@handles(KIND)
def suggest(run: JobRun) -> dict[str, Any]:
    """Suggest areas for the cycle's live statements without one, anew for all of them."""
    if run.cycle_id is None:
        raise Invalid("Suggestions need their cycle.")
    wanted = [(each.id, each.text) for each in without_area(live_statements(run.cycle_id))]
    # What was imported since somebody last asked: neighbours without an area say nothing.
    place_library(actor=SYSTEM, moment=clock.now())
    held = references()
    db.session.commit()
    if not held.area_ids:
        raise Invalid("There is no classification yet, so there is no area to suggest.")
    texts = [text for _, text in wanted]
    compared = compare(run, texts, held.texts, most=NEIGHBOURS, floors=FLOORS, is_adapted=True)
    how = {"method": compared.method.value, "made_at": clock.now()}
    rows = [
        {"statement_id": key, "text_hash": text_hash(text), **row, **how}
        for number, (key, text) in enumerate(wanted)
        for row in _places(number, compared.found, held)
    ]
    _replace(rows, [key for key, _ in wanted])
    return {
        "statements": len(wanted),
        "suggested": len({row["statement_id"] for row in rows}),
        "method": compared.method.value,
        "library": held.from_library,
    }


def without_area(statements: Iterable[CapabilityStatement]) -> list[CapabilityStatement]:
    """Return the statements that have no area."""
    return [each for each in statements if each.area_id is None]


def suggestions_for(
    statements: Sequence[CapabilityStatement],
) -> Suggested:
    """Return the suggestions that still hold, by statement and best first.

    What was suggested for another wording holds no more.
    """
    hashes = {each.id: text_hash(each.text) for each in statements}
    found: dict[uuid.UUID, list[AreaSuggestion]] = defaultdict(list)
    ids = list(hashes)
    for start in range(0, len(ids), AT_ONCE):
        rows = db.session.scalars(
            select(AreaSuggestion)
            .where(AreaSuggestion.statement_id.in_(ids[start : start + AT_ONCE]))
            .options(joinedload(AreaSuggestion.area))
            .order_by(AreaSuggestion.statement_id, AreaSuggestion.position)
        )
        for row in rows:
            if row.text_hash == hashes[row.statement_id]:
                found[row.statement_id].append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def _places(number: int, found: Neighbours, held: References) -> list[dict[str, Any]]:
    start, end = np.searchsorted(found.row, (number, number + 1))
    near = found.other[start:end]
    places = np.asarray(held.places, dtype=np.int64)[near]
    return [
        {
            "position": position,
            "area_id": held.area_ids[place.place],
            "support": place.support,
            "neighbours": len(near),
            "mean_score": place.mean_score,
        }
        for position, place in enumerate(places_by_support(places, found.score[start:end], MOST), 1)
    ]


def _replace(rows: Sequence[dict[str, Any]], statements: Sequence[uuid.UUID]) -> None:
    for start in range(0, len(statements), AT_ONCE):
        some = statements[start : start + AT_ONCE]
        db.session.execute(delete(AreaSuggestion).where(AreaSuggestion.statement_id.in_(some)))
    # A statement may have gone with its cycle while the job ran.
    ids = select(CapabilityStatement.id).where(CapabilityStatement.id.in_(list(statements)))
    there = set(db.session.scalars(ids)) if statements else set()
    kept = [row for row in rows if row["statement_id"] in there]
    if kept:
        db.session.execute(insert(AreaSuggestion), kept)
