"""Fixtures of the browser tests: one site and one browser per worker."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.site import CHROMIUM, FLAGS, Site, start_site
from tests.conftest import database_url

# Five seconds are soon gone where several browsers share two cores.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("site")
    running = start_site(folder, database_url(folder, "site"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(autouse=True)
def tidy(browser: Browser, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    """Close every page after the test; when it failed, keep a picture of each."""
    yield
    has_failed = getattr(request.node, "has_failed", False)
    for context in browser.contexts:
        for number, page in enumerate(context.pages):
            if has_failed:
                picture = tmp_path / f"{id(context)}-{number}.png"
                page.screenshot(path=picture, full_page=True)
                print(f"{page.url} is shown in {picture}")  # noqa: T201 - for whoever mends it
        context.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome = yield
    if outcome.get_result().failed:  # type: ignore[attr-defined]  # pluggy's own object
        item.has_failed = True  # type: ignore[attr-defined]  # read by the fixture above


@pytest.fixture
def as_person(site: Site, browser: Browser) -> Callable[..., Page]:
    """Return a function that opens a browser signed in as somebody, who is made if new."""

    def open_as(email: str, name: str = "", **facts: bool) -> Page:
        page = new_page(browser)
        page.goto(site.link_for(email, name, **facts))
        page.get_by_role("button", name="Sign in").click()
        return page

    return open_as


def new_page(browser: Browser) -> Page:
    """Return a page in a browser context of its own, as wide as a desk."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    return context.new_page()
