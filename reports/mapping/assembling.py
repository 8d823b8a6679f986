"""From a run, profiles and verdicts to findings. Nothing here asks the database but for vectors.

The arithmetic itself is ``consensus.matching``; this turns its arrays into words for people.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from consensus.matching import (
    FitSurplus,
    Priorities,
    priorities,
    suggested_response,
    top_standards,
)
from cycles.standards.models import UNKNOWN_LEVEL
from reports.mapping.counting import curve_of, expected_false, only, share
from reports.mapping.findings import (
    CapabilityFinding,
    Findings,
    Match,
    ProfileFinding,
    RunFacts,
    Standing,
    Totals,
)
from reports.mapping.ground import ComparedCapability, Flags, Ground, Indices
from reports.mapping.ranking import two_way_scores
from reports.mapping.reading import Reading, Verdicts, best_matches, read
from reports.mapping.reusing import members_of
from reports.mapping.window import window_of


@dataclass(frozen=True)
class ProfileFacts:
    """A live profile and its members, as the cycle holds them now."""

    profile_id: uuid.UUID
    code: str
    name: str
    role_level: str
    academic_level: int | None
    partner: str
    is_ratified: bool
    member_ids: tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class Place:
    """Where a capability stands in the classification; empty words where it has no place yet."""

    function: str = ""
    domain: str = ""
    area: str = ""


@dataclass(frozen=True, eq=False)
class Standings:
    """The arrays behind the profiles' findings. ``members`` is bool (f, c)."""

    members: Flags
    counts: FitSurplus
    top: tuple[Indices, ...]
    order: Priorities


@dataclass(frozen=True, eq=False)
class Marks:
    """What is to be said of each capability, bool (c,): on its own, and by what it is matched."""

    alone: Flags
    suggested: Flags
    only_generic: Flags
    only_skills: Flags


@dataclass(frozen=True, eq=False)
class Tallies:
    """How many matches each capability has, and how many verdicts, by row."""

    matches: Indices
    generic: Indices
    accepted: Mapping[int, int]
    rejected: Mapping[int, int]


def assemble(
    *,
    run: RunFacts,
    ground: Ground,
    profiles: Sequence[ProfileFacts],
    places: Mapping[uuid.UUID, Place],
    verdicts: Verdicts,
    threshold_percent: int,
) -> Findings:
    """Work out everything that map and gap says at one threshold; below the floor, at the floor."""
    reading = read(ground, verdicts, threshold_percent)
    marks = _marks(reading)
    standings = _standings(reading, profiles, marks.alone)
    return Findings(
        run=run,
        threshold_percent=int(reading.threshold_percent),
        totals=_totals(reading, profiles, marks),
        capabilities=_capabilities(reading, profiles, places, marks),
        profiles=tuple(
            _profile(reading, standings, marks.alone, number, facts)
            for number, facts in enumerate(profiles)
        ),
        curve=curve_of(reading),
    )


def assemble_profiles(
    *, ground: Ground, profiles: Sequence[ProfileFacts], verdicts: Verdicts, threshold_percent: int
) -> tuple[int, tuple[ProfileFinding, ...]]:
    """Return the threshold that was read at and these profiles alone; ranks are among them."""
    reading = read(ground, verdicts, threshold_percent)
    alone = reading.matches.unsupported()
    standings = _standings(reading, profiles, alone)
    return int(reading.threshold_percent), tuple(
        _profile(reading, standings, alone, number, facts) for number, facts in enumerate(profiles)
    )


def _marks(reading: Reading) -> Marks:
    return Marks(
        alone=reading.matches.unsupported(),
        suggested=~reading.suggested.unsupported(),
        only_generic=only(reading, reading.ground.kept.is_generic),
        only_skills=only(reading, reading.ground.inputs.is_skill),
    )


def _totals(reading: Reading, profiles: Sequence[ProfileFacts], marks: Marks) -> Totals:
    inputs, is_generic = reading.ground.inputs, reading.ground.kept.is_generic
    capabilities, count = len(inputs.capabilities), int(marks.alone.sum())
    return Totals(
        capabilities=capabilities,
        supported=capabilities - count,
        unsupported=count,
        unsupported_percent=share(count, capabilities),
        suggested_unsupported=int((~marks.suggested).sum()),
        only_generic=int(marks.only_generic.sum()),
        only_skills=int(marks.only_skills.sum()),
        matches=len(reading.matches.row),
        generic_matches=int(is_generic[reading.matches.duty].sum()),
        expected_false=expected_false(reading),
        duties=len(inputs.duties),
        generic_duties=int(is_generic.sum()),
        standards=len(inputs.standards) + len(inputs.bare_standards),
        standards_compared=len(inputs.standards),
        standards_by_skills=sum(each.by_skills for each in inputs.standards),
        standards_without_level=int((inputs.levels == UNKNOWN_LEVEL).sum()),
        standards_without_duties=len(inputs.bare_standards),
        profiles=len(profiles),
        profiles_ratified=sum(each.is_ratified for each in profiles),
        accepted_matches=len(reading.accepted),
        rejected_matches=len(reading.rejected),
    )


