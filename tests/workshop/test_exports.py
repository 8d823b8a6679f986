"""Taking a closed round away: what is in the files, what is not, and when there is nothing."""

import csv
import io
import json
import re
import uuid
import zipfile
from collections import Counter

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import select

from cycles.core.extensions import db
from tests.client import ParsingClient
from tests.factories import NOW, Cast, make_partner
from tests.workshop.rating import Room, make_room
from workshop.ballot.commands import give_reason, panellist_for
from workshop.ballot.models import Panellist, Rating
from workshop.exports.bundle import bundle_of
from workshop.exports.pairs import SMALLEST_SIDE, Pair, Pairing, release
from workshop.exports.queries import read_round
from workshop.exports.tables import TABLES, ratings_table
from workshop.rooms.models import RoomState, Round

ITEM = uuid.UUID(int=1)


def closed_room(cast: Cast, letters: tuple[str, ...] = ("PPPPPA", "AAAEEE")) -> tuple[Room, Round]:
    """Return a room with six employers whose first round has closed."""
    room = make_room(cast, employers=6, statements=len(letters))
    round_ = room.open_round()
    for item, said in zip(room.asked(round_), letters, strict=True):
        room.answer(round_, item, said)
    room.close(round_)
    db.session.commit()
    return room, round_


def second_round(room: Room, letters: str) -> Round:
    round_ = room.open_round()
    room.answer(round_, room.asked(round_)[0], letters)
    room.close(round_)
    db.session.commit()
    return round_


def address(round_: Round, what: str = "") -> str:
    return f"/cycles/{round_.cycle_id}/workshops/rounds/{round_.id}/export{what}"


def lines(answer: object) -> list[dict[str, str]]:
    text = answer.data.decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("state", [RoomState.OPEN, RoomState.PAUSED])
def test_before_the_close_there_is_nothing_to_take_away(
    cast: Cast, client: ParsingClient, state: RoomState
) -> None:
    room = make_room(cast, employers=6, statements=1)
    round_ = room.open_round()
    room.answer(round_, room.asked(round_)[0], "PPPPPP")
    round_.state = state
    db.session.commit()
    for person in (cast.ada, cast.ema, cast.sol):
        client.sign_in(person)
        files = [f"/{name}.{kind}" for name in TABLES for kind in ("csv", "xlsx", "json")]
        for what in ("", "/bundle.zip", *files):
            answer = client.get(address(round_, what))
            assert answer.status_code == 409, what
            assert "not closed yet" in answer.text


def test_everybody_in_the_cycle_finds_the_files_of_a_closed_round(
    cast: Cast, client: ParsingClient
) -> None:
    _, round_ = closed_room(cast)
    for person in (cast.ada, cast.ema, cast.tom, cast.sol):
        page = client.sign_in(person).get(address(round_))
        assert page.status_code == 200
        for name in TABLES:
            for kind in ("csv", "xlsx", "json"):
                assert f"{name}.{kind}" in page.text
                assert client.get(address(round_, f"/{name}.{kind}")).status_code == 200
    assert client.get(address(round_, "/people.csv")).status_code == 404


def test_the_page_stands_among_the_workshops(cast: Cast, client: ParsingClient) -> None:
    _, round_ = closed_room(cast)
    said = client.sign_in(cast.ema).get(address(round_)).text
    current = re.findall(r'<a[^>]*aria-current="page"[^>]*>([^<]+)</a>', said)
    assert current == ["Workshops"]


def test_the_ratings_are_the_counted_answers_without_a_row_that_goes_on(
    cast: Cast, client: ParsingClient
) -> None:
    _, round_ = closed_room(cast, ("PPPPP?", "AAAEEE"))
    found = lines(client.sign_in(cast.ada).get(address(round_, "/ratings.csv")))
    assert set(found[0]) == {"Item", "Round before", "This round"}
    said = Counter((line["Item"], line["This round"]) for line in found)
    assert said == {
        ("1", "P"): 5,
        ("1", "can't judge"): 1,
        ("2", "A"): 3,
        ("2", "E"): 3,
    }


def test_no_file_holds_a_panellist_a_participant_or_a_name(
    cast: Cast, client: ParsingClient
) -> None:
    room, round_ = closed_room(cast)
    client.sign_in(cast.ada)
    with zipfile.ZipFile(io.BytesIO(client.get(address(round_, "/bundle.zip")).data)) as archive:
        said = b"".join(archive.read(name) for name in archive.namelist()).decode()
    for seat in db.session.scalars(select(Panellist)):
        for trace in (str(seat.id), seat.id.hex, seat.link or "-"):
            assert trace == "-" or trace not in said
    for person in room.employers:
        assert str(person.id) not in said
        assert person.account.name not in said


def test_the_order_of_the_rows_is_not_that_in_which_people_answered(cast: Cast) -> None:
    _, round_ = closed_room(cast, ("NAPENA",) * 8)
    table = ratings_table(read_round(round_))
    orders = [
        "".join(str(row[2]) for row in table.rows if row[0] == number) for number in range(1, 9)
    ]
    assert all(sorted(order) == sorted("NAPENA") for order in orders)
    # By lot, and by another lot for each item.
    assert len(set(orders)) > 3


def test_the_second_round_pairs_the_answers_to_one_item(cast: Cast, client: ParsingClient) -> None:
    room, _ = closed_room(cast)
    round_ = second_round(room, "AAAEEP")
    found = lines(client.sign_in(cast.ada).get(address(round_, "/ratings.csv")))
    assert Counter((line["Round before"], line["This round"]) for line in found) == {
        ("A", "A"): 3,
        ("E", "E"): 2,
        ("E", "P"): 1,
    }


