"""Giving answers: the newest counts, closed means closed, and one person is one rater."""

import itertools
import uuid

import pytest

from cycles.core.errors import Closed, Invalid, Missing
from cycles.core.extensions import db
from tests.factories import NOW, Cast
from tests.workshop.rating import Room, make_room
from workshop.ballot.commands import finish_ballot, give_reason, panellist_for, rate
from workshop.ballot.letters import CHOICES, KEEP_KEY, letter_of, read_letter
from workshop.ballot.models import Answer, FinishedBallot, Panellist, Rating, Reason
from workshop.ballot.queries import own_answer
from workshop.ballot.saving import answer_next
from workshop.rooms.models import Item, Round, ScaleName


def set_up(cast: Cast) -> tuple[Room, Round, Item, Panellist]:
    room = make_room(cast, statements=1)
    round_ = room.open_round()
    return room, round_, room.asked(round_)[0], panellist_for(participant=cast.employer, moment=NOW)


def give(round_: Round, item: Item, seat: Panellist, letter: str, seq: int) -> bool:
    given = read_letter(letter)
    return rate(
        round_id=round_.id,
        item_id=item.id,
        panellist=seat,
        answer=given.answer,
        code=given.code,
        seq=seq,
    )


@pytest.mark.parametrize("order", list(itertools.permutations([1, 2, 3])))
def test_the_newest_answer_stands_in_whatever_order_they_arrive(
    cast: Cast, order: tuple[int, ...]
) -> None:
    _, round_, item, seat = set_up(cast)
    for seq in order:
        give(round_, item, seat, "APE"[seq - 1], seq)
    stands = own_answer(round_.id, item.id, seat.id)
    assert stands is not None
    assert (stands.letter, stands.seq) == ("E", 3)


def test_the_same_answer_twice_is_one_rating(cast: Cast) -> None:
    _, round_, item, seat = set_up(cast)
    assert give(round_, item, seat, "P", 1) is True
    assert give(round_, item, seat, "P", 1) is False
    assert give(round_, item, seat, "E", 2) is True
    assert db.session.query(Rating).count() == 1


def test_two_tabs_end_with_the_later_choice(cast: Cast) -> None:
    _, round_, item, seat = set_up(cast)
    for letter in ("A", "P", "E"):
        answer_next(round_=round_, item_id=item.id, panellist=seat, letter=letter)
    stands = own_answer(round_.id, item.id, seat.id)
    assert stands is not None
    assert stands.letter == "E"


def test_nothing_is_rated_after_the_close(cast: Cast) -> None:
    room, round_, item, seat = set_up(cast)
    give(round_, item, seat, "P", 1)
    room.close(round_)
    with pytest.raises(Closed):
        give(round_, item, seat, "E", 2)
    with pytest.raises(Closed):
        give_reason(round_id=round_.id, item_id=item.id, panellist=seat, text="Late")
    with pytest.raises(Closed):
        finish_ballot(round_id=round_.id, panellist=seat)
    stands = own_answer(round_.id, item.id, seat.id)
    assert stands is not None
    assert stands.letter == "P"


def test_only_what_the_round_asks_is_rated(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=2)
    first = room.open_round()
    agreed, contested = room.asked(first)
    room.answer(first, agreed, "PPPPPP")
    room.answer(first, contested, "NNNPPP")
    room.close(first)
    second = room.open_round()
    seat = panellist_for(participant=cast.employer, moment=NOW)
    with pytest.raises(Missing):
        give(second, agreed, seat, "P", 1)
    with pytest.raises(Missing):
        rate(
            round_id=second.id,
            item_id=uuid.uuid4(),
            panellist=seat,
            answer=Answer.RATED,
            code=1,
            seq=1,
        )


def test_a_seat_of_another_cycle_rates_nothing(cast: Cast) -> None:
    _, round_, item, _ = set_up(cast)
    stranger = Panellist(cycle_id=cast.other_cycle.id, group="employer", link="0" * 64)
    db.session.add(stranger)
    db.session.flush()
    with pytest.raises(Missing):
        give(round_, item, stranger, "P", 1)


@pytest.mark.parametrize(
    ("answer", "code", "seq"),
    [
        (Answer.RATED, 4, 1),
        (Answer.RATED, -1, 1),
        (Answer.CANNOT_JUDGE, 2, 1),
        (Answer.RATED, 2, 0),
        (Answer.RATED, 2, 2**60),
    ],
)
def test_answers_off_the_scale_are_refused(cast: Cast, answer: Answer, code: int, seq: int) -> None:
    _, round_, item, seat = set_up(cast)
    with pytest.raises(Invalid):
        rate(
            round_id=round_.id,
            item_id=item.id,
            panellist=seat,
            answer=answer,
            code=code,
            seq=seq,
        )


@pytest.mark.parametrize("scale", ScaleName)
def test_every_letter_reads_back(scale: ScaleName) -> None:
    for choice in CHOICES[scale]:
        given = read_letter(choice.letter, scale)
        assert letter_of(given.answer, given.code, scale) == choice.letter
    for wrong in ("", "X", "NA", "n", "0", "10"):
        with pytest.raises(Invalid):
            read_letter(wrong, scale)


@pytest.mark.parametrize("scale", ScaleName)
def test_no_key_stands_for_two_answers(scale: ScaleName) -> None:
    keys = [key for choice in CHOICES[scale] for key in choice.keys]
    assert len(keys) == len(set(keys))
    assert KEEP_KEY not in keys


def test_a_comment_replaces_the_one_before_and_empty_removes_it(cast: Cast) -> None:
    _, round_, item, seat = set_up(cast)
    for text in ("First", "  Second "):
        give_reason(round_id=round_.id, item_id=item.id, panellist=seat, text=text)
    assert [one.text for one in db.session.query(Reason)] == ["Second"]
    give_reason(round_id=round_.id, item_id=item.id, panellist=seat, text=" ")
    assert db.session.query(Reason).count() == 0


def test_finishing_twice_is_finishing_once(cast: Cast) -> None:
    _, round_, _, seat = set_up(cast)
    for _ in range(2):
        finish_ballot(round_id=round_.id, panellist=seat)
    assert db.session.query(FinishedBallot).count() == 1
