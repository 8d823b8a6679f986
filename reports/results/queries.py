"""Results of a cycle as it stands now, or as a snapshot froze them. Kept in memory by their key.

What stands now is told apart by the audit log: whatever changes a cycle writes an event there, so
results gathered after the same last event are the same. Verdicts on matches are read anew alone,
for a reviewer waits for the numbers that follow from theirs.
"""

import uuid
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import case, func, select
from sqlalchemy.orm import undefer

from cycles.core import clock
from cycles.core.audit import AuditEvent
from cycles.core.extensions import db
from reports.document.assembling import assemble
from reports.document.models import Snapshot
from reports.document.queries import document_of
from reports.results.gathering import detail_of, reviews_of
from reports.results.models import SnapshotDetail
from reports.results.packing import unpack
from reports.results.records import Detail
from reports.results.results import Results

MOST_KEPT = 6
REVIEWS = "match.%"
_kept: OrderedDict[str, Results] = OrderedDict()


def working_results(cycle_id: uuid.UUID) -> Results:
    """Return the results of a cycle as it stands now."""
    base_stamp, review_stamp = _stamps(cycle_id)
    base = _keep(f"{cycle_id}/{base_stamp}", lambda key: _gather(cycle_id, key))
    return _keep(f"{base.key}/{review_stamp}", lambda key: _with_reviews(base, key))


def snapshot_results(snapshot: Snapshot) -> Results:
    """Return the results that a snapshot froze."""
    return _keep(f"{snapshot.id}", lambda key: _unpack(snapshot, key))


def forget() -> None:
    """Forget what is kept in memory; it is read again when it is asked for."""
    _kept.clear()


def _keep(key: str, make: Callable[[str], Results]) -> Results:
    if key not in _kept:
        _kept[key] = make(key)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key]


def _stamps(cycle_id: uuid.UUID) -> tuple[int, int]:
    """Return the last event of the cycle that is no review of a match, and the last that is one."""
    is_review = AuditEvent.action.like(REVIEWS)
    found = db.session.execute(
        select(
            func.max(case((~is_review, AuditEvent.id))), func.max(case((is_review, AuditEvent.id)))
        ).where(AuditEvent.cycle_id == cycle_id)
    ).one()
    return found[0] or 0, found[1] or 0


def _gather(cycle_id: uuid.UUID, key: str) -> Results:
    document = assemble(cycle_id=cycle_id, number=0, moment=clock.now())
    return Results(cycle_id=cycle_id, document=document, detail=detail_of(document), key=key)


def _with_reviews(base: Results, key: str) -> Results:
    reviews = reviews_of(base.cycle_id)
    return replace(base, detail=replace(base.detail, reviews=reviews), key=key)


def _unpack(snapshot: Snapshot, key: str) -> Results:
    row = db.session.get(SnapshotDetail, snapshot.id, options=[undefer(SnapshotDetail.packed)])
    return Results(
        cycle_id=snapshot.cycle_id,
        document=document_of(snapshot.id),
        detail=unpack(row.packed) if row else Detail(run_id=None),
        key=key,
        digest=snapshot.digest,
        snapshot_id=snapshot.id,
    )