def test_the_change_of_the_one_who_stayed_away_cannot_be_read_off(
    cast: Cast, client: ParsingClient
) -> None:
    room, _ = closed_room(cast)
    round_ = second_round(room, "AAAEE ")
    client.sign_in(cast.ada)
    found = lines(client.get(address(round_, "/ratings.csv")))
    assert all(not (line["Round before"] and line["This round"]) for line in found)
    assert Counter(line["Round before"] for line in found if line["Round before"]) == {
        "A": 3,
        "E": 3,
    }
    assert lines(client.get(address(round_, "/items.csv")))[0]["Answers"] == Pairing.APART
    # Nobody else moved: this one number would give their answer away.
    assert "Share moved" not in lines(client.get(address(round_, "/verdicts.csv")))[0]


def test_answers_of_too_few_are_withheld_and_said_to_be(cast: Cast, client: ParsingClient) -> None:
    _, round_ = closed_room(cast, ("PPPPPP", "EEEE"))
    client.sign_in(cast.ada)
    assert {line["Item"] for line in lines(client.get(address(round_, "/ratings.csv")))} == {"1"}
    withheld = lines(client.get(address(round_, "/verdicts.csv")))[1]
    assert withheld["Outcome"] == "withheld"
    assert {withheld[word] for word in ("Level", "Expert", "Closing", "Agreement")} == {""}
    assert lines(client.get(address(round_, "/items.csv")))[1]["Answers"] == "withheld"
    assert "1 of 2 items: fewer than 5" in client.get(address(round_)).text


def test_reasons_have_a_side_and_no_writer_and_formulas_stay_text(
    cast: Cast, client: ParsingClient
) -> None:
    room = make_room(cast, employers=6, statements=2)
    round_ = room.open_round()
    first, second = room.asked(round_)
    room.answer(round_, first, "PPPPPA")
    room.answer(round_, second, "EEEE")
    for item, text in ((first, "=1+1 is not a formula"), (second, "Only four of us know")):
        seat = panellist_for(participant=cast.employer, moment=NOW)
        give_reason(panellist=seat, round_id=round_.id, item_id=item.id, text=text)
    room.close(round_)
    db.session.commit()
    client.sign_in(cast.ada)
    found = lines(client.get(address(round_, "/reasons.csv")))
    assert [line["Reason"] for line in found] == ["'=1+1 is not a formula"]
    book = load_workbook(io.BytesIO(client.get(address(round_, "/reasons.xlsx")).data))
    assert book.active["F2"].data_type == "s"
    told = json.loads(client.get(address(round_, "/reasons.json")).data)
    assert told[0]["Reason"] == "=1+1 is not a formula"


def test_small_groups_are_left_out_of_the_breakdown(cast: Cast, client: ParsingClient) -> None:
    room = make_room(cast, employers=8, statements=1)
    partners = [make_partner(cast.cycle, name, at) for at, name in enumerate(("Big", "Small"))]
    for at, person in enumerate(room.employers):
        person.partner_id = partners[at > 5].id
    round_ = room.open_round()
    room.answer(round_, room.asked(round_)[0], "PPPPPAEE")
    room.close(round_)
    db.session.commit()
    found = lines(client.sign_in(cast.ada).get(address(round_, "/groups.csv")))
    # The two of Small could be told from the whole less Big, so Big stays in as well.
    assert {line["Outcome"] for line in found} == {"withheld"}
    assert {line["Practitioner"] for line in found} == {""}


def test_the_bundle_is_the_same_however_often_it_is_made(cast: Cast) -> None:
    _, round_ = closed_room(cast)
    made = bundle_of(read_round(round_))
    rows = db.session.execute(select(Rating.__table__).where(Rating.round_id == round_.id)).all()
    db.session.query(Rating).filter_by(round_id=round_.id).delete()
    db.session.execute(Rating.__table__.insert(), [row._asdict() for row in reversed(rows)])
    assert bundle_of(read_round(round_)) == made


def test_who_has_no_place_in_the_cycle_is_told_that_it_does_not_exist(
    app: Flask, cast: Cast, client: ParsingClient
) -> None:
    _, round_ = closed_room(cast)
    assert client.sign_in(cast.eve).get(address(round_, "/bundle.zip")).status_code == 404


answers = st.sampled_from(["", "N", "A", "P", "E", "can't judge"])


@given(st.lists(st.builds(Pair, answers, answers), max_size=20), st.booleans())
def test_a_pair_never_stands_for_one_or_two_people(pairs: list[Pair], shows_before: bool) -> None:
    given_ = [one for one in pairs if one.before or one.now]
    found = release(ITEM, pairs, is_first=False, shows_before=shows_before)
    assert Counter(one.now for one in found.rows if one.now) == Counter(
        one.now for one in given_ if one.now
    )
    if found.pairing == Pairing.PAIRED:
        assert sorted(found.rows) == sorted(given_)
        for is_side in (lambda one: not one.now, lambda one: not one.before):
            side = sum(map(is_side, found.rows))
            assert side == 0 or side >= SMALLEST_SIDE
    else:
        assert all(not (one.before and one.now) for one in found.rows)


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_the_rule_card_says_its_digest(cast: Cast, client: ParsingClient, kind: str) -> None:
    _, round_ = closed_room(cast)
    answer = client.sign_in(cast.sol).get(address(round_, f"/rule-card.{kind}"))
    assert answer.status_code == 200
    if kind == "csv":
        assert lines(answer)[-1]["Value"] == read_round(round_).rule.digest()
