"""Technologists submit, employers rate: the simulated capture and the simulated rounds.

Everything drawn here comes from one seeded generator, so two machines show the same cycle.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy import select

from consensus.scale import AWARENESS, EXPERT, NOT_NEEDED
from consensus.verdict import Outcome
from cycles.classification.queries import area_by_names
from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.demonstration.preparing import Stagehand
from cycles.demonstration.texts import LatentCapability, capabilities, cycle_facts
from cycles.people.models import Group, Participant
from cycles.people.queries import participants_of
from cycles.setup.models import RoleLevel
from cycles.setup.queries import partners_of
from cycles.statements.commands import submit_statement
from workshop.ballot.commands import finish_ballot, panellist_for, rate
from workshop.ballot.models import Answer, Panellist
from workshop.demonstration.reasons import say_why
from workshop.rooms.asking import open_items
from workshop.rooms.commands import close_workshop, open_workshop, plan_workshop
from workshop.rooms.decisions import accept_medians
from workshop.rooms.models import Item, Round, RoundItem, Workshop, WorkshopKind
from workshop.rooms.queries import cells_of_workshop
from workshop.rooms.rounds import close_round, open_round

SEED = 20240709
ROUND_DAYS = ("2024-08-20", "2024-09-03", "2024-09-17")
# How often a simulated rater gives their own camp's level, by the kind of dissent.
STEADINESS = (0.92, 0.66, 0.9)
ABSTENTION = 0.03
# How often somebody who strayed comes back to the level they see as the group's, by dissent.
PULL = (0.7, 0.4, 0.05)
DECISION = (
    "The panel did not agree within three rounds. The lower median is taken, so that no training "
    "is planned above what the votes support; the employer panel sees the dissent."
)


@dataclass
class SimulatedRoom:
    """The raters of the demonstration, what each last answered, and the dice they share."""

    seats: list[Panellist]
    latent: dict[str, LatentCapability]
    dice: np.random.Generator
    answers: dict[tuple[int, str], int] = field(default_factory=dict)

    def answer(self, seat: int, item: Item) -> int:
        """Return the code that the rater in ``seat`` gives ``item`` now."""
        capability, level = self.latent[item.wording], self.level_of(item)
        key = (seat, str(item.id))
        own = _camp(level, seat) if capability.dissent == 2 else level  # two camps
        last = self.answers.get(key)
        if last is None:
            steady = self.dice.random() < STEADINESS[capability.dissent]
            code = own if steady else self._stray(own)
        else:
            code = level if self.dice.random() < PULL[capability.dissent] else last
        self.answers[key] = code
        return code

    def level_of(self, item: Item) -> int:
        """Return the level that most raters lean to."""
        return self.latent[item.wording].levels[_level_of(item).position - 1]

    def abstains(self) -> bool:
        """Say whether this rater cannot judge this item."""
        return bool(self.dice.random() < ABSTENTION)

    def _stray(self, level: int) -> int:
        step = 1 if self.dice.random() < 0.5 else -1
        return min(EXPERT, max(NOT_NEEDED, level + step))


def _level_of(item: Item) -> RoleLevel:
    if item.role_level is None:
        raise ValueError("the demonstration rates proficiency, which each role level needs")
    return item.role_level


def _camp(level: int, seat: int) -> int:
    """Return the level of the camp that ``seat`` belongs to: two of five hold the other view."""
    other = NOT_NEEDED if level > AWARENESS else EXPERT
    return other if seat % 5 < 2 else level


def play_capture(hand: Stagehand) -> None:
    """Technologists submit every statement; whether it is kept, the QA window says."""
    hand = hand.at("2024-07-09")
    workshop = open_room(hand, WorkshopKind.CAPTURE, "Capture of future capabilities")
    technologists = participants_of(hand.cycle.id, Group.TECHNOLOGIST)
    codes = {each["name"]: each["code"] for each in cycle_facts()["partners"]}
    partners = {codes[partner.name]: partner for partner in partners_of(hand.cycle.id)}
    for number, capability in enumerate(capabilities()):
        person = technologists[number % len(technologists)]
        submit_statement(
            cycle=hand.cycle,
            text=capability.text,
            actor=Actor(person.account_id, person.account.name),
            moment=hand.moment,
            area=area_by_names(capability.function, capability.domain, capability.area),
            partners=[partners[code] for code in capability.partners],
            participant_id=person.id,
        )
    close_workshop(workshop=workshop, **hand.at("2024-07-23").later().who)


def play_proficiency(hand: Stagehand) -> None:
    """Employers rate in rounds until nothing is open or the cap is reached."""
    hand = hand.at(ROUND_DAYS[0])
    workshop = open_room(hand, WorkshopKind.PROFICIENCY, "Proficiency by role level")
    room = _seat(participants_of(hand.cycle.id, Group.EMPLOYER), hand)
    for day in ROUND_DAYS:
        if day != ROUND_DAYS[0] and not open_items(workshop):
            break
        now = hand.at(day)
        round_ = open_round(workshop=workshop, **now.who)
        _rate_everything(round_, room)
        close_round(round_=round_, **now.later(200).who)
    close_workshop(workshop=workshop, **hand.at("2024-09-27").who)
    _decide(workshop, hand.at("2024-09-30"))


def _seat(employers: Sequence[Participant], hand: Stagehand) -> SimulatedRoom:
    return SimulatedRoom(
        seats=[panellist_for(participant=each, moment=hand.moment) for each in employers],
        latent={capability.text: capability for capability in capabilities()},
        dice=np.random.default_rng(SEED),
    )


def _rate_everything(round_: Round, room: SimulatedRoom) -> None:
    items = db.session.scalars(
        select(Item)
        .join(RoundItem, RoundItem.item_id == Item.id)
        .where(RoundItem.round_id == round_.id)
        .order_by(Item.position)
    ).all()
    for seat, panellist in enumerate(room.seats):
        for item in items:
            code = room.answer(seat, item)
            is_blank = room.abstains()
            rate(
                round_id=round_.id,
                item_id=item.id,
                panellist=panellist,
                answer=Answer.CANNOT_JUDGE if is_blank else Answer.RATED,
                code=-1 if is_blank else code,
                seq=1,
            )
            if round_.number > 1 and not is_blank:
                where = (round_, item, panellist)
                say_why(*where, seat=seat, code=code, level=room.level_of(item))
        finish_ballot(round_id=round_.id, panellist=panellist)


def _decide(workshop: Workshop, hand: Stagehand) -> None:
    undecided = {
        cell.outcome
        for cell in cells_of_workshop(workshop.id)
        if not cell.is_settled and cell.outcome == Outcome.SPLIT
    }
    if undecided:
        accept_medians(workshop=workshop, outcomes=sorted(undecided), reason=DECISION, **hand.who)


def open_room(hand: Stagehand, kind: WorkshopKind, title: str) -> Workshop:
    """Plan a workshop for today and open it."""
    workshop = plan_workshop(
        cycle=hand.cycle, kind=kind, title=title, starts_on=hand.moment.date(), **hand.who
    )
    open_workshop(workshop=workshop, **hand.who)
    return workshop
