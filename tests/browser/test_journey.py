"""A new cycle through every stage in a real browser, each step as the right person."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import new_page
from tests.browser.people import letter_to, link_in
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

TITLE = "Automated bakeries by 2032"
PARTNERS = ("Equipment makers", "Bakeries", "Food safety bodies")
ROLE_LEVELS = (("Technicians", "3"), ("Engineers", "6"))
EMPLOYERS = tuple(f"employer{number}@loaf.example" for number in range(1, 7))
STATEMENTS = (
    ("Maintain robotic ovens to the maker's service schedule", "Maintain Tools & Equipment"),
    ("Calibrate temperature sensors in automated proving lines", "Inspect, Measure & Calibrate"),
    ("Program robot arms that load and unload baking trays", "Set & Adjust Equipment"),
    ("Diagnose faults in programmable controllers on a dough line", "Diagnose Faults"),
    ("Validate cleaning of automated mixing equipment against hygiene rules", "Clean & Sanitise"),
    ("Analyse production data to forecast flour and energy demand", "Analyse Scientific Data"),
    ("Design control software for a continuous baking process", "Design Software & Systems"),
    ("Plan replenishment of ingredients from live stock readings", "Monitor & Replenish Stock"),
    ("Train operators to work safely beside collaborative robots", "Coordinate Training"),
    ("Assess the energy use of new ovens before they are bought", "Evaluate Green Technologies"),
    ("Secure factory networks that connect ovens and mixers", "Set Up Systems & Networks"),
    ("Audit suppliers of automation equipment for food safety", "Monitor Compliance"),
)


@dataclass
class Stagehand:
    """What the steps of the journey share."""

    site: Site
    folder: Path
    ada: Page
    cycle_url: str

    def open(self, page: Page, path: str) -> None:
        page.goto(self.cycle_url + path)

    def navigate(self, page: Page, name: str) -> None:
        """Follow the cycle's own navigation."""
        page.goto(self.cycle_url)
        page.get_by_role("navigation").get_by_role("link", name=name, exact=True).first.click()
        page.wait_for_load_state()


def fill(page: Page, **by_label: str) -> None:
    """Fill the fields of a form by their labels (underscores stand for spaces)."""
    for label, value in by_label.items():
        page.get_by_label(label.replace("_", " ")).first.fill(value)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def move_on(hand: Stagehand, stage: str) -> None:
    """Press the button that moves the cycle to ``stage``."""
    hand.ada.goto(hand.cycle_url)
    button = hand.ada.get_by_role("button", name=f"Move to “{stage}”")
    assert button.count() == 1, hand.ada.locator("main").inner_text()
    button.click()
    expect(button).to_have_count(0)


def test_a_new_cycle_from_the_challenge_to_the_report(
    site: Site, browser: Browser, as_person: Callable[..., Page], tmp_path: Path
) -> None:
    ada = as_person("ada@loaf.example", "Ada Bright", may_convene=True)
    hand = Stagehand(site, Path(site.environ["PYTHIA_INSTANCE"]), ada, start_cycle(ada))
    state_the_challenge(hand)
    prioritise(hand)
    prepare(hand)
    people = invite_everybody(hand, browser)
    move_on(hand, "carrying out")
    capture(hand, people["tom@loaf.example"])
    rate_in_two_rounds(hand, people)
    name = ratify(hand, people[EMPLOYERS[0]])
    accept_ksbs(hand, people["eddy@loaf.example"])
    map_and_gap(hand)
    move_on(hand, "communicating")
    publish(hand, people["sol@loaf.example"], tmp_path, name)


def start_cycle(ada: Page) -> str:
    follow(ada, "Start a cycle")
    fill(ada, Title=TITLE)
    press(ada, "Start the cycle")
    ada.wait_for_url(re.compile(r"/cycles/[0-9a-f-]{36}"))
    return re.match(r"(.*/cycles/[0-9a-f-]{36})", ada.url)[1] + "/"


def state_the_challenge(hand: Stagehand) -> None:
    ada = hand.ada
    hand.open(ada, "set-up/challenge")
    fill(
        ada,
        What_is_the_challenge="Bake twice as much bread with the same energy and no night shifts.",
        By_when_does_it_matter="By 2032",
    )
    press(ada, "Save")
    for name in ("Robotic ovens", "Digital twins of dough"):
        hand.open(ada, "set-up/solutions/add")
        fill(ada, Name=name)
        press(ada, "Save")
    move_on(hand, "identifying")


def prioritise(hand: Stagehand) -> None:
    ada = hand.ada
    hand.open(ada, "set-up/solutions")
    ada.get_by_role("link", name=re.compile("Prioritise")).first.click()
    ada.get_by_label(re.compile("^Yes, this cycle")).first.check()
    fill(ada, Reason="Seven of nine bakeries could start within a year.")
    press(ada, "Save")
    expect(ada.get_by_text("Prioritised").first).to_be_visible()
    hand.open(ada, "set-up/case-and-sponsor")
    fill(ada, Sponsor="Guild of Bakers")
    press(ada, "Save")
    move_on(hand, "preparing")


