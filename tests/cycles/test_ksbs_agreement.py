"""Several educators on one KSB: what they come to, what is set aside, who settles differences."""

from datetime import timedelta

import pytest

from cycles.core.audit import Actor, events_of
from cycles.core.errors import Closed, Conflict, Invalid, Missing
from cycles.core.extensions import db
from cycles.ksbs import commands, rewording, settling
from cycles.ksbs.agreement import is_differing, status_of
from cycles.ksbs.checks import folds_mark_of, mark_of
from cycles.ksbs.models import CapabilityKsb, KsbAnswer, KsbReview, KsbStatus
from cycles.ksbs.queries import capability_counts, ksbs_differing, ksbs_of, ksbs_unreviewed
from cycles.ksbs.standing import earlier_wordings, reviews_of
from cycles.people.models import Group, Participant
from cycles.stages.words import Stage
from cycles.standards.models import KsbKind
from cycles.statements.models import CapabilityStatement
from tests.factories import NOW, Cast, add, make_account, make_participant, make_statement

BY = {"actor": Actor(None, "Eddy Marsh"), "moment": NOW}
A, R, U = KsbAnswer.ACCEPT, KsbAnswer.REJECT, KsbAnswer.UNSURE
WAITING, ACCEPTED, REJECTED = KsbStatus.SUGGESTED, KsbStatus.ACCEPTED, KsbStatus.REJECTED


@pytest.fixture
def statement(cast: Cast) -> CapabilityStatement:
    cast.cycle.stage = Stage.CARRYING_OUT
    return make_statement(cast.cycle, "Bake bread in an automated oven")


def make_ksb(statement: CapabilityStatement, text: str = "How ovens heat", **facts: object):
    facts = {"kind": KsbKind.KNOWLEDGE, "suggested_text": text, "source": "Baker", **facts}
    return add(
        CapabilityKsb(
            cycle_id=statement.cycle_id,
            statement_id=statement.id,
            text=text,
            created_at=NOW,
            **facts,
        )
    )


def educator(cast: Cast, name: str) -> Participant:
    return make_participant(cast.cycle, make_account(name), Group.EDUCATOR)


def say(ksb: CapabilityKsb, who: Participant, answer: KsbAnswer, **facts: object) -> int:
    facts = {**BY, **facts}
    return commands.review(ksbs=[ksb], answer=answer, participant_id=who.id, **facts)


def later(minutes: int) -> dict[str, object]:
    return {**BY, "moment": NOW + timedelta(minutes=minutes)}


@pytest.mark.parametrize(
    ("answers", "threshold", "status"),
    [
        ([], 75, WAITING),
        ([A], 75, ACCEPTED),
        ([R], 75, REJECTED),
        ([U], 75, WAITING),
        ([A, R], 75, WAITING),
        ([A, A, A, R], 75, ACCEPTED),
        ([A, A, A, R], 76, WAITING),
        ([R, R, R, U], 75, REJECTED),
        ([A, A, R], 66, ACCEPTED),
        ([A, A, R], 67, WAITING),
        ([U, U, A], 60, WAITING),
        ([A, R], 50, ACCEPTED),
    ],
)
def test_what_answers_come_to(answers: list[KsbAnswer], threshold: int, status: KsbStatus) -> None:
    assert status_of(answers, threshold) == status


def test_educators_differ_only_where_two_or_more_have_not_settled_it() -> None:
    assert is_differing(WAITING, 2)
    assert not is_differing(WAITING, 1)
    assert not is_differing(ACCEPTED, 3)


def test_each_review_counts_once_a_person_and_the_last_word_of_each_decides(
    cast: Cast, statement: CapabilityStatement
) -> None:
    ksb, edith = make_ksb(statement), educator(cast, "Edith Vale")
    assert say(ksb, cast.educator, A) == 1
    assert say(ksb, cast.educator, A) == 0
    assert (ksb.status, ksb.decided_at) == (ACCEPTED, NOW)
    say(ksb, edith, R)
    assert (ksb.status, ksb.decided_at) == (WAITING, None)
    assert (ksbs_unreviewed(cast.cycle.id), ksbs_differing(cast.cycle.id)) == (1, 1)
    counts = capability_counts(cast.cycle.id)[0]
    assert (counts.suggested, counts.differing, counts.accepted) == (1, 1, 0)
    say(ksb, edith, A)
    assert ksb.status == ACCEPTED
    assert ksbs_unreviewed(cast.cycle.id) == 0


