"""From scores, profiles and verdicts to findings. Pure: nothing here asks the database.

The arithmetic itself is ``consensus.matching``; this turns its arrays into words for people.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consensus.matching import (
    FitSurplus,
    Priorities,
    best_duty,
    fit_surplus,
    level_window,
    priorities,
    suggested_response,
    top_standards,
    two_way,
    unsupported,
    unsupported_curve,
)
from reports.mapping.findings import (
    CapabilityFinding,
    CurvePoint,
    Findings,
    ProfileFinding,
    RunFacts,
    Standing,
    Totals,
)
from reports.mapping.ground import Ground
from reports.mapping.reading import Flags, Indices, Reading, Verdicts, match_at, read

UNKNOWN_LEVEL = -1
CURVE_THRESHOLDS = range(30, 81)


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
    two_way: npt.NDArray[np.float64]
    top: tuple[Indices, ...]
    order: Priorities


def assemble(
    *,
    run: RunFacts,
    ground: Ground,
    profiles: Sequence[ProfileFacts],
    places: Mapping[uuid.UUID, Place],
    verdicts: Verdicts,
    threshold_percent: int,
) -> Findings:
    """Work out everything that map and gap says at one threshold."""
    reading = read(ground, verdicts, threshold_percent)
    alone = unsupported(reading.matches)
    standings = _standings(reading, profiles, alone)
    return Findings(
        run=run,
        threshold_percent=threshold_percent,
        totals=_totals(reading, profiles, alone),
        capabilities=_capabilities(reading, profiles, places, alone),
        profiles=tuple(
            _profile(reading, standings, alone, number, facts)
            for number, facts in enumerate(profiles)
        ),
        curve=_curve(reading),
    )


def share(count: int, total: int) -> float:
    """Return ``count`` of ``total`` in per cent with one decimal; 0 of nothing is 0."""
    return round(100 * count / total, 1) if total else 0.0


def _totals(reading: Reading, profiles: Sequence[ProfileFacts], alone: Flags) -> Totals:
    inputs = reading.ground.inputs
    capabilities, count = len(inputs.capabilities), int(alone.sum())
    return Totals(
        capabilities=capabilities,
        supported=capabilities - count,
        unsupported=count,
        unsupported_percent=share(count, capabilities),
        suggested_unsupported=int(unsupported(reading.suggested).sum()),
        duties=len(inputs.duties),
        standards=len(inputs.standards) + len(inputs.bare_standards),
        standards_compared=len(inputs.standards),
        standards_without_duties=len(inputs.bare_standards),
        profiles=len(profiles),
        profiles_ratified=sum(each.is_ratified for each in profiles),
        accepted_matches=len(reading.accepted),
        rejected_matches=len(reading.rejected),
    )


def _curve(reading: Reading) -> tuple[CurvePoint, ...]:
    total = len(reading.ground.inputs.capabilities)
    counts = unsupported_curve(
        reading.ground.scores, list(CURVE_THRESHOLDS), reading.accepted, reading.rejected
    )
    return tuple(
        CurvePoint(threshold, int(count), share(int(count), total))
        for threshold, count in zip(CURVE_THRESHOLDS, counts, strict=True)
    )


def _capabilities(
    reading: Reading,
    profiles: Sequence[ProfileFacts],
    places: Mapping[uuid.UUID, Place],
    alone: Flags,
) -> tuple[CapabilityFinding, ...]:
    inputs = reading.ground.inputs
    best = best_duty(
        reading.ground.scores,
        inputs.standard_of_duty,
        len(inputs.standards),
        accepted=reading.accepted,
        rejected=reading.rejected,
    ).duty
    codes: dict[uuid.UUID, list[str]] = defaultdict(list)
    for profile in profiles:
        for member in profile.member_ids:
            codes[member].append(profile.code)
    return tuple(
        _capability(
            reading,
            row,
            best=int(best[row]),
            is_supported=not alone[row],
            place=places.get(each.statement_id, Place()),
            codes=tuple(codes[each.statement_id]),
        )
        for row, each in enumerate(inputs.capabilities)
    )


def _capability(
    reading: Reading,
    row: int,
    *,
    best: int,
    is_supported: bool,
    place: Place,
    codes: tuple[str, ...],
) -> CapabilityFinding:
    capability = reading.ground.inputs.capabilities[row]
    return CapabilityFinding(
        statement_id=capability.statement_id,
        code=capability.code,
        text=capability.text,
        function=place.function,
        domain=place.domain,
        area=place.area,
        is_supported=bool(is_supported),
        is_suggested=bool(reading.suggested[row].any()),
        match_count=int(reading.matches[row].sum()),
        accepted_count=int((reading.accepted[:, 0] == row).sum()),
        rejected_count=int((reading.rejected[:, 0] == row).sum()),
        best=match_at(reading, row, best) if best >= 0 else None,
        profile_codes=codes,
    )


def _standings(reading: Reading, profiles: Sequence[ProfileFacts], alone: Flags) -> Standings:
    inputs = reading.ground.inputs
    owners, standards = inputs.standard_of_duty, len(inputs.standards)
    members = np.zeros((len(profiles), len(inputs.capabilities)), dtype=np.bool_)
    for number, profile in enumerate(profiles):
        rows = [inputs.row_of[each] for each in profile.member_ids if each in inputs.row_of]
        members[number, rows] = True
    levels = [
        UNKNOWN_LEVEL if each.academic_level is None else each.academic_level for each in profiles
    ]
    window = level_window(
        np.array(levels, dtype=np.int64),
        np.array([each.level for each in inputs.standards], dtype=np.int64),
    )
    counts = fit_surplus(reading.matches, members, owners, standards, window)
    soft = two_way(
        reading.ground.scores,
        members,
        owners,
        standards,
        accepted=reading.accepted,
        rejected=reading.rejected,
    )
    order = priorities(members, alone, counts.best_fit)
    return Standings(members, counts, soft, top_standards(counts, soft), order)


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
        two_way=float(standings.two_way[number, place]),
        response=suggested_response(
            float(counts.fit[number, place]), float(counts.surplus[number, place])
        ),
    )
