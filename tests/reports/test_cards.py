"""One-page cards: what they say, that each fits its page, and that nothing is drawn twice."""

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pypdf
import pytest

from consensus.scale import PROFICIENCY_LETTERS
from cycles.core.audit import Actor, events_of
from cycles.core.extensions import db
from cycles.core.jobs.models import Job, JobState
from cycles.profiles import commands
from cycles.profiles.models import ProfileStatus
from cycles.profiles.versions import read
from reports.cards.assembling import card_of, cards_of
from reports.cards.commands import ask_for_all, ask_for_card
from reports.cards.facts import Area, CardFacts, Ksb, Member, Standard
from reports.cards.fitting import LAST, first_sheet, tighter
from reports.cards.queries import pdf_of
from reports.cards.rendering import render_cards
from tests.client import ParsingClient
from tests.cycles.profile_cases import PIA, Case, make_case, ratify
from tests.factories import NOW, Cast

BY = {"actor": PIA, "moment": NOW}
HOSTILE = '</p><script>alert("x")</script><img src="http://127.0.0.1:9/x">'
Run = Callable[[], int]


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(cast)


def facts(members: int, **changed: object) -> CardFacts:
    """Return the facts of a profile of so many capabilities, of the length of real ones."""
    text = "Validate automated cell-culture equipment against regulatory requirements number"
    held = [
        Member(f"C-{n:03d}", f"{text} {n}", "P", "Practitioner", "", "", "", is_provisional=False)
        for n in range(1, members + 1)
    ]
    areas = [Area("Design", f"Area {n}", tuple(held[n : n + 3])) for n in range(0, members, 3)]
    made = CardFacts(
        code=f"P-{members:04d}",
        name="Process development scientist",
        is_name_suggested=False,
        role_level="Scientists",
        academic_level=6,
        partner="Manufacturer",
        state="Ratified",
        state_note="version 1, 2 March 2026",
        areas=tuple(areas),
        removed=(),
        answers="Approved by 3 of the 4 of the panel who answered.",
        objections=("It asks for two jobs at once.",),
        standards=(Standard("Baker", "T0001, level 6", "30.0 %", "6 of 20", "50.0 %", "5 of 10"),)
        * 3,
        standards_note="Run 1 of 2 March 2026; match from 50 %.",
        ksb_words="9 knowledge, 8 skills, 7 behaviours",
        ksbs=tuple(
            Ksb(letter, "Architecture of automated production lines") for letter in "KKSSBB"
        ),
        cycle="Automation in bakeries",
        is_demonstration=True,
        version_digest="ab" * 32,
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def pages_of(content: bytes) -> list[str]:
    """Return the words of each page."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pages]


def test_six_twenty_and_forty_capabilities_take_one_page_each_and_none_is_lost(
    session: object,
) -> None:
    hostile = replace(facts(6), name=HOSTILE, objections=(HOSTILE,), code="P-0007")
    cards = [facts(6), facts(20), facts(40), hostile]
    pdf = render_cards(cards, title="Cards", drawn_on="2 March 2026")
    pages = pages_of(pdf.content)
    assert pdf.pages == len(pages) == len(cards)
    assert not any(sheet.left_out for sheet in pdf.sheets)
    for card, text in zip(cards, pages, strict=True):
        codes = [member.code for area in card.areas for member in area.members]
        assert re.findall(r"C-\d{3}", text) == codes
        assert card.version_digest[:16] in text
        assert "A demonstration cycle" in text
    assert 'alert("x")' in pages[3]  # as words
    with pikepdf.open(io.BytesIO(pdf.content)) as opened:
        assert str(opened.Root.Lang).lower() == "en-gb"
        assert str(opened.docinfo["/Title"]) == "Cards"
        assert bool(opened.Root.MarkInfo.Marked)
        assert "/JavaScript" not in opened.Root.get("/Names", {})
        fonts = {
            str(font["/BaseFont"]) for page in opened.pages for font in page.Resources.Font.values()
        }
    assert all("SourceSans3" in font.replace("-", "") for font in fonts), fonts


def test_what_finds_no_room_is_named_and_where_it_stands() -> None:
    sheet = first_sheet(facts(90))
    assert sheet.step == LAST
    while len(sheet.left_out) < 10:
        sheet = tighter(sheet)
    kept = [member.code for area in sheet.areas for member in area.members]
    assert sorted([*kept, *sheet.left_out]) == [f"C-{n:03d}" for n in range(1, 91)]
    assert sheet.left_out_words.startswith(f"{len(sheet.left_out)} more capabilities have no room")
    both = [member.code for column in sheet.columns for area in column for member in area.members]
    assert both == kept


def test_long_reasons_are_shortened_before_any_capability_goes_and_that_is_said() -> None:
    given = facts(40, objections=("No. " * 400, "Short."))
    wordy = tuple(
        replace(area, members=tuple(replace(one, reason="x" * 1990) for one in area.members))
        for area in given.areas
    )
    found = render_cards([replace(given, areas=wordy)], title="Card", drawn_on="today")
    (text,) = pages_of(found.content)
    assert found.pages == 1
    assert "Reasons that end in … stand in full on the profile's page" in text
    assert "No. No.…" in text
    assert "Objection in the panel: Short." in text
    printed = set(re.findall(r"C-0\d\d", text))
    assert printed == {f"C-{number:03d}" for number in range(1, 41)}


def test_a_card_says_what_was_ratified_and_marks_a_prototype(case: Case) -> None:
    prototype = card_of(case.profile)
    assert (prototype.state, prototype.is_ratified) == ("Prototype", False)
    assert prototype.version_digest == ""
    version = ratify(case.profile, "Too much <i>paper</i>")
    db.session.commit()
    card = card_of(case.profile)
    assert card.state_note.startswith("version 1, ")
    assert card.version_digest == version.digest
    assert card.objections == ("Too much <i>paper</i>",)
    held = {one.code: PROFICIENCY_LETTERS[one.level] for one in read(version).members}
    assert {one.code: one.letter for area in card.areas for one in area.members} == held
    assert cards_of(case.cast.cycle.id) == (card,)


def test_a_reopened_profile_keeps_the_card_of_its_version(case: Case) -> None:
    ratify(case.profile)
    case.profile.status = ProfileStatus.PROPOSED
    db.session.flush()
    commands.change_level(
        profile=case.profile,
        member=case.agreed,
        level=3,
        reason="Safety",
        seen=case.agreed.version,
        **BY,
    )
    card = card_of(case.profile)
    assert card.state_note.endswith("; reopened since")
    assert {one.letter for area in card.areas for one in area.members} == {"P"}


def test_the_worker_draws_a_card_once_until_the_profile_changes(
    case: Case, client: ParsingClient, run_jobs: Run
) -> None:
    cycle_id, page = case.cast.cycle.id, f"/cycles/{case.cast.cycle.id}/profiles"
    client.sign_in(case.cast.tom)
    card = f"{page}/{case.profile.id}/card"
    assert client.get(f"{card}.pdf").status_code == 303
    assert client.submit(card).status_code == 303
    assert "Waiting for the worker" in client.get(f"{card}/state").text
    run_jobs()
    assert "Download the PDF" in client.get(card).text
    answer = client.get(f"{card}.pdf")
    assert answer.mimetype == "application/pdf"
    (text,) = pages_of(answer.data)
    for member in (case.agreed, case.provisional):
        assert f"P {member.statement.code} {member.statement.text}" in text
    ada = Actor(case.cast.ada.id, "Ada")
    first = ask_for_card(profile=case.profile, actor=ada, moment=NOW)
    assert first.state == JobState.DONE
    assert pdf_of(first) == answer.data
    assert [one.action for one in events_of(cycle_id)].count("cards.asked_for") == 1
    commands.rename(
        profile=case.profile, name="Night baker", reason="", seen=case.profile.name, **BY
    )
    second = ask_for_card(profile=case.profile, actor=ada, moment=NOW)
    assert (second.state, second.id == first.id) == (JobState.QUEUED, False)
    # It is the cycle's only profile: every card together says the same.
    assert ask_for_all(cycle_id=cycle_id, actor=ada, moment=NOW).id == second.id
    assert db.session.query(Job).count() == 2


def test_everyone_in_the_cycle_reads_the_cards(case: Case, client: ParsingClient) -> None:
    page = f"/cycles/{case.cast.cycle.id}/profiles"
    for account in (case.cast.sol, case.cast.eddy, case.cast.ada):
        client.sign_in(account)
        assert "Draw all 1 as one PDF" in client.get(f"{page}/cards").text
        assert "Calibrate oven sensors" in client.get(f"{page}/{case.profile.id}/card").text
    client.sign_in(case.cast.eve)
    assert client.get(f"{page}/cards").status_code == 404
    other = f"/cycles/{case.cast.other_cycle.id}/profiles/{case.profile.id}/card"
    assert client.get(other).status_code == 404
    assert client.get(f"{other}.pdf").status_code == 404
