"""Pictures of charts: the specification drawn here as SVG and PNG, by the same Vega as the page's.

Nothing is ever fetched. The drawer is loaded with the first picture: it takes a second and 80 MB,
which a process that draws none does without. A picture is kept by what it was drawn of.
"""

import json
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from textwrap import wrap
from threading import Lock
from typing import Any

from cycles.core.sayable import sayable
from cycles.core.turns import Turns
from reports.charts.vega.chart import Chart, Spec
from reports.charts.vega.identity import FAMILY, LETTER
from reports.charts.vega.lean import lean
from reports.charts.vega.letters import width

VEGA_LITE = "6.1"
WIDTH = 680
TITLE_LETTERS = 72
SOURCE_LETTERS = 100
SURE_ROOM = 460
"""Pixels that a chart of ``WIDTH`` has at least beside its axis and the words at its bars' ends."""
BOLD = 1.1
WHOLE_WIDTH = {"expr": "width"}
SHARPNESS = 2
MOST_BYTES_KEPT = 12_000_000
MOST_AT_ONCE = 3
"""One is drawn and two wait: more would keep threads that pages are waiting for."""
MEASURED = "Liberation Sans"
"""The drawer cannot measure a family whose name ends in a figure, and guesses 40 % too wide. This
one it carries itself; it is a little wider than ours, and no machine's own fonts change a picture.
"""
FONTS = Path(__file__).parents[3] / "static" / "build" / "fonts"

_kept: dict[str, bytes] = {}
_one_at_a_time = Lock()
_turns = Turns(MOST_AT_ONCE, "Other pictures are being drawn. Ask for this one again in a moment.")


def svg_of(chart: Chart, *, source: str = "", patience: float = 0) -> str:
    """Return the chart as SVG with a title and a description for those who do not see it.

    With ``source`` (what it rests on) both stand in the picture itself, which can then go alone.
    ``patience`` is how many seconds to wait while others are drawn.
    """
    drawn = _drawn("svg", spec_of(chart, source), patience).decode()
    title, summary = escape(sayable(chart.title)), escape(sayable(chart.summary))
    told = f"<title>{title}</title><desc>{summary}</desc>"
    start = drawn.index(">", drawn.index("<svg"))
    return f'{drawn[:start]} role="img">{told}{drawn[start + 1 :]}'


def png_of(chart: Chart, *, source: str, patience: float = 0) -> bytes:
    """Return the chart as PNG, at twice its size, with its title and source in it."""
    return _drawn("png", spec_of(chart, source), patience)


def spec_of(chart: Chart, source: str = "") -> Spec:
    """Return the specification at a width of its own, titled if it names its ``source``."""
    spec: Spec = dict(chart.spec)
    if spec["width"] == "container":
        spec["width"] = WIDTH
        spec["layer"] = [_without_limit(each) for each in spec["layer"]]
    if source:
        spec["title"] = {
            "text": wrap(chart.title, TITLE_LETTERS),
            "subtitle": wrap(source, SOURCE_LETTERS),
        }
    # The drawer does not refuse what XML cannot say: it takes the whole process with it.
    cleaned: Spec = _sayable(spec)
    return cleaned


def _sayable(value: Any) -> Any:
    """Return a specification whose every text can be drawn."""
    if isinstance(value, str):
        return sayable(value)
    if isinstance(value, dict):
        return {name: _sayable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_sayable(each) for each in value]
    return value


def _without_limit(layer: Spec) -> Spec:
    """Return a layer whose words surely have room here without the limit that narrow pages need.

    The drawer takes as long to see that they have as to draw all the rest.
    """
    mark, values = layer["mark"], layer.get("data", {}).get("values", ())
    labels = [each.get("label") for each in values]
    is_sure = all(each and width(each, LETTER) * BOLD < SURE_ROOM for each in labels)
    if mark.get("limit") != WHOLE_WIDTH or not is_sure:
        return layer
    return {**layer, "mark": {name: each for name, each in mark.items() if name != "limit"}}


def _drawn(kind: str, spec: Spec, patience: float) -> bytes:
    key = _key(kind, spec)
    # What is kept needs no turn: only drawing takes long.
    found = _kept.get(key)
    if found is None:
        with _turns.one(patience), _one_at_a_time:
            found = _kept.get(key) or _draw(kind, spec)
            _kept[key] = found
            while sum(map(len, _kept.values())) > MOST_BYTES_KEPT:
                del _kept[next(iter(_kept))]
    return found


def _key(kind: str, spec: Spec) -> str:
    return sha256(f"{kind} {json.dumps(spec, sort_keys=True)}".encode()).hexdigest()


def _draw(kind: str, spec: Spec) -> bytes:
    if kind == "svg":
        return _svg(spec)
    # A report in print has drawn it already when its Word file asks for points.
    svg = _kept.get(_key("svg", spec)) or _svg(spec)
    png: bytes = _drawer().svg_to_png(svg.decode(), scale=SHARPNESS)
    return png


def _svg(spec: Spec) -> bytes:
    measured = {**spec, "config": {**spec["config"], "font": MEASURED}}
    svg: str = _drawer().vegalite_to_svg(measured, vl_version=VEGA_LITE, allowed_base_urls=[])
    return lean(svg.replace(f'font-family="{MEASURED}"', f'font-family="{FAMILY}"')).encode()


@cache
def _drawer() -> Any:
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert
