"""``flask bench accuracy`` prints its tables; how accurate the real model is, no test says."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from flask import Flask

from reports.benchmarks.lexical import bm25
from reports.benchmarks.standard_ranking import read_pair_set, read_pairs
from tests.encoders import WordEncoder

pytestmark = pytest.mark.one_database

THINGS = ("pumps", "ledgers", "gardens", "turbines", "lessons", "samples", "contracts", "roofs")
VERBS = ("Inspect", "Repair", "Plan")
ROW = re.compile(r"^(.+?)  +([01]\.\d{3}) +([01]\.\d{3}) +([01]\.\d{3})$", re.M)
HEAD = "O*NET-SOC Code\tTitle\tTask ID\tTask"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twenty-four occupations of one thing and one verb each, and a standard for each thing."""
    for name in ("onet", "eval", "ifate"):
        (tmp_path / name).mkdir()
    occupations = [(thing, verb) for thing in THINGS for verb in VERBS]
    titles = [f"A{i}\t{verb} all {thing}." for i, (thing, verb) in enumerate(occupations)]
    (tmp_path / "onet/DWA Reference.txt").write_text("\n".join(["DWA ID\tDWA Title", *titles]))
    tasks = [
        f'{number}-1.00\tWorker {number}\t{number}{turn}\t{verb} "{size} {thing} number {turn}.'
        for number, (thing, verb) in enumerate(occupations)
        for turn, size in enumerate(("small", "large", "old"))
    ]
    links = [f"{row}\tA{i // 3}\t{titles[i // 3][3:].strip()}" for i, row in enumerate(tasks)]
    head = f"{HEAD}\tDWA ID\tDWA Title"
    (tmp_path / "onet/Tasks to DWAs.txt").write_text("\r\n".join([head, *links, ""]))
    (tmp_path / "onet/Task Statements.txt").write_text("\r\n".join([HEAD, *tasks, ""]))
    pairs = {"pairs": [{"occupation": "Worker 0", "standards": ["Worker of pumps"]}]}
    (tmp_path / "eval/fop_standard_pairs.json").write_text(json.dumps(pairs))
    standards = [
        {"title": f"Worker of {thing} ", "duties": [{"dutyDetail": f"{v} {thing}"} for v in VERBS]}
        for thing in THINGS
    ]
    standards.append({"title": "Worker of nothing", "duties": []})
    (tmp_path / "ifate/ifate_standards_2021_full.json").write_text(json.dumps(standards))
    return tmp_path


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["bench", "accuracy", *arguments])


def test_it_prints_every_way_beside_its_aim(
    app: Flask, folder: Path, word_encoder: WordEncoder
) -> None:
    printed = run(app, "--data", str(folder))
    assert printed.exit_code == 0, printed.output
    assert "72 distinct tasks, 24 activities, 72 links" in printed.output
    assert "1 occupations (3 tasks) and 8 standards with 24 duties" in printed.output
    ways = [name for name, *_ in ROW.findall(printed.output)]
    assert ways[:4] == ["BM25", "character TF-IDF", "plain cosine", "cosine with CSLS"]
    assert ways[9:] == [
        "fit at 55.8 %, then surplus",
        "two-way TF-IDF",
        "two-way embeddings",
        "ours without adapter: two-way hybrid",
        "ours without adapter: two-way hybrid, CSLS",
        "ours: two-way with adapter",
        "ours: two-way with adapter, CSLS",
    ]
    for words in ("aim at least 0.420", "aim at most 0.030", "aim at least 0.850"):
        assert words in printed.output

    before = len(word_encoder.encoded)
    again = run(app, "--data", str(folder))
    assert len(word_encoder.encoded) == before
    assert ROW.findall(again.output) == ROW.findall(printed.output)


def test_without_data_it_says_so(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHIA_DATA", raising=False)
    printed = run(app)
    assert printed.exit_code == 1
    assert "give --data DIR or set PYTHIA_DATA" in printed.output
    monkeypatch.setenv("PYTHIA_DATA", str(tmp_path))
    assert "has no file 'onet/Tasks to DWAs.txt'" in run(app).output


def test_a_pair_whose_standard_has_no_duties_is_refused(
    app: Flask, folder: Path, word_encoder: WordEncoder
) -> None:
    pairs = {"pairs": [{"occupation": "Worker 0", "standards": ["Worker of nothing"]}]}
    (folder / "eval/fop_standard_pairs.json").write_text(json.dumps(pairs))
    printed = run(app, "--data", str(folder))
    assert printed.exit_code == 1
    assert "has no right standard" in printed.output


def test_profiles_hold_the_tasks_of_their_own_occupation(folder: Path) -> None:
    given = read_pair_set(
        read_pairs(folder / "eval/fop_standard_pairs.json"),
        folder / "onet/Task Statements.txt",
        folder / "ifate/ifate_standards_2021_full.json",
    )
    assert given.members.tolist() == [[True] * 3]
    assert given.owners.tolist() == np.repeat(range(8), 3).tolist()
    assert given.right.tolist() == [[True] + [False] * 7]


def test_bm25_is_the_published_formula() -> None:
    scores = bm25(["weld steel"], ["weld steel plate", "weld pipe", "paint walls"])
    # n = 3; "weld" stands in two texts, "steel" in one; lengths 3, 2, 2, mean 7/3.
    weld, steel = np.log(1 + 1.5 / 2.5), np.log(1 + 2.5 / 1.5)
    long, short = (2.2 / (1 + 1.2 * (0.25 + 0.75 * length / (7 / 3))) for length in (3, 2))
    expected = [[(weld + steel) * long, weld * short, 0]]
    np.testing.assert_allclose(scores, expected, rtol=1e-6)
