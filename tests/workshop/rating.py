"""Plain helpers for tests of rounds and ballots: a room of employers and what they answer."""

from dataclasses import dataclass, field

from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from cycles.setup.models import Cycle, RoleLevel
from cycles.stages.words import Stage
from cycles.statements.models import CapabilityStatement
from tests.factories import (
    NOW,
    Cast,
    make_account,
    make_area,
    make_participant,
    make_role_level,
    make_statement,
)
from workshop.ballot.commands import panellist_for, rate
from workshop.ballot.models import Answer
from workshop.rooms.commands import close_round, open_round, open_workshop, plan_workshop
from workshop.rooms.models import Item, Round, RoundItem, Workshop, WorkshopKind

NO_CODES = {"?": Answer.CANNOT_JUDGE, "-": Answer.NOT_MY_FIELD}


def items_asked(round_: Round) -> list[Item]:
    """Return the items that a round asks, in the workshop's order."""
    return (
        db.session.query(Item)
        .join(RoundItem, RoundItem.item_id == Item.id)
        .filter(RoundItem.round_id == round_.id)
        .order_by(Item.position)
        .all()
    )


@dataclass
class Room:
    """An open proficiency workshop of the cast's cycle, with as many employers as were asked for.

    Ema and Pia are its first two employers.
    """

    cycle: Cycle
    actor: Actor
    workshop: Workshop
    employers: list[Participant]
    statements: list[CapabilityStatement]
    levels: list[RoleLevel]
    seq: int = field(default=0)

    def open_round(self) -> Round:
        return open_round(workshop=self.workshop, actor=self.actor, moment=NOW)

    def close(self, round_: Round) -> None:
        close_round(round_=round_, actor=self.actor, moment=NOW)

    def asked(self, round_: Round) -> list[Item]:
        return items_asked(round_)

    def answer(self, round_: Round, item: Item, letters: str) -> None:
        """Let the employers answer in turn: a letter of N, A, P, E, ?, - each, a space for none."""
        self.seq += 1
        for employer, letter in zip(self.employers, letters, strict=False):
            if letter != " ":
                rate(
                    round_id=round_.id,
                    item_id=item.id,
                    panellist=panellist_for(participant=employer, moment=NOW),
                    answer=NO_CODES.get(letter, Answer.RATED),
                    code=-1 if letter in NO_CODES else "NAPE".index(letter),
                    seq=self.seq,
                )


def make_room(cast: Cast, *, employers: int = 5, statements: int = 2, levels: int = 1) -> Room:
    """Return a room whose cycle is carrying out and whose workshop is open."""
    cycle = cast.cycle
    cycle.stage = Stage.CARRYING_OUT
    area = make_area()
    actor = Actor(cast.ada.id, cast.ada.name)
    people = [cast.employer, cast.panel_member]
    people += [
        make_participant(cycle, make_account(f"Rater{number} Field"), Group.EMPLOYER)
        for number in range(employers - 2)
    ]
    made = [
        make_statement(cycle, f"Calibrate oven sensor {number}", number, area_id=area.id)
        for number in range(1, statements + 1)
    ]
    role_levels = [make_role_level(cycle, f"Level {n}", n) for n in range(1, levels + 1)]
    workshop = plan_workshop(
        cycle=cycle,
        kind=WorkshopKind.PROFICIENCY,
        title="What each role needs",
        actor=actor,
        moment=NOW,
    )
    open_workshop(workshop=workshop, actor=actor, moment=NOW)
    db.session.commit()
    return Room(cycle, actor, workshop, people[:employers], made, role_levels)
