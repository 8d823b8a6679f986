"""Plays the demonstration's recommendations, and what its owners made of them afterwards."""

from datetime import date

from cycles.core.audit import Actor
from cycles.demonstration.preparing import Stagehand
from cycles.demonstration.texts import cycle_facts, following_facts
from cycles.people.queries import participants_of
from reports.actions.commands import Content, add_recommendation, follow_action
from reports.actions.further import add_subject
from reports.actions.models import ActionStatus, Horizon
from reports.actions.queries import recommendations_of

HORIZONS = {
    "short": Horizon.SHORT,
    "medium": Horizon.MEDIUM,
    "general": Horizon.GENERAL,
    "additional": Horizon.ADDITIONAL,
}


def recommend(hand: Stagehand) -> None:
    """Write the recommendations, each with the participant who owns it, and further subjects."""
    owners = {each.account.name: each.id for each in participants_of(hand.cycle.id)}
    for each in cycle_facts()["recommendations"]:
        content = Content(
            horizon=HORIZONS[each["group"]],
            topic=each["topic"],
            actions=each["actions"],
            who=each["who"],
            when=each["when"],
            result=each["result"],
            owner=each["owner"],
            owner_id=owners.get(each["owner"]),
            due_on=date.fromisoformat(each["due"]),
        )
        add_recommendation(cycle_id=hand.cycle.id, content=content, **hand.who)
    for each in following_facts()["further"]:
        add_subject(cycle_id=hand.cycle.id, title=each["title"], why=each["why"], **hand.who)


def follow_up(hand: Stagehand) -> None:
    """Let the owners say, after the report, how far their actions have come (simulated)."""
    rows = {each.topic: each for each in recommendations_of(hand.cycle.id)}
    for each in following_facts()["moves"]:
        row, status = rows[each["topic"]], ActionStatus(each["status"])
        account = row.owner_place.account if row.owner_place else None
        is_owner = account is not None and status != ActionStatus.DROPPED
        follow_action(
            recommendation=row,
            status=status,
            note=each["note"],
            may_drop=not is_owner,
            actor=Actor(account.id, account.name) if account and is_owner else hand.convener,
            moment=hand.at(each["on"]).moment,
        )
