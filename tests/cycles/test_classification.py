"""The classification: read from its file, imported again without harm, replaced by a version."""

from pathlib import Path

import pytest
from flask import Flask

from cycles.classification.commands import import_classification
from cycles.classification.queries import area_by_names, areas, current, tree
from cycles.classification.reading import Edition
from cycles.core.audit import SYSTEM
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from tests.factories import NOW, Cast, make_statement

HEAD = "kind,function,domain,area,definition\n"
SMALL = (
    HEAD
    + "function,Design,,,Thinks it up.\n"
    + "domain,Design,Products,,Things.\n"
    + 'area,Design,Products,Draw,"Drawings, all of them."\n'
    + "area,Design,Products,Test,Tests.\n"
)


def write(folder: Path, text: str) -> Path:
    path = folder / "small.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_our_own_classification_is_whole(session: object) -> None:
    report = import_classification(actor=SYSTEM, moment=NOW)
    held = areas()
    assert report.areas == report.added == len(held) >= 130
    branches = tree(held)
    assert [branch.name for branch in branches] == [
        "Design",
        "Implement",
        "Logistics",
        "Support",
        "Enterprise",
    ]
    assert all(area.definition and area.domain_definition for area in held)
    assert sum(branch.area_count for branch in branches) == len(held)


def test_importing_again_changes_nothing(session: object, tmp_path: Path) -> None:
    path = write(tmp_path, SMALL)
    import_classification(path=path, actor=SYSTEM, moment=NOW)
    before = {area.name: area.id for area in areas()}
    again = import_classification(path=path, actor=SYSTEM, moment=NOW)
    assert (again.added, again.changed, again.removed) == (0, 0, 0)
    assert {area.name: area.id for area in areas()} == before


def test_a_changed_file_updates_in_place(session: object, tmp_path: Path) -> None:
    import_classification(path=write(tmp_path, SMALL), actor=SYSTEM, moment=NOW)
    drawing = area_by_names("design", " Products", "DRAW")
    assert drawing is not None
    changed = SMALL.replace("Drawings, all of them.", "Sketches.").replace(
        "Products,Test,Tests.", "Products,Name,Names."
    )
    report = import_classification(path=write(tmp_path, changed), actor=SYSTEM, moment=NOW)
    assert (report.added, report.changed, report.removed) == (1, 1, 1)
    assert area_by_names("Design", "Products", "Draw") is drawing
    assert drawing.definition == "Sketches."


def test_an_area_in_use_is_not_removed(cast: Cast, tmp_path: Path) -> None:
    import_classification(path=write(tmp_path, SMALL), actor=SYSTEM, moment=NOW)
    area = area_by_names("Design", "Products", "Test")
    make_statement(cast.cycle, area=area)
    shorter = SMALL.replace("area,Design,Products,Test,Tests.\n", "")
    with pytest.raises(Invalid, match="Statements stand in areas that this file leaves out: Test"):
        import_classification(path=write(tmp_path, shorter), actor=SYSTEM, moment=NOW)


def test_a_new_version_becomes_the_current_one(session: object, tmp_path: Path) -> None:
    import_classification(actor=SYSTEM, moment=NOW)
    edition = Edition("Small", "2", "Ours")
    import_classification(path=write(tmp_path, SMALL), edition=edition, actor=SYSTEM, moment=NOW)
    held = current()
    assert held is not None
    assert held.version == "2"
    assert [area.name for area in areas()] == ["Draw", "Test"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("function,domain\nDesign,Products\n", "area is not there"),
        (HEAD + "area,Design,,Draw,x\n", "Line 2: the domain is missing"),
        (HEAD + "area,D,P,Draw,x\narea,D,P,Draw,y\n", "Draw stands twice"),
        (HEAD + f"area,D,P,{'x' * 121},y\n", "longer than 120"),
        (HEAD, "no areas"),
    ],
)
def test_a_broken_file_is_refused_with_its_reason(
    session: object, tmp_path: Path, text: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        import_classification(path=write(tmp_path, text), actor=SYSTEM, moment=NOW)


def test_a_file_in_another_encoding_is_refused(session: object, tmp_path: Path) -> None:
    path = tmp_path / "small.csv"
    path.write_bytes(b"function,domain,area\nD\xff,P,A\n")
    with pytest.raises(Invalid, match="UTF-8"):
        import_classification(path=path, actor=SYSTEM, moment=NOW)


def test_the_command_line_imports_ours(app: Flask, session: object) -> None:
    answer = app.test_cli_runner().invoke(args=["classification", "import"])
    assert answer.exit_code == 0, answer.output
    assert "areas" in answer.output
    db.session.expire_all()
    assert current() is not None
