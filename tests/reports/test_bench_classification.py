"""The bench of classification: what it takes for right, and what it asks for."""

from pathlib import Path

import pytest
from flask import Flask

from reports.benchmarks.classification import judged, read_placed

LINKS = "O*NET-SOC Code\tTitle\tTask ID\tTask\tDWA ID\tDWA Title\n"
REFERENCE = "DWA ID\tDWA Title\n"
DRAW, RECORD = "4.A.1.a.1.I01.D01", "4.A.1.a.1.I02.D01"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    links, reference = tmp_path / "links.txt", tmp_path / "reference.txt"
    reference.write_text(f"{REFERENCE}{DRAW}\tDraw\n{RECORD}\tRecord\n")
    rows = [(code, f"Task of {code}", way) for code in "ABCDEFGHIJ" for way in (DRAW, RECORD)]
    links.write_text(LINKS + "".join(f"{c}\tT{c}\t1\t{task}\t{way}\tX\n" for c, task, way in rows))
    return links, reference


def test_a_task_stands_in_the_areas_of_its_activities(files: tuple[Path, Path]) -> None:
    placed = read_placed(*files)
    names = {placed.areas[place].name for place in placed.right[0]}
    assert names == {"Create Media & Written Content", "Compile & Maintain Records"}
    # Equal votes: the one that the classification has first.
    assert set(placed.place.tolist()) == {min(placed.right[0])}
    both = sorted(placed.right[0])
    guesses = [[both[1], both[0]]] * len(placed.held_out)
    levels = {"area": guesses}
    wrong = [[99]] * len(placed.held_out)
    shares = judged(placed, {"function": wrong, "domain": wrong, **levels})
    assert shares == [0.0, 0.0, 0.0, 0.0, 1.0, 1.0]


def test_it_asks_for_the_data(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHIA_DATA", raising=False)
    answer = app.test_cli_runner().invoke(args=["bench", "classification"])
    assert answer.exit_code == 1
    assert "--data DIR" in answer.output
