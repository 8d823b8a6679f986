"""Moving, splitting and merging over HTTP, adding from the library, and the board."""

import pytest

from cycles.core.extensions import db
from cycles.library.models import LibraryStatement
from cycles.profiles.models import ProfileStatus
from cycles.profiles.queries import members_of, profiles_of
from tests.client import ParsingClient
from tests.factories import Cast
from tests.workshop.panel_cases import Panel, make_panel

HTMX = {"HX-Request": "true"}


@pytest.fixture
def work(cast: Cast) -> Panel:
    return make_panel(cast)


@pytest.fixture
def pia(work: Panel, client: ParsingClient) -> ParsingClient:
    return client.sign_in(work.cast.pia)


def home(work: Panel) -> str:
    return f"/cycles/{work.cast.cycle.id}/ratification/"


def path(work: Panel) -> str:
    return f"{home(work)}{work.first.id}"


def read(answer: object) -> str:
    return " ".join(answer.get_data(as_text=True).split())


def test_a_capability_moves_to_a_profile_of_the_same_role_level(
    work: Panel, pia: ParsingClient
) -> None:
    one = work.member(1)
    text = read(pia.get(path(work)))
    assert f'<option value="{work.second.id}">P-0002 Line operator' in text
    assert f'<option value="{work.above.id}"' not in text
    move = f"{path(work)}/members/{one.id}/move"
    assert pia.submit(move, page=path(work), seen=one.version, to="").status_code == 422
    fields = {"seen": one.version, "to": work.second.id, "headers": HTMX}
    answer = pia.submit(move, page=path(work), **fields)
    assert answer.status_code == 200
    assert "Moved to P-0002" in read(answer)
    assert one.statement_id in {each.statement_id for each in members_of(work.second.id)}


def test_a_profile_is_split_after_a_look(work: Panel, pia: ParsingClient) -> None:
    split, ticked = f"{path(work)}/split", [str(work.member(1).id), str(work.member(2).id)]
    assert "Calibrate oven sensors" in read(pia.get(split))
    version = work.first.version
    refused = pia.submit(split, members=ticked, name="Line operator", version=version)
    assert refused.status_code == 422
    assert read(refused).count(" checked") == 2
    assert pia.submit(split, members=[], name="Fitter", version=version).status_code == 422
    answer = pia.submit(split, members=ticked, name="Oven fitter", version=version)
    assert answer.status_code == 303
    new = profiles_of(work.cast.cycle.id)[-1]
    assert answer.location.endswith(str(new.id))
    assert (new.name, len(members_of(new.id)), len(members_of(work.first.id))) == (
        "Oven fitter",
        2,
        4,
    )


def test_a_merger_shows_what_joins_and_which_levels_differ_first(
    work: Panel, pia: ParsingClient
) -> None:
    merge = f"{path(work)}/merge"
    shown = read(pia.get(f"{merge}?to={work.second.id}"))
    assert "P-0002 Line operator would hold 7 capabilities" in shown
    assert "5 join it from P-0001; 1 is in both already" in shown
    assert pia.get(f"{merge}?to={work.cast.cycle.id}").status_code == 404
    fields = {"to": work.second.id, "version": work.first.version}
    assert pia.submit(merge, page=f"{merge}?to={work.second.id}", **fields).status_code == 303
    assert work.first.status == ProfileStatus.WITHDRAWN
    assert len(members_of(work.second.id)) == 7


def test_a_record_of_the_library_is_found_marked_and_added(work: Panel, pia: ParsingClient) -> None:
    text = read(pia.get(f"{path(work)}?q=ovens wear"))
    assert "Library: O*NET" in text
    assert "Inspect ovens for wear" in text
    record = db.session.query(LibraryStatement).one()
    fields = {"record": record.id, "level": 2, "reason": "Wear stops the line", "q": "wear"}
    answer = pia.submit(f"{path(work)}/add", page=path(work), **fields)
    assert answer.status_code == 303
    assert "Inspect ovens for wear" in [one.statement.text for one in members_of(work.first.id)]


def test_the_board_tells_who_waits_for_whom_and_asks_again_cheaply(
    work: Panel, pia: ParsingClient
) -> None:
    approve = f"{path(work)}/approve"
    pia.submit(approve, page=path(work), version=work.first.version)
    board = pia.get(f"{home(work)}board")
    text = read(board)
    assert "1 of 3 answers needed: 1 approves" in text
    assert "Pat Quill" in text
    seen = text.split('data-pulse-seen="')[1].split('"')[0]
    live = f"{home(work)}board/live"
    assert pia.get(f"{live}?seen={seen}", headers=HTMX).status_code == 204
    one = work.member(2)
    change = f"{path(work)}/members/{one.id}"
    pia.submit(change, page=path(work), level=1, seen=one.version)
    fresh = pia.get(f"{live}?seen={seen}", headers=HTMX)
    assert fresh.status_code == 200
    assert read(fresh).startswith('<div class="p-panel-board" id="board"')
    assert "Asked again" in read(fresh)
    person = work.cast.panel_member.id
    assert "P-0001" in read(pia.get(f"{home(work)}board?person={person}"))
    assert "No profile is like that" in read(pia.get(f"{home(work)}board?state=ratified"))
    table = pia.get(f"{home(work)}board/download.csv")
    assert table.mimetype == "text/csv"
    assert "Waited for" in table.get_data(as_text=True)
