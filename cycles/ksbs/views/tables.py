"""KSBs as tables to download: every one with where it stands and who uses it, by profile."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from flask import Response
from sqlalchemy import func, select

from cycles.core.access import Door, opens_to
from cycles.core.downloads import Cell, csv_answer, xlsx_answer
from cycles.core.extensions import db
from cycles.ksbs.agreement import is_differing
from cycles.ksbs.models import CapabilityKsb, KsbAnswer, KsbReview, KsbStatus
from cycles.ksbs.pages import STATUS_WORDS
from cycles.ksbs.queries import ksbs_of
from cycles.ksbs.review_pages import DIFFER
from cycles.ksbs.views import ksbs
from cycles.profiles.queries import live_members, live_profiles
from cycles.statements.models import CapabilityStatement
from cycles.statements.queries import kept_statements

ANSWERS = {"csv": csv_answer, "xlsx": xlsx_answer}
COLUMNS = (
    "Capability",
    "Statement",
    "Function",
    "Kind",
    "KSB",
    "Status",
    "Reason of a decision",
    "Accept",
    "Reject",
    "Unsure",
    "Suggested wording",
    "Source",
    "Similarity",
    "Near duplicates folded into it",
    "Profiles that use it",
)
Counts = Mapping[tuple[uuid.UUID, KsbAnswer], int]


@ksbs.get("/download.<any(csv,xlsx):kind>")
@opens_to(Door.MEMBER)
def download(cycle_id: uuid.UUID, kind: str) -> Response:
    """Send every KSB of the cycle with where it stands. Reviews are counts, without names."""
    reviews, used = _reviews(cycle_id), _profiles_by_statement(cycle_id)
    # With their areas; else each would be asked for on its own.
    statements = {one.id: one for one in kept_statements(cycle_id)}
    rows = [
        (*_capability(statements[one.statement_id]), *_row(one, reviews, used[one.statement_id]))
        for one in ksbs_of(cycle_id)
    ]
    return ANSWERS[kind](f"ksbs.{kind}", COLUMNS, rows)


def _capability(statement: CapabilityStatement) -> tuple[Cell, ...]:
    area = statement.area
    return statement.code, statement.text, area.function if area else None


def _row(one: CapabilityKsb, reviews: Counts, codes: Iterable[str]) -> tuple[Cell, ...]:
    counts = [reviews[one.id, answer] for answer in KsbAnswer]
    return (
        one.kind.value,
        one.text,
        _status(one, sum(counts)),
        one.decision_reason,
        *counts,
        one.suggested_text,
        one.source,
        one.score,
        "; ".join(_folded(each) for each in one.folded),
        # Only accepted ones reach profiles.
        ", ".join(codes) if one.status == KsbStatus.ACCEPTED else "",
    )


def _status(one: CapabilityKsb, reviewers: int) -> str:
    if is_differing(one.status, reviewers):
        return DIFFER
    words = STATUS_WORDS[one.status]
    return f"{words}, decided" if one.decision_reason else words


def _folded(found: Mapping[str, object]) -> str:
    return f"{found.get('text', '')} ({found.get('source') or 'source not recorded'})"


def _reviews(cycle_id: uuid.UUID) -> Counts:
    rows = db.session.execute(
        select(KsbReview.ksb_id, KsbReview.answer, func.count())
        .where(KsbReview.cycle_id == cycle_id)
        .group_by(KsbReview.ksb_id, KsbReview.answer)
    )
    return Counter({(ksb_id, answer): count for ksb_id, answer, count in rows})


def _profiles_by_statement(cycle_id: uuid.UUID) -> Mapping[uuid.UUID, list[str]]:
    """Return the codes of the profiles that hold each capability, in their order."""
    codes = {one.id: one.code for one in live_profiles(cycle_id)}
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    for member in live_members(cycle_id):
        found[member.statement_id].append(codes[member.profile_id])
    return found
