"""Charts of the explorer's pages: as specifications and pictures, through both doors."""

import json
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest

from cycles.core.audit import Actor
from cycles.core.extensions import db
from reports.charts.vega.chart import Axis, Chart
from reports.charts.vega.curves import Point, curve
from reports.document.commands import take_snapshot
from reports.explorer import chart_view as views
from reports.explorer.look import Look
from reports.explorer.registry import pages
from reports.publishing.commands import publish_snapshot
from reports.publishing.links import address_of
from reports.publishing.models import Audience
from reports.results.queries import forget
from tests.client import ParsingClient
from tests.factories import NOW, Cast, make_statement
from tests.reports.chart_samples import of_a_curve

SVG = "{http://www.w3.org/2000/svg}"


def charts(look: Look, _code: str) -> Sequence[Chart]:
    """Return a chart that says what it is of: the search and the threshold."""
    words = f"{look.args.get('q', 'all')} at {look.threshold} %"
    points = [Point(1, 1, words), Point(2, 2, words)]
    return (
        curve("shown", title=words, summary="A line.", points=points, x=Axis("X"), y=Axis("Y")),
    )


@pytest.fixture
def findings(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the findings, where the page of capabilities has a chart."""
    make_statement(cast.cycle)
    kind = pages()["capabilities"]
    monkeypatch.setitem(pages(), "capabilities", replace(kind, charts=charts))
    forget()
    return f"/cycles/{cast.cycle.id}/findings"


@pytest.fixture
def ada(client: ParsingClient, cast: Cast) -> ParsingClient:
    return client.sign_in(cast.ada)


def words_in(svg: str) -> str:
    return " ".join(each.text or "" for each in ElementTree.fromstring(svg).iter(f"{SVG}text"))


def test_a_chart_is_served_as_specification_and_pictures(ada: ParsingClient, findings: str) -> None:
    address = f"{findings}/capabilities/charts/shown"
    spec = ada.get(f"{address}.json")
    assert spec.content_type == "application/json; charset=utf-8"
    assert json.loads(spec.data)["data"]["values"][0]["words"] == "all at 50 %"
    picture = ada.get(f"{address}.svg")
    assert picture.content_type.startswith("image/svg+xml")
    assert "filename=shown-working-at-50.svg" in picture.headers["Content-Disposition"]
    assert "all at 50 %" in words_in(picture.text)
    assert "Working results, as the cycle stood on" in words_in(picture.text)
    assert ada.get(f"{address}.png").data.startswith(b"\x89PNG")


def test_a_picture_for_the_page_has_no_title_of_its_own(ada: ParsingClient, findings: str) -> None:
    picture = ada.get(f"{findings}/capabilities/charts/shown.svg?plain=1").text
    assert "Working results" not in words_in(picture)
    assert ElementTree.fromstring(picture)[0].text == "all at 50 %"


def test_a_picture_is_of_what_is_looked_at(ada: ParsingClient, findings: str) -> None:
    address = f"{findings}/capabilities/charts/shown.json?threshold=62&q=oven"
    assert "oven at 62 %" in ada.get(address).text


def test_what_no_page_has_is_not_found(ada: ParsingClient, findings: str) -> None:
    for missing in ("capabilities/charts/other", "no/charts/x"):
        assert ada.get(f"{findings}/{missing}.svg").status_code == 404
    assert ada.get(f"{findings}/capabilities/charts/shown.gif").status_code == 404


def test_who_may_see_nothing_yet_gets_no_picture(
    client: ParsingClient, cast: Cast, findings: str
) -> None:
    answer = client.sign_in(cast.sol).get(f"{findings}/capabilities/charts/shown.svg")
    assert answer.status_code == 404


def test_a_link_serves_the_charts_of_its_snapshot(
    client: ParsingClient, cast: Cast, findings: str
) -> None:
    actor = Actor(cast.ada.id, cast.ada.name)
    snapshot = take_snapshot(cycle=cast.cycle, actor=actor, moment=NOW)
    made = publish_snapshot(snapshot=snapshot, audience=Audience.LINK, actor=actor, moment=NOW)
    db.session.commit()
    address = f"{address_of(made).removeprefix('http://localhost')}capabilities"
    assert "Snapshot 1, frozen on" in words_in(client.get(f"{address}/charts/shown.svg").text)
    assert "all at 50 %" in client.get(f"{address}/charts/shown.json").text


def test_a_page_carries_small_specifications_and_asks_for_large_ones(
    ada: ParsingClient, findings: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[views.ChartView] = []
    kind = pages()["capabilities"]

    def build(look: Look, code: str) -> object:
        kept.append(views.chart_view(look, kind.name, of_a_curve(), table_id="list"))
        return kind.build(look, code)

    monkeypatch.setitem(pages(), "capabilities", replace(kind, build=build))
    hostile = "cycle_id=x&page_name=x&chart_name=x&_external=1&plain=1"
    address = f"{findings}/capabilities?q=oven&threshold=62&{hostile}"
    assert ada.get(address).status_code == 200
    monkeypatch.setattr(views, "LARGEST_INLINE", 100)
    assert ada.get(address).status_code == 200
    small, large = kept
    assert small.spec == of_a_curve().spec
    assert large.spec is None
    asked = parse_qs(urlsplit(large.picture_href).query)
    assert asked == {"q": ["oven"], "threshold": ["62"], "plain": ["1"]}
    assert "plain" not in large.svg_href
