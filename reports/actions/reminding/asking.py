"""Asking for reminders: rows are queued here, and the worker sends them (``sending``)."""

from datetime import datetime

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.core.jobs.commands import ask_for
from cycles.setup.models import Cycle
from reports.actions.models import ActionReminder, Recommendation
from reports.actions.reminding.planning import Owner, Plan, plan_reminders

REMINDED = EventType("actions.reminded", "owners", "actions")
SENDS = "actions.remind"


def ask_reminders(*, cycle: Cycle, actor: Actor, moment: datetime, by_hand: bool = True) -> Plan:
    """Queue a reminder of every action that is due to its owner; return to whom and when.

    Raises ``Closed`` with the reason when nobody can be written to.
    """
    # Held until the commit, so that two conveners at once do not both write to everybody.
    db.session.refresh(cycle, with_for_update=True)
    plan = plan_reminders(cycle.id, moment, by_hand=by_hand)
    if plan.blocked:
        raise Closed(plan.blocked)
    for each in plan.to:
        db.session.add_all(_row(cycle, each.owner, action, plan, moment) for action in each.actions)
    db.session.flush()
    if plan.not_before is None:
        ask_for(kind=SENDS, actor=actor, moment=moment, cycle_id=cycle.id)
    REMINDED.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle.id,
        subject_id=cycle.id,
        owners=len(plan.to),
        actions=sum(len(each.actions) for each in plan.to),
    )
    return plan


def _row(
    cycle: Cycle, owner: Owner, action: Recommendation, plan: Plan, moment: datetime
) -> ActionReminder:
    return ActionReminder(
        cycle_id=cycle.id,
        recommendation_id=action.id,
        participant_id=owner.participant_id,
        name=owner.name,
        email=owner.email,
        asked_at=moment,
        not_before=plan.not_before,
    )
