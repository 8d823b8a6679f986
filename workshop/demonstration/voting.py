"""Everybody votes on the solutions, and technologists check the statements: both simulated.

Everything drawn here comes from seeded generators, so two machines show the same votes.
"""

from collections.abc import Callable, Sequence

import numpy as np

from cycles.core.extensions import db
from cycles.demonstration.preparing import Stagehand
from cycles.demonstration.texts import cycle_facts
from cycles.people.models import Group, Participant
from cycles.people.queries import participants_of
from cycles.setup.commands import set_aside_solution
from cycles.setup.queries import solutions_of
from cycles.statements.commands import keep
from cycles.statements.models import StatementStatus
from cycles.statements.queries import statements_of
from workshop.ballot.commands import finish_ballot, panellist_for, rate
from workshop.ballot.models import Answer, Panellist
from workshop.demonstration.rating import SEED, open_room
from workshop.rooms.answers import asked_items
from workshop.rooms.applying import apply_validation, take_vote_over
from workshop.rooms.asking import next_agenda
from workshop.rooms.commands import close_workshop
from workshop.rooms.models import Item, Round, Workshop, WorkshopKind
from workshop.rooms.rounds import close_round, open_round

VOTE_DAYS = ("2024-06-04", "2024-06-18")
TWINS = "Digital twins"
# How far a simulated vote strays from the middle, in points; on the twins people differ more.
SPREAD, TWINS_SPREAD = 0.9, 1.7
QA_DAYS = ("2024-07-24", "2024-08-07")
DROP, REWORD, KEEP = range(3)
# The chance of each answer to a statement that nobody minds, and to every ninth, which some do.
MINDED_EVERY = 9
MINDED, FINE = (0.08, 0.34, 0.58), (0.01, 0.05, 0.94)

Answering = Callable[[int, Item], int]


def play_prioritisation(hand: Stagehand) -> None:
    """All three groups rate the solutions twice; the convener takes the vote over."""
    hand = hand.at(VOTE_DAYS[0])
    workshop = open_room(hand, WorkshopKind.PRIORITISATION, "Which solutions matter most?")
    people = [
        person
        for group in (Group.TECHNOLOGIST, Group.EMPLOYER, Group.EDUCATOR)
        for person in participants_of(hand.cycle.id, group)
    ]
    vote = _votes()
    for day in VOTE_DAYS:
        if day != VOTE_DAYS[0] and not next_agenda(workshop).total:
            break
        _play_round(workshop, people, vote, hand.at(day))
    hand = hand.at("2024-06-26")
    close_workshop(workshop=workshop, **hand.who)
    chosen = {each["name"] for each in cycle_facts()["solutions"] if each["prioritised"]}
    ids = [one.id for one in solutions_of(hand.cycle.id) if one.name in chosen]
    take_vote_over(workshop=workshop, chosen=ids, **hand.later().who)
    reasons = {each["name"]: each["rationale"] for each in cycle_facts()["solutions"]}
    for one in solutions_of(hand.cycle.id):
        if not one.is_prioritised:
            set_aside_solution(solution=one, reason=reasons[one.name], **hand.later().who)


def _votes() -> Answering:
    """Return how each simulated person votes: around the middle, and nearer to it next time."""
    dice = np.random.default_rng(SEED + 1)
    middles = {each["name"]: each["latent_priority"] for each in cycle_facts()["solutions"]}
    given: dict[tuple[int, str], int] = {}

    def vote(person: int, item: Item) -> int:
        if item.solution is None:
            raise ValueError("only solutions are voted on")
        name = item.solution.name
        middle = middles[name]
        if (person, name) not in given:
            stray = dice.normal(0, TWINS_SPREAD if name == TWINS else SPREAD)
            given[person, name] = int(np.clip(round(middle + stray), 1, 9))
        elif dice.random() < 0.3:
            given[person, name] = round((given[person, name] + middle) / 2)
        return given[person, name] - 1

    return vote


def play_validation(hand: Stagehand) -> None:
    """Technologists say keep, reword or drop within the QA window; the convener keeps the rest."""
    hand = hand.at(QA_DAYS[0])
    workshop = open_room(hand, WorkshopKind.VALIDATION, "Quality assurance of the statements")
    dice = np.random.default_rng(SEED + 2)

    def check(_person: int, item: Item) -> int:
        chances = FINE if item.position % MINDED_EVERY else MINDED
        return int(dice.choice((DROP, REWORD, KEEP), p=chances))

    _play_round(workshop, participants_of(hand.cycle.id, Group.TECHNOLOGIST), check, hand, 300)
    hand = hand.at(QA_DAYS[1])
    close_workshop(workshop=workshop, **hand.who)
    apply_validation(workshop=workshop, **hand.later().who)
    waiting = [
        one for one in statements_of(hand.cycle.id) if one.status == StatementStatus.SUBMITTED
    ]
    if waiting:
        keep(statements=waiting, **hand.later(2).who)


def _play_round(
    workshop: Workshop,
    people: Sequence[Participant],
    answer: Answering,
    hand: Stagehand,
    hours: int = 100,
) -> Round:
    round_ = open_round(workshop=workshop, **hand.who)
    items = [db.session.get_one(Item, one) for one in asked_items(round_.id)]
    for number, person in enumerate(people):
        seat = panellist_for(participant=person, moment=hand.moment)
        for item in items:
            _rate(round_, item, seat, answer(number, item))
        finish_ballot(round_id=round_.id, panellist=seat)
    close_round(round_=round_, **hand.later(hours).who)
    return round_


def _rate(round_: Round, item: Item, seat: Panellist, code: int) -> None:
    rate(
        round_id=round_.id,
        item_id=item.id,
        panellist=seat,
        answer=Answer.RATED,
        code=code,
        seq=1,
    )
