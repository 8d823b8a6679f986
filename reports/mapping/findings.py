"""What a run of map and gap found: frozen shapes for pages, downloads and the report.

Every number that anybody prints of map and gap is a field here; nothing is worked out from them
again. How they are worked out lives in ``assembling``. No NaN: what is undefined is None.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from consensus.matching import Response
from cycles.standards.wording import words_for
from reports.mapping.models import MatchVerdict


@dataclass(frozen=True)
class FrameworkFacts:
    """One framework that a run compared with, as it stood then.

    ``by_skills`` of its ``compared`` standards have no duties; their skills stood in.
    ``is_tagged`` says whether its standards stand in enough routes to tell generic duties.
    """

    framework_id: uuid.UUID
    name: str
    version: str
    snapshot_on: date
    licence: str
    attribution: str
    is_illustrative: bool
    is_tagged: bool
    standards: int
    compared: int
    by_skills: int
    without_duties: int
    duties: int

    @property
    def words(self) -> str:
        """Return it in words, with the day of its snapshot."""
        return words_for(self.name, self.version, self.snapshot_on)


@dataclass(frozen=True)
class AdapterFacts:
    """The adapter that a run was turned by, and the words that its source's licence asks for."""

    digest: str
    source: str
    licence: str
    attribution: str


@dataclass(frozen=True)
class RunFacts:
    """Which run this is, what it compared with what, and who reviewed it."""

    run_id: uuid.UUID
    number: int
    created_at: datetime
    frameworks: tuple[FrameworkFacts, ...]
    model_name: str
    model_digest: str
    adapter: AdapterFacts | None
    threshold_percent: int
    digest: str
    compared_anew: int | None
    reviewed_at: datetime | None
    reviewed_by: str

    @property
    def framework_words(self) -> str:
        """Return all its frameworks in words, each with the day of its snapshot."""
        return "; ".join(each.words for each in self.frameworks)


@dataclass(frozen=True)
class Judgement:
    """What people said of one match, and the score that was on the screen then.

    ``verdict`` is what they agree on, by the rule in ``verdicts``; None where they differ or are
    unsure, and then the score decides. The counts say how many said what. Reason, group, name,
    moment and score are those of the latest review. ``group`` is for everybody's eyes, ``by`` (a
    name) for the conveners'. Never print ``by``.
    """

    verdict: MatchVerdict | None
    reason: str
    group: str
    by: str
    at: datetime
    score_percent: float
    was_suggested: bool
    accepted: int
    rejected: int
    unsure: int

    @property
    def word(self) -> str:
        """Return the verdict in a word: accepted, rejected, or open while it is not settled."""
        return self.verdict.value if self.verdict else "open"


@dataclass(frozen=True)
class Match:
    """One capability against one duty: the machine's suggestion and the human verdict.

    ``is_suggested`` is what the score alone says at the threshold; ``is_match`` is what counts,
    because a human verdict outranks the score. ``is_generic``: the duty is near to the work of many
    routes. ``is_skill``: a skill stood in for a duty. ``chance`` is that the two statements belong
    to the same group of activities; None where the run had no adapter.
    """

    duty_id: uuid.UUID
    duty_text: str
    is_core: bool
    is_skill: bool
    is_generic: bool
    framework_name: str
    standard_id: uuid.UUID
    standard_reference: str
    standard_title: str
    standard_level: int
    score_percent: float
    chance: float | None
    is_suggested: bool
    is_match: bool
    judgement: Judgement | None


@dataclass(frozen=True)
class CapabilityFinding:
    """One capability: whether today's provision supports it, and its best match.

    ``best`` is the best match that was not rejected; None when there is no such duty at all.
    ``is_suggested`` says whether the scores alone would support it at this threshold.
    ``is_only_generic``: every duty that matches it is generic, and nobody accepted one;
    ``is_only_skills``: nothing but skills standing in for duties matches it.
    """

    statement_id: uuid.UUID
    code: str
    text: str
    function: str
    domain: str
    area: str
    is_supported: bool
    is_suggested: bool
    is_only_generic: bool
    is_only_skills: bool
    match_count: int
    generic_count: int
    accepted_count: int
    rejected_count: int
    best: Match | None
    profile_codes: tuple[str, ...]

    @property
    def is_judged(self) -> bool:
        """Say whether reviewers settled any of its matches."""
        return self.accepted_count + self.rejected_count > 0


