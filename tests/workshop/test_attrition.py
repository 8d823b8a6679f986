"""The attrition panel: who began, finished and left, and nothing about one or two people."""

import csv
import io

import pytest

from consensus.attrition import attrition
from cycles.core.extensions import db
from cycles.people.models import Group
from tests.client import ParsingClient
from tests.factories import NOW, Cast, make_account, make_participant, make_partner
from tests.workshop.rating import Room, make_room
from workshop.attrition.leaving import leaving_of
from workshop.attrition.turnout import turnouts_of
from workshop.ballot.commands import finish_ballot, panellist_for, rate
from workshop.ballot.models import Answer, Assignment, Panellist
from workshop.letters.models import LetterKind, LetterState, WorkshopLetter
from workshop.rooms.models import Item, Round

DISAGREED = "AAAAAEEEEE"


def rated(room: Room, *letters: str) -> Round:
    """Open a round, answer its items, and close it."""
    round_ = room.open_round()
    for item, said in zip(room.asked(round_), letters, strict=True):
        room.answer(round_, item, said)
    room.close(round_)
    db.session.commit()
    return round_


def address(room: Room, ending: str = "") -> str:
    return f"/cycles/{room.cycle.id}/workshops/{room.workshop.id}/attrition{ending}"


def lines(answer: object) -> list[dict[str, str]]:
    text = answer.data.decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_round_counts_those_who_did_not_start_did_not_finish_and_finished(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=2)
    round_ = room.open_round()
    first, second = room.asked(round_)
    room.answer(round_, first, "PPPP")
    room.answer(round_, second, "PP")
    finish_ballot(
        round_id=round_.id, panellist=panellist_for(participant=room.employers[2], moment=NOW)
    )
    found = turnouts_of(room.workshop)[0]
    # Two answered all, one said that they had finished, one stopped half way, two never began.
    assert (found.not_started, found.unfinished, found.finished) == (2, 1, 3)
    assert found.asked == 6


def test_only_raters_of_the_workshop_are_asked(cast: Cast) -> None:
    room = make_room(cast, employers=5, statements=1)
    make_participant(cast.cycle, make_account("Tina Tech"), Group.TECHNOLOGIST)
    room.open_round()
    assert turnouts_of(room.workshop)[0].asked == 5


@pytest.mark.parametrize(
    ("sizes", "is_told"), [((5, 5), [True, True]), ((8, 2), [False, False]), ((7, 3), [True] * 2)]
)
def test_small_parts_are_not_told_apart(
    cast: Cast, sizes: tuple[int, int], is_told: list[bool]
) -> None:
    room = make_room(cast, employers=10, statements=1)
    partners = [make_partner(cast.cycle, name, at) for at, name in enumerate(("Big", "Small"))]
    for at, person in enumerate(room.employers):
        person.partner_id = partners[at >= sizes[0]].id
    rated(room, "PPPPPPPPPP")
    found = turnouts_of(room.workshop)[0].parts
    assert [one.name for one in found] == ["Big", "Small"]
    assert [one.counts is not None for one in found] == is_told


def test_reminders_that_were_sent_are_counted(cast: Cast) -> None:
    room = make_room(cast, employers=5, statements=1)
    round_ = room.open_round()
    for state in (LetterState.SENT, LetterState.SENT, LetterState.FAILED):
        db.session.add(
            WorkshopLetter(
                cycle_id=cast.cycle.id,
                workshop_id=room.workshop.id,
                round_id=round_.id,
                participant_id=cast.employer.id,
                kind=LetterKind.REMINDER,
                subject="Round 1",
                state=state,
                asked_at=NOW,
            )
        )
    db.session.flush()
    assert turnouts_of(room.workshop)[0].reminders == 2


def test_leavers_are_compared_by_where_they_stood_in_round_one(cast: Cast) -> None:
    room = make_room(cast, employers=10, statements=1)
    rated(room, "PPPPPPPNNN")
    rated(room, "PPPPPPE   ")
    found = leaving_of(room.workshop)
    assert found is not None
    assert (found.leavers, found.stayers, found.last_number) == (3, 7, 2)
    expected = attrition([[2]] * 7 + [[0]] * 3, [True] * 7 + [False] * 3)
    assert found.comparison == expected
    assert found.comparison.leavers_distance == 2.0  # type: ignore[union-attr]


