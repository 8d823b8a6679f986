"""Drawings: marks stand where their values say, and wear only the identity's colours."""

import re
from pathlib import Path

import pytest
from flask import Flask

from reports.charts.bars import Pair, Part, Stack, paired_bars, stacked_bars
from reports.charts.drawing import Box, Drawing, Words, label_lines
from reports.charts.plots import fit_and_surplus, round_steps, threshold_curve

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "templates/reports/print/drawing.svg"


def boxes(drawing: Drawing, fill: str) -> list[Box]:
    return [each for each in drawing.marks if isinstance(each, Box) and each.fill == fill]


def words(drawing: Drawing) -> list[str]:
    return [each.text for each in drawing.marks if isinstance(each, Words)]


def test_bars_are_as_long_as_their_values() -> None:
    drawing = paired_bars([Pair("A", "design", 10, 40, "10", "40")], "t", ("Today", "Future"))
    (future,) = boxes(drawing, "design")
    today = next(each for each in boxes(drawing, "paper") if each.edge == "design")
    assert future.width == pytest.approx(4 * today.width, abs=0.2)


def test_parts_of_a_stack_follow_each_other() -> None:
    parts = (Part(1, "level-a"), Part(0, "level-p"), Part(3, "level-e", words="3"))
    drawing = stacked_bars([Stack("Row", parts, "4")], "t", [])
    (first,), (last,) = boxes(drawing, "level-a"), boxes(drawing, "level-e")
    assert not boxes(drawing, "level-p")
    assert last.x == pytest.approx(first.x + first.width)
    assert last.width == pytest.approx(3 * first.width, abs=0.2)
    assert {"Row", "3", "4"} <= set(words(drawing))


def test_nothing_to_draw_draws_nothing() -> None:
    assert paired_bars([], "t", ("a", "b")).height > 0
    assert stacked_bars([Stack("Empty", (Part(0, "level-a"),), "0")], "t", []).marks


def test_the_curve_marks_the_threshold_in_force() -> None:
    drawing = threshold_curve([(30, 0), (55, 4), (80, 10)], (55, 4), 10, "t")
    assert "4 at 55 %" in words(drawing)


def test_dots_that_coincide_share_their_label() -> None:
    places = [(20.0, 80.0, "P-0001"), (20.0, 80.0, "P-0002"), (21.0, 80.0, "P-0003")]
    drawing = fit_and_surplus(places, (40, 70, 50), "t")
    named = [each for each in drawing.marks if isinstance(each, Words) and "P-" in each.text]
    assert {each.text for each in named} == {"P-0001, P-0002", "P-0003"}
    assert len({(each.x, each.y) for each in named}) == 2


@pytest.mark.parametrize(
    ("total", "steps"), [(0, [0, 1]), (4, [0, 1, 2, 3, 4]), (137, [0, 50, 100])]
)
def test_axes_have_round_numbers(total: int, steps: list[int]) -> None:
    assert round_steps(total) == steps


def test_long_labels_are_cut_with_an_ellipsis() -> None:
    lines = label_lines("word " * 40, 20)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(len(line) <= 20 for line in lines)


def test_every_colour_is_the_identitys() -> None:
    identity = (ROOT / "static/css/_identity.scss").read_text()
    colours = re.findall(r"#[0-9a-f]{6}\b", TEMPLATE.read_text())
    assert colours
    assert [each for each in colours if each not in identity] == []


def test_texts_are_escaped(app: Flask) -> None:
    drawing = Drawing(10, 10, "<b>", (Words(0, 0, "<script>&"),))
    svg = app.jinja_env.get_template("reports/print/drawing.svg").render(drawing=drawing)
    assert "<script>" not in svg
    assert "<title>&lt;b&gt;</title>" in svg
