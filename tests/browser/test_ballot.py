"""The ballot in a real browser: by keyboard, on a phone, without scripts, and on a bad line."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.ballots import LEVELS, STATEMENTS, Ballots, fill_ballots
from tests.browser.screens import faults_of, small_site
from workshop.rooms.models import RoomState, Side

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

CELLS = STATEMENTS * LEVELS
CUT = 20_000  # milliseconds: the line is really down for that long
IN_A_NEW_ROW = """() => {
  const line = document.activeElement.closest('[data-item]');
  return document.activeElement.type === 'radio' && !line.querySelector('input:checked')
    ? line.dataset.item : null;
}"""
FOCUSED = "() => document.activeElement.id"


@pytest.fixture(scope="module")
def ballots(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ballots]:
    rounds: dict[str, object] = {}
    folder = tmp_path_factory.mktemp("ballots")
    with small_site(folder, lambda site: fill_ballots(site, rounds), "ballots") as site:
        yield Ballots(site, rounds)


def line(page: Page, number: int) -> Locator:
    return page.locator("[data-item]").nth(number)


def choose(page: Page, number: int, words: str) -> None:
    line(page, number).get_by_role("radio", name=re.compile(f"^{words}")).check()


def is_saved(page: Page, number: int) -> None:
    expect(line(page, number).locator("[data-status]").first).to_contain_text("Saved")


def tab_to_new_row(page: Page) -> str:
    """Press Tab until the focus is on an answer of a row that has none."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if found := page.evaluate(IN_A_NEW_ROW):
            return str(found)
    raise AssertionError("Tab reaches no row without an answer")


def test_a_whole_page_by_keyboard_alone(ballots: Ballots, browser: Browser) -> None:
    page = ballots.rater(browser, 3)
    page.goto(ballots.address("first"))
    given = {}
    for number in range(CELLS):
        item = tab_to_new_row(page)
        letter = "NAPE1234"[number % 8]
        given[item] = "NAPE"["1234".find(letter)] if letter.isdigit() else letter
        page.keyboard.press(letter.lower())
    for number in range(CELLS):
        is_saved(page, number)
    assert ballots.answers("first", 3) == given
    expect(page.locator("#ballot-progress")).to_have_text(f"All {CELLS} answered")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/rounds/[0-9a-f-]+$"))
    expect(page.get_by_text("Completed")).to_be_visible()


def test_keys_act_only_in_a_row_and_never_in_a_box(ballots: Ballots, browser: Browser) -> None:
    page = ballots.rater(browser, 4)
    page.goto(ballots.address("first"))
    page.keyboard.press("e")
    page.locator("summary", has_text="Add a comment").first.click()
    page.locator("textarea").first.press_sequentially("Pane 1")
    page.keyboard.press("Tab")
    expect(page.locator("[data-prompt] [data-status]").first).to_contain_text("Saved")
    assert ballots.answers("first", 4) == {}
    assert ballots.words("first", 4) == [("Pane 1", False, None)]


def test_the_focus_stays_where_it_was_after_each_save(ballots: Ballots, browser: Browser) -> None:
    page = ballots.rater(browser, 5)
    page.goto(ballots.address("first"))
    line(page, 0).locator("input").first.focus()
    for place, key in enumerate("napejf"):
        with page.expect_response(re.compile("/answers$")):
            page.keyboard.press(key)
        is_saved(page, 0)
        assert str(page.evaluate(FOCUSED)).endswith(f"-{place}")
    page.keyboard.press("?")
    expect(page.locator(".p-meanings")).to_be_visible()
    assert str(page.evaluate(FOCUSED)).endswith("-5")


def test_arrow_keys_are_saved_once_they_rest(ballots: Ballots, browser: Browser) -> None:
    page = ballots.rater(browser, 6)
    page.goto(ballots.address("first"))
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if "/answers" in one.url else None)
    line(page, 0).locator("input").first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    is_saved(page, 0)
    assert len(sent) == 1
    assert list(ballots.answers("first", 6).values()) == ["E"]


