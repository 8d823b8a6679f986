"""Takes the demonstration cycle through its first three stages, by the commands people use."""

import difflib
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypedDict

from sqlalchemy import select

from cycles.accounts.commands import find_or_create_account
from cycles.accounts.models import Account
from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.demonstration.texts import cycle_facts
from cycles.people.commands import add_participant
from cycles.people.models import Group, Participant
from cycles.semantics.adapters import active_adapter
from cycles.setup import commands as setup
from cycles.setup.models import Cycle
from cycles.setup.queries import partners_of, solutions_of
from cycles.stages.commands import advance
from cycles.standards.models import Framework, OccupationalStandard

BEGINNING = datetime(2024, 5, 14, 9, 0, tzinfo=UTC)


class Who(TypedDict):
    """Who acts and when, as every command takes it."""

    actor: Actor
    moment: datetime


# In the steep part of the curve of unsupported capabilities for these standards and this model, so
# that moving it on screen shows something. Scores turned by an adapter lie some five points lower.
THRESHOLD_PERCENT, THRESHOLD_WITH_ADAPTER = 50, 45
RATIONALE = (
    "75 per cent is the threshold most often used in published Delphi studies; a panel of five is "
    "the smallest whose agreement says anything."
)


@dataclass(frozen=True)
class Stagehand:
    """Who runs the demonstration and when: each step happens an hour after the one before."""

    cycle: Cycle
    convener: Actor
    moment: datetime

    @property
    def who(self) -> Who:
        """Return who acts now."""
        return {"actor": self.convener, "moment": self.moment}

    def at(self, day: date | str) -> "Stagehand":
        """Return the same stagehand on another day."""
        on = date.fromisoformat(day) if isinstance(day, str) else day
        moment = datetime(on.year, on.month, on.day, 9, 0, tzinfo=UTC)
        return Stagehand(self.cycle, self.convener, moment)

    def later(self, hours: int = 1) -> "Stagehand":
        """Return the same stagehand some hours on."""
        return Stagehand(self.cycle, self.convener, self.moment + timedelta(hours=hours))


def begin(administrator: Actor) -> Stagehand:
    """Make the demonstration cycle and bring it to "identifying", with its rules set."""
    facts = cycle_facts()
    cycle = setup.start_cycle(
        title=facts["name"], actor=administrator, moment=BEGINNING, is_demonstration=True
    )
    convener = _take_places(cycle, administrator)
    hand = Stagehand(cycle, convener, BEGINNING)
    _consider(hand)
    _set_rules(hand.later())
    return hand


def prepare(hand: Stagehand, framework: Framework) -> None:
    """Bring the cycle from "identifying" to "carrying out"."""
    _identify(hand.at("2024-06-27"))
    _prepare(hand.at("2024-07-02"), framework)


def _take_places(cycle: Cycle, administrator: Actor) -> Actor:
    """Seat the cast; return the convener who acts from here on."""
    facts = cycle_facts()
    kinds = {each["name"]: each["type"] for each in facts["organisations"]}
    seated = [
        _take_place(cycle, person, kinds.get(person["organisation"], ""), administrator)
        for person in facts["participants"]
    ]
    convener = next(each for each in seated if each.group == Group.CONVENER)
    return Actor(convener.account_id, convener.account.name)


def _take_place(
    cycle: Cycle, person: dict[str, Any], organisation_kind: str, administrator: Actor
) -> Participant:
    account = find_or_create_account(
        email=person["email"],
        name=person["name"],
        actor=administrator,
        moment=BEGINNING,
        may_convene=person["group"] == Group.CONVENER,
        is_simulated=True,
    )
    return add_participant(
        cycle=cycle,
        account=account,
        group=Group(person["group"]),
        actor=administrator,
        moment=BEGINNING,
        organisation=person["organisation"],
        organisation_kind=organisation_kind,
        is_on_panel=person["panel"],
    )


