"""Prioritisation and validation: what they ask, of whom, and what closing a round freezes."""

import pytest

from consensus.rule import Rule
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.people.models import Group
from cycles.setup.models import Solution
from cycles.stages.words import Stage
from cycles.statements.models import StatementStatus
from tests.factories import NOW, Cast, make_statement
from tests.workshop.rating import make_room
from tests.workshop.scaled import prioritising, statement_of, validating, with_partners
from workshop.ballot.models import Panellist
from workshop.rooms.commands import close_workshop, open_round, open_workshop, plan_workshop
from workshop.rooms.models import Mode, ScaleName, WorkshopKind
from workshop.rooms.plans import Asking
from workshop.rooms.queries import cells_of_workshop, settled_cells, verdict_overview


def test_prioritisation_asks_every_solution_once_of_all_three_groups(cast: Cast) -> None:
    room = prioritising(cast, people=6, solutions=2)
    described = db.session.query(Solution).filter_by(name="Solution 2").one()
    described.description = "Ovens that turn themselves off."
    round_ = room.open_round()
    asked = room.asked(round_)
    assert [one.wording for one in asked] == [
        "Solution 1",
        "Solution 2: Ovens that turn themselves off.",
    ]
    assert round_.scale == ScaleName.PRIORITY
    groups = {one.group for one in db.session.query(Panellist)}
    assert groups == {Group.TECHNOLOGIST, Group.EMPLOYER, Group.EDUCATOR}


def test_validation_asks_submitted_and_kept_statements_of_technologists(cast: Cast) -> None:
    room = validating(cast, statements=2)
    make_statement(cast.cycle, "Kept already", 3)
    make_statement(cast.cycle, "Set aside", 4, status=StatementStatus.REJECTED)
    round_ = room.open_round()
    assert [statement_of(one).code for one in room.asked(round_)] == ["C-001", "C-002", "C-003"]
    assert round_.scale == ScaleName.RELEVANCE
    assert {one.group for one in db.session.query(Panellist)} == {Group.TECHNOLOGIST}


@pytest.mark.parametrize(
    ("stage", "opens"),
    [
        (Stage.CONSIDERING, False),
        (Stage.IDENTIFYING, True),
        (Stage.PREPARING, True),
        (Stage.CARRYING_OUT, True),
        (Stage.COMMUNICATING, False),
    ],
)
def test_prioritisation_opens_from_identifying_on(cast: Cast, stage: Stage, opens: bool) -> None:
    room = prioritising(cast)
    room.cycle.stage = stage
    if opens:
        assert room.open_round().number == 1
    else:
        with pytest.raises(Closed, match="identifying stage"):
            room.open_round()


def test_validation_waits_for_the_carrying_out_stage(cast: Cast) -> None:
    room = validating(cast)
    room.cycle.stage = Stage.PREPARING
    with pytest.raises(Closed, match="carrying-out stage"):
        room.open_round()


