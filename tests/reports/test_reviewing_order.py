"""Which matches people are asked about and in which order, and walking along the queue. Pure."""

import uuid
from dataclasses import replace
from itertools import permutations

import pytest

from reports.mapping.findings import CapabilityFinding, Judgement, Match
from reports.mapping.models import MatchVerdict
from reports.reviewing.filters import (
    ALL,
    DIFFER,
    MINE,
    Filters,
    narrowed,
    next_after,
    pair_of,
    previous_before,
    shown,
)
from reports.reviewing.order import Candidate, Queued, Reason, queue_of
from reports.reviewing.words import distance_words, reason_sentences
from tests.factories import NOW
from tests.reports.reviewing_cases import ACCEPTED, REJECTED

THRESHOLD = 50


def said(verdict: MatchVerdict | None, accepted: int = 0, rejected: int = 0) -> Judgement:
    return Judgement(verdict, "", "", "", NOW, 50.0, True, accepted, rejected, 0)


def match(score: float, judgement: Judgement | None = None, *, is_generic: bool = False) -> Match:
    is_suggested = score >= THRESHOLD
    settled = judgement.verdict if judgement else None
    return Match(
        duty_id=uuid.uuid4(),
        duty_text=f"Duty at {score}",
        is_core=True,
        is_skill=False,
        is_generic=is_generic,
        framework_name="Standards",
        standard_id=uuid.uuid4(),
        standard_reference="T0001",
        standard_title="Baker",
        standard_level=3,
        score_percent=score,
        chance=None,
        is_suggested=is_suggested,
        is_match=is_suggested if settled is None else settled == ACCEPTED,
        judgement=judgement,
    )


def asked(code: str, *matches: Match, profiles: tuple[str, ...] = ()) -> Candidate:
    counting = [each for each in matches if each.is_match]
    capability = CapabilityFinding(
        statement_id=uuid.uuid5(uuid.NAMESPACE_OID, code),
        code=code,
        text=f"Capability {code}",
        function="",
        domain="",
        area="",
        is_supported=bool(counting),
        is_suggested=any(each.is_suggested for each in matches),
        is_only_generic=False,
        is_only_skills=False,
        match_count=len(counting),
        generic_count=sum(each.is_generic for each in counting),
        accepted_count=0,
        rejected_count=0,
        best=None,
        profile_codes=profiles,
    )
    return Candidate(capability, matches)


def reasons_of(candidate: Candidate) -> list[tuple[float, tuple[Reason, ...]]]:
    queue = queue_of([candidate], THRESHOLD)
    return sorted(((each.match.score_percent, each.reasons) for each in queue), reverse=True)


def test_the_only_match_decides_and_the_rest_is_not_asked_about() -> None:
    assert reasons_of(asked("C-001", match(80), match(40))) == [(80, (Reason.DECIDES,))]
    assert reasons_of(asked("C-001", match(80), match(70))) == []


def test_without_a_match_the_nearest_within_reach_decides() -> None:
    assert reasons_of(asked("C-001", match(42), match(41))) == [(42, (Reason.DECIDES,))]
    assert reasons_of(asked("C-001", match(39.9))) == []


def test_once_the_nearest_is_rejected_the_next_is_asked_about() -> None:
    rejected = match(60, said(REJECTED, rejected=1))
    both = reasons_of(asked("C-001", rejected, match(45), match(44)))
    assert both == [(60, (Reason.DECIDES,)), (45, (Reason.DECIDES,))]
    again = reasons_of(asked("C-001", rejected, match(45, said(REJECTED, rejected=1)), match(44)))
    assert [score for score, _ in again] == [60, 45, 44]


@pytest.mark.parametrize("verdict", [None, ACCEPTED, REJECTED])
def test_what_is_said_of_a_match_does_not_move_it(verdict: MatchVerdict | None) -> None:
    judgement = said(verdict, accepted=1) if verdict else None
    assert (80, (Reason.DECIDES,)) in reasons_of(asked("C-001", match(80, judgement), match(30)))
    near = reasons_of(asked("C-001", match(80), match(70), match(51, judgement)))
    assert near == [(51, (Reason.NEAR,))]


