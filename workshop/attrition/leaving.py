"""Leavers beside stayers: where they had stood, and whether the verdicts hang on their leaving.

The primary analysis is always of whoever answered. What is found here stands beside it. Fewer
than three leavers are never described: two numbers about one person are that person's answers. Nor
are leavers who are one or two more, or fewer, than those described a round before.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from consensus.attrition import Attrition, attrition, carried_forward, complete_cases
from consensus.distribution import counts
from consensus.rule import Rule
from consensus.scale import NO_CODE
from cycles.core.extensions import db
from cycles.setup.queries import rule_card_of
from workshop.attrition.turnout import asked_cells
from workshop.ballot.models import Rating
from workshop.rooms.answers import Answers, read_answers
from workshop.rooms.disclosure import SMALLEST_GROUP, stands_out
from workshop.rooms.judging import judge
from workshop.rooms.models import RoomState, Round, RoundItem, Workshop
from workshop.rooms.queries import rounds_of
from workshop.rooms.scales import SCALES

Cube = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Sensitivity:
    """Of how many items asked more than once the verdict would differ, by how drop-out is treated.

    ``complete``: with only those who answered the item in every round. ``carried``: with each
    person's last answer carried over the rounds that they missed.
    """

    items: int
    complete: int
    carried: int


@dataclass(frozen=True)
class Leaving:
    """Who left between round 1 and the last closed round, and what may be told of them.

    ``comparison`` and ``sensitivity`` are None where too few left, or stayed, to say anything.
    """

    last_number: int
    leavers: int
    stayers: int
    comparison: Attrition | None
    sensitivity: Sensitivity | None


def leaving_of(workshop: Workshop) -> Leaving | None:
    """Return what became of those who answered in round 1; None until a second has closed."""
    closed = [one for one in rounds_of(workshop.id) if one.state == RoomState.CLOSED]
    if len(closed) < 2:
        return None
    first, last = closed[0], closed[-1]
    answers = read_answers(first)
    still_asked, answered = asked_cells(last), _raters(last.id)
    # Whoever was asked nothing any more, because all that was theirs had closed, has not left.
    counted = [
        at for at, seat in enumerate(answers.raters) if still_asked is None or seat in still_asked
    ]
    stayed = np.array([answers.raters[at] in answered for at in counted], dtype=np.bool_)
    stayers = int(stayed.sum())
    leavers = len(counted) - stayers
    may_tell = min(leavers, stayers) >= SMALLEST_GROUP and not any(
        stands_out(_many_apart(answers, answered, _raters(one.id))) for one in closed[1:-1]
    )
    rule = rule_card_of(workshop.cycle_id).rule()
    return Leaving(
        last_number=last.number,
        leavers=leavers,
        stayers=stayers,
        comparison=_comparison(answers.codes[counted], stayed, first) if may_tell else None,
        sensitivity=_sensitivity(closed, rule) if may_tell else None,
    )


def _many_apart(answers: Answers, some: set[uuid.UUID], others: set[uuid.UUID]) -> int:
    """Return how many of round 1 answered in only one of two later rounds."""
    return len((some ^ others) & set(answers.raters))


def _raters(round_id: uuid.UUID) -> set[uuid.UUID]:
    found = select(Rating.panellist_id).where(Rating.round_id == round_id).distinct()
    return set(db.session.scalars(found))


def _comparison(
    codes: npt.NDArray[np.int8], stayed: npt.NDArray[np.bool_], first: Round
) -> Attrition | None:
    found = attrition(codes, stayed, SCALES[first.scale].size)
    if not isinstance(found, Attrition):
        return None
    # Who gave no code at all stood nowhere and is left out, so the sides may have shrunk.
    return found if min(found.leavers, found.stayers) >= SMALLEST_GROUP else None


def _sensitivity(closed: list[Round], rule: Rule) -> Sensitivity:
    """Judge the items of the last round again, under both other treatments of drop-out."""
    items = complete = carried = 0
    scale = SCALES[closed[-1].scale]
    for cube in _cubes(closed):
        held, *others = (
            judge(counts(table, scale.size), scale.name, rule)
            for table in (cube[-1], complete_cases(cube), carried_forward(cube))
        )
        verdicts = [list(zip(one.outcomes, one.levels, strict=True)) for one in (held, *others)]
        items += len(verdicts[0])
        complete += sum(map(_differ, verdicts[0], verdicts[1]))
        carried += sum(map(_differ, verdicts[0], verdicts[2]))
    return Sensitivity(items, complete, carried)


def _differ(one: tuple[str, int | None], other: tuple[str, int | None]) -> bool:
    return one != other


def _cubes(closed: list[Round]) -> list[Cube]:
    """Return codes of (rounds, raters, items), one cube for the items that the same rounds asked.

    A round that did not ask an item has no code for anybody, which is not drop-out.
    """
    last = closed[-1]
    asked_in = _asked_in([one.id for one in closed])
    together: dict[tuple[uuid.UUID, ...], list[uuid.UUID]] = defaultdict(list)
    for item_id, rounds in asked_in.items():
        if len(rounds) > 1 and rounds[-1] == last.id:
            together[tuple(rounds)].append(item_id)
    codes = _codes([one.id for one in closed])
    return [_cube(rounds, items, codes) for rounds, items in together.items()]


def _asked_in(round_ids: list[uuid.UUID]) -> dict[uuid.UUID, list[uuid.UUID]]:
    rows = db.session.execute(
        select(RoundItem.item_id, RoundItem.round_id)
        .join(Round, Round.id == RoundItem.round_id)
        .where(RoundItem.round_id.in_(round_ids))
        .order_by(Round.number, RoundItem.item_id)
    )
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for item_id, round_id in rows:
        found[item_id].append(round_id)
    return found


Codes = dict[tuple[uuid.UUID, uuid.UUID], dict[uuid.UUID, int]]


def _codes(round_ids: list[uuid.UUID]) -> Codes:
    rows = db.session.execute(
        select(Rating.round_id, Rating.item_id, Rating.panellist_id, Rating.code).where(
            Rating.round_id.in_(round_ids)
        )
    )
    found: Codes = defaultdict(dict)
    for round_id, item_id, seat, code in rows:
        found[round_id, item_id][seat] = code
    return found


def _cube(rounds: tuple[uuid.UUID, ...], items: list[uuid.UUID], codes: Codes) -> Cube:
    given = [[codes.get((round_id, item_id), {}) for item_id in items] for round_id in rounds]
    seats = sorted({seat for per_round in given for one in per_round for seat in one})
    cube: Cube = np.full((len(rounds), len(seats), len(items)), NO_CODE, dtype=np.int64)
    lines = {seat: line for line, seat in enumerate(seats)}
    for plane, per_round in enumerate(given):
        for column, one in enumerate(per_round):
            for seat, code in one.items():
                cube[plane, lines[seat], column] = code
    return cube
