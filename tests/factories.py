"""Plain factory functions and the fixed cast. Rows are made directly, never through views."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from cycles.accounts.models import Account
from cycles.classification.models import Area, Classification
from cycles.core.extensions import db
from cycles.people.models import Group, Organisation, Participant
from cycles.setup.models import Cycle, CycleFramework, Partner, RoleLevel, RuleCard, Solution
from cycles.standards.models import Duty, Framework, KsbKind, OccupationalStandard, StandardKsb
from cycles.statements.models import CapabilityStatement, StatementStatus

Row = TypeVar("Row")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def add(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row


def make_account(name: str = "Nia Field", **facts: object) -> Account:
    email = f"{name.split(maxsplit=1)[0].lower()}.{uuid.uuid4().hex[:6]}@pythia.example"
    return add(Account(**{"email": email, "name": name, "created_at": NOW, **facts}))


def make_cycle(title: str = "Automation in bakeries", **facts: object) -> Cycle:
    facts = {"threshold_percent": 55, **facts}
    cycle = add(Cycle(**{"title": title, "created_at": NOW, **facts}))
    add(RuleCard(cycle_id=cycle.id, set_at=NOW))
    return cycle


def make_participant(cycle: Cycle, account: Account, group: Group, **facts: object) -> Participant:
    return add(
        Participant(cycle_id=cycle.id, account_id=account.id, group=group, joined_at=NOW, **facts)
    )


def make_organisation(cycle: Cycle, name: str = "Crumb Ltd") -> Organisation:
    return add(Organisation(cycle_id=cycle.id, name=name, key=name.casefold()))


def make_partner(cycle: Cycle, name: str = "Manufacturer", position: int = 1) -> Partner:
    return add(Partner(cycle_id=cycle.id, name=name, position=position))


def make_role_level(
    cycle: Cycle, name: str = "Technicians", position: int = 1, academic_level: int | None = 3
) -> RoleLevel:
    return add(
        RoleLevel(cycle_id=cycle.id, name=name, position=position, academic_level=academic_level)
    )


def make_solution(cycle: Cycle, name: str = "Robotic ovens", **facts: object) -> Solution:
    return add(Solution(cycle_id=cycle.id, name=name, position=1, **facts))


def make_area(
    name: str = "Test Equipment", domain: str = "Quality Control", function: str = "Implement"
) -> Area:
    classification = db.session.query(Classification).filter_by(version="test").one_or_none()
    if classification is None:
        classification = add(
            Classification(name="Test", version="test", is_current=True, imported_at=NOW)
        )
    return add(
        Area(
            classification_id=classification.id,
            position=db.session.query(Area).count() + 1,
            function=function,
            domain=domain,
            name=name,
            definition="What it is.",
        )
    )


def make_statement(
    cycle: Cycle, text: str = "Calibrate oven sensors", number: int = 1, **facts: object
) -> CapabilityStatement:
    facts = {"status": StatementStatus.KEPT, **facts}
    return add(
        CapabilityStatement(
            cycle_id=cycle.id, code=f"C-{number:03d}", text=text, created_at=NOW, **facts
        )
    )


def make_framework(name: str = "Test framework") -> Framework:
    return add(Framework(name=name, snapshot_on=NOW.date(), imported_at=NOW))


def compare_with(cycle: Cycle, *frameworks: Framework, skills: bool = False) -> None:
    """Let the cycle be compared with these frameworks and no others."""
    db.session.query(CycleFramework).filter_by(cycle_id=cycle.id).delete()
    for position, framework in enumerate(frameworks, 1):
        db.session.add(
            CycleFramework(
                cycle_id=cycle.id,
                framework_id=framework.id,
                position=position,
                uses_skills=skills,
            )
        )
    db.session.flush()


def make_standard(
    framework: Framework,
    reference: str = "T0001",
    title: str = "Baker",
    level: int = 3,
    duties: tuple[str, ...] = ("Mix dough to a recipe", "Bake bread in an automated oven"),
) -> OccupationalStandard:
    """Return a standard whose first duty is linked to its one knowledge statement."""
    standard = add(
        OccupationalStandard(
            framework_id=framework.id, reference=reference, title=title, level=level
        )
    )
    known = StandardKsb(
        standard_id=standard.id,
        reference=f"{reference}-K1",
        code="K1",
        kind=KsbKind.KNOWLEDGE,
        position=1,
        text=f"How the work of a {title.lower()} is done safely",
    )
    add(known)
    for position, text in enumerate(duties, 1):
        duty = Duty(
            standard_id=standard.id,
            reference=f"{reference}-D{position}",
            position=position,
            text=text,
        )
        add(duty)
        duty.ksbs.append(known)
    db.session.flush()
    db.session.refresh(standard)
    return standard


@dataclass(frozen=True)
class Cast:
    """The people of the tests. Ada, Tom, Ema, Pia, Eddy and Sol share a cycle; Eve has her own."""

    cycle: Cycle
    other_cycle: Cycle
    ada: Account
    tom: Account
    ema: Account
    pia: Account
    eddy: Account
    sol: Account
    eve: Account
    alan: Account
    technologist: Participant
    employer: Participant
    panel_member: Participant
    educator: Participant


def make_cast() -> Cast:
    cycle = make_cycle()
    other_cycle = make_cycle("Drones in forestry")
    people = {
        name: make_account(full)
        for name, full in (
            ("ada", "Ada Bright"),
            ("tom", "Tom Okafor"),
            ("ema", "Ema Lindqvist"),
            ("pia", "Pia Panel"),
            ("eddy", "Eddy Marsh"),
            ("sol", "Sol Hart"),
            ("eve", "Eve Elsewhere"),
        )
    }
    people["ada"].may_convene = people["eve"].may_convene = True
    make_participant(cycle, people["ada"], Group.CONVENER)
    make_participant(other_cycle, people["eve"], Group.CONVENER)
    make_participant(cycle, people["sol"], Group.SPONSOR)
    cast = Cast(
        cycle=cycle,
        other_cycle=other_cycle,
        alan=make_account("Alan Admin", is_administrator=True),
        technologist=make_participant(cycle, people["tom"], Group.TECHNOLOGIST),
        employer=make_participant(cycle, people["ema"], Group.EMPLOYER),
        panel_member=make_participant(cycle, people["pia"], Group.EMPLOYER, is_on_panel=True),
        educator=make_participant(cycle, people["eddy"], Group.EDUCATOR),
        **people,
    )
    db.session.commit()
    return cast
