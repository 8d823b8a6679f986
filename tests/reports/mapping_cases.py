"""A small cycle for the tests of map and gap, worked by hand.

Two standards with duties, one without; four capabilities; two profiles. A text that a capability
and a duty share scores 100 %; texts without a common word score near nothing.
"""

from dataclasses import dataclass

from cycles.core.extensions import db
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.setup.models import Cycle, RoleLevel
from cycles.standards.models import Framework, OccupationalStandard
from cycles.statements.models import CapabilityStatement
from tests.factories import (
    add,
    compare_with,
    make_framework,
    make_role_level,
    make_standard,
    make_statement,
)

MIX = "Mix dough to a recipe"
BAKE = "Bake bread in an automated oven"
CLEAN = "Sanitise hoppers overnight"
ROUTE = "Dispatch vans between depots"
LONELY = "Forecast customer demand weekly"


@dataclass(frozen=True)
class Bakery:
    """``baker`` asks for MIX, BAKE; ``cleaner`` for CLEAN; ``driver`` (level 6) for ROUTE."""

    cycle: Cycle
    framework: Framework
    baker: OccupationalStandard
    cleaner: OccupationalStandard
    driver: OccupationalStandard
    mix: CapabilityStatement
    bake: CapabilityStatement
    route: CapabilityStatement
    lonely: CapabilityStatement
    technicians: RoleLevel
    operator: Profile
    planner: Profile


def make_profile(
    cycle: Cycle,
    role_level: RoleLevel,
    code: str,
    statements: tuple[CapabilityStatement, ...],
    *,
    name: str = "Oven operator",
    status: ProfileStatus = ProfileStatus.RATIFIED,
) -> Profile:
    profile = add(Profile(cycle_id=cycle.id, role_level_id=role_level.id, code=code, name=name))
    for statement in statements:
        add(
            ProfileCapability(
                cycle_id=cycle.id, profile_id=profile.id, statement_id=statement.id, level=2
            )
        )
    profile.status = status
    db.session.flush()
    return profile


def reopened(*profiles: Profile) -> None:
    """Propose profiles again, so that what they hold can be changed."""
    for profile in profiles:
        profile.status = ProfileStatus.PROPOSED
    db.session.flush()


def make_bakery(cycle: Cycle) -> Bakery:
    framework = make_framework()
    compare_with(cycle, framework)
    standards = (
        make_standard(framework, "T0001", "Baker", 3, (MIX, BAKE)),
        make_standard(framework, "T0002", "Cleaner", 2, (CLEAN,)),
        make_standard(framework, "T0003", "Driver", 6, (ROUTE,)),
    )
    make_standard(framework, "T0004", "Empty", 3, ())
    statements = tuple(
        make_statement(cycle, text, number)
        for number, text in enumerate((MIX, BAKE, ROUTE, LONELY), 1)
    )
    technicians = make_role_level(cycle, academic_level=3)
    operator = make_profile(cycle, technicians, "P-0001", statements[:3])
    planner = make_profile(cycle, technicians, "P-0002", statements[2:], name="Planner")
    db.session.commit()
    return Bakery(cycle, framework, *standards, *statements, technicians, operator, planner)
