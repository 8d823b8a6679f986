"""Map and gap: what is counted, worked by hand on scores given outright."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from consensus.matching import Calibration, Response, two_way
from consensus.matching.national import Pairs, Survey, exact_scores, survey
from cycles.core.errors import Missing
from cycles.standards.models import UNKNOWN_LEVEL
from reports.mapping import ranking
from reports.mapping.assembling import Place, ProfileFacts, assemble
from reports.mapping.findings import Findings, FrameworkFacts, Judgement, RunFacts
from reports.mapping.ground import (
    ComparedCapability,
    ComparedDuty,
    ComparedFramework,
    ComparedStandard,
    Ground,
    Inputs,
    Kept,
)
from reports.mapping.models import MatchVerdict
from reports.mapping.packing import digest_of, pack, unpack_inputs, unpack_kept
from reports.mapping.reading import (
    best_matches,
    grid_of,
    leading_matches,
    match_at,
    read,
    score_percent,
)
from reports.mapping.reusing import members_of
from reports.mapping.views.run_lines import run_lines
from reports.mapping.words import chance_words

pytestmark = pytest.mark.one_database

AT = datetime(2026, 3, 2, tzinfo=UTC)
CAPABILITIES = [uuid.UUID(int=number) for number in range(1, 5)]
DUTIES = [uuid.UUID(int=number) for number in range(11, 16)]
STANDARDS = [uuid.UUID(int=number) for number in range(21, 25)]
# Standard 0 (level 3) holds duties 0 to 2, standard 1 (level 4) duty 3, standard 2 (6) duty 4.
OWNERS = (0, 0, 0, 1, 2)
SCORES = np.array(
    [
        [0.90, 0.10, 0.20, 0.56, 0.30],
        [0.55, 0.40, 0.10, 0.20, 0.10],
        [0.10, 0.10, 0.10, 0.10, 0.70],
        [0.10, 0.20, 0.54, 0.30, 0.20],
    ],
    dtype=np.float32,
)
FRAMEWORK = FrameworkFacts(
    framework_id=uuid.UUID(int=98),
    name="Framework",
    version="1",
    snapshot_on=date(2026, 1, 31),
    licence="",
    attribution="",
    is_illustrative=False,
    is_tagged=False,
    standards=4,
    compared=3,
    by_skills=0,
    without_duties=1,
    duties=5,
)
RUN = RunFacts(
    run_id=uuid.UUID(int=99),
    number=1,
    created_at=AT,
    frameworks=(FRAMEWORK,),
    model_name="words",
    model_digest="",
    adapter=None,
    threshold_percent=55,
    digest="",
    compared_anew=4,
    reviewed_at=None,
    reviewed_by="",
)
# A chance of a half at a score of 80 %, and none to speak of at 40 %.
CHANCE = Calibration(np.array([0.4, 0.8]), np.array([0.1, 0.5]), 100)


class NoSource:
    """A run whose vectors are gone."""

    def capabilities(self, _rows: object) -> npt.NDArray[np.float32]:
        raise Missing("gone")

    duties = capabilities


def standard(place: int, level: int, *, by_skills: bool = False) -> ComparedStandard:
    return ComparedStandard(
        STANDARDS[place], 0, f"T{place}", "1.0", f"Standard {place}", level, "", by_skills
    )


INPUTS = Inputs(
    frameworks=(
        ComparedFramework(
            uuid.UUID(int=98), "Framework", "1", date(2026, 1, 31), "OGL", "Ours", False, True
        ),
    ),
    capabilities=tuple(
        ComparedCapability(each, f"C-00{number}", f"Capability {number}")
        for number, each in enumerate(CAPABILITIES, 1)
    ),
    standards=(standard(0, 3), standard(1, 4), standard(2, 6, by_skills=True)),
    duties=tuple(
        ComparedDuty(each, OWNERS[column], column, f"Duty {column}", True, column == 4)
        for column, each in enumerate(DUTIES)
    ),
    bare_standards=(standard(3, 3),),
)


def kept(*profiles: ProfileFacts, generic: tuple[int, ...] = ()) -> Kept:
    """What a run would keep of these scores: with five duties, all of them."""
    row, duty = np.indices(SCORES.shape, dtype=np.int32).reshape(2, -1)
    members = members_of(INPUTS, [each.member_ids for each in profiles])
    return Kept(
        survey=Survey(
            floor_percent=40,
            capabilities=len(SCORES),
            pairs=Pairs(row, duty, SCORES.ravel()),
            two_way=two_way(SCORES, members, np.array(OWNERS), 3),
            standard_of_duty=INPUTS.standard_of_duty,
            duty_count=np.bincount(OWNERS),
        ),
        profile_ids=tuple(each.profile_id for each in profiles),
        members=members,
        is_generic=np.isin(np.arange(len(DUTIES)), generic),
    )


def ground(*profiles: ProfileFacts, generic: tuple[int, ...] = ()) -> Ground:
    return Ground(INPUTS, kept(*profiles, generic=generic), NoSource(), CHANCE)


def profile(code: str, members: list[int], level: int | None = 3) -> ProfileFacts:
    return ProfileFacts(
        profile_id=uuid.uuid5(uuid.NAMESPACE_OID, code),
        code=code,
        name=f"Profile {code}",
        role_level="Technicians",
        academic_level=level,
        partner="",
        is_ratified=True,
        member_ids=tuple(CAPABILITIES[each] for each in members),
    )


def said(verdict: MatchVerdict) -> Judgement:
    return Judgement(
        verdict=verdict,
        reason="",
        group="educator",
        by="Eddy",
        at=AT,
        score_percent=0.0,
        was_suggested=False,
        accepted=int(verdict == MatchVerdict.ACCEPTED),
        rejected=int(verdict == MatchVerdict.REJECTED),
        unsure=0,
    )


def found(
    *profiles: ProfileFacts,
    threshold: int = 55,
    verdicts: dict[tuple[uuid.UUID, uuid.UUID], Judgement] | None = None,
    generic: tuple[int, ...] = (),
) -> Findings:
    return assemble(
        run=RUN,
        ground=ground(*profiles, generic=generic),
        profiles=profiles,
        places={CAPABILITIES[0]: Place("Design", "Product", "Concept")},
        verdicts=verdicts or {},
        threshold_percent=threshold,
    )


def test_fit_and_surplus_are_counted_as_worked_by_hand() -> None:
    # Capabilities 1 and 2 match duty 0 of standard 0; its duties 1 and 2 match nobody.
    best = found(profile("P-0001", [0, 1, 3])).profiles[0].standings[0]
    assert (best.fit_count, best.member_count, best.fit_percent) == (2, 3, 66.7)
    assert (best.surplus_count, best.duty_count, best.surplus_percent) == (2, 3, 66.7)
    assert best.response == Response.EXTEND


def test_only_the_same_or_an_adjoining_level_is_compared() -> None:
    low, high, unknown = found(
        profile("P-0001", [0, 2]), profile("P-0002", [2], 7), profile("P-0003", [2], None)
    ).profiles
    assert [each.level for each in low.standings] == [4, 3]
    assert [each.level for each in high.standings] == [6]
    assert unknown.standings == ()
    assert unknown.best_fit_percent is None


def test_a_standard_of_no_stated_level_stands_beside_every_profile_of_a_known_one() -> None:
    unstated = replace(INPUTS, standards=(*INPUTS.standards[:2], standard(2, UNKNOWN_LEVEL)))
    facts = profile("P-0001", [0, 2]), profile("P-0002", [2], 8), profile("P-0003", [2], None)
    held = Ground(unstated, kept(*facts), NoSource(), CHANCE)
    findings = assemble(
        run=RUN, ground=held, profiles=facts, places={}, verdicts={}, threshold_percent=55
    )
    low, high, unknown = findings.profiles
    assert {each.reference for each in low.standings} == {"T0", "T1", "T2"}
    assert [each.level for each in high.standings] == [UNKNOWN_LEVEL]
    assert unknown.standings == ()
    assert (findings.totals.standards_compared, findings.totals.standards_without_level) == (3, 1)


def test_equal_fit_goes_to_the_lower_surplus() -> None:
    # Both standards match capability 1; standard 1 has nothing to spare.
    standings = found(profile("P-0001", [0])).profiles[0].standings
    assert [(each.reference, each.surplus_percent) for each in standings] == [
        ("T1", 0.0),
        ("T0", 66.7),
    ]


def test_unsupported_means_no_duty_of_the_whole_framework() -> None:
    findings = found(profile("P-0001", [0, 1, 2, 3]))
    # Capability 3 matches only at level 6, which is out of the window and supports it all the same.
    assert [each.code for each in findings.unsupported] == ["C-004"]
    assert findings.totals.unsupported_percent == 25.0
    assert findings.profiles[0].unsupported_codes == ("C-004",)


def test_standards_without_duties_are_left_out_and_counted() -> None:
    totals = found().totals
    assert (totals.standards, totals.standards_compared) == (4, 3)
    assert totals.standards_without_duties == 1


def test_a_human_verdict_outranks_the_score_both_ways() -> None:
    verdicts = {
        (CAPABILITIES[3], DUTIES[2]): said(MatchVerdict.ACCEPTED),
        (CAPABILITIES[2], DUTIES[4]): said(MatchVerdict.REJECTED),
    }
    findings = found(profile("P-0001", [0, 1, 3]), verdicts=verdicts)
    by_code = {each.code: each for each in findings.capabilities}
    assert by_code["C-004"].is_supported
    assert not by_code["C-004"].is_suggested
    assert not by_code["C-003"].is_supported
    assert by_code["C-003"].is_suggested
    assert findings.profiles[0].best_fit_percent == 100.0
    assert findings.totals.suggested_unsupported == findings.totals.unsupported == 1
    accepted = by_code["C-004"].best
    assert accepted is not None
    assert (accepted.score_percent, accepted.is_suggested, accepted.is_match) == (54.0, False, True)


def test_raising_the_threshold_never_supports_more() -> None:
    findings = found(profile("P-0001", [0, 1]))
    counts = [point.unsupported_count for point in findings.curve]
    assert counts == sorted(counts)
    assert [point.threshold_percent for point in findings.curve] == list(range(40, 100))
    for point in findings.curve[::10]:
        again = found(threshold=point.threshold_percent)
        assert again.totals.unsupported == point.unsupported_count


def test_priority_is_most_unsupported_then_lowest_best_fit() -> None:
    findings = found(
        profile("P-0001", [0]), profile("P-0002", [3]), profile("P-0003", [0, 3], None)
    )
    # P-0003 cannot be compared with any standard, which is worse than a fit of nothing.
    assert [each.code for each in findings.priorities] == ["P-0003", "P-0002", "P-0001"]


def test_members_that_the_run_did_not_compare_are_told_apart() -> None:
    facts = profile("P-0001", [0, 1])
    newer = replace(facts, member_ids=(*facts.member_ids, uuid.UUID(int=77)))
    finding = found(newer).profiles[0]
    assert (finding.member_count, finding.uncompared_count) == (2, 1)


def test_a_profile_knows_where_its_capabilities_stand() -> None:
    first = found(profile("P-0001", [0]), profile("P-0002", [0])).capabilities[0]
    assert (first.function, first.domain, first.area) == ("Design", "Product", "Concept")
    assert first.profile_codes == ("P-0001", "P-0002")


def test_a_cycle_without_profiles_still_has_its_capabilities() -> None:
    findings = found()
    assert findings.profiles == findings.priorities == ()
    assert findings.totals.unsupported == 1


@pytest.mark.parametrize(
    ("score", "printed"), [(0.55, 55.0), (0.5496, 54.9), (0.549999, 54.9), (1.0, 100.0)]
)
def test_a_score_is_never_printed_at_a_threshold_it_misses(score: float, printed: float) -> None:
    assert score_percent(score) == printed


def test_the_leading_matches_keep_rejected_and_judged_ones_in_sight() -> None:
    verdicts = {
        (CAPABILITIES[0], DUTIES[0]): said(MatchVerdict.REJECTED),
        (CAPABILITIES[0], DUTIES[1]): said(MatchVerdict.ACCEPTED),
    }
    reading = read(ground(), verdicts, 55)
    shown = leading_matches(reading, 0, 2)
    assert [each.score_percent for each in shown] == [90.0, 56.0, 10.0]
    assert [each.is_match for each in shown] == [False, True, True]
    grid = grid_of(reading, [0, 2], range(5))
    # Accepted stands first, whatever its score; a rejected pair is the last resort.
    assert (grid.best_of_row(0), grid.best_of_column(0)) == ((0, 3), (1, 0))


def test_below_the_floor_a_run_is_read_at_its_floor() -> None:
    assert found(threshold=5).threshold_percent == 40


def test_support_by_generic_duties_or_skills_alone_is_set_apart() -> None:
    # Duty 0 matches capabilities 1 and 2; capability 1 has duty 3 besides. Duty 4 is a skill.
    findings = found(generic=(0,))
    marks = {
        each.code: (each.is_only_generic, each.is_only_skills) for each in findings.capabilities
    }
    assert [code for code, (only, _) in marks.items() if only] == ["C-002"]
    assert [code for code, (_, only) in marks.items() if only] == ["C-003"]
    totals = findings.totals
    assert (totals.matches, totals.generic_matches, totals.only_generic) == (4, 2, 1)
    best = findings.capabilities[0].best
    assert best is not None
    assert (best.is_generic, best.framework_name) == (True, "Framework")
    accepted = {(CAPABILITIES[1], DUTIES[0]): said(MatchVerdict.ACCEPTED)}
    assert found(generic=(0,), verdicts=accepted).totals.only_generic == 0


def test_generic_duties_are_said_of_all_duties_only_where_each_could_be_told() -> None:
    result = found(generic=(0,))
    told = replace(FRAMEWORK, is_tagged=True)
    plain = replace(result.totals, standards_by_skills=0)
    for totals, frameworks, words in (
        (plain, (told,), "routes: 1 of 5 duties;"),
        (plain, (told, FRAMEWORK), "routes: 1 duty;"),
        (result.totals, (told,), "routes: 1 duty;"),
    ):
        run = replace(result.run, frameworks=frameworks)
        lines = run_lines(replace(result, run=run, totals=totals))
        assert words in next(each.lines[0] for each in lines if each.term == "Generic duties")


def test_a_threshold_is_stated_as_expected_false_matches() -> None:
    # At 55 %: scores .90, .56, .55 and .70 with chances .5, .26, .25 and .4, so 2.59 are false.
    findings = found()
    assert findings.totals.expected_false == 3
    at_70 = next(each for each in findings.curve if each.threshold_percent == 70)
    assert (at_70.match_count, at_70.expected_false) == (2, 1)
    # What people accepted is not in doubt, what they rejected is no match.
    verdicts = {
        (CAPABILITIES[0], DUTIES[0]): said(MatchVerdict.ACCEPTED),
        (CAPABILITIES[2], DUTIES[4]): said(MatchVerdict.REJECTED),
    }
    settled = found(verdicts=verdicts)
    assert (settled.totals.matches, settled.totals.expected_false) == (3, 1)


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (None, ""),
        (0.01, "fewer than 1 in 10"),
        (0.44, "about 4 in 10"),
        (0.97, "more than 9 in 10"),
    ],
)
def test_a_chance_is_said_in_words(chance: float | None, words: str) -> None:
    assert chance_words(chance) == words


class Held:
    """Vectors given outright."""

    def __init__(self, left: npt.NDArray[np.float32], right: npt.NDArray[np.float32]) -> None:
        self.left, self.right = left, right

    def capabilities(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        return self.left[rows]

    def duties(self, columns: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        return self.right[columns]


def sparse_ground() -> tuple[Ground, npt.NDArray[np.float32]]:
    """A run that keeps two pairs of most capabilities, and the scores of all its pairs."""
    vectors = np.random.default_rng(7).normal(size=(24, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    left, right = vectors[:4], vectors[4:]
    duties = tuple(
        ComparedDuty(uuid.UUID(int=100 + at), at % 3, at, f"Duty {at}", True, False)
        for at in range(20)
    )
    inputs = replace(INPUTS, duties=duties)
    nobody = np.zeros((0, 4), dtype=np.bool_)
    found_pairs = survey(left, right, inputs.standard_of_duty, 3, nobody, most_of_row=2)
    assert len(found_pairs.pairs.row) < 60
    own = Kept(found_pairs, (), nobody, np.zeros(20, dtype=np.bool_))
    rows, columns = np.indices((4, 20)).reshape(2, -1)
    scores = exact_scores(left, right, rows, columns).reshape(4, 20)
    return Ground(inputs, own, Held(left, right)), scores


def test_a_score_that_was_not_kept_is_worked_out_again() -> None:
    held, scores = sparse_ground()
    reading = read(held, {}, 55)
    wanted = [score_percent(float(each)) for each in scores.ravel()]
    pairs = np.ndindex(4, 20)
    assert [match_at(reading, *pair).score_percent for pair in pairs] == wanted


def test_of_matches_accepted_far_below_the_floor_the_higher_score_is_best() -> None:
    held, scores = sparse_ground()
    low, higher = np.argsort(scores[0])[:2]
    assert scores[0, low] < scores[0, higher] < 0
    for pair in ([low, higher], [higher, low]):
        duties = [held.inputs.duties[int(each)].duty_id for each in pair]
        verdicts = {(CAPABILITIES[0], each): said(MatchVerdict.ACCEPTED) for each in duties}
        best = best_matches(read(held, verdicts, 55))[0]
        assert best is not None
        assert best.duty_id == held.inputs.duties[int(higher)].duty_id
        assert best.score_percent == score_percent(float(scores[0, higher]))


@pytest.mark.parametrize("most", [2_000, 0])
@pytest.mark.parametrize("is_kept", [True, False])
def test_standards_that_stand_level_are_told_apart_for_the_profiles_of_now(
    monkeypatch: pytest.MonkeyPatch, most: int, is_kept: bool
) -> None:
    monkeypatch.setattr(ranking, "MOST_DUTIES", most)
    # The profile matches nothing of three standards at its level: all stand at 0 % and 100 %.
    vectors = np.random.default_rng(11).normal(size=(34, 24)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    left, right = vectors[:4], vectors[4:]
    duties = tuple(
        ComparedDuty(uuid.UUID(int=100 + at), at % 3, at, f"Duty {at}", True, False)
        for at in range(30)
    )
    standards = (standard(0, 4), standard(1, 4), standard(2, 4))
    inputs = replace(INPUTS, standards=standards, duties=duties)
    members = np.array([[True, False, True, False]])
    before = members if is_kept else np.zeros((0, 4), dtype=np.bool_)
    passed = survey(left, right, inputs.standard_of_duty, 3, before)
    own = Kept(passed, (uuid.UUID(int=1),) * len(before), before, np.zeros(30, np.bool_))
    worked_out = Ground(inputs, own, Held(left, right))
    profile_now = profile("P-0001", [0, 2], 4)
    arguments: dict[str, Any] = {"run": RUN, "profiles": [profile_now], "places": {}}
    for rejected in ({}, {(CAPABILITIES[0], duties[0].duty_id): said(MatchVerdict.REJECTED)}):
        found = assemble(ground=worked_out, verdicts=rejected, threshold_percent=99, **arguments)
        standings = found.profiles[0].standings
        assert {(each.fit_percent, each.surplus_percent) for each in standings} == {(0.0, 100.0)}
        no = [(0, 0)] if rejected else None
        soft = two_way(left @ right.T, members, inputs.standard_of_duty, 3, rejected=no)[0]
        wanted = [STANDARDS[place] for place in np.argsort(-soft)]
        assert [each.standard_id for each in standings] == wanted


@pytest.mark.parametrize("is_judged", [False, True])
def test_standards_of_the_very_same_duties_stay_level_whatever_their_places(
    is_judged: bool,
) -> None:
    vectors = np.random.default_rng(3).normal(size=(4 + 18, 96)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    # The first and the last of four standards have the same 13 duties.
    places = [*range(13), *range(13, 18), *range(13)]
    owners = [*[0] * 13, *[1, 1, 1, 2, 2], *[3] * 13]
    duties = tuple(
        ComparedDuty(uuid.UUID(int=100 + at), owner, at, f"Duty {place}", True, False)
        for at, (place, owner) in enumerate(zip(places, owners, strict=True))
    )
    four = tuple(standard(place, 4) for place in range(4))
    inputs = replace(INPUTS, standards=four, duties=duties)
    left, right = vectors[:4], vectors[4:][places]
    members = np.array(list(np.ndindex(2, 2, 2, 2))[-1 if is_judged else 1 :], dtype=np.bool_)
    before = members if is_judged else members[:0]
    passed = survey(left, right, inputs.standard_of_duty, 4, before)
    ids = (uuid.UUID(int=1),) * len(before)
    worked_out = Ground(
        inputs, Kept(passed, ids, before, np.zeros(31, np.bool_)), Held(left, right)
    )
    # Rejecting the worst match of a duty that has a good one moves no score.
    scores = left @ right[:13].T
    duty = int(np.argmax(scores.max(axis=0)))
    pair = (CAPABILITIES[int(np.argmin(scores[:, duty]))], duties[duty].duty_id)
    verdicts = {pair: said(MatchVerdict.REJECTED)} if is_judged else {}
    reading = read(worked_out, verdicts, 99)
    soft = ranking.two_way_scores(reading, members, reading.matches.fit_surplus(members))
    assert np.array_equal(soft[:, 0], soft[:, 3])


def test_what_was_packed_is_unpacked_and_its_digest_tells_any_change() -> None:
    before = kept(profile("P-0001", [0, 2]), generic=(1,))
    packed_inputs, packed_scores = pack(INPUTS, before)
    inputs = unpack_inputs(packed_inputs)
    after = unpack_kept(packed_scores, inputs)
    assert inputs == INPUTS
    assert np.array_equal(after.survey.pairs.score, before.survey.pairs.score)
    assert np.array_equal(after.survey.two_way, before.survey.two_way)
    assert np.array_equal(after.members, before.members)
    assert (after.profile_ids, after.is_generic.tolist()) == (
        before.profile_ids,
        [False, True, False, False, False],
    )
    digest = digest_of(inputs, after.survey, "m", "a")
    assert digest == digest_of(INPUTS, before.survey, "m", "a")
    pairs = before.survey.pairs
    nudged = replace(before.survey, pairs=replace(pairs, score=pairs.score + np.float32(1e-6)))
    others = {
        digest_of(INPUTS, nudged, "m", "a"),
        digest_of(INPUTS, before.survey, "n", "a"),
        digest_of(INPUTS, before.survey, "m", "b"),
        digest_of(replace(INPUTS, bare_standards=()), before.survey, "m", "a"),
    }
    assert digest not in others
    assert len(others) == 4
