"""A middling cycle for the recount: two of everything that the demonstration has one of.

Drawn, the same every time. Texts share words, so that scores lie on both sides of any threshold.
"""

import random
from collections.abc import Callable

from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.current_state.models import PresentCapability, Strength
from cycles.ksbs.models import CapabilityKsb, KsbStatus
from cycles.people.models import Group
from cycles.setup.models import Cycle, Partner, RoleLevel
from cycles.stages.words import Stage
from cycles.standards.models import UNKNOWN_LEVEL, Framework, KsbKind
from cycles.statements.models import CapabilityStatement
from reports.actions.models import Horizon, Recommendation
from reports.mapping.commands import run_mapping
from reports.mapping.models import MatchVerdict
from reports.mapping.queries import ground_of, latest_run
from reports.reviewing.commands import review_match
from tests.factories import (
    NOW,
    Cast,
    add,
    compare_with,
    make_account,
    make_area,
    make_framework,
    make_participant,
    make_partner,
    make_role_level,
    make_standard,
    make_statement,
)
from tests.reports.mapping_cases import make_profile
from tests.workshop.rating import Room
from workshop.rooms.commands import close_workshop, open_workshop, plan_workshop
from workshop.rooms.models import WorkshopKind

VERBS = ("Calibrate", "Design", "Inspect", "Repair", "Plan", "Record")
THINGS = ("ovens", "mixers", "sensors", "deliveries", "recipes", "robots", "batches")
WAYS = ("safely", "by remote control", "against the standard", "every week", "with suppliers")
SIZE = 18
PROFILES = 6


def text_of(draw: random.Random) -> str:
    return (
        f"{draw.choice(VERBS)} {draw.choice(THINGS)} and {draw.choice(THINGS)} {draw.choice(WAYS)}"
    )


def make_town(cast: Cast, run_jobs: Callable[[], int]) -> Cycle:
    """Make the cycle, rate it in two rounds, run map and gap, and review some matches."""
    draw, cycle = random.Random(6), cast.cycle
    actor = Actor(cast.ada.id, cast.ada.name)
    cycle.stage = Stage.CARRYING_OUT
    partners = [make_partner(cycle, name, at) for at, name in enumerate(("Mill", "Shop"), 1)]
    levels = [
        make_role_level(cycle, name, at, level)
        for at, (name, level) in enumerate((("Technicians", 3), ("Managers", 6)), 1)
    ]
    statements = _statements(cycle, partners, draw)
    _frameworks(cycle, draw)
    _rate(cast, statements, levels, draw)
    _profiles(cycle, levels, statements, draw)
    _around(cycle, partners, statements, draw)
    db.session.commit()
    run_mapping(cycle=cycle, actor=actor, moment=NOW)
    run_jobs()
    _review(cast, draw)
    # One profile is changed after the run: what was not kept of it is worked out from vectors.
    make_profile(cycle, levels[0], "P-0099", tuple(statements[::4]), name="Latecomer")
    db.session.commit()
    return cycle


def _statements(
    cycle: Cycle, partners: list[Partner], draw: random.Random
) -> list[CapabilityStatement]:
    areas = [
        make_area(f"Area {at}", f"Domain {at // 2}", ("Design", "Implement")[at // 3])
        for at in range(6)
    ]
    made = []
    for at in range(1, SIZE + 1):
        one = make_statement(cycle, f"{text_of(draw)} {at}", at)
        one.area_id = None if at == SIZE else draw.choice(areas).id
        one.partners += draw.sample(partners, draw.randint(0, 2))
        made.append(one)
    db.session.flush()
    return made


def _frameworks(cycle: Cycle, draw: random.Random) -> None:
    made: list[Framework] = []
    for name in ("First", "Second"):
        framework = make_framework(name)
        for at in range(1, 8):
            level = draw.choice((2, 3, 4, 5, 6, UNKNOWN_LEVEL))
            duties = tuple(text_of(draw) for _ in range(draw.randint(0, 5)))
            make_standard(framework, f"{name[0]}{at:03d}", f"{name} standard {at}", level, duties)
        made.append(framework)
    compare_with(cycle, *made)


def _rate(
    cast: Cast, statements: list[CapabilityStatement], levels: list[RoleLevel], draw: random.Random
) -> None:
    actor = Actor(cast.ada.id, cast.ada.name)
    workshop = plan_workshop(
        cycle=cast.cycle,
        kind=WorkshopKind.PROFICIENCY,
        title="Proficiency",
        actor=actor,
        moment=NOW,
    )
    open_workshop(workshop=workshop, actor=actor, moment=NOW)
    people = [cast.employer, cast.panel_member]
    people += [
        make_participant(cast.cycle, make_account(f"Rater{at} Field"), Group.EMPLOYER)
        for at in range(5)
    ]
    room = Room(cast.cycle, actor, workshop, people, statements, levels)
    for _ in range(2):
        round_ = room.open_round()
        for item in room.asked(round_):
            room.answer(round_, item, _answers(draw))
        room.close(round_)
    close_workshop(workshop=workshop, actor=actor, moment=NOW)


def _answers(draw: random.Random) -> str:
    if draw.random() < 0.2:
        return "PP"  # too few to be shown
    if draw.random() < 0.5:
        return draw.choice("NAPE") * 6 + draw.choice("NAPE")
    return "".join(draw.choices("NAPE?", weights=(2, 3, 4, 3, 1), k=7))


def _profiles(
    cycle: Cycle,
    levels: list[RoleLevel],
    statements: list[CapabilityStatement],
    draw: random.Random,
) -> None:
    for at in range(1, PROFILES + 1):
        own = tuple(draw.sample(statements, 6))
        make_profile(cycle, levels[at % 2], f"P-{at:04d}", own, name=f"Profile {at}")


def _around(
    cycle: Cycle,
    partners: list[Partner],
    statements: list[CapabilityStatement],
    draw: random.Random,
) -> None:
    for statement in statements:
        for kind in draw.sample(list(KsbKind), 2):
            add(
                CapabilityKsb(
                    cycle_id=cycle.id,
                    statement_id=statement.id,
                    kind=kind,
                    text=f"{draw.choice(('How', 'how'))} {draw.choice(THINGS)} work",
                    status=KsbStatus.ACCEPTED,
                    created_at=NOW,
                )
            )
        for partner in partners:
            add(
                PresentCapability(
                    cycle_id=cycle.id,
                    statement_id=statement.id,
                    partner_id=partner.id,
                    strength=draw.choice(list(Strength)),
                    captured_at=NOW,
                )
            )
    for at, horizon in enumerate((Horizon.SHORT, Horizon.MEDIUM), 1):
        add(Recommendation(cycle_id=cycle.id, position=at, horizon=horizon, topic=f"Topic {at}"))


def _review(cast: Cast, draw: random.Random) -> None:
    run = latest_run(cast.cycle.id)
    assert run is not None
    inputs = ground_of(run).inputs
    for capability in draw.sample(inputs.capabilities, 8):
        for duty in draw.sample(inputs.duties, 2):
            review_match(
                cycle_id=cast.cycle.id,
                statement_id=capability.statement_id,
                duty_id=duty.duty_id,
                verdict=draw.choice(list(MatchVerdict)),
                participant_id=cast.educator.id,
                actor=Actor(cast.eddy.id, cast.eddy.name),
                moment=NOW,
                reason="Because.",
            )