def test_taking_back_brings_back_what_was_said_before(
    cast: Cast, statement: CapabilityStatement
) -> None:
    ksb = make_ksb(statement)
    for minute, answer in enumerate((A, R, U)):
        say(ksb, cast.educator, answer, **later(minute))
    seen = []
    for _ in range(3):
        commands.take_back(ksbs=[ksb], participant_id=cast.educator.id, **BY)
        seen.append((ksb.status, [one.answer for one in reviews_of([ksb.id])[ksb.id]]))
    assert seen == [(REJECTED, [R]), (ACCEPTED, [A]), (WAITING, [])]
    assert commands.take_back(ksbs=[ksb], participant_id=cast.educator.id, **BY) == 0


def test_undo_takes_back_the_latest_decision_whole(
    cast: Cast, statement: CapabilityStatement
) -> None:
    first, second, third = (make_ksb(statement, f"How oven {n} heats") for n in range(3))
    me = {"participant_id": cast.educator.id}
    say(first, cast.educator, A)
    commands.review(ksbs=[second, third], answer=R, **me, **later(1))
    commands.undo_last(cycle_id=cast.cycle.id, **me, **later(2))
    assert [one.status for one in (first, second, third)] == [ACCEPTED, WAITING, WAITING]
    assert commands.undo_last(cycle_id=cast.cycle.id, **me, **later(3)) == (
        statement.id,
        first.id,
    )
    with pytest.raises(Invalid, match="nothing to undo"):
        commands.undo_last(cycle_id=cast.cycle.id, **me, **later(4))


def test_rewording_accepts_and_sets_what_others_said_of_it_aside(
    cast: Cast, statement: CapabilityStatement
) -> None:
    ksb, edith = make_ksb(statement), educator(cast, "Edith Vale")
    make_ksb(statement, "Set timers")
    say(ksb, edith, R)
    say(ksb, cast.educator, U)
    edit = {"ksb": ksb, "kind": KsbKind.SKILL, "participant_id": cast.educator.id, **later(5)}
    with pytest.raises(Invalid, match="between"):
        rewording.edit(text="  x ", **edit)
    with pytest.raises(Invalid, match="already"):
        rewording.edit(text="set  Timers", **edit)
    assert rewording.edit(text="Heat an  oven", **edit)
    assert not rewording.edit(text="Heat an oven", **edit)
    assert (ksb.text, ksb.suggested_text, ksb.status) == (
        "Heat an oven",
        "How ovens heat",
        ACCEPTED,
    )
    (earlier,) = earlier_wordings(statement.id)[ksb.id]
    assert (earlier.text, earlier.accepted, earlier.rejected, earlier.unsure) == (
        "How ovens heat",
        0,
        1,
        1,
    )
    # Who reviewed the old wording is asked again; undoing brings wording and reviews back.
    assert [one.participant_id for one in reviews_of([ksb.id])[ksb.id]] == [cast.educator.id]
    commands.undo_last(cycle_id=cast.cycle.id, participant_id=cast.educator.id, **later(6))
    assert (ksb.text, ksb.kind, ksb.status) == ("How ovens heat", KsbKind.KNOWLEDGE, WAITING)
    assert {one.answer for one in reviews_of([ksb.id])[ksb.id]} == {R, U}
    assert earlier_wordings(statement.id) == {}


def test_a_rewording_that_others_have_reviewed_stays_when_its_author_takes_back(
    cast: Cast, statement: CapabilityStatement
) -> None:
    ksb, edith = make_ksb(statement), educator(cast, "Edith Vale")
    me = {"participant_id": cast.educator.id}
    rewording.edit(ksb=ksb, kind=ksb.kind, text="What heats an oven", **me, **BY)
    say(ksb, edith, A)
    commands.take_back(ksbs=[ksb], **me, **BY)
    assert (ksb.text, ksb.status) == ("What heats an oven", ACCEPTED)