def prepare(hand: Stagehand) -> None:
    ada = hand.ada
    for name in PARTNERS:
        hand.open(ada, "set-up/partners/add")
        fill(ada, Name=name)
        press(ada, "Save")
    for name, level in ROLE_LEVELS:
        hand.open(ada, "set-up/role-levels/add")
        fill(ada, Name=name)
        ada.get_by_label(re.compile(rf"^Level {level}\b")).check()
        press(ada, "Save")
    hand.open(ada, "set-up/framework")
    ada.get_by_label(re.compile("Illustrative occupational standards")).check()
    press(ada, "Save")
    hand.open(ada, "set-up/rule-card")
    fill(
        ada,
        Most_rounds="2",
        Quorum_of_the_employer_panel="1",
        Why_this_threshold="Three of four is what the guild takes for a decision.",
    )
    press(ada, "Save")
    hand.open(ada, "set-up/current-state")
    ada.get_by_role("checkbox").first.check()
    press(ada, "Add the ticked standards")


def invite_everybody(hand: Stagehand, browser: Browser) -> dict[str, Page]:
    """Invite from a table; each person accepts from their own letter in a browser of their own."""
    rows = ["name,email,group,organisation,partner"]
    rows.append(f"Tom Okafor,tom@loaf.example,technologist,Oven Works,{PARTNERS[0]}")
    rows += [
        f"Employer {number},{address},{'panel' if number == 1 else 'employer'},Bakery {number},"
        for number, address in enumerate(EMPLOYERS, 1)
    ]
    rows.append("Eddy Marsh,eddy@loaf.example,educator,Bread College,")
    rows.append("Sol Hart,sol@loaf.example,sponsor,Guild of Bakers,")
    table = hand.folder / "people.csv"
    table.write_text("\n".join(rows))
    hand.open(hand.ada, "people/upload")
    hand.ada.get_by_label("CSV or XLSX file").set_input_files(table)
    press(hand.ada, "Check the table")
    press(hand.ada, "Invite 9 people")
    people = {}
    for row in rows[1:]:
        address = row.split(",")[1]
        page = new_page(browser)
        page.goto(link_in(letter_to(hand.folder, address)))
        press(page, "Accept and go to the cycle")
        expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
        people[address] = page
    return people


def capture(hand: Stagehand, tom: Page) -> None:
    open_workshop(hand, "Capture", "Capture of capabilities")
    for text, area in STATEMENTS:
        hand.open(tom, "capture/")
        fill(tom, Capability_statement=text)
        option = tom.locator("select[name=area] option", has_text=area).first
        tom.locator("select[name=area]").select_option(option.get_attribute("value"))
        tom.get_by_label(PARTNERS[1]).check()
        press(tom, "Submit the statement")
        expect(tom.get_by_text(text).first).to_be_visible()
    hand.open(hand.ada, "capabilities/")
    for box in hand.ada.get_by_role("checkbox").all():
        box.check()
    press(hand.ada, "Keep the ticked ones")
    close_workshop(hand, "Capture of capabilities")


def open_workshop(hand: Stagehand, kind: str, title: str) -> None:
    ada = hand.ada
    hand.navigate(ada, "Workshops")
    follow(ada, "Plan a workshop")
    ada.get_by_label(re.compile(f"^{kind}")).check()
    fill(ada, Title=title)
    press(ada, "Save")
    hand.navigate(ada, "Workshops")
    follow(ada, title)
    confirm(ada, "Open the workshop")


def close_workshop(hand: Stagehand, title: str) -> None:
    hand.navigate(hand.ada, "Workshops")
    follow(hand.ada, title)
    confirm(hand.ada, "Close the workshop")


def confirm(page: Page, name: str) -> None:
    """Open a confirmation and press its yes."""
    page.get_by_text(name, exact=True).first.click()
    page.get_by_role("button", name=re.compile(f"^Yes, {name}|^Yes, ", re.IGNORECASE)).last.click()
    page.wait_for_load_state()


def rate_in_two_rounds(hand: Stagehand, people: dict[str, Page]) -> None:
    """Round 1 leaves some cells open; round 2 asks only those, and then nothing is."""
    open_workshop(hand, "Proficiency", "Proficiency of roles")
    confirm(hand.ada, "Open round 1")
    for number, address in enumerate(EMPLOYERS):
        rate(hand, people[address], number, is_first=True)
    close_round(hand, 1)
    hand.navigate(hand.ada, "Workshops")
    follow(hand.ada, "Proficiency of roles")
    confirm(hand.ada, "Open round 2")
    for number, address in enumerate(EMPLOYERS):
        rate(hand, people[address], number, is_first=False)
    close_round(hand, 2)
    close_workshop(hand, "Proficiency of roles")


