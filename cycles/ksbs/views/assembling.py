"""The page of one capability's KSBs, put together: what stands, what was said, where to go next."""

import uuid
from typing import Any

from flask import request, url_for
from sqlalchemy import select

from consensus.scale import PROFICIENCY_WORDS
from cycles.core.access import current_place
from cycles.core.extensions import db
from cycles.ksbs.checks import why_closed
from cycles.ksbs.commands import last_of
from cycles.ksbs.desk import Desk, desk_of
from cycles.ksbs.queries import capability_counts, ksbs_of
from cycles.ksbs.queue import next_stop, previous_stop, read_filters
from cycles.ksbs.review_pages import (
    About,
    KsbLine,
    Latest,
    Need,
    ReviewPage,
    Sitting,
    Slip,
    Ways,
    announced,
    ksb_line,
    standing_counts,
)
from cycles.ksbs.standing import earlier_wordings, reviews_of
from cycles.people.queries import participants_of
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.profiles.queries import IN_CODE_ORDER
from cycles.setup.queries import get_cycle
from cycles.statements.models import CapabilityStatement

SITTING = "sitting"
"""In the addresses of forms: whoever sends them is in the queue, and goes on in it."""
LONGEST_LATEST = 60


def may_review() -> bool:
    """Say whether the reader reviews KSBs, where they can be reviewed at all."""
    return current_place().group in ("educator", "convener")


def current_desk(cycle_id: uuid.UUID) -> Desk | None:
    """Return the reader's queue where this request belongs to a sitting, else None."""
    if SITTING not in request.args:
        return None
    return desk_of(cycle_id, current_place().participant_id, read_filters(request.args))


def sit_href(desk: Desk, statement_id: uuid.UUID, **values: Any) -> str:
    """Return the address of a capability in the queue, under the same filters."""
    query = {**desk.filters.query(), **values}
    return url_for("ksbs.sit", cycle_id=desk.cycle_id, statement_id=statement_id, **query)


def review_page(
    statement: CapabilityStatement,
    desk: Desk | None = None,
    *,
    focus: uuid.UUID | None = None,
    said: str = "",
    slip: Slip | None = None,
) -> ReviewPage:
    """Return the page of a capability as it stands, with what was just said or refused."""
    lines, place = _lines(statement), current_place()
    why = why_closed(get_cycle(statement.cycle_id))
    is_reviewer = may_review() and why is None
    sitting = _sitting(desk, statement.id) if desk else None
    focus = focus or (_first(desk, statement.id, lines) if desk else None)
    return ReviewPage(
        cycle_id=statement.cycle_id,
        about=_about(statement),
        lines=lines,
        counts=standing_counts(lines),
        may_review=is_reviewer,
        may_settle=place.is_convener and why is None,
        closed_because=why,
        ways=sitting.ways if sitting else _neighbours(statement),
        sitting=sitting,
        latest=latest_of(statement.cycle_id, desk) if is_reviewer else None,
        query=query_of(desk),
        focus=focus,
        announcement=announced(said, sitting.progress if sitting else "", lines, focus),
        slip=slip,
    )


def _about(statement: CapabilityStatement) -> About:
    area = statement.area
    return About(
        statement_id=statement.id,
        code=statement.code,
        text=statement.text,
        place=f"{area.function} › {area.domain} › {area.name}" if area else "No area",
        needs=_needs(statement),
    )


def query_of(desk: Desk | None) -> dict[str, Any]:
    """Return what the addresses of forms carry on, so that a sitting goes on after them."""
    return {SITTING: "1", **desk.filters.query()} if desk else {}


def latest_of(cycle_id: uuid.UUID, desk: Desk | None) -> Latest | None:
    """Return the reader's latest decision in words, or None where there is none."""
    found = last_of(cycle_id, current_place().participant_id)
    if not found:
        return None
    text = found[0].text
    words = text if len(text) <= LONGEST_LATEST else f"{text[:LONGEST_LATEST]}…"
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    href = url_for("ksbs.undo", cycle_id=cycle_id, **query_of(desk))
    return Latest(f"“{words}”{more}", href)


def _lines(statement: CapabilityStatement) -> tuple[KsbLine, ...]:
    rows = ksbs_of(statement.cycle_id, statement.id)
    said = reviews_of([one.id for one in rows])
    earlier = earlier_wordings(statement.id)
    place = current_place()
    names = None
    if place.is_convener:
        names = {one.id: one.account.name for one in participants_of(statement.cycle_id)}
    return tuple(
        ksb_line(
            one,
            said[one.id],
            reader=place.participant_id,
            names=names,
            earlier=earlier.get(one.id, ()),
        )
        for one in rows
    )


def _first(desk: Desk, statement_id: uuid.UUID, lines: tuple[KsbLine, ...]) -> uuid.UUID | None:
    open_ids = desk.stop_of(statement_id).open_ids
    return next(iter(open_ids), lines[0].id if lines else None)


def _sitting(desk: Desk, statement_id: uuid.UUID) -> Sitting:
    left = sum(bool(one.open_ids) for one in desk.stops)
    before = previous_stop(desk.stops, statement_id)
    following = next_stop(desk.stops, statement_id)
    done = desk.progress
    return Sitting(
        progress=f"{done.done:,} of {done.total:,} reviewed",
        done=done.done,
        total=done.total,
        place=f"{left:,} {'capability' if left == 1 else 'capabilities'} to go",
        ways=Ways(
            sit_href(desk, before.statement_id) if before else None,
            sit_href(desk, following.statement_id) if following else None,
        ),
    )


def _needs(statement: CapabilityStatement) -> tuple[Need, ...]:
    rows = db.session.execute(
        select(Profile.id, Profile.code, Profile.name, ProfileCapability.level)
        .join(ProfileCapability, ProfileCapability.profile_id == Profile.id)
        .where(
            ProfileCapability.cycle_id == statement.cycle_id,
            ProfileCapability.statement_id == statement.id,
            ProfileCapability.is_removed.is_(False),
            Profile.status != ProfileStatus.WITHDRAWN,
        )
        .order_by(*IN_CODE_ORDER)
    )
    return tuple(
        Need(
            f"{code} {name}: {PROFICIENCY_WORDS[level]}",
            url_for("profiles.show", cycle_id=statement.cycle_id, profile_id=profile_id),
        )
        for profile_id, code, name, level in rows
    )


def _neighbours(statement: CapabilityStatement) -> Ways:
    """Return the addresses of the capability before this one and of the next that waits."""
    counts = capability_counts(statement.cycle_id)
    places = [one.statement.id for one in counts]
    if statement.id not in places:
        return Ways(None, None)
    here = places.index(statement.id)
    following = [one for one in (*counts[here + 1 :], *counts[:here]) if one.suggested]
    before = places[here - 1] if here else None
    after = following[0].statement.id if following else None
    return Ways(_show_href(statement, before), _show_href(statement, after))


def _show_href(statement: CapabilityStatement, other: uuid.UUID | None) -> str | None:
    if other is None:
        return None
    return url_for("ksbs.show", cycle_id=statement.cycle_id, statement_id=other)
