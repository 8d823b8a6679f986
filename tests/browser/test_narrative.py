"""Writing prose in a real browser: previewed as it is typed, kept over a closed tab, saved once."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from cycles.core.extensions import db
from reports.narrative.models import NarrativeVersion, Unfinished
from tests.browser.screens import SmallSite, faults_of, let_go, open_home, small_site
from tests.factories import make_cast

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSite]:
    with small_site(tmp_path_factory.mktemp("prose"), fill, "prose") as site:
        yield site


def fill(site: SmallSite) -> None:
    with site.app.app_context():
        db.create_all()
        cast = make_cast()
        db.session.commit()
        site.home = f"/cycles/{cast.cycle.id}/narrative/summary"
        site.people = {"ada": cast.ada}
        let_go(site)


def counts(small: SmallSite) -> tuple[int, int]:
    with small.app.app_context():
        found = db.session.query(Unfinished).count(), db.session.query(NarrativeVersion).count()
        db.session.remove()
    return found


def wait_until_kept(small: SmallSite, page: Page, ending: str) -> None:
    """Wait for the request that outlives its page."""
    with small.app.app_context():
        for _ in range(100):
            words = db.session.scalar(select(Unfinished.markdown)) or ""
            db.session.remove()
            if words.endswith(ending):
                return
            page.wait_for_timeout(100)
    raise AssertionError(f"only this is kept: {words}")


def test_what_is_typed_is_previewed_kept_and_saved_once(small: SmallSite, browser: Browser) -> None:
    page = open_home(browser, small, "ada")
    text = page.get_by_label("Text")
    text.fill("")
    text.press_sequentially("We need **23 profiles** and ")
    page.get_by_text("Numbers, figures and tables that you can name").click()
    page.get_by_label("Find a name").fill("profiles kept")
    expect(page.locator(".p-names tbody tr:visible")).to_have_count(0)
    page.get_by_label("Find a name").fill("partners.count")
    page.get_by_role("button", name="Insert partners.count").click()
    expect(text).to_be_focused()
    text.press_sequentially(" partners.")
    expect(page.locator("#kept")).to_contain_text("Not saved yet.")
    expect(page.locator(".p-preview__sheet strong")).to_have_text("23 profiles")
    expect(page.locator(".p-preview__sheet")).to_contain_text("and 0 partners.")
    expect(page.locator("#preview")).to_contain_text("the data have 0")
    expect(page.locator("#length")).to_have_text("7 of about 200 words")
    assert faults_of(page) == []

    # The page is left before a rest of the keys: what was typed last is there all the same.
    text.press_sequentially(" The last word")
    page.goto(f"{small.url}/")
    wait_until_kept(small, page, "The last word")
    page.goto(small.url + small.home)
    text = page.get_by_label("Text")
    expect(text).to_have_value(re.compile("The last word$"))
    expect(page.get_by_text("words that you typed and have not saved")).to_be_visible()
    assert counts(small) == (1, 0)
    text.fill("We need {{ partners.count }} partners.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("saved. The next snapshot takes it in")).to_be_visible()
    assert counts(small) == (0, 1)


def test_without_scripts_the_button_previews_and_keeps(small: SmallSite, browser: Browser) -> None:
    page = open_home(browser, small, "ada", has_scripts=False)
    page.get_by_label("Text").fill("*Slowly* but surely")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".p-preview__sheet em")).to_have_text("Slowly")
    page.goto(small.url + small.home)
    expect(page.get_by_label("Text")).to_have_value("*Slowly* but surely")
