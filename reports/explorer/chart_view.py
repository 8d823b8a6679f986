"""A chart as it stands on a page: its words, its specification, and where its pictures are."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reports.charts.vega.chart import Chart
from reports.explorer.look import Look
from reports.explorer.table_view import ADDRESS

LARGEST_INLINE = 24_000
PLAIN = "plain"
"""The argument that asks for a picture without its title."""


@dataclass(frozen=True)
class ChartView:
    """A chart on a page. ``spec`` is None where it is too large to stand in the page itself.

    ``picture_href`` is for the page, which has the title; the other pictures can go alone.

    ``table_id`` is the id of the table that says the same; empty: there is none on the page.
    """

    name: str
    title: str
    summary: str
    height: int
    spec: Mapping[str, Any] | None
    spec_href: str
    picture_href: str
    svg_href: str
    png_href: str
    table_id: str


def chart_view(look: Look, page: str, chart: Chart, *, table_id: str = "") -> ChartView:
    """Return a chart that a page declares, as its template shows it.

    What the address asks of the page goes along, so that a picture is of what is looked at.
    """

    def href(kind: str, **more: int) -> str:
        return look.chart_href(page, chart.name, kind, **{**asked_of(look), **more})

    is_small = len(json.dumps(chart.spec)) <= LARGEST_INLINE
    return ChartView(
        name=chart.name,
        title=chart.title,
        summary=chart.summary,
        height=int(chart.spec["height"]),
        spec=chart.spec if is_small else None,
        spec_href=href("json"),
        picture_href=href("svg", **{PLAIN: 1}),
        svg_href=href("svg"),
        png_href=href("png"),
        table_id=table_id,
    )


def asked_of(look: Look) -> dict[str, str]:
    """Return what the address asks of the page itself: its filters, its search."""
    return {
        name: value
        for name, value in look.args.items()
        if name not in ADDRESS and name != PLAIN and not name.startswith("_")
    }
