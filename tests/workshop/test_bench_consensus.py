"""``flask bench consensus`` prints its table; how fast anything is, no test says."""

import re

import numpy as np
import pytest
from click.testing import Result
from flask import Flask

from consensus.scale import EXPERT, NO_CODE
from cycles.core.benchmarks import Ratio, best_milliseconds
from workshop.benchmarks import consensus as bench

TINY = ["bench", "consensus", "--raters", "6", "--capabilities", "2", "--turns", "2"]
pytestmark = pytest.mark.one_database
OWN = (bench.BARE, bench.SPREAD, bench.FULL, bench.RECORDS, bench.ALPHA)
RATIO = re.compile(r"^(.+?) +([\d.]+)x +(at (?:most|least) \d+x) +(met|NOT met) +to (.+)$", re.M)
TIME = re.compile(r"^(.+?) +([\d.]+) ms$", re.M)


def run(app: Flask, arguments: list[str]) -> Result:
    return app.test_cli_runner().invoke(args=arguments)


def test_it_prints_every_time_and_every_ratio_with_its_aim(app: Flask) -> None:
    printed = run(app, TINY)
    assert printed.exit_code == 0, printed.output
    assert "6 raters x 2 capabilities x 4 role levels x 5 partners: 240 ratings" in printed.output
    times = dict(TIME.findall(printed.output))
    assert list(times) == [*OWN, bench.PANDAS, bench.PACKAGE]
    assert all(float(spent) >= 0 for spent in times.values())
    rows = RATIO.findall(printed.output)
    assert [(name, aim, beside) for name, _, aim, _, beside in rows] == [
        (bench.FULL, "at most 10x", bench.BARE),
        (bench.SPREAD, "at most 3x", bench.BARE),
        (bench.PANDAS, "at least 20x", bench.SPREAD),
        (bench.PACKAGE, "at least 20x", bench.ALPHA),
    ]
    assert all(float(ratio) > 0 for _, ratio, *_ in rows)
    assert "is not ours" not in printed.output


def test_without_the_peers_it_says_so_and_prints_the_rest(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(bench, "import_module", missing)
    printed = run(app, TINY)
    assert printed.exit_code == 0, printed.output
    for name in ("pandas", "krippendorff"):
        assert f"{name} is not installed, so it is left out" in printed.output
    assert list(dict(TIME.findall(printed.output))) == list(OWN)
    assert len(RATIO.findall(printed.output)) == 2


def test_a_peer_with_another_answer_is_told_apart(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "is_same_spread", lambda found, ours: False)
    printed = run(app, TINY)
    assert printed.exit_code == 0, printed.output
    assert f"The answer of {bench.PANDAS} is not ours" in printed.output


def test_the_simulated_panel_is_the_same_each_time_and_of_the_promised_shape() -> None:
    panel, again = bench.simulated_panel(200, 300), bench.simulated_panel(200, 300)
    assert np.array_equal(panel.first, again.first)
    assert np.array_equal(panel.second, again.second)
    for codes in (panel.first, panel.second):
        assert codes.dtype == np.int8
        assert codes.shape == (200, 300)
        assert (codes.min(), codes.max()) == (NO_CODE, EXPERT)
        assert (codes == NO_CODE).mean() == pytest.approx(0.03, abs=0.005)
    both = (panel.first != NO_CODE) & (panel.second != NO_CODE)
    moved = (panel.first != panel.second)[both].mean()
    assert moved == pytest.approx(0.15, abs=0.02)
    assert panel.second_without_blanks.min() == 0


def test_pieces_of_work_take_turns() -> None:
    done: list[str] = []
    times = best_milliseconds(
        {"a": lambda: done.append("a"), "b": lambda: done.append("b")}, turns=2
    )
    assert done == ["a", "b"] * 3
    assert list(times) == ["a", "b"]
    assert all(spent >= 0 for spent in times.values())


def test_a_ratio_keeps_its_bound_from_the_right_side() -> None:
    assert Ratio("ours", 10, 10).is_met
    assert not Ratio("ours", 10.1, 10).is_met
    assert Ratio("theirs", 0.6, 0.6, is_ceiling=False).is_met
    assert not Ratio("theirs", 0.5, 0.6, is_ceiling=False).is_met
    assert Ratio("theirs", 0.5, 0.6, is_ceiling=False).aim == "at least 0.6x"
