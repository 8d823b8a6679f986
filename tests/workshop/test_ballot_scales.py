"""Ballots on other scales, shared out, paused, and in real time."""

import re

import pytest

from cycles.core.extensions import db
from cycles.people.models import Group
from tests.client import ParsingClient
from tests.factories import NOW, Cast
from tests.workshop.ballots import (
    area_of,
    first_round,
    make_raters,
    make_solutions,
    open_workshop_of,
    path_to,
    source_of,
    text_of,
)
from tests.workshop.rating import Room, make_room
from workshop.ballot.commands import panellist_for
from workshop.ballot.models import Assignment, Rating
from workshop.ballot.queries import own_answers
from workshop.rooms.commands import pause_round, resume_round
from workshop.rooms.models import Mode, Round, ScaleName, WorkshopKind
from workshop.rooms.plans import Asking


@pytest.fixture
def room(cast: Cast) -> Room:
    return make_room(cast, employers=6, statements=3, levels=2)


def test_priority_asks_nine_numbers_of_all_who_rate(
    cast: Cast, room: Room, client: ParsingClient
) -> None:
    make_solutions(cast)
    round_ = first_round(cast, open_workshop_of(cast, WorkshopKind.PRIORITISATION))
    db.session.commit()
    for person in (cast.tom, cast.eddy, cast.ema):
        answer = client.sign_in(person).get(area_of(cast, round_))
        assert source_of(answer).count('type="radio"') == 2 * 11
        assert " checked" not in source_of(answer)
        assert "1 lowest 9 highest" in text_of(answer)


def test_a_priority_is_kept_as_its_place_on_the_scale(
    cast: Cast, room: Room, client: ParsingClient
) -> None:
    make_solutions(cast)
    round_ = first_round(cast, open_workshop_of(cast, WorkshopKind.PRIORITISATION))
    db.session.commit()
    tom = client.sign_in(cast.tom)
    names = re.findall(
        r'name="(cell-[0-9a-f]{32})" value="9"', source_of(tom.get(area_of(cast, round_)))
    )
    tom.submit(area_of(cast, round_), shown="..", **{names[0]: "9", names[1]: "?"})
    assert sorted(one.code for one in db.session.query(Rating)) == [-1, 8]
    assert "9, highest" in text_of(tom.get(path_to(cast, f"/workshops/{round_.workshop_id}/mine")))


def test_a_letter_of_another_scale_is_refused(
    cast: Cast, room: Room, client: ParsingClient
) -> None:
    round_ = first_round(cast, open_workshop_of(cast, WorkshopKind.VALIDATION))
    db.session.commit()
    tom = client.sign_in(cast.tom)
    name = re.findall(r'name="(cell-[0-9a-f]{32})"', source_of(tom.get(area_of(cast, round_))))[0]
    assert tom.submit(area_of(cast, round_), shown="...", **{name: "P"}).status_code == 422
    assert db.session.query(Rating).count() == 0


def test_whoever_rewords_is_asked_for_the_words(
    cast: Cast, room: Room, client: ParsingClient
) -> None:
    round_ = first_round(cast, open_workshop_of(cast, WorkshopKind.VALIDATION))
    db.session.commit()
    tom = client.sign_in(cast.tom)
    page = area_of(cast, round_)
    source = source_of(tom.get(page))
    assert 'data-prompt-on="R"' in source
    assert re.search(r"data-prompt open>", source) is None
    name = re.findall(r'name="(cell-[0-9a-f]{32})"', source)[0]
    tom.submit(page, shown="...", **{name: "R"})
    source = source_of(tom.get(page))
    assert len(re.findall(r"data-prompt open>", source)) == 1
    assert "How should it read instead?" in source


def test_a_person_chooses_between_the_rounds_that_are_theirs(
    cast: Cast, room: Room, client: ParsingClient
) -> None:
    make_solutions(cast)
    room.open_round()
    first_round(cast, open_workshop_of(cast, WorkshopKind.PRIORITISATION, title="What first?"))
    first_round(cast, open_workshop_of(cast, WorkshopKind.VALIDATION, title="The statements"))
    db.session.commit()
    ema = text_of(client.sign_in(cast.ema).get(path_to(cast)))
    assert "What each role needs, round 1" in ema
    assert "What first?, round 1" in ema
    assert "The statements" not in ema
    eddy = client.sign_in(cast.eddy).get(path_to(cast))
    assert eddy.status_code == 303


def paused(cast: Cast, room: Room) -> Round:
    round_ = room.open_round()
    pause_round(round_=round_, actor=room.actor, moment=NOW)
    db.session.commit()
    return round_


