"""Reminding owners by the convener's button: what would go, sending it, and the record."""

import uuid

from flask import Response, flash, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, current_place, opens_to
from cycles.core.extensions import db
from cycles.core.mail import Letter
from cycles.core.pages import page, see_other
from cycles.setup.queries import get_cycle
from reports.actions.pages.reminders import reminders_page, said_counts, said_wait
from reports.actions.reminding.asking import ask_reminders
from reports.actions.reminding.planning import Owner, Plan, day_of, plan_reminders
from reports.actions.reminding.queries import reminders_of
from reports.actions.reminding.writing import reminder_for
from reports.actions.views import actions, framing
from workshop.letters.stopping import stop_address

RULE = (
    "Owners are reminded of actions that are overdue or due within 14 days: at most once a week of "
    "each, never from 20:00 to 08:00 or on a Sunday. At the last stage, causing action, reminders "
    "go out by themselves. Until then, or to be quicker, press the button."
)


@actions.route("/reminders", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def reminders(cycle_id: uuid.UUID) -> BaseResponse:
    """Show who would be reminded of what, and how the letter reads; then send it."""
    moment = clock.now()
    if request.method == "POST":
        plan = ask_reminders(cycle=get_cycle(cycle_id), actor=current_actor(), moment=moment)
        db.session.commit()
        flash(f"{said_counts(plan)} {said_wait(plan)}".strip(), "success")
        return see_other(url_for("actions.reminders", cycle_id=cycle_id))
    return _show(cycle_id, plan_reminders(cycle_id, moment))


def _show(cycle_id: uuid.UUID, plan: Plan) -> Response:
    context = reminders_page(
        plan,
        _sample(cycle_id, plan) if plan.to else None,
        reminders_of(cycle_id),
        frame=framing.frame(cycle_id),
        rule=RULE,
        today=day_of(clock.now()),
    )
    return page("actions/reminders.html", page=context)


def _sample(cycle_id: uuid.UUID, plan: Plan) -> Letter:
    # In the convener's own name: a reader's stop link is nobody else's to see. An owner outside
    # gets no link to sign in with, so that the sample has none either.
    me, account, first = current_place().participant_id, current_user.account, plan.to[0]
    return reminder_for(
        cycle_id,
        Owner(account.name, account.email, me if first.owner.participant_id else None),
        first.actions,
        stop_address=stop_address(me),
        moment=clock.now(),
    )