@pytest.mark.parametrize(
    ("points", "outcome", "level"),
    [
        ([7, 8, 8, 9, 9, 8], "high priority", 7),
        ([4, 5, 5, 5, 6, 5], "middling", 4),
        ([1, 2, 2, 3, 1, 2], "low priority", 1),
        ([1, 1, 1, 9, 9, 9], "disagreement", 0),
        ([6, 6, 6, 7, 7, 7], "high priority", 5),
        ([8, 9, 9, 9], "too few rated", None),
        ([], "too few rated", None),
    ],
)
def test_priorities_are_judged_by_the_rand_method(
    cast: Cast, points: list[int], outcome: str, level: int | None
) -> None:
    room = prioritising(cast, solutions=1)
    round_ = room.open_round()
    (item,) = room.asked(round_)
    room.answer(round_, item, [one - 1 for one in points])
    room.close(round_)
    frozen = room.verdict(round_, item)
    assert (frozen.outcome, frozen.level) == (outcome, level)
    assert len(frozen.counts) == 9
    assert sum(frozen.counts) == len(points)
    assert frozen.rule_digest == Rule().digest()
    if points:
        assert frozen.figures["median"] == sorted(points)[len(points) // 2] or len(points) % 2 == 0
        assert frozen.figures["is_disagreement"] == (outcome == "disagreement")


def test_a_priority_keeps_the_figures_of_its_method(cast: Cast) -> None:
    # Nine ratings of the literature: IPR 1.2, IPRAS 6.85, index .1752.
    room = prioritising(cast, people=9, solutions=1)
    round_ = room.open_round()
    (item,) = room.asked(round_)
    room.answer(round_, item, [one - 1 for one in (7, 7, 8, 8, 9, 9, 7, 8, 9)])
    room.close(round_)
    figures = room.verdict(round_, item).figures
    assert figures["median"] == 8
    assert figures["ipr"] == pytest.approx(1.2)
    assert figures["ipras"] == pytest.approx(6.85)
    assert figures["index"] == pytest.approx(0.1752, abs=1e-4)
    assert [one["name"] for one in figures["groups"]] == [
        "Educators",
        "Employers",
        "Technologists",
    ]


@pytest.mark.parametrize(
    ("codes", "outcome", "closing"),
    [
        ([2, 2, 2, 2, 2, 2], "keep", "agreed"),
        ([1, 1, 1, 1, 1, 1], "reword", "agreed"),
        ([0, 0, 0, 0, 0, 0], "drop", "agreed"),
        ([2, 2, 2, 2, 2, 0], "keep", "agreed"),
        ([0, 0, 0, 2, 2, 2], "no agreement", "open"),
        ([2, 2, 2, 2], "too few rated", "open"),
        ([2, 2, 2, 2, -1, -1], "too few rated", "open"),
    ],
)
def test_relevance_is_judged_by_per_cent_agreement(
    cast: Cast, codes: list[int], outcome: str, closing: str
) -> None:
    room = validating(cast, statements=1)
    round_ = room.open_round()
    (item,) = room.asked(round_)
    room.answer(round_, item, codes)
    room.close(round_)
    frozen = room.verdict(round_, item)
    assert (frozen.outcome, frozen.closing) == (outcome, closing)
    assert frozen.abstained == codes.count(-1)


def test_a_code_beyond_the_scale_is_refused(cast: Cast) -> None:
    room = validating(cast, statements=1)
    round_ = room.open_round()
    with pytest.raises(Invalid):
        room.answer(round_, room.asked(round_)[0], [3])


def test_only_proficiency_becomes_cells(cast: Cast) -> None:
    room = validating(cast, statements=1)
    round_ = room.open_round()
    room.answer(round_, room.asked(round_)[0], [2] * 6)
    room.close(round_)
    statement_of(room.asked(round_)[0]).status = StatementStatus.KEPT
    db.session.flush()
    assert cells_of_workshop(room.workshop.id) == ()
    assert settled_cells(cast.cycle.id) == ()
    assert verdict_overview(cast.cycle.id).judged == 0


def test_a_validation_does_not_take_cells_from_proficiency(cast: Cast) -> None:
    validation = validating(cast, statements=1)
    round_ = validation.open_round()
    validation.close(round_)
    room = make_room(cast, statements=0, levels=1)
    statement_of(validation.asked(round_)[0]).status = StatementStatus.KEPT
    db.session.flush()
    assert len(room.asked(room.open_round())) == 1


def test_solutions_may_be_prioritised_again_in_another_workshop(cast: Cast) -> None:
    room = prioritising(cast, solutions=2)
    room.close(room.open_round())
    close_workshop(workshop=room.workshop, actor=room.actor, moment=NOW)
    again = plan_workshop(
        cycle=cast.cycle,
        kind=WorkshopKind.PRIORITISATION,
        title="Once more",
        actor=room.actor,
        moment=NOW,
    )
    open_workshop(workshop=again, actor=room.actor, moment=NOW)
    assert len(room.asked(open_round(workshop=again, actor=room.actor, moment=NOW))) == 2


@pytest.mark.parametrize("kind", ["prioritising", "validating"])
def test_nothing_to_ask_is_said_by_kind(cast: Cast, kind: str) -> None:
    room = (
        prioritising(cast, solutions=0)
        if kind == "prioritising"
        else validating(cast, statements=0)
    )
    sentence = "candidate solution" if kind == "prioritising" else "capability statement"
    with pytest.raises(Invalid, match=sentence):
        room.open_round()


def test_real_time_has_one_round_judged_as_the_last(cast: Cast) -> None:
    room = prioritising(cast, solutions=2, asking=Asking(Mode.REAL_TIME))
    round_ = room.open_round()
    agreed, torn = room.asked(round_)
    room.answer(round_, agreed, [7, 7, 7, 8, 8, 8])
    room.answer(round_, torn, [0, 0, 0, 8, 8, 8])
    room.close(round_)
    closings = [room.verdict(round_, one).closing for one in (agreed, torn)]
    assert closings == ["agreed", "capped"]
    with pytest.raises(Closed, match="real time has one round"):
        room.open_round()


def test_groups_and_their_divergence_are_frozen(cast: Cast) -> None:
    room = make_room(cast, employers=10, statements=1)
    suppliers, makers = with_partners(cast.cycle, room.employers, "Suppliers", "Makers")
    round_ = room.open_round()
    (item,) = room.asked(round_)
    room.answer(round_, item, "NPNEAPAENP")
    room.close(round_)
    figures = cells_of_workshop(room.workshop.id)[0].figures
    assert [(one["name"], one["counts"]) for one in figures["groups"]] == [
        ("Makers", [0, 0, 3, 2]),
        ("Suppliers", [3, 2, 0, 0]),
    ]
    apart = figures["divergence"]
    assert apart["pairs"] == [[makers.id.hex, suppliers.id.hex, 1.0]]
    assert apart["is_split"] is True


def test_a_small_group_is_counted_and_not_judged(cast: Cast) -> None:
    room = make_room(cast, employers=7, statements=1)
    with_partners(cast.cycle, room.employers[:2], "Few")
    with_partners(cast.cycle, room.employers[2:], "Many")
    round_ = room.open_round()
    (item,) = room.asked(round_)
    room.answer(round_, item, "NNPPPPP")
    room.close(round_)
    few, many = cells_of_workshop(room.workshop.id)[0].figures["groups"]
    assert (few["counts"], few["outcome"]) == ([2, 0, 0, 0], None)
    assert (many["outcome"], many["level"]) == ("level", 2)
    assert cells_of_workshop(room.workshop.id)[0].figures["divergence"] is None


def test_a_round_keeps_what_is_true_of_it_as_a_whole(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=2)
    round_ = room.open_round()
    assert round_.figures is None
    for item, letters in zip(room.asked(round_), ("PPPPPP", "AAAPPP"), strict=True):
        room.answer(round_, item, letters)
    room.close(round_)
    figures = round_.figures
    assert figures is not None
    assert isinstance(figures["alpha"], float)
    assert figures["w_raters"] == 6
    # P(a random panel of six agrees at 75 %) is .0186, twice.
    assert figures["luck"] == pytest.approx(2 * 0.0186, abs=1e-4)
    assert figures["settling_luck"] > figures["luck"]


def test_what_has_no_value_is_kept_in_words(cast: Cast) -> None:
    room = make_room(cast, employers=6, statements=1)
    round_ = room.open_round()
    room.answer(round_, room.asked(round_)[0], "PPPPPP")
    room.close(round_)
    assert round_.figures is not None
    assert round_.figures["alpha"] == "undefined: no variation"
    assert round_.figures["w"] == "undefined: fewer than two items"
