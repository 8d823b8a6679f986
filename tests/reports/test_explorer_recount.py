"""Every number of the explorer's pages equals a recount from the data package, in plain Python.

The package is taken through the same door as the pages. What counts it again knows nothing of the
product: see ``recount``. A table of a page that nobody counts again has to be named below.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest

from reports.results.queries import forget
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import Cast
from tests.reports.recount import Package
from tests.reports.recount_cases import make_town
from tests.reports.recount_items import ITEMS, TILES, pairs
from tests.reports.recount_pages import TABLES
from tests.reports.report_cases import bake

Rows = list[dict[str, Any]]
COUNTED_OTHERWISE = {
    ("matches", "duties"): "held to the pairs, below",
    ("comparison", "capabilities"): "held to the pairs, below",
    ("comparison", "duties"): "held to the pairs, below",
    ("sensitivity", "cells"): "held to the count of what changes, below",
}
TILE = re.compile(r'p-tile__value">([^<]*)</span>\s*<(?:a|span)[^>]*>([^<]*)<')
THRESHOLDS = (None, 70)


@pytest.fixture(params=["small", "middling"])
def findings(
    request: pytest.FixtureRequest,
    cast: Cast,
    run_jobs: Callable[[], int],
    word_encoder: WordEncoder,
    client: ParsingClient,
) -> Callable[..., Any]:
    """Return what a path under the findings of a cycle answers to its convener."""
    forget()
    cycle = bake(cast, run_jobs).cycle if request.param == "small" else make_town(cast, run_jobs)
    client.sign_in(cast.ada)
    return lambda path: client.get(f"/cycles/{cycle.id}/findings/{path}")


def test_every_number_can_be_counted_again(findings: Callable[..., Any]) -> None:
    hold_names(findings)
    hold_agreement(findings)
    content = findings("package.zip").data
    for threshold in THRESHOLDS:
        package = Package(content, threshold)
        at = f"&threshold={threshold}" if threshold else ""
        for (page, table), (key, count) in TABLES.items():
            rows = findings(f"{page}.json?table={table}{at}").json["rows"]
            hold(f"{page}/{table}{at}", rows, key, count(package))
        for (page, table), (code, key, count) in ITEMS.items():
            rows = findings(f"{page}/{code}.json?table={table}{at}").json["rows"]
            hold(f"{page}/{code}/{table}{at}", rows, key, count(package, code), most_only=True)
        for page, count in TILES.items():
            shown = tiles_of(findings(f"{page}?{at}").get_data(as_text=True))
            for label, value in count(package).items():
                assert shown.get(label, value) == value, f"{page}{at}: {label}"
        hold_pairs(findings, package, at)


def hold(
    where: str,
    rows: Rows,
    key: tuple[str, ...],
    expected: dict[tuple[Any, ...], dict[str, Any]],
    *,
    most_only: bool = False,
) -> None:
    """Hold the rows of a table to what was counted: the same rows, the same in each column.

    ``most_only``: the page may have rows of which nothing was counted.
    """
    found = {tuple(row[each] for each in key): row for row in rows}
    assert len(found) == len(rows), where
    missing = set(expected) ^ set(found) if not most_only else set(expected) - set(found)
    assert not missing, where
    # A column of which nothing is known may be left out by the page.
    differing = [
        (place, column, shown, value)
        for place, own in expected.items()
        for column, value in own.items()
        if (shown := found[place].get(column, "not there")) != value
        and (shown, value) != ("not there", None)
    ]
    assert differing == [], where


def hold_pairs(findings: Callable[..., Any], package: Package, at: str) -> None:
    """Hold pages that show pairs to the scores, and what they match to fit and surplus."""
    known = pairs(package)
    for row in findings(f"matches.json?table=duties{at}").json["rows"]:
        own = known[row["code"], row["duty"], row["reference"]]
        assert {name: row[name] for name in own} == own
    for code, standings in package.standings.items():
        for standing in standings[:2]:
            id_ = standing.standard["id"]
            asked = f"comparison.json?profile={code}&standard={id_}{at}&table="
            met = findings(f"{asked}capabilities").json["rows"]
            used = findings(f"{asked}duties").json["rows"]
            assert (len(met), len(used)) == (standing.members, standing.duties)
            assert sum(row["matched"] for row in met) == standing.fit_count
            assert sum(not row["matched"] for row in used) == standing.surplus_count
            for row in (*met, *used):
                hold_pair(row, known.get((row["code"], row["duty"], row["reference"])), package)


def hold_pair(row: dict[str, Any], own: dict[str, Any] | None, package: Package) -> None:
    """Hold one pair to its score; what the run did not keep lies below its floor."""
    if own is None:
        assert row["score"] < int(package.facts["match_floor_percent"])
        assert not row["matched"]
        return
    assert (row["score"], row["matched"]) == (own["score"], own["is_match"])


def hold_agreement(findings: Callable[..., Any]) -> None:
    """Hold what another threshold of agreement changes to the list of the cells that change."""
    for row in findings("sensitivity.json?table=agreement").json["rows"][::4]:
        path = f"sensitivity.json?table=cells&agreement={row['threshold']}"
        assert len(findings(path).json["rows"]) == row["changed"]


def hold_names(findings: Callable[..., Any]) -> None:
    """Let no table of a page escape the recount."""
    listed = findings("take-away.json?table=pages").json["rows"]
    assert {(row["page"], row["table"]) for row in listed} == {*TABLES, *COUNTED_OTHERWISE}


def tiles_of(text: str) -> dict[str, str]:
    return {label.strip(): value.strip() for value, label in TILE.findall(text)}
