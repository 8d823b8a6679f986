"""Importing library records: shapes and quirks of the sources, in place, retired not deleted."""

import io
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import func, select

from cycles.core.audit import SYSTEM
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.jobs.models import Job
from cycles.core.settings import ROOT
from cycles.importing.reports import RefusedFile
from cycles.library.commands import LibraryReport, SourceFacts, import_library
from cycles.library.models import LibraryKind, LibrarySource, LibraryStatement, OccupationTitle
from cycles.library.queries import (
    LibraryFilter,
    find_statements,
    occupation_titles,
    occurrences_of,
    source_rows,
)
from tests.factories import NOW, make_area

TASKS = (
    "O*NET-SOC Code\tTask ID\tTask\tTask Type\tIncumbents Responding\tDate\tDomain Source\r\n"
    "11-1011.00\t8823\tDirect budget activities.\tCore\t95\t08/2023\tIncumbent\r\n"
    "17-2141.00\t7001\tDesign ovens, pumps, or valves.\tCore\t90\t08/2023\tIncumbent\r\n"
    '17-2199.05\t7002\t"Test ""smart"" ovens."\tCore\t90\t08/2023\tIncumbent\r\n'
    '27-2012.00\t7003\tRun a "workshop\tCore\t90\t08/2023\tIncumbent\r\n'
    "17-2199.05\t7004\tDesign ovens, pumps, or valves.\tCore\t90\t08/2023\tIncumbent\r\n"
)
OCCUPATIONS = (
    "O*NET-SOC Code\tTitle\tDescription\r\n"
    "11-1011.00\tChief Executives\tDetermine policies.\r\n"
    "17-2141.00\tMechanical Engineers\tPerform engineering duties.\r\n"
    "17-2199.05\tMechatronics Engineers\tResearch automation.\r\n"
)


def give(content: str | bytes, filename: str = "tasks.txt", **facts: Any) -> LibraryReport:
    raw = content if isinstance(content, bytes) else content.encode()
    source = SourceFacts(facts.pop("source", None))
    return import_library(
        io.BytesIO(raw), filename, source=source, actor=SYSTEM, moment=NOW, **facts
    )


def texts() -> dict[str, str]:
    rows = db.session.execute(
        select(LibraryStatement.reference, LibraryStatement.text)
        .where(LibraryStatement.retired_at.is_(None))
        .order_by(LibraryStatement.position)
    )
    return {row.reference: row.text for row in rows}


def test_tab_separated_tasks_are_read_without_quoting(session: object) -> None:
    report = give(TASKS)
    assert texts() == {
        "8823": "Direct budget activities.",
        "7001": "Design ovens, pumps, or valves.",
        "7002": 'Test "smart" ovens.',
        "7003": 'Run a "workshop',
    }
    source = db.session.get_one(LibrarySource, report.source_id)
    assert (source.name, source.version, source.licence) == (
        "O*NET task statements",
        "29.3",
        "CC BY 4.0",
    )
    assert "O*NET 29.3 Database" in source.attribution


def test_the_same_text_is_one_statement_with_every_occurrence(session: object) -> None:
    give(OCCUPATIONS, "Occupation Data.txt")
    report = give(TASKS)
    assert report.counts.occurrences == 5
    assert any("1 rows repeat the text" in note for note in report.notes)
    statement = db.session.scalars(select(LibraryStatement).filter_by(reference="7001")).one()
    assert statement.occupation == "Mechanical Engineers"
    assert [(each.occupation_code, each.occupation) for each in occurrences_of(statement.id)] == [
        ("17-2141.00", "Mechanical Engineers"),
        ("17-2199.05", "Mechatronics Engineers"),
    ]


def test_importing_again_changes_nothing_and_reports_what_differs(session: object) -> None:
    give(TASKS)
    before = {row.reference: row.id for row in db.session.scalars(select(LibraryStatement))}
    again = give(TASKS).counts
    assert (again.added, again.changed, again.unchanged, again.retired) == (0, 0, 4, 0)
    changed = TASKS.replace("Direct budget", "Direct all budget").replace("7003", "7009")
    counts = give(changed).counts
    assert (counts.added, counts.changed, counts.retired) == (1, 1, 1)
    after = {row.reference: row.id for row in db.session.scalars(select(LibraryStatement))}
    assert before.items() <= after.items()
    assert "7003" not in texts()


