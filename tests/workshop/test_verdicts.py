"""Verdicts afterwards: which cells are settled, what may be decided, what the gates are told."""

import pytest

from consensus.verdict import Outcome
from cycles.core.audit import AuditEvent
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.stages.evidence import provided
from cycles.statements.models import StatementStatus
from tests.factories import NOW, Cast, make_role_level, make_statement
from tests.workshop.rating import Room, make_room
from workshop.rooms.commands import accept_medians, close_workshop, decide_cell
from workshop.rooms.models import Item, ItemVerdict
from workshop.rooms.queries import Cell, settled_cells, verdict_overview
from workshop.rooms.words import verdict_words

CASES = {
    "PPPPPPPP": (Outcome.LEVEL, 2, True, False),
    "NNNNNNNN": (Outcome.NOT_NEEDED, None, True, False),
    "PPPPEEEE": (Outcome.ADJACENT, 2, True, True),
    "AAAAEEEE": (Outcome.NO_LEVEL, 1, True, True),
    "NNNNPPPP": (Outcome.SPLIT, None, False, False),
    "PPP     ": (Outcome.INSUFFICIENT, None, False, False),
}


def finished_room(cast: Cast) -> Room:
    """Return a room whose workshop is closed after one round, one case a capability."""
    room = make_room(cast, employers=8, statements=len(CASES))
    round_ = room.open_round()
    for item, letters in zip(room.asked(round_), CASES, strict=True):
        room.answer(round_, item, letters)
    room.close(round_)
    close_workshop(workshop=room.workshop, actor=room.actor, moment=NOW)
    return room


def cell_with(cast: Cast, outcome: Outcome) -> Cell:
    return next(one for one in settled_cells(cast.cycle.id) if one.outcome == outcome)


def item_of(cell: Cell) -> Item:
    return db.session.get_one(Item, cell.item_id)


def test_each_outcome_settles_as_the_method_says(cast: Cast) -> None:
    finished_room(cast)
    found = [
        (one.outcome, one.level, one.is_settled, one.is_provisional)
        for one in settled_cells(cast.cycle.id)
    ]
    assert found == list(CASES.values())


def test_a_cell_still_being_asked_is_not_settled(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=1)
    round_ = room.open_round()
    room.answer(round_, room.asked(round_)[0], "PPPEEE")
    room.close(round_)
    (cell,) = settled_cells(cast.cycle.id)
    assert (cell.is_finished, cell.is_settled, cell.level) == (False, False, None)


def test_the_latest_round_speaks(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=1)
    for letters in ("NNNPPP", "EEEEEE"):
        round_ = room.open_round()
        room.answer(round_, room.asked(round_)[0], letters)
        room.close(round_)
    (cell,) = settled_cells(cast.cycle.id)
    assert (cell.round_number, cell.outcome) == (2, Outcome.LEVEL)


def test_statements_no_longer_kept_leave_the_cells(cast: Cast) -> None:
    room = finished_room(cast)
    room.statements[0].status = StatementStatus.MERGED
    db.session.flush()
    assert len(settled_cells(cast.cycle.id)) == len(CASES) - 1


def test_deciding_a_cell_settles_it_and_keeps_its_verdict(cast: Cast) -> None:
    room = finished_room(cast)
    split = cell_with(cast, Outcome.SPLIT)
    decide_cell(
        item=item_of(split), level=2, reason="Two sites need it.", actor=room.actor, moment=NOW
    )
    decided = cell_with(cast, Outcome.SPLIT)
    assert (decided.level, decided.is_settled, decided.is_decided) == (2, True, True)
    assert decided.reason == "Two sites need it."
    assert decided.counts == (4, 0, 4, 0)
    assert verdict_words(decided) == "Practitioner, decided by the convener"
    event = db.session.query(AuditEvent).filter_by(action="cell.decided").one()
    assert event.facts == {"level": "Practitioner", "outcome": "split"}


def test_a_decision_may_be_made_again(cast: Cast) -> None:
    room = finished_room(cast)
    item = item_of(cell_with(cast, Outcome.SPLIT))
    for level in (3, 0):
        decide_cell(item=item, level=level, reason="Heard again.", actor=room.actor, moment=NOW)
    decided = cell_with(cast, Outcome.SPLIT)
    assert (decided.level, decided.is_settled) == (None, True)


