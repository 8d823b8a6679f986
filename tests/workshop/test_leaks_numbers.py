"""Numbers harmless one by one, put side by side by somebody who knows who has answered."""

import csv
import io

import pytest

from consensus.krippendorff import krippendorff_alpha
from cycles.core.audit import Actor
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.setup.commands import set_rule_card
from cycles.setup.models import Partner
from tests.client import ParsingClient
from tests.factories import NOW, Cast, make_partner
from tests.workshop.rating import Room, make_room
from workshop.attrition.leaving import leaving_of
from workshop.ballot.commands import panellist_for
from workshop.board.parts import counts_of_part
from workshop.rooms.models import Round
from workshop.rooms.movement import movement_tests
from workshop.rooms.results import results_of
from workshop.rooms.scale_results import scale_results


def round_of(room: Room, *letters: str) -> Round:
    """Open a round, let its items be answered in turn, and close it."""
    round_ = room.open_round()
    for item, said in zip(room.asked(round_), letters, strict=True):
        room.answer(round_, item, said)
    room.close(round_)
    db.session.commit()
    return round_


# One person stayed away from round 2, and the board said who. Nobody else moved: then the
# difference between the two rounds is that person's answer.


def moved_on_pages(room: Room) -> list[str]:
    found = [one.movement for one in results_of(room.workshop.id, 5)]
    return [*found, *(one.movement for one in scale_results(room.workshop, 5, with_parts=True))]


def test_where_one_stayed_away_nothing_says_that_nobody_else_moved(
    cast: Cast, client: ParsingClient
) -> None:
    room = make_room(cast, employers=7, statements=1)
    item = room.asked(round_of(room, "AAAEEEP"))[0]
    round_of(room, "AAAEEE ")
    assert set(moved_on_pages(room)) == {""}
    assert movement_tests(item, 5) == ()
    page = f"/cycles/{room.cycle.id}/workshops/{room.workshop.id}/verdicts.csv"
    (line,) = csv.DictReader(
        io.StringIO(client.sign_in(cast.ada).get(page).data.decode("utf-8-sig"))
    )
    assert line["Moved, %"] == ""


def test_where_one_came_late_it_is_the_same(cast: Cast) -> None:
    room = make_room(cast, employers=7, statements=1)
    item = room.asked(round_of(room, "AAAEEE "))[0]
    round_of(room, "AAAEEEP")
    assert set(moved_on_pages(room)) == {""}
    assert movement_tests(item, 5) == ()


def test_where_too_few_rated_before_it_is_the_same(cast: Cast) -> None:
    room = make_room(cast, employers=8, statements=1)
    round_of(room, "AAEP    ")
    round_of(room, "AAEPEEEE")
    assert set(moved_on_pages(room)) == {""}


def test_where_everybody_came_again_movement_is_told(cast: Cast) -> None:
    room = make_room(cast, employers=7, statements=1)
    item = room.asked(round_of(room, "AAAEEEP"))[0]
    round_of(room, "AAAEEEE")
    assert set(moved_on_pages(room)) == {"moved: 14 %"}
    assert movement_tests(item, 5)


def test_where_one_gave_no_code_it_is_as_if_they_had_stayed_away(cast: Cast) -> None:
    room = make_room(cast, employers=7, statements=1)
    round_of(room, "AAAEEEP")
    round_of(room, "AAAEEE?")
    assert set(moved_on_pages(room)) == {""}


def test_three_who_stayed_away_hide_one_another(cast: Cast) -> None:
    room = make_room(cast, employers=9, statements=1)
    round_of(room, "AAAEEEPNP")
    round_of(room, "AAAEEE   ")
    assert set(moved_on_pages(room)) == {"moved: 0 %"}


# Figures of a whole round


def test_the_order_of_one_or_two_who_answered_everything_is_nobody_s_business(cast: Cast) -> None:
    room = make_room(cast, employers=8, statements=3)
    round_ = round_of(room, "PPPPP   ", "AEP  AAA", "EPA  PPP")
    assert round_.figures is not None
    assert (round_.figures["w_raters"], round_.figures["w_p"]) == (None, None)
    assert round_.figures["w"] == "withheld: too few answered everything"


def test_alpha_is_of_the_items_that_are_shown(cast: Cast) -> None:
    """Beside the counts of all others, alpha would say what one or two answered to the last."""
    room = make_room(cast, employers=6, statements=2)
    round_ = round_of(room, "AAAEEE", "NE    ")
    assert round_.figures is not None
    assert round_.figures["alpha"] == krippendorff_alpha([[0, 3, 0, 3]])


# Leavers, round by round


def test_one_more_leaver_is_not_the_difference_of_two_comparisons(cast: Cast) -> None:
    room = make_room(cast, employers=10, statements=1)
    round_of(room, "AAAAEEEEPP")
    round_of(room, "AAAAEEE   ")
    second = leaving_of(room.workshop)
    assert second is not None
    assert second.comparison is not None
    round_of(room, "AAAEEE    ")
    third = leaving_of(room.workshop)
    assert third is not None
    assert (third.leavers, third.comparison, third.sensitivity) == (4, None, None)


# A room and a partner: two ways to cut one panel


def test_a_room_is_not_shown_beside_a_partner_that_lacks_one_of_it(cast: Cast) -> None:
    room = make_room(cast, employers=12, statements=1)
    seats(room, partners="1111222222  ", rooms="AAAAABBBBBBB")
    # Room A is partner 1 and one person of partner 2.
    round_ = round_of(room, "PPPPEAAAAAAA")
    assert counts_of_part(round_, "A") == {}
    assert counts_of_part(round_, "B") == {}


def test_a_room_with_its_partners_mixed_is_shown(cast: Cast) -> None:
    room = make_room(cast, employers=12, statements=1)
    seats(room, partners="111111222222", rooms="AAABBBAAABBB")
    round_ = round_of(room, "PPPPEAAAAAAA")
    assert [sum(one) for one in counts_of_part(round_, "A").values()] == [6]


def test_a_room_that_is_a_partner_is_shown(cast: Cast) -> None:
    room = make_room(cast, employers=12, statements=1)
    seats(room, partners="111111222222", rooms="AAAAAABBBBBB")
    round_ = round_of(room, "PPPPEAAAAAAA")
    assert [sum(one) for one in counts_of_part(round_, "A").values()] == [6]


def seats(room: Room, *, partners: str, rooms: str) -> None:
    """Give each employer a partner and a breakout, before the round opens."""
    made: dict[str, Partner] = {
        name: make_partner(room.cycle, f"Partner {name}") for name in set(partners) - {" "}
    }
    for person, name in zip(room.employers, partners, strict=True):
        person.partner_id = made[name].id if name != " " else None
    db.session.flush()
    for person, name in zip(room.employers, rooms, strict=True):
        panellist_for(participant=person, moment=NOW).breakout = name
    db.session.commit()


# The rule card


def test_no_card_asks_for_verdicts_of_three_or_four(cast: Cast) -> None:
    """A verdict of three at 75 % says what each of them answered, counts withheld or not."""
    for minimum_n in (3, 4):
        with pytest.raises(Invalid):
            set_rule_card(
                cycle=cast.cycle,
                minimum_n=minimum_n,
                rationale="As published.",
                actor=Actor(cast.ada.id, cast.ada.name),
                moment=NOW,
                threshold_percent=75,
                stability_percent=15,
                round_cap=3,
                panel_quorum=3,
            )
