"""The rules that profiles are ranked by: the report's own, and others that a reader may try.

Everything here orders what map and gap counted. What another rule says is never kept.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reports.explorer.look import Look
from reports.explorer.pages.profile_rows import ProfileRow, profile_rows
from reports.mapping.counting import share
from reports.mapping.findings import ProfileFinding
from reports.mapping.selection import read_number

REPORT, SHARE, FIT, OWN = "", "share", "fit", "own"
RULES: Mapping[str, tuple[str, str]] = {
    REPORT: (
        "The report's rule",
        "A profile stands higher the more of its capabilities match no duty of any standard "
        "compared. Among equals the one whose best standard fits least stands higher.",
    ),
    SHARE: (
        "Largest unsupported share",
        "A profile stands higher the larger the part of its capabilities that match no duty of "
        "any standard compared, whatever its size.",
    ),
    FIT: (
        "Lowest best fit",
        "A profile stands higher the less its best standard fits. Profiles that no standard can "
        "be compared with stand first.",
    ),
    OWN: (
        "My own weights",
        "Each measure goes from 0 to 100. A profile's score is their mean by the weights given, "
        "and the highest score stands first.",
    ),
}
MOST_WEIGHT = 10
USUAL_WEIGHT = 1


@dataclass(frozen=True)
class Measure:
    """Something to weigh, from 0 to 100. ``read`` takes a profile and the most unsupported."""

    key: str
    label: str
    meaning: str
    read: Callable[[ProfileRow, ProfileFinding, int], float]

    @property
    def name(self) -> str:
        """Return its argument in the address."""
        return f"weight_{self.key}"


MEASURES = (
    Measure(
        "count",
        "Unsupported capabilities",
        "How many capabilities nothing supports; 100 for the profile with most.",
        lambda _row, found, most: 100 * found.unsupported_count / most if most else 0.0,
    ),
    Measure(
        "share",
        "Unsupported share",
        "The part of its capabilities that nothing supports, in per cent.",
        lambda _row, found, _most: share(found.unsupported_count, found.member_count),
    ),
    Measure(
        "fit",
        "Lack of fit",
        "100 less the fit of its best standard; 100 where none can be compared.",
        lambda _row, found, _most: 100 - (found.best_fit_percent or 0.0),
    ),
    Measure(
        "expert",
        "Share at Expert",
        "The part of its capabilities that it needs at Expert, in per cent.",
        lambda row, _found, _most: share(row.profile.expert, row.profile.member_count),
    ),
)


@dataclass(frozen=True)
class Rule:
    """The rule that the address asks for; ``weights`` are by the keys of ``MEASURES``."""

    key: str
    weights: Mapping[str, int]

    @property
    def is_report(self) -> bool:
        """Say whether this is the rule that the report uses."""
        return self.key == REPORT

    @property
    def is_own(self) -> bool:
        """Say whether the reader weighs."""
        return self.key == OWN

    @property
    def label(self) -> str:
        """Return its name."""
        return RULES[self.key][0]

    @property
    def sentence(self) -> str:
        """Return how it orders, with the weights where there are some."""
        words = RULES[self.key][1]
        if not self.is_own:
            return words + (
                "" if self.is_report else " Equals keep the order of the report's rule."
            )
        said = ", ".join(f"{each.label.lower()} {self.weights[each.key]}" for each in MEASURES)
        return f"{words} Weights: {said}. Equals keep the order of the report's rule."


@dataclass(frozen=True)
class Ranked:
    """A profile with its rank by the rule looked at, and by the report's.

    ``score`` is None but under the reader's own weights.
    """

    rank: int
    row: ProfileRow
    finding: ProfileFinding
    score: float | None

    @property
    def report_rank(self) -> int:
        """Return its rank by the report's rule."""
        return self.finding.priority_rank

    @property
    def moved(self) -> str:
        """Say how this rank differs from that by the report's rule."""
        by = self.report_rank - self.rank
        if not by:
            return "the same"
        return f"{abs(by)} {'higher' if by > 0 else 'lower'} here"


def rule_of(args: Mapping[str, str]) -> Rule:
    """Read the rule from an address; the report's where it names none, or weighs nothing."""
    weights = {each.key: _weight(args.get(each.name)) for each in MEASURES}
    asked = args.get("by", REPORT)
    is_known = asked in RULES and (asked != OWN or any(weights.values()))
    return Rule(asked if is_known else REPORT, weights)


def _weight(text: str | None) -> int:
    number = None if text is None else read_number(text)
    return USUAL_WEIGHT if number is None else min(number, MOST_WEIGHT)


def ranked(look: Look) -> tuple[Ranked, ...]:
    """Return the profiles that were compared, by the rule that the address asks for."""
    rule = rule_of(look.args)
    pairs = [(row, row.finding) for row in profile_rows(look) if row.finding is not None]
    # Sorting keeps equals in the order that they stand in: that of the report's rule.
    pairs.sort(key=lambda pair: pair[1].priority_rank)
    scores = _scores(rule, pairs)
    places = sorted(range(len(pairs)), key=lambda place: -scores[place])
    return tuple(
        Ranked(
            rank=rank,
            row=pairs[place][0],
            finding=pairs[place][1],
            score=round(scores[place], 1) if rule.is_own else None,
        )
        for rank, place in enumerate(places, 1)
    )


def _scores(rule: Rule, pairs: Sequence[tuple[ProfileRow, ProfileFinding]]) -> list[float]:
    if rule.key == SHARE:
        return [each.unsupported_count / max(each.member_count, 1) for _row, each in pairs]
    if rule.key == FIT:
        return [_lack_of_fit(each) for _row, each in pairs]
    if rule.is_own:
        return _weighted(rule, pairs)
    return [0.0] * len(pairs)


def _lack_of_fit(found: ProfileFinding) -> float:
    # Where nothing can be compared stands before a fit of nothing.
    return 101.0 if found.best_fit_percent is None else 100 - found.best_fit_percent


def _weighted(rule: Rule, pairs: Sequence[tuple[ProfileRow, ProfileFinding]]) -> list[float]:
    most = max((each.unsupported_count for _row, each in pairs), default=0)
    total = sum(rule.weights.values())
    return [
        sum(rule.weights[each.key] * each.read(row, found, most) for each in MEASURES) / total
        for row, found in pairs
    ]
