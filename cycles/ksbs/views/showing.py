"""The KSBs of one capability, to read and to decide on."""

import uuid

from flask import Response, url_for

from cycles.core.access import Door, current_place, load, opens_to
from cycles.core.pages import page
from cycles.ksbs.checks import why_closed
from cycles.ksbs.models import KsbStatus
from cycles.ksbs.pages import CapabilityPage, Slip, ksb_line
from cycles.ksbs.queries import capability_counts, ksbs_of
from cycles.ksbs.views import ksbs
from cycles.people.queries import participants_of
from cycles.profiles.queries import live_profiles
from cycles.setup.queries import get_cycle
from cycles.statements.models import CapabilityStatement


@ksbs.get("/<uuid:statement_id>")
@opens_to(Door.MEMBER)
def show(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> Response:
    """Show the KSBs of a capability."""
    statement = load(CapabilityStatement, cycle_id, statement_id)
    return page("ksbs/show.html", page=capability_page(statement))


def capability_page(
    statement: CapabilityStatement, *, said: str = "", slip: Slip | None = None
) -> CapabilityPage:
    """Return the page of a capability as it stands, with what was just said or refused."""
    names = {one.id: one.account.name for one in participants_of(statement.cycle_id)}
    rows = ksbs_of(statement.cycle_id, statement.id)
    lines = [ksb_line(one, names) for one in rows]
    numbers = [sum(one.status == status for one in rows) for status in KsbStatus]
    previous_href, next_href = _neighbours(statement)
    why = why_closed(get_cycle(statement.cycle_id))
    area = statement.area
    return CapabilityPage(
        cycle_id=statement.cycle_id,
        statement_id=statement.id,
        code=statement.code,
        text=statement.text,
        place=f"{area.function} › {area.domain} › {area.name}" if area else "No area",
        profiles=_profiles(statement),
        waiting=tuple(one for one in lines if one.is_waiting),
        decided=tuple(one for one in lines if not one.is_waiting),
        counts=(numbers[0], numbers[1], numbers[2]),
        may_review=current_place().group in ("educator", "convener") and why is None,
        closed_because=why,
        previous_href=previous_href,
        next_href=next_href,
        slip=slip,
        said=said,
    )


def _profiles(statement: CapabilityStatement) -> tuple[str, ...]:
    return tuple(
        f"{profile.code} {profile.name}"
        for profile in live_profiles(statement.cycle_id)
        if any(one.statement_id == statement.id and not one.is_removed for one in profile.members)
    )


def _neighbours(statement: CapabilityStatement) -> tuple[str | None, str | None]:
    """Return the addresses of the capability before this one and of the next that waits."""
    counts = capability_counts(statement.cycle_id)
    places = [one.statement.id for one in counts]
    if statement.id not in places:
        return None, None
    here = places.index(statement.id)
    following = [one for one in (*counts[here + 1 :], *counts[:here]) if one.suggested]
    ids = (places[here - 1] if here else None, following[0].statement.id if following else None)
    return tuple(  # type: ignore[return-value]  # two in, two out
        url_for("ksbs.show", cycle_id=statement.cycle_id, statement_id=one) if one else None
        for one in ids
    )