def test_a_phone_shows_it_all_and_rates(ballots: Ballots, browser: Browser) -> None:
    page = ballots.rater(browser, 7, width=360)
    for name in ("first", "second", "priority"):
        page.goto(ballots.address(name))
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
        line(page, 0).locator("label").nth(2).click()
        is_saved(page, 0)
        small = page.eval_on_selector_all(
            ".p-choice__option",
            "all => all.filter(one => one.getBoundingClientRect().width < 24"
            " || one.getBoundingClientRect().height < 24).length",
        )
        assert small == 0, name
    assert list(ballots.answers("priority", 7).values()) == ["3"]


def test_without_scripts_the_same_form_saves(ballots: Ballots, browser: Browser) -> None:
    page = ballots.rater(browser, 8, has_scripts=False)
    page.goto(ballots.address("second"))
    reason = line(page, 0).locator("[data-reason]")
    reason.locator("summary").click()
    reason.locator("textarea").fill("It is bought in.")
    choose(page, 0, "Not needed")
    page.get_by_role("button", name="Save and").last.click()
    page.goto(ballots.address("second"))
    expect(line(page, 0).get_by_role("radio", name="Not needed")).to_be_checked()
    line(page, 1).get_by_role("button", name=re.compile("^Keep mine")).click()
    assert sorted(ballots.answers("second", 8).values()) == ["N", "N"]
    assert ballots.words("second", 8) == [("It is bought in.", True, Side.LOWER)]
    page.goto(ballots.address("second", "/finish"))
    page.get_by_role("button", name="I have finished").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You have finished")


def test_a_cut_line_loses_nothing(ballots: Ballots, browser: Browser) -> None:
    page = ballots.rater(browser, 9)
    page.goto(ballots.address("first"))
    choose(page, 0, "Practitioner")
    is_saved(page, 0)
    page.context.set_offline(True)
    for number, words in ((1, "Expert"), (2, "Awareness"), (0, "Not needed")):
        choose(page, number, words)
    banner = page.locator("#ballot-unsaved")
    expect(banner).to_contain_text("3 answers not yet saved")
    page.wait_for_timeout(CUT)
    expect(banner).to_be_visible()
    page.context.set_offline(False)
    expect(banner).to_be_hidden(timeout=60_000)
    kept = ballots.answers("first", 9)
    shown = [str(line(page, number).get_attribute("data-item")) for number in range(3)]
    assert [kept[item] for item in shown] == ["N", "E", "A"]
    assert len(kept) == 3


def test_two_tabs_of_one_person_keep_the_later_choice(ballots: Ballots, browser: Browser) -> None:
    one = ballots.rater(browser, 10)
    other = one.context.new_page()
    for page in (one, other):
        page.goto(ballots.address("first"))
    for page, words, letter in (
        (one, "Practitioner", "P"),
        (other, "Expert", "E"),
        (other, "Awareness", "A"),
        (one, "Not needed", "N"),
    ):
        choose(page, 0, words)
        is_saved(page, 0)
        expect(page.locator("#ballot-unsaved")).to_be_hidden()
        page.wait_for_load_state("networkidle")
        assert list(ballots.answers("first", 10).values()) == [letter]


def test_a_slow_first_request_does_not_take_the_second_choice_back(
    ballots: Ballots, browser: Browser
) -> None:
    page = ballots.rater(browser, 11)
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route(re.compile("/answers$"), hold_the_first)
    page.goto(ballots.address("first"))
    choose(page, 0, "Practitioner")
    with page.expect_response(re.compile("/answers$")):
        choose(page, 0, "Expert")
    is_saved(page, 0)
    with page.expect_response(re.compile("/answers$")):
        held[0].continue_()
    page.wait_for_load_state("networkidle")
    assert list(ballots.answers("first", 11).values()) == ["E"]
    expect(line(page, 0).get_by_role("radio", name="Expert")).to_be_checked()
    is_saved(page, 0)


def test_what_was_chosen_before_the_script_came_is_saved(
    ballots: Ballots, browser: Browser
) -> None:
    page = ballots.rater(browser, 8)
    held: list[Route] = []
    page.route(re.compile("/js/ballot.js"), lambda route: held.append(route))  # noqa: PLW0108 - a method of C has no signature to read
    page.goto(ballots.address("first"), wait_until="commit")
    choose(page, 0, "Expert")
    page.get_by_text("Add a comment").first.click()
    page.get_by_role("textbox").first.fill("Chosen on a slow line.")
    with page.expect_response(re.compile("/comments$")):
        held[0].continue_()
    is_saved(page, 0)
    assert list(ballots.answers("first", 8).values()) == ["E"]


