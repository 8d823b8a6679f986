"""The findings explorer: every page at a desk and on a phone, by keyboard, and without scripts.

One cycle is filled once, and each page opened once with scripts, once without, and once by a
published link in a private window.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cycles.core.extensions import db
from reports.explorer.registry import pages
from reports.publishing.commands import publish_snapshot
from reports.publishing.links import token_of
from reports.publishing.models import Audience
from tests.browser.screens import SIDEWAYS, SmallSite, faults_of, let_go, open_home, small_site
from tests.factories import NOW, make_cast
from tests.reports.findings_cases import ACTOR, fill_findings

pytestmark = pytest.mark.browser

COUNT = 12
PEOPLE = r"\bAda\b|Bright|\bEma\b|Lindqvist|Rater\d"
QUERIES = {"search": "?q=oven+sensor"}
UNLOADED = """() => [...document.images].filter(each => !each.naturalWidth)
  .map(each => 'not loaded: ' + each.src)"""
UNREACHABLE = """() => [...document.querySelectorAll('main [tabindex]')]
  .filter(each => each.tabIndex < 0 && each.checkVisibility() && each.id !== 'main-content')
  .map(each => 'no key reaches it: ' + each.outerHTML.slice(0, 160))"""


@pytest.fixture(scope="module")
def explored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSite]:
    folder: Path = tmp_path_factory.mktemp("explorer")
    with small_site(folder, fill, name="explorer") as site:
        yield site


def fill(site: SmallSite) -> None:
    with site.app.app_context():
        db.create_all()
        cast = make_cast()
        snapshot = fill_findings(cast, COUNT)
        facts = {"actor": ACTOR, "moment": NOW}
        link = publish_snapshot(snapshot=snapshot, audience=Audience.LINK, **facts)
        db.session.commit()
        site.home = f"/cycles/{cast.cycle.id}/findings/"
        site.link = f"/published/{token_of(link)}/"
        site.people = {"ada": cast.ada}
        let_go(site)


def addresses(page: Page, start: str) -> Iterator[str]:
    """Open every page in turn, then the first thing that it links to; yield where it stands."""
    for name, kind in pages().items():
        answer = page.goto(f"{start}{name}{QUERIES.get(name, '')}")
        assert answer is not None
        assert answer.status == 200, name
        found = re.search(rf'href="([^"]*/{name}/[\w-]+)["?]', answer.text())
        yield name
        if kind.item and found:
            answer = page.goto(start[: start.index("/", 8)] + found[1])
            assert answer is not None
            assert answer.status == 200, found[1]
            yield f"{name}, one"


def private(browser: Browser, *, has_scripts: bool = True) -> BrowserContext:
    return browser.new_context(
        viewport={"width": 360, "height": 800}, java_script_enabled=has_scripts
    )


def test_every_page_is_usable_quiet_and_never_too_wide(
    explored: SmallSite, browser: Browser
) -> None:
    page, said, faults = open_home(browser, explored, "ada"), list[str](), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    seen = []
    for name in addresses(page, explored.url + explored.home):
        found = faults_of(page) + page.evaluate(UNLOADED) + page.evaluate(UNREACHABLE) + said
        faults += [f"{name}: {fault}" for fault in found]
        said.clear()
        seen.append(name)
    assert not faults, "\n".join(faults)
    assert "profiles, one" in seen


def test_every_page_serves_without_scripts(explored: SmallSite, browser: Browser) -> None:
    page = open_home(browser, explored, "ada", has_scripts=False)
    page.set_viewport_size({"width": 360, "height": 800})
    faults = []
    for name in addresses(page, explored.url + explored.home):
        expect(page.locator("main h1")).to_be_visible()
        faults += [f"{name}: {fault}" for fault in page.evaluate(SIDEWAYS)]
    assert not faults, "\n".join(faults)
    page.goto(f"{explored.url}{explored.home}capabilities")
    page.locator("#capabilities-q").fill("sensor 7")
    page.get_by_role("button", name="Show").first.click()
    expect(page.get_by_role("row").filter(has_text="sensor 7")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").first.click()
    assert Path(download.value.path()).read_text("utf-8-sig").count("sensor 7") == 1


def test_a_published_link_opens_in_a_private_window_and_leaves_nothing(
    explored: SmallSite, browser: Browser
) -> None:
    context = private(browser)
    page, said, faults = context.new_page(), list[str](), list[str]()
    page.on("console", lambda message: said.append(message.text))
    for name in addresses(page, explored.url + explored.link):
        text = page.locator("body").inner_text()
        faults += [f"{name}: names {who}" for who in re.findall(PEOPLE, text)]
        faults += [f"{name}: {fault}" for fault in page.evaluate(SIDEWAYS) + said]
        faults += [] if page.locator("meta[name=robots][content*=noindex]").count() else [name]
        said.clear()
    assert not faults, "\n".join(faults)
    assert context.cookies() == []


def test_the_keyboard_alone_searches_opens_and_comes_back(
    explored: SmallSite, browser: Browser
) -> None:
    page = open_home(browser, explored, "ada")
    page.goto(f"{explored.url}{explored.home}search")
    tab_to(page, "input[type=search]")
    page.keyboard.type("oven sensor")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Capabilities")).to_be_visible()
    tab_to(page, ".p-found__text a")
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_contain_text("C-0")


def test_the_threshold_moves_by_keys_and_the_numbers_follow(
    explored: SmallSite, browser: Browser
) -> None:
    page = open_home(browser, explored, "ada")
    page.goto(f"{explored.url}{explored.home}provision")
    tab_to(page, "input[type=range]")
    page.keyboard.press("End")
    expect(page.locator("main")).to_contain_text("at 99")
    expect(page).to_have_url(re.compile("threshold=99"))
    page.reload()
    expect(page.locator("input[type=range]")).to_have_value("99")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus stands in what the selector names."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"no key reaches {selector}")