def rate(hand: Stagehand, page: Page, number: int, *, is_first: bool) -> None:
    """Answer every cell of every area by the ballot's own controls, then finish."""
    hand.navigate(page, "My ballot")
    page.locator("main").get_by_role("link", name="Start", exact=True).click()
    page.wait_for_selector("form#ballot")
    page.wait_for_load_state()
    while page.locator("form#ballot").count():
        for row, line in enumerate(page.locator(".p-line").all()):
            level = level_of(number, row, is_first=is_first)
            line.get_by_role("radio", name=re.compile(f"^{level}")).check()
        expect(page.locator("[data-status]", has_text="Saved").last).to_be_visible()
        with page.expect_navigation():
            page.get_by_role("button", name=re.compile("Save and")).click()
    page.locator("main").get_by_role("link", name="Finish", exact=True).click()
    press(page, "I have finished")


def level_of(number: int, row: int, *, is_first: bool) -> str:
    """Return what rater ``number`` says: five of six agree in the end, but not in round 1."""
    agreed = "Practitioner" if row % 2 else "Expert"
    strays = is_first and row % 2 == 0 and number % 2 == 0
    return "Awareness" if strays else agreed


def close_round(hand: Stagehand, number: int) -> None:
    hand.navigate(hand.ada, "Workshops")
    follow(hand.ada, "Proficiency of roles")
    follow(hand.ada, f"Close round {number}")
    press(hand.ada, f"Close round {number}")


def wait_for_work(page: Page, then: str) -> None:
    """Wait until the worker is done and the page shows ``then``."""
    for _ in range(120):
        if page.get_by_text(then).count():
            return
        page.wait_for_timeout(1_000)
        page.reload()
    raise AssertionError(page.locator("main").inner_text())


def ratify(hand: Stagehand, panel: Page) -> str:
    """Generate, change one level with its reason, approve every profile; return a name."""
    hand.navigate(hand.ada, "Profiles")
    follow(hand.ada, "Generate profiles")
    press(hand.ada, "Preview the profiles")
    wait_for_work(hand.ada, "See what was found")
    follow(hand.ada, "See what was found")
    press(hand.ada, "Use these prototypes")
    expect(hand.ada.get_by_text("P-0001").first).to_be_visible()
    hand.navigate(panel, "Ratify")
    links = panel.get_by_role("link", name=re.compile("^P-"))
    expect(links.first).to_be_visible()
    names = [link.inner_text() for link in links.all()]
    for name in names:
        hand.navigate(panel, "Ratify")
        follow(panel, name)
        panel.get_by_text("Approve and ratify", exact=True).click()
        panel.get_by_role("button", name=re.compile("^Yes, ratify")).click()
        expect(panel.get_by_text("Ratified").first).to_be_visible()
    hand.navigate(panel, "Ratify")
    expect(panel.get_by_text("Ratified").first).to_be_visible()
    return names[0].split(" ", 1)[1]


def accept_ksbs(hand: Stagehand, eddy: Page) -> None:
    hand.navigate(hand.ada, "KSBs")
    press(hand.ada, "Suggest KSBs")
    hand.navigate(eddy, "KSBs")
    wait_for_work(eddy, "Begin the review")
    is_over = eddy.get_by_text("Nothing is left to review")
    for _ in STATEMENTS:
        hand.open(eddy, "/ksbs/queue")
        if is_over.count():
            break
        # Where one alone waits there is nothing to take together.
        several = eddy.get_by_role("button", name="Accept all waiting").count()
        # The answer moves the browser on by itself; going elsewhere before would cut it short.
        with eddy.expect_navigation():
            press(eddy, "Accept all waiting" if several else "Accept")
    hand.open(eddy, "/ksbs/queue")
    expect(is_over).to_be_visible()


def map_and_gap(hand: Stagehand) -> None:
    hand.navigate(hand.ada, "Map and gap")
    press(hand.ada, "Run map and gap")
    hand.navigate(hand.ada, "Map and gap")
    wait_for_work(hand.ada, "Mark this run as reviewed")
    confirm(hand.ada, "Mark this run as reviewed")


def publish(hand: Stagehand, sol: Page, folder: Path, name: str) -> None:
    """Draw up the report, publish it; the sponsor downloads the PDF, reads it and signs it off."""
    ada = hand.ada
    hand.navigate(ada, "Report")
    press(ada, "Take a snapshot and draw up the report")
    hand.navigate(ada, "Report")
    wait_for_work(ada, "Publish report 1")
    follow(ada, "Publish report 1")
    ada.get_by_label("I have read these drafts").check()
    press(ada, "Publish report 1")
    hand.navigate(sol, "Report")
    wait_for_work(sol, "Sign report 1 off")
    with sol.expect_download() as download:
        sol.get_by_role("link", name=re.compile("Download the PDF")).click()
    download.value.save_as(folder / "report.pdf")
    words = " ".join(
        " ".join(
            page.extract_text() for page in pypdf.PdfReader(folder / "report.pdf").pages
        ).split()
    )
    assert TITLE in words
    assert name in words
    assert re.search(rf"{re.escape(name)}.{{0,200}}?\d+(\.\d)? %", words)
    confirm(sol, "Sign report 1 off")
    move_on(hand, "causing action")
