"""The review of matches in a real browser: a session by keyboard, and the same without a script."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cycles.core.audit import SYSTEM
from cycles.core.extensions import db
from cycles.core.jobs.commands import run_due
from reports.mapping.commands import run_mapping
from reports.mapping.models import MatchReview
from tests.browser.screens import SmallSite, faults_of, let_go, open_home, small_site
from tests.factories import NOW, make_cast
from tests.reports.mapping_cases import make_bakery

pytestmark = pytest.mark.browser

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSite]:
    with small_site(tmp_path_factory.mktemp("review"), fill, "review") as site:
        yield site


def fill(site: SmallSite) -> None:
    """Run map and gap on the bakery: C-003, C-001 and C-002 have one match each, in that order."""
    with site.app.app_context():
        db.create_all()
        cast = make_cast()
        make_bakery(cast.cycle)
        run_mapping(cycle=cast.cycle, actor=SYSTEM, moment=NOW)
        db.session.commit()
        run_due()
        site.home = f"/cycles/{cast.cycle.id}/map-and-gap/review/"
        site.people = {"eddy": cast.eddy, "ema": cast.ema}
        let_go(site)


def is_asked(page: Page, code: str, progress: str) -> None:
    expect(page.locator("#match-capability")).to_contain_text(code)
    expect(page.locator(".p-match__progress")).to_contain_text(progress)


def verdicts_in(small: SmallSite) -> list[str]:
    with small.app.app_context():
        found = [each.verdict.value for each in db.session.query(MatchReview)]
        db.session.remove()
    return found


def press(page: Page, key: str) -> None:
    """Press a key once the match that came last stands there: until then keys rest."""
    expect(page.locator("#match")).to_be_focused()
    page.keyboard.press(key)


def test_a_session_by_keyboard(small: SmallSite, browser: Browser) -> None:
    page = open_home(browser, small, "eddy", has_scripts=True)
    page.get_by_role("link", name="Begin the review").click()
    is_asked(page, "C-003", "0 of 3 reviewed")
    expect(page.locator("#match")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_text("Undo your latest verdict")).to_be_visible()
    assert faults_of(page) == []
    press(page, "a")
    is_asked(page, "C-001", "1 of 3 reviewed")
    expect(page.locator("#announcer")).to_contain_text(
        "Accepted C-003. C-003 is supported as before"
    )
    expect(page.locator("#match")).to_be_focused()

    # Neither with a modifier nor in the field of the reason does a key decide anything.
    page.keyboard.press("Shift+R")
    page.keyboard.press("Alt+a")
    page.locator("#match-reason").press_sequentially("rau")
    page.keyboard.press("Escape")
    press(page, "r")
    is_asked(page, "C-002", "2 of 3 reviewed")
    effect = page.locator("#match-latest")
    expect(effect).to_contain_text("C-001 is now unsupported; 2 of 4 capabilities are unsupported")
    expect(effect.locator("dd").nth(0)).to_have_text(re.compile("Supported.*Unsupported"))
    expect(effect.locator("dd").nth(1)).to_have_text(re.compile("1.*2"))
    expect(effect.locator("dd").nth(2)).to_have_text(re.compile("66.7.%.*33.3.%"))
    page.reload()
    is_asked(page, "C-002", "2 of 3 reviewed")
    expect(effect.locator("dd").nth(2)).to_be_visible()
    assert faults_of(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert not page.evaluate(SIDEWAYS)

    page.locator("#match").focus()
    press(page, "k")
    is_asked(page, "C-001", "2 of 3 reviewed")
    expect(page.locator(".p-match__voices")).to_contain_text("Rejected “rau”")
    press(page, "ArrowRight")
    is_asked(page, "C-002", "2 of 3 reviewed")
    press(page, "u")
    expect(page.get_by_text("Nothing is left to review")).to_be_visible()
    assert sorted(verdicts_in(small)) == ["accepted", "rejected", "unsure"]

    # Undo takes back the latest first, on the last page as on any other.
    page.get_by_role("button", name="Undo").click()
    is_asked(page, "C-002", "2 of 3 reviewed")
    expect(page.locator("#match")).to_be_focused()
    press(page, "z")
    is_asked(page, "C-001", "1 of 3 reviewed")
    expect(page.locator("#announcer")).to_contain_text("Taken back")
    assert verdicts_in(small) == ["accepted"]


def test_the_same_without_a_script(small: SmallSite, browser: Browser) -> None:
    page = open_home(browser, small, "ema", has_scripts=False)
    page.get_by_role("link", name="Begin the review").click()
    page.get_by_role("button", name="Reject").click()
    is_asked(page, "C-001", "1 of 3 reviewed")
    expect(page.locator("#match-latest")).to_contain_text("C-003")
    page.get_by_role("button", name="Undo").click()
    is_asked(page, "C-003", "0 of 3 reviewed")


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_verdict_beside_a_standard_moves_the_numbers_in_place(
    small: SmallSite, browser: Browser, has_scripts: bool
) -> None:
    page = open_home(browser, small, "ema", has_scripts=has_scripts)
    found = small.home.replace("map-and-gap/review/", "findings/")
    page.goto(f"{small.url}{found}comparison?profile=P-0001")
    fit = page.locator(".p-tile").first
    expect(fit).to_contain_text("2 of 3 capabilities matched")
    reject = page.locator("#capabilities").get_by_role("button", name="Reject the match").first
    reject.focus()
    page.keyboard.press("Enter")
    expect(fit).to_contain_text("1 of 3 capabilities matched")
    expect(page).to_have_url(re.compile("comparison"))
    if has_scripts:
        # The page was not loaded anew: the same button stands pressed, with the focus on it.
        expect(page.locator(":focus")).to_have_attribute("aria-pressed", "true")
        assert faults_of(page) == []
    page.get_by_role("button", name="Undo").first.click()
    expect(fit).to_contain_text("2 of 3 capabilities matched")