def test_carrying_forward_and_complete_cases_are_of_the_same_items(cast: Cast) -> None:
    room = make_room(cast, employers=10, statements=1)
    rated(room, "PPPPPPPNNN")
    rated(room, "PPPPPPP   ")
    found = leaving_of(room.workshop)
    assert found is not None
    assert found.sensitivity is not None
    # Held: Practitioner by all seven. With the three who left it is split, as it was.
    assert (found.sensitivity.items, found.sensitivity.complete, found.sensitivity.carried) == (
        1,
        0,
        1,
    )


@pytest.mark.parametrize("second", ["AAAAAEEEE ", "AAAAAEEE  ", "AE        "])
def test_one_or_two_people_on_a_side_are_not_described(
    cast: Cast, client: ParsingClient, second: str
) -> None:
    room = make_room(cast, employers=10, statements=1)
    rated(room, DISAGREED)
    rated(room, second)
    found = leaving_of(room.workshop)
    assert found is not None
    assert (found.comparison, found.sensitivity) == (None, None)
    client.sign_in(cast.ada)
    said = client.get(address(room)).text
    assert "so where they stood is not shown" in said
    assert lines(client.get(address(room, "/leavers.csv"))) == []


def test_whoever_is_asked_nothing_any_more_has_not_left(cast: Cast) -> None:
    room = make_room(cast, employers=10, statements=2)
    room.workshop.raters_per_item = 5
    first = room.open_round()
    settled, split = room.asked(first)
    answer_as_assigned(first, settled, [2] * 5)
    answer_as_assigned(first, split, [0, 0, 0, 3, 3])
    room.close(first)
    second = room.open_round()
    assert [one.id for one in room.asked(second)] == [split.id]
    answer_as_assigned(second, split, [0, 0, 0, 3, 3])
    room.close(second)
    found = leaving_of(room.workshop)
    assert found is not None
    assert (found.leavers, found.stayers) == (0, 5)
    assert [one.asked for one in turnouts_of(room.workshop)] == [10, 5]


def answer_as_assigned(round_: Round, item: Item, codes: list[int]) -> None:
    asked = (
        db.session.query(Panellist)
        .join(Assignment, Assignment.panellist_id == Panellist.id)
        .filter(Assignment.round_id == round_.id, Assignment.item_id == item.id)
        .order_by(Panellist.id)
    )
    for seat, code in zip(asked, codes, strict=True):
        where = {"round_id": round_.id, "item_id": item.id, "panellist": seat}
        rate(**where, answer=Answer.RATED, code=code, seq=1)


def test_the_page_before_anything_has_happened(cast: Cast, client: ParsingClient) -> None:
    room = make_room(cast, employers=6, statements=1)
    client.sign_in(cast.ada)
    assert "No round has opened yet" in client.get(address(room)).text
    rated(room, "AAAEEE")
    said = client.get(address(room)).text
    assert "6 of 6" in said
    assert "Nothing to compare yet" in said


def test_the_page_says_it_in_words_and_the_files_in_numbers(
    cast: Cast, client: ParsingClient
) -> None:
    room = make_room(cast, employers=10, statements=1)
    rated(room, "PPPPPPPNNN")
    rated(room, "PPPPPPP   ")
    client.sign_in(cast.ada)
    said = client.get(address(room)).text
    assert "3 of the 10 who answered in round 1 gave no answer in round 2." in said
    assert "the leavers stood further from the median than those who stayed" in said
    assert "1 verdict of 1 would differ if the last answer" in said
    assert "No verdicts of 1 would differ if only those counted" in said
    turnout = lines(client.get(address(room, "/turnout.csv")))
    assert [(one["Round"], one["Finished"]) for one in turnout] == [("1", "10"), ("2", "7")]
    measures = {one["Measure"]: one for one in lines(client.get(address(room, "/leavers.csv")))}
    assert measures["People"]["Left"] == "3"
    assert client.get(address(room, "/turnout.xlsx")).status_code == 200


def test_it_is_the_conveners(cast: Cast, client: ParsingClient) -> None:
    room = make_room(cast)
    for person in (cast.ema, cast.sol, cast.tom):
        assert client.sign_in(person).get(address(room)).status_code == 403
    assert client.sign_in(cast.eve).get(address(room)).status_code == 404
