"""Which horizon is proposed for a capability without support: a plain rule, never a decision.

A reader's decisions are the recommendations. This looks at one capability alone; the response that
is suggested for a profile looks at all of its capabilities together.
"""

from collections import Counter
from collections.abc import Sequence

from reports.document.assembling.subject import share
from reports.document.facts import HorizonLine

SHORT, MEDIUM, LONG = "short term", "medium term", "long term"
MEANINGS = {
    SHORT: "CPD for the current workforce: what is taught today comes close",
    MEDIUM: "Revise the standard that comes nearest, so that it covers the capability",
    LONG: "A new qualification or standard: nothing that is taught today comes near",
}
CLOSE_TENTHS, NEAR_TENTHS = 9, 8
RULE = (
    "Proposed from how near the nearest duty comes to the threshold: nine tenths of it or more, "
    "short term; eight tenths or more, medium term; less, or no duty at all, long term. It is a "
    "proposal to start from, made by rule for each capability alone, and no decision."
)


def horizon_of(nearest_percent: float | None, threshold_percent: int) -> str:
    """Return the horizon that is proposed for a capability with this nearest duty."""
    tenths = 0.0 if nearest_percent is None else 10 * nearest_percent
    if tenths >= CLOSE_TENTHS * threshold_percent:
        return SHORT
    return MEDIUM if tenths >= NEAR_TENTHS * threshold_percent else LONG


def horizon_lines(horizons: Sequence[str]) -> tuple[HorizonLine, ...]:
    """Return every horizon with how many capabilities it is proposed for."""
    counts = Counter(horizons)
    return tuple(
        HorizonLine(each, meaning, counts[each], share(counts[each], counts.total()))
        for each, meaning in MEANINGS.items()
    )
