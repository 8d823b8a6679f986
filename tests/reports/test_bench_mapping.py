"""``flask bench mapping`` prints its tables; how fast or how large anything is, no test says."""

import re
from types import SimpleNamespace

import numpy as np
import pytest
from click.testing import Result
from flask import Flask

from reports.benchmarks import mapping as bench
from reports.benchmarks.growth import Cost
from reports.benchmarks.provision import Sizes, draw_provision

pytestmark = pytest.mark.one_database
TINY = ["bench", "mapping", "--scale", "0.008", "--turns", "1"]
TIME = re.compile(r"^(.+?) +([\d.]+) ms$", re.M)
RATIO = re.compile(r"^(.+?) +([\d.]+)x +(at (?:most|least) [\d.]+x) +(met|NOT met) +(to .+)$", re.M)
GROWTH = re.compile(r"^ +([\d,]+) +([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+)$", re.M)


def semantic_search(queries, corpus, top_k):
    """Find as the peer does, without the ten seconds that importing it takes."""
    scores = queries @ corpus.T
    order = np.argsort(-scores, axis=1)[:, :top_k]
    return [
        [{"corpus_id": int(column), "score": float(row[column])} for column in best]
        for row, best in zip(scores, order, strict=True)
    ]


def run(app: Flask, monkeypatch: pytest.MonkeyPatch, found: object) -> Result:
    def given(name: str) -> object:
        if found is None:
            raise ImportError(name)
        return SimpleNamespace(semantic_search=found)

    monkeypatch.setattr(bench, "import_module", given)
    return app.test_cli_runner().invoke(args=TINY)


def test_it_prints_every_time_ratio_and_size(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = run(app, monkeypatch, semantic_search)
    assert printed.exit_code == 0, printed.output
    assert "200 capabilities x 96 duties x 384, float32: 19,200 pairs" in printed.output
    assert "Kept: all pairs from 40 % up, the 10 best of each capability" in printed.output
    times = dict(TIME.findall(printed.output))
    assert list(times) == [bench.BARE, bench.BARE_THREADS, bench.OURS, bench.PEER]
    assert [(name, aim) for name, _, aim, *_ in RATIO.findall(printed.output)] == [
        ("ours", "at most 1.3x"),
        ("semantic_search", "at least 1.8x"),
        ("extra memory", "at most 1x"),
        ("time a pair", "at most 1.2x"),
        ("memory beside the answer", "at most 2x"),
    ]
    assert [pairs for pairs, *_ in GROWTH.findall(printed.output)] == ["1,200", "4,800", "19,200"]
    assert "not ours" not in printed.output


def test_without_the_peer_it_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "cost_of", lambda sizes: Cost(sizes, 1.0, 1, 1))
    printed = run(app, monkeypatch, None)
    assert printed.exit_code == 0, printed.output
    assert "sentence_transformers is not installed, so it is left out" in printed.output
    assert list(dict(TIME.findall(printed.output))) == [
        bench.BARE,
        bench.BARE_THREADS,
        bench.OURS,
    ]


def test_a_peer_with_other_answers_is_told_apart(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "cost_of", lambda sizes: Cost(sizes, 1.0, 1, 1))
    printed = run(app, monkeypatch, lambda left, right, top_k: [[{"score": 0.0}]] * len(left))
    assert printed.exit_code == 0, printed.output
    assert "The peer's best scores are not ours" in printed.output


def test_the_drawn_country_is_the_same_each_time_and_as_dense_as_the_real_one() -> None:
    sizes = Sizes(900, 700, 60, 20)
    drawn, again = draw_provision(sizes), draw_provision(sizes)
    assert np.array_equal(drawn.capabilities, again.capabilities)
    assert np.array_equal(drawn.duties, again.duties)
    assert np.allclose(np.linalg.norm(drawn.duties, axis=1), 1, atol=1e-6)
    assert drawn.members.sum(axis=1).min() >= 6
    assert drawn.members.sum(axis=1).max() <= 30
    scores = drawn.capabilities @ drawn.duties.T
    assert (scores >= 0.4).mean() == pytest.approx(0.018, abs=0.006)
    assert (scores >= 0.5).mean() == pytest.approx(0.003, abs=0.001)