@dataclass(frozen=True)
class Standing:
    """How one profile stands against one standard. Counts first; percentages have one decimal.

    ``by_skills``: skills stood in for the duties that the standard lacks, so its duties are skills.
    """

    standard_id: uuid.UUID
    framework_name: str
    by_skills: bool
    reference: str
    version: str
    title: str
    level: int
    fit_count: int
    member_count: int
    fit_percent: float
    surplus_count: int
    duty_count: int
    surplus_percent: float
    response: Response


@dataclass(frozen=True)
class ProfileFinding:
    """One profile against the standards at the same or an adjoining level or of no stated one.

    ``member_count`` counts the members that the run compared: the denominator of every fit.
    ``uncompared_count`` counts members that were added since; run again to bring them in.
    ``best_fit_percent`` is None when no standard could be compared.
    """

    profile_id: uuid.UUID
    code: str
    name: str
    role_level: str
    academic_level: int | None
    partner: str
    is_ratified: bool
    member_count: int
    uncompared_count: int
    unsupported_count: int
    unsupported_codes: tuple[str, ...]
    compared_standards: int
    best_fit_percent: float | None
    standings: tuple[Standing, ...]
    priority_rank: int

    @property
    def best(self) -> Standing | None:
        """Return the best standing, or None when no standard could be compared."""
        return self.standings[0] if self.standings else None


@dataclass(frozen=True)
class CurvePoint:
    """What another threshold would say, verdicts included.

    ``expected_false`` is how many of the matches that are not settled are to be expected false:
    the sum of one less the chance of each. None where the run had no adapter.
    """

    threshold_percent: int
    unsupported_count: int
    unsupported_percent: float
    match_count: int
    expected_false: int | None


@dataclass(frozen=True)
class Totals:
    """The counts of a run at a threshold. ``suggested_unsupported`` is what scores alone say.

    ``generic_matches`` of the ``matches`` are with generic duties; ``only_generic`` capabilities
    are supported by nothing else. Of ``standards_compared``, ``standards_by_skills`` have no duties
    and ``standards_without_level`` state no level.
    """

    capabilities: int
    supported: int
    unsupported: int
    unsupported_percent: float
    suggested_unsupported: int
    only_generic: int
    only_skills: int
    matches: int
    generic_matches: int
    expected_false: int | None
    duties: int
    generic_duties: int
    standards: int
    standards_compared: int
    standards_by_skills: int
    standards_without_level: int
    standards_without_duties: int
    profiles: int
    profiles_ratified: int
    accepted_matches: int
    rejected_matches: int


@dataclass(frozen=True)
class Findings:
    """Everything map and gap says of a cycle, at one threshold.

    ``capabilities`` and ``profiles`` stand in order of code, ``priorities`` with the most urgent
    first, ``curve`` by rising threshold.
    """

    run: RunFacts
    threshold_percent: int
    totals: Totals
    capabilities: tuple[CapabilityFinding, ...]
    profiles: tuple[ProfileFinding, ...]
    curve: tuple[CurvePoint, ...]

    @property
    def unsupported(self) -> tuple[CapabilityFinding, ...]:
        """Return the capabilities that no duty of any standard compared matches."""
        return tuple(each for each in self.capabilities if not each.is_supported)

    @property
    def priorities(self) -> tuple[ProfileFinding, ...]:
        """Return the profiles by need: most unsupported capabilities, then lowest best fit."""
        return tuple(sorted(self.profiles, key=lambda each: each.priority_rank))
