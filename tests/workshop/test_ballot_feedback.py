"""What a ballot shows of earlier rounds: bars and words, groups, reasons, older wordings."""

import re

import pytest

from cycles.core.extensions import db
from cycles.setup.models import RuleCard
from tests.client import ParsingClient
from tests.factories import Cast
from tests.workshop.ballots import (
    area_of,
    argue,
    path_to,
    reopened,
    shared_by_partner,
    source_of,
    text_of,
)
from tests.workshop.rating import Room, make_room
from workshop.ballot.models import Reason, ReopenRequest
from workshop.ballot.sides import side_taken
from workshop.rooms.models import Item, Round, Side


@pytest.fixture
def room(cast: Cast) -> Room:
    return make_room(cast, employers=12, statements=2)


@pytest.fixture
def ema(client: ParsingClient, cast: Cast) -> ParsingClient:
    return client.sign_in(cast.ema)


def open_page(room: Room, cast: Cast, ema: ParsingClient, letters: str) -> tuple[str, str]:
    """Return the second round's page as it reads, and its source."""
    second, _ = reopened(room, room.open_round(), letters)
    db.session.commit()
    answer = ema.get(area_of(cast, second))
    return text_of(answer), source_of(answer)


def test_bars_carry_the_counts_in_words_and_mark_mine(
    cast: Cast, room: Room, ema: ParsingClient
) -> None:
    text, source = open_page(room, cast, ema, "EPPPPPNNAAAA")
    assert "5 of 12 said Practitioner; you said Expert" in text
    assert 'aria-label="2 Not needed, 4 Awareness, 5 Practitioner, 1 Expert"' in source
    assert re.search(r"p-spread__bar--e p-spread__bar--mine", source)
    assert "Expert (your last answer)" in text


def test_groups_of_three_and_more_are_shown_where_the_rule_card_says_so(
    cast: Cast, room: Room, ema: ParsingClient
) -> None:
    shared_by_partner(room, (5, 4, 3), ("Bakers", "Millers", "Makers"))
    text, _ = open_page(room, cast, ema, "PPPPPEEEENNN")
    assert "How 3 groups answered" in text
    assert re.search(r"Bakers .*5 of 5 said Practitioner", text)
    assert re.search(r"Makers .*3 of 3 said Not needed", text)


def test_a_small_group_is_withheld_and_so_is_what_would_tell_of_it(
    cast: Cast, room: Room, ema: ParsingClient
) -> None:
    shared_by_partner(room, (7, 3, 2), ("Bakers", "Millers", "Makers"))
    text, _ = open_page(room, cast, ema, "PPPPEEENNNAA")
    assert "4 of 7 said Practitioner" in text
    assert "3 of 3 said Not needed" not in text
    assert "2 of 2" not in text


def test_groups_are_not_shown_where_the_rule_card_does_not_say_so(
    cast: Cast, room: Room, ema: ParsingClient
) -> None:
    shared_by_partner(room, (5, 4, 3), ("Bakers", "Millers", "Makers"))
    db.session.get_one(RuleCard, cast.cycle.id).feedback = "group"
    text, _ = open_page(room, cast, ema, "PPPPPEEEENNN")
    assert "groups answered" not in text


def test_reasons_stand_on_the_side_they_take_and_mine_are_left_out(
    cast: Cast, room: Room, ema: ParsingClient
) -> None:
    first = room.open_round()
    item = room.asked(first)[0]
    argue(room.employers[0], first, item, "Mine alone.", Side.HIGHER)
    argue(room.employers[1], first, item, "Robots will do it.", Side.LOWER)
    argue(room.employers[2], first, item, "The law asks for it.", Side.HIGHER)
    argue(room.employers[3], first, item, "Both are right.", None)
    second, _ = reopened(room, first, "PPPPEEEENNNN")
    db.session.commit()
    text = text_of(ema.get(area_of(cast, second)))
    assert "3 reasons given" in text
    assert "Mine alone." not in text
    for title, words in (
        ("For higher", "The law asks for it."),
        ("For lower", "Robots will do it."),
        ("From the middle", "Both are right."),
    ):
        assert f"{title} {words}" in text


def test_reasons_of_too_few_are_withheld(cast: Cast, room: Room, ema: ParsingClient) -> None:
    first = room.open_round()
    argue(room.employers[1], first, room.asked(first)[0], "Robots will do it.", Side.LOWER)
    second, _ = reopened(room, first, "PPEN")
    db.session.commit()
    text = text_of(ema.get(area_of(cast, second)))
    assert "Robots will do it." not in text
    assert "The middle of the group" not in text


def test_an_answer_away_from_the_middle_is_asked_for_its_reason(
    cast: Cast, room: Room, ema: ParsingClient
) -> None:
    second, item = reopened(room, room.open_round(), "NPPPPPPPEEEE")
    cell = item.id.hex
    db.session.commit()
    page = area_of(cast, second)
    source = source_of(ema.get(page))
    assert 'data-near="APE"' in source
    assert "The middle of the group is Practitioner." in text_of(ema.get(page))
    assert re.search(rf'id="w-{cell}" data-reason>', source)
    ema.submit(page, **{f"cell-{cell}": "N", "shown": ".."})
    assert re.search(rf'id="w-{cell}" data-reason open>', source_of(ema.get(page)))