def test_two_who_reword_the_same_one_do_not_overwrite_each_other(
    cast: Cast, statement: CapabilityStatement
) -> None:
    ksb, edith = make_ksb(statement), educator(cast, "Edith Vale")
    seen = mark_of(ksb)
    edit = {"ksb": ksb, "kind": ksb.kind, "seen": seen}
    rewording.edit(text="What heats an oven", participant_id=cast.educator.id, **edit, **BY)
    with pytest.raises(Conflict, match="now reads: “What heats an oven”"):
        rewording.edit(text="How an oven warms", participant_id=edith.id, **edit, **BY)
    with pytest.raises(Conflict):
        say(ksb, edith, A, seen={ksb.id: seen})
    say(ksb, edith, A, seen={ksb.id: mark_of(ksb)})
    # A review changes no wording: who edits meanwhile is not refused.
    edit["seen"] = mark_of(ksb)
    say(ksb, edith, R)
    assert rewording.edit(text="Oven heat", participant_id=cast.educator.id, **edit, **BY)


def test_an_own_ksb_is_accepted_and_goes_away_only_while_nobody_else_reviewed_it(
    cast: Cast, statement: CapabilityStatement
) -> None:
    facts = {"statement": statement, "kind": KsbKind.SKILL, "participant_id": cast.educator.id}
    own = rewording.add(text="Reads an oven's log", **facts, **BY)
    assert (own.status, own.score) == (ACCEPTED, None)
    with pytest.raises(Invalid, match="already"):
        rewording.add(text="reads an oven’s log", **facts, **BY)
    commands.undo_last(cycle_id=cast.cycle.id, participant_id=cast.educator.id, **BY)
    assert ksbs_of(cast.cycle.id) == []
    kept = rewording.add(text="Reads an oven's log", **facts, **BY)
    say(kept, educator(cast, "Edith Vale"), R)
    commands.take_back(ksbs=[kept], participant_id=cast.educator.id, **BY)
    assert [one.status for one in ksbs_of(cast.cycle.id)] == [REJECTED]


def test_a_convener_settles_what_educators_differ_on_until_it_is_set_back(
    cast: Cast, statement: CapabilityStatement
) -> None:
    ksb, edith = make_ksb(statement), educator(cast, "Edith Vale")
    decide = {"ksb": ksb, "answer": A, "participant_id": cast.educator.id, **BY}
    say(ksb, edith, R)
    with pytest.raises(Closed, match="do not differ"):
        settling.settle(reason="They teach it", **decide)
    say(ksb, cast.educator, A)
    with pytest.raises(Invalid, match="reason"):
        settling.settle(reason="  ", **decide)
    settling.settle(reason=" They teach it ", **decide)
    assert (ksb.status, ksb.decision_reason) == (ACCEPTED, "They teach it")
    # A review that makes them agree otherwise clears nothing silently, nor does a new wording.
    say(ksb, cast.educator, R)
    assert ksb.status == ACCEPTED
    with pytest.raises(Closed, match="set back"):
        rewording.edit(ksb=ksb, kind=ksb.kind, text="Oven heat", participant_id=edith.id, **BY)
    settling.set_back(ksb=ksb, **BY)
    assert (ksb.status, ksb.decision_reason) == (REJECTED, "")
    with pytest.raises(Closed):
        settling.set_back(ksb=ksb, **BY)
    actions = [one.action for one in events_of(cast.cycle.id)]
    assert actions.count("ksb.decided_by_convener") == actions.count("ksb.decision_set_back") == 1


FOLDED = [
    {"kind": "skill", "text": "Heat an oven", "source": "Cook S1", "score": 0.6},
    {"kind": "knowledge", "text": "How an oven heats", "source": "Cook K1", "score": 0.5},
]


