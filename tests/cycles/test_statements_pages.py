"""The pages of statements: who may do what, other cycles, conflicts, lists, tables, pairs."""

import io
from collections.abc import Callable

import numpy as np
import pytest

from cycles.core.audit import AuditEvent
from cycles.core.extensions import db
from cycles.library.models import LibrarySource, LibraryStatement
from cycles.semantics import vectors
from cycles.semantics.encoder import active_model
from cycles.semantics.models import TextVector
from cycles.setup.models import Cycle
from cycles.stages.words import Stage
from cycles.statements import comparing
from cycles.statements.models import CapabilityStatement, StatementStatus
from tests.client import ParsingClient
from tests.factories import NOW, Cast, add, make_area, make_partner, make_statement

WAITING = StatementStatus.SUBMITTED


@pytest.fixture
def cycle(cast: Cast) -> Cycle:
    cast.cycle.stage = cast.other_cycle.stage = Stage.CARRYING_OUT
    db.session.commit()
    return cast.cycle


def at(cycle: Cycle, path: str = "") -> str:
    return f"/cycles/{cycle.id}/capabilities/{path}"


def status_of(statement: CapabilityStatement) -> StatementStatus:
    db.session.expire_all()
    return db.session.get_one(CapabilityStatement, statement.id).status


def add_vector(text: str, *numbers: float) -> None:
    packed = np.array(numbers, dtype="<f4").tobytes()
    digest, key = active_model()[1], vectors.text_hash(text)
    add(TextVector(model_digest=digest, text_hash=key, vector=packed))


def test_everyone_reads_and_only_conveners_decide(
    cycle: Cycle, cast: Cast, client: ParsingClient
) -> None:
    statement = make_statement(cycle, status=WAITING)
    db.session.commit()
    client.sign_in(cast.tom)
    page = client.get(at(cycle)).text
    assert statement.text in page
    assert "Keep the ticked" not in page
    shown = client.get(at(cycle, str(statement.id)))
    assert shown.status_code == 200
    for verb in ("reword", "classify", "merge", "reject", "restore"):
        answer = client.submit(at(cycle, f"{statement.id}/{verb}"), page=at_capture(cycle))
        assert answer.status_code == 403
    answer = client.submit(at(cycle, "keep"), page=at_capture(cycle), statement=statement.id)
    assert answer.status_code == 403
    assert status_of(statement) == WAITING


def at_capture(cycle: Cycle) -> str:
    return f"/cycles/{cycle.id}/capture/"


def test_a_statement_of_another_cycle_is_not_found(
    cycle: Cycle, cast: Cast, client: ParsingClient
) -> None:
    theirs = make_statement(cast.other_cycle)
    mine = make_statement(cycle)
    db.session.commit()
    client.sign_in(cast.ada)
    assert client.get(at(cycle, str(theirs.id))).status_code == 404
    for verb in ("reword", "classify", "merge", "reject", "restore"):
        answer = client.submit(at(cycle, f"{theirs.id}/{verb}"), page=at(cycle, str(mine.id)))
        assert answer.status_code == 404
    answer = client.submit(
        at(cycle, "alike/settle"), page=at(cycle, str(mine.id)), first=mine.id, second=theirs.id
    )
    assert answer.status_code == 404


def test_bulk_keeping_records_one_event(cycle: Cycle, cast: Cast, client: ParsingClient) -> None:
    ovens = make_statement(cycle, "Validate robotic ovens", 1, status=WAITING)
    sensors = make_statement(cycle, "Calibrate oven sensors", 2, status=WAITING)
    bread = make_statement(cycle, "Bake bread in robotic ovens", 3, status=WAITING)
    db.session.commit()
    client.sign_in(cast.ada)
    before = db.session.query(AuditEvent).count()
    client.submit(at(cycle, "keep"), page=at(cycle), statement=[ovens.id, sensors.id])
    assert [status_of(each) for each in (ovens, sensors, bread)] == [
        StatementStatus.KEPT,
        StatementStatus.KEPT,
        WAITING,
    ]
    assert db.session.query(AuditEvent).count() == before + 1
    answer = client.submit(at(cycle, "keep"), page=at(cycle), action="all", back="q=bread")
    assert answer.headers["Location"].endswith("?q=bread")
    assert status_of(bread) == StatementStatus.KEPT


def test_an_older_version_gets_a_conflict(cycle: Cycle, cast: Cast, client: ParsingClient) -> None:
    statement = make_statement(cycle)
    db.session.commit()
    seen = statement.version
    client.sign_in(cast.ada)
    path, own = at(cycle, f"{statement.id}/reword"), at(cycle, str(statement.id))
    sent = {"reword-text": "Calibrate the sensors of ovens", "reword-reason": "Clearer"}
    assert client.submit(path, page=own, version=seen, **sent).status_code == 303
    sent["reword-text"] = "Calibrate oven thermometers"
    late = client.submit(path, page=own, version=seen, **sent)
    assert late.status_code == 409
    assert "Calibrate the sensors of ovens" in late.text


