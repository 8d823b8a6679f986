"""Part 4 of a report: what it says of the method, the profiles and what nothing supports."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from cycles.core.extensions import db
from cycles.people.models import Group
from cycles.profiles.models import ProfileGeneration
from reports.document.assembling import assemble
from reports.document.assembling.checklist import checklist_of
from reports.document.assembling.horizons import LONG, MEDIUM, SHORT, horizon_of
from reports.document.body import body_of
from reports.document.body.blocks import Block, Entry, Table
from reports.document.body.numbering import all_blocks
from reports.document.edition import make_edition
from reports.document.facts import CheckItem, Dissent, DissentReason, Document
from reports.document.packing import plain, restore
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast, make_account, make_cycle, make_participant
from tests.reports.report_cases import Baked, bake
from tests.workshop.rating import make_room
from workshop.rooms.commands import close_workshop


@pytest.fixture
def baked(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Baked:
    return bake(cast, run_jobs)


def document(cycle: object) -> Document:
    return assemble(cycle_id=cycle.id, number=1, moment=NOW)  # type: ignore[attr-defined]


def appendices(made: Document) -> tuple[Block, ...]:
    return tuple(all_blocks(body_of(made)[3:]))


def table(made: Document, key: str) -> list[list[str]]:
    found = [each for each in appendices(made) if isinstance(each, Table) and each.key == key]
    return [[cell.words for cell in row] for row in found[0].rows]


def words(made: Document) -> Iterator[str]:
    for block in appendices(made):
        if isinstance(block, Table):
            yield from (cell.words for row in block.rows for cell in row)
        else:
            yield str(getattr(block, "words", ""))


def test_every_section_of_the_appendices_is_written(baked: Baked) -> None:
    part = body_of(document(baked.cycle))[3]
    assert [each.place.number for each in part.sections] == [f"4.{at}" for at in range(1, 17)]
    assert all(each.blocks for each in part.sections)


def test_an_empty_cycle_says_what_there_is_not(session: object) -> None:
    said = " ".join(words(document(make_cycle("Nothing yet"))))
    for sentence in (
        "Nobody takes part yet.",
        "No round has been held, so there are no verdicts.",
        "Map and gap has not been run, so it is not known what is without support.",
        "No set of data has been used yet.",
        "Deviations from the plan: not recorded.",
        "No round has closed, or its bundle is not recorded.",
    ):
        assert sentence in said, sentence


def test_columns_fill_a_page_and_rows_fill_their_columns(baked: Baked) -> None:
    for each in appendices(document(baked.cycle)):
        if isinstance(each, Table):
            assert sum(column.width for column in each.columns) <= 100, each.key
            assert {len(row) for row in each.rows} <= {len(each.columns)}, each.key


def test_sections_that_are_pointed_to_are_there(baked: Baked) -> None:
    made = document(baked.cycle)
    there = {each.place.number for part in body_of(made) for each in part.sections}
    for named in re.findall(r"[Ss]ections? (\d\.\d+)(?: and (\d\.\d+))?", " ".join(words(made))):
        assert set(filter(None, named)) <= there, named


def test_two_guidelines_each_in_its_own_order(baked: Baked) -> None:
    made = document(baked.cycle)
    accord = [each for each in made.checklist if each.guideline == "ACCORD"]
    assert (len(accord), accord[0].number, accord[-1].number) == (35, "T1", "O3")
    delphistar = [each.number for each in made.checklist if each.guideline == "DELPHISTAR"]
    assert delphistar == [str(at) for at in range(1, 39)]
    rows = {row[0]: row[2] for row in table(made, "checklist-accord")}
    assert rows["M16"] == rows["O2"] == "not recorded"
    assert "6 of 6 answered" in rows["R3"]
    assert "4 kept" in rows["R5"]
    assert len(table(made, "checklist-delphistar")) == 38


def test_checklists_claim_no_more_than_was_done(baked: Baked) -> None:
    made = document(baked.cycle)

    def answers(of: Document) -> dict[str, str]:
        return {each.number: each.answer for each in checklist_of(of)}

    told = answers(made)
    # Nothing was captured in a workshop; one round of one kind was held.
    assert told["19"] == ""
    assert "Expert" in told["20"]
    assert "1 to 9" not in told["20"]
    assert told["M19"].startswith("No. ")
    assert "In round 1 an item closes when it is agreed" in told["23"]
    fewer = replace(made, agreement=replace(made.agreement, total=99, decided=2))
    assert "4 of 99" in answers(fewer)["M10"]
    assert "decided 2 items" in answers(fewer)["M19"]


def test_nothing_is_claimed_of_a_method_before_a_round_was_held(session: object) -> None:
    answers = {
        each.number: each.answer
        for each in document(make_cycle("Nothing yet")).checklist
        if each.guideline == "ACCORD"
    }
    told = {number for number, answer in answers.items() if answer}
    # The title, the scale of the rule card: what is there from the first day.
    assert told == {"T1", "M12"}


def test_a_checklist_from_before_is_printed_as_it_was(baked: Baked) -> None:
    older = replace(document(baked.cycle), checklist=(CheckItem("Aim", "Pilot", ""),))
    assert table(older, "checklist") == [["Aim", "Pilot", "not recorded"]]


def test_horizons_follow_from_how_near_the_nearest_duty_comes() -> None:
    said = [horizon_of(score, 50) for score in (49.9, 45.0, 44.9, 40.0, 39.9, None)]
    assert said == [SHORT, SHORT, MEDIUM, MEDIUM, LONG, LONG]


def test_every_unsupported_capability_has_one_horizon(baked: Baked) -> None:
    made = document(baked.cycle)
    assert made.provision is not None
    counts = {each.horizon: each.count for each in made.provision.horizons}
    assert sum(counts.values()) == made.provision.unsupported > 0
    listed = [row[4].lower() for row in table(made, "unsupported")]
    assert {each: listed.count(each) for each in counts} == counts
    assert listed == sorted(listed, key=list(counts).index), "by horizon, the nearest first"
    assert [int(row[2]) for row in table(made, "horizons")] == list(counts.values())


def test_deviations_are_counted_and_nought_is_said(baked: Baked) -> None:
    late = make_participant(baked.cycle, make_account("Late Comer"), Group.EMPLOYER)
    late.joined_at = NOW + timedelta(days=2)
    db.session.commit()
    made = document(baked.cycle)
    rows = {row[0]: row[1] for row in table(made, "deviations")}
    assert rows["People who joined after the first round had opened"] == "1"
    assert rows["Pauses of a round"] == "0"
    answers = {each.number: each.answer for each in made.checklist if each.guideline == "ACCORD"}
    assert "People who joined after the first round had opened: 1" in answers["R2"]


def test_a_closed_round_names_the_bundle_that_recomputes_it(baked: Baked) -> None:
    made = document(baked.cycle)
    (row,) = table(made, "bundles")
    assert re.fullmatch(r"round-1-[0-9a-f]{8}\.zip", row[3])
    assert any("flask --app wsgi consensus recompute" in each for each in words(made))


def test_the_digest_that_is_printed_is_the_snapshots(baked: Baked) -> None:
    edition = make_edition(document(baked.cycle), digest="ab" * 32, is_draft=True)
    assert "ab" * 32 in edition.html("`{{ snapshot.digest }}`")
    assert edition.taken in edition.html("{{ snapshot.taken }}")


def test_a_round_is_compared_with_nothing_before_the_second(baked: Baked) -> None:
    (line,) = document(baked.cycle).agreement.rounds
    assert (line.compared, line.stable, line.median_change_percent) == (0, 0, None)
    assert line.alpha is not None
    (row,) = table(document(baked.cycle), "stability")
    assert row[1:4] == ["–", "–", "–"]


def test_a_second_round_says_how_far_the_panel_moved(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=2)
    first = room.open_round()
    for item in room.asked(first):
        room.answer(first, item, "AAAEEE")
    room.close(first)
    second = room.open_round()
    moved, held = room.asked(second)
    room.answer(second, moved, "AAEEEE")
    room.answer(second, held, "AAAEEE")
    room.close(second)
    db.session.commit()
    line = document(cast.cycle).agreement.rounds[1]
    # One of six moved in one item: 16.7 % is more than the card's 15 %.
    assert (line.compared, line.stable) == (2, 1)
    assert line.median_change_percent == 8.3


def test_rounds_add_up_to_the_items_agreed(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=1)
    # Agreed in the second round while still moving, it is asked a third time.
    for answers in ("AAAEEE", "EEEEEE", "EEEEEE"):
        round_ = room.open_round()
        room.answer(round_, *room.asked(round_), answers)
        room.close(round_)
    db.session.commit()
    found = document(cast.cycle).agreement
    assert [(line.agreed, line.still_open) for line in found.rounds] == [(0, 1), (0, 1), (1, 0)]
    assert sum(line.agreed or 0 for line in found.rounds) == found.agreed


def test_what_was_agreed_while_it_still_moved_is_told(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=1)
    for answers in ("AAAEEE", "AAEEEE", "EEEEEE"):
        round_ = room.open_round()
        room.answer(round_, *room.asked(round_), answers)
        room.close(round_)
    db.session.commit()
    made = document(cast.cycle)
    assert (made.agreement.agreed, made.agreement.agreed_at_cap) == (1, 1)
    assert "Of the 1 agreed, 1 had not come to rest" in " ".join(words(made))


def test_items_that_a_closed_workshop_left_open_are_a_deviation(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=1)
    round_ = room.open_round()
    room.answer(round_, *room.asked(round_), "AAAEEE")
    room.close(round_)
    db.session.commit()
    what = "Items still open when their workshop was closed"

    def times() -> int:
        found = document(cast.cycle).agreement.deviations or ()
        return next(each.count for each in found if each.what == what)

    assert times() == 0
    close_workshop(workshop=room.workshop, actor=room.actor, moment=NOW)
    db.session.commit()
    assert times() == 1


def test_what_profiles_were_grouped_through_is_attributed(baked: Baked) -> None:
    generation = ProfileGeneration(
        cycle_id=baked.cycle.id,
        number=1,
        settings={"lens": "ab" * 32},
        criterion={},
        created_at=NOW,
    )
    db.session.add(generation)
    db.session.flush()
    baked.bakery.operator.generation_id = generation.id
    db.session.commit()
    (lens,) = [each for each in document(baked.cycle).sources if "lens" in each.used_for]
    assert (lens.name, lens.licence) == ("A lens that is no longer kept", "")
    assert "ab" * 32 in lens.attribution


def test_dissent_is_told_once_with_the_role_levels_it_was_given_for(baked: Baked) -> None:
    made = document(baked.cycle)
    first = made.agreement.dissent[0]
    lines = (
        _dissent(first, "Cooks", DissentReason("a lower level", "Bought in")),
        _dissent(first, "Leads", DissentReason("a lower level", "Bought in")),
    )
    again = replace(made, agreement=replace(made.agreement, dissent=lines))
    rows = table(again, "dissent")
    assert [row[0].startswith(first.code) for row in rows] == [True, True]
    assert rows[0][0] != rows[1][0] == first.code, "the words of a capability stand there once"
    (reasons,) = table(again, "dissent-reasons")
    assert reasons == [first.code, "Lower level", "“Bought in” (Cooks; Leads)"]


def _dissent(like: Dissent, role_level: str, reason: DissentReason) -> Dissent:
    return replace(like, role_level=role_level, reasons=(reason,), comments=())


def test_counts_that_were_withheld_are_said_to_be(baked: Baked) -> None:
    rows = {row[0][:5]: row for row in table(document(baked.cycle), "dissent")}
    assert rows["C-002"][2:6] == ["0", "3", "0", "3"]
    assert rows["C-003"][2:6] == ["–"] * 4
    assert "counts withheld" in rows["C-003"][6]


def test_each_profile_lists_the_standards_that_fit_it(baked: Baked) -> None:
    made = document(baked.cycle)
    assert made.provision is not None
    entries = [each for each in appendices(made) if isinstance(each, Entry)]
    for found in made.provision.profiles:
        (entry,) = [each for each in entries if each.anchor == f"profile-{found.code}"]
        keys = [each.key for each in entry.blocks if isinstance(each, Table)]
        assert (f"standards-{found.code}" in keys) == any(one.fit_count for one in found.standings)
    best = made.provision.profiles[0].best
    assert best is not None
    row = table(made, "standards-P-0001")[0]
    assert row[0] == f"{best.title} ({best.reference})"
    assert row[2].endswith(f"{best.fit_count} of {made.provision.profiles[0].member_count}")


def test_a_statement_stands_once_and_profiles_name_it(baked: Baked) -> None:
    made = document(baked.cycle)
    line, codes = made.ksbs.lines[0], ["C-001", "C-001", "C-002", "C-004"]
    lines = tuple(
        replace(line, code=code, text=words)
        for code, words in zip(codes, ("One", "Two", "Two", "Three"), strict=True)
    )
    again = replace(made, ksbs=replace(made.ksbs, lines=lines))
    (listed,) = [each for each in appendices(again) if getattr(each, "title", "") == "Knowledge"]
    assert getattr(listed, "items", ()) == ("K1 One", "K2 Two", "K3 Three")
    labels = {row[0][:6]: row[1] for row in table(again, "ksbs")}
    held = {each.code: {one.code for one in each.members} for each in again.occupations.profiles}
    assert labels["P-0001"] == ("K1, K2" if "C-004" not in held["P-0001"] else "K1–K3")
    assert all("K3" in labels[code] for code, own in held.items() if "C-004" in own)


def test_a_snapshot_without_the_newer_facts_still_prints(baked: Baked) -> None:
    older = plain(document(baked.cycle))
    del older["agreement"]["deviations"], older["people"]["invitations"]
    for name in ("horizons", "horizon_rule"):
        del older["provision"][name]
    for line in older["provision"]["unsupported_lines"]:
        del line["horizon"]
    for line in older["agreement"]["rounds"]:
        for name in ("compared", "stable", "median_change_percent", "alpha", "w", "bundle"):
            del line[name]
    made = restore(Document, older)
    assert {row[4] for row in table(made, "unsupported")} == {"not recorded"}
    keys = {each.key for each in appendices(made) if isinstance(each, Table)}
    assert not keys & {"horizons", "stability", "deviations", "bundles"}


def test_what_people_named_like_a_number_stays_as_they_wrote_it(baked: Baked) -> None:
    baked.bakery.operator.role_level.name = "{{ profiles.count }}"
    db.session.commit()
    edition = make_edition(document(baked.cycle), digest="0" * 64, is_draft=True)
    entry = next(each for each in appendices(edition.document) if isinstance(each, Entry))
    about = edition.html(getattr(entry.blocks[0], "words", ""))
    assert "{{ profiles.count }}" in about
