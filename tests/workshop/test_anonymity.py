"""Anonymity by the data model: one link, no times, a gate in front of every group result."""

import uuid
from datetime import datetime

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import DateTime, inspect, select

from cycles.core.errors import Closed
from cycles.core.extensions import db
from tests.factories import NOW, Cast
from tests.workshop.rating import make_room
from workshop.ballot.commands import panellist_for
from workshop.ballot.links import destroy_key, find_key, link_of, make_key
from workshop.ballot.models import (
    Assignment,
    CycleKey,
    FinishedBallot,
    Panellist,
    Rating,
    Reason,
    Receipt,
    ReopenRequest,
)
from workshop.ballot.queries import find_seat
from workshop.rooms.attendance import attendance
from workshop.rooms.disclosure import SMALLEST_PANEL, may_show, shown

APART = (Panellist, Rating, Reason, FinishedBallot, Assignment, Receipt, ReopenRequest)


def test_the_key_in_the_database_is_of_no_use_alone(cast: Cast) -> None:
    key = make_key(cycle_id=cast.cycle.id)
    held = db.session.get_one(CycleKey, cast.cycle.id)
    assert held.wrapped is not None
    assert key not in held.wrapped
    assert find_key(cast.cycle.id) == key


def test_each_cycle_has_a_key_of_its_own(cast: Cast) -> None:
    assert make_key(cycle_id=cast.cycle.id) != make_key(cycle_id=cast.other_cycle.id)


def test_a_person_has_one_seat_and_no_name_on_it(cast: Cast) -> None:
    first = panellist_for(participant=cast.employer, moment=NOW)
    assert panellist_for(participant=cast.employer, moment=NOW).id == first.id
    assert panellist_for(participant=cast.panel_member, moment=NOW).id != first.id
    assert first.id != cast.employer.id
    assert first.link == link_of(find_key(cast.cycle.id) or b"", cast.employer.id)


def test_no_path_leads_from_an_answer_to_a_person_but_the_link(app: Flask) -> None:
    reachable = {key.column.table.name for table in APART for key in table.__table__.foreign_keys}
    # A partner is a kind of organisation, not one; sealing takes it off the seats as well.
    assert reachable == {"cycle", "round", "item", "panellist", "partner"}


def test_answers_carry_no_time(app: Flask) -> None:
    for table in APART:
        for column in inspect(table).columns:
            assert not isinstance(column.type, DateTime)
            assert column.type.python_type is not datetime


def test_after_the_key_is_destroyed_nobody_is_linked_again(cast: Cast) -> None:
    room = make_room(cast, employers=5, statements=1)
    round_ = room.open_round()
    room.answer(round_, room.asked(round_)[0], "PPPPP")
    key = find_key(cast.cycle.id) or b""
    destroy_key(cycle_id=cast.cycle.id, moment=NOW)
    assert find_seat(cast.cycle.id, cast.employer.id) is None
    assert db.session.scalars(select(Panellist.link)).all() == [None] * 5
    assert db.session.scalars(select(Panellist.partner_id)).all() == [None] * 5
    # Not even with a copy of the key: the links themselves are gone.
    link = link_of(key, cast.employer.id)
    assert db.session.scalar(select(Panellist).where(Panellist.link == link)) is None
    assert db.session.query(Rating).count() == 5
    with pytest.raises(Closed, match="sealed"):
        panellist_for(participant=cast.employer, moment=NOW)
    assert attendance(round_, NOW).is_known is False


def test_seats_are_taken_when_a_round_opens_not_as_people_come(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=1)
    room.open_round()
    assert db.session.query(Panellist).filter_by(cycle_id=cast.cycle.id).count() == 6


def test_the_facilitator_sees_who_has_answered_never_what(cast: Cast) -> None:
    room = make_room(cast, employers=5, statements=2)
    round_ = room.open_round()
    room.answer(round_, room.asked(round_)[0], "PE")
    found = attendance(round_, NOW)
    assert {one.name: one.answered for one in found.people if one.answered} == {
        "Ema Lindqvist": 1,
        "Pia Panel": 1,
    }
    assert (found.asked, found.started, found.answers) == (2, 2, 2)
    assert {"code", "answer", "letter"}.isdisjoint(vars(found.people[0]))


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4), st.integers(1, 12))
def test_no_counts_of_too_few_are_ever_shown(counts: list[int], minimum_n: int) -> None:
    gated = shown(counts, minimum_n)
    if gated.counts is None:
        assert gated.n is None
        assert "withheld" in gated.sentence
        assert sum(counts) < max(SMALLEST_PANEL, minimum_n)
    else:
        assert sum(gated.counts) >= max(SMALLEST_PANEL, minimum_n)


def test_a_rule_card_cannot_lower_the_gate() -> None:
    assert not may_show(4, 1)
    assert may_show(5, 1)
    assert not may_show(5, 6)


def test_links_of_different_people_differ() -> None:
    assert link_of(b"key", uuid.UUID(int=1)) != link_of(b"key", uuid.UUID(int=2))
    assert link_of(b"key", uuid.UUID(int=1)) != link_of(b"yek", uuid.UUID(int=1))
