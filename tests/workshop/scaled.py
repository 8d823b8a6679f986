"""Plain helpers for tests of prioritisation and validation: a room of all who rate there."""

from dataclasses import dataclass

from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from cycles.setup.models import Cycle, Partner, Solution
from cycles.stages.words import Stage
from cycles.statements.models import CapabilityStatement, StatementStatus
from tests.factories import (
    NOW,
    Cast,
    add,
    make_account,
    make_area,
    make_participant,
    make_partner,
    make_statement,
)
from tests.workshop.rating import items_asked
from workshop.ballot.commands import panellist_for, rate
from workshop.ballot.models import Answer, Panellist
from workshop.rooms.commands import close_round, open_round, open_workshop, plan_workshop
from workshop.rooms.models import Item, ItemVerdict, Round, Workshop, WorkshopKind


@dataclass
class ScaledRoom:
    """An open workshop of one kind, with the people who rate in it, in order."""

    cycle: Cycle
    actor: Actor
    workshop: Workshop
    people: list[Participant]

    def open_round(self) -> Round:
        return open_round(workshop=self.workshop, actor=self.actor, moment=NOW)

    def close(self, round_: Round) -> None:
        close_round(round_=round_, actor=self.actor, moment=NOW)

    def asked(self, round_: Round) -> list[Item]:
        return items_asked(round_)

    def seat(self, number: int) -> Panellist:
        return panellist_for(participant=self.people[number], moment=NOW)

    def answer(self, round_: Round, item: Item, codes: list[int], seq: int = 1) -> None:
        """Let the people answer in turn with these codes; −1 cannot judge, None says nothing."""
        for number, code in enumerate(codes):
            rate(
                round_id=round_.id,
                item_id=item.id,
                panellist=self.seat(number),
                answer=Answer.RATED if code >= 0 else Answer.CANNOT_JUDGE,
                code=code,
                seq=seq,
            )

    def verdict(self, round_: Round, item: Item) -> ItemVerdict:
        return db.session.query(ItemVerdict).filter_by(round_id=round_.id, item_id=item.id).one()


def make_solutions(cycle: Cycle, number: int) -> list[Solution]:
    return [
        add(Solution(cycle_id=cycle.id, position=place, name=f"Solution {place}"))
        for place in range(1, number + 1)
    ]


def prioritising(cast: Cast, *, people: int = 6, solutions: int = 2, **plan: object) -> ScaledRoom:
    """Return an open prioritisation workshop: technologists, employers and educators in turn."""
    cycle = cast.cycle
    cycle.stage = Stage.IDENTIFYING
    make_solutions(cycle, solutions)
    groups = (Group.TECHNOLOGIST, Group.EMPLOYER, Group.EDUCATOR)
    raters = [cast.technologist, cast.employer, cast.educator]
    raters += [
        make_participant(cycle, make_account(f"Voter{number} Field"), groups[number % 3])
        for number in range(people - 3)
    ]
    return _opened(cast, WorkshopKind.PRIORITISATION, raters, **plan)


def validating(cast: Cast, *, people: int = 6, statements: int = 3, **plan: object) -> ScaledRoom:
    """Return an open validation workshop of submitted statements, with its technologists."""
    cycle = cast.cycle
    cycle.stage = Stage.CARRYING_OUT
    area = make_area("Sensing")
    for number in range(1, statements + 1):
        make_statement(
            cycle,
            f"Calibrate oven sensor {number}",
            number,
            area_id=area.id,
            status=StatementStatus.SUBMITTED,
        )
    raters = [cast.technologist]
    raters += [
        make_participant(cycle, make_account(f"Expert{number} Field"), Group.TECHNOLOGIST)
        for number in range(people - 1)
    ]
    return _opened(cast, WorkshopKind.VALIDATION, raters, **plan)


def _opened(
    cast: Cast, kind: WorkshopKind, raters: list[Participant], **plan: object
) -> ScaledRoom:
    actor = Actor(cast.ada.id, cast.ada.name)
    workshop = plan_workshop(
        cycle=cast.cycle,
        kind=kind,
        title="What we think",
        actor=actor,
        moment=NOW,
        **plan,  # type: ignore[arg-type]  # the tests name what they plan
    )
    open_workshop(workshop=workshop, actor=actor, moment=NOW)
    db.session.commit()
    return ScaledRoom(cast.cycle, actor, workshop, raters)


def statement_of(item: Item) -> CapabilityStatement:
    assert item.statement is not None
    return item.statement


def with_partners(cycle: Cycle, people: list[Participant], *names: str) -> list[Partner]:
    """Give the people partners in turn, as even as their number allows."""
    partners = [make_partner(cycle, name, place) for place, name in enumerate(names, 1)]
    for number, person in enumerate(people):
        person.partner_id = partners[number % len(partners)].id
    db.session.flush()
    return partners