def _capabilities(
    reading: Reading,
    profiles: Sequence[ProfileFacts],
    places: Mapping[uuid.UUID, Place],
    marks: Marks,
) -> tuple[CapabilityFinding, ...]:
    codes: dict[uuid.UUID, list[str]] = defaultdict(list)
    for profile in profiles:
        for member in profile.member_ids:
            codes[member].append(profile.code)
    tallies = Tallies(
        matches=reading.matches.counts(),
        generic=_generic_counts(reading),
        accepted=Counter(map(int, reading.accepted[:, 0])),
        rejected=Counter(map(int, reading.rejected[:, 0])),
    )
    best = best_matches(reading)
    return tuple(
        _capability(
            each,
            row,
            place=places.get(each.statement_id, Place()),
            best=best[row],
            marks=marks,
            tallies=tallies,
            codes=tuple(codes[each.statement_id]),
        )
        for row, each in enumerate(reading.ground.inputs.capabilities)
    )


def _capability(
    capability: ComparedCapability,
    row: int,
    *,
    place: Place,
    best: Match | None,
    marks: Marks,
    tallies: Tallies,
    codes: tuple[str, ...],
) -> CapabilityFinding:
    return CapabilityFinding(
        statement_id=capability.statement_id,
        code=capability.code,
        text=capability.text,
        function=place.function,
        domain=place.domain,
        area=place.area,
        is_supported=not marks.alone[row],
        is_suggested=bool(marks.suggested[row]),
        is_only_generic=bool(marks.only_generic[row]),
        is_only_skills=bool(marks.only_skills[row]),
        match_count=int(tallies.matches[row]),
        generic_count=int(tallies.generic[row]),
        accepted_count=tallies.accepted[row],
        rejected_count=tallies.rejected[row],
        best=best,
        profile_codes=codes,
    )


def _generic_counts(reading: Reading) -> Indices:
    is_generic = reading.ground.kept.is_generic[reading.matches.duty]
    rows = reading.matches.row[is_generic]
    return np.bincount(rows, minlength=len(reading.ground.inputs.capabilities))


def _standings(reading: Reading, profiles: Sequence[ProfileFacts], alone: Flags) -> Standings:
    inputs = reading.ground.inputs
    members = members_of(inputs, [each.member_ids for each in profiles])
    window = window_of([each.academic_level for each in profiles], inputs.levels)
    counts = reading.matches.fit_surplus(members, window)
    soft = two_way_scores(reading, members, counts)
    order = priorities(members, alone, counts.best_fit)
    return Standings(members, counts, top_standards(counts, soft), order)


def _profile(
    reading: Reading, standings: Standings, alone: Flags, number: int, facts: ProfileFacts
) -> ProfileFinding:
    inputs = reading.ground.inputs
    own = standings.members[number]
    rows = np.flatnonzero(own & alone)
    top = tuple(
        _standing(reading, standings, number, int(place)) for place in standings.top[number]
    )
    return ProfileFinding(
        profile_id=facts.profile_id,
        code=facts.code,
        name=facts.name,
        role_level=facts.role_level,
        academic_level=facts.academic_level,
        partner=facts.partner,
        is_ratified=facts.is_ratified,
        member_count=int(own.sum()),
        uncompared_count=len(facts.member_ids) - int(own.sum()),
        unsupported_count=len(rows),
        unsupported_codes=tuple(inputs.capabilities[int(row)].code for row in rows),
        compared_standards=int(standings.counts.is_defined[number].sum()),
        best_fit_percent=top[0].fit_percent if top else None,
        standings=top,
        priority_rank=int(np.flatnonzero(standings.order.order == number)[0]) + 1,
    )


def _standing(reading: Reading, standings: Standings, number: int, place: int) -> Standing:
    standard = reading.ground.inputs.standards[place]
    counts = standings.counts
    fit, members = int(counts.fit_count[number, place]), int(counts.member_count[number])
    surplus, duties = int(counts.surplus_count[number, place]), int(counts.duty_count[place])
    return Standing(
        standard_id=standard.standard_id,
        framework_name=reading.ground.inputs.frameworks[standard.framework].name,
        by_skills=standard.by_skills,
        reference=standard.reference,
        version=standard.version,
        title=standard.title,
        level=standard.level,
        fit_count=fit,
        member_count=members,
        fit_percent=share(fit, members),
        surplus_count=surplus,
        duty_count=duties,
        surplus_percent=share(surplus, duties),
        response=suggested_response(
            float(counts.fit[number, place]), float(counts.surplus[number, place])
        ),
    )
