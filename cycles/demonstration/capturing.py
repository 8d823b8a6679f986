"""The demonstration's current state: simulated answers for the larger part of the grid.

What they say is made up, and each says so in its note. Drawn from the words of the capability and
the partner, so that two machines show the same.
"""

import hashlib

from cycles.core.audit import Actor
from cycles.current_state.commands import Answer, record
from cycles.current_state.models import Strength
from cycles.current_state.queries import Cell, cells_of
from cycles.demonstration.preparing import Stagehand
from cycles.people.models import Group, Participant
from cycles.people.queries import participants_of
from cycles.setup.queries import partners_of
from cycles.statements.queries import kept_statements

NOTE = "Simulated for the demonstration."
# Of a hundred cells: how many are strong and how many are some, and after these come none.
STRENGTHS = {
    "Design": (6, 34),
    "Implement": (10, 32),
    "Logistics": (22, 40),
    "Support": (14, 38),
    "Enterprise": (18, 46),
}
NEW_TO_ALL = (10, 35)
# Capture was still under way here: of a hundred cells so many are captured.
CAPTURED = {"Point of care partners": 55}


def capture_present(hand: Stagehand) -> None:
    """Record, partner by partner, what its organisations can do today (simulated)."""
    hand = hand.at("2024-08-06")
    cells = cells_of(hand.cycle.id, kept_statements(hand.cycle.id))
    people = participants_of(hand.cycle.id, Group.TECHNOLOGIST)
    for partner in partners_of(hand.cycle.id):
        here = [each for each in cells if each.partner.id == partner.id and _is_captured(each)]
        someone = _somebody_of(people, partner.id)
        record(
            cycle=hand.cycle,
            partner=partner,
            answers=[Answer(each.statement, each.partner, _strength(each), NOTE) for each in here],
            participant_id=someone.id,
            actor=Actor(someone.account_id, someone.account.name),
            moment=hand.moment,
        )


def _somebody_of(people: list[Participant], partner_id: object) -> Participant:
    return next((each for each in people if each.partner_id == partner_id), people[0])


def _is_captured(cell: Cell) -> bool:
    return _throw(cell, "captured") < CAPTURED.get(cell.partner.name, 88)


def _strength(cell: Cell) -> Strength:
    strong, some = STRENGTHS.get(cell.function, NEW_TO_ALL)
    thrown = _throw(cell, "strength")
    if thrown < strong:
        return Strength.STRONG
    return Strength.SOME if thrown < strong + some else Strength.NONE


def _throw(cell: Cell, about: str) -> int:
    """Return a number from 0 to 99 that the cell's words settle."""
    words = f"{about}\n{cell.partner.name}\n{cell.statement.text}"
    return int(hashlib.sha256(words.encode()).hexdigest(), 16) % 100
