"""What other match thresholds would say, as tables: all of them, and what hangs on a few points."""

from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Facet, Listing
from reports.explorer.look import Look
from reports.explorer.naming import capability_code
from reports.explorer.pages.match_words import score_shown
from reports.explorer.pages.support import SUPPORTED, UNSUPPORTED, tags_of_support
from reports.mapping.findings import CapabilityFinding, CurvePoint
from reports.mapping.words import percent

STEP = 5
NEAR_POINTS = 5


def thresholds_listing(look: Look) -> Listing[CurvePoint]:
    """Return what every match threshold would say."""
    return Listing(
        name="thresholds",
        title="Other match thresholds",
        about="What every match threshold would say, verdicts of reviewers included.",
        columns=_threshold_columns(_own_count(look)),
        rows=_curve,
        prefix="thresholds-",
        per_page=15,
    )


def _threshold_columns(own: int) -> tuple[Column[CurvePoint], ...]:
    difference = Column[CurvePoint](
        "difference",
        "More or fewer",
        "How many more are unsupported than at these results' own threshold.",
        lambda row: row.unsupported_count - own,
        Kind.NUMBER,
        show=lambda _look, row: Shown(_signed(row.unsupported_count - own)),
    )
    return (*COUNTED, difference, *MATCHED)


def _curve(look: Look) -> tuple[CurvePoint, ...]:
    found = look.findings
    shown = {look.threshold, look.own_threshold}
    return tuple(
        each
        for each in (found.curve if found else ())
        if each.threshold_percent % STEP == 0 or each.threshold_percent in shown
    )


def _own_count(look: Look) -> int:
    points = look.findings.curve if look.findings else ()
    counts = {each.threshold_percent: each.unsupported_count for each in points}
    return counts.get(look.own_threshold, 0)


def _threshold_shown(look: Look, row: CurvePoint) -> Shown:
    at = row.threshold_percent
    tags = []
    if at == look.own_threshold:
        tags.append(("These results' own", "done"))
    elif at == look.threshold:
        tags.append(("Shown", "current"))
    return Shown(f"{at} %", look.href("provision", threshold=at), tags=tuple(tags))


def _matches(row: CurvePoint) -> int:
    return row.match_count


def _signed(count: int) -> str:
    return "as many" if not count else f"{abs(count):,} {'more' if count > 0 else 'fewer'}"


def margin(look: Look, row: CapabilityFinding) -> float | None:
    """Return how far the best score lies above the threshold, in points; None without a score."""
    return round(row.best.score_percent - look.threshold, 1) if row.best else None


def _margin_shown(look: Look, row: CapabilityFinding) -> Shown:
    above = margin(look, row)
    return Shown("" if above is None else f"{above:.1f}".replace("-", "\u2212"))


def near_listing(look: Look) -> Listing[CapabilityFinding]:
    """Return the capabilities whose support hangs on a few points of the threshold."""
    return Listing(
        name="near",
        title=f"Capabilities within {NEAR_POINTS} points of the threshold",
        about="Capabilities whose best score lies so near to the threshold that another one would "
        "decide otherwise, and that reviewers have not settled.",
        columns=(
            *NEAR,
            Column(
                "margin",
                "Points above",
                "How far that is above the threshold; below it where the sign is minus.",
                lambda row: margin(look, row),
                Kind.NUMBER,
                show=_margin_shown,
            ),
        ),
        rows=near,
        text=lambda row: f"{row.code} {row.text}",
        facets=(WOULD_CHANGE,),
        prefix="near-",
        per_page=20,
        nothing=f"The support of no capability hangs on {NEAR_POINTS} points.",
    )


def near(look: Look) -> tuple[CapabilityFinding, ...]:
    """Return the capabilities near the threshold, the nearest first."""
    found = look.findings.capabilities if look.findings else ()
    margins = {
        each.code: abs(value)
        for each in found
        if not each.accepted_count and (value := margin(look, each)) is not None
    }
    rows = [each for each in found if margins.get(each.code, 100.0) <= NEAR_POINTS]
    return tuple(sorted(rows, key=lambda each: (margins[each.code], each.code)))


COUNTED: tuple[Column[CurvePoint], ...] = (
    Column(
        "threshold",
        "Match threshold, %",
        "From this score up a duty matches; it leads to the capabilities at it.",
        lambda row: row.threshold_percent,
        Kind.NUMBER,
        show=_threshold_shown,
    ),
    Column(
        "unsupported",
        "Unsupported capabilities",
        "How many no duty would match.",
        lambda row: row.unsupported_count,
        Kind.NUMBER,
    ),
    Column(
        "share",
        "Unsupported, %",
        "Their share of all that were compared.",
        lambda row: row.unsupported_percent,
        Kind.PERCENT,
        show=lambda _look, row: Shown(
            percent(row.unsupported_percent), bar=row.unsupported_percent
        ),
    ),
)
MATCHED: tuple[Column[CurvePoint], ...] = (
    Column("matches", "Matches", "Pairs that match.", _matches, Kind.NUMBER),
    Column(
        "false",
        "May be false",
        "How many of the matches that are not settled are to be expected false; empty "
        "where the run had no adapter.",
        lambda row: row.expected_false,
        Kind.NUMBER,
    ),
)
NEAR: tuple[Column[CapabilityFinding], ...] = (
    capability_code("provision", lambda row: row.code),
    Column(
        "capability",
        "Capability",
        "What an organisation can do.",
        lambda row: row.text,
        Kind.STATEMENT,
        show=lambda _look, row: Shown(row.text, tags=tags_of_support(row)),
    ),
    Column(
        "best",
        "Best score, %",
        "The score of its best match that was not rejected.",
        lambda row: row.best.score_percent if row.best else None,
        Kind.PERCENT,
        show=lambda _look, row: score_shown(row.best) if row.best else Shown(""),
    ),
)
WOULD_CHANGE: Facet[CapabilityFinding] = Facet(
    "side",
    "Would change",
    lambda row: SUPPORTED if row.is_supported else UNSUPPORTED,
    {
        SUPPORTED: "Supported, not at a higher threshold",
        UNSUPPORTED: "Unsupported, not at a lower threshold",
    },
)
