"""The review of KSBs in a real browser: forty by keyboard in a sitting, and one without scripts."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cycles.core.extensions import db
from cycles.ksbs.models import CapabilityKsb, KsbStatus
from cycles.people.models import Group
from cycles.stages.words import Stage
from cycles.standards.models import KsbKind
from tests.browser.screens import SmallSite, faults_of, let_go, open_home, small_site
from tests.factories import NOW, add, make_account, make_cast, make_participant, make_statement

pytestmark = pytest.mark.browser

CAPABILITIES, EACH = 5, 8
KINDS = (KsbKind.KNOWLEDGE,) * 3 + (KsbKind.SKILL,) * 3 + (KsbKind.BEHAVIOUR,) * 2


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSite]:
    with small_site(tmp_path_factory.mktemp("ksbs"), fill, "ksbs") as site:
        yield site


def fill(site: SmallSite) -> None:
    """Suggest eight KSBs for each of five capabilities; Eddy and Edith are educators."""
    with site.app.app_context():
        db.create_all()
        cast = make_cast()
        edith = make_account("Edith Vale")
        make_participant(cast.cycle, edith, Group.EDUCATOR)
        cast.cycle.stage = Stage.CARRYING_OUT
        for number in range(CAPABILITIES):
            statement = make_statement(cast.cycle, f"Bake bread of kind {number}", number + 1)
            for place, kind in enumerate(KINDS):
                text = f"{kind.value.capitalize()} {place} of bread {number}"
                score = 0.9 - place / 100
                make_ksb(statement, kind, text, score)
        db.session.commit()
        site.home = f"/cycles/{cast.cycle.id}/ksbs/queue"
        site.people = {"eddy": cast.eddy, "edith": edith}
        let_go(site)


def make_ksb(statement: object, kind: KsbKind, text: str, score: float) -> None:
    add(
        CapabilityKsb(
            cycle_id=statement.cycle_id,
            statement_id=statement.id,
            kind=kind,
            text=text,
            suggested_text=text,
            source="Baker (T0001) K1",
            score=score,
            created_at=NOW,
        )
    )


def press(page: Page, key: str, text: str) -> None:
    """Press a key once this KSB has the focus: until the answer stands there keys rest."""
    expect(page.locator("[data-ksb]:focus .p-ksb__text")).to_have_text(text)
    page.keyboard.press(key)


def text_of(capability: int, place: int) -> str:
    return f"{KINDS[place].value.capitalize()} {place} of bread {capability}"


def is_at(page: Page, progress: str) -> None:
    expect(page.locator(".p-match__progress strong")).to_have_text(progress)


def statuses(small: SmallSite) -> Counter[KsbStatus]:
    with small.app.app_context():
        found = Counter(one.status for one in db.session.query(CapabilityKsb).all())
        db.session.remove()
    return found


def test_an_educator_settles_forty_by_keyboard_in_one_sitting(
    small: SmallSite, browser: Browser
) -> None:
    page = open_home(browser, small, "eddy", has_scripts=True)
    is_at(page, "0 of 40 reviewed")
    page.keyboard.press("?")
    expect(page.get_by_text("Undo your latest decision")).to_be_visible()

    # The first capability: unsure and edit among accepts; undone, and decided otherwise.
    for place, key in enumerate("aaru"):
        press(page, key, text_of(0, place))
    press(page, "z", text_of(0, 4))
    press(page, "a", text_of(0, 3))
    page.keyboard.press("Shift+R")
    press(page, "e", text_of(0, 4))
    field = page.locator(f"#{page.locator('[data-ksb]:focus-within').get_attribute('id')}-text")
    expect(field).to_be_focused()
    field.fill("Shape loaves, auric")
    page.keyboard.press("Control+Enter")
    press(page, "k", text_of(0, 5))
    press(page, "j", "Shape loaves, auric")
    for place in range(5, EACH):
        press(page, "a", text_of(0, place))
    is_at(page, "8 of 40 reviewed")
    expect(page.locator("#announcer")).to_contain_text(f"Now: knowledge, {text_of(1, 0)}")

    # It went on by itself; a reload in the middle of the second keeps everything.
    for place in range(3):
        press(page, "r", text_of(1, place))
    press(page, "n", text_of(1, 3))
    expect(page.locator("#new-text")).to_be_focused()
    page.keyboard.type("Tastes bread before it is sold")
    page.keyboard.press("Control+Enter")
    own = page.locator(".p-ksb__text", has_text="Tastes bread before it is sold")
    expect(own).to_be_visible()
    page.reload()
    is_at(page, "11 of 40 reviewed")
    expect(page.locator(".p-ksb-about__title")).to_contain_text("bread of kind 1")
    page.keyboard.press("e")
    expect(
        page.get_by_role("button", name="Save and accept").locator("visible=true")
    ).to_be_visible()
    assert faults_of(page) == []
    page.keyboard.press("Escape")
    for capability in range(1, CAPABILITIES):
        for place in range(3 if capability == 1 else 0, EACH):
            press(page, "r" if place % 2 else "a", text_of(capability, place))
    expect(page.get_by_text("Nothing is left to review")).to_be_visible()
    expect(page.locator("#queue-progress")).to_have_text("40 of 40 reviewed by you")
    assert statuses(small) == {KsbStatus.ACCEPTED: 22, KsbStatus.REJECTED: 19}

    page.get_by_role("button", name="Undo").click()
    is_at(page, "39 of 40 reviewed")
    press(page, "r", text_of(4, 7))
    expect(page.locator("#queue-progress")).to_have_text("40 of 40 reviewed by you")


def test_one_decision_without_scripts(small: SmallSite, browser: Browser) -> None:
    page = open_home(browser, small, "edith", has_scripts=False)
    page.goto(f"{small.url}{small.home}?show=second")
    is_at(page, "0 of 40 reviewed")
    page.get_by_role("button", name=re.compile("^Unsure")).first.click()
    is_at(page, "1 of 40 reviewed")
    assert statuses(small)[KsbStatus.SUGGESTED] == 1
