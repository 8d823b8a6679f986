"""Rounds: what they ask, when they open and close, and what closing freezes."""

import pytest

from consensus.rule import Rule
from consensus.verdict import verdict
from cycles.core.audit import AuditEvent
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.setup.models import RuleCard
from cycles.stages.words import Stage
from cycles.statements.models import StatementStatus
from tests.factories import NOW, Cast, make_area, make_statement
from tests.workshop.rating import make_room
from workshop.rooms.commands import (
    close_workshop,
    open_round,
    open_workshop,
    plan_workshop,
)
from workshop.rooms.models import Item, ItemVerdict, RoomState, WorkshopKind


def verdict_of(item: Item) -> ItemVerdict:
    return db.session.query(ItemVerdict).filter_by(item_id=item.id).one()


def test_round_one_asks_every_kept_statement_at_every_role_level(cast: Cast) -> None:
    room = make_room(cast, statements=2, levels=3)
    make_statement(room.cycle, "Dropped", 3, status=StatementStatus.REJECTED)
    asked = room.asked(room.open_round())
    assert [(one.statement.code, one.role_level.name) for one in asked] == [
        (code, level) for code in ("C-001", "C-002") for level in ("Level 1", "Level 2", "Level 3")
    ]


def test_items_follow_the_classification_then_the_codes(cast: Cast) -> None:
    room = make_room(cast, statements=1)
    later = make_area("Ovens")
    make_statement(room.cycle, "Unclassified", 2)
    make_statement(room.cycle, "In the later area", 3, area_id=later.id)
    assert [one.statement.code for one in room.asked(room.open_round())] == [
        "C-001",
        "C-003",
        "C-002",
    ]


def test_items_keep_their_wording_when_a_statement_is_reworded(cast: Cast) -> None:
    room = make_room(cast, statements=1)
    item = room.asked(room.open_round())[0]
    room.statements[0].text = "Calibrate every oven sensor"
    db.session.flush()
    assert item.wording == "Calibrate oven sensor 1"


def test_opening_round_one_fixes_the_rule_card(cast: Cast) -> None:
    room = make_room(cast)
    room.open_round()
    card = db.session.get_one(RuleCard, room.cycle.id)
    assert card.fixed_at == NOW
    assert card.digest == Rule().digest()


def test_a_second_open_round_is_refused(cast: Cast) -> None:
    room = make_room(cast)
    room.open_round()
    with pytest.raises(Closed, match="Round 1 is open already"):
        room.open_round()


def test_rounds_open_only_while_the_cycle_is_carrying_out(cast: Cast) -> None:
    room = make_room(cast)
    room.cycle.stage = Stage.PREPARING
    with pytest.raises(Closed, match="this cycle is preparing"):
        room.open_round()


def test_nothing_to_ask_is_said(cast: Cast) -> None:
    room = make_room(cast, statements=0)
    with pytest.raises(Invalid, match="nothing to ask"):
        room.open_round()


def test_a_second_workshop_does_not_ask_a_cell_again(cast: Cast) -> None:
    room = make_room(cast, statements=1)
    room.open_round()
    second = plan_workshop(
        cycle=room.cycle,
        kind=WorkshopKind.PROFICIENCY,
        title="The rest",
        actor=room.actor,
        moment=NOW,
    )
    open_workshop(workshop=second, actor=room.actor, moment=NOW)
    added = make_statement(room.cycle, "Clean the ovens", 9)
    round_ = open_round(workshop=second, actor=room.actor, moment=NOW)
    assert [one.statement_id for one in room.asked(round_)] == [added.id]


def test_rounds_belong_to_proficiency_workshops(cast: Cast) -> None:
    room = make_room(cast)
    other = plan_workshop(
        cycle=room.cycle,
        kind=WorkshopKind.CAPTURE,
        title="Capture",
        actor=room.actor,
        moment=NOW,
    )
    open_workshop(workshop=other, actor=room.actor, moment=NOW)
    with pytest.raises(Invalid, match="proficiency"):
        open_round(workshop=other, actor=room.actor, moment=NOW)


