"""Recording what organisations can do today, counting it, and reading it from a table."""

import io
from dataclasses import dataclass

import pytest

from cycles.core.audit import Actor, events_of
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.core.tables import read_table
from cycles.current_state.commands import (
    Answer,
    Clashed,
    import_answers,
    record,
    seen_of,
    take_back_marks,
)
from cycles.current_state.importing import HEADINGS, REQUIRED, read_answers
from cycles.current_state.models import Strength
from cycles.current_state.queries import Tally, captured, cells_of, is_captured
from cycles.setup.models import Partner
from cycles.setup.queries import partners_of
from cycles.stages.gates import warnings
from cycles.stages.queries import evidence_of
from cycles.stages.words import Stage
from cycles.statements.commands import merge
from cycles.statements.models import CapabilityStatement, StatementStatus
from tests.factories import NOW, Cast, make_area, make_partner, make_statement

TOM, EMA = Actor(None, "Tom Okafor"), Actor(None, "Ema Lindqvist")


@dataclass(frozen=True)
class Case:
    """Two partners; three capabilities, the first of the maker alone, the last not kept yet."""

    cast: Cast
    maker: Partner
    mender: Partner
    oven: CapabilityStatement
    log: CapabilityStatement
    drone: CapabilityStatement

    def say(self, *answers: Answer, by: str = "technologist", **more: object) -> int:
        facts = {"cycle": self.cast.cycle, "partner": self.maker, "actor": TOM, "moment": NOW}
        person = getattr(self.cast, by)
        return record(**{**facts, "answers": answers, "participant_id": person.id, **more})

    def seen(self, statement: CapabilityStatement, partner: Partner) -> str:
        return seen_of(
            next(
                each.record
                for each in cells_of(self.cast.cycle.id)
                if each.statement is statement and each.partner is partner
            )
        )


@pytest.fixture
def case(cast: Cast) -> Case:
    cast.cycle.stage = Stage.PREPARING
    maker = make_partner(cast.cycle)
    mender = make_partner(cast.cycle, "Service firm", 2)
    area = make_area()
    oven = make_statement(cast.cycle, area=area, partners=[maker])
    log = make_statement(cast.cycle, "Read the oven's log", 2, area=area)
    drone = make_statement(
        cast.cycle, "Fly drones over a field", 3, status=StatementStatus.SUBMITTED
    )
    db.session.commit()
    return Case(cast, maker, mender, oven, log, drone)


def test_a_partner_is_asked_about_its_own_capabilities_and_those_of_nobody_yet(case: Case) -> None:
    found = [(each.statement.code, each.partner.name) for each in cells_of(case.cast.cycle.id)]
    assert found == [
        ("C-001", "Manufacturer"),
        ("C-002", "Manufacturer"),
        ("C-002", "Service firm"),
        ("C-003", "Manufacturer"),
        ("C-003", "Service firm"),
    ]
    with pytest.raises(Invalid, match="Service firm is not asked about C-001"):
        case.say(Answer(case.oven, case.mender, Strength.SOME), partner=case.mender)


def test_cells_and_capabilities_are_counted_apart(case: Case) -> None:
    case.say(
        Answer(case.oven, case.maker, Strength.STRONG),
        Answer(case.log, case.maker, Strength.NONE),
    )
    case.say(Answer(case.log, case.mender, Strength.SOME, "Two firms"), partner=case.mender)
    found = captured(case.cast.cycle.id)
    assert found.cells == Tally(none=1, some=1, strong=1, missing=2)
    assert found.partner_totals == (Tally(none=1, strong=1, missing=1), Tally(some=1, missing=1))
    assert found.capabilities == Tally(some=1, strong=1, missing=1)
    assert [line.function for line in found.functions] == ["Implement", ""]
    assert found.functions[0].counts == (Tally(none=1, strong=1), Tally(some=1))


def test_a_form_is_one_event_and_no_change_is_none(case: Case) -> None:
    answers = [
        Answer(case.oven, case.maker, Strength.SOME),
        Answer(case.log, case.maker, Strength.NONE),
    ]
    assert case.say(*answers) == 2
    assert case.say(*answers) == 0
    events = [each for each in events_of(case.cast.cycle.id) if "present" in each.action]
    assert [each.facts for each in events] == [
        {"partner": "Manufacturer", "changed": 2, "marked": 0}
    ]


def test_whoever_saves_over_another_is_told_first_and_nothing_is_saved(case: Case) -> None:
    blank = case.seen(case.oven, case.maker)
    case.say(Answer(case.oven, case.maker, Strength.STRONG, seen=blank))
    late = Answer(case.oven, case.maker, Strength.NONE, seen=blank)
    other = Answer(case.log, case.maker, Strength.SOME, seen=blank)
    with pytest.raises(Clashed, match="C-001") as refusal:
        case.say(late, other, by="employer")
    assert refusal.value.statement_ids == {case.oven.id}
    assert captured(case.cast.cycle.id).cells == Tally(strong=1, missing=4)
    again = Answer(case.oven, case.maker, Strength.NONE, seen=case.seen(case.oven, case.maker))
    assert case.say(again, other, by="employer") == 2


def test_a_row_that_its_reader_left_alone_takes_nothing_back(case: Case) -> None:
    blank = case.seen(case.oven, case.maker)
    case.say(Answer(case.oven, case.maker, Strength.STRONG, seen=blank))
    untouched = Answer(case.oven, case.maker, None, seen=blank)
    mine = Answer(case.log, case.maker, Strength.SOME, seen=blank)
    assert case.say(untouched, mine, by="employer", rest=[case.oven]) == 1
    assert captured(case.cast.cycle.id).cells == Tally(some=1, strong=1, missing=3)


