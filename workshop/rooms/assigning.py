"""Sharing the items of a round out, where not everybody is asked everything.

A capability goes to its raters with all its role levels: its own partner's people first, and
nobody is asked more than their share while others are asked less. Later rounds ask the same
people. What anybody answers is never looked at.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from sqlalchemy import insert, select

from cycles.core.extensions import db
from cycles.statements.models import statement_partner
from workshop.ballot.models import Assignment, Panellist
from workshop.ballot.upsert import insert_into
from workshop.rooms.models import Item, Round, RoundItem
from workshop.rooms.scales import rates_in


@dataclass(frozen=True)
class Rater:
    """Somebody to ask, and the partner they belong to."""

    id: uuid.UUID
    partner_id: uuid.UUID | None


@dataclass(frozen=True)
class Topic:
    """A capability or a solution to share out, the partners it belongs to, and who has it."""

    subject_id: uuid.UUID
    partner_ids: frozenset[uuid.UUID] = frozenset()
    raters: frozenset[uuid.UUID] = field(default=frozenset())


def share_out(
    topics: Sequence[Topic], raters: Sequence[Rater], k: int
) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    """Return, by topic, at least ``k`` of the raters: those who have it already, and the rest.

    Of people who belong to one of the topic's partners it takes as many as it can without asking
    anybody more than their share, ``k`` times the topics over the raters; then others, those who
    are asked least first. With ``k`` raters or fewer everybody is asked everything. Raises
    ``ValueError`` for a ``k`` below one. The same topics and raters give the same shares.
    """
    if k < 1:
        raise ValueError("Every topic has one rater at least.")
    share = ceil(k * len(topics) / len(raters)) if raters else 0
    load = Counter(rater for topic in topics for rater in topic.raters)
    shares: dict[uuid.UUID, frozenset[uuid.UUID]] = {}
    for topic in _scarcest_first(topics, raters):
        wanted = max(k - len(topic.raters), 0)
        free = [one for one in raters if one.id not in topic.raters]
        chosen = sorted(free, key=lambda one: _standing(one, topic, load, share))[:wanted]
        load.update(one.id for one in chosen)
        shares[topic.subject_id] = topic.raters | {one.id for one in chosen}
    return shares


def _scarcest_first(topics: Sequence[Topic], raters: Sequence[Rater]) -> list[Topic]:
    """Order topics so that those with few people of their own choose before those with many."""
    people = Counter(one.partner_id for one in raters)
    own = {
        topic.subject_id: sum(people[partner] for partner in topic.partner_ids) for topic in topics
    }
    return sorted(topics, key=lambda one: (own[one.subject_id] == 0, own[one.subject_id]))


def _standing(
    rater: Rater, topic: Topic, load: Mapping[uuid.UUID, int], share: int
) -> tuple[bool, bool, int, int]:
    """Return a rater's place in the queue for a topic; the lowest is asked."""
    # A lot of their own for each topic, or the same people would always meet in the same topics.
    lot = (rater.id.int ^ topic.subject_id.int) * 0x9E3779B97F4A7C15 % 2**64
    is_full = load[rater.id] >= share
    return is_full, rater.partner_id not in topic.partner_ids, load[rater.id], lot


def share_of_late(topics: Sequence[Topic], rater: Rater, number: int) -> frozenset[uuid.UUID]:
    """Return the topics with the fewest raters, their own partner's first among equals."""
    queue = sorted(
        topics,
        key=lambda one: (
            len(one.raters),
            rater.partner_id not in one.partner_ids,
            rater.id.int ^ one.subject_id.int,
        ),
    )
    return frozenset(one.subject_id for one in queue[:number])


def assign_items(*, round_: Round, before: Round | None, raters: Sequence[Panellist]) -> None:
    """Assign what a round asks, when its workshop shares items out; the same people as before.

    A subject that the round before asked keeps its raters; a new one gets its own.
    """
    k = round_.workshop.raters_per_item
    if k is None:
        return
    items = _items_by_subject(round_.id)
    held = _raters_by_subject(round_.workshop_id, before)
    people = [Rater(one.id, one.partner_id) for one in raters]
    # Whoever has withdrawn since is asked no more, and somebody else takes their place.
    here = {one.id for one in people}
    topics = _topics(list(items), {one: held.get(one, frozenset()) & here for one in items})
    rows = [
        {"round_id": round_.id, "panellist_id": rater, "item_id": item_id}
        for subject_id, asked in share_out(topics, people, k).items()
        for rater in sorted(asked)
        for item_id in items[subject_id]
    ]
    if rows:
        db.session.execute(insert(Assignment), rows)


def assign_late_seat(round_: Round, panellist: Panellist) -> None:
    """Assign a fair share of a running round to a seat taken after it opened.

    It gets the subjects with the fewest raters. Does nothing where everybody is asked everything,
    for groups that do not rate, and for a seat that has its share already.
    """
    workshop = round_.workshop
    k = workshop.raters_per_item
    if k is None or not rates_in(panellist.group, workshop.kind):
        return
    held = _raters_by_subject(workshop.id, round_)
    seats = {rater for raters in held.values() for rater in raters}
    if panellist.id in seats:
        return
    items = _items_by_subject(round_.id)
    topics = _topics(list(items), {one: held.get(one, frozenset()) for one in items})
    number = ceil(k * len(items) / max(len(seats), 1))
    late = share_of_late(topics, Rater(panellist.id, panellist.partner_id), number)
    rows = [
        {"round_id": round_.id, "panellist_id": panellist.id, "item_id": item_id}
        for subject_id in items
        if subject_id in late
        for item_id in items[subject_id]
    ]
    if rows:
        # Two tabs may both come first; the second finds the share of the first.
        db.session.execute(insert_into(Assignment).values(rows).on_conflict_do_nothing())


def _topics(
    subjects: Iterable[uuid.UUID], held: Mapping[uuid.UUID, frozenset[uuid.UUID]]
) -> list[Topic]:
    wanted = list(subjects)
    partners: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for statement_id, partner_id in db.session.execute(
        select(statement_partner.c.statement_id, statement_partner.c.partner_id).where(
            statement_partner.c.statement_id.in_(wanted)
        )
    ):
        partners[statement_id].add(partner_id)
    return [Topic(one, frozenset(partners[one]), held[one]) for one in wanted]


def _items_by_subject(round_id: uuid.UUID) -> dict[uuid.UUID, list[uuid.UUID]]:
    found: dict[uuid.UUID, list[uuid.UUID]] = {}
    items = db.session.scalars(
        select(Item)
        .join(RoundItem, RoundItem.item_id == Item.id)
        .where(RoundItem.round_id == round_id)
        .order_by(Item.position, Item.id)
    )
    for item in items:
        found.setdefault(item.subject_id, []).append(item.id)
    return found


def _raters_by_subject(
    workshop_id: uuid.UUID, upto: Round | None
) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    """Return who was asked each subject when it was last asked, in this round or before it."""
    if upto is None:
        return {}
    rows = db.session.execute(
        select(Round.number, Item, Assignment.panellist_id)
        .join(Assignment, Assignment.item_id == Item.id)
        .join(Round, Round.id == Assignment.round_id)
        .where(Round.workshop_id == workshop_id, Round.number <= upto.number)
    )
    found: dict[uuid.UUID, dict[int, set[uuid.UUID]]] = defaultdict(lambda: defaultdict(set))
    for number, item, rater in rows:
        found[item.subject_id][number].add(rater)
    return {subject: frozenset(rounds[max(rounds)]) for subject, rounds in found.items()}