@pytest.mark.parametrize(
    "letters",
    ["PPPPAE", "NNNNNA", "PPPEEE", "AAEEEA", "NNPPPP", "PPPP", "PPPP??-", "AAPPPPPP"],
)
def test_the_frozen_verdict_is_that_of_the_counts(cast: Cast, letters: str) -> None:
    room = make_room(cast, employers=8, statements=1)
    round_ = room.open_round()
    item = room.asked(round_)[0]
    room.answer(round_, item, letters)
    room.close(round_)
    expected = verdict([letters.count(letter) for letter in "NAPE"], Rule())
    frozen = verdict_of(item)
    assert frozen.outcome == expected.outcome.value
    assert frozen.level == expected.level
    assert tuple(frozen.counts) == expected.counts
    assert frozen.abstained == letters.count("?") + letters.count("-")
    assert frozen.is_fragile == expected.is_fragile
    assert frozen.figures["agreement"] == pytest.approx(expected.agreement)
    assert frozen.figures["is_stable"] is None
    assert frozen.rule_digest == Rule().digest()


def test_an_item_nobody_rated_is_judged_too(cast: Cast) -> None:
    room = make_room(cast, statements=1)
    round_ = room.open_round()
    room.close(round_)
    frozen = verdict_of(room.asked(round_)[0])
    assert (frozen.outcome, frozen.closing, frozen.counts) == ("insufficient", "open", [0, 0, 0, 0])


def test_the_second_round_asks_only_what_is_open(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=3)
    first = room.open_round()
    agreed, split, unanswered = room.asked(first)
    room.answer(first, agreed, "PPPPPP")
    room.answer(first, split, "NNNPPP")
    room.close(first)
    second = room.open_round()
    assert second.number == 2
    assert room.asked(second) == [split, unanswered]


def test_a_rejected_statement_is_not_asked_again(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=2)
    first = room.open_round()
    for item in room.asked(first):
        room.answer(first, item, "NNNPPP")
    room.close(first)
    room.statements[0].status = StatementStatus.REJECTED
    db.session.flush()
    assert [one.statement.code for one in room.asked(room.open_round())] == ["C-002"]


def test_what_stays_the_same_closes_as_stable_dissent(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=1)
    first = room.open_round()
    item = room.asked(first)[0]
    room.answer(first, item, "NNNPPP")
    room.close(first)
    second = room.open_round()
    room.answer(second, item, "PPPNNN")
    room.close(second)
    frozen = db.session.query(ItemVerdict).filter_by(round_id=second.id).one()
    assert frozen.closing == "stable dissent"
    assert frozen.figures["is_stable"] is True
    assert frozen.figures["change"] == 0
    assert frozen.figures["share_moved"] == 1
    with pytest.raises(Closed, match="left nothing open"):
        room.open_round()


def test_the_cap_of_rounds_closes_everything(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=1)
    for letters in ("NNNPPP", "PPPEEE", "AAAEEE"):
        round_ = room.open_round()
        item = room.asked(round_)[0]
        room.answer(round_, item, letters)
        room.close(round_)
    frozen = db.session.query(ItemVerdict).filter_by(round_id=round_.id).one()
    assert frozen.closing == "capped"
    with pytest.raises(Closed):
        room.open_round()


def test_a_round_closes_once_and_takes_nothing_afterwards(cast: Cast) -> None:
    room = make_room(cast)
    round_ = room.open_round()
    item = room.asked(round_)[0]
    room.close(round_)
    with pytest.raises(Closed, match="closed already"):
        room.close(round_)
    with pytest.raises(Closed, match="Round 1 has closed"):
        room.answer(round_, item, "P")


def test_a_workshop_does_not_close_over_an_open_round(cast: Cast) -> None:
    room = make_room(cast)
    round_ = room.open_round()
    with pytest.raises(Closed, match="Round 1 is still open"):
        close_workshop(workshop=room.workshop, actor=room.actor, moment=NOW)
    room.close(round_)
    close_workshop(workshop=room.workshop, actor=room.actor, moment=NOW)
    assert room.workshop.state == RoomState.CLOSED
    with pytest.raises(Closed, match="is over"):
        open_workshop(workshop=room.workshop, actor=room.actor, moment=NOW)


def test_rounds_are_audited_without_answers(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=1)
    round_ = room.open_round()
    room.answer(round_, room.asked(round_)[0], "PPPPPP")
    room.close(round_)
    events = (
        db.session.query(AuditEvent).filter_by(subject_id=round_.id).order_by(AuditEvent.id).all()
    )
    assert [one.action for one in events] == ["round.opened", "round.closed"]
    assert events[1].facts == {"number": 1, "asked": 1, "still_open": 0}
