"""The ballot over HTTP: with a plain form, with the script's requests, and after the close."""

import re
import uuid
from typing import Any

import pytest
from sqlalchemy import event

from cycles.core.extensions import db
from cycles.people.models import Group
from cycles.setup.models import RuleCard
from tests.client import ParsingClient
from tests.factories import NOW, Cast, make_area, make_participant, make_statement
from tests.workshop.rating import Room, make_room
from workshop.ballot.commands import give_reason, panellist_for
from workshop.ballot.models import Rating, Reason
from workshop.ballot.queries import own_answers
from workshop.rooms.models import Item, Round


def ballot(cast: Cast, path: str = "/") -> str:
    return f"/cycles/{cast.cycle.id}/ballot{path}"


def own(cast: Cast, round_: Round) -> dict[uuid.UUID, str]:
    seat = panellist_for(participant=cast.employer, moment=NOW)
    return {item: one.letter for item, one in own_answers(round_.id, seat.id).items()}


def text_of(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


@pytest.fixture
def room(cast: Cast) -> Room:
    made = make_room(cast, employers=6, statements=2, levels=2)
    other = make_area("Packing")
    made.statements.append(make_statement(cast.cycle, "Pack the loaves", 3, area_id=other.id))
    return made


@pytest.fixture
def round_(room: Room) -> Round:
    opened = room.open_round()
    db.session.commit()
    return opened


@pytest.fixture
def ema(client: ParsingClient, cast: Cast) -> ParsingClient:
    return client.sign_in(cast.ema)


def area(cast: Cast, round_: Round, number: int = 1) -> str:
    return ballot(cast, f"/rounds/{round_.id}/areas/{number}")


def own_path(room: Room) -> str:
    return f"/workshops/{room.workshop.id}/mine"


def save(client: ParsingClient, cast: Cast, round_: Round, **fields: object) -> Any:
    token = client.token(area(cast, round_))
    path = ballot(cast, f"/rounds/{round_.id}/answers")
    return client.post(path, data=fields, headers={"X-CSRFToken": token})


def test_without_an_open_round_the_page_says_so(cast: Cast, room: Room, ema: ParsingClient) -> None:
    assert "No round is open" in text_of(ema.get(ballot(cast)))


def test_the_task_list_shows_each_area_and_what_is_left(
    cast: Cast, room: Room, round_: Round, ema: ParsingClient
) -> None:
    room.answer(round_, room.asked(round_)[0], "P")
    db.session.commit()
    text = text_of(ema.get(ballot(cast), follow_redirects=True))
    assert "In progress, 1 of 4" in text
    assert "Not started" in text
    assert "1 of 6 answered · about 1 minute left" in text
    assert "Others see counts, never your name." in text
    assert "areas/1#c-" in text


def test_nothing_is_answered_beforehand(cast: Cast, round_: Round, ema: ParsingClient) -> None:
    text = text_of(ema.get(area(cast, round_)))
    assert " checked" not in text
    assert text.count('type="radio"') == 4 * 6
    for word in ("Not needed", "Awareness", "Practitioner", "Expert", "judge", "Not my field"):
        assert word in text


def test_a_plain_form_saves_the_page_and_goes_on(
    cast: Cast, room: Room, round_: Round, ema: ParsingClient
) -> None:
    first, second, *_ = room.asked(round_)
    answer = ema.submit(
        area(cast, round_),
        **{
            f"cell-{first.id.hex}": "P",
            f"cell-{second.id.hex}": "?",
            f"comment-{first.id.hex}": "Suppliers do this.",
            "shown": "....",
        },
    )
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/areas/2")
    assert own(cast, round_) == {first.id: "P", second.id: "?"}
    assert db.session.query(Reason).one().text == "Suppliers do this."
    again = text_of(ema.get(area(cast, round_)))
    assert again.count(" checked") == 2
    assert "Suppliers do this." in again


def test_the_last_area_leads_back_to_the_task_list(
    cast: Cast, round_: Round, ema: ParsingClient
) -> None:
    answer = ema.submit(area(cast, round_, 2), shown="..")
    assert answer.headers["Location"].endswith(f"/rounds/{round_.id}")


def test_a_form_sent_by_htmx_is_answered_its_way(
    cast: Cast, round_: Round, ema: ParsingClient
) -> None:
    answer = ema.submit(area(cast, round_), shown="....", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].endswith("/areas/2")


def test_an_old_tab_does_not_take_back_newer_answers(
    cast: Cast, room: Room, round_: Round, ema: ParsingClient
) -> None:
    first, second, *_ = room.asked(round_)
    room.answer(round_, first, "E")
    db.session.commit()
    shown_then = {"shown": "A...", f"cell-{first.id.hex}": "A", f"cell-{second.id.hex}": "N"}
    # The old tab's page is in Ema's own order, so say what it showed cell by cell.
    order = re.findall(r'data-item="([0-9a-f]{32})"', text_of(ema.get(area(cast, round_))))
    shown_then["shown"] = "".join("A" if one == first.id.hex else "." for one in order)
    ema.submit(area(cast, round_), **shown_then)
    assert own(cast, round_) == {first.id: "E", second.id: "N"}


def test_one_answer_is_saved_at_once(
    cast: Cast, room: Room, round_: Round, ema: ParsingClient
) -> None:
    item = room.asked(round_)[0]
    answer = save(ema, cast, round_, item=item.id.hex, value="P", seq=1)
    assert answer.status_code == 200
    found = answer.get_json()
    assert (found["is_kept"], found["value"], found["seq"]) == (True, "P", 1)
    assert found["progress"] == "1 of 6 answered · about 1 minute left"
    assert re.fullmatch(r"\d\d:\d\d", found["at"])
    late = save(ema, cast, round_, item=item.id.hex, value="A", seq=1).get_json()
    assert (late["is_kept"], late["value"]) == (False, "P")
    assert own(cast, round_) == {item.id: "P"}


def test_saving_one_answer_asks_little_of_the_database(
    cast: Cast, room: Room, round_: Round, ema: ParsingClient
) -> None:
    item = room.asked(round_)[0]
    token = ema.token(area(cast, round_))
    statements: list[str] = []
    engine = db.session.connection().engine

    def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    ema.post(
        ballot(cast, f"/rounds/{round_.id}/answers"),
        data={"item": item.id.hex, "value": "P", "seq": 1},
        headers={"X-CSRFToken": token},
    )
    event.remove(engine, "before_cursor_execute", note)
    asked = [one for one in statements if not one.startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
    assert len(asked) <= 9, asked


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"value": "X", "seq": "1"}, 422),
        ({"value": "P", "seq": "soon"}, 422),
        ({"value": "P", "seq": "1", "item": "none"}, 404),
        ({"value": "P", "seq": "1", "item": uuid.uuid4().hex}, 404),
    ],
)
def test_what_cannot_be_saved_is_said(
    cast: Cast, round_: Round, ema: ParsingClient, fields: dict[str, str], status: int
) -> None:
    item = db.session.query(Item).first()
    assert item is not None
    answer = save(ema, cast, round_, **{"item": item.id.hex, **fields})
    assert answer.status_code == status
    assert answer.get_json()["problem"]
    assert db.session.query(Rating).count() == 0


