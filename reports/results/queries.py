"""Results of a cycle as it stands now, or as a snapshot froze them. Kept in memory by their key.

What stands now is told apart by the audit log: whatever changes a cycle writes an event there, so
results gathered after the same last event are the same. Verdicts on matches are read anew alone,
for a reviewer waits for the numbers that follow from theirs.
"""

import uuid
from dataclasses import replace

from sqlalchemy import or_, select
from sqlalchemy.orm import undefer

from cycles.core import clock
from cycles.core.audit import AuditEvent
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from reports.document.assembling.judged import judged_anew
from reports.document.facts import Document
from reports.document.models import Snapshot
from reports.document.packing import digest_of, restore
from reports.document.queries import raw_document
from reports.results import provision
from reports.results.gathering import results_of, reviews_of
from reports.results.keeping import Kept
from reports.results.models import SnapshotDetail
from reports.results.packing import unpack
from reports.results.records import Detail
from reports.results.results import Results

MOST_KEPT = 6
REVIEWS = "match."
BESIDE = (
    *("snapshot.", "report.", "narrative.", "cards.", "letters.", "reminders.", "session."),
    *("sign_in_link.", "room.", "room_code.", "breakouts.", "step.", "job."),
)
"""Events that leave everything that results tell as it was: what is made of them, and how people
are called together."""
DAMAGED = "The snapshot is not what was frozen: its digest differs. Take another one."
_kept: Kept[str, Results] = Kept(MOST_KEPT)


def working_results(cycle_id: uuid.UUID) -> Results:
    """Return the results of a cycle as it stands now."""
    base_stamp, review_stamp = _stamps(cycle_id)
    base_key = f"{cycle_id}/{base_stamp}"
    base = _kept.get(base_key, lambda: _gather(cycle_id, base_key))
    key = f"{base_key}/{review_stamp}"
    return _kept.get(key, lambda: _with_reviews(base, key))


def snapshot_results(snapshot: Snapshot) -> Results:
    """Return the results that a snapshot froze. Raises ``Invalid`` where it was damaged since."""
    return _kept.get(f"{snapshot.id}", lambda: _unpack(snapshot))


def forget() -> None:
    """Forget what is kept in memory; it is read again when it is asked for."""
    _kept.forget()
    provision.forget()


def _stamps(cycle_id: uuid.UUID) -> tuple[str, str]:
    """Return the hashes of the cycle's last event that changed results and is no review of a match,
    and of the last review. A hash stands for all before it, where an id might be given again."""
    is_review = AuditEvent.action.startswith(REVIEWS, autoescape=True)
    is_beside = or_(*(AuditEvent.action.startswith(each, autoescape=True) for each in BESIDE))
    last = (
        select(AuditEvent.hash)
        .where(AuditEvent.cycle_id == cycle_id)
        .order_by(AuditEvent.id.desc())
        .limit(1)
    )
    base, review = db.session.execute(
        select(
            last.where(~is_review, ~is_beside).scalar_subquery(),
            last.where(is_review).scalar_subquery(),
        )
    ).one()
    return base or "", review or ""


def _gather(cycle_id: uuid.UUID, key: str) -> Results:
    document, detail = results_of(cycle_id, number=0, moment=clock.now())
    return Results(cycle_id=cycle_id, document=document, detail=detail, key=key)


def _with_reviews(base: Results, key: str) -> Results:
    """Return the results with what reviewers say now, and with what follows from it."""
    reviews = reviews_of(base.cycle_id)
    anew = replace(base, detail=replace(base.detail, reviews=reviews), key=key)
    held = None if reviews == base.detail.reviews else provision.compared_in(anew)
    return replace(anew, document=judged_anew(anew.document, held)) if held else anew


def _unpack(snapshot: Snapshot) -> Results:
    document = raw_document(snapshot.id)
    if digest_of(document) != snapshot.digest:
        raise Invalid(DAMAGED)
    row = db.session.get(SnapshotDetail, snapshot.id, options=[undefer(SnapshotDetail.packed)])
    return Results(
        cycle_id=snapshot.cycle_id,
        document=restore(Document, document),
        detail=unpack(row.packed, row.digest) if row else Detail(run_id=None),
        key=f"{snapshot.id}",
        digest=snapshot.digest,
        snapshot_id=snapshot.id,
    )
