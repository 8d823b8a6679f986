"""Workshops over HTTP: planning, opening, rounds, who has answered, verdicts and decisions."""

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.stages.words import Stage
from tests.client import ParsingClient
from tests.factories import NOW, Cast
from tests.workshop.rating import Room, make_room
from workshop.rooms.commands import change_workshop, close_workshop, plan_workshop
from workshop.rooms.models import CellDecision, Item, RoomState, Round, Workshop, WorkshopKind
from workshop.rooms.queries import workshops_of
from workshop.rooms.results import HEADINGS


def text_of(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def path_of(cast: Cast, path: str = "/") -> str:
    return f"/cycles/{cast.cycle.id}/workshops{path}"


@pytest.fixture
def ada(client: ParsingClient, cast: Cast) -> ParsingClient:
    return client.sign_in(cast.ada)


@pytest.fixture
def room(cast: Cast) -> Room:
    return make_room(cast, employers=8, statements=3)


def judged(room: Room, *letters: str) -> Round:
    round_ = room.open_round()
    for item, answers in zip(room.asked(round_), letters, strict=False):
        room.answer(round_, item, answers)
    room.close(round_)
    db.session.commit()
    return round_


def test_an_empty_list_says_what_to_do(cast: Cast, ada: ParsingClient) -> None:
    assert "Plan a workshop" in text_of(ada.get(path_of(cast)))


def test_a_workshop_is_planned_and_listed_by_kind(cast: Cast, ada: ParsingClient) -> None:
    answer = ada.submit(
        path_of(cast, "/plan"),
        kind="proficiency",
        title="Employers in July",
        starts_on="2026-07-06",
        ends_on="2026-07-07",
    )
    assert answer.status_code == 303
    (workshop,) = workshops_of(cast.cycle.id)
    assert (workshop.kind, workshop.state) == (WorkshopKind.PROFICIENCY, RoomState.PLANNED)
    text = text_of(ada.get(path_of(cast)))
    assert "Employers in July" in text
    assert "6 July 2026 to 7 July 2026" in text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": "", "kind": "capture"}, "Enter a title"),
        ({"title": "No kind"}, "Choose what the workshop is for"),
        (
            {
                "title": "Backwards",
                "kind": "capture",
                "starts_on": "2026-07-07",
                "ends_on": "2026-07-06",
            },
            "The last day must be the first day or later",
        ),
    ],
)
def test_a_plan_that_cannot_be_is_refused_beside_its_field(
    cast: Cast, ada: ParsingClient, fields: dict[str, str], sentence: str
) -> None:
    answer = ada.submit(path_of(cast, "/plan"), **fields)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert workshops_of(cast.cycle.id) == []


def test_title_and_dates_change_until_the_workshop_is_over(
    cast: Cast, room: Room, ada: ParsingClient
) -> None:
    answer = ada.submit(
        path_of(cast, f"/{room.workshop.id}/edit"), title="A better title", starts_on=""
    )
    assert answer.status_code == 303
    assert db.session.get_one(Workshop, room.workshop.id).title == "A better title"
    close_workshop(workshop=room.workshop, actor=room.actor, moment=NOW)
    with pytest.raises(Closed):
        change_workshop(
            workshop=room.workshop,
            title="Too late",
            starts_on=None,
            ends_on=None,
            actor=room.actor,
            moment=NOW,
        )


def test_a_workshop_opens_only_in_its_stage(cast: Cast, room: Room, ada: ParsingClient) -> None:
    planned = plan_workshop(
        cycle=room.cycle, kind=WorkshopKind.CAPTURE, title="Ideas", actor=room.actor, moment=NOW
    )
    room.cycle.stage = Stage.PREPARING
    db.session.commit()
    show = path_of(cast, f"/{planned.id}")
    assert "this cycle is preparing" in text_of(ada.get(show))
    answer = ada.submit(f"{show}/open", page=path_of(cast, "/plan"))
    assert answer.status_code == 409
    room.cycle.stage = Stage.CARRYING_OUT
    db.session.commit()
    assert ada.submit(f"{show}/open", page=show).status_code == 303
    assert "Open" in text_of(ada.get(show))