def test_near_is_the_one_nearest_within_three_points() -> None:
    matches = (match(80), match(70), match(53), match(48), match(46))
    assert reasons_of(asked("C-001", *matches)) == [(48, (Reason.NEAR,))]
    assert reasons_of(asked("C-001", match(80), match(70), match(53.1))) == []


def test_only_generic_duties_and_reviewers_who_differ() -> None:
    generic = asked("C-001", match(80, is_generic=True), match(70, is_generic=True))
    assert reasons_of(generic) == [(80, (Reason.GENERIC,))]
    assert reasons_of(asked("C-001", match(80, is_generic=True), match(70))) == []
    differ = asked("C-001", match(80, said(None, 1, 1)), match(70))
    assert reasons_of(differ) == [(80, (Reason.DIFFER,))]
    # One person who is unsure does not differ from anybody.
    assert reasons_of(asked("C-001", match(80, said(None, 1)), match(70))) == []


def whole() -> list[Candidate]:
    return [
        asked("C-001", match(80, said(None, 1, 1)), match(70)),
        asked("C-002", match(80, is_generic=True), match(70, is_generic=True)),
        asked("C-003", match(80), match(51)),
        asked("C-004", match(48)),
        asked("C-005", match(52), profiles=("P-0001",)),
        asked("C-006", match(60)),
    ]


def test_the_order_is_by_reason_then_distance_then_profiles_however_it_is_given() -> None:
    for candidates in permutations(whole()):
        queue = queue_of(candidates, THRESHOLD)
        codes = [each.capability.code for each in queue]
        assert codes == ["C-005", "C-004", "C-006", "C-003", "C-002", "C-001"]


def test_each_reason_is_said_in_words() -> None:
    queue = queue_of(whole(), THRESHOLD)
    assert reason_sentences(queue[0]) == (
        "Nothing else matches C-005: if this is rejected, C-005 is unsupported.",
        "The score is 2.0 points above the threshold, where it says least.",
    )
    assert reason_sentences(queue[1])[0].startswith("No duty matches C-004, this comes nearest")
    assert reason_sentences(queue[4]) == (
        "Only generic duties match C-002. This is the best of them.",
    )
    assert reason_sentences(queue[5]) == ("So far 1 accepted, 1 rejected.",)
    assert distance_words(replace(queue[0], distance_tenths=0)) == "at the threshold"


def test_what_the_reader_judged_leaves_the_queue_and_can_be_seen_again() -> None:
    queue = queue_of(whole(), THRESHOLD)
    mine = {pair_of(queue[0]), pair_of(queue[3])}

    def codes(found: tuple[Queued, ...]) -> list[str]:
        return [each.capability.code for each in found]

    assert codes(shown(queue, Filters(), mine)) == ["C-004", "C-006", "C-002", "C-001"]
    assert codes(shown(queue, Filters(MINE), mine)) == ["C-005", "C-003"]
    assert codes(shown(queue, Filters(DIFFER), mine)) == ["C-001"]
    assert shown(queue, Filters(ALL), mine) == queue
    assert codes(narrowed(queue, Filters(profile="P-0001"))) == ["C-005"]
    assert codes(narrowed(queue, Filters(q="duty c-002"))) == ["C-002"]


def test_next_skips_what_is_judged_and_goes_round_once() -> None:
    queue = queue_of(whole(), THRESHOLD)
    pairs = [pair_of(each) for each in queue]

    def after(number: int, mine: set[int]) -> int | None:
        found = next_after(queue, pairs[number], Filters(), {pairs[each] for each in mine})
        return queue.index(found) if found else None

    assert after(0, {1, 2}) == 3
    assert after(5, {0}) == 1
    assert after(2, {0, 1, 3, 4, 5}) is None
    assert previous_before(queue, pairs[1]) == queue[0]
    assert previous_before(queue, pairs[0]) is None
