"""What educators and conveners decide: one KSB, several at once, or one of their own."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, abort, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, current_place, load, opens_to
from cycles.core.errors import Invalid
from cycles.core.extensions import db, htmx
from cycles.core.pages import page, see_other
from cycles.ksbs import commands
from cycles.ksbs.forms import DecisionForm, KsbForm
from cycles.ksbs.models import CapabilityKsb, KsbStatus
from cycles.ksbs.pages import Slip
from cycles.ksbs.queries import ksbs_of
from cycles.ksbs.views import ksbs
from cycles.ksbs.views.showing import capability_page
from cycles.statements.models import CapabilityStatement

SAID = {"accept": "accepted", "reject": "rejected", "undo": "set back to waiting"}


def _by_whom() -> dict[str, Any]:
    return {"actor": current_actor(), "moment": clock.now()}


@ksbs.post("/<uuid:statement_id>/decide")
@opens_to(Door.EDUCATOR)
def decide(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> BaseResponse:
    """Accept, reject or set back the KSBs that were named, of those shown on the page."""
    statement = load(CapabilityStatement, cycle_id, statement_id)
    ids = DecisionForm.chosen(request.form.getlist("ksb"))
    rows = [one for one in ksbs_of(cycle_id, statement_id) if one.id in ids]
    action = request.form.get("action", "")
    return _answer(statement, None, lambda: _decided(rows, action))


@ksbs.post("/<uuid:statement_id>/rest")
@opens_to(Door.EDUCATOR)
def decide_rest(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> BaseResponse:
    """Accept or reject all that still waits and was shown to who asks."""
    statement = load(CapabilityStatement, cycle_id, statement_id)
    ids = DecisionForm.chosen(request.form.getlist("shown"))
    waiting = [one for one in ksbs_of(cycle_id, statement_id, KsbStatus.SUGGESTED) if one.id in ids]
    action = request.form.get("action", "")
    return _answer(statement, None, lambda: _decided(waiting, action))


def _decided(rows: Sequence[CapabilityKsb], action: str) -> str:
    if action not in SAID:
        raise Invalid("Choose what to do with it.")
    if not rows:
        raise Invalid("Nothing was chosen.")
    if action == "undo":
        count = commands.set_back(ksbs=rows, **_by_whom())
    else:
        command = commands.accept if action == "accept" else commands.reject
        count = command(ksbs=rows, participant_id=current_place().participant_id, **_by_whom())
    return f"{count} KSB{'' if count == 1 else 's'} {SAID[action]}."


@ksbs.post("/<uuid:statement_id>/<uuid:ksb_id>/edit")
@opens_to(Door.EDUCATOR)
def edit(cycle_id: uuid.UUID, statement_id: uuid.UUID, ksb_id: uuid.UUID) -> BaseResponse:
    """Reword a KSB and accept it."""
    statement, form = load(CapabilityStatement, cycle_id, statement_id), KsbForm()
    ksb = load(CapabilityKsb, cycle_id, ksb_id)
    if ksb.statement_id != statement.id:
        abort(404)

    def work() -> str:
        _check(form)
        is_changed = commands.edit(
            ksb=ksb,
            kind=form.chosen_kind,
            text=form.text.data or "",
            participant_id=current_place().participant_id,
            **_by_whom(),
        )
        return "Saved and accepted." if is_changed else "Nothing changed."

    return _answer(statement, ksb.id, work)


@ksbs.post("/<uuid:statement_id>/add")
@opens_to(Door.EDUCATOR)
def add(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> BaseResponse:
    """Add a KSB of one's own."""
    statement, form = load(CapabilityStatement, cycle_id, statement_id), KsbForm()

    def work() -> str:
        _check(form)
        commands.add(
            statement=statement,
            kind=form.chosen_kind,
            text=form.text.data or "",
            participant_id=current_place().participant_id,
            **_by_whom(),
        )
        return "Added and accepted."

    return _answer(statement, None, work)


def _check(form: KsbForm) -> None:
    if not form.validate():
        raise Invalid("Choose knowledge, skill or behaviour.")


def _answer(
    statement: CapabilityStatement, ksb_id: uuid.UUID | None, work: Callable[[], str]
) -> BaseResponse:
    """Do the work and commit, or show its refusal with what was sent."""
    try:
        said = work()
    except Invalid as refusal:
        db.session.rollback()
        sentence = next(iter(refusal.problems.values()), str(refusal))
        sent = request.form
        slip = Slip(ksb_id, sentence, sent.get("kind", ""), sent.get("text", ""))
        return _show(statement, 422, slip=slip)
    db.session.commit()
    if htmx:
        return _show(statement, said=said)
    flash(said, "success")
    return see_other(url_for("ksbs.show", cycle_id=statement.cycle_id, statement_id=statement.id))


def _show(
    statement: CapabilityStatement, status: int = 200, *, said: str = "", slip: Slip | None = None
) -> Response:
    name = "_review.html" if htmx else "show.html"
    return page(f"ksbs/{name}", status, page=capability_page(statement, said=said, slip=slip))