def test_a_missing_title_is_refused_by_the_command_too(cast: Cast, room: Room) -> None:
    with pytest.raises(Invalid):
        plan_workshop(
            cycle=room.cycle, kind=WorkshopKind.KSB, title=" ", actor=room.actor, moment=NOW
        )


def test_a_round_is_opened_answered_and_closed_from_the_page(
    cast: Cast, room: Room, ada: ParsingClient
) -> None:
    show = path_of(cast, f"/{room.workshop.id}")
    assert ada.submit(f"{show}/rounds", page=show).status_code == 303
    round_ = db.session.query(Round).one()
    room.answer(round_, room.asked(round_)[0], "PPPPPP")
    db.session.commit()
    page = text_of(ada.get(show))
    assert "6 of 8 have started" in page
    assert "Ema Lindqvist" in page
    closing = path_of(cast, f"/rounds/{round_.id}/close")
    asked = text_of(ada.get(closing))
    assert "never opens again" in asked
    assert db.session.get_one(Round, round_.id).state == RoomState.OPEN
    assert ada.submit(closing).status_code == 303
    assert db.session.get_one(Round, round_.id).state == RoomState.CLOSED
    assert ada.submit(closing).status_code == 409


def test_opening_twice_opens_one_round(cast: Cast, room: Room, ada: ParsingClient) -> None:
    show = path_of(cast, f"/{room.workshop.id}")
    ada.submit(f"{show}/rounds", page=show)
    assert ada.submit(f"{show}/rounds", page=path_of(cast, "/plan")).status_code == 409
    assert db.session.query(Round).count() == 1


def test_who_has_answered_is_asked_for_again_only_when_it_changed(
    cast: Cast, room: Room, ada: ParsingClient
) -> None:
    round_ = room.open_round()
    db.session.commit()
    path = path_of(cast, f"/rounds/{round_.id}/people")
    first = ada.get(path)
    assert first.status_code == 200
    assert text_of(first).lstrip().startswith('<div id="people"')
    seen = text_of(first).split('data-pulse-seen="')[1].split('"')[0]
    assert ada.get(f"{path}?seen={seen}").status_code == 204
    room.answer(round_, room.asked(round_)[0], "P")
    db.session.commit()
    assert ada.get(f"{path}?seen={seen}").status_code == 200
    room.close(round_)
    db.session.commit()
    assert ada.get(f"{path}?seen={seen}").status_code == 286


def test_the_verdicts_are_sorted_and_filtered_by_the_address(
    cast: Cast, room: Room, ada: ParsingClient
) -> None:
    judged(room, "PPPPPPPP", "NNNNEEEE", "PPPPPPEE")
    path = path_of(cast, f"/{room.workshop.id}/results")
    text = text_of(ada.get(f"{path}?sort=disagreement"))
    assert text.index("C-002") < text.index("C-003") < text.index("C-001")
    assert "Two camps" in text
    only = text_of(ada.get(f"{path}?only=split"))
    assert "C-002" in only
    assert "C-001" not in only
    assert ada.get(f"{path}?sort=nothing&only=nothing&page=99").status_code == 200


def test_counts_of_too_few_reach_neither_page_nor_download(
    cast: Cast, room: Room, ada: ParsingClient
) -> None:
    judged(room, "PPEE", "PPPPPPPP")
    base = path_of(cast, f"/{room.workshop.id}")
    assert "Fewer than 5 rated: counts withheld" in text_of(ada.get(f"{base}/results"))
    rows = ada.get(f"{base}/verdicts.json").get_json()
    hidden, shown = rows[0], rows[1]
    for heading in ("Not needed", "Practitioner", "Expert", "Rated", "Agreement (van der Eijk)"):
        assert hidden[heading] is None
    assert (shown["Practitioner"], shown["Rated"]) == (8, 8)


