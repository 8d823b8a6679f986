"""What was said of KSBs: by whom, of which wording, and what was set aside. Nothing here writes."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import select

from cycles.core.extensions import db
from cycles.ksbs.models import CapabilityKsb, KsbAnswer, KsbReview, KsbSetAside, KsbWording

AT_ONCE = 500


@dataclass(frozen=True)
class Earlier:
    """An earlier wording: when it was replaced, and how many had said what of it."""

    ksb_id: uuid.UUID
    text: str
    replaced_at: datetime
    accepted: int
    rejected: int
    unsure: int


def reviews_of(ksb_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[KsbReview]]:
    """Return the reviews of each of these KSBs as worded now, earliest first."""
    found: dict[uuid.UUID, list[KsbReview]] = {one: [] for one in ksb_ids}
    ids = list(found)
    for start in range(0, len(ids), AT_ONCE):
        rows = db.session.scalars(
            select(KsbReview)
            .where(KsbReview.ksb_id.in_(ids[start : start + AT_ONCE]))
            .order_by(KsbReview.reviewed_at, KsbReview.id)
        )
        for one in rows:
            found[one.ksb_id].append(one)
    return found


def reviews_in(cycle_id: uuid.UUID) -> dict[uuid.UUID, list[KsbReview]]:
    """Return every review of the cycle by KSB, earliest first; a KSB without any is not there."""
    rows = db.session.scalars(
        select(KsbReview)
        .where(KsbReview.cycle_id == cycle_id)
        .order_by(KsbReview.ksb_id, KsbReview.reviewed_at, KsbReview.id)
    )
    return {ksb_id: list(own) for ksb_id, own in groupby(rows, lambda one: one.ksb_id)}


def latest_wording(ksb: CapabilityKsb) -> KsbWording | None:
    """Return how the KSB read before it was last reworded, or None where it never was."""
    return db.session.scalar(
        select(KsbWording)
        .where(KsbWording.ksb_id == ksb.id)
        .order_by(KsbWording.replaced_at.desc(), KsbWording.id.desc())
        .limit(1)
    )


def set_aside_of(wording: KsbWording) -> list[KsbSetAside]:
    """Return what had been said of an earlier wording, earliest first."""
    return list(
        db.session.scalars(
            select(KsbSetAside)
            .where(KsbSetAside.wording_id == wording.id)
            .order_by(KsbSetAside.reviewed_at, KsbSetAside.id)
        )
    )


def earlier_wordings(statement_id: uuid.UUID) -> dict[uuid.UUID, tuple[Earlier, ...]]:
    """Return the earlier wordings of a capability's KSBs, by KSB, newest first, without names."""
    rows = db.session.execute(
        select(KsbWording, KsbSetAside.answer)
        .join(CapabilityKsb, CapabilityKsb.id == KsbWording.ksb_id)
        .outerjoin(KsbSetAside, KsbSetAside.wording_id == KsbWording.id)
        .where(CapabilityKsb.statement_id == statement_id)
        .order_by(KsbWording.replaced_at.desc(), KsbWording.id, KsbSetAside.id)
    )
    answers: dict[KsbWording, list[KsbAnswer | None]] = defaultdict(list)
    for wording, answer in rows:
        answers[wording].append(answer)
    found: dict[uuid.UUID, tuple[Earlier, ...]] = {}
    for wording, said in answers.items():
        counts = [said.count(each) for each in KsbAnswer]
        line = Earlier(wording.ksb_id, wording.text, wording.replaced_at, *counts)
        found[wording.ksb_id] = (*found.get(wording.ksb_id, ()), line)
    return found
