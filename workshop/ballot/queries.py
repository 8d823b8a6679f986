"""What a ballot asks and what the person at it has answered. Reads only.

Only ever one panellist's own answers: what the group said comes as counts, past the gate of
``disclosure``.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from cycles.core.extensions import db
from cycles.setup.models import RoleLevel
from cycles.statements.models import CapabilityStatement
from workshop.ballot.letters import letter_of
from workshop.ballot.links import find_key, link_of
from workshop.ballot.models import FinishedBallot, Panellist, Rating, Reason
from workshop.rooms.models import Item, ItemVerdict, Round, RoundItem


@dataclass(frozen=True)
class AskedItem:
    """One cell of a ballot: a capability, in the wording asked, at a role level."""

    item_id: uuid.UUID
    subject_id: uuid.UUID
    code: str
    wording: str
    role_level: str
    place: tuple[str, str, str]


@dataclass(frozen=True)
class OwnAnswer:
    """What this person answered to an item in a round."""

    letter: str
    seq: int


def find_seat(cycle_id: uuid.UUID, participant_id: uuid.UUID) -> uuid.UUID | None:
    """Return the id of the participant's seat, or None while they have none or it is unlinked."""
    key = find_key(cycle_id)
    if key is None:
        return None
    return db.session.scalar(
        select(Panellist.id).where(Panellist.link == link_of(key, participant_id))
    )


def asked_in(round_id: uuid.UUID) -> list[AskedItem]:
    """Return the cells that a round asks, in the workshop's order."""
    rows = db.session.execute(
        select(Item, CapabilityStatement.code, RoleLevel.name)
        .join(RoundItem, RoundItem.item_id == Item.id)
        .join(CapabilityStatement, CapabilityStatement.id == Item.statement_id)
        .join(RoleLevel, RoleLevel.id == Item.role_level_id)
        .where(RoundItem.round_id == round_id)
        .order_by(Item.position)
    )
    return [
        AskedItem(
            item_id=item.id,
            subject_id=item.subject_id,
            code=code,
            wording=item.wording,
            role_level=level,
            place=(item.function, item.domain, item.area),
        )
        for item, code, level in rows
    ]


def own_answers(round_id: uuid.UUID, panellist_id: uuid.UUID | None) -> dict[uuid.UUID, OwnAnswer]:
    """Return this panellist's answers in a round, by item."""
    rows = db.session.execute(
        select(Rating.item_id, Rating.answer, Rating.code, Rating.seq).where(
            Rating.round_id == round_id, Rating.panellist_id == panellist_id
        )
    )
    return {item: OwnAnswer(letter_of(answer, code), seq) for item, answer, code, seq in rows}


def own_answer(
    round_id: uuid.UUID, item_id: uuid.UUID, panellist_id: uuid.UUID
) -> OwnAnswer | None:
    """Return this panellist's answer to one item as the database has it now."""
    found = db.session.execute(
        select(Rating.answer, Rating.code, Rating.seq).where(
            Rating.round_id == round_id,
            Rating.item_id == item_id,
            Rating.panellist_id == panellist_id,
        )
    ).first()
    return None if found is None else OwnAnswer(letter_of(found[0], found[1]), found[2])


def count_progress(round_id: uuid.UUID, panellist_id: uuid.UUID) -> tuple[int, int]:
    """Return how many cells this panellist has answered, and how many the round asks."""
    answered = (
        select(func.count())
        .select_from(Rating)
        .where(Rating.round_id == round_id, Rating.panellist_id == panellist_id)
    )
    asked = select(func.count()).select_from(RoundItem).where(RoundItem.round_id == round_id)
    row = db.session.execute(select(answered.scalar_subquery(), asked.scalar_subquery())).one()
    return row[0], row[1]


def has_finished(round_id: uuid.UUID, panellist_id: uuid.UUID | None) -> bool:
    """Say whether this panellist said that they have finished."""
    found = select(FinishedBallot).where(
        FinishedBallot.round_id == round_id, FinishedBallot.panellist_id == panellist_id
    )
    return db.session.scalar(found) is not None


def own_comments(round_id: uuid.UUID, panellist_id: uuid.UUID | None) -> dict[uuid.UUID, str]:
    """Return this panellist's comments in a round, by item."""
    rows = db.session.execute(
        select(Reason.item_id, Reason.text).where(
            Reason.round_id == round_id, Reason.panellist_id == panellist_id
        )
    )
    return dict(rows.all())


def round_before(round_: Round) -> Round | None:
    """Return the round before this one in its workshop."""
    return db.session.scalar(
        select(Round).where(
            Round.workshop_id == round_.workshop_id, Round.number == round_.number - 1
        )
    )


def group_counts(round_id: uuid.UUID) -> dict[uuid.UUID, tuple[int, ...]]:
    """Return the frozen counts of N, A, P, E of each item that a closed round asked."""
    rows = db.session.execute(
        select(ItemVerdict.item_id, ItemVerdict.counts).where(ItemVerdict.round_id == round_id)
    )
    return {item_id: tuple(counts) for item_id, counts in rows}


def comments_of_others(
    round_id: uuid.UUID, statement_ids: Sequence[uuid.UUID], panellist_id: uuid.UUID | None
) -> dict[uuid.UUID, list[tuple[uuid.UUID, str]]]:
    """Return what others wrote in a round of these capabilities, with the comments' ids."""
    rows = db.session.execute(
        select(Item.statement_id, Reason.id, Reason.text)
        .join(Item, Item.id == Reason.item_id)
        .where(
            Reason.round_id == round_id,
            Item.statement_id.in_(statement_ids),
            Reason.panellist_id != panellist_id if panellist_id else Reason.id.is_not(None),
        )
        .order_by(Reason.id)
    )
    found: dict[uuid.UUID, list[tuple[uuid.UUID, str]]] = {}
    for statement_id, reason_id, text in rows:
        if statement_id is not None:
            found.setdefault(statement_id, []).append((reason_id, text))
    return found
