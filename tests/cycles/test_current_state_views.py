"""The pages of the current state: who reads and records what, with and without scripts."""

import io

import pytest

from cycles.core.extensions import db
from cycles.current_state.models import Strength
from cycles.current_state.queries import captured, cells_of
from cycles.stages.words import Stage
from tests.client import ParsingClient
from tests.factories import Cast, make_area, make_partner, make_statement

HTMX = {"HX-Request": "true"}


@pytest.fixture
def cells(cast: Cast) -> list[object]:
    cast.cycle.stage = Stage.PREPARING
    maker = make_partner(cast.cycle)
    make_partner(cast.cycle, "Service firm", 2)
    cast.employer.partner_id = maker.id
    area = make_area()
    make_statement(cast.cycle, area=area, partners=[maker])
    make_statement(cast.cycle, "Read the oven's log", 2, area=area, partners=[maker])
    db.session.commit()
    return cells_of(cast.cycle.id)


def base(cast: Cast) -> str:
    return f"/cycles/{cast.cycle.id}/current-state"


def sheet(cast: Cast, cells: list[object]) -> str:
    return f"{base(cast)}/{cells[0].partner.id}"


def row(cell: object, today: str, seen: str, note: str = "") -> dict[str, str]:
    of = cell.statement.id
    return {f"today-{of}": today, f"seen-{of}": seen, f"note-{of}": note}


def post(client: ParsingClient, cast: Cast, path: str, sent: dict, **more: object) -> object:
    """Send a form with the token of the page that everybody here may read."""
    token = client.token(f"{base(cast)}/upload")
    return client.post(path, data={**sent, "csrf_token": token}, **more)


def seen_in(text: str, cell: object) -> str:
    return text.split(f'name="seen-{cell.statement.id}" value="')[1].split('"', maxsplit=1)[0]


def read(answer: object) -> str:
    return " ".join(answer.get_data(as_text=True).split())


def test_before_there_are_capabilities_the_page_says_how_to_get_some(
    cast: Cast, client: ParsingClient
) -> None:
    make_partner(cast.cycle)
    db.session.commit()
    text = read(client.sign_in(cast.ada).get(f"{base(cast)}/"))
    for way in ("Seed from the library", "Seed from an earlier cycle", "Upload a table"):
        assert way in text
    assert "Seed the cycle first" in read(client.sign_in(cast.tom).get(f"{base(cast)}/"))


def test_a_sheet_is_saved_as_a_page(cast: Cast, cells: list[object], client: ParsingClient) -> None:
    client.sign_in(cast.ema)
    assert "Record Manufacturer: 2 not captured (your own partner)" in read(
        client.get(f"{base(cast)}/")
    )
    text = client.get(sheet(cast, cells)).get_data(as_text=True)
    assert "a fact about organisations, not a vote" in text
    sent = {
        **row(cells[0], "strong", seen_in(text, cells[0]), "All\r\nof them"),
        **row(cells[1], "", seen_in(text, cells[1])),
    }
    answer = post(client, cast, f"{sheet(cast, cells)}?function=Implement", sent)
    assert answer.status_code == 303
    found = cells_of(cast.cycle.id)
    assert [(each.strength, each.record and each.record.note) for each in found] == [
        (Strength.STRONG, "All\nof them"),
        (None, None),
    ]


def test_a_row_is_saved_on_its_own(cast: Cast, cells: list[object], client: ParsingClient) -> None:
    text = client.sign_in(cast.tom).get(sheet(cast, cells)).get_data(as_text=True)
    sent = row(cells[1], "some", seen_in(text, cells[1]))
    answer = post(client, cast, sheet(cast, cells), sent, headers=HTMX)
    assert answer.status_code == 200
    assert "Saved" in read(answer)
    assert captured(cast.cycle.id).cells.some == 1
    alone = row(cells[0], "", seen_in(text, cells[0]), "A note alone")
    refused = post(client, cast, sheet(cast, cells), alone, headers=HTMX)
    assert refused.status_code == 422
    assert "has a note, but neither none" in read(refused)