def test_a_closed_round_answers_the_script_with_a_sentence(
    cast: Cast, room: Room, round_: Round, ema: ParsingClient
) -> None:
    item = room.asked(round_)[0]
    token = ema.token(area(cast, round_))
    room.close(round_)
    db.session.commit()
    answer = ema.post(
        ballot(cast, f"/rounds/{round_.id}/answers"),
        data={"item": item.id.hex, "value": "P", "seq": 1},
        headers={"X-CSRFToken": token},
    )
    assert answer.status_code == 409
    assert "Round 1 has closed" in answer.get_json()["problem"]


def test_a_form_that_comes_too_late_gets_its_answers_back_in_words(
    cast: Cast, room: Room, round_: Round, ema: ParsingClient
) -> None:
    item = room.asked(round_)[0]
    token = ema.token(area(cast, round_))
    room.close(round_)
    db.session.commit()
    answer = ema.post(
        area(cast, round_),
        data={
            "csrf_token": token,
            "shown": "....",
            f"cell-{item.id.hex}": "E",
            f"comment-{item.id.hex}": "Only we do this.",
        },
    )
    assert answer.status_code == 409
    text = text_of(answer)
    assert "this page was not saved" in text
    assert "Level 1: Expert</strong>" in text
    assert "Only we do this." in text
    assert db.session.query(Rating).count() == 0
    assert "has closed" in text_of(ema.get(area(cast, round_)))


def test_a_comment_too_long_is_refused_and_given_back(
    cast: Cast, room: Room, round_: Round, ema: ParsingClient
) -> None:
    item = room.asked(round_)[0]
    answer = ema.submit(
        area(cast, round_),
        **{f"cell-{item.id.hex}": "E", f"comment-{item.id.hex}": "x" * 601, "shown": "...."},
    )
    assert answer.status_code == 422
    assert "at most 600 characters" in text_of(answer)
    assert "x" * 601 in text_of(answer)
    assert text_of(answer).count(" checked") == 1


def test_finishing_is_said_and_may_be_taken_further(
    cast: Cast, room: Room, round_: Round, ema: ParsingClient
) -> None:
    path = ballot(cast, f"/rounds/{round_.id}/finish")
    assert "6 questions are blank" in text_of(ema.get(path))
    assert ema.submit(path).status_code == 303
    assert "You have finished round 1" in text_of(ema.get(path))
    item = room.asked(round_)[0]
    assert save(ema, cast, round_, item=item.id.hex, value="P", seq=1).status_code == 200


