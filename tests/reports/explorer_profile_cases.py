"""Findings with profiles of two role levels, one of them ratified with a version, and more KSBs."""

from dataclasses import dataclass

from consensus.ratifying import PanelRule
from cycles.core.extensions import db
from cycles.ksbs.models import CapabilityKsb, KsbStatus
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.profiles.versions import freeze_version
from cycles.standards.models import KsbKind
from cycles.statements.models import CapabilityStatement
from reports.results.queries import forget
from tests.factories import NOW, add, make_role_level
from tests.reports.explorer_cases import Found
from tests.reports.mapping_cases import make_profile, reopened

OBJECTION = "The vans are driven by another firm"
WHY_OUT = "Nobody here plans routes"


@dataclass(frozen=True)
class Grown:
    """P-0001 holds MIX and BAKE, ratified against an objection after ROUTE was taken out.

    P-0002 holds ROUTE and LONELY; P-0003, of managers and not ratified, BAKE at Expert. "Recipes"
    is accepted for MIX and BAKE in two spellings, "Count loaves" for BAKE, "Maps" for ROUTE.
    """

    found: Found
    operator: Profile
    planner: Profile
    manager: Profile

    @property
    def home(self) -> str:
        """Return where the findings are."""
        return self.found.home


def grow(found: Found) -> Grown:
    """Add to the found cycle what pages about profiles speak of."""
    cycle, bakery = found.baked.cycle, found.baked.bakery
    for statement, kind, text in (
        (bakery.bake, KsbKind.KNOWLEDGE, "  recipes."),
        (bakery.bake, KsbKind.SKILL, "Count loaves"),
        (bakery.route, KsbKind.KNOWLEDGE, "Maps"),
    ):
        accept(statement, kind, text)
    managers = make_role_level(cycle, "Managers", 2, 3)
    manager = make_profile(
        cycle,
        managers,
        "P-0003",
        (bakery.bake,),
        name="Oven manager",
        status=ProfileStatus.PROPOSED,
    )
    _member(manager, bakery.bake).level = 3
    manager.partner_id = found.retailer.id
    _ratify(bakery.operator, bakery.route)
    db.session.commit()
    forget()
    return Grown(found, bakery.operator, bakery.planner, manager)


def accept(statement: CapabilityStatement, kind: KsbKind, text: str) -> CapabilityKsb:
    return add(
        CapabilityKsb(
            cycle_id=statement.cycle_id,
            statement_id=statement.id,
            kind=kind,
            text=text,
            source="Baker (T0001)",
            status=KsbStatus.ACCEPTED,
            created_at=NOW,
        )
    )


def _member(profile: Profile, statement: CapabilityStatement) -> ProfileCapability:
    db.session.refresh(profile)
    return next(each for each in profile.members if each.statement_id == statement.id)


def _ratify(profile: Profile, without: CapabilityStatement) -> None:
    reopened(profile)
    gone = _member(profile, without)
    gone.is_removed, gone.reason = True, WHY_OUT
    db.session.flush()
    freeze_version(
        profile=profile,
        approvals=3,
        objections=[OBJECTION],
        quorum=3,
        rule=PanelRule.TWO_THIRDS,
        moment=NOW,
    )
    profile.status, profile.ratified_at = ProfileStatus.RATIFIED, NOW
    db.session.flush()