def test_what_waits_for_a_paused_round_is_saved_when_it_goes_on(
    ballots: Ballots, browser: Browser
) -> None:
    page = ballots.rater(browser, 12)
    page.goto(ballots.address("priority"))
    ballots.set_state("priority", RoomState.PAUSED)
    try:
        choose(page, 0, "9")
        banner = page.locator("#ballot-unsaved")
        expect(banner).to_contain_text("paused")
    finally:
        ballots.set_state("priority", RoomState.OPEN)
    expect(banner).to_be_hidden()
    assert list(ballots.answers("priority", 12).values()) == ["9"]


def test_mine_is_kept_by_one_key_or_one_tap(ballots: Ballots, browser: Browser) -> None:
    page = ballots.rater(browser, 3)
    page.goto(ballots.address("second"))
    line(page, 0).locator("input").first.focus()
    page.keyboard.press("m")
    is_saved(page, 0)
    line(page, 1).get_by_role("button", name=re.compile("^Keep mine")).click()
    is_saved(page, 1)
    assert list(ballots.answers("second", 3).values()) == ["A", "A"]


def test_a_reason_is_asked_for_away_from_the_middle_and_saved(
    ballots: Ballots, browser: Browser
) -> None:
    page = ballots.rater(browser, 4)
    page.goto(ballots.address("second"))
    box = line(page, 0).locator("[data-reason] textarea")
    choose(page, 0, "Practitioner")
    expect(box).to_be_hidden()
    choose(page, 0, "Not needed")
    expect(box).to_be_visible()
    expect(page.locator("#announcer")).to_contain_text("You may say why")
    box.fill("It is bought in.")
    choose(page, 1, "Awareness")
    expect(line(page, 0).locator("[data-reason] [data-status]")).to_contain_text("Saved")
    assert ballots.words("second", 4) == [("It is bought in.", True, Side.LOWER)]


def test_each_scale_has_its_keys(ballots: Ballots, browser: Browser) -> None:
    page = ballots.rater(browser, 5)
    page.goto(ballots.address("priority"))
    line(page, 0).locator("input").first.focus()
    page.keyboard.press("7")
    is_saved(page, 0)
    assert list(ballots.answers("priority", 5).values()) == ["7"]
    tom = ballots.sign_in(browser.new_context(), "tom")
    tom.goto(ballots.address("relevance"))
    line(tom, 0).locator("input").first.focus()
    tom.keyboard.press("r")
    is_saved(tom, 0)
    expect(tom.locator("[data-prompt] textarea").first).to_be_visible()


def test_the_group_appears_beneath_an_answer_in_real_time(
    ballots: Ballots, browser: Browser
) -> None:
    page = ballots.rater(browser, 6)
    page.goto(ballots.address("live"))
    group = line(page, 0).locator("[data-live]")
    expect(group).to_be_hidden()
    choose(page, 0, "Practitioner")
    expect(group).to_contain_text("So far")
    expect(group).to_contain_text("you said Practitioner")
    now = group.inner_text()
    page.reload()
    assert line(page, 0).locator("[data-live]").inner_text() == now


@pytest.mark.parametrize(
    "name", ["first", "second", "priority", "live", "tasks", "settled", "reopen", "own"]
)
def test_nothing_is_wrong_with_a_page(ballots: Ballots, browser: Browser, name: str) -> None:
    page = ballots.rater(browser, 2)
    if name in ("first", "second", "priority", "live"):
        page.goto(ballots.address(name))
    else:
        page.goto(ballots.address("second", "" if name in ("tasks", "own") else "/settled"))
    if name == "reopen":
        page.get_by_role("link", name=re.compile("^Ask to reopen")).first.click()
    if name == "own":
        page.get_by_role("link", name="My answers so far").click()
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert faults_of(page) == []


def test_nothing_is_wrong_with_the_page_of_a_paused_round(
    ballots: Ballots, browser: Browser
) -> None:
    page = ballots.rater(browser, 2)
    page.goto(ballots.address("live"))
    ballots.set_state("live", RoomState.PAUSED)
    try:
        page.goto(ballots.address("live"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("is paused")
        assert faults_of(page) == []
    finally:
        ballots.set_state("live", RoomState.OPEN)