def _consider(hand: Stagehand) -> None:
    facts, cycle = cycle_facts(), hand.cycle
    who = hand.who
    setup.change_title(
        cycle=cycle,
        title=facts["name"],
        convener_organisation=facts["convener"]["organisation"],
        **who,
    )
    setup.change_challenge(
        cycle=cycle,
        challenge=facts["challenge"]["what"],
        challenge_when=facts["challenge"]["when"],
        impact_domain=facts["impact_domain"],
        **who,
    )
    for solution in facts["solutions"]:
        setup.add_solution(
            cycle=cycle, name=solution["name"], description=solution["description"], **who
        )
    advance(cycle=cycle, **who)


def _identify(hand: Stagehand) -> None:
    facts, cycle = cycle_facts(), hand.cycle
    who = hand.who
    reasons = {each["name"]: each for each in facts["solutions"]}
    for solution in solutions_of(cycle.id):
        if reasons[solution.name]["prioritised"]:
            setup.prioritise_solution(
                solution=solution, reason=reasons[solution.name]["rationale"], **who
            )
    setup.change_case(
        cycle=cycle,
        case_for_foresighting=facts["case_for_foresighting"],
        sponsor=facts["sponsor"]["organisation"],
        **who,
    )
    advance(cycle=cycle, **who)


def _prepare(hand: Stagehand, framework: Framework) -> None:
    facts, cycle = cycle_facts(), hand.cycle
    who = hand.who
    setup.change_scenario(cycle=cycle, scenario="\n\n".join(facts["working_scenario"]), **who)
    for partner in facts["partners"]:
        setup.add_partner(
            cycle=cycle, name=partner["name"], description=partner["description"], **who
        )
    for level in facts["role_levels"]:
        setup.add_role_level(
            cycle=cycle,
            name=level["name"],
            academic_level=level["academic_level"],
            description=level["description"],
            **who,
        )
    for milestone in facts["timeline"]:
        setup.add_milestone(
            cycle=cycle, on=date.fromisoformat(milestone["date"]), title=milestone["title"], **who
        )
    _seat_at_partners(cycle)
    _compare_with(hand, framework)
    advance(cycle=cycle, **who)


def _compare_with(hand: Stagehand, framework: Framework) -> None:
    setup.choose_frameworks(
        cycle=hand.cycle,
        chosen=[(framework.id, False)],
        threshold_percent=THRESHOLD_WITH_ADAPTER if active_adapter() else THRESHOLD_PERCENT,
        **hand.who,
    )
    in_use = _standards_in_use(framework.id)
    setup.set_standards_in_use(cycle=hand.cycle, standard_ids=in_use, **hand.who)


def _set_rules(hand: Stagehand) -> None:
    setup.set_rule_card(
        cycle=hand.cycle,
        threshold_percent=75,
        minimum_n=5,
        stability_percent=15,
        round_cap=3,
        panel_quorum=3,
        rationale=RATIONALE,
        **hand.who,
    )


def _seat_at_partners(cycle: Cycle) -> None:
    """Seat each person at the partner that the cast's list gives them."""
    facts = cycle_facts()
    codes = {partner["name"]: partner["code"] for partner in facts["partners"]}
    partners = {codes[partner.name]: partner.id for partner in partners_of(cycle.id)}
    seats = {person["email"]: person["partner"] for person in facts["participants"]}
    rows = db.session.execute(
        select(Participant, Account.email)
        .join(Account, Account.id == Participant.account_id)
        .where(Participant.cycle_id == cycle.id)
    )
    for participant, email in rows:
        participant.partner_id = partners.get(seats[email])
    db.session.flush()


def _standards_in_use(framework_id: uuid.UUID) -> list[uuid.UUID]:
    """Return the framework's standards whose titles come nearest to those the cast trains to."""
    rows = db.session.execute(
        select(OccupationalStandard.title, OccupationalStandard.id)
        .where(OccupationalStandard.framework_id == framework_id)
        .order_by(OccupationalStandard.reference)
    )
    by_title = {row.title: row.id for row in rows}
    found = [
        difflib.get_close_matches(title, by_title, n=1, cutoff=0.6)
        for title in cycle_facts()["current_standards"]
    ]
    return sorted({by_title[match[0]] for match in found if match})
