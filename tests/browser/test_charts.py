"""Charts in a real browser, under the policy that every page has: drawn, read, resized, replaced.

The pages are rendered by the application and handed to the browser; no server runs.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask, make_response, render_template_string
from playwright.sync_api import Browser, Locator, Page, Route, expect

from reports.charts.vega.chart import Chart
from reports.charts.vega.heat_maps import Shade
from reports.charts.vega.pictures import svg_of
from tests.browser.screens import AXE, BY_AXE
from tests.reports.chart_samples import (
    HOSTILE,
    of_a_curve,
    of_a_scatter,
    of_heat,
    samples,
    view_of,
)

ROOT = Path(__file__).resolve().parents[2]
HEAD = """{% extends "base.html" %}{% from "macros/chart.html" import chart %}
{% block title %}Charts{% endblock %}
{% block content %}<h1>Charts</h1>
<button hx-get="/part" hx-target="#part" hx-swap="outerHTML">Look again</button>"""
PART = """{% from "macros/chart.html" import chart %}
<div id="part">{% for each in charts %}{{ chart(each) }}{% endfor %}</div>"""
TAIL = """{% endblock %}
{% block scripts %}<script src="{{ url_for('static', filename='js/charts.js') }}"
  nonce="{{ cspNonce }}" type="module"></script>{% endblock %}"""
PAGE = HEAD + PART + TAIL
SITE = "http://localhost"


@dataclass
class Window:
    """An open page, what its browser complained of, and the charts that it shows next."""

    page: Page
    charts: list[Chart]
    complaints: list[str] = field(default_factory=list)

    def chart(self, chart: Chart) -> Locator:
        """Return a chart on the page, in sight and drawn."""
        figure = self.page.locator(f"#chart-{chart.name}")
        figure.scroll_into_view_if_needed()
        expect(figure.locator(".p-chart__drawing svg")).to_be_visible()
        return figure


Open = Callable[..., Window]


@pytest.fixture
def opened(app: Flask, cast: object, browser: Browser) -> Open:
    """Return a function that opens a page of charts."""

    def open_page(charts: list[Chart], width: int = 1280, **given: bool) -> Window:
        has_scripts, has_drawer = given.get("scripts", True), given.get("drawer", True)
        context = browser.new_context(
            java_script_enabled=has_scripts, viewport={"width": width, "height": 900}
        )
        window = Window(context.new_page(), charts)
        window.page.on("console", lambda said: window.complaints.append(said.text))
        window.page.on("pageerror", lambda raised: window.complaints.append(str(raised)))
        window.page.route("**/*", lambda route: _answer(app, route, window, has_drawer=has_drawer))
        window.page.goto(f"{SITE}/")
        return window

    return open_page


def _answer(app: Flask, route: Route, window: Window, *, has_drawer: bool) -> None:
    path = urlsplit(route.request.url).path
    named = {each.name: each for each in window.charts}.get(Path(path).stem)
    if path.startswith("/static/") and (has_drawer or not path.endswith("vega.js")):
        route.fulfill(path=ROOT / path.lstrip("/"))
    elif named and path.endswith(".svg"):
        route.fulfill(body=svg_of(named), content_type="image/svg+xml")
    elif named and path.endswith(".json"):
        route.fulfill(body=json.dumps(named.spec), content_type="application/json")
    elif path in ("/", "/part"):
        _answer_page(app, route, path, window.charts)
    else:
        route.fulfill(status=404)


def _answer_page(app: Flask, route: Route, path: str, charts: list[Chart]) -> None:
    with app.test_request_context(path):
        app.preprocess_request()
        # The first is fetched and the others stand in the page: both are ways of real pages.
        views = [view_of(each, is_inline=at > 0) for at, each in enumerate(charts)]
        html = render_template_string(PAGE if path == "/" else PART, charts=views)
        answer = app.process_response(make_response(html))
    route.fulfill(body=answer.get_data(), headers=dict(answer.headers))


def test_every_kind_is_drawn_under_the_policy_without_a_word(opened: Open) -> None:
    window = opened(samples())
    for each in window.charts:
        figure = window.chart(each)
        expect(figure.get_by_role("img", name=each.title)).to_be_attached()
    assert window.complaints == []
    window.page.evaluate(AXE)
    assert window.page.evaluate(BY_AXE) == []
    assert not window.page.locator("b, script:not([src]):not([nonce])").count()


def test_values_are_read_out_by_keyboard(opened: Open) -> None:
    chart = of_a_scatter()
    figure = opened([chart]).chart(chart)
    reading = figure.locator(".p-chart__reading")
    figure.get_by_role("group").focus()
    words = [row["words"] for row in chart.spec["data"]["values"]]
    for key, at in (("ArrowRight", 0), ("ArrowRight", 1), ("ArrowLeft", 0), ("End", -1)):
        figure.page.keyboard.press(key)
        expect(reading).to_have_text(words[at])
    expect(figure.locator(".p-chart__mark--read")).to_have_count(1)
    figure.page.keyboard.press("Escape")
    expect(reading).to_have_text("")


def test_hostile_words_beside_the_pointer_are_only_words(opened: Open) -> None:
    window = opened([of_a_scatter()])
    window.chart(window.charts[0]).locator("path[role='graphics-symbol']").first.hover()
    expect(window.page.locator(".vg-tooltip")).to_contain_text(HOSTILE)
    assert window.complaints == []


def test_charts_fit_a_phone_and_follow_its_width(opened: Open) -> None:
    wide = of_heat(30, Shade.AMOUNT)
    window = opened([*samples()[:6], wide], width=360)
    for each in window.charts:
        window.chart(each)
    assert window.page.evaluate("document.documentElement.scrollWidth") == 360
    drawing = window.chart(window.charts[0]).locator("svg")
    assert drawing.evaluate("drawing => drawing.getBoundingClientRect().right") <= 360
    window.page.set_viewport_size({"width": 800, "height": 900})
    expect(drawing).not_to_have_attribute("width", "330")
    window.page.wait_for_function(
        "() => document.querySelector('.p-chart svg').getBoundingClientRect().width > 600"
    )
    # What is wider than its frame is reached there, by keyboard too.
    frame = window.page.locator(f"#chart-{wide.name} .p-chart__frame")
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth && frame.tabIndex === 0")


def test_a_fragment_brings_its_chart_and_the_one_before_stands_until_then(opened: Open) -> None:
    window = opened([of_a_curve()])
    window.chart(window.charts[0])
    window.charts[0] = replace(of_a_curve(), title="44 of 137 at 52 %")
    window.page.get_by_role("button", name="Look again").click()
    expect(window.page.get_by_role("img", name="44 of 137 at 52 %")).to_be_attached()
    window.chart(window.charts[0])
    expect(window.page.locator(".p-chart__picture svg")).to_have_count(1)
    assert window.complaints == []


@pytest.mark.parametrize("missing", ["scripts", "drawer"])
def test_what_cannot_be_drawn_here_stands_as_a_picture(opened: Open, missing: str) -> None:
    page = opened([of_a_curve()], **{missing: False}).page
    expect(page.get_by_role("img", name=of_a_curve().title)).to_be_attached()
    still = page.locator(".p-chart__still")
    still.scroll_into_view_if_needed()
    expect(still).to_be_visible()
    if missing == "drawer":
        page.wait_for_function("document.querySelector('.p-chart__still').naturalWidth > 0")
