"""Sharing items out: enough raters for each, own partner first, nobody asked much more."""

import uuid
from collections import Counter
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycles.core.errors import Missing
from cycles.core.extensions import db
from cycles.people.models import Group
from tests.factories import NOW, Cast, make_account, make_participant
from tests.workshop.rating import Room, make_room
from tests.workshop.scaled import with_partners
from workshop.ballot.commands import panellist_for, rate
from workshop.ballot.models import Answer, Assignment, Panellist
from workshop.rooms.assigning import Rater, Topic, assign_late_seat, share_of_late, share_out
from workshop.rooms.coverage import coverage_of
from workshop.rooms.models import Round
from workshop.rooms.plans import Asking, set_asking

PARTNERS = [uuid.UUID(int=number) for number in range(1, 4)]


@st.composite
def rooms(draw: st.DrawFn) -> tuple[list[Topic], list[Rater], int]:
    partner = st.sampled_from([*PARTNERS, None])
    topics = [
        Topic(uuid.UUID(int=100 + number), draw(st.frozensets(st.sampled_from(PARTNERS))))
        for number in range(draw(st.integers(1, 30)))
    ]
    raters = [
        Rater(uuid.UUID(int=1000 + number), draw(partner))
        for number in range(draw(st.integers(1, 20)))
    ]
    return topics, raters, draw(st.integers(1, 8))


@given(rooms())
def test_every_topic_has_enough_raters_and_nobody_twice_their_share(
    room: tuple[list[Topic], list[Rater], int],
) -> None:
    topics, raters, k = room
    shares = share_out(topics, raters, k)
    assert shares.keys() == {one.subject_id for one in topics}
    assert all(len(asked) == min(k, len(raters)) for asked in shares.values())
    load = Counter(rater for asked in shares.values() for rater in asked)
    share = ceil(k * len(topics) / len(raters))
    assert max(load.values()) <= max(share + k, share * 2)
    assert shares == share_out(topics, raters, k)


@given(rooms())
def test_whoever_has_a_topic_keeps_it(room: tuple[list[Topic], list[Rater], int]) -> None:
    topics, raters, k = room
    first = share_out(topics, raters, k)
    held = [Topic(one.subject_id, one.partner_ids, first[one.subject_id]) for one in topics]
    assert share_out(held, raters, k) == first


def test_the_own_partner_comes_first_while_their_share_lasts() -> None:
    own = [Rater(uuid.UUID(int=1000 + number), PARTNERS[0]) for number in range(3)]
    others = [Rater(uuid.UUID(int=2000 + number), PARTNERS[1]) for number in range(3)]
    mine = [Topic(uuid.UUID(int=100 + n), frozenset({PARTNERS[0]})) for n in range(4)]
    theirs = [Topic(uuid.UUID(int=200 + n), frozenset({PARTNERS[1]})) for n in range(4)]
    shares = share_out([*mine, *theirs], [*own, *others], 3)
    assert all(shares[one.subject_id] == {each.id for each in own} for one in mine)
    assert all(shares[one.subject_id] == {each.id for each in others} for one in theirs)


def test_nobody_to_ask_leaves_every_topic_without_raters() -> None:
    topic = Topic(uuid.UUID(int=100))
    assert share_out([topic], [], 3) == {topic.subject_id: frozenset()}


def test_a_topic_has_one_rater_at_least() -> None:
    with pytest.raises(ValueError, match="one rater"):
        share_out([], [], 0)


def test_somebody_late_gets_the_topics_with_fewest_raters() -> None:
    many = Topic(uuid.UUID(int=100), raters=frozenset({PARTNERS[0], PARTNERS[1]}))
    few = Topic(uuid.UUID(int=101))
    assert share_of_late([many, few], Rater(uuid.UUID(int=9), None), 1) == {few.subject_id}


def share_with_five(room: Room) -> None:
    set_asking(room.workshop, Asking(raters_per_item=5))
    db.session.flush()


def asked_of(round_: Round) -> dict[uuid.UUID, set[uuid.UUID]]:
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    for row in db.session.query(Assignment).filter_by(round_id=round_.id):
        found.setdefault(row.item_id, set()).add(row.panellist_id)
    return found


def test_all_role_levels_of_a_capability_go_to_the_same_raters(cast: Cast) -> None:
    room = make_room(cast, employers=9, statements=6, levels=2)
    with_partners(cast.cycle, room.employers, "Suppliers", "Makers", "Regulators")
    share_with_five(room)
    round_ = room.open_round()
    asked = asked_of(round_)
    by_statement: dict[uuid.UUID | None, list[set[uuid.UUID]]] = {}
    for item in room.asked(round_):
        assert len(asked[item.id]) == 5
        by_statement.setdefault(item.statement_id, []).append(asked[item.id])
    assert all(first == second for first, second in by_statement.values())
    load = Counter(rater for raters in asked.values() for rater in raters)
    assert max(load.values()) - min(load.values()) <= 4


def test_without_a_number_nothing_is_assigned(cast: Cast) -> None:
    room = make_room(cast)
    room.open_round()
    assert db.session.query(Assignment).count() == 0


def test_an_item_is_not_rated_by_whom_it_is_not_assigned_to(cast: Cast) -> None:
    room = make_room(cast, employers=8, statements=2)
    share_with_five(room)
    round_ = room.open_round()
    item = room.asked(round_)[0]
    seats = {panellist_for(participant=one, moment=NOW).id for one in room.employers}
    other = db.session.get_one(Panellist, min(seats - asked_of(round_)[item.id]))
    with pytest.raises(Missing):
        rate(
            round_id=round_.id,
            item_id=item.id,
            panellist=other,
            answer=Answer.RATED,
            code=2,
            seq=1,
        )


def test_later_rounds_ask_the_same_raters(cast: Cast) -> None:
    room = make_room(cast, employers=8, statements=3)
    share_with_five(room)
    first = room.open_round()
    room.close(first)
    second = room.open_round()
    assert asked_of(second) == asked_of(first)


def test_a_late_seat_is_asked_a_fair_share_once(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=6)
    share_with_five(room)
    round_ = room.open_round()
    late = make_participant(cast.cycle, make_account("Late Comer"), Group.EMPLOYER)
    seat = panellist_for(participant=late, moment=NOW)
    for _ in range(2):
        assign_late_seat(round_, seat)
    mine = db.session.query(Assignment).filter_by(round_id=round_.id, panellist_id=seat.id).all()
    assert len(mine) == 5
    outsider = make_participant(cast.cycle, make_account("Out Sider"), Group.EDUCATOR)
    seat = panellist_for(participant=outsider, moment=NOW)
    assign_late_seat(round_, seat)
    assert db.session.query(Assignment).filter_by(panellist_id=seat.id).count() == 0


def test_coverage_tells_raters_asked_and_answered(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=2, levels=2)
    round_ = room.open_round()
    room.answer(round_, room.asked(round_)[0], "PP?")
    room.answer(round_, room.asked(round_)[1], "P")
    found = coverage_of(round_)
    assert [(one.code, one.assigned, one.answered) for one in found] == [
        ("C-001", 6, 3),
        ("C-002", 6, 0),
    ]


def test_coverage_counts_the_assigned(cast: Cast) -> None:
    room = make_room(cast, employers=8, statements=2)
    share_with_five(room)
    assert [one.assigned for one in coverage_of(room.open_round())] == [5, 5]