def second_round(room: Room, first: Round, letters: str = "PPPEEA") -> tuple[Round, Item]:
    item = room.asked(first)[0]
    room.answer(first, item, letters)
    give_reason(
        round_id=first.id,
        item_id=item.id,
        panellist=panellist_for(participant=room.employers[1], moment=NOW),
        text="Ask the suppliers.",
    )
    room.close(first)
    opened = room.open_round()
    db.session.commit()
    return opened, item


def test_the_second_round_shows_the_group_and_my_last_answer(
    cast: Cast, room: Room, round_: Round, ema: ParsingClient
) -> None:
    second, item = second_round(room, round_)
    text = text_of(ema.get(area(cast, second)))
    assert "3 of 6 said Practitioner; you said Practitioner" in text
    assert "Ask the suppliers." in text
    assert " checked" not in text
    assert f'value="{item.id.hex}=P"' in text


def test_the_first_round_shows_nothing_of_the_group(
    cast: Cast, room: Room, round_: Round, ema: ParsingClient
) -> None:
    room.answer(round_, room.asked(round_)[0], "PPPPPP")
    db.session.commit()
    text = text_of(ema.get(area(cast, round_)))
    assert "said Practitioner" not in text
    assert "p-bar" not in text


def test_counts_and_comments_of_too_few_are_withheld(
    cast: Cast, room: Room, round_: Round, ema: ParsingClient
) -> None:
    second, _ = second_round(room, round_, "PPPE")
    text = text_of(ema.get(area(cast, second)))
    assert "Fewer than 5 rated: counts withheld; you said Practitioner" in text
    assert "of 4 said" not in text
    assert "Ask the suppliers." not in text


def test_a_larger_minimum_raises_the_gate(cast: Cast, room: Room, ema: ParsingClient) -> None:
    db.session.get_one(RuleCard, cast.cycle.id).minimum_n = 7
    second, _ = second_round(room, room.open_round())
    assert "Fewer than 7 rated" in text_of(ema.get(area(cast, second)))


def test_keep_mine_is_one_button(cast: Cast, room: Room, round_: Round, ema: ParsingClient) -> None:
    second, item = second_round(room, round_)
    answer = ema.submit(area(cast, second), keep=f"{item.id.hex}=P", shown="....")
    assert answer.status_code == 303
    assert f"#c-{item.subject_id.hex}" in answer.headers["Location"]
    assert own(cast, second) == {item.id: "P"}


@pytest.mark.parametrize("person", ["ada", "sol"])
def test_who_never_rates_has_no_ballot(
    cast: Cast, round_: Round, client: ParsingClient, person: str
) -> None:
    client.sign_in(getattr(cast, person))
    for path in (ballot(cast), area(cast, round_)):
        assert client.get(path).status_code == 403


@pytest.mark.parametrize("person", ["tom", "eddy"])
def test_a_round_that_my_group_does_not_rate_is_not_there(
    cast: Cast, room: Room, round_: Round, client: ParsingClient, person: str
) -> None:
    client.sign_in(getattr(cast, person))
    assert "No round is open" in text_of(client.get(ballot(cast)))
    rest = ("", "/areas/1", "/finish", "/settled", f"/settled/{room.asked(round_)[0].id}")
    for path in (*(f"/rounds/{round_.id}{one}" for one in rest), own_path(room)):
        assert client.get(ballot(cast, path)).status_code == 404


def test_panel_members_are_employers_too(cast: Cast, round_: Round, client: ParsingClient) -> None:
    assert client.sign_in(cast.pia).get(area(cast, round_)).status_code == 200


def test_rounds_of_another_cycle_do_not_exist(
    cast: Cast, room: Room, round_: Round, ema: ParsingClient
) -> None:
    make_participant(cast.other_cycle, cast.ema, Group.EMPLOYER)
    db.session.commit()
    elsewhere = f"/cycles/{cast.other_cycle.id}/ballot/rounds/{round_.id}"
    for path in (elsewhere, f"{elsewhere}/areas/1", f"{elsewhere}/finish"):
        assert ema.get(path).status_code == 404
    token = ema.token(area(cast, round_))
    for path in ("answers", "comments", "finish"):
        answer = ema.post(
            f"{elsewhere}/{path}",
            data={"item": room.asked(round_)[0].id.hex, "value": "P", "seq": 1},
            headers={"X-CSRFToken": token},
        )
        assert answer.status_code == 404
    assert db.session.query(Rating).count() == 0


def test_people_without_a_place_find_nothing(
    cast: Cast, round_: Round, client: ParsingClient
) -> None:
    assert client.sign_in(cast.eve).get(area(cast, round_)).status_code == 404


def test_an_area_that_is_not_there_is_not_found(
    cast: Cast, round_: Round, ema: ParsingClient
) -> None:
    assert ema.get(area(cast, round_, 99)).status_code == 404
    assert ema.get(ballot(cast, f"/rounds/{uuid.uuid4()}")).status_code == 404