def test_the_three_downloads_say_the_same(cast: Cast, room: Room, ada: ParsingClient) -> None:
    judged(room, "PPPPPPPP", "NNNNEEEE")
    base = path_of(cast, f"/{room.workshop.id}/verdicts")
    rows = ada.get(f"{base}.json").get_json()
    read = list(csv.DictReader(io.StringIO(ada.get(f"{base}.csv").data.decode("utf-8-sig"))))
    assert tuple(read[0]) == HEADINGS
    assert [one["Practitioner"] for one in read] == [
        "" if one["Practitioner"] is None else str(one["Practitioner"]) for one in rows
    ]
    sheet = load_workbook(io.BytesIO(ada.get(f"{base}.xlsx").data)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == list(HEADINGS)
    assert sheet.max_row == len(rows) + 1


def finish(room: Room, *letters: str) -> Item:
    round_ = judged(room, *letters)
    close_workshop(workshop=room.workshop, actor=room.actor, moment=NOW)
    db.session.commit()
    return room.asked(round_)[0]


def test_an_unsettled_cell_is_decided_with_a_reason(
    cast: Cast, room: Room, ada: ParsingClient
) -> None:
    item = finish(room, "NNNNPPPP")
    path = path_of(cast, f"/cells/{item.id}")
    assert "Split on whether it is needed" in text_of(ada.get(path))
    refused = ada.submit(path, level="2", reason=" ")
    assert refused.status_code == 422
    assert "Enter a reason" in text_of(refused)
    assert ada.submit(path, level="2", reason="Two sites need it.").status_code == 303
    assert db.session.query(CellDecision).one().reason == "Two sites need it."
    results = text_of(ada.get(path_of(cast, f"/{room.workshop.id}/results?only=decided")))
    assert "Practitioner, decided by the convener" in results


def test_many_cells_are_decided_at_once(cast: Cast, room: Room, ada: ParsingClient) -> None:
    finish(room, "NNNNPPPP", "PPPPEEEE", "PPPPPPPP")
    path = path_of(cast, f"/{room.workshop.id}/decide")
    assert ada.submit(path, reason="The modest middle.").status_code == 422
    answer = ada.submit(path, outcomes=["split", "adjacent"], reason="The modest middle.")
    assert answer.status_code == 303
    assert db.session.query(CellDecision).count() == 2


def test_a_cell_that_was_never_judged_has_no_page(
    cast: Cast, room: Room, ada: ParsingClient
) -> None:
    round_ = room.open_round()
    db.session.commit()
    path = path_of(cast, f"/cells/{room.asked(round_)[0].id}")
    assert ada.get(path).status_code == 404


@pytest.mark.parametrize("person", ["tom", "ema", "pia", "eddy", "sol"])
def test_others_read_verdicts_and_decide_nothing(
    cast: Cast, room: Room, client: ParsingClient, person: str
) -> None:
    item = finish(room, "NNNNPPPP")
    client.sign_in(getattr(cast, person))
    show = path_of(cast, f"/{room.workshop.id}")
    page = text_of(client.get(show))
    assert "Who has answered" not in page
    results = text_of(client.get(f"{show}/results"))
    assert "Split on whether it is needed" in results
    assert "/cells/" not in results
    for path in (f"{show}/edit", f"{show}/decide", path_of(cast, f"/cells/{item.id}")):
        assert client.get(path).status_code == 403


def test_workshops_of_another_cycle_do_not_exist(
    cast: Cast, room: Room, client: ParsingClient
) -> None:
    item = finish(room, "NNNNPPPP")
    round_ = db.session.query(Round).one()
    client.sign_in(cast.eve)
    elsewhere = f"/cycles/{cast.other_cycle.id}/workshops"
    for path in (
        f"/{room.workshop.id}",
        f"/{room.workshop.id}/edit",
        f"/{room.workshop.id}/results",
        f"/{room.workshop.id}/verdicts.csv",
        f"/{room.workshop.id}/decide",
        f"/cells/{item.id}",
        f"/rounds/{round_.id}/people",
        f"/rounds/{round_.id}/close",
    ):
        assert client.get(f"{elsewhere}{path}").status_code == 404
    assert client.get(path_of(cast)).status_code == 404


def test_a_decision_is_changed_from_where_it_stood(
    cast: Cast, room: Room, ada: ParsingClient
) -> None:
    item = finish(room, "NNNNPPPP")
    path = path_of(cast, f"/cells/{item.id}")
    ada.submit(path, level="2", reason="Two sites need it.")
    text = text_of(ada.get(path))
    assert "Two sites need it." in text
    assert text.count(" checked") == 1
