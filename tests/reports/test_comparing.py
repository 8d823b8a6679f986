"""Two reports beside each other: what differs is told where it stands, and nothing else is."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.core.turns import Turns
from reports.document import comparison_page
from reports.document.body.cells import columns, count, percent, table, text
from reports.document.commands import take_snapshot
from reports.document.comparing import Comparison, compared, version_of
from reports.document.comparing.tables import _table_change
from reports.document.facts import Document, KsbLine
from reports.document.models import Report, ReportState
from reports.document.queries import document_of
from reports.narrative.commands import change_narrative
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast, add
from tests.reports.report_cases import bake

Run = Callable[[], int]
HEADS = columns(("Profile", 60), ("Members", 20, "n"), ("Fit", 20, "n"))


def of(rows: list[tuple[str, int, float]]) -> Any:
    cells = [(text(name), count(members), percent(fit)) for name, members, fit in rows]
    return table("profiles", "Profiles", HEADS, cells)


def test_a_table_tells_cells_rows_that_came_and_rows_that_went() -> None:
    before = of([("P-0001 Baker", 12, 50.0), ("P-0002 Miller", 8, 12.5), ("Sum", 20, 0.0)])
    after = of([("P-0003 Grocer", 3, 9.0), ("P-0001 Head baker", 14, 48.8), ("Sum", 20, 0.0)])
    found = _table_change(before, after)
    assert found is not None
    assert [
        (one.row, one.column, one.before, one.after, one.difference) for one in found.cells
    ] == [
        ("P-0001 Head baker", "Profile", "P-0001 Baker", "P-0001 Head baker", ""),
        ("P-0001 Head baker", "Members", "12", "14", "+2"),
        ("P-0001 Head baker", "Fit", "50.0\u00a0%", "48.8\u00a0%", "\u22121.2 points"),
    ]
    assert [one.heading for one in found.came] == ["P-0003 Grocer"]
    assert [one.words for one in found.gone] == ["Members: 8; Fit: 12.5\u00a0%"]


def test_rows_in_another_order_are_no_change_and_rows_headed_alike_are_told_apart() -> None:
    rows = [("Twin", 1, 1.0), ("Twin", 2, 2.0), ("Other", 3, 3.0)]
    assert _table_change(of(rows), of(rows[::-1])) is None
    found = _table_change(of(rows), of([rows[1], ("Twin", 7, 1.0), rows[2]]))
    assert found is not None
    assert [(one.before, one.after) for one in found.cells] == [("1", "7")]


def changed(document: Document, **narrative: str) -> Document:
    """Return the document with a capability more, one profile less, and other prose."""
    assert document.provision is not None
    sections = tuple(
        replace(each, markdown=narrative.get(each.key, each.markdown))
        for each in document.narrative
    )
    return replace(
        document,
        capabilities=replace(document.capabilities, kept=document.capabilities.kept + 1),
        provision=replace(
            document.provision,
            profiles=document.provision.profiles[1:],
            threshold_percent=document.provision.threshold_percent + 5,
        ),
        narrative=sections,
    )


@pytest.fixture
def document(cast: Cast, word_encoder: WordEncoder, run_jobs: Run) -> Document:
    bake(cast, run_jobs)
    return document_of(taken(cast).snapshot_id)


def taken(cast: Cast, state: ReportState = ReportState.DRAFT) -> Report:
    """Return a report of the cycle as it stands; nothing is rendered."""
    actor = Actor(cast.ada.id, cast.ada.name)
    snapshot = take_snapshot(cycle=cast.cycle, actor=actor, moment=NOW)
    report = add(
        Report(cycle_id=cast.cycle.id, snapshot_id=snapshot.id, state=state, created_at=NOW)
    )
    db.session.commit()
    return report


def beside(before: Document, after: Document) -> Comparison:
    return compared(version_of(before, digest="a" * 64), version_of(after, digest="a" * 64))


def test_a_report_beside_itself_differs_in_nothing(document: Document) -> None:
    found = beside(document, document)
    assert found.is_empty
    assert all(each.is_same for each in found.grounds)


def test_two_snapshots_of_the_same_say_the_same(document: Document) -> None:
    assert beside(document, replace(document, number=document.number + 1)).is_empty


def test_each_kind_of_change_is_told_where_it_stands(document: Document) -> None:
    before = document
    prose = {each.key: each.markdown for each in before.narrative}
    words = prose["challenge"].replace("Bread", "Cake")
    found = beside(before, changed(before, challenge=words))
    numbers = {each.name: (each.before, each.after, each.difference) for each in found.numbers}
    assert numbers["capabilities.count"] == ("4", "5", "+1")
    assert numbers["threshold.match"][2] == "+5.0 points"
    assert [each.label for each in found.grounds if not each.is_same] == ["Match threshold"]
    (priorities,) = [one for one in found.tables if one.key == "first-priorities"]
    assert [one.heading.split()[0] for one in priorities.gone] == ["P-0001"]
    prose = {change.place.split()[0]: change.passages for change in found.prose}
    assert [each.words for each in prose["2.1"][0] if each.kind != "same"] == ["Bread", "Cake"]
    # The draft names the count, so that what it says changes with it.
    assert ["4", "5"] in [
        [each.words for each in passage if each.kind != "same"] for passage in prose["1.1"]
    ]
    assert "1 Executive summary" in [each.place for each in found.words]


@pytest.fixture
def two(cast: Cast) -> tuple[Report, Report]:
    """A published report and a later draft; between them somebody wrote the challenge."""
    actor, first = Actor(cast.ada.id, cast.ada.name), taken(cast, ReportState.PUBLISHED)
    words = "Bread & <b>salt</b>"
    change_narrative(cycle=cast.cycle, section="challenge", markdown=words, actor=actor, moment=NOW)
    return first, taken(cast)


def test_the_page_compares_the_newest_two_and_the_file_has_every_line(
    cast: Cast, client: ParsingClient, two: tuple[Report, Report]
) -> None:
    home = f"/cycles/{cast.cycle.id}/report"
    client.sign_in(cast.ada)
    page = client.get(f"{home}/compare").get_data(as_text=True)
    assert "Prose that changed" in page
    assert "<ins>Bread &amp; &lt;b&gt;salt&lt;/b&gt;</ins>" in page
    assert "<del>The challenge has not been recorded.</del>" in page
    assert "Numbers that changed" not in page
    asked = f"from={two[0].id}&to={two[1].id}"
    answer = client.get(f"{home}/compare.csv?{asked}")
    lines = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [one["After"] for one in lines if one["What"] == "Prose"] == ["Bread & <b>salt</b>"]
    same = client.get(f"{home}/compare?from={two[0].id}&to={two[0].id}").get_data(as_text=True)
    assert "The two say the same" in same


def test_only_who_may_read_both_compares_them(
    cast: Cast, client: ParsingClient, two: tuple[Report, Report]
) -> None:
    home = f"/cycles/{cast.cycle.id}/report"
    asked = f"from={two[0].id}&to={two[1].id}"
    client.sign_in(cast.sol)
    assert [client.get(f"{home}/compare{tail}?{asked}").status_code for tail in ("", ".csv")] == [
        404,
        404,
    ]
    page = client.get(f"{home}/compare").get_data(as_text=True)
    assert "There is nothing to compare yet" in page
    client.sign_in(cast.ada)
    for wrong in ("from=nonsense", f"to={cast.cycle.id}"):
        assert client.get(f"{home}/compare.csv?{wrong}").status_code == 404


def with_ksbs(document: Document, *texts: str) -> Document:
    """Return the document with these knowledge statements, of what its first profile holds."""
    member = document.occupations.profiles[0].members[0]
    lines = tuple(KsbLine(member.code, "knowledge", each, "") for each in texts)
    return replace(document, ksbs=replace(document.ksbs, lines=lines))


def test_a_statement_more_moves_labels_and_changes_nothing_else(document: Document) -> None:
    texts = [f"Knows {each}" for each in ("flour", "water", "salt", "yeast", "heat")]
    before = version_of(with_ksbs(document, *texts), digest="0" * 64)
    after = version_of(with_ksbs(document, "Knows ovens", *texts), digest="1" * 64)
    found = compared(before, after)
    (table,) = (each for each in found.tables if each.key == "ksbs")
    assert {(one.column, one.before, one.after) for one in table.cells} == {
        ("Knowledge", "", "Knows ovens")
    }
    (words,) = found.words
    assert len(words.passages) == 1


def test_few_are_compared_at_once(
    cast: Cast,
    client: ParsingClient,
    two: tuple[Report, Report],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = f"/cycles/{cast.cycle.id}/report"
    client.sign_in(cast.ada)
    monkeypatch.setattr(comparison_page, "PATIENCE", 0)
    with monkeypatch.context() as busy:
        busy.setattr(comparison_page, "_turns", Turns(0, "Others are being compared."))
        refused = client.get(f"{home}/compare")
    assert refused.status_code == 429
    assert "Others are being compared." in refused.text
    assert client.get(f"{home}/compare").status_code == 200