def test_a_paused_round_says_so_and_gives_the_page_back(
    cast: Cast, room: Room, client: ParsingClient
) -> None:
    round_ = room.open_round()
    db.session.commit()
    ema = client.sign_in(cast.ema)
    item, token = room.asked(round_)[0], ema.token(area_of(cast, round_))
    pause_round(round_=round_, actor=room.actor, moment=NOW)
    db.session.commit()
    sent = {"shown": "......", f"cell-{item.id.hex}": "E", f"comment-{item.id.hex}": "Only we do."}
    answer = ema.post(area_of(cast, round_), data={"csrf_token": token, **sent})
    assert answer.status_code == 423
    assert "Round 1 is paused" in text_of(answer)
    assert "Only we do." in text_of(answer)
    assert f'<input type="hidden" name="cell-{item.id.hex}" value="E">' in source_of(answer)
    assert db.session.query(Rating).count() == 0
    resume_round(round_=round_, actor=room.actor, moment=NOW)
    db.session.commit()
    again = ema.post(area_of(cast, round_), data={"csrf_token": token, **sent})
    assert again.status_code == 303
    assert db.session.query(Rating).count() == 1


def test_every_page_of_a_paused_round_says_so(
    cast: Cast, room: Room, client: ParsingClient
) -> None:
    round_ = paused(cast, room)
    ema = client.sign_in(cast.ema)
    assert ema.get(path_to(cast)).status_code == 303
    for path in ("", "/areas/1", "/finish"):
        text = text_of(ema.get(path_to(cast, f"/rounds/{round_.id}{path}")))
        assert "Round 1 is paused" in text
        assert "Others see counts, never your name." in text


def test_a_ballot_asks_only_what_is_assigned(cast: Cast, room: Room, client: ParsingClient) -> None:
    other = open_workshop_of(
        cast, WorkshopKind.PROFICIENCY, asking=Asking(Mode.ROUNDS, raters_per_item=5)
    )
    round_ = first_round(cast, other)
    seat = panellist_for(participant=cast.employer, moment=NOW)
    given = {
        one.item_id
        for one in db.session.query(Assignment).filter_by(round_id=round_.id, panellist_id=seat.id)
    }
    spared = next(one for one in room.asked(round_) if one.id in given)
    row = db.session.query(Assignment).filter_by(round_id=round_.id, panellist_id=seat.id)
    left_out = [one for one in room.asked(round_) if one.statement_id == spared.statement_id]
    row.filter(Assignment.item_id.in_([one.id for one in left_out])).delete()
    db.session.commit()
    ema = client.sign_in(cast.ema)
    number = len({one.statement_id for one in room.asked(round_) if one.id in given}) - 1
    tasks = text_of(ema.get(path_to(cast, f"/rounds/{round_.id}")))
    assert f"You are asked {number} of 3 capabilities; others are asked the rest." in tasks
    assert spared.wording not in text_of(ema.get(area_of(cast, round_)))


def test_who_comes_late_takes_a_share(cast: Cast, room: Room, client: ParsingClient) -> None:
    asking = Asking(Mode.ROUNDS, raters_per_item=5)
    round_ = first_round(cast, open_workshop_of(cast, WorkshopKind.PROFICIENCY, asking=asking))
    late = make_raters(cast, Group.EMPLOYER, 1)[0]
    db.session.commit()
    page = path_to(cast, f"/rounds/{round_.id}")
    browser = client.sign_in(late.account)
    assert "take a share of your own" in text_of(browser.get(page))
    assert browser.submit(page).status_code == 303
    assert "0 of " in text_of(browser.get(page))


def test_in_real_time_the_group_appears_once_i_answered_and_enough_have(
    cast: Cast, client: ParsingClient
) -> None:
    room = make_room(cast, employers=9, statements=3, levels=2)
    live = open_workshop_of(cast, WorkshopKind.PROFICIENCY, asking=Asking(Mode.REAL_TIME))
    round_ = first_round(cast, live)
    first, second, *_ = room.asked(round_)
    room.answer(round_, first, " " + "P" * 8)
    room.answer(round_, second, "P")
    db.session.commit()
    ema = client.sign_in(cast.ema)
    text = text_of(ema.get(area_of(cast, round_)))
    assert "said Practitioner" not in text
    assert "Shown once eight people have answered" in text
    token = ema.token(area_of(cast, round_))
    path = path_to(cast, f"/rounds/{round_.id}/answers")
    sent = {"item": first.id.hex, "value": "P", "seq": 1, "csrf_token": token}
    found = ema.post(path, data=sent).get_json()["group"]
    assert found["counts"] == [0, 0, 6, 0]  # three answers are held back until the close
    assert found["words"] == "So far 6 of 6 said Practitioner; you said Practitioner"
    assert found["words"] in text_of(ema.get(area_of(cast, round_)))


def test_answers_are_read_back_on_their_own_scale(cast: Cast, room: Room) -> None:
    make_solutions(cast)
    round_ = first_round(cast, open_workshop_of(cast, WorkshopKind.PRIORITISATION))
    assert round_.scale == ScaleName.PRIORITY
    assert own_answers(round_.id, None, round_.scale) == {}
