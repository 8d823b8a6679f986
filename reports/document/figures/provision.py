"""The figures of map and gap: the worked example, fit and surplus, thresholds, priorities.

The explorer draws the scatter and the curve with the same functions, at the threshold looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from consensus.matching import HIGH_FIT_PERCENT, HIGH_SURPLUS_PERCENT, MIDDLING_FIT_PERCENT
from reports.charts.vega.bars import SLIM, Series, Stack, stacked_bars
from reports.charts.vega.chart import Axis, Chart
from reports.charts.vega.curves import Mark, Point, curve
from reports.charts.vega.identity import AMBER, INK, LEVELS, PAPER
from reports.charts.vega.scatters import LABELLED, Dot, Quadrant, scatter
from reports.document.facts import ProfileProvision, Provision, ResponseCount, Worked
from reports.document.wording import counted, percent_words

QUADRANTS = (
    Quadrant(0, MIDDLING_FIT_PERCENT, 0, 100, "New standard"),
    Quadrant(MIDDLING_FIT_PERCENT, HIGH_FIT_PERCENT, 0, 100, "Extend"),
    Quadrant(HIGH_FIT_PERCENT, 100, HIGH_SURPLUS_PERCENT, 100, "Adapt"),
    Quadrant(HIGH_FIT_PERCENT, 100, 0, HIGH_SURPLUS_PERCENT, "Adopt"),
)
BOTH_WAYS = (
    Series("Matched", "", *LEVELS["E"]),
    Series("Not matched by any duty", "", PAPER, INK),
    Series("Surplus: matches no capability", "", *LEVELS["N"]),
)
SUPPORT = (Series("Unsupported", "U", AMBER), Series("Supported", "S", *LEVELS["A"]))
MOST_DRAWN = 15
EVERY_PROFILE = "Each dot is a profile beside its best standard."


@dataclass(frozen=True)
class FitPlace:
    """A profile beside a standard. ``label`` names its dot, ``words`` say the two in full."""

    label: str
    words: str
    fit_percent: float
    fit_count: int
    member_count: int
    surplus_percent: float
    surplus_count: int
    duty_count: int


def worked_chart(worked: Worked) -> Chart:
    """Return one profile against one standard, both ways."""
    standing = worked.standing
    fit, surplus = percent_words(standing.fit_percent), percent_words(standing.surplus_percent)
    matched, unmatched, left = (each.name for each in BOTH_WAYS)
    return stacked_bars(
        "worked-example",
        title="Fit and surplus are two calculations, shown on one profile and one standard",
        summary=f"{standing.fit_count:,} of {worked.member_count:,} capabilities of {worked.name} "
        f"match a duty of {standing.title} (fit {fit}); {standing.surplus_count:,} of its "
        f"{standing.duty_count:,} duties match none (surplus {surplus}).",
        rows=[
            Stack(
                f"{worked.member_count:,} capabilities of {worked.code} {worked.name}",
                {matched: standing.fit_count, unmatched: worked.unmatched_count},
                f"fit {fit}",
            ),
            Stack(
                f"{standing.duty_count:,} duties of {standing.reference} {standing.title}",
                {matched: worked.matched_duty_count, left: standing.surplus_count},
                f"surplus {surplus}",
            ),
        ],
        series=BOTH_WAYS,
        x=Axis("Capabilities, and duties"),
    )


def fit_surplus_chart(places: Sequence[FitPlace], title: str, summary: str) -> Chart:
    """Return fit against surplus in the responses' quadrants; the first few are named."""
    return scatter(
        "quadrants",
        title=title,
        summary=f"{summary} Further right, the standard covers more of the profile; further up, it "
        f"holds more that the profile does not need. The {LABELLED} of best fit are named.",
        dots=[_dot(each) for each in places],
        x=Axis("Fit, %", 0, 100),
        y=Axis("Surplus, %", 0, 100),
        quadrants=QUADRANTS,
    )


