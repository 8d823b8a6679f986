"""``flask bench generation`` on a handful of tasks; how fast anything is, no test says."""

from pathlib import Path

import pytest
from click import ClickException
from flask import Flask

from cycles.core.extensions import db
from cycles.profiles.models import Profile
from tests.encoders import WordEncoder
from workshop.benchmarks import generation as bench
from workshop.benchmarks.generation_playing import play

HEAD = "O*NET-SOC Code\tTitle\tTask ID\tTask\n"


def make_data(folder: Path) -> Path:
    (folder / "onet").mkdir()
    tasks = [
        f'17-2{number % 3}41.00\tEngineers\t{number}\tTest part {number} of the "line"'
        for number in range(20)
    ]
    other = ["35-2011.00\tCooks\t99\tBake bread"]
    (folder / "onet" / "Task Statements.txt").write_text(HEAD + "\n".join(tasks + other) + "\n")
    titles = "O*NET-SOC Code\tTitle\n17-2141.00\tEngineers\n17-2142.00\tFitters\n"
    (folder / "onet" / "Occupation Data.txt").write_text(titles)
    return folder


@pytest.mark.usefixtures("session")
def test_a_cycle_of_tasks_is_generated_the_same_way_twice(
    word_encoder: WordEncoder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = play(make_data(tmp_path), capabilities=18, titles=5)
    assert (found["capabilities"], found["titles"]) == (18, 2)
    assert (found["unplaced"], found["names_twice"]) == (0, 0)
    assert found["is_same"]
    assert found["is_unchanged"]
    assert db.session.query(Profile).count() == found["proposed"] >= 4
    assert 6 <= found["least"] <= found["most"] <= 30
    bench.show("sqlite", found)
    printed = capsys.readouterr().out
    assert "18 capabilities x 4 role levels, all needed; 2 occupation titles" in printed
    assert "to the grouping alone, in the same run" in printed


def test_without_the_data_it_says_what_is_missing(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHIA_DATA", raising=False)
    run = app.test_cli_runner().invoke
    assert "needs the folder of real data" in run(args=["bench", "generation"]).output
    said = run(args=["bench", "generation", "--data", str(tmp_path)]).output
    assert "has no file 'onet/Task Statements.txt'" in said
    with pytest.raises(ClickException, match="only 20 tasks"):
        bench.read_tasks(make_data(tmp_path), 21)