def test_who_comes_second_sees_both_answers(
    cast: Cast, cells: list[object], client: ParsingClient
) -> None:
    text = client.sign_in(cast.tom).get(sheet(cast, cells)).get_data(as_text=True)
    blank = seen_in(text, cells[0])
    post(client, cast, sheet(cast, cells), row(cells[0], "strong", blank, "Since 2020"))
    client.sign_in(cast.ema)
    for headers in ({}, HTMX):
        late = row(cells[0], "none", blank)
        answer = post(client, cast, sheet(cast, cells), late, headers=headers)
        assert answer.status_code == 409
        assert "Somebody else recorded: strong, “Since 2020”" in read(answer)
        assert "Tom" not in read(answer)
        assert 'value="none" checked' in read(answer)
    again = row(cells[0], "none", seen_in(answer.get_data(as_text=True), cells[0]))
    assert post(client, cast, sheet(cast, cells), again).status_code == 303
    assert captured(cast.cycle.id).cells.none == 1


def test_the_rest_of_an_area_is_one_press_and_one_undo(
    cast: Cast, cells: list[object], client: ParsingClient
) -> None:
    client.sign_in(cast.tom)
    text = client.get(sheet(cast, cells)).get_data(as_text=True)
    rest = {"rest": str(cells[0].statement.area_id)}
    sent = {**row(cells[0], "some", seen_in(text, cells[0])), **rest}
    answer = post(client, cast, sheet(cast, cells), sent, follow_redirects=True)
    assert "1 marked as none." in read(answer)
    at = answer.get_data(as_text=True).split('name="at" value="')[1].split('"')[0]
    post(client, cast, f"{sheet(cast, cells)}/undo", {"at": at})
    assert [each.strength for each in cells_of(cast.cycle.id)] == [Strength.SOME, None]
    assert post(client, cast, f"{sheet(cast, cells)}/undo", {"at": at}).status_code == 409
    for nonsense in ("", "yesterday", "2026-01-01"):
        answer = post(client, cast, f"{sheet(cast, cells)}/undo", {"at": nonsense})
        assert answer.status_code == 422


def test_names_are_for_conveners_alone(
    cast: Cast, cells: list[object], client: ParsingClient
) -> None:
    text = client.sign_in(cast.tom).get(sheet(cast, cells)).get_data(as_text=True)
    post(client, cast, sheet(cast, cells), row(cells[0], "some", seen_in(text, cells[0])))
    paths = (f"{sheet(cast, cells)}?function=Implement", f"{base(cast)}/download/csv")
    for path in paths:
        assert "Tom Okafor" in read(client.sign_in(cast.ada).get(path))
        assert "Tom Okafor" not in read(client.sign_in(cast.pia).get(path))


def test_the_template_comes_back_filled_in(
    cast: Cast, cells: list[object], client: ParsingClient
) -> None:
    client.sign_in(cast.tom)
    template = client.get(f"{base(cast)}/upload/template/csv").get_data(as_text=True)
    filled = template.replace("Manufacturer,,", "Manufacturer,some,")

    def send(content: str, **more: str) -> object:
        file = (io.BytesIO(content.encode()), "state.csv")
        return post(client, cast, f"{base(cast)}/upload", {"file": file, **more})

    broken = filled.replace("some", "much", 1)
    refused = send(broken)
    assert refused.status_code == 422
    assert "Nothing was recorded. 1 rows have problems; 1 are right." in read(refused)
    assert captured(cast.cycle.id).cells.captured == 0
    assert send(broken, good_rows_only="y").status_code == 303
    assert captured(cast.cycle.id).cells.some == 1
    assert send(filled).status_code == 303
    assert captured(cast.cycle.id).cells.some == 2
    assert send(template).status_code == 422


def test_a_later_stage_is_read_only(cast: Cast, cells: list[object], client: ParsingClient) -> None:
    text = client.sign_in(cast.tom).get(sheet(cast, cells)).get_data(as_text=True)
    cast.cycle.stage = Stage.COMMUNICATING
    db.session.commit()
    page = read(client.get(sheet(cast, cells)))
    assert "This cycle is communicating now" in page
    assert "Save this page" not in page
    overview = client.get(f"/cycles/{cast.cycle.id}/current-state/").get_data(as_text=True)
    assert sheet(cast, cells).partition("?")[0] in overview
    sent = row(cells[0], "some", seen_in(text, cells[0]))
    assert post(client, cast, sheet(cast, cells), sent).status_code == 409


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "x"])
def test_no_moment_breaks_undoing(
    cast: Cast, cells: list[object], client: ParsingClient, at: str
) -> None:
    client.sign_in(cast.tom)
    assert client.get(sheet(cast, cells), query_string={"undo": at}).status_code == 200
    answer = post(client, cast, f"{sheet(cast, cells)}/undo", {"at": at})
    assert answer.status_code in (409, 422)