def _dot(place: FitPlace) -> Dot:
    fit = f"fit {percent_words(place.fit_percent)} ({place.fit_count:,} of {place.member_count:,})"
    surplus = (
        f"surplus {percent_words(place.surplus_percent)} "
        f"({place.surplus_count:,} of {place.duty_count:,})"
    )
    return Dot(
        x=place.fit_percent,
        y=place.surplus_percent,
        label=place.label,
        words=f"{place.words}: {fit}, {surplus}",
    )


def every_profile_chart(found: Provision) -> Chart | None:
    """Return every profile beside its best standard; None where none can be compared."""
    compared = [(each, each.best) for each in found.profiles if each.best]
    places = [
        FitPlace(
            label=f"{profile.code} {profile.name}",
            words=f"{profile.code} {profile.name}, {best.title}",
            fit_percent=best.fit_percent,
            fit_count=best.fit_count,
            member_count=profile.member_count,
            surplus_percent=best.surplus_percent,
            surplus_count=best.surplus_count,
            duty_count=best.duty_count,
        )
        for profile, best in compared
    ]
    if not places:
        return None
    places.sort(key=lambda each: (-each.fit_percent, each.surplus_percent, each.label))
    return fit_surplus_chart(places, responses_title(len(places), found.responses), EVERY_PROFILE)


def responses_title(count: int, responses: Sequence[ResponseCount]) -> str:
    """Say which responses are suggested: ``Suggested for 26 profiles: extend 2, new standard 24``.

    A response's words may go on ("Extend with a module or CPD"); its quadrant's name is enough.
    """
    names = {each.label.split()[0]: each.label for each in QUADRANTS}
    words = [
        f"{names.get(each.response.split()[0], each.response).lower()} {each.count:,}"
        for each in responses
        if each.count
    ]
    return f"Suggested for {counted(count, 'profile')}: {', '.join(words)}"


def threshold_chart(
    points: Sequence[tuple[int, int]], *, total: int, threshold: int, unsupported: int
) -> Chart | None:
    """Return how many of ``total`` are unsupported at each threshold, the one in force marked."""
    if not points:
        return None
    return curve(
        "unsupported",
        title=f"{unsupported:,} of {total:,} capabilities are unsupported at {threshold} %",
        summary="The higher the threshold, the fewer duties match and the more capabilities stay "
        "unsupported. Verdicts of reviewers are counted at every threshold.",
        points=[
            Point(at, count, f"{at} %: {count:,} of {total:,} unsupported") for at, count in points
        ],
        x=Axis("Match threshold, %"),
        y=Axis("Unsupported capabilities", 0, max(total, 1)),
        mark=Mark(threshold, unsupported, f"{unsupported:,} at {threshold} %"),
    )


def priorities_chart(priorities: Sequence[ProfileProvision]) -> Chart | None:
    """Return the profiles most in need of attention, with what nothing supports."""
    if not priorities:
        return None
    first, drawn = priorities[0], priorities[:MOST_DRAWN]
    left = f" The first {MOST_DRAWN} of {len(priorities):,} are drawn."
    return stacked_bars(
        "priorities",
        title=f"{first.code} {first.name} needs attention first: {first.unsupported_count:,} of "
        f"{first.member_count:,} capabilities unsupported",
        summary="Most unsupported capabilities first, then the lowest best fit."
        + (left if len(drawn) < len(priorities) else ""),
        rows=[
            Stack(f"{each.priority_rank}. {each.code} {each.name}", _support(each), _best(each))
            for each in drawn
        ],
        series=SUPPORT,
        x=Axis("Capabilities of the profile"),
        row=SLIM,
    )


def _support(found: ProfileProvision) -> dict[str, int]:
    unsupported, supported = (each.name for each in SUPPORT)
    return {
        unsupported: found.unsupported_count,
        supported: found.member_count - found.unsupported_count,
    }


def _best(found: ProfileProvision) -> str:
    if found.best_fit_percent is None:
        return "no standard to compare"
    return f"best fit {percent_words(found.best_fit_percent)}"
