"""Importing standards into a framework: in place, all or nothing, retired and never deleted."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from cycles.core.audit import SYSTEM, AuditEvent
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.jobs.models import Job
from cycles.importing.reports import RefusedFile
from cycles.standards.browsing import StandardsFilter, find_standards
from cycles.standards.commands import FrameworkFacts, ImportReport, SourceFile, import_standards
from cycles.standards.models import (
    Duty,
    Framework,
    OccupationalStandard,
    StandardKsb,
    duty_ksb,
)
from cycles.standards.queries import (
    duties_of,
    framework_rows,
    ksbs_of_duties,
    standards_of,
)
from tests.factories import NOW, make_framework, make_standard

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "ifate"
needs_real_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real data folder is not beside this checkout"
)


def standard(reference: str = "ST0001", **facts: Any) -> dict[str, Any]:
    return {
        "referenceNumber": reference,
        "version": "1.0",
        "status": "Approved for delivery",
        "level": 3,
        "title": f"Baker {reference}",
        "route": "Catering",
        "duties": [
            {"dutyID": "D1", "dutyDetail": "Mix dough", "mappedKnowledge": ["K1"]},
            {"dutyID": "D2", "dutyDetail": "Bake bread", "mappedSkills": ["S1"]},
        ],
        "knowledges": [{"knowledgeId": "K1", "detail": "Flour"}],
        "skills": [{"skillId": "S1", "detail": "Kneads"}],
        **facts,
    }


def give(*standards: dict[str, Any], name: str = "Baking", **facts: Any) -> ImportReport:
    stream = io.BytesIO(json.dumps(standards).encode())
    return import_standards(
        SourceFile("standards.json", stream),
        framework=FrameworkFacts(name),
        actor=SYSTEM,
        moment=NOW,
        **facts,
    )


def test_a_first_import_adds_everything(session: object) -> None:
    report = give(standard(), standard("ST0002", duties=[]))
    assert (report.counts.added, report.counts.duties, report.counts.ksbs) == (2, 2, 4)
    assert report.counts.without_duties == 1
    rows = duties_of(report.framework_id)
    assert [(row.reference, row.position, row.text, row.level) for row in rows] == [
        ("ST0001", 1, "Mix dough", 3),
        ("ST0001", 2, "Bake bread", 3),
    ]
    linked = ksbs_of_duties([rows[1].duty_id, rows[0].duty_id])
    assert [(row.code, row.text) for row in linked] == [("S1", "Kneads"), ("K1", "Flour")]
    framework = db.session.get_one(Framework, report.framework_id)
    assert framework.licence == "Open Government Licence v3.0"
    assert "public sector information" in framework.attribution


def test_importing_again_changes_nothing(session: object) -> None:
    first = give(standard(), standard("ST0002"))
    before = {row.duty_id for row in duties_of(first.framework_id)}
    again = give(standard(), standard("ST0002")).counts
    assert (again.added, again.changed, again.unchanged, again.retired) == (0, 0, 2, 0)
    assert (again.duties_added, again.duties_changed, again.ksbs_added) == (0, 0, 0)
    assert {row.duty_id for row in duties_of(first.framework_id)} == before


def test_changes_are_made_in_place(session: object) -> None:
    framework_id = give(standard()).framework_id
    before = {row.text: row.duty_id for row in duties_of(framework_id)}
    changed = standard(
        level=4,
        duties=[
            {"dutyID": "D2", "dutyDetail": "Bake all bread", "mappedKnowledge": ["K2"]},
            {"dutyID": "D3", "dutyDetail": "Sell bread"},
        ],
        knowledges=[{"knowledgeId": "K2", "detail": "Yeast"}],
    )
    counts = give(changed).counts
    assert (counts.added, counts.changed, counts.retired) == (0, 1, 0)
    assert (counts.duties_added, counts.duties_changed, counts.duties_retired) == (1, 1, 1)
    assert (counts.ksbs_added, counts.ksbs_removed) == (1, 1)
    after = duties_of(framework_id)
    assert [(row.text, row.level) for row in after] == [("Bake all bread", 4), ("Sell bread", 4)]
    assert after[0].duty_id == before["Bake bread"]
    assert [row.text for row in ksbs_of_duties([after[0].duty_id])] == ["Yeast"]
    retired = db.session.get_one(Duty, before["Mix dough"])
    assert retired.retired_at == NOW


def test_a_changed_link_alone_is_a_change(session: object) -> None:
    give(standard())
    duties = [{**duty, "mappedSkills": ["S1"]} for duty in standard()["duties"]]
    counts = give(standard(duties=duties)).counts
    assert (counts.changed, counts.unchanged) == (1, 0)


def test_a_standard_gone_is_retired_and_comes_back(session: object) -> None:
    framework_id = give(standard(), standard("ST0002")).framework_id
    assert give(standard()).counts.retired == 1
    assert [each.reference for each in standards_of(framework_id)] == ["ST0001"]
    assert [each.reference for each in standards_of(framework_id, retired=True)] == ["ST0002"]
    assert {row.reference for row in duties_of(framework_id)} == {"ST0001"}
    assert give(standard()).counts.retired == 0
    back = give(standard(), standard("ST0002")).counts
    assert (back.added, back.changed) == (0, 1)
    assert len(standards_of(framework_id)) == 2


def test_a_part_of_a_framework_leaves_the_rest_alone(session: object) -> None:
    framework_id = give(standard()).framework_id
    report = give(standard("ST0002"), is_part=True)
    assert report.counts.retired == 0
    assert len(standards_of(framework_id)) == 2


def test_a_file_that_says_nothing_of_duties_leaves_duties_alone(session: object) -> None:
    framework_id = give(standard()).framework_id
    import_standards(
        SourceFile("t.csv", io.BytesIO(b"reference,title,level\nST0001,Master baker,5\n")),
        framework=FrameworkFacts("Baking"),
        actor=SYSTEM,
        moment=NOW,
    )
    assert [(row.text, row.standard_title, row.level) for row in duties_of(framework_id)] == [
        ("Mix dough", "Master baker", 5),
        ("Bake bread", "Master baker", 5),
    ]


def test_one_bad_record_refuses_the_whole_file(session: object) -> None:
    with pytest.raises(RefusedFile, match="1 record has a problem") as refused:
        give(standard(), standard("ST0002", level=None))
    assert refused.value.rows[0].sentence == "The level is missing."
    assert db.session.scalar(select(func.count()).select_from(Framework)) == 0


def test_the_good_rows_are_imported_when_asked_and_the_bad_are_not_retired(
    session: object,
) -> None:
    framework_id = give(standard(), standard("ST0002")).framework_id
    report = give(standard(level=5), standard("ST0002", level=None), good_rows_only=True)
    assert (report.counts.changed, report.counts.retired, len(report.problems)) == (1, 0, 1)
    assert len(standards_of(framework_id)) == 2


def test_two_files_are_one_framework(session: object, tmp_path: Path) -> None:
    paths = []
    for reference in ("ST0001", "ST0002"):
        paths.append(tmp_path / f"{reference}.json")
        paths[-1].write_text(json.dumps([standard(reference)]))
    facts = FrameworkFacts("Baking", is_illustrative=True)
    report = import_standards(paths, framework=facts, actor=SYSTEM, moment=NOW)
    assert report.counts.added == 2
    assert db.session.get_one(Framework, report.framework_id).is_illustrative
    with pytest.raises(Invalid, match="ST0001 stands in two"):
        import_standards([paths[0]] * 2, framework=facts, actor=SYSTEM, moment=NOW)


def test_frameworks_of_the_same_references_do_not_touch(session: object) -> None:
    give(standard(), name="One")
    report = give(standard(), name="Two")
    assert report.counts.added == 1
    assert [(row.framework.name, row.standards, row.duties) for row in framework_rows()] == [
        ("One", 1, 2),
        ("Two", 1, 2),
    ]


def test_an_import_is_one_event_of_the_audit_log(session: object) -> None:
    give(standard())
    (event,) = db.session.scalars(
        select(AuditEvent).where(AuditEvent.action == "standards.imported")
    )
    assert event.facts["added"] == 1


def test_standards_are_found_by_words_level_and_route(session: object) -> None:
    framework = make_framework()
    make_standard(framework, "T1", "Craft baker", 2)
    make_standard(framework, "T2", "Senior 100%_baker", 4)
    make_standard(framework, "T3", "Miller", 4, duties=())

    def found(**facts: Any) -> list[str]:
        rows, total = find_standards(framework.id, StandardsFilter(**facts))
        assert total == len(rows)
        return [row.standard.reference for row in rows]

    assert found() == ["T1", "T3", "T2"]
    assert found(words="BAKER craft") == ["T1"]
    assert found(words="%_") == ["T2"]
    assert found(level=4) == ["T3", "T2"]
    assert found(sort="-duties") == ["T1", "T2", "T3"]
    assert found(words="t3", sort="reference") == ["T3"]


def test_the_command_line_imports_and_asks_for_encoding(
    app: Flask, session: object, tmp_path: Path
) -> None:
    path = tmp_path / "s.json"
    path.write_text(json.dumps([standard(), standard("ST0002", level="")]))
    run = app.test_cli_runner().invoke
    refused = run(args=["standards", "import", str(path), "--framework", "Baking"])
    assert refused.exit_code == 1
    assert "The level is missing." in refused.output
    taken = run(args=["standards", "import", str(path), "--framework", "Baking", "--good-rows"])
    assert taken.exit_code == 0, taken.output
    assert "1 added, 0 changed" in taken.output
    assert db.session.scalars(select(Job.kind)).all() == ["semantics.encode"]


@needs_real_data
@pytest.mark.real_data
def test_the_full_set_of_2021_is_imported(session: object) -> None:
    report = import_standards(
        DATA / "ifate_standards_2021_full.json",
        framework=FrameworkFacts("Occupational standards", version="2021"),
        actor=SYSTEM,
        moment=NOW,
    )
    counts = report.counts
    assert (counts.standards, counts.duties, counts.ksbs) == (515, 911, 3549)
    assert counts.without_duties == 450
    assert any("450 of 515 standards have no duties" in note for note in report.notes)
    titles = db.session.scalars(select(OccupationalStandard.title)).all()
    assert not [title for title in titles if "(degree)" in title or title != title.strip()]
    again = import_standards(
        DATA / "ifate_standards_2021_full.json",
        framework=FrameworkFacts("Occupational standards"),
        actor=SYSTEM,
        moment=NOW,
    ).counts
    assert (again.added, again.changed, again.unchanged) == (0, 0, 515)


@needs_real_data
@pytest.mark.real_data
def test_the_current_ksbs_are_imported_from_either_shape(session: object) -> None:
    def take(name: str, framework: str, **facts: Any) -> ImportReport:
        return import_standards(
            DATA / name,
            framework=FrameworkFacts(framework),
            actor=SYSTEM,
            moment=NOW,
            with_unapproved=True,
            **facts,
        )

    current = take("ifate_standards_2026_ksb.json", "Current")
    assert (current.counts.standards, current.counts.ksbs) == (322, 15_802)
    flat = take("ifate_ksb_2026.csv", "Current", is_part=True)
    assert (flat.counts.standards, flat.counts.ksbs_added) == (259, 0)
    assert db.session.scalar(select(func.count()).select_from(StandardKsb)) == 15_802


@needs_real_data
@pytest.mark.real_data
def test_the_tables_of_2021_are_imported_as_one(session: object) -> None:
    names = ("duties_2021", "ksb_2021", "duty_ksb_links_2021", "standards_index_2021")
    counts = import_standards(
        [DATA / f"ifate_{name}.csv" for name in names],
        framework=FrameworkFacts("Tables"),
        actor=SYSTEM,
        moment=NOW,
    ).counts
    assert (counts.standards, counts.duties, counts.ksbs) == (515, 911, 3549)
    assert db.session.scalar(select(func.count()).select_from(duty_ksb)) == 13_803 - 1_502
