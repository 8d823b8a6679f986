"""Wordings as they are posted: reword one, add one's own, swap or unfold a near duplicate."""

import uuid

from flask import abort, request
from werkzeug.wrappers import Response as BaseResponse

from cycles.core.access import Door, load, opens_to
from cycles.core.errors import Invalid
from cycles.ksbs import rewording
from cycles.ksbs.forms import KsbForm
from cycles.ksbs.models import CapabilityKsb
from cycles.ksbs.views import ksbs
from cycles.ksbs.views.answering import Asked, answer, by_reviewer, by_whom
from cycles.statements.models import CapabilityStatement

UNFOLD = "unfold"


def ksb_in(
    cycle_id: uuid.UUID, statement_id: uuid.UUID, ksb_id: uuid.UUID
) -> tuple[CapabilityStatement, CapabilityKsb]:
    """Return a capability of the cycle with a KSB of it, or answer 404."""
    statement = load(CapabilityStatement, cycle_id, statement_id)
    ksb = load(CapabilityKsb, cycle_id, ksb_id)
    if ksb.statement_id != statement.id:
        abort(404)
    return statement, ksb


@ksbs.post("/<uuid:statement_id>/<uuid:ksb_id>/edit")
@opens_to(Door.EDUCATOR)
def edit(cycle_id: uuid.UUID, statement_id: uuid.UUID, ksb_id: uuid.UUID) -> BaseResponse:
    """Reword a KSB and accept it."""
    statement, ksb = ksb_in(cycle_id, statement_id, ksb_id)
    form = KsbForm()

    def work() -> str:
        _check(form)
        is_changed = rewording.edit(
            ksb=ksb,
            kind=form.chosen_kind,
            text=form.text.data or "",
            seen=form.seen.data or "",
            **by_reviewer(),
        )
        return "Saved and accepted." if is_changed else "Nothing changed."

    return answer(statement, Asked(ksb.id, "edit"), work)


@ksbs.post("/<uuid:statement_id>/add")
@opens_to(Door.EDUCATOR)
def add(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> BaseResponse:
    """Add a KSB of one's own."""
    statement, form = load(CapabilityStatement, cycle_id, statement_id), KsbForm()

    def work() -> str:
        _check(form)
        rewording.add(
            statement=statement,
            kind=form.chosen_kind,
            text=form.text.data or "",
            **by_reviewer(),
        )
        return "Added and accepted."

    return answer(statement, Asked(part="add"), work)


@ksbs.post("/<uuid:statement_id>/<uuid:ksb_id>/fold")
@opens_to(Door.EDUCATOR)
def fold(cycle_id: uuid.UUID, statement_id: uuid.UUID, ksb_id: uuid.UUID) -> BaseResponse:
    """Take the wording of a near duplicate that is folded here, or let it stand by itself."""
    statement, ksb = ksb_in(cycle_id, statement_id, ksb_id)
    is_unfolded = request.form.get("action") == UNFOLD
    number = request.form.get("number", type=int, default=0)
    seen = request.form.get("seen", "")

    def work() -> str:
        if is_unfolded:
            rewording.unfold(ksb=ksb, number=number, seen=seen, **by_whom())
            return "Unfolded: it waits by itself."
        rewording.swap(ksb=ksb, number=number, seen=seen, **by_reviewer())
        return "Wording taken and accepted."

    return answer(statement, Asked(ksb.id, goes_on=not is_unfolded), work)


def _check(form: KsbForm) -> None:
    if not form.validate():
        raise Invalid("Choose knowledge, skill or behaviour.")