def test_a_statement_keeps_its_name_when_its_first_row_goes(session: object) -> None:
    give(TASKS.replace("7001", "7005"))
    lines = [line for line in TASKS.splitlines(keepends=True) if "\t7001\t" not in line]
    counts = give("".join([*lines, lines[-1].replace("7004", "7005")])).counts
    assert (counts.added, counts.retired) == (0, 0)
    assert "7005" in texts()


def test_only_the_occupations_asked_for_are_taken(session: object) -> None:
    report = give(TASKS, occupations_like=("11-",))
    assert texts() == {"8823": "Direct budget activities."}
    assert any("4 rows are of other occupations" in note for note in report.notes)
    with pytest.raises(Invalid, match="Import the file of occupations"):
        give(TASKS, occupations_like=("engineers",))
    give(OCCUPATIONS, "Occupation Data.txt")
    counts = give(TASKS, occupations_like=("ENGINEERS",)).counts
    assert (counts.added, counts.retired) == (2, 0)
    assert len(texts()) == 3
    with pytest.raises(Invalid, match="No occupation in this file is like baker"):
        give(TASKS, occupations_like=("baker",))


def test_the_workbook_shape_is_read_with_its_empty_marks(session: object) -> None:
    book = Workbook()
    book.active.append(["O*NET-SOC Code", "Title", "Task ID", "Task", "Incumbents Responding"])
    book.active.append(["17-2141.00", "Mechanical Engineers", 7001, "Design ovens.", "n/a"])
    stream = io.BytesIO()
    book.save(stream)
    give(stream.getvalue(), "Task Statements.xlsx", occupations_like=("mechanical",))
    assert texts() == {"7001": "Design ovens."}


def test_occupation_titles_are_kept_apart(session: object) -> None:
    report = give(OCCUPATIONS, "Occupation Data.txt")
    assert (report.counts.added, report.counts.records) == (3, 3)
    assert occupation_titles()[0] == "Chief Executives"
    again = give(OCCUPATIONS.replace("Chief Executives", "Chiefs"), "Occupation Data.txt").counts
    assert (again.added, again.changed, again.unchanged) == (0, 1, 2)
    assert db.session.scalar(select(func.count()).select_from(OccupationTitle)) == 3


def test_skills_of_esco_keep_their_kind(session: object) -> None:
    give(
        "\ufeffconceptUri,preferredLabel,skillType,altLabels\n"
        'http://x/1,manage ovens,skill/competence,"run ovens\nmind ovens"\n'
        "http://x/2,food chemistry,knowledge,\n",
        "skills_en.csv",
    )
    kinds = db.session.scalars(select(LibraryStatement.kind).order_by(LibraryStatement.reference))
    assert kinds.all() == [LibraryKind.SKILL, LibraryKind.KNOWLEDGE]


TEMPLATE = "statement,kind,function,domain,area,reference,source\n"


def test_our_template_places_statements_in_the_classification(session: object) -> None:
    area = make_area("Test Equipment", "Quality Control", "Implement")
    report = give(
        TEMPLATE
        + "Test ovens,,implement,Quality control,TEST EQUIPMENT,R1,Ours\n"
        + "Ovens,knowledge,,,,R2,Ours\n",
        "library.csv",
    )
    assert report.source == "Ours"
    found, total = find_statements(LibraryFilter(function="Implement"))
    assert total == 1
    assert found[0].statement.area_id == area.id
    assert find_statements(LibraryFilter(kind=LibraryKind.KNOWLEDGE))[1] == 1


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (",,,,,R1,Ours", "The text is missing."),
        ("Bake,recipe,,,,R1,Ours", "'recipe' is not capability"),
        ("Bake,,Design,,,R1,Ours", "Give function, domain and area together"),
        ("Bake,,Design,Food,Ovens,R1,Ours", "no area Design / Food / Ovens"),
        ("Bake,,,,,R0,Ours", "R0 stands for two different texts"),
        (f"{'x' * 2001},,,,,R1,Ours", "longer than 2,000"),
    ],
)
def test_a_bad_row_refuses_the_file_unless_the_good_ones_are_asked_for(
    session: object, row: str, sentence: str
) -> None:
    content = f"{TEMPLATE}Mix dough,,,,,R0,Ours\n{row}\n"
    with pytest.raises(RefusedFile) as refused:
        give(content, "library.csv")
    assert sentence in refused.value.rows[0].sentence
    assert refused.value.rows[0].where == "Row 3"
    assert texts() == {}
    report = give(content, "library.csv", good_rows_only=True)
    assert texts() == {"R0": "Mix dough"}
    assert len(report.problems) == 1


