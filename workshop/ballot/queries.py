"""What a ballot asks and what the person at it has answered. Reads only.

Only ever one panellist's own answers: what the group said is in ``earlier``, past the gate of
``disclosure``.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import contains_eager

from cycles.core.extensions import db
from cycles.setup.models import RoleLevel
from cycles.statements.models import CapabilityStatement
from workshop.ballot.letters import letter_of
from workshop.ballot.links import find_key, link_of
from workshop.ballot.models import Assignment, FinishedBallot, Panellist, Rating, Reason
from workshop.rooms.models import (
    Item,
    RoomState,
    Round,
    RoundItem,
    ScaleName,
    Workshop,
    WorkshopKind,
)


@dataclass(frozen=True)
class AskedItem:
    """One cell of a ballot, in the wording asked. Without a role level it is the whole row.

    ``earlier_item_id`` is the same question in the wording of an earlier round.
    """

    item_id: uuid.UUID
    subject_id: uuid.UUID
    code: str
    wording: str
    role_level: str
    place: tuple[str, str, str]
    earlier_item_id: uuid.UUID | None = None


@dataclass(frozen=True)
class OwnAnswer:
    """What this person answered to an item in a round."""

    letter: str
    seq: int


@dataclass(frozen=True)
class OwnWords:
    """What this person wrote in a round: comments on whole rows and reasons for cells, by item."""

    comments: dict[uuid.UUID, str]
    reasons: dict[uuid.UUID, str]


def find_seat(cycle_id: uuid.UUID, participant_id: uuid.UUID) -> uuid.UUID | None:
    """Return the id of the participant's seat, or None while they have none or it is unlinked."""
    key = find_key(cycle_id)
    if key is None:
        return None
    return db.session.scalar(
        select(Panellist.id).where(Panellist.link == link_of(key, participant_id))
    )


def rounds_under_way(cycle_id: uuid.UUID, kinds: Iterable[WorkshopKind]) -> list[Round]:
    """Return the open and paused rounds of workshops of these kinds, oldest first."""
    return list(
        db.session.scalars(
            select(Round)
            .join(Round.workshop)
            .options(contains_eager(Round.workshop))
            .where(
                Round.cycle_id == cycle_id,
                Round.state.in_((RoomState.OPEN, RoomState.PAUSED)),
                Workshop.kind.in_(tuple(kinds)),
            )
            .order_by(Round.opened_at, Round.id)
        )
    )


def asked_in(round_: Round, panellist_id: uuid.UUID | None) -> list[AskedItem]:
    """Return the cells that a round asks this panellist, in the workshop's order."""
    return read_asked(
        select(Item, CapabilityStatement.code, RoleLevel.name)
        .join(RoundItem, RoundItem.item_id == Item.id)
        .where(RoundItem.round_id == round_.id, asks_of(round_.workshop, panellist_id))
    )


def asks_of(workshop: Workshop, panellist_id: uuid.UUID | None) -> ColumnElement[bool]:
    """Return the condition that a ``RoundItem`` is asked of this panellist."""
    if workshop.raters_per_item is None:
        return RoundItem.item_id.is_not(None)
    return _is_assigned(panellist_id)


def _is_assigned(panellist_id: uuid.UUID | None) -> ColumnElement[bool]:
    return (
        select(Assignment.item_id)
        .where(
            Assignment.round_id == RoundItem.round_id,
            Assignment.item_id == RoundItem.item_id,
            Assignment.panellist_id == panellist_id,
        )
        .exists()
    )


def read_asked(found: Select[Item, str, str]) -> list[AskedItem]:
    """Return the cells that a selection of items finds, with their codes and role levels."""
    rows = db.session.execute(
        found.outerjoin(CapabilityStatement, CapabilityStatement.id == Item.statement_id)
        .outerjoin(RoleLevel, RoleLevel.id == Item.role_level_id)
        .order_by(Item.position, Item.id)
    )
    return [
        AskedItem(
            item_id=item.id,
            subject_id=item.subject_id,
            code=code or "",
            wording=item.wording,
            role_level=level or "",
            place=(item.function, item.domain, item.area),
            earlier_item_id=item.earlier_item_id,
        )
        for item, code, level in rows
    ]


def count_subjects(round_id: uuid.UUID) -> int:
    """Return how many capabilities or solutions a round asks about, whoever is asked."""
    subject = func.coalesce(Item.statement_id, Item.solution_id)
    return (
        db.session.scalar(
            select(func.count(subject.distinct()))
            .join(RoundItem, RoundItem.item_id == Item.id)
            .where(RoundItem.round_id == round_id)
        )
        or 0
    )


def own_answers(
    round_id: uuid.UUID,
    panellist_id: uuid.UUID | None,
    scale: ScaleName = ScaleName.PROFICIENCY,
) -> dict[uuid.UUID, OwnAnswer]:
    """Return this panellist's answers in a round, by item."""
    rows = db.session.execute(
        select(Rating.item_id, Rating.answer, Rating.code, Rating.seq).where(
            Rating.round_id == round_id, Rating.panellist_id == panellist_id
        )
    )
    return {
        item: OwnAnswer(letter_of(answer, code, scale), seq) for item, answer, code, seq in rows
    }


def own_answer(
    round_id: uuid.UUID,
    item_id: uuid.UUID,
    panellist_id: uuid.UUID,
    scale: ScaleName = ScaleName.PROFICIENCY,
) -> OwnAnswer | None:
    """Return this panellist's answer to one item as the database has it now."""
    found = db.session.execute(
        select(Rating.answer, Rating.code, Rating.seq).where(
            Rating.round_id == round_id,
            Rating.item_id == item_id,
            Rating.panellist_id == panellist_id,
        )
    ).first()
    return None if found is None else OwnAnswer(letter_of(found[0], found[1], scale), found[2])


def has_finished(round_id: uuid.UUID, panellist_id: uuid.UUID | None) -> bool:
    """Say whether this panellist said that they have finished."""
    found = select(FinishedBallot).where(
        FinishedBallot.round_id == round_id, FinishedBallot.panellist_id == panellist_id
    )
    return db.session.scalar(found) is not None


def own_words(round_id: uuid.UUID, panellist_id: uuid.UUID | None) -> OwnWords:
    """Return what this panellist wrote in a round."""
    rows: Sequence[tuple[uuid.UUID, str, bool]] = [
        (item_id, text, is_of_cell)
        for item_id, text, is_of_cell in db.session.execute(
            select(Reason.item_id, Reason.text, Reason.is_of_cell).where(
                and_(Reason.round_id == round_id, Reason.panellist_id == panellist_id)
            )
        )
    ]
    return OwnWords(
        comments={item: text for item, text, is_of_cell in rows if not is_of_cell},
        reasons={item: text for item, text, is_of_cell in rows if is_of_cell},
    )
