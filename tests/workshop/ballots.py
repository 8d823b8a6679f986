"""Plain helpers for tests of ballots over HTTP: rooms on every scale, and reading a page."""

import re
from typing import Any

from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from cycles.setup.models import RuleCard, Solution
from tests.factories import NOW, Cast, make_account, make_participant, make_partner, make_solution
from tests.workshop.rating import Room
from workshop.ballot.commands import give_reason, panellist_for
from workshop.rooms.commands import open_round, open_workshop, plan_workshop
from workshop.rooms.models import Item, Round, Side, Workshop, WorkshopKind
from workshop.rooms.plans import Asking


def path_to(cast: Cast, path: str = "/") -> str:
    return f"/cycles/{cast.cycle.id}/ballot{path}"


def area_of(cast: Cast, round_: Round, number: int = 1) -> str:
    return path_to(cast, f"/rounds/{round_.id}/areas/{number}")


def text_of(answer: Any) -> str:
    """Return the page as it reads, without its markup."""
    page = re.sub(r"<[^>]+>", " ", str(answer.get_data(as_text=True)))
    return " ".join(page.split())


def source_of(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def open_workshop_of(
    cast: Cast, kind: WorkshopKind, *, asking: Asking | None = None, title: str = "Another room"
) -> Workshop:
    actor = Actor(cast.ada.id, cast.ada.name)
    made = plan_workshop(
        cycle=cast.cycle, kind=kind, title=title, asking=asking, actor=actor, moment=NOW
    )
    open_workshop(workshop=made, actor=actor, moment=NOW)
    return made


def first_round(cast: Cast, workshop: Workshop) -> Round:
    return open_round(workshop=workshop, actor=Actor(cast.ada.id, cast.ada.name), moment=NOW)


def make_solutions(cast: Cast) -> list[Solution]:
    return [
        make_solution(cast.cycle, name, description=words)
        for name, words in (("Robotic ovens", "They load themselves."), ("Heat pumps", ""))
    ]


def make_raters(cast: Cast, group: Group, number: int) -> list[Participant]:
    return [
        make_participant(cast.cycle, make_account(f"{group}{one} Field"), group)
        for one in range(number)
    ]


def shared_by_partner(room: Room, sizes: tuple[int, ...], names: tuple[str, ...]) -> None:
    """Let the employers belong to partners, so many to each; the rule card shows each partner."""
    db.session.get_one(RuleCard, room.cycle.id).feedback = "group and partners"
    people = iter(room.employers)
    for position, (name, size) in enumerate(zip(names, sizes, strict=True), 1):
        partner = make_partner(room.cycle, name, position)
        for _ in range(size):
            next(people).partner_id = partner.id


def argue(person: Participant, round_: Round, item: Item, text: str, side: Side | None) -> None:
    give_reason(
        round_id=round_.id,
        item_id=item.id,
        panellist=panellist_for(participant=person, moment=NOW),
        text=text,
        is_of_cell=True,
        side=side,
    )


def reopened(room: Room, first: Round, letters: str) -> tuple[Round, Item]:
    """Answer the first cell of a round, close it and open the next; return that and the cell."""
    item = room.asked(first)[0]
    room.answer(first, item, letters)
    room.close(first)
    return room.open_round(), item