@pytest.mark.parametrize(
    ("content", "filename", "sentence"),
    [
        ("", "a.txt", "empty"),
        ("a\tb\n", "a.txt", "not of a library"),
        (OCCUPATIONS.splitlines()[0], "a.txt", "no rows"),
        ("statement\nBake\n", "a.csv", "Name the source"),
        ("x", "a.json", "CSV, tab-separated"),
        (
            "O*NET-SOC Code\tTask ID\tTask\tDWA ID\tDWA Title\n1\t2\t3\t4\t5\n",
            "Tasks to DWAs.txt",
            "Import Task Statements first",
        ),
    ],
)
def test_a_file_of_no_known_shape_is_refused(
    session: object, content: str, filename: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        give(content, filename)


def test_records_without_a_reference_are_named_by_their_words(session: object) -> None:
    content = "kind,text\nknowledge,How ovens work\nskill,Kneads dough\n"
    give(content, "ksbs.csv", source="Ours")
    before = set(texts())
    counts = give(content, "ksbs.csv", source="Ours").counts
    assert (counts.added, counts.unchanged) == (0, 2)
    assert set(texts()) == before


def test_the_library_is_searched_by_words_source_and_function(session: object) -> None:
    give(OCCUPATIONS, "Occupation Data.txt")
    give(TASKS)
    give(f"{TEMPLATE}Mix 100%_rye,,,,,R1,Ours\n", "library.csv")
    assert find_statements(LibraryFilter(words="OVENS design"))[1] == 1
    assert find_statements(LibraryFilter(words="mechatronics"))[1] == 1
    assert find_statements(LibraryFilter(words="%_"))[1] == 1
    ours = next(row.source for row in source_rows() if row.source.name == "Ours")
    assert find_statements(LibraryFilter(source_id=ours.id))[1] == 1
    assert [(row.source.name, row.statements, row.titles) for row in source_rows()] == [
        ("O*NET occupations", 0, 3),
        ("O*NET task statements", 4, 0),
        ("Ours", 1, 0),
    ]


def test_the_command_line_imports_and_asks_for_encoding(
    app: Flask, session: object, tmp_path: Path
) -> None:
    path = tmp_path / "Task Statements.txt"
    path.write_text(TASKS, newline="")
    answer = app.test_cli_runner().invoke(
        args=["library", "import", str(path), "--occupations-like", "17-"]
    )
    assert answer.exit_code == 0, answer.output
    assert "2 added" in answer.output
    assert db.session.scalars(select(Job.kind)).all() == ["semantics.encode"]


def test_the_illustrative_library_is_whole(session: object) -> None:
    from cycles.classification.commands import import_classification

    import_classification(actor=SYSTEM, moment=NOW)
    folder = ROOT / "cycles" / "demonstration"
    library = import_library(folder / "library.csv", actor=SYSTEM, moment=NOW)
    ksbs = import_library(
        folder / "ksbs.csv", source=SourceFacts("Illustrative KSBs"), actor=SYSTEM, moment=NOW
    )
    assert library.counts.added > 200
    assert ksbs.counts.added == 60
    assert not library.problems
    assert find_statements(LibraryFilter(function="Design"))[1] > 0
