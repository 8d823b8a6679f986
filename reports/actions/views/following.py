"""Following actions up: one action with its history, and the actions that a person owns."""

import uuid

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, current_place, load, opens_to
from cycles.core.errors import Invalid, Missing
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.setup.queries import get_cycle
from reports.actions import commands
from reports.actions.forms import FollowForm
from reports.actions.history import history_of
from reports.actions.models import ActionStatus, Recommendation
from reports.actions.owning import may_follow
from reports.actions.pages.following import action_page, mine_page
from reports.actions.queries import owned_by
from reports.actions.reminding.planning import day_of
from reports.actions.reminding.queries import last_reminded
from reports.actions.views import actions, framing


@actions.get("/mine")
@opens_to(Door.MEMBER)
def mine(cycle_id: uuid.UUID) -> Response:
    """Show the actions that this person owns."""
    rows = [] if framing.is_confined() else owned_by(current_place().participant_id)
    context = mine_page(cycle_id, rows, frame=framing.frame(cycle_id), today=day_of(clock.now()))
    return page("actions/mine.html", page=context)


@actions.route("/<uuid:recommendation_id>/follow", methods=["GET", "POST"])
@opens_to(Door.MEMBER)
def follow(cycle_id: uuid.UUID, recommendation_id: uuid.UUID) -> BaseResponse:
    """Show an action with its history; its owner and the conveners say how far it has come."""
    row = load(Recommendation, cycle_id, recommendation_id)
    form = _form(row)
    if not form.is_submitted():
        return _show(row, form)
    if not _is_trusted(row):
        raise Missing("Only its owner and the conveners say how far an action has come.")
    if not form.validate():
        return _show(row, form, status=422)
    try:
        _follow(row, form)
    except Invalid as refusal:
        form.refuse(refusal)
        return _show(row, form, status=422)
    db.session.commit()
    flash("How far the action has come is saved.", "success")
    return see_other(url_for("actions.follow", cycle_id=cycle_id, recommendation_id=row.id))


def _follow(row: Recommendation, form: FollowForm) -> None:
    commands.follow_action(
        recommendation=row,
        status=ActionStatus(form.status.data),
        note=form.note.data,
        may_drop=current_place().is_convener,
        actor=current_actor(),
        moment=clock.now(),
    )


def _form(row: Recommendation) -> FollowForm:
    form = FollowForm(data={"status": row.status.value})
    may_drop = current_place().is_convener
    form.offer(
        each
        for each in ActionStatus
        if may_drop or row.status == each or ActionStatus.DROPPED not in (each, row.status)
    )
    return form


def _is_trusted(row: Recommendation) -> bool:
    return may_follow(row, current_place(), is_confined=framing.is_confined())


def _show(row: Recommendation, form: FollowForm, *, status: int = 200) -> Response:
    cycle = get_cycle(row.cycle_id)
    is_open = cycle.sealed_at is None and cycle.archived_at is None
    context = action_page(
        row,
        history_of(row.id),
        frame=framing.frame(row.cycle_id),
        form=form if is_open and _is_trusted(row) else None,
        is_trusted=_is_trusted(row),
        may_edit=framing.may_change(row.cycle_id),
        reminded=last_reminded(row.cycle_id).get(row.id),
        today=day_of(clock.now()),
    )
    return page("actions/follow.html", status, page=context)