def test_a_decision_needs_a_reason_and_a_level(cast: Cast) -> None:
    room = finished_room(cast)
    item = item_of(cell_with(cast, Outcome.SPLIT))
    with pytest.raises(Invalid) as refusal:
        decide_cell(item=item, level=2, reason="  ", actor=room.actor, moment=NOW)
    assert "reason" in refusal.value.problems
    with pytest.raises(Invalid):
        decide_cell(item=item, level=4, reason="Because.", actor=room.actor, moment=NOW)


def test_what_the_panel_agreed_on_is_not_decided_over(cast: Cast) -> None:
    room = finished_room(cast)
    item = item_of(cell_with(cast, Outcome.LEVEL))
    with pytest.raises(Closed, match="verdict stands"):
        decide_cell(item=item, level=3, reason="I differ.", actor=room.actor, moment=NOW)


def test_a_cell_is_not_decided_while_it_is_asked(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=1)
    round_ = room.open_round()
    (item,) = room.asked(round_)
    room.answer(round_, item, "NNNPPP")
    with pytest.raises(Closed, match="still being asked"):
        decide_cell(item=item, level=2, reason="Early.", actor=room.actor, moment=NOW)
    room.close(round_)
    with pytest.raises(Closed, match="still being asked"):
        decide_cell(item=item, level=2, reason="Early.", actor=room.actor, moment=NOW)


def test_lower_medians_are_accepted_together(cast: Cast) -> None:
    room = finished_room(cast)
    decided = accept_medians(
        workshop=room.workshop,
        outcomes=[Outcome.ADJACENT, Outcome.NO_LEVEL, Outcome.SPLIT],
        reason="The modest middle.",
        actor=room.actor,
        moment=NOW,
    )
    assert decided == 3
    levels = {one.outcome: one.level for one in settled_cells(cast.cycle.id) if one.is_decided}
    assert levels == {Outcome.ADJACENT: 2, Outcome.NO_LEVEL: 1, Outcome.SPLIT: None}
    event = db.session.query(AuditEvent).filter_by(action="cells.decided").one()
    assert event.facts["decided"] == 3


def test_a_median_of_too_few_is_never_accepted(cast: Cast) -> None:
    room = finished_room(cast)
    with pytest.raises(Invalid):
        accept_medians(
            workshop=room.workshop,
            outcomes=[Outcome.INSUFFICIENT],
            reason="All of them.",
            actor=room.actor,
            moment=NOW,
        )


def test_the_gates_hear_of_unsettled_and_unasked_cells(cast: Cast) -> None:
    finished_room(cast)
    make_statement(cast.cycle, "Kept after the rounds", 90)
    facts = provided(cast.cycle.id)
    assert facts["cells_total"] == len(CASES) + 1
    assert facts["cells_unsettled"] == 3
    assert (facts["workshops_open"], facts["workshops_closed"]) == (0, 1)


def test_the_overview_adds_up(cast: Cast) -> None:
    finished_room(cast)
    make_role_level(cast.cycle, "Never asked", 2)
    found = verdict_overview(cast.cycle.id)
    assert found.settled + found.unsettled == found.total == 2 * len(CASES)
    assert (found.judged, found.settled, found.provisional) == (6, 4, 2)
    assert sum(number for _, number in found.outcomes) == found.judged
    assert found.role_levels[0].counts == (1, 1, 2, 0)
    assert found.role_levels[1].counts == (0, 0, 0, 0)


def test_the_frozen_row_is_not_touched_by_a_decision(cast: Cast) -> None:
    room = finished_room(cast)
    cell = cell_with(cast, Outcome.ADJACENT)
    decide_cell(item=item_of(cell), level=3, reason="Expert.", actor=room.actor, moment=NOW)
    row = db.session.query(ItemVerdict).filter_by(item_id=cell.item_id).one()
    assert (row.outcome, row.level, row.counts) == ("adjacent", 2, [0, 0, 4, 4])
