"""The overview: how far the current state is captured, and who may do what next."""

import uuid

from flask import Response, url_for

from cycles.core.access import Door, Place, current_place, lets_in, opens_to
from cycles.core.pages import page
from cycles.current_state import rules
from cycles.current_state.pages import (
    NO_AREA,
    FunctionLine,
    OverviewPage,
    PartnerLine,
    StandardsInUse,
    bar_of,
)
from cycles.current_state.queries import Captured, FunctionTally, captured
from cycles.current_state.views import current_state
from cycles.setup.provision import standards_in_use_of
from cycles.setup.queries import get_cycle

Steps = tuple[tuple[str, str], ...]


@current_state.get("/")
@opens_to(Door.MEMBER)
def index(cycle_id: uuid.UUID) -> Response:
    """Show how far the current state is captured."""
    return page("current_state/index.html", page=_page(cycle_id, current_place()))


def _page(cycle_id: uuid.UUID, place: Place) -> OverviewPage:
    found = captured(cycle_id)
    why = rules.closed_because(get_cycle(cycle_id))
    may_read = lets_in(Door.RECORDER, place)
    may_record = may_read and not why
    return OverviewPage(
        cycle_id=cycle_id,
        lacks=_lacks(found),
        ways=_ways(cycle_id, found, place),
        cells=bar_of(found.cells),
        capabilities=bar_of(found.capabilities),
        partners=_partner_lines(cycle_id, found, place, may_read=may_read),
        functions=tuple(
            _function_line(cycle_id, found, each, may_read=may_read) for each in found.functions
        ),
        standards=_standards(cycle_id, place),
        next_steps=_next_steps(cycle_id, found, place) if may_record else (),
        may_record=may_record,
        closed_because=why,
    )


def _lacks(found: Captured) -> str:
    if not found.partners:
        return "There are no supply-chain partners yet. The current state is captured for each."
    if not found.cells.total:
        return (
            "There are no capabilities yet. Seed the cycle first: from the library, from an "
            "earlier cycle, or from a table."
        )
    return ""


def _ways(cycle_id: uuid.UUID, found: Captured, place: Place) -> Steps:
    if not place.is_convener:
        return ()
    if not found.partners:
        return (("Add partners", url_for("cycle.partners", cycle_id=cycle_id)),)
    return (
        ("Seed from the library", url_for("statements.seed", cycle_id=cycle_id)),
        ("Seed from an earlier cycle", url_for("profiles.seed", cycle_id=cycle_id)),
        ("Upload a table", url_for("statements.upload", cycle_id=cycle_id)),
    )


def _partner_lines(
    cycle_id: uuid.UUID, found: Captured, place: Place, *, may_read: bool
) -> tuple[PartnerLine, ...]:
    return tuple(
        PartnerLine(
            name=partner.name,
            bar=bar_of(total),
            href=_sheet(cycle_id, partner.id) if may_read and total.total else "",
            is_own=partner.id == place.partner_id,
        )
        for partner, total in zip(found.partners, found.partner_totals, strict=True)
    )


def _function_line(
    cycle_id: uuid.UUID, found: Captured, line: FunctionTally, *, may_read: bool
) -> FunctionLine:
    return FunctionLine(
        function=line.function or NO_AREA,
        cells=tuple(
            (
                bar_of(count),
                _sheet(cycle_id, partner.id, line.function) if may_read and count.total else "",
            )
            for partner, count in zip(found.partners, line.counts, strict=True)
        ),
        capabilities=bar_of(line.capabilities),
    )


def _sheet(cycle_id: uuid.UUID, partner_id: uuid.UUID, function: str | None = None) -> str:
    return url_for(
        "current_state.sheet", cycle_id=cycle_id, partner_id=partner_id, function=function
    )


def _standards(cycle_id: uuid.UUID, place: Place) -> StandardsInUse:
    href = url_for("cycle.standards_in_use", cycle_id=cycle_id) if place.is_convener else ""
    titles = tuple(f"{each.title} ({each.reference})" for each in standards_in_use_of(cycle_id))
    return StandardsInUse(titles, href)


def _next_steps(cycle_id: uuid.UUID, found: Captured, place: Place) -> Steps:
    """Return what this person does next: their own partner first, then whoever has most left."""
    left = sorted(
        (
            (partner.id != place.partner_id, -total.missing, partner)
            for partner, total in zip(found.partners, found.partner_totals, strict=True)
            if total.missing
        ),
        key=lambda each: (each[0], each[1], each[2].position, each[2].name),
    )
    return tuple(
        (
            f"Record {partner.name}: {-missing:,} not captured"
            + ("" if is_other else " (your own partner)"),
            _sheet(cycle_id, partner.id),
        )
        for is_other, missing, partner in left[:1]
    )
