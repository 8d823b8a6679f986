"""Capture: who may submit and when, what is near while one types, my own statements."""

import pytest

from cycles.core.extensions import db
from cycles.core.jobs.models import Job
from cycles.library.models import LibrarySource, LibraryStatement
from cycles.setup.models import Cycle
from cycles.stages.words import Stage
from cycles.statements.models import CapabilityStatement, StatementStatus
from tests.client import ParsingClient
from tests.factories import NOW, Cast, add, make_area, make_partner, make_statement
from workshop.rooms.models import RoomState, Workshop, WorkshopKind

TEXT = "Validate robotic ovens against hygiene law"


@pytest.fixture
def cycle(cast: Cast) -> Cycle:
    cast.cycle.stage = cast.other_cycle.stage = Stage.CARRYING_OUT
    db.session.commit()
    return cast.cycle


@pytest.fixture
def workshop(cycle: Cycle) -> Workshop:
    made = add(
        Workshop(
            cycle_id=cycle.id,
            kind=WorkshopKind.CAPTURE,
            title="Capture in Leeds",
            state=RoomState.OPEN,
            opened_at=NOW,
        )
    )
    db.session.commit()
    return made


def at(cycle: Cycle, path: str = "") -> str:
    return f"/cycles/{cycle.id}/capture/{path}"


def statements() -> list[CapabilityStatement]:
    db.session.expire_all()
    return db.session.query(CapabilityStatement).order_by(CapabilityStatement.code).all()


def test_a_technologist_submits_while_capture_is_open(
    cycle: Cycle, workshop: Workshop, cast: Cast, client: ParsingClient
) -> None:
    area, partner = make_area(), make_partner(cycle)
    db.session.commit()
    client.sign_in(cast.tom)
    answer = client.submit(at(cycle), text=f"  {TEXT} ", area=area.id, partners=[partner.id])
    assert answer.status_code == 303
    (made,) = statements()
    assert (made.code, made.text, made.area_id) == ("C-001", TEXT, area.id)
    assert made.submitted_by_id == cast.technologist.id
    assert made.partners == [partner]
    assert db.session.query(Job).filter_by(kind="statements.compare").count() == 1
    following = client.get(answer.headers["Location"]).text
    assert "C-001 submitted" in following
    assert f'<option selected value="{area.id}">' in following
    assert "Capture in Leeds" in following


def test_a_closed_room_refuses_and_gives_the_text_back(
    cycle: Cycle, workshop: Workshop, cast: Cast, client: ParsingClient
) -> None:
    client.sign_in(cast.tom)
    token = client.token(at(cycle))
    db.session.get_one(Workshop, workshop.id).state = RoomState.CLOSED
    db.session.commit()
    answer = client.post(at(cycle), data={"text": TEXT, "csrf_token": token})
    assert answer.status_code == 409
    assert "Capture is not open now" in answer.text
    assert f">{TEXT}</textarea>" in answer.text
    assert statements() == []
    assert "<textarea" not in client.get(at(cycle)).text


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (WorkshopKind.CAPTURE, RoomState.PLANNED),
        (WorkshopKind.PROFICIENCY, RoomState.OPEN),
    ],
)
def test_only_an_open_capture_workshop_of_this_cycle_counts(
    cycle: Cycle,
    cast: Cast,
    client: ParsingClient,
    kind: WorkshopKind,
    state: RoomState,
) -> None:
    add(Workshop(cycle_id=cycle.id, kind=kind, title="Here", state=state))
    add(
        Workshop(
            cycle_id=cast.other_cycle.id,
            kind=WorkshopKind.CAPTURE,
            title="Elsewhere",
            state=RoomState.OPEN,
        )
    )
    db.session.commit()
    client.sign_in(cast.tom)
    token = client.token("/")
    answer = client.post(at(cycle), data={"text": TEXT, "csrf_token": token})
    assert answer.status_code == 409


def test_conveners_add_without_a_workshop_while_the_cycle_takes_statements(
    cycle: Cycle, cast: Cast, client: ParsingClient
) -> None:
    client.sign_in(cast.ada)
    assert client.submit(at(cycle), text=TEXT).status_code == 303
    token = client.token(at(cycle))
    db.session.get_one(Cycle, cycle.id).stage = Stage.COMMUNICATING
    db.session.commit()
    late = client.post(at(cycle), data={"text": f"{TEXT} again", "csrf_token": token})
    assert late.status_code == 409
    assert "communicating now" in late.text


def test_employers_do_not_capture(
    cycle: Cycle, workshop: Workshop, cast: Cast, client: ParsingClient
) -> None:
    client.sign_in(cast.ema)
    assert client.get(at(cycle)).status_code == 403


def test_a_duplicate_keeps_the_text_and_names_the_code(
    cycle: Cycle, workshop: Workshop, cast: Cast, client: ParsingClient
) -> None:
    make_statement(cycle, TEXT)
    db.session.commit()
    client.sign_in(cast.tom)
    answer = client.submit(at(cycle), text=TEXT.upper())
    assert answer.status_code == 422
    assert "C-001 says the same already." in answer.text
    assert f">{TEXT.upper()}</textarea>" in answer.text
    assert len(statements()) == 1


def test_a_partner_of_another_cycle_is_refused(
    cycle: Cycle, workshop: Workshop, cast: Cast, client: ParsingClient
) -> None:
    theirs = make_partner(cast.other_cycle)
    db.session.commit()
    client.sign_in(cast.tom)
    assert client.submit(at(cycle), text=TEXT, partners=[theirs.id]).status_code == 422
    assert statements() == []