def test_a_refused_form_comes_back_with_what_was_typed(
    cycle: Cycle, cast: Cast, client: ParsingClient
) -> None:
    statement = make_statement(cycle)
    db.session.commit()
    client.sign_in(cast.ada)
    answer = client.submit(
        at(cycle, f"{statement.id}/reword"),
        page=at(cycle, str(statement.id)),
        **{"reword-text": "Calibrate every oven sensor", "reword-reason": ""},
    )
    assert answer.status_code == 422
    assert "Give a reason for rewording" in answer.text
    assert "Calibrate every oven sensor" in answer.text
    assert statement.text in answer.text


def test_merging_and_restoring_from_the_page(
    cycle: Cycle, cast: Cast, client: ParsingClient
) -> None:
    gone = make_statement(cycle, "Calibrate oven sensors", 1)
    stays = make_statement(cycle, "Calibrate the sensors of ovens", 2)
    db.session.commit()
    client.sign_in(cast.ada)
    own = at(cycle, str(gone.id))
    answer = client.submit(at(cycle, f"{gone.id}/merge"), page=own, **{"merge-into": stays.id})
    assert answer.status_code == 303
    assert "C-002" in client.get(own).text
    assert "Took in" in client.get(at(cycle, str(stays.id))).text
    client.submit(at(cycle, f"{gone.id}/restore"), page=own)
    assert status_of(gone) == StatementStatus.SUBMITTED


def test_filters_search_and_sorting(cycle: Cycle, cast: Cast, client: ParsingClient) -> None:
    partner = make_partner(cycle)
    design = make_area("Plan Products", "Planning", "Design")
    implement = make_area()
    db.session.commit()
    ovens = make_statement(cycle, "Validate robotic ovens", 1, area=implement, partners=[partner])
    make_statement(cycle, "Plan bread for robotic ovens", 2, area=design, status=WAITING)
    db.session.commit()
    client.sign_in(cast.sol)

    def shown(query: str) -> list[str]:
        text = client.get(at(cycle, query)).text
        found = {code: text.find(f'"p-nowrap">{code}') for code in ("C-001", "C-002")}
        return sorted((code for code in found if found[code] >= 0), key=lambda code: found[code])

    assert shown("") == ["C-001", "C-002"]
    assert shown("?sort=area") == ["C-002", "C-001"]
    assert shown("?sort=-code") == ["C-002", "C-001"]
    assert shown("?q=BREAD ovens") == ["C-002"]
    assert shown("?status=kept") == ["C-001"]
    assert shown("?status=live&function=Design") == ["C-002"]
    assert shown(f"?partner={partner.id}") == [ovens.code]
    assert shown("?partner=none") == ["C-002"]
    assert shown("?q=nowhere") == []


def test_the_coverage_page_calls_out_empty_cells(
    cycle: Cycle, cast: Cast, client: ParsingClient
) -> None:
    makers, _suppliers = make_partner(cycle), make_partner(cycle, "Supplier", 2)
    make_statement(cycle, area=make_area(), partners=[makers])
    db.session.commit()
    client.sign_in(cast.tom)
    text = client.get(at(cycle, "coverage")).text
    assert "1 of 2 cells are empty." in text
    assert "Implement: nothing yet for Supplier." in text


def test_typed_markup_is_inert(cycle: Cycle, cast: Cast, client: ParsingClient) -> None:
    bomb = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    statement = make_statement(cycle, f"Calibrate {bomb} sensors", status=WAITING)
    other = make_statement(cycle, f"Validate {bomb} ovens", 2, status=WAITING)
    db.session.commit()
    client.sign_in(cast.ada)
    reject = {"reject-reason": bomb}
    client.submit(at(cycle, f"{other.id}/reject"), page=at(cycle, str(other.id)), **reject)
    for path in ("", f"?q={bomb}", str(statement.id), str(other.id), f"library?q={bomb}"):
        text = client.get(at(cycle, path)).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_an_empty_cycle_says_what_to_do_next(
    cycle: Cycle, cast: Cast, client: ParsingClient
) -> None:
    client.sign_in(cast.ada)
    assert "seed the cycle from the library" in client.get(at(cycle)).text
    assert "Nothing to lay out yet" in client.get(at(cycle, "coverage")).text


def test_several_library_statements_are_added_at_once(
    cycle: Cycle, cast: Cast, client: ParsingClient
) -> None:
    source = add(LibrarySource(name="Our own", imported_at=NOW))
    records = [
        add(LibraryStatement(source_id=source.id, reference=str(number), text=text))
        for number, text in enumerate(("Calibrate oven sensors", "Calibrate oven cameras"))
    ]
    db.session.commit()
    client.sign_in(cast.ada)
    path = at(cycle, "library")
    assert "Calibrate oven cameras" in client.get(f"{path}?q=oven calibration").text
    answer = client.submit(path, page=f"{path}?q=oven", record=[each.id for each in records])
    assert answer.status_code == 303
    found = db.session.query(CapabilityStatement).order_by(CapabilityStatement.code)
    assert [(each.code, each.status) for each in found] == [("C-001", WAITING), ("C-002", WAITING)]
    again = client.submit(path, page=f"{path}?q=cameras ovens", record=[])
    assert again.status_code == 422