def test_what_a_convener_decided_stays_though_nobody_reviews_it_any_more(
    cast: Cast, statement: CapabilityStatement
) -> None:
    mine, edith = {"participant_id": cast.educator.id}, educator(cast, "Edith Vale")
    text = "Stays calm near heat"
    ksb = rewording.add(statement=statement, kind=KsbKind.BEHAVIOUR, text=text, **mine, **BY)
    say(ksb, edith, R)
    settling.settle(ksb=ksb, answer=A, reason="The union asks for it", **mine, **BY)
    commands.take_back(ksbs=[ksb], participant_id=edith.id, **BY)
    commands.take_back(ksbs=[ksb], **mine, **BY)
    (left,) = ksbs_of(cast.cycle.id)
    assert (left.status, left.decision_reason) == (ACCEPTED, "The union asks for it")


def test_a_folded_wording_changes_places_and_undo_brings_the_old_one_back(
    cast: Cast, statement: CapabilityStatement
) -> None:
    ksb, edith = make_ksb(statement, score=0.7, folded=FOLDED), educator(cast, "Edith Vale")
    say(ksb, edith, R)
    me = {"participant_id": cast.educator.id}
    rewording.swap(ksb=ksb, number=1, **me, **later(1))
    assert (ksb.kind, ksb.text, ksb.source, ksb.score) == (
        KsbKind.SKILL,
        "Heat an oven",
        "Cook S1",
        0.6,
    )
    assert [one["text"] for one in ksb.folded] == ["How ovens heat", "How an oven heats"]
    assert ksb.status == ACCEPTED
    commands.undo_last(cycle_id=cast.cycle.id, **me, **later(2))
    assert (ksb.text, ksb.source, ksb.folded, ksb.status) == (
        "How ovens heat",
        "Baker",
        FOLDED,
        REJECTED,
    )
    with pytest.raises(Missing):
        rewording.swap(ksb=ksb, number=3, **me, **BY)


def test_undo_brings_no_wording_back_that_another_has_by_now(
    cast: Cast, statement: CapabilityStatement
) -> None:
    ksb, me = make_ksb(statement, folded=FOLDED), {"participant_id": cast.educator.id}
    rewording.swap(ksb=ksb, number=1, **me, **later(1))
    rewording.unfold(ksb=ksb, number=1, **BY)  # what it said before now stands by itself
    with pytest.raises(Invalid, match="has that one already"):
        commands.undo_last(cycle_id=cast.cycle.id, **me, **later(2))


def test_an_unfolded_one_waits_by_itself(cast: Cast, statement: CapabilityStatement) -> None:
    ksb = make_ksb(statement, folded=FOLDED)
    fresh = rewording.unfold(ksb=ksb, number=2, **BY)
    assert (fresh.text, fresh.suggested_text, fresh.score) == (
        "How an oven heats",
        "How an oven heats",
        0.5,
    )
    assert (fresh.kind, fresh.status, ksb.folded) == (KsbKind.KNOWLEDGE, WAITING, FOLDED[:1])


def test_a_double_click_unfolds_only_what_was_meant(
    cast: Cast, statement: CapabilityStatement
) -> None:
    ksb = make_ksb(statement, folded=FOLDED)
    seen = folds_mark_of(ksb)
    rewording.unfold(ksb=ksb, number=1, seen=seen, **BY)
    with pytest.raises(Conflict, match="folded here"):
        rewording.unfold(ksb=ksb, number=1, seen=seen, **BY)
    with pytest.raises(Conflict, match="folded here"):
        rewording.swap(ksb=ksb, number=1, seen=seen, participant_id=cast.educator.id, **BY)
    assert ksb.folded == FOLDED[1:]


def test_what_was_taken_away_meanwhile_is_a_conflict(
    cast: Cast, statement: CapabilityStatement
) -> None:
    ksb = make_ksb(statement)
    db.session.query(CapabilityKsb).delete()
    with pytest.raises(Conflict, match="took this KSB away"):
        say(ksb, cast.educator, A)
    assert db.session.query(KsbReview).count() == 0