def test_the_nearest_are_shown_while_typing_and_say_how_they_were_found(
    cycle: Cycle, workshop: Workshop, cast: Cast, client: ParsingClient
) -> None:
    make_statement(cycle, TEXT)
    make_statement(cast.other_cycle, f"{TEXT} elsewhere")
    source = add(LibrarySource(name="Our own", version="1", imported_at=NOW))
    add(LibraryStatement(source_id=source.id, reference="L1", text="Validate ovens for bakeries"))
    add(LibraryStatement(source_id=source.id, reference="L2", text="Drive vans in the city"))
    db.session.commit()
    client.sign_in(cast.tom)
    answer = client.get(at(cycle, "nearest?text=validate robotic ovens against hygiene laws"))
    assert answer.text.lstrip().startswith('<div id="nearest"')
    assert "This looks like C-001." in answer.text
    assert "Validate ovens for bakeries" in answer.text
    assert "Our own, 1, L1" in answer.text
    assert "Compared by words, not by meaning." in answer.text
    assert "Drive vans" not in answer.text
    assert "elsewhere" not in answer.text
    wildcards = client.get(at(cycle, "nearest?text=%25%25%25%25%25 _____"))
    assert "<li>" not in wildcards.text


def test_a_library_statement_is_used_and_stays_linked_only_unchanged(
    cycle: Cycle, workshop: Workshop, cast: Cast, client: ParsingClient
) -> None:
    area, source = make_area(), add(LibrarySource(name="Our own", imported_at=NOW))
    record = add(LibraryStatement(source_id=source.id, reference="L1", text=TEXT, area_id=area.id))
    db.session.commit()
    client.sign_in(cast.tom)
    filled = client.get(at(cycle, f"?library={record.id}")).text
    assert f">{TEXT}</textarea>" in filled
    assert f'<option selected value="{area.id}">' in filled
    client.submit(at(cycle), text=TEXT, library=record.id)
    client.submit(at(cycle), text=f"{TEXT} in Leeds", library=record.id)
    used, changed = statements()
    assert used.library_statement_id == record.id
    assert changed.library_statement_id is None


def test_the_areas_narrow_by_name_and_meaning(
    cycle: Cycle, workshop: Workshop, cast: Cast, client: ParsingClient
) -> None:
    make_area()
    chosen = make_area("Plan Products", "Planning", "Design")
    make_area("Send Letters", "Post", "Enterprise")
    db.session.commit()
    client.sign_in(cast.tom)
    text = client.get(at(cycle, f"areas?find=quality equip&area={chosen.id}")).text
    assert "1 of 3 areas match" in text
    assert "Test Equipment" in text
    assert f'<option selected value="{chosen.id}">' in text
    assert "Send Letters" not in text


def test_looking_first_saves_nothing(
    cycle: Cycle, workshop: Workshop, cast: Cast, client: ParsingClient
) -> None:
    make_statement(cycle, TEXT)
    db.session.commit()
    client.sign_in(cast.tom)
    answer = client.submit(at(cycle), text=f"{TEXT}s", action="look")
    assert answer.status_code == 200
    assert "This looks like C-001." in answer.text
    assert len(statements()) == 1


def test_i_edit_and_withdraw_only_what_is_mine_and_unsettled(
    cycle: Cycle, workshop: Workshop, cast: Cast, client: ParsingClient
) -> None:
    waiting = {"status": StatementStatus.SUBMITTED}
    mine = make_statement(cycle, TEXT, 1, submitted_by_id=cast.technologist.id, **waiting)
    theirs = make_statement(cycle, "Calibrate oven sensors", 2, **waiting)
    kept = make_statement(
        cycle, "Bake bread in robotic ovens", 3, submitted_by_id=cast.technologist.id
    )
    db.session.commit()
    client.sign_in(cast.tom)
    assert client.get(at(cycle, str(theirs.id))).status_code == 404
    assert client.get(at(cycle, str(kept.id))).status_code == 303
    own = at(cycle, str(mine.id))
    version = mine.version
    sent = {"text": f"{TEXT} in bakeries", "version": version}
    assert client.submit(own, **sent).status_code == 303
    late = client.submit(own, text=f"{TEXT} in bakehouses", version=version)
    assert late.status_code == 409
    assert "in bakehouses</textarea>" in late.text
    for other in (theirs, kept):
        answer = client.submit(at(cycle, f"{other.id}/withdraw"), page=at(cycle))
        assert answer.status_code in (404, 409)
    assert client.submit(f"{own}/withdraw", page=at(cycle)).status_code == 303
    assert [each.status for each in statements()] == [
        StatementStatus.REJECTED,
        StatementStatus.SUBMITTED,
        StatementStatus.KEPT,
    ]


def test_withdrawing_after_the_room_closed_is_refused(
    cycle: Cycle, workshop: Workshop, cast: Cast, client: ParsingClient
) -> None:
    mine = make_statement(
        cycle, submitted_by_id=cast.technologist.id, status=StatementStatus.SUBMITTED
    )
    db.session.commit()
    client.sign_in(cast.tom)
    token = client.token(at(cycle))
    db.session.get_one(Workshop, workshop.id).state = RoomState.CLOSED
    db.session.commit()
    answer = client.post(at(cycle, f"{mine.id}/withdraw"), data={"csrf_token": token})
    assert answer.status_code == 409
    assert statements()[0].status == StatementStatus.SUBMITTED


def test_typed_markup_is_inert(
    cycle: Cycle, workshop: Workshop, cast: Cast, client: ParsingClient
) -> None:
    bomb = "</textarea><script>alert(1)</script>"
    client.sign_in(cast.tom)
    client.submit(at(cycle), text=f"Validate {bomb} ovens")
    for path in ("", f"nearest?text=validate {bomb} ovens", f"areas?find={bomb}"):
        assert "<script>alert" not in client.get(at(cycle, path)).text
