"""A person's own answers: every round of a workshop, first to last, to read and to print.

Only ever the reader's own. Nothing of the group is here.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from cycles.core.extensions import db
from cycles.setup.models import RoleLevel
from cycles.statements.models import CapabilityStatement
from workshop.ballot.booth import receipt_href
from workshop.ballot.letters import WORDS, letter_of
from workshop.ballot.models import Rating, Reason
from workshop.ballot.texts import ANONYMITY
from workshop.rooms.models import Item, RoomState, Round, Workshop
from workshop.rooms.queries import rounds_of

STATES = {
    RoomState.OPEN: "open now",
    RoomState.PAUSED: "paused",
    RoomState.CLOSED: "closed",
    RoomState.PLANNED: "planned",
}


@dataclass
class OwnRow:
    """A capability or solution with this person's answer at each role level, and their words."""

    code: str
    wording: str
    answers: dict[str, str] = field(default_factory=dict)
    written: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class OwnRound:
    """What this person answered in one round. ``answers`` of a row follow ``columns``."""

    number: int
    state: str
    answered: int
    receipt_href: str
    columns: tuple[str, ...]
    rows: tuple[tuple[OwnRow, tuple[str, ...]], ...]


@dataclass(frozen=True)
class OwnPage:
    """The page "My answers" of one workshop."""

    title: str
    rounds: tuple[OwnRound, ...]
    home_href: str
    anonymity: str


@dataclass(frozen=True)
class _Asked:
    """An item that this person answered or wrote about, as the page names it."""

    item: Item
    code: str
    role_level: str
    place: int


def own_page(workshop: Workshop, panellist_id: uuid.UUID | None, home_href: str) -> OwnPage:
    """Return all that this panellist answered in a workshop, round by round, the newest first."""
    answers, written = _answers(workshop.id, panellist_id), _words(workshop.id, panellist_id)
    asked = _asked({item for found in (answers, written) for _, item, *_ in found})
    rounds = [_round(one, asked, answers, written) for one in rounds_of(workshop.id)]
    return OwnPage(
        title=workshop.title,
        rounds=tuple(one for one in reversed(rounds) if one.rows),
        home_href=home_href,
        anonymity=ANONYMITY,
    )


def answered_workshops(cycle_id: uuid.UUID, panellist_id: uuid.UUID | None) -> list[Workshop]:
    """Return the workshops of a cycle in which this panellist answered something."""
    answered = (
        select(Round.workshop_id)
        .join(Rating, Rating.round_id == Round.id)
        .where(Rating.panellist_id == panellist_id)
    )
    return list(
        db.session.scalars(
            select(Workshop)
            .where(Workshop.cycle_id == cycle_id, Workshop.id.in_(answered))
            .order_by(Workshop.opened_at, Workshop.id)
        )
    )


def _answers(
    workshop_id: uuid.UUID, panellist_id: uuid.UUID | None
) -> list[tuple[uuid.UUID, uuid.UUID, str]]:
    rows = db.session.execute(
        select(Rating.round_id, Rating.item_id, Rating.answer, Rating.code, Round.scale)
        .join(Round, Round.id == Rating.round_id)
        .where(Rating.panellist_id == panellist_id, Round.workshop_id == workshop_id)
    )
    return [
        (in_round, item, WORDS[scale][letter_of(answer, code, scale)])
        for in_round, item, answer, code, scale in rows
    ]


def _words(
    workshop_id: uuid.UUID, panellist_id: uuid.UUID | None
) -> list[tuple[uuid.UUID, uuid.UUID, bool, str]]:
    rows = db.session.execute(
        select(Reason.round_id, Reason.item_id, Reason.is_of_cell, Reason.text)
        .join(Round, Round.id == Reason.round_id)
        .where(Reason.panellist_id == panellist_id, Round.workshop_id == workshop_id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _asked(item_ids: set[uuid.UUID]) -> list[_Asked]:
    rows = db.session.execute(
        select(Item, CapabilityStatement.code, RoleLevel.name, RoleLevel.position)
        .outerjoin(CapabilityStatement, CapabilityStatement.id == Item.statement_id)
        .outerjoin(RoleLevel, RoleLevel.id == Item.role_level_id)
        .where(Item.id.in_(item_ids))
        .order_by(Item.position, Item.id)
    )
    return [_Asked(item, code or "", level or "", place or 0) for item, code, level, place in rows]


def _round(
    round_: Round,
    asked: Sequence[_Asked],
    answers: Sequence[tuple[uuid.UUID, uuid.UUID, str]],
    written: Sequence[tuple[uuid.UUID, uuid.UUID, bool, str]],
) -> OwnRound:
    said = {item: words for in_round, item, words in answers if in_round == round_.id}
    wrote: dict[uuid.UUID, list[tuple[bool, str]]] = {}
    for in_round, item, is_of_cell, text in written:
        if in_round == round_.id:
            wrote.setdefault(item, []).append((is_of_cell, text))
    here = [one for one in asked if one.item.id in said or one.item.id in wrote]
    columns = {one.role_level: one.place for one in here if one.item.id in said}
    levels = tuple(sorted(columns, key=lambda level: columns[level]))
    return OwnRound(
        number=round_.number,
        state=STATES[round_.state],
        answered=len(said),
        receipt_href=receipt_href(round_),
        columns=levels,
        rows=tuple(
            (row, tuple(row.answers.get(level, "") for level in levels))
            for row in _rows(here, said, wrote)
        ),
    )


def _rows(
    here: Sequence[_Asked],
    said: Mapping[uuid.UUID, str],
    wrote: Mapping[uuid.UUID, Sequence[tuple[bool, str]]],
) -> list[OwnRow]:
    rows: dict[uuid.UUID, OwnRow] = {}
    for one in here:
        row = rows.setdefault(one.item.subject_id, OwnRow(one.code, one.item.wording))
        if one.item.id in said:
            row.answers[one.role_level] = said[one.item.id]
        for is_of_cell, text in sorted(wrote.get(one.item.id, ())):
            row.written.append((one.role_level if is_of_cell else "", text))
    return list(rows.values())
