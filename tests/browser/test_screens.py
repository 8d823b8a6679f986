"""Every screen, as each kind of person reaches it by links: usable, quiet and never too wide."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import new_page
from tests.browser.screens import SmallSite, faults_of, pages_linked_from, pattern, small_site

pytestmark = pytest.mark.browser

CONVENER, *OTHERS = ("ada", "alan", "ema", "pia", "eddy", "tom", "sol")
MOST_PAGES = 120
ELSEWHERE = ("/findings/", "/published/")
"""The findings have a pass of their own, over every page of theirs: ``test_explorer``."""
OUTSIDE = ("alan",)
"""The administrator has no place in the cycle, and so no way into it."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSite]:
    with small_site(tmp_path_factory.mktemp("screens")) as site:
        yield site


def sign_in(browser: Browser, small: SmallSite, name: str, said: list[str]) -> Page:
    page = new_page(browser)
    page.goto(small.link_for(name))
    page.get_by_role("button", name="Sign in").click()
    listen(page, said)
    return page


def listen(page: Page, said: list[str]) -> None:
    """Keep what the console says: a refused script or style is said there and nowhere else."""
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))


def crawl(
    page: Page, small: SmallSite, said: list[str], starts: set[str], seen: set[str]
) -> list[str]:
    """Follow links from the starts to what nobody has seen yet; return what is wrong."""
    faults = []
    waiting, opened = sorted(starts), set[str]()
    while waiting and len(opened) < MOST_PAGES:
        address = waiting.pop(0)
        name = pattern(address)
        if name in opened or (name in seen and address not in starts):
            continue
        opened.add(name)
        said.clear()
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        linked = pages_linked_from(page, small)
        waiting += [each for each in linked if not any(part in each for part in ELSEWHERE)]
        faults += [f"{name}: {fault}" for fault in faults_of(page) + said]
    seen |= opened
    return faults


def starts_of(small: SmallSite, name: str) -> set[str]:
    return {small.url + "/"} | ({small.url + small.home} if name not in OUTSIDE else set())


def test_every_screen_of_the_convener(small: SmallSite, browser: Browser) -> None:
    said: list[str] = []
    seen: set[str] = set()
    page = sign_in(browser, small, CONVENER, said)
    faults = crawl(page, small, said, starts_of(small, CONVENER), seen)
    assert not faults, "\n".join(faults)
    assert len(seen) > 40


def test_every_screen_of_everybody_else(small: SmallSite, browser: Browser) -> None:
    said: list[str] = []
    seen: set[str] = set()
    faults = []
    for name in OTHERS:
        page = sign_in(browser, small, name, said)
        found = crawl(page, small, said, starts_of(small, name), seen)
        faults += [f"{name}, {fault}" for fault in found]
        page.context.close()
    assert not faults, "\n".join(faults)


def test_every_screen_before_signing_in(small: SmallSite, browser: Browser) -> None:
    page = new_page(browser)
    faults = []
    addresses = ("/", "/sign-in", "/sign-in/sent", "/sign-in/nothing", "/accessibility")
    for path in (*addresses, "/privacy", "/glossary", "/invitations/nothing", "/nowhere"):
        page.goto(small.url + path)
        faults += [f"{path}: {fault}" for fault in faults_of(page)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("path", ["set-up", "people", "audit", "nowhere"])
def test_a_page_that_is_refused_is_still_a_page(
    path: str, small: SmallSite, browser: Browser
) -> None:
    page = sign_in(browser, small, "ema", [])
    answer = page.goto(f"{small.url}{small.home}{path}")
    assert answer is not None
    assert answer.status in (403, 404)
    assert faults_of(page) == []
