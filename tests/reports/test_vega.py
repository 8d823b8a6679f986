"""Charts as specifications and as pictures: lawful, in the identity's colours, titled, inert."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft7Validator
from PIL import Image

from reports.charts.vega import identity
from reports.charts.vega.chart import Axis, Chart
from reports.charts.vega.curves import Mark, Point, curve
from reports.charts.vega.pictures import png_of, svg_of
from tests.reports.chart_samples import (
    HOSTILE,
    of_a_curve,
    of_a_scatter,
    of_heat,
    of_pairs,
    of_stacks,
    samples,
)

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
CHARTS = pytest.mark.parametrize("chart", samples(), ids=lambda each: each.name)


@pytest.fixture(scope="module")
def schema() -> Draft7Validator:
    """The schema of Vega-Lite, of the version that draws."""
    text = files("altair.vegalite.v6.schema").joinpath("vega-lite-schema.json").read_text("utf-8")
    return Draft7Validator(json.loads(text))


@CHARTS
def test_a_specification_is_lawful_vega_lite(schema: Draft7Validator, chart: Chart) -> None:
    spec = json.loads(json.dumps(chart.spec))
    assert [error.message[:300] for error in schema.iter_errors(spec)] == []


@CHARTS
def test_every_axis_has_a_title_or_names_its_rows(chart: Chart) -> None:
    for part in ("x", "y"):
        encoding = chart.spec["encoding"][part]
        axis = encoding["axis"]
        assert axis is None or encoding.get("title") or "labelExpr" in axis


@CHARTS
def test_a_specification_holds_its_values_and_fetches_nothing(chart: Chart) -> None:
    assert not {"url", "href", "src"} & set(keys(chart.spec))
    assert "http" not in json.dumps(chart.spec).replace(chart.spec["$schema"], "")


@CHARTS
def test_a_picture_is_drawn_titled_and_inert(chart: Chart) -> None:
    text = svg_of(chart, source="Working results")
    drawn = ElementTree.fromstring(text)
    assert drawn.attrib["role"] == "img"
    assert [drawn[0].tag, drawn[0].text] == [f"{SVG}title", chart.title]
    assert [drawn[1].tag, drawn[1].text] == [f"{SVG}desc", chart.summary]
    shown = "".join(drawn.itertext())
    assert "Working results" in shown
    tags = {each.tag.removeprefix(SVG) for each in drawn.iter()}
    assert not tags & {"script", "foreignObject", "image", "a", "style", "b", "img"}
    assert not [name for each in drawn.iter() for name in each.attrib if name.startswith("on")]


@pytest.mark.parametrize("draw", [svg_of, partial(png_of, source="Snapshot 2")])
def test_the_drawer_fetches_nothing_even_when_told_to(draw: Callable[[Chart], object]) -> None:
    spec = {**of_a_curve().spec, "data": {"url": "http://127.0.0.1:9/rows.json"}}
    with pytest.raises(ValueError, match="External data url not allowed"):
        draw(replace(of_a_curve(), spec=spec))


def test_words_that_would_be_markup_are_only_words() -> None:
    drawn = ElementTree.fromstring(svg_of(of_stacks()))
    words = [each.text for each in drawn.iter(f"{SVG}text")]
    assert HOSTILE in words


def test_letters_that_xml_cannot_say_are_left_out_and_end_no_process() -> None:
    # One of them in a label and the drawer aborted, and with it the server that had called it.
    bad = "Ov\x01en\ufffes\uffff"
    made = curve("c", title=bad, summary=bad, points=[], x=Axis(bad), y=Axis("Y"), mark=None)
    drawn = svg_of(made, source=bad)
    assert drawn.count("Ovens") >= 4
    ElementTree.fromstring(drawn)
    assert png_of(made, source=bad).startswith(b"\x89PNG")


def test_a_picture_on_a_page_has_no_title_of_its_own() -> None:
    chart = of_a_curve()
    words = [each.text for each in ElementTree.fromstring(svg_of(chart)).iter(f"{SVG}text")]
    assert chart.title not in words
    assert "41 at 50 %" in words
    assert "100" in words  # and not 1e+2


def test_a_png_shows_its_words() -> None:
    chart = of_a_curve()
    picture = Image.open(BytesIO(png_of(chart, source="Snapshot 2")))
    assert picture.width > 1300
    # Where the drawer does not know the font it leaves the words out: the title's line is empty.
    title = picture.convert("L").crop((0, 0, picture.width, 44))
    assert min(title.tobytes()) < 60


def test_the_colours_are_those_of_the_identity() -> None:
    sheet = (ROOT / "static/css/_identity.scss").read_text()
    used = re.findall(r"#[0-9a-f]{6}\b", Path(identity.__file__).read_text())
    assert used
    assert [each for each in used if each not in sheet] == []


def test_what_is_told_apart_by_colour_is_told_by_words_or_shape_too() -> None:
    parts = [row["text"] for row in of_stacks().spec["data"]["values"]]
    assert "D 7" in parts
    assert all(re.fullmatch(r"[DILSE] \d+", each) for each in parts)
    assert {row["text"] for row in of_heat().spec["data"]["values"]}
    assert {row["text"] for row in of_pairs().spec["data"]["values"]}


def test_the_parts_of_a_row_stand_end_to_end() -> None:
    parts = [row for row in of_stacks().spec["data"]["values"] if row["words"].startswith("Manu")]
    assert [row["start"] for row in parts[1:]] == [row["end"] for row in parts[:-1]]
    assert sum(row["end"] - row["start"] for row in parts) == 0 + 11 + 22 + 10 + 21


def test_names_in_a_scatter_never_share_a_line() -> None:
    names = [
        row
        for layer in of_a_scatter().spec["layer"]
        if layer["mark"]["type"] == "rule"
        for row in layer["data"]["values"]
    ]
    heights = sorted(row["at"] for row in names)
    assert len(heights) == 5
    gaps = [later - sooner for sooner, later in pairwise(heights)]
    assert min(gaps) * 420 / 100 >= 18.9


@pytest.mark.parametrize(
    ("rises", "at", "side"),
    [(True, 80, ("right", "bottom")), (True, 31, ("left", "top")), (False, 31, ("left", "bottom"))],
)
def test_the_words_at_the_mark_stand_off_the_curve(
    rises: bool, at: int, side: tuple[str, str]
) -> None:
    points = [Point(x, x if rises else 100 - x, str(x)) for x in range(30, 91)]
    made = curve(
        "c",
        title="t",
        summary="s",
        points=points,
        x=Axis("X, %", 30, 90),
        y=Axis("Y"),
        mark=Mark(at, at, "here"),
    )
    text = made.spec["layer"][-1]["mark"]
    assert (text["align"], text["baseline"]) == side


def test_a_chart_of_nothing_is_still_lawful(schema: Draft7Validator) -> None:
    made = curve("c", title="t", summary="s", points=[], x=Axis("X"), y=Axis("Y"))
    assert not list(schema.iter_errors(json.loads(json.dumps(made.spec))))


def test_a_web_process_loads_the_drawer_with_the_first_picture_only() -> None:
    code = "import sys, wsgi; print('vl_convert' in sys.modules, 'altair' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == ["False", "False"]


def keys(part: Any) -> Iterator[str]:
    """Return every key anywhere in a specification."""
    if isinstance(part, dict):
        yield from part
        for value in part.values():
            yield from keys(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from keys(value)
