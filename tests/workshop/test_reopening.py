"""Asking agreed items again, new wordings, new statements, and what the digest says of it all."""

import pytest

from cycles.core.errors import Closed, Invalid, Missing
from cycles.core.extensions import db
from cycles.statements.models import StatementStatus
from tests.factories import NOW, Cast, make_statement
from tests.workshop.rating import Room, make_room
from workshop.ballot.commands import panellist_for
from workshop.ballot.models import Reason, ReopenRequest
from workshop.rooms.asking import next_agenda
from workshop.rooms.digest import digest_of
from workshop.rooms.latest import latest_verdicts, verdicts_before
from workshop.rooms.models import Item, ItemVerdict, Round, Side
from workshop.rooms.queries import cells_of_workshop, settled_cells
from workshop.rooms.reopening import (
    agreed_before,
    closed_items_of,
    may_reopen,
    own_requests,
    reopened_items,
    request_reopening,
)

TEXT = "Our sites need it every day."


def argue(room: Room, round_: Round, item: Item, rater: int, *said: Side | str) -> None:
    """Let a rater argue: a side, and words if not the usual ones."""
    side, text = (*said, TEXT)[:2]
    assert isinstance(side, Side)
    seat = panellist_for(participant=room.employers[rater], moment=NOW)
    request_reopening(round_=round_, item=item, panellist=seat, side=side, text=text)


@pytest.fixture
def room(cast: Cast) -> Room:
    return make_room(cast, employers=6, statements=3)


@pytest.fixture
def second(room: Room) -> Round:
    """Round 2, in which the first capability is agreed and no longer asked."""
    first = room.open_round()
    agreed, split, other = room.asked(first)
    room.answer(first, agreed, "PPPPPP")
    room.answer(first, split, "NNNPPP")
    room.answer(first, other, "AAAEEE")
    room.close(first)
    return room.open_round()


def agreed_item(round_: Round) -> Item:
    return agreed_before(round_)[0].item


def test_two_of_one_side_reopen_an_item(room: Room, second: Round) -> None:
    item = agreed_item(second)
    argue(room, second, item, 0, Side.HIGHER)
    assert reopened_items(second) == []
    argue(room, second, item, 1, Side.HIGHER, "The regulator will ask for it.")
    assert reopened_items(second) == [item]
    room.close(second)
    third = room.open_round()
    assert item in room.asked(third)
    reasons = db.session.query(Reason).filter_by(round_id=second.id, item_id=item.id).all()
    assert {(one.side, one.is_of_cell) for one in reasons} == {(Side.HIGHER, True)}
    assert {one.text for one in reasons} == {TEXT, "The regulator will ask for it."}


def test_one_of_each_side_reopens_nothing(room: Room, second: Round) -> None:
    item = agreed_item(second)
    argue(room, second, item, 0, Side.HIGHER)
    argue(room, second, item, 1, Side.LOWER)
    room.close(second)
    assert item not in room.asked(room.open_round())
    assert db.session.query(Reason).count() == 0


def test_one_person_cannot_argue_for_two(room: Room, second: Round) -> None:
    item = agreed_item(second)
    argue(room, second, item, 0, Side.HIGHER)
    argue(room, second, item, 0, Side.LOWER, "On second thoughts.")
    assert db.session.query(ReopenRequest).count() == 1
    seat = panellist_for(participant=room.employers[0], moment=NOW)
    (mine,) = own_requests(second.id, seat.id).values()
    assert (mine.side, mine.text) == (Side.LOWER, "On second thoughts.")


def test_an_argument_is_taken_back_with_no_text(room: Room, second: Round) -> None:
    item = agreed_item(second)
    argue(room, second, item, 0, Side.HIGHER)
    argue(room, second, item, 0, Side.HIGHER, "  ")
    assert db.session.query(ReopenRequest).count() == 0


def test_only_agreed_items_of_the_workshop_are_argued_with(room: Room, second: Round) -> None:
    asked = room.asked(second)[0]
    with pytest.raises(Missing):
        argue(room, second, asked, 0, Side.HIGHER)


def test_an_argument_has_a_length(room: Room, second: Round) -> None:
    with pytest.raises(Invalid, match="at most"):
        argue(room, second, agreed_item(second), 0, Side.HIGHER, "x" * 601)


def test_a_closed_round_takes_no_arguments(room: Room, second: Round) -> None:
    item = agreed_item(second)
    room.close(second)
    with pytest.raises(Closed):
        argue(room, second, item, 0, Side.HIGHER)


def test_nothing_reopens_in_the_first_round_or_the_last(room: Room, second: Round) -> None:
    assert may_reopen(second)
    item = agreed_item(second)
    room.close(second)
    third = room.open_round()
    assert not may_reopen(third)
    with pytest.raises(Closed, match="another round is to come"):
        argue(room, third, item, 0, Side.HIGHER)


