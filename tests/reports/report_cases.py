"""A cycle with something in every part of a report, made through the commands of real ones."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.ksbs.models import CapabilityKsb, KsbStatus
from cycles.people.models import Group
from cycles.setup.models import Cycle, Milestone
from cycles.stages.words import Stage
from cycles.standards.models import KsbKind, StandardInUse
from reports.actions.models import Horizon, Recommendation
from reports.document.commands import ask_for_report, take_snapshot
from reports.document.models import Report
from reports.mapping.commands import run_mapping
from tests.factories import (
    NOW,
    Cast,
    add,
    make_account,
    make_area,
    make_organisation,
    make_participant,
    make_partner,
    make_solution,
)
from tests.reports.mapping_cases import Bakery, make_bakery
from tests.workshop.rating import Room
from workshop.rooms.commands import close_workshop, open_workshop, plan_workshop
from workshop.rooms.models import WorkshopKind

LATER = NOW + timedelta(days=1)


@dataclass(frozen=True)
class Baked:
    """The cast's cycle, with everything a report speaks of in it."""

    cycle: Cycle
    bakery: Bakery
    actor: Actor


def bake(cast: Cast, run_jobs: Callable[[], int]) -> Baked:
    """Rate, map and gap a small bakery. MIX is agreed, BAKE is not, two are left to too few."""
    cycle, actor = cast.cycle, Actor(cast.ada.id, cast.ada.name)
    cycle.challenge, cycle.sponsor = "Bread for everybody *always*", "Bread Board"
    cycle.convener_organisation, cycle.stage = "Crumb Centre", Stage.CARRYING_OUT
    make_solution(cycle, is_prioritised=True, reason="It scales.")
    organisation = make_organisation(cycle)
    for participant in (cast.technologist, cast.employer):
        participant.organisation_id = organisation.id
    add(Milestone(cycle_id=cycle.id, on=NOW.date(), title="Started"))
    bakery = make_bakery(cycle)
    area, partner = make_area(), make_partner(cycle)
    for statement in (bakery.mix, bakery.bake, bakery.route):
        statement.area_id = area.id
        statement.partners.append(partner)
    add(StandardInUse(cycle_id=cycle.id, standard_id=bakery.baker.id))
    _accept_ksb(cycle, bakery)
    _recommend(cycle)
    _rate(cast, bakery, actor)
    run_mapping(cycle=cycle, actor=actor, moment=NOW)
    run_jobs()
    return Baked(cycle, bakery, actor)


def _accept_ksb(cycle: Cycle, bakery: Bakery) -> None:
    for status, text in ((KsbStatus.ACCEPTED, "Recipes"), (KsbStatus.REJECTED, "Rumours")):
        add(
            CapabilityKsb(
                cycle_id=cycle.id,
                statement_id=bakery.mix.id,
                kind=KsbKind.KNOWLEDGE,
                text=text,
                status=status,
                created_at=NOW,
            )
        )


def _recommend(cycle: Cycle) -> None:
    for position, (horizon, topic) in enumerate(
        ((Horizon.MEDIUM, "Revise the standard"), (Horizon.SHORT, "Teach the ovens")), 1
    ):
        add(Recommendation(cycle_id=cycle.id, position=position, horizon=horizon, topic=topic))


def _rate(cast: Cast, bakery: Bakery, actor: Actor) -> None:
    workshop = plan_workshop(
        cycle=bakery.cycle,
        kind=WorkshopKind.PROFICIENCY,
        title="Proficiency",
        actor=actor,
        moment=NOW,
    )
    open_workshop(workshop=workshop, actor=actor, moment=NOW)
    people = [cast.employer, cast.panel_member]
    people += [
        make_participant(bakery.cycle, make_account(f"Rater{number} Field"), Group.EMPLOYER)
        for number in range(4)
    ]
    statements = [bakery.mix, bakery.bake, bakery.route, bakery.lonely]
    room = Room(bakery.cycle, actor, workshop, people, statements, [bakery.technicians])
    round_ = room.open_round()
    answers = {bakery.mix.id: "PPPPPA", bakery.bake.id: "AAAEEE", bakery.route.id: "EE"}
    for item in room.asked(round_):
        room.answer(round_, item, answers.get(item.statement_id, "??"))
    room.close(round_)
    close_workshop(workshop=workshop, actor=actor, moment=NOW)
    db.session.commit()


def draw_up(cycle: Cycle, actor: Actor, run_jobs: Callable[[], int]) -> Report:
    """Return a draft report of the cycle as it stands."""
    snapshot = take_snapshot(cycle=cycle, actor=actor, moment=NOW)
    report = ask_for_report(snapshot=snapshot, actor=actor, moment=NOW)
    run_jobs()
    db.session.refresh(report)
    return report
