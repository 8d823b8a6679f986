"""The board, the projector and the call in a real browser: live, by keyboard, without a script."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from cycles.accounts.queries import account_by_email
from cycles.core import clock
from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.people.models import Group
from cycles.people.queries import participants_of
from cycles.stages.words import Stage
from tests.browser.site import ROOT, Site
from tests.factories import (
    make_account,
    make_cycle,
    make_participant,
    make_role_level,
    make_statement,
)
from tests.workshop.rating import Room
from workshop.board.commands import plan_steps
from workshop.rooms.commands import open_workshop, plan_workshop
from workshop.rooms.models import Workshop, WorkshopKind
from workshop.rooms.queries import last_round

AXE = ROOT / "node_modules/axe-core/axe.min.js"
ADA, EMA = "ada.board@pythia.example", "ema.board@pythia.example"


@pytest.fixture(scope="module")
def made(site: Site) -> dict[str, str]:
    """Make a cycle with six employers and an open workshop; return its addresses."""
    site.link_for(ADA, "Ada Board", may_convene=True)
    site.link_for(EMA, "Ema Board")
    with site.app.app_context():
        cycle = make_cycle("A room to run", stage=Stage.CARRYING_OUT)
        ada, ema = account_by_email(ADA), account_by_email(EMA)
        assert ada is not None
        assert ema is not None
        make_participant(cycle, ada, Group.CONVENER)
        make_participant(cycle, ema, Group.EMPLOYER)
        for number in range(5):
            make_participant(cycle, make_account(f"Rater{number} Board"), Group.EMPLOYER)
        for number in range(1, 9):
            make_statement(cycle, f"Calibrate oven sensor {number}", number)
        make_role_level(cycle, "Scientists", 1)
        facts = {"actor": Actor(ada.id, ada.name), "moment": clock.now()}
        workshop = plan_workshop(
            cycle=cycle, kind=WorkshopKind.PROFICIENCY, title="Employer workshop", **facts
        )
        open_workshop(workshop=workshop, **facts)
        plan_steps(workshop=workshop, **facts)
        db.session.commit()
        cycle_href = f"{site.url}/cycles/{cycle.id}"
        at = {"cycle": cycle_href, "workshop": f"{cycle_href}/workshops/{workshop.id}"}
        at |= {"workshop_id": str(workshop.id), "cycle_id": str(cycle.id)}
        db.session.remove()
    return at


def rate_everything(site: Site, made: dict[str, str], letters: str) -> None:
    """Let the six employers rate every item of the open round."""
    with site.app.app_context():
        workshop = db.session.get(Workshop, uuid.UUID(made["workshop_id"]))
        assert workshop is not None
        people = participants_of(workshop.cycle_id, Group.EMPLOYER)
        room = Room(None, None, workshop, people, [], [])  # type: ignore[arg-type]  # only answers
        round_ = last_round(workshop.id)
        assert round_ is not None
        for item in room.asked(round_):
            room.answer(round_, item, letters)
        db.session.commit()
        db.session.remove()


def assert_accessible(page: Page) -> None:
    page.evaluate(Path(AXE).read_text())
    found = page.evaluate("axe.run()")
    assert [one["id"] for one in found["violations"]] == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_a_facilitator_runs_a_round_and_the_room_follows(
    site: Site, made: dict[str, str], as_person: Callable[..., Page]
) -> None:
    ada, ema = as_person(ADA), as_person(EMA)
    board = made["workshop"] + "/board"
    ada.goto(board)
    assert_accessible(ada)
    ada.get_by_role("button", name="Open Welcome").click()
    expect(ada.locator("#timer")).to_have_text("9:59", timeout=4000)
    ada.get_by_role("button", name="+ 1 min").click()
    expect(ada.locator("#timer")).to_contain_text("10:5")
    ada.get_by_role("button", name="Open Rate on your own").click()
    expect(ada.locator(".p-step--open")).to_contain_text("Rate on your own")

    # Ema reads another page; the call comes to her and she dismisses it.
    ema.goto(made["cycle"] + "/")
    ada.get_by_role("button", name="To the ballot").click()
    expect(ema.locator(".p-call__banner")).to_be_visible(timeout=12_000)
    assert_accessible(ema)
    ema.get_by_role("button", name="Dismiss this message").click()
    expect(ema.locator(".p-call__banner")).to_be_hidden()
    ema.reload()
    expect(ema.locator(".p-call__banner")).to_be_hidden()

    # The numbers come by themselves while the board stands open.
    expect(ada.locator(".p-cell--withheld")).to_have_count(8)
    rate_everything(site, made, "NNNEEE")
    ada.locator("#close-2 summary").click()
    expect(ada.locator("#board .p-person__state").first).to_have_text("8 of 8", timeout=6000)
    # What was open for an answer stays open while the numbers move.
    expect(ada.get_by_role("button", name="Yes, close it")).to_be_visible()
    ada.get_by_role("button", name="Yes, close it").click()
    expect(ada.locator(".p-cell.p-cell--heat-5")).to_have_count(8, timeout=6000)
    assert_accessible(ada)


def test_the_projector_reveals_and_turns_by_key(
    made: dict[str, str], as_person: Callable[..., Page]
) -> None:
    ada, wall = as_person(ADA), as_person(ADA)
    wall.set_viewport_size({"width": 1920, "height": 1080})
    wall.goto(made["workshop"] + "/projector")
    assert "Expert" not in wall.content()
    assert_accessible(wall)
    ada.goto(made["workshop"] + "/board")
    ada.get_by_role("button", name="Open See and discuss").click()
    ada.get_by_role("button", name="Reveal See and discuss").click()
    expect(wall.locator(".p-wall__place")).to_have_text("1 of 8", timeout=8000)
    expect(wall.locator(".p-wall__says")).to_contain_text("3 of 6 said Not needed, 3 Expert")
    assert_accessible(wall)
    smallest = wall.evaluate(
        "Math.min(...[...document.querySelectorAll('.p-wall *')]"
        ".filter(one => !one.children.length && one.textContent.trim())"
        ".map(one => parseFloat(getComputedStyle(one).fontSize)))"
    )
    assert smallest >= 24
    wall.keyboard.press("ArrowRight")
    expect(wall.locator(".p-wall__place")).to_have_text("2 of 8")
    wall.wait_for_load_state()
    wall.keyboard.press("ArrowLeft")
    expect(wall.locator(".p-wall__place")).to_have_text("1 of 8")


def test_the_board_fits_a_phone(made: dict[str, str], as_person: Callable[..., Page]) -> None:
    ada = as_person(ADA)
    ada.set_viewport_size({"width": 360, "height": 740})
    for view in ("heat", "next"):
        ada.goto(f"{made['workshop']}/board?view={view}")
        assert_accessible(ada)


def test_everything_works_without_a_script(
    site: Site, browser: Browser, made: dict[str, str]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.link_for(ADA))
    page.get_by_role("button", name="Sign in").click()
    page.goto(made["workshop"] + "/board")
    page.get_by_role("button", name="Hide See and discuss").click()
    expect(page.get_by_role("button", name="Reveal See and discuss")).to_be_visible()
    expect(page.locator("#timer")).to_contain_text("Ends")
    page.get_by_label("Order").select_option("area")
    page.get_by_role("button", name="Show").click()
    assert "sort=area" in page.url
    page.get_by_role("button", name="Reveal See and discuss").click()
    page.goto(made["workshop"] + "/projector")
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".p-wall__place")).to_have_text("2 of 8")
