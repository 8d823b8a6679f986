"""One partner's sheet: its capabilities by functional area, saved as a page or row by row."""

import uuid
from datetime import datetime

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, current_place, load, opens_to
from cycles.core.errors import DomainError, Invalid
from cycles.core.extensions import db, htmx
from cycles.core.pages import page, see_other
from cycles.current_state.commands import Clashed, record, take_back_marks
from cycles.current_state.forms import answers_in, moment_in
from cycles.current_state.queries import Cell, cells_of
from cycles.current_state.views import current_state
from cycles.current_state.views.sheet import area_key, function_asked, saved_row, sheet_page
from cycles.setup.models import Cycle, Partner
from cycles.setup.queries import get_cycle

SHEET = "/<uuid:partner_id>"


@current_state.get(SHEET)
@opens_to(Door.RECORDER)
def sheet(cycle_id: uuid.UUID, partner_id: uuid.UUID) -> Response:
    """Show one function of a partner's sheet."""
    partner = load(Partner, cycle_id, partner_id)
    return page("current_state/sheet.html", page=sheet_page(partner, _cells(partner)))


@current_state.post(SHEET)
@opens_to(Door.RECORDER)
def save(cycle_id: uuid.UUID, partner_id: uuid.UUID) -> BaseResponse:
    """Record what was sent: a page of rows, one row, and on asking the rest of an area as none."""
    partner, when = load(Partner, cycle_id, partner_id), clock.now()
    cells, area = _cells(partner), request.form.get("rest")
    try:
        changed = _record(get_cycle(cycle_id), partner, cells, area, when)
    except (Clashed, Invalid) as refusal:
        return _refused(partner, refusal)
    db.session.commit()
    if htmx and area is None:
        return page("current_state/_capability.html", page=saved_row(partner, _cells(partner)))
    flash(f"Saved. {changed:,} changed." if changed else "Nothing was changed.", "success")
    undo = when.isoformat() if area is not None and changed else None
    return see_other(_here(partner, undo=undo))


@current_state.post(SHEET + "/undo")
@opens_to(Door.RECORDER)
def undo(cycle_id: uuid.UUID, partner_id: uuid.UUID) -> BaseResponse:
    """Take back what this person marked as none at one press."""
    partner = load(Partner, cycle_id, partner_id)
    taken = take_back_marks(
        cycle=get_cycle(cycle_id),
        partner=partner,
        statements=[each.statement for each in _cells(partner)],
        marked_at=_moment(request.form.get("at", "")),
        participant_id=current_place().participant_id,
        actor=current_actor(),
        moment=clock.now(),
    )
    db.session.commit()
    flash(f"{taken:,} taken back.", "success")
    return see_other(_here(partner))


def _record(
    cycle: Cycle, partner: Partner, cells: list[Cell], area: str | None, when: datetime
) -> int:
    return record(
        cycle=cycle,
        partner=partner,
        answers=answers_in(request.form, cells),
        participant_id=current_place().participant_id,
        actor=current_actor(),
        moment=when,
        rest=[each.statement for each in cells if area is not None and area_key(each) == area],
    )


def _refused(partner: Partner, refusal: DomainError) -> Response:
    """Show what was sent beside what is recorded: 409 where somebody was quicker, else 422."""
    db.session.rollback()
    cells = _cells(partner)
    status = 409 if isinstance(refusal, Clashed) else 422
    if htmx and "rest" not in request.form:
        row = saved_row(partner, cells, refusal)
        return page("current_state/_capability.html", status, page=row)
    return page("current_state/sheet.html", status, page=sheet_page(partner, cells, refusal))


def _cells(partner: Partner) -> list[Cell]:
    return [each for each in cells_of(partner.cycle_id) if each.partner.id == partner.id]


def _moment(given: str) -> datetime:
    found = moment_in(given)
    if found is None:
        raise Invalid("There is nothing to take back here.")
    return found


def _here(partner: Partner, undo: str | None = None) -> str:
    return url_for(
        "current_state.sheet",
        cycle_id=partner.cycle_id,
        partner_id=partner.id,
        function=function_asked(),
        undo=undo,
    )
