"""Joining with a room's code in a real browser: from the code on the wall to the first answer."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import new_page
from tests.browser.screens import SmallSite, faults_of, small_site

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
SECONDS = 20


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSite]:
    with small_site(tmp_path_factory.mktemp("joining")) as site:
        yield site


@pytest.fixture
def facilitator(browser: Browser, small: SmallSite) -> Page:
    """Ada at the page of the room whose second round is open."""
    page = new_page(browser)
    page.goto(small.link_for("ada"))
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{small.url}{small.home}workshops/")
    page.get_by_role("link", name="What each role needs").click()
    page.goto(f"{page.url.rstrip('/')}/room")
    return page


def set_door(facilitator: Page, *, is_open: bool) -> None:
    button = facilitator.get_by_role(
        "button", name="Open the room" if is_open else "Close the room"
    )
    if button.count():
        button.click()
    title = "The room is open" if is_open else "People wait to be let in"
    expect(facilitator.get_by_role("heading", name=title)).to_be_visible()


def address_in(facilitator: Page, small: SmallSite) -> str:
    """Return the address that the QR code opens, on the server of the test."""
    words = facilitator.locator(".p-room__picture").get_attribute("alt") or ""
    return f"{small.url}/join/{words.rsplit('/', maxsplit=1)[1]}"


def fill_in(page: Page, name: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your e-mail address").fill(
        f"{name.split(maxsplit=1)[0].lower()}@new.example"
    )


def test_twenty_seconds_from_the_code_to_the_first_answer(
    browser: Browser, small: SmallSite, facilitator: Page
) -> None:
    set_door(facilitator, is_open=True)
    address = address_in(facilitator, small)
    page = new_page(browser)
    page.set_viewport_size(PHONE)
    began = time.monotonic()
    page.goto(address)
    fill_in(page, "Quick Comer")
    page.get_by_role("button", name="Join").click()
    question = page.locator("input[type=radio]").first
    expect(page.get_by_text("Calibrate oven sensor").first).to_be_visible()
    with page.expect_response(lambda answer: answer.request.method == "POST") as saved:
        question.check(force=True)
    assert saved.value.ok
    assert time.monotonic() - began < SECONDS


def test_the_waiting_room_changes_by_itself(
    browser: Browser, small: SmallSite, facilitator: Page
) -> None:
    set_door(facilitator, is_open=False)
    page = new_page(browser)
    page.set_viewport_size(PHONE)
    page.goto(address_in(facilitator, small))
    fill_in(page, "Patient Comer")
    page.get_by_role("button", name="Ask to come in").click()
    expect(page.get_by_role("heading", name="Waiting to be let in")).to_be_visible()
    # The facilitator's list asks again too: nobody reloads anything.
    facilitator.get_by_role("button", name="Let in Patient Comer").click()
    page.get_by_role("button", name="Come in").click()
    expect(page.get_by_text("Calibrate oven sensor").first).to_be_visible()
    expect(facilitator.get_by_role("button", name="Let in Patient Comer")).to_have_count(0)
    # The button went with the person; whoever works by keyboard is at the list still.
    expect(facilitator.get_by_role("heading", name="Waiting to come in")).to_be_focused()


def test_turning_away_asks_first_and_can_be_undone(
    browser: Browser, small: SmallSite, facilitator: Page
) -> None:
    set_door(facilitator, is_open=False)
    page = new_page(browser)
    page.goto(address_in(facilitator, small))
    fill_in(page, "Unknown Comer")
    page.get_by_role("button", name="Ask to come in").click()
    facilitator.locator("summary", has_text="Turn away Unknown Comer").click()
    facilitator.get_by_role("button", name="Yes, turn away Unknown Comer").click()
    expect(page.get_by_role("heading", name="The facilitator did not let you in")).to_be_visible()
    facilitator.locator("summary", has_text="Turned away").click()
    facilitator.get_by_role("button", name="Let in after all Unknown Comer").click()
    page.get_by_role("link", name="look again").click()
    expect(page.get_by_role("button", name="Come in")).to_be_visible()


def test_without_scripts_from_the_code_to_the_first_answer(
    browser: Browser, small: SmallSite, facilitator: Page
) -> None:
    set_door(facilitator, is_open=False)
    address = address_in(facilitator, small)
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{small.url}/join")
    page.get_by_label("Room code").fill(address.rsplit("/", maxsplit=1)[1].lower())
    page.get_by_role("button", name="Go to the room").click()
    fill_in(page, "Plain Comer")
    page.get_by_role("button", name="Ask to come in").click()
    facilitator.get_by_role("button", name="Let in Plain Comer").click()
    expect(facilitator.get_by_role("button", name="Let in Plain Comer")).to_have_count(0)
    page.get_by_role("link", name="Look again").click()
    page.get_by_role("button", name="Come in").click()
    question = page.locator("input[type=radio]").first
    name, value = question.get_attribute("name"), question.get_attribute("value")
    question.check(force=True)
    asked = page.url
    page.locator("main form button[type=submit]").last.click()
    page.goto(asked)
    assert page.locator(f"input[name='{name}'][value='{value}']").is_checked()


def test_the_screens_of_joining_have_no_faults(
    browser: Browser, small: SmallSite, facilitator: Page
) -> None:
    set_door(facilitator, is_open=False)
    address = address_in(facilitator, small)
    page = new_page(browser)
    faults = {}
    page.goto(f"{small.url}/join")
    faults["code"] = faults_of(page)
    page.goto(f"{small.url}/join/WRNGCDEF")
    faults["wrong code"] = faults_of(page)
    page.goto(address)
    faults["form"] = faults_of(page)
    page.get_by_role("button", name="Ask to come in").click()
    faults["form refused"] = faults_of(page)
    fill_in(page, "Careful Comer")
    page.get_by_role("button", name="Ask to come in").click()
    expect(page.get_by_role("heading", name="Waiting to be let in")).to_be_visible()
    faults["waiting"] = faults_of(page)
    expect(facilitator.get_by_role("button", name="Let in Careful Comer")).to_be_visible()
    faults["room"] = faults_of(facilitator)
    facilitator.get_by_role("link", name="Poster to print").click()
    faults["poster"] = faults_of(facilitator)
    for why in ("link-sent", "withdrawn"):
        page.goto(f"{address}/{why}")
        faults[why] = faults_of(page)
    assert {screen: found for screen, found in faults.items() if found} == {}
