"""A panel of three works on one profile at once, in three browsers; ratified with one dissent."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cycles.core.extensions import db
from cycles.profiles.models import Profile
from cycles.profiles.queries import members_of, profiles_of
from tests.browser.screens import SmallSite, faults_of, let_go, open_home, small_site
from tests.factories import make_cast
from tests.workshop.panel_cases import make_panel

pytestmark = pytest.mark.browser

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
LOOK_NOW = "document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSite]:
    with small_site(tmp_path_factory.mktemp("panel"), fill, "panel") as site:
        yield site


def fill(site: SmallSite) -> None:
    """Give Pia, Pat and Per three prototypes; all three must answer, two thirds approve."""
    with site.app.app_context():
        db.create_all()
        cast = make_cast()
        panel = make_panel(cast)
        site.home = f"/cycles/{cast.cycle.id}/ratification/"
        site.people = {"pia": cast.pia, "pat": panel.pat, "per": panel.per, "ada": cast.ada}
        let_go(site)


def open_first(browser: Browser, small: SmallSite, person: str) -> Page:
    page = open_home(browser, small, person)
    page.get_by_role("link", name="Oven technician").click()
    return page


def row(page: Page, code: str) -> Locator:
    return page.locator("[data-row]").filter(has_text=code)


def held(page: Page, code: str) -> Locator:
    return row(page, code).locator("[aria-pressed=true]")


def reason(page: Page, code: str) -> Locator:
    return row(page, code).get_by_role("textbox", name=re.compile("^Reason"))


def levels_in(small: SmallSite, code: str) -> dict[str, int]:
    """Return the levels of the capabilities that a profile holds."""
    with small.app.app_context():
        (profile,) = (one for one in db.session.query(Profile) if one.code == code)
        found = {one.statement.code: one.level for one in members_of(profile.id)}
        db.session.remove()
    return found


def statuses_in(small: SmallSite) -> list[str]:
    with small.app.app_context():
        cycle_id = db.session.query(Profile).first().cycle_id
        found = [one.status.value for one in profiles_of(cycle_id)]
        db.session.remove()
    return found


def test_three_at_once_then_ratified_with_one_dissent(small: SmallSite, browser: Browser) -> None:
    pia, pat, per = (open_first(browser, small, one) for one in ("pia", "pat", "per"))
    board = open_home(browser, small, "ada")
    board.get_by_role("link", name="Board").click()

    # Pia is asked why she leaves an agreed level. While she writes, Pat changes the same one.
    row(pia, "C-001").focus()
    pia.keyboard.press("a")
    expect(row(pia, "C-001")).to_contain_text("Say why the panel leaves the agreed level")
    expect(reason(pia, "C-001")).to_be_focused()
    pia.keyboard.type("A glance is enough")
    row(pat, "C-001").get_by_role("button", name="Expert").click()
    reason(pat, "C-001").fill("Safety hangs on it")
    pat.keyboard.press("Enter")
    expect(held(pat, "C-001")).to_have_attribute("value", "3")
    pia.keyboard.press("Enter")
    expect(row(pia, "C-001")).to_contain_text("Pat Quill was first.")
    expect(row(pia, "C-001")).to_contain_text("Practitioner became Expert")
    expect(reason(pia, "C-001")).to_have_value("A glance is enough")
    expect(held(pia, "C-001")).to_have_attribute("value", "3")
    expect(pia.locator("#announcer")).to_contain_text("Pat Quill")
    assert faults_of(pia) == []
    pia.keyboard.press("Escape")
    expect(row(pia, "C-001")).to_be_focused()

    # Different capabilities never get in each other's way: no refusal, and both hold.
    row(per, "C-002").get_by_role("button", name="Awareness").click()
    expect(held(per, "C-002")).to_have_attribute("value", "1")
    pia.keyboard.press("j")
    pia.keyboard.press("j")
    expect(row(pia, "C-003")).to_be_focused()
    pia.keyboard.press("Shift+A")  # neither with a modifier nor while one writes
    pia.keyboard.press("c")
    pia.keyboard.type("ape, said Per")
    pia.keyboard.press("Enter")  # in a text of several lines it is a new line
    pia.keyboard.press("Escape")
    pia.keyboard.press("x")
    expect(reason(pia, "C-003")).to_be_focused()
    pia.keyboard.type("Done by suppliers")
    pia.keyboard.press("Enter")
    expect(row(pia, "C-003").get_by_role("button", name="Put back")).to_be_visible()
    expect(pia.get_by_label("What you want the panel to know about C-003")).to_have_value(
        re.compile("ape, said Per")
    )
    found = levels_in(small, "P-0001")
    assert (found["C-001"], found["C-002"], "C-003" in found) == (3, 1, False)

    # A capability moves by keyboard alone.
    row(pia, "C-005").focus()
    pia.keyboard.press("m")
    pia.keyboard.press("ArrowDown")
    pia.keyboard.press("Tab")
    pia.keyboard.type("Closer to the line")
    pia.keyboard.press("Enter")
    expect(row(pia, "C-005")).to_contain_text("Moved to P-0002")
    assert levels_in(small, "P-0002")["C-005"] == 2

    # The others are told, never over what they do; nobody answers what they have not seen.
    expect(pia.get_by_text("Others changed this profile since you opened it")).to_be_visible()
    per.evaluate(LOOK_NOW)
    news = per.locator("#news")
    expect(news).to_contain_text("Pia Panel changed 2 capabilities")
    expect(news).to_contain_text("Pat Quill changed 1 capability")
    per.get_by_role("link", name="Show the profile as it now stands").click()
    expect(row(per, "C-005")).to_contain_text("Pia Panel")
    expect(held(per, "C-001")).to_have_attribute("value", "3")
    per.locator("#object > summary").click()
    per.locator("#object-reason").fill("It is two jobs")
    per.get_by_role("button", name="Object", exact=True).click()
    expect(per.locator("#standing")).to_contain_text("Per Sand objects: It is two jobs")
    pat.get_by_role("button", name="Approve as it stands").click()
    expect(pat.locator(".govuk-error-summary")).to_contain_text("changed since you opened it")
    pat.get_by_role("button", name="Approve as it stands").click()
    expect(pat.locator("#standing")).to_contain_text(
        "2 of 3 answers needed (1 approves, 1 objects)"
    )
    pia.get_by_role("link", name="See it as it now stands").click()
    pia.locator("#approve-ratifies summary").click()
    assert faults_of(pia) == []
    pia.get_by_role("button", name="Yes, ratify P-0001").click()
    expect(pia.locator("#standing")).to_contain_text("2 approved, 1 objected")
    expect(pia.locator("#standing")).to_contain_text("Per Sand objects: It is two jobs")
    expect(pia.get_by_role("link", name="Version 1")).to_be_visible()
    assert statuses_in(small) == ["ratified", "proposed", "proposed"]
    board.evaluate(LOOK_NOW)
    expect(board.locator("#board")).to_contain_text("2 approved, 1 objected")

    # Everything is there after a reload, for a phone too, and nothing can be changed any more.
    for page in (pia, board):
        page.reload()
        assert faults_of(page) == []
        page.set_viewport_size({"width": 360, "height": 740})
        assert not page.evaluate(SIDEWAYS)
    expect(pia.locator("#standing")).to_contain_text("2 approved, 1 objected")
    expect(row(pia, "C-001")).to_contain_text("Voted Practitioner, ratified Expert")
    expect(pia.locator(".p-levels")).to_have_count(0)


def test_the_same_without_a_script(small: SmallSite, browser: Browser) -> None:
    page = open_home(browser, small, "pia", has_scripts=False)
    page.get_by_role("link", name="Bakery lead").click()
    row(page, "C-007").get_by_role("button", name="Expert").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Say why the panel leaves")
    reason(page, "C-007").fill("Safety hangs on it")
    row(page, "C-007").get_by_role("button", name="Set Expert").click()
    expect(row(page, "C-007")).to_contain_text("Voted Practitioner, panel says Expert")
    page.get_by_role("button", name="Undo").click()
    expect(held(page, "C-007")).to_have_attribute("value", "2")
    page.get_by_label("Words, or a code").fill("C-009")
    page.get_by_role("button", name="Find").click()
    page.get_by_label("Why it belongs in this profile").fill("Ovens are cleaned daily")
    page.get_by_role("button", name="Add at Awareness").click()
    expect(row(page, "C-009")).to_contain_text("Added by the panel")