def test_a_reason_is_kept_with_the_side_that_the_server_works_out(
    cast: Cast, room: Room, ema: ParsingClient
) -> None:
    second, item = reopened(room, room.open_round(), "NPPPPPPPEEEE")
    db.session.commit()
    fields = {f"cell-{item.id.hex}": "N", f"reason-{item.id.hex}": "It is bought in."}
    ema.submit(area_of(cast, second), shown="..", **fields)
    kept = db.session.query(Reason).one()
    assert (kept.text, kept.is_of_cell, kept.side) == ("It is bought in.", True, Side.LOWER)
    ema.submit(area_of(cast, second), shown="N.", **{f"reason-{item.id.hex}": ""})
    assert db.session.query(Reason).count() == 0


@pytest.mark.parametrize(
    ("counts", "code", "side"),
    [
        ((0, 0, 5, 0), 3, Side.HIGHER),
        ((0, 0, 5, 0), 1, Side.LOWER),
        ((0, 0, 5, 0), 2, None),
        ((0, 4, 4, 0), 1, None),
        ((0, 4, 4, 0), 3, Side.HIGHER),
        ((0, 0, 5, 0), -1, None),
        ((0, 0, 0, 0), 1, None),
    ],
)
def test_a_side_is_seen_from_both_medians(
    counts: tuple[int, ...], code: int, side: Side | None
) -> None:
    assert side_taken(counts, code) == side


def test_what_was_rated_in_an_older_wording_says_so(
    cast: Cast, room: Room, ema: ParsingClient
) -> None:
    first = room.open_round()
    for item in room.asked(first):
        room.answer(first, item, "PPPPPPEEEEEE")
    room.close(first)
    was, room.statements[0].text = room.statements[0].text, "Calibrate every oven sensor yearly"
    db.session.flush()
    second = room.open_round()
    db.session.commit()
    text = text_of(ema.get(area_of(cast, second)))
    assert text.count("was rated in an older wording") == 1
    assert was in text
    assert text.count("6 of 12 each said Practitioner and Expert") == 2
    tasks = text_of(ema.get(path_to(cast, f"/rounds/{second.id}")))
    assert "What changed since round 1" in tasks
    assert "1 asked again in new words" in tasks
    assert f"Before: {was}" in tasks


def settled_room(room: Room) -> tuple[Round, Item]:
    """Agree on the first cell and leave the second open; return round 2 and the agreed cell."""
    first = room.open_round()
    agreed, split = room.asked(first)
    room.answer(first, agreed, "EPPPPPPPPPPP")
    room.answer(first, split, "NNNNNNEEEEEE")
    room.close(first)
    second = room.open_round()
    db.session.commit()
    return second, agreed


def test_what_was_settled_stands_beside_my_answer(
    cast: Cast, room: Room, ema: ParsingClient
) -> None:
    second, _ = settled_room(room)
    text = text_of(ema.get(path_to(cast, f"/rounds/{second.id}/settled")))
    assert "11 of 12 said Practitioner; you said Expert" in text
    assert "Ask to reopen" in text
    assert "said Not needed" not in text


def test_an_agreed_question_is_argued_with_once_and_changed(
    cast: Cast, room: Room, ema: ParsingClient
) -> None:
    second, agreed = settled_room(room)
    page = path_to(cast, f"/rounds/{second.id}/settled/{agreed.id}")
    assert ema.submit(page, text="The law changed.").status_code == 422
    for side, words in (("higher", "The law changed."), ("lower", "I was wrong.")):
        assert ema.submit(page, side=side, text=words).status_code == 303
    kept = db.session.query(ReopenRequest).one()
    assert (kept.side, kept.text) == (Side.LOWER, "I was wrong.")
    listed = text_of(ema.get(path_to(cast, f"/rounds/{second.id}/settled")))
    assert "Lower: I was wrong." in listed


def test_an_open_question_cannot_be_argued_with(cast: Cast, room: Room, ema: ParsingClient) -> None:
    second, _ = settled_room(room)
    open_item = room.asked(second)[0]
    page = path_to(cast, f"/rounds/{second.id}/settled/{open_item.id}")
    assert ema.get(page).status_code == 404


def test_my_answers_hold_every_round_and_nobody_elses(
    cast: Cast, room: Room, ema: ParsingClient
) -> None:
    second, _ = settled_room(room)
    room.answer(second, room.asked(second)[0], "AEEEEEEEEEEE")
    argue(room.employers[0], second, room.asked(second)[0], "It is bought in.", Side.LOWER)
    argue(room.employers[1], second, room.asked(second)[0], "Not mine.", Side.HIGHER)
    db.session.commit()
    text = text_of(ema.get(path_to(cast, f"/workshops/{room.workshop.id}/mine")))
    assert text.index("Round 2 open now · 1 answered") < text.index("Round 1 closed · 2 answered")
    for word in ("Awareness", "Expert", "Not needed", "It is bought in."):
        assert word in text
    assert "Practitioner" not in text
    assert "Not mine." not in text
