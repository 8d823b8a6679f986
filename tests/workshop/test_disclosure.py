"""Disclosure over random panels: what is shown never tells what one or two people said."""

import itertools
import random
from collections.abc import Sequence

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from cycles.core.extensions import db
from tests.factories import NOW, Cast
from tests.workshop.rating import make_room
from workshop.ballot.commands import panellist_for, rate
from workshop.ballot.live import (
    BATCH,
    is_due,
    live_counts,
    live_result,
    live_version,
    publish_if_due,
)
from workshop.ballot.models import Answer, Panellist, Rating
from workshop.rooms.disclosure import (
    SMALLEST_GROUP,
    SMALLEST_PANEL,
    breakdown,
    may_show_reasons_of,
)
from workshop.rooms.models import Item, Round

NOBODY = -1


def panels(codes: int) -> st.SearchStrategy[dict[str, list[int]]]:
    counts = st.lists(st.integers(0, 6), min_size=codes, max_size=codes)
    return st.dictionaries(st.sampled_from("ABCDEFG"), counts, max_size=7)


@pytest.mark.parametrize("codes", [3, 4, 9])
def test_no_part_and_no_difference_from_the_whole_is_under_three(codes: int) -> None:
    @given(panels(codes), st.integers(1, 12))
    def check(groups: dict[str, list[int]], minimum_n: int) -> None:
        total = sum(map(sum, groups.values()))
        found = breakdown(groups, minimum_n)
        assert set(found) == set(groups)
        seen = {key: one for key, one in found.items() if one.counts is not None}
        if total < max(SMALLEST_PANEL, minimum_n):
            assert not seen
        for key, one in seen.items():
            assert one.counts == tuple(groups[key])
            assert one.n == sum(groups[key]) >= SMALLEST_GROUP
        # The whole is shown beside its parts, so what they leave over can be worked out.
        left = total - sum(one.n or 0 for one in seen.values())
        assert not seen or left == 0 or left >= SMALLEST_GROUP
        assert all(one.n is None for key, one in found.items() if key not in seen)

    check()


def test_a_small_part_takes_the_next_smallest_with_it() -> None:
    found = breakdown({"small": [2, 0], "middle": [2, 2], "large": [5, 4]}, 5)
    assert {key: one.counts for key, one in found.items()} == {
        "small": None,
        "middle": None,
        "large": (5, 4),
    }
    assert "smaller group" in found["middle"].sentence
    assert "Fewer than 3" in found["small"].sentence


def test_small_parts_that_are_three_together_take_nobody_with_them() -> None:
    found = breakdown({"one": [1], "two": [2], "three": [3]}, 5)
    assert [one.n for one in found.values()] == [None, None, 3]


def test_a_part_that_nobody_is_in_hides_no_other() -> None:
    found = breakdown({"nobody": [0, 0], "all": [3, 4]}, 5)
    assert [one.n for one in found.values()] == [None, 7]


def test_reasons_of_a_part_need_five() -> None:
    assert [may_show_reasons_of(n) for n in (3, 4, 5)] == [False, False, True]


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(NOBODY, 3)), max_size=120))
def test_live_states_differ_by_three_people_at_least(saves: list[tuple[int, int]]) -> None:
    """The rule alone, over every order of saves: the database's part is tested below."""
    said: dict[int, int] = {}
    shown: dict[int, int] = {}
    states = []
    for rater, code in saves:
        said[rater] = code
        pending = [one for one in said if said[one] != shown.get(one, NOBODY)]
        if is_due(len(pending), sum(code != NOBODY for code in said.values()), 5):
            shown = dict(said)
            states.append({one: code for one, code in shown.items() if code != NOBODY})
    for before, after in itertools.pairwise(states):
        moved = [
            one for one in {*before, *after} if before.get(one, NOBODY) != after.get(one, NOBODY)
        ]
        assert len(moved) >= BATCH
    assert all(len(state) >= SMALLEST_PANEL for state in states)


def shown_codes(round_: Round, item: Item) -> dict[object, int]:
    rows = db.session.query(Rating.panellist_id, Rating.shown_code).filter(
        Rating.round_id == round_.id, Rating.item_id == item.id, Rating.shown_code >= 0
    )
    return dict(rows.all())


def save(round_: Round, item: Item, seat: Panellist, code: int, seq: int) -> None:
    is_rated = code != NOBODY
    rate(
        round_id=round_.id,
        item_id=item.id,
        panellist=seat,
        answer=Answer.RATED if is_rated else Answer.CANNOT_JUDGE,
        code=code,
        seq=seq,
    )
    publish_if_due(round_id=round_.id, item_id=item.id)


@pytest.mark.parametrize("seed", range(6))
def test_the_live_numbers_of_the_database_move_by_three_and_show_nothing_under_five(
    cast: Cast, seed: int
) -> None:
    room = make_room(cast, employers=14, statements=1)
    round_ = room.open_round()
    item = room.asked(round_)[0]
    seats = [panellist_for(participant=one, moment=NOW) for one in room.employers]
    draw = random.Random(seed)
    before: dict[object, int] = {}
    versions = [live_version(round_.id)]
    for seq in range(1, 160):
        save(round_, item, draw.choice(seats), draw.choice([NOBODY, 0, 1, 2, 3]), seq)
        after = shown_codes(round_, item)
        moved = {one for one in {*before, *after} if before.get(one) != after.get(one)}
        assert not moved or len(moved) >= BATCH
        assert (live_version(round_.id) > versions[-1]) == bool(moved)
        versions.append(live_version(round_.id))
        assert counted(round_, item) == tally(after)
        before = after
    assert len(set(versions)) > 3


def counted(round_: Round, item: Item) -> tuple[int, ...]:
    return live_counts(round_.id).get(item.id, ())


def tally(codes: dict[object, int]) -> tuple[int, ...]:
    assert not codes or len(codes) >= SMALLEST_PANEL
    values: Sequence[int] = list(codes.values())
    return tuple(values.count(code) for code in range(4)) if values else ()


def test_a_rule_with_a_larger_panel_holds_live_numbers_back(cast: Cast, app: Flask) -> None:
    room = make_room(cast, employers=11, statements=1)
    db.session.execute(db.text("UPDATE rule_card SET minimum_n = 7"))
    db.session.expire_all()
    round_ = room.open_round()
    item = room.asked(round_)[0]
    for number, employer in enumerate(room.employers, 1):
        save(round_, item, panellist_for(participant=employer, moment=NOW), 2, 1)
        assert bool(live_counts(round_.id)) == (number >= 10)
        gated = live_result(round_.id, item.id)
        assert gated.counts == ((0, 0, 7, 0) if number >= 10 else None)
        assert "withheld" in gated.sentence or number >= 10
