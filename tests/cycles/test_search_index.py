"""The nearest of many vectors: exact, with ties in order, and the same through a kept index."""

import ast
from pathlib import Path

import numpy as np
import pytest

from cycles.core.settings import ROOT
from cycles.semantics.encoder import Vectors
from cycles.semantics.index import kept, searching
from cycles.semantics.index.exact import exact_best
from cycles.semantics.index.searching import Index, needs_kept, with_kept
from reports.benchmarks.search_index import draw_vectors, measure, ratios

MATRIX = np.array([[1, 0], [0.6, 0.8], [0.6, 0.8], [0, 1], [0.6, 0.8]], dtype=np.float32)
EAST = np.array([1, 0], dtype=np.float32)


def test_the_best_come_first_and_ties_in_order() -> None:
    assert exact_best(MATRIX, EAST, 3).rows.tolist() == [0, 1, 2]
    assert exact_best(MATRIX, EAST, 9).rows.tolist() == [0, 1, 2, 4, 3]
    np.testing.assert_allclose(exact_best(MATRIX, EAST, 2).scores, [1, 0.6])


def test_only_what_is_allowed_is_found() -> None:
    allowed = np.array([False, True, False, True, False])
    assert exact_best(MATRIX, EAST, 9, allowed).rows.tolist() == [1, 3]
    assert exact_best(MATRIX, EAST, 9, np.zeros(5, dtype=np.bool_)).rows.tolist() == []
    assert exact_best(MATRIX[:0], EAST, 9).rows.tolist() == []
    assert exact_best(MATRIX, EAST, 0).rows.tolist() == []


@pytest.mark.parametrize("most", [1, 7, 40])
def test_exact_means_every_row_was_looked_at(most: int) -> None:
    drawn = draw_vectors(400)
    scores = drawn[:399] @ drawn[399]
    assert exact_best(drawn[:399], drawn[399], most).rows.tolist() == (
        np.argsort(-scores, kind="stable")[:most].tolist()
    )


def test_a_kept_index_finds_the_same_with_the_same_scores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = draw_vectors(3_001)
    matrix, query = drawn[:3_000], drawn[3_000]
    monkeypatch.setattr(searching, "EXACT_UP_TO", 1_000)
    assert needs_kept(matrix)
    assert not needs_kept(matrix[:1_000])
    index, exact = with_kept(matrix, tmp_path / "index" / "m.faiss"), Index(matrix)
    assert exact.is_exact
    assert not index.is_exact
    even = np.arange(3_000) % 2 == 0
    few = np.arange(3_000) < 100
    for allowed in (None, even, few):
        found, wanted = index.best(query, 10, allowed), exact.best(query, 10, allowed)
        assert found.rows.tolist() == wanted.rows.tolist()
        np.testing.assert_allclose(found.scores, wanted.scores, rtol=1e-6)


def test_a_kept_index_is_read_again_and_built_anew_for_other_vectors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, drawn = tmp_path / "m.faiss", draw_vectors(500)
    built: list[int] = []
    build = kept.build

    def counted(matrix: Vectors, fingerprint: str) -> kept.KeptIndex:
        built.append(len(matrix))
        return build(matrix, fingerprint)

    monkeypatch.setattr(kept, "build", counted)
    first = with_kept(drawn, path).best(drawn[3], 5).rows.tolist()
    assert with_kept(drawn, path).best(drawn[3], 5).rows.tolist() == first
    assert built == [500]
    with_kept(drawn[:499], path)
    assert built == [500, 499]
    path.with_suffix(".fingerprint").unlink()
    with_kept(drawn[:499], path)
    assert built == [500, 499, 499]


def test_the_bench_measures_what_it_says() -> None:
    size = measure(600, turns=1)
    assert size.recall == 1
    assert [ratio.name for ratio in ratios([size])] == ["exact"]


def test_nothing_heavy_is_imported_before_it_is_used() -> None:
    heavy = {"torch", "transformers", "sentence_transformers", "faiss"}
    for package in ("consensus", "cycles", "workshop", "reports"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.parse(path.read_text()).body:
                names = [alias.name for alias in getattr(node, "names", ())]
                names += [getattr(node, "module", None) or ""]
                tops = {str(name).split(".", maxsplit=1)[0] for name in names}
                assert not tops & heavy, f"{path} is imported by web processes too"