def test_ones_own_quick_second_answer_counts(case: Case) -> None:
    blank = case.seen(case.oven, case.maker)
    case.say(Answer(case.oven, case.maker, Strength.SOME, seen=blank))
    case.say(Answer(case.oven, case.maker, Strength.STRONG, seen=blank))
    assert captured(case.cast.cycle.id).cells.strong == 1
    case.say(Answer(case.oven, case.maker, None, seen=case.seen(case.oven, case.maker)))
    assert not is_captured(case.cast.cycle.id)


def test_the_rest_of_an_area_is_marked_and_taken_back(case: Case) -> None:
    case.say(Answer(case.oven, case.maker, Strength.SOME))
    assert case.say(rest=[case.oven, case.log]) == 1
    assert captured(case.cast.cycle.id).cells == Tally(none=1, some=1, missing=3)
    undo = {
        "cycle": case.cast.cycle,
        "partner": case.maker,
        "statements": [case.oven, case.log],
        "marked_at": NOW,
        "actor": TOM,
        "moment": NOW,
    }
    with pytest.raises(Exception, match="nothing left"):
        take_back_marks(**undo, participant_id=case.cast.employer.id)
    assert take_back_marks(**undo, participant_id=case.cast.technologist.id) == 1
    assert captured(case.cast.cycle.id).cells == Tally(some=1, missing=4)


def test_a_note_stands_beside_an_answer(case: Case) -> None:
    with pytest.raises(Invalid, match="C-001 has a note"):
        case.say(Answer(case.oven, case.maker, None, "Ask Ema"))
    with pytest.raises(Invalid, match="too long"):
        case.say(Answer(case.oven, case.maker, Strength.SOME, "a" * 1001))


@pytest.mark.parametrize("stage", [Stage.IDENTIFYING, Stage.COMMUNICATING])
def test_the_current_state_is_captured_early_or_not_at_all(case: Case, stage: Stage) -> None:
    case.cast.cycle.stage = stage
    db.session.commit()
    with pytest.raises(Closed, match="preparing or carrying out"):
        case.say(Answer(case.oven, case.maker, Strength.SOME))


def test_the_gate_warns_until_something_is_captured(case: Case) -> None:
    def said() -> str:
        return " ".join(warnings(Stage.PREPARING, evidence_of(case.cast.cycle)))

    assert "current state is not known" in said()
    case.say(Answer(case.oven, case.maker, Strength.NONE))
    assert "current state" not in said()


def test_a_merge_loses_nothing_that_was_captured(case: Case) -> None:
    case.say(Answer(case.log, case.maker, Strength.STRONG, "Since 2020"))
    case.say(Answer(case.log, case.mender, Strength.SOME), partner=case.mender)
    case.say(Answer(case.drone, case.mender, Strength.NONE), partner=case.mender)
    merge(statement=case.log, into=case.drone, actor=TOM, moment=NOW)
    found = {
        (each.statement.code, each.partner.name): each.strength
        for each in cells_of(case.cast.cycle.id)
        if each.record
    }
    assert found == {
        ("C-003", "Manufacturer"): Strength.STRONG,
        ("C-003", "Service firm"): Strength.NONE,
    }


def read(case: Case, *rows: str) -> object:
    text = "\n".join([",".join(HEADINGS), *rows])
    table = read_table(io.BytesIO(text.encode()), "state.csv", headings=HEADINGS, required=REQUIRED)
    return read_answers(table, cells_of(case.cast.cycle.id), partners_of(case.cast.cycle.id))


def test_a_table_is_read_row_by_row(case: Case) -> None:
    found = read(
        case,
        "C-001,,manufacturer,STRONG,All of them",
        ",Read the oven's log,Service firm,none,",
        "C-002,,Manufacturer,,",
        "C-009,,Manufacturer,some,",
        "C-001,Fly drones over a field,Manufacturer,some,",
        "C-001,,Service firm,some,",
        "C-002,,Manufacturer,much,",
        "C-002,,Baker,some,",
        "C-002,,Service firm,some,",
        "C-003,,Manufacturer,,A note alone",
    )
    assert [(each.statement.code, each.strength, each.note) for each in found.answers] == [
        ("C-001", Strength.STRONG, "All of them"),
        ("C-002", Strength.NONE, ""),
    ]
    assert found.empty == 1
    told = {each.number: each.sentence for each in found.problems}
    assert told == {
        5: "“C-009” is not a capability of this cycle.",
        6: "C-001 says “Calibrate oven sensors”, not “Fly drones over a field”.",
        7: "C-001 is not a capability of Service firm.",
        8: "Today is “none”, “some” or “strong”, not “much”.",
        9: "“Baker” is not a partner of this cycle.",
        10: "Row 3 is about the same capability and partner.",
        11: "Today is “none”, “some” or “strong”, not “”.",
    }


def test_a_table_takes_the_place_of_what_is_there(case: Case) -> None:
    case.say(Answer(case.oven, case.maker, Strength.NONE))
    facts = {"participant_id": case.cast.employer.id, "actor": EMA, "moment": NOW}
    answers = read(case, "C-001,,Manufacturer,strong,", "C-002,,Manufacturer,some,").answers
    assert import_answers(cycle=case.cast.cycle, answers=answers, **facts) == 2
    assert captured(case.cast.cycle.id).cells == Tally(some=1, strong=1, missing=3)
