"""``flask bench profiles`` prints its tables; how good the real groups are, no test says."""

import hashlib
import re
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from flask import Flask
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from reports.benchmarks.profile_sets import read_tasks
from reports.benchmarks.profile_ways import OURS, allowed, judged, ways
from tests.encoders import WordEncoder

pytestmark = pytest.mark.one_database

FAMILIES = ("11", "13", "15", "17")
THINGS = ("pumps", "ledgers", "gardens", "turbines", "lessons", "samples")
VERBS = ("Inspect", "Repair", "Plan", "Sell", "Store", "Test", "Measure")
SHARED = "Write reports."


def occupations() -> dict[str, list[str]]:
    """Four families of six occupations: one thing each, and a task that all have."""
    return {
        f"{family}-{number}.00": [f"{verb} {family} {thing} daily." for verb in VERBS] + [SHARED]
        for family in FAMILIES
        for number, thing in enumerate(THINGS)
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("onet", "ifate"):
        (tmp_path / name).mkdir()
    head = "O*NET-SOC Code\tTitle\tTask ID\tTask"
    rows = [
        f"{code}\tWorker\t{code}{turn}\t{task}"
        for code, tasks in occupations().items()
        for turn, task in enumerate(tasks)
    ]
    activity = "4.A.1.a.1.I01.D01"
    (tmp_path / "onet/Task Statements.txt").write_text("\r\n".join([head, *rows, ""]))
    links = [f"{row}\t{activity}\tDraw" for row in rows[::2]]
    (tmp_path / "onet/Tasks to DWAs.txt").write_text(
        "\n".join([f"{head}\tDWA ID\tDWA Title", *links])
    )
    (tmp_path / "onet/DWA Reference.txt").write_text(f"DWA ID\tDWA Title\n{activity}\tDraw\n")
    duties = [f"{n},Care,{verb} {thing}" for n, thing in enumerate(THINGS[:3]) for verb in VERBS]
    (tmp_path / "ifate/ifate_duties_2021.csv").write_text(
        "\n".join(["lars_code,route,duty", *duties])
    )
    return tmp_path


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["bench", "profiles", *arguments])


def by_digest(names: list[str]) -> list[str]:
    return sorted(names, key=lambda name: hashlib.sha256(name.encode()).hexdigest())


def kmeans_by_hand() -> tuple[float, float]:
    """K-means told the number, on the families held out, without the code that is judged."""
    rand, information = [], []
    for family in by_digest(list(FAMILIES))[2:]:
        owner = {
            task: code
            for code, tasks in occupations().items()
            for task in tasks
            if code.startswith(family) and task != SHARED
        }
        texts = by_digest(list(owner))
        labels = KMeans(6, n_init=10, random_state=0).fit_predict(WordEncoder().encode(texts))
        truth = [owner[text] for text in texts]
        rand.append(adjusted_rand_score(truth, labels))
        information.append(normalized_mutual_info_score(truth, labels))
    return float(np.mean(rand)), float(np.mean(information))


def test_it_prints_every_way_on_families_held_out(
    app: Flask, folder: Path, word_encoder: WordEncoder
) -> None:
    printed = run(app, "--data", str(folder))
    assert printed.exit_code == 0, printed.output
    held_out, another = re.split(r"\d families, ", printed.output)[1:]
    for part in (held_out, another):
        assert part.count("k-means on the embeddings ") == 2
        assert len(re.findall(r"^ours  .* ± ", part, re.M)) == 2
        assert len(re.findall(r"aim at least .*: (?:NOT )?met; ahead of both in", part)) == 2
    assert held_out.startswith("2 sets of 6 to 6 occupations with 42 to 42 statements.")
    assert another.startswith("1 sets of 3 to 3 occupations with 21 to 21 statements.")
    told = re.search(r"k-means on the embeddings +([\d.]+) ± [\d.]+ +([\d.]+) ±", held_out)
    assert told is not None
    assert [float(told[1]), float(told[2])] == pytest.approx(kmeans_by_hand(), abs=0.0006)
    assert re.search(r"times SciPy's average linkage alone .* 10 s: met$", another, re.M | re.S)


def test_a_task_that_several_share_is_left_out_and_the_order_tells_nothing(folder: Path) -> None:
    first, *others = read_tasks(folder, 8)
    assert len(others) == 3
    assert SHARED not in first.texts
    assert list(first.texts) == by_digest(list(first.texts))
    assert first.occupations == 6
    known = (first.places >= 0).all(axis=1)
    assert 0 < known.sum() < len(known)
    assert (first.places[~known] == -1).all()


def test_ours_is_judged_with_the_number_told_and_with_its_own(
    folder: Path, word_encoder: WordEncoder
) -> None:
    sets = read_tasks(folder, 8)
    texts = [text for given in sets for text in given.texts]
    vectors = dict(zip(texts, word_encoder.encode(texts), strict=True))
    lens = np.eye(64, dtype=np.float32)
    for is_told in (True, False):
        found = judged(ways(lens)[OURS], sets, vectors, is_told=is_told)
        assert list(found) == sorted(FAMILIES)
        assert all(1 / 3 <= row.groups <= 1 for row in found.values())
    assert list(allowed(42)) == [2, 3, 4, 5, 6, 7]


def test_it_asks_for_the_data(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PYTHIA_DATA", raising=False)
    answer = run(app)
    assert answer.exit_code == 1
    assert "--data DIR" in answer.output
    absent = run(app, "--data", str(tmp_path))
    assert absent.exit_code == 1
    assert "has no file 'onet/Task Statements.txt'" in absent.output