def upload(client: ParsingClient, cycle: Cycle, text: str, **fields: str) -> str:
    path = at(cycle, "upload")
    sent = {
        "file": (io.BytesIO(text.encode()), "statements.csv"),
        "csrf_token": client.token(path),
        **fields,
    }
    return client.post(path, data=sent, follow_redirects=True).text


def test_uploads_name_every_bad_row_and_import_nothing(
    cycle: Cycle, cast: Cast, client: ParsingClient
) -> None:
    make_area()
    make_partner(cycle)
    make_statement(cycle, "Calibrate oven sensors", 1)
    db.session.commit()
    client.sign_in(cast.ada)
    table = (
        "Statement,Function,Domain,Area,Partners,Status\n"
        "Validate robotic ovens,implement,quality control,Test Equipment,manufacturer,kept\n"
        "Too short,,,,,\n"
        "calibrate OVEN sensors,,,,,\n"
        "Validate robotic ovens.,,,,,\n"
        "Bake bread in robotic ovens,Bakery,,,,\n"
        "Clean robotic ovens at night,,,,Wholesaler,\n"
        "Repair robotic ovens at night,,,,,perhaps\n"
    )
    text = upload(client, cycle, table)
    for sentence in (
        "This one has 9",
        "C-001 says the same already",
        "Row 2 of this file says the same",
        "“Bakery” is not an area",
        "“Wholesaler” is not a partner",
        "not “perhaps”",
    ):
        assert sentence in text
    assert db.session.query(CapabilityStatement).count() == 1
    upload(client, cycle, table, good_rows_only="y")
    added = db.session.query(CapabilityStatement).filter_by(code="C-002").one()
    assert added.status == StatementStatus.KEPT
    assert added.area is not None
    assert [partner.name for partner in added.partners] == ["Manufacturer"]
    assert db.session.query(CapabilityStatement).count() == 2


def test_what_is_downloaded_can_be_uploaded_elsewhere(
    cycle: Cycle, cast: Cast, client: ParsingClient
) -> None:
    make_statement(cycle, "Calibrate oven sensors", 1, area=make_area())
    make_statement(cycle, "Validate robotic ovens", 2, status=WAITING)
    db.session.commit()
    client.sign_in(cast.ada)
    table = client.get(at(cycle, "download/csv")).text
    assert client.get(at(cycle, "download/xlsx")).status_code == 200
    assert client.get(at(cycle, "upload/template/csv")).text.startswith("\ufeffStatement,")
    client.sign_in(cast.eve)
    assert "2 statements imported" in upload(client, cast.other_cycle, table)


def test_pairs_alike_in_meaning_are_shown_until_settled(
    cycle: Cycle, cast: Cast, word_encoder: object, client: ParsingClient
) -> None:
    first = make_statement(cycle, "Calibrate oven sensors", 1)
    second = make_statement(cycle, "Adjust the sensors of ovens", 2)
    third = make_statement(cycle, "Bake bread in robotic ovens", 3)
    make_statement(cycle, "Plan the routes of vans", 4)
    add_vector(first.text, 1.0, 0.0)
    add_vector(second.text, 0.9, 0.43589)
    add_vector(third.text, 0.0, 1.0)
    db.session.commit()
    client.sign_in(cast.ada)
    path = at(cycle, "alike")
    text = client.get(path).text
    assert "90 % alike" in text
    assert text.count("alike</h2>") == 1
    assert "1 statement is not compared yet" in text
    settle = {"first": second.id, "second": first.id}
    client.submit(at(cycle, "alike/settle"), page=path, action="keep both", **settle)
    assert "No near duplicates" in client.get(path).text
    client.submit(at(cycle, "alike/settle"), page=path, action="merge", **settle)
    assert status_of(second) == StatementStatus.MERGED


def test_a_comparison_is_queued_once_and_run_by_the_worker(
    cycle: Cycle, cast: Cast, word_encoder: object, run_jobs: Callable[[], int]
) -> None:
    make_statement(cycle, "Calibrate the sensors of ovens", 1)
    make_statement(cycle, "Calibrate sensors of the ovens", 2)
    from cycles.core.audit import Actor

    ada = Actor(cast.ada.id, cast.ada.name)
    asked = [comparing.ask_to_compare(cycle_id=cycle.id, actor=ada, moment=NOW) for _ in range(2)]
    assert asked[0].id == asked[1].id
    assert run_jobs() == 1
    found = comparing.alike(cycle.id)
    assert [(pair.first.code, pair.second.code) for pair in found.pairs] == [("C-001", "C-002")]
    assert found.waiting == 0
