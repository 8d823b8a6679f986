"""What every import shares: checks that write nothing, digests, lists, the command line."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from cycles.core.audit import SYSTEM, AuditEvent
from cycles.core.extensions import db
from cycles.importing.changes import Change, packed, unpacked
from cycles.importing.spooling import IN_MEMORY, Spool
from cycles.library.commands import LibraryReport, SourceFacts, import_library
from cycles.library.models import LibraryStatement
from cycles.standards.commands import FrameworkFacts, ImportReport, import_standards
from cycles.standards.importing.files import SourceFile
from cycles.standards.models import Duty, Framework, OccupationalStandard, StandardKsb, duty_ksb
from tests.factories import NOW

OLD = "statement,reference\nMix dough,R1\nBake bread,R2\nSell bread,R3\n"
NEW = "statement,reference\nWash up,R4\nMix dough,R1\nBake all bread,R2\n"
TABLES = (LibraryStatement, Framework, OccupationalStandard, Duty, StandardKsb, AuditEvent)


def library(content: str, **facts: Any) -> LibraryReport:
    stream = io.BytesIO(content.encode())
    source = SourceFacts("Ours")
    return import_library(stream, "l.csv", source=source, actor=SYSTEM, moment=NOW, **facts)


def standard(title: str = "Baker", **facts: Any) -> dict[str, Any]:
    return {
        "referenceNumber": "ST1",
        "level": 3,
        "title": title,
        "duties": [{"dutyID": "D1", "dutyDetail": "Mix", "mappedKnowledge": ["K1"]}],
        "knowledges": [{"knowledgeId": "K1", "detail": "K1: Flour"}],
        **facts,
    }


def standards(*objects: dict[str, Any], **facts: Any) -> ImportReport:
    file = SourceFile("s.json", io.BytesIO(json.dumps(objects).encode()))
    framework = FrameworkFacts("Baking")
    return import_standards(file, framework=framework, actor=SYSTEM, moment=NOW, **facts)


def told(report: LibraryReport | ImportReport) -> list[tuple[str, ...]]:
    return [change.cells for change in report.changes]


def held() -> list[int]:
    counts = [db.session.scalar(select(func.count()).select_from(each)) or 0 for each in TABLES]
    return [*counts, db.session.scalar(select(func.count()).select_from(duty_ksb)) or 0]


def test_a_check_tells_every_difference_and_writes_nothing(session: object) -> None:
    library(OLD)
    before = held()
    checked = library(NEW, is_check=True)
    assert held() == before
    assert sorted(told(checked)) == [
        ("added", "Statement", "R4", "", "", "Wash up"),
        ("changed", "Statement", "R2", "text", "Bake bread", "Bake all bread"),
        ("retired", "Statement", "R3", "", "Sell bread", ""),
    ]
    done = library(NEW)
    assert (done.counts, told(done)) == (checked.counts, told(checked))
    assert told(library(NEW, is_check=True)) == []


def test_a_row_that_only_moves_in_its_file_is_no_change(session: object) -> None:
    library(OLD)
    lines = OLD.splitlines()
    counts = library("\n".join([lines[0], *reversed(lines[1:])])).counts
    assert (counts.changed, counts.unchanged) == (0, 3)
    first = db.session.scalars(select(LibraryStatement).order_by(LibraryStatement.position)).first()
    assert first is not None
    assert first.text == "Sell bread"


def test_a_check_of_standards_names_the_standard_of_each_part(session: object) -> None:
    assert standards(standard(), is_check=True).counts.added == 1
    assert held() == [0] * len(held())
    standards(standard(), standard(referenceNumber="ST2"))
    before = held()
    new = standard(
        "Master baker",
        duties=[{"dutyID": "D1", "dutyDetail": "Mix all", "mappedSkills": ["S1"]}],
        knowledges=[],
        skills=[{"skillId": "S1", "detail": "S1: Knead"}],
    )
    checked = standards(new, is_check=True)
    assert held() == before
    assert sorted(told(checked)) == [
        ("added", "KSB", "ST1 S1", "", "", "Knead"),
        ("changed", "Duty", "ST1 D1", "KSBs", "K1", "S1"),
        ("changed", "Duty", "ST1 D1", "text", "Mix", "Mix all"),
        ("changed", "Standard", "ST1", "title", "Baker", "Master baker"),
        ("retired", "KSB", "ST1 K1", "", "Flour", ""),
        ("retired", "Standard", "ST2", "", "Baker", ""),
    ]
    done = standards(new)
    assert (done.counts, told(done)) == (checked.counts, told(checked))


def test_the_whole_list_is_packed_and_read_back(session: object) -> None:
    report = library(OLD, is_check=True)
    with packed(report.changes) as stream:
        assert [Change(*cells) for cells in unpacked(stream)] == list(report.changes)


def test_records_spooled_to_disk_come_back_as_they_were() -> None:
    spool = Spool()
    long = "ö" * (IN_MEMORY // 4)
    places = [spool.add([number, long]) for number in range(4)]
    assert spool.read(places[2]) == [2, long]
    assert [number for number, _ in spool] == [0, 1, 2, 3]


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


def test_a_dry_run_gives_the_digest_that_holds_the_import_to_the_same_file(
    app: Flask, session: object, tmp_path: Path
) -> None:
    path, changes = tmp_path / "l.csv", tmp_path / "changes.csv"
    path.write_text(OLD)
    words = ("library", "import", str(path), "--source", "Ours")
    dry = run(app, *words, "--dry-run", "--changes", str(changes))
    assert dry.exit_code == 0, dry.output
    assert "3 added, 0 changed" in dry.output
    assert db.session.scalar(select(func.count()).select_from(LibraryStatement)) == 0
    rows = list(csv.reader(io.StringIO(changes.read_text("utf-8-sig"))))
    assert rows[1] == ["added", "Statement", "R1", "", "", "Mix dough"]
    digest = dry.output.split("--digest ")[1].strip()
    path.write_text(NEW)
    refused = run(app, *words, "--digest", digest)
    assert refused.exit_code == 1
    assert "not the file that was checked" in refused.output
    path.write_text(OLD)
    assert run(app, *words, "--digest", digest).exit_code == 0
    assert db.session.scalar(select(func.count()).select_from(LibraryStatement)) == 3


def test_the_list_of_problems_says_row_column_value_and_what_to_do(
    app: Flask, session: object, tmp_path: Path
) -> None:
    path, problems = tmp_path / "l.csv", tmp_path / "problems.csv"
    path.write_text("statement,kind,reference\nBake,recipe,R1\nLost \ufffd letter,,R2\n")
    words = ("library", "import", str(path), "--source", "Ours", "--problems", str(problems))
    assert run(app, *words).exit_code == 1
    heading, kind, lost = csv.reader(io.StringIO(problems.read_text("utf-8-sig")))
    assert heading == ["row", "where", "column", "value", "problem", "what to do"]
    assert kind[:4] == ["2", "Row 2", "kind", "recipe"]
    assert kind[5].startswith("Write one of these four words")
    assert (lost[2], "letter of the text was lost" in lost[4]) == ("statement", True)


def test_the_day_of_the_snapshot_is_asked_for(app: Flask, session: object, tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text(json.dumps([standard()]))
    words = ("standards", "import", str(path), "--framework", "Baking", "--snapshot", "2021-05-03")
    answer = run(app, *words)
    assert answer.exit_code == 0, answer.output
    framework = db.session.scalars(select(Framework)).one()
    assert framework.snapshot_on.isoformat() == "2021-05-03"


def test_json_that_holds_something_else_is_refused_by_its_names(session: object) -> None:
    with pytest.raises(Exception, match="it holds what, pairs"):
        import_standards(
            SourceFile("p.json", io.BytesIO(b'{"what": "eval", "pairs": [{"standards": 1}]}')),
            framework=FrameworkFacts("Baking"),
            actor=SYSTEM,
            moment=NOW,
        )
