"""What map and gap found: profiles against standards, and what nothing supports. Records only."""

from dataclasses import dataclass
from datetime import date

from cycles.standards.wording import level_words


@dataclass(frozen=True)
class FrameworkLine:
    """A framework that the run compared with, as it stood on the day of its snapshot.

    ``lacking_duties`` standards have none: of ``by_skills`` their skills stood in, the rest were
    left out.
    """

    name: str
    version: str
    snapshot_on: date
    is_illustrative: bool
    standards: int
    compared: int
    by_skills: int
    lacking_duties: int
    duties: int


@dataclass(frozen=True)
class Standing:
    """A profile against one standard: counts first, percentages from them.

    ``framework`` is empty where the run compared with one only. ``by_skills``: skills stood in for
    the duties that the standard lacks. ``level`` is None where its source states none; an older
    snapshot has the number that stands for it.
    """

    reference: str
    title: str
    version: str
    level: int | None
    fit_count: int
    fit_percent: float
    surplus_count: int
    duty_count: int
    surplus_percent: float
    response: str
    framework: str = ""
    by_skills: bool = False

    @property
    def level_words(self) -> str:
        """Return its level in words."""
        return level_words(self.level)


@dataclass(frozen=True)
class ProfileProvision:
    """A profile against the standards at its level. ``member_count`` is what the run compared."""

    code: str
    name: str
    role_level: str
    partner: str
    is_ratified: bool
    member_count: int
    unsupported_count: int
    unsupported_codes: tuple[str, ...]
    compared_standards: int
    best_fit_percent: float | None
    priority_rank: int
    standings: tuple[Standing, ...]

    @property
    def best(self) -> Standing | None:
        """Return its best standard, or None where none could be compared."""
        return self.standings[0] if self.standings else None


@dataclass(frozen=True)
class Unsupported:
    """A capability that no duty of the framework matches, with the nearest there is.

    ``horizon`` is the proposed one, "short term" and so on; older snapshots propose none.
    """

    code: str
    text: str
    function: str
    area: str
    nearest_percent: float | None
    nearest_standard: str
    profile_codes: tuple[str, ...]
    horizon: str = ""


@dataclass(frozen=True)
class HorizonLine:
    """A horizon: what is proposed for it, and of how many unsupported capabilities."""

    horizon: str
    meaning: str
    count: int
    percent: float


@dataclass(frozen=True)
class OnlyGeneric:
    """A capability that generic duties alone support, with the best of them."""

    code: str
    text: str
    duty: str
    standard: str
    score_percent: float


@dataclass(frozen=True)
class CurvePoint:
    """How many capabilities would be unsupported at another threshold."""

    threshold_percent: int
    unsupported_count: int
    unsupported_percent: float


@dataclass(frozen=True)
class ResponseCount:
    """How many profiles one response is suggested for."""

    response: str
    count: int


@dataclass(frozen=True)
class PairedMatch:
    """A capability and the duty of the standard that speaks most for it."""

    code: str
    text: str
    duty: str
    score_percent: float
    is_match: bool
    judged: str


@dataclass(frozen=True)
class Worked:
    """One profile against one standard, both ways: the worked example."""

    code: str
    name: str
    standing: Standing
    member_count: int
    unmatched_count: int
    matched_duty_count: int
    pairs: tuple[PairedMatch, ...]
    surplus_duties: tuple[str, ...]


@dataclass(frozen=True)
class Provision:
    """One run of map and gap at the cycle's threshold, human verdicts included.

    ``capabilities`` is how many the run compared; ``uncompared`` how many were kept since.
    ``framework`` names all of ``frameworks``, which an older snapshot lacks. ``only_generic``
    capabilities are supported by generic duties alone. ``expected_false`` of the
    ``open_matches``, those not settled, are to be expected false; None without an adapter.
    """

    run_number: int
    run_on: date
    reviewed_on: date | None
    digest: str
    framework: str
    framework_version: str
    is_illustrative: bool
    model: str
    model_digest: str
    threshold_percent: int
    capabilities: int
    uncompared: int
    supported: int
    unsupported: int
    unsupported_percent: float
    unsupported_by_score: int
    standards: int
    standards_compared: int
    standards_without_duties: int
    duties: int
    accepted_matches: int
    rejected_matches: int
    profiles: tuple[ProfileProvision, ...]
    responses: tuple[ResponseCount, ...]
    response_rule: str
    unsupported_lines: tuple[Unsupported, ...]
    curve: tuple[CurvePoint, ...]
    worked: Worked | None
    frameworks: tuple[FrameworkLine, ...] = ()
    adapter: str = ""
    adapter_digest: str = ""
    matches: int | None = None
    open_matches: int | None = None
    expected_false: int | None = None
    generic_matches: int = 0
    generic_duties: int = 0
    only_generic: int = 0
    only_skills: int = 0
    standards_by_skills: int = 0
    standards_with_duties: int | None = None
    standards_without_level: int = 0
    are_generic_told: bool = False
    only_generic_lines: tuple[OnlyGeneric, ...] = ()
    horizons: tuple[HorizonLine, ...] = ()
    horizon_rule: str = ""

    @property
    def priorities(self) -> tuple[ProfileProvision, ...]:
        """Return the profiles by need, the most urgent first."""
        return tuple(sorted(self.profiles, key=lambda each: each.priority_rank))