def test_what_is_asked_again_may_close_otherwise(room: Room, second: Round) -> None:
    item = agreed_item(second)
    for number in (0, 1):
        argue(room, second, item, number, Side.HIGHER)
    room.close(second)
    third = room.open_round()
    room.answer(third, item, "EEEEEE")
    room.close(third)
    cell = next(one for one in settled_cells(room.cycle.id) if one.item_id == item.id)
    assert (cell.round_number, cell.level) == (3, 3)
    # It is compared with round 1, which asked it last.
    frozen = db.session.query(ItemVerdict).filter_by(round_id=third.id, item_id=item.id).one()
    assert frozen.figures["change"] == 1.0
    assert frozen.figures["share_moved"] == 1.0


def test_closed_items_are_those_on_which_asking_stopped(room: Room, second: Round) -> None:
    assert [one.item for one in closed_items_of(room.workshop)] == [agreed_item(second)]


def test_a_dropped_statement_is_not_argued_with(room: Room, second: Round) -> None:
    item = agreed_item(second)
    assert item.statement is not None
    item.statement.status = StatementStatus.REJECTED
    db.session.flush()
    assert agreed_before(second) == ()


def test_a_reworded_statement_is_asked_in_its_new_words(room: Room) -> None:
    first = room.open_round()
    item = room.asked(first)[0]
    room.answer(first, item, "NNNPPP")
    room.close(first)
    room.statements[0].text = "Calibrate every oven sensor"
    db.session.flush()
    assert next_agenda(room.workshop).reworded == 1
    second = room.open_round()
    anew = room.asked(second)[0]
    assert (anew.wording, anew.version) == ("Calibrate every oven sensor", 2)
    assert anew.earlier_item_id == item.id
    assert item.wording == "Calibrate oven sensor 1"
    assert anew.position == item.position
    before = verdicts_before(second)[anew.id]
    assert (before.item_id, before.is_older_wording) == (item.id, True)
    assert before.wording == "Calibrate oven sensor 1"


def test_a_new_wording_is_not_compared_with_the_older(room: Room) -> None:
    first = room.open_round()
    item = room.asked(first)[0]
    room.answer(first, item, "NNNPPP")
    room.close(first)
    room.statements[0].text = "Calibrate every oven sensor"
    db.session.flush()
    second = room.open_round()
    anew = room.asked(second)[0]
    room.answer(second, anew, "PPPPPP")
    room.close(second)
    frozen = db.session.query(ItemVerdict).filter_by(round_id=second.id, item_id=anew.id).one()
    assert frozen.figures["is_stable"] is None
    assert frozen.figures["share_moved"] is None
    assert frozen.closing == "agreed"
    cells = list(cells_of_workshop(room.workshop.id))
    assert [one.item_id for one in cells].count(item.id) == 0
    assert next(one for one in cells if one.item_id == anew.id).level == 2


def test_statements_kept_since_are_asked_too(room: Room) -> None:
    first = room.open_round()
    room.answer(first, room.asked(first)[0], "PPPPPP")
    room.close(first)
    added = make_statement(room.cycle, "Clean the ovens", 9)
    second = room.open_round()
    assert [one.statement_id for one in room.asked(second)][-1] == added.id


def test_the_digest_tells_what_became_of_every_question(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=5)
    first = room.open_round()
    assert digest_of(first) is None
    items = room.asked(first)
    room.answer(first, items[0], "PPPPPP")
    room.answer(first, items[4], "EEEEEE")
    for item in items[1:4]:
        room.answer(first, item, "NNNPPP")
    room.close(first)
    second = room.open_round()
    told = digest_of(second)
    assert told is not None
    assert [one.code for one in told.agreed] == ["C-001", "C-005"]
    assert [one.code for one in told.still_open] == ["C-002", "C-003", "C-004"]
    for number in (0, 1):
        argue(room, second, items[0], number, Side.LOWER)
    # The first is reworded, the second dropped, the third stays divided with other people.
    room.answer(second, items[1], "AAAEEE")
    room.answer(second, items[2], "AAAEEE")
    room.answer(second, items[3], "PPPNNN")
    room.close(second)
    room.statements[1].text = "Calibrate sensors in every oven"
    room.statements[2].status = StatementStatus.MERGED
    make_statement(room.cycle, "Clean the ovens", 9)
    db.session.flush()
    told = digest_of(room.open_round())
    assert told is not None
    assert [one.code for one in told.reworded] == ["C-002"]
    assert told.reworded[0].earlier_wording == "Calibrate oven sensor 2"
    assert [one.code for one in told.dropped] == ["C-003"]
    assert [one.code for one in told.stable_dissent] == ["C-004"]
    assert [one.code for one in told.reopened] == ["C-001"]
    assert [one.code for one in told.added] == ["C-009"]
    assert told.still_open == ()
    assert told.asked == 3
    assert ("closed with two lasting views", 1) in told.lines


def test_the_latest_verdict_speaks_in_the_latest_wording(room: Room, second: Round) -> None:
    numbers = {one.item.id: one.round_number for one in latest_verdicts(room.workshop.id)}
    assert set(numbers.values()) == {1}
    room.close(second)
    numbers = {one.item.id: one.round_number for one in latest_verdicts(room.workshop.id)}
    assert numbers[agreed_item(second).id] == 1
    assert sorted(numbers.values()) == [1, 2, 2]
