"""Map and gap: what is counted, worked by hand on scores given outright."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from consensus.matching import Response
from reports.mapping.assembling import Place, ProfileFacts, assemble
from reports.mapping.findings import Findings, Judgement, RunFacts
from reports.mapping.ground import (
    ComparedCapability,
    ComparedDuty,
    ComparedStandard,
    Ground,
    Inputs,
    digest_of,
    pack,
    unpack,
)
from reports.mapping.models import MatchVerdict
from reports.mapping.reading import best_among, leading_matches, read, score_percent

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
RUN = RunFacts(
    run_id=uuid.UUID(int=99),
    number=1,
    created_at=AT,
    framework_id=uuid.UUID(int=98),
    framework_name="Framework",
    framework_version="1",
    framework_is_illustrative=False,
    model_name="words",
    model_digest="",
    threshold_percent=55,
    digest="",
    reviewed_at=None,
    reviewed_by="",
)


def ground() -> Ground:
    levels = (3, 4, 6)
    standards = tuple(
        ComparedStandard(STANDARDS[place], f"T{place}", "1.0", f"Standard {place}", level)
        for place, level in enumerate(levels)
    )
    return Ground(
        Inputs(
            capabilities=tuple(
                ComparedCapability(each, f"C-00{number}", f"Capability {number}")
                for number, each in enumerate(CAPABILITIES, 1)
            ),
            standards=standards,
            duties=tuple(
                ComparedDuty(each, OWNERS[column], column, f"Duty {column}", True)
                for column, each in enumerate(DUTIES)
            ),
            bare_standards=(ComparedStandard(STANDARDS[3], "T3", "1.0", "Bare", 3),),
        ),
        SCORES,
    )


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
) -> Findings:
    return assemble(
        run=RUN,
        ground=ground(),
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
    assert [point.threshold_percent for point in findings.curve] == list(range(30, 81))
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
    assert best_among(reading, [0], range(5)) == (0, 3)


def test_what_was_packed_is_unpacked_and_its_digest_tells_any_change() -> None:
    before = ground()
    after = unpack(*pack(before))
    assert after.inputs == before.inputs
    assert np.array_equal(after.scores, before.scores)
    assert digest_of(after, "m") == digest_of(before, "m")
    nudged = Ground(before.inputs, before.scores + np.float32(1e-3))
    assert digest_of(nudged, "m") != digest_of(before, "m") != digest_of(before, "n")
