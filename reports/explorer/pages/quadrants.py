"""The fit and surplus matrix: fit against surplus as a scatter, with the responses as its parts."""

from collections import Counter
from dataclasses import dataclass

from consensus.matching import HIGH_FIT_PERCENT, HIGH_SURPLUS_PERCENT, MIDDLING_FIT_PERCENT
from reports.charts.vega.chart import Axis, Chart
from reports.charts.vega.scatters import LABELLED, Dot, Quadrant, scatter
from reports.explorer.chart_view import ChartView, chart_view
from reports.explorer.listing import Facet, Listing
from reports.explorer.look import Look
from reports.explorer.pages.before_run import NothingYet, nothing_yet
from reports.explorer.pages.fit import METHOD, alone_words
from reports.explorer.pages.standings import (
    COLUMNS,
    RESPONSE_KEYS,
    Pairing,
    pairings,
    text_of,
)
from reports.explorer.profile_choice import PROFILE, Choice, chosen_profile, profile_choices
from reports.explorer.registry import PageKind, Question
from reports.explorer.table_view import TableView, table_view
from reports.explorer.threshold import Slider, slider_of
from reports.mapping.findings import ProfileFinding
from reports.mapping.words import RESPONSE_RULE, of, percent

NAME = "quadrants"
QUADRANTS = (
    Quadrant(0, MIDDLING_FIT_PERCENT, 0, 100, "New standard"),
    Quadrant(MIDDLING_FIT_PERCENT, HIGH_FIT_PERCENT, 0, 100, "Extend"),
    Quadrant(HIGH_FIT_PERCENT, 100, HIGH_SURPLUS_PERCENT, 100, "Adapt"),
    Quadrant(HIGH_FIT_PERCENT, 100, 0, HIGH_SURPLUS_PERCENT, "Adopt"),
)


@dataclass(frozen=True)
class QuadrantsPage:
    """The scatter and its table: all profiles at their best, or one beside its ten best."""

    nothing: NothingYet | None
    slider: Slider | None
    choices: tuple[Choice, ...]
    hidden: tuple[tuple[str, str], ...]
    rule: str
    alone: str
    chart: ChartView | None
    table: TableView | None


def shown_pairings(look: Look) -> tuple[Pairing, ...]:
    """Return what the scatter shows, best first: of all profiles, or of the one asked for."""
    chosen = chosen_profile(look)
    if chosen is not None:
        return tuple(each for each in pairings(look) if each.profile is chosen)
    best = [each for each in pairings(look) if each.rank == 1]
    return tuple(sorted(best, key=_place))


def _place(row: Pairing) -> tuple[float, float, str]:
    return -row.standing.fit_percent, row.standing.surplus_percent, row.profile.code


def listing(_look: Look) -> Listing[Pairing]:
    """Return the table of what the scatter shows."""
    return Listing(
        name=NAME,
        title="Fit against surplus",
        about="What the scatter shows: each profile beside its best standard, or one profile "
        "beside its ten best.",
        columns=COLUMNS,
        rows=shown_pairings,
        text=text_of,
        facets=(
            Facet("response", "Suggested response", lambda row: row.response, RESPONSE_KEYS),
            Facet("role", "Role level", lambda row: row.profile.role_level),
        ),
        nothing="No profile can be compared with a standard yet.",
    )


def build(look: Look, _code: str) -> QuadrantsPage:
    """Return the page of the scatter."""
    nothing = nothing_yet(look, needs_profiles=True)
    if nothing:
        return QuadrantsPage(nothing, None, (), (), "", "", None, None)
    chart = next(iter(charts(look, "")), None)
    return QuadrantsPage(
        nothing=None,
        slider=slider_of(look, NAME),
        choices=profile_choices(look, "All profiles at their best"),
        hidden=tuple((name, str(value)) for name, value in look.selection().items()),
        rule=RESPONSE_RULE,
        alone=alone_words(look),
        chart=chart_view(look, NAME, chart, table_id=NAME) if chart else None,
        table=table_view(listing(look), look, NAME),
    )


def charts(look: Look, _code: str) -> tuple[Chart, ...]:
    """Return the scatter of fit against surplus."""
    rows, chosen = shown_pairings(look), chosen_profile(look)
    if not rows:
        return ()
    return (
        scatter(
            "quadrants",
            title=_title(rows, chosen),
            summary=_summary(chosen),
            dots=[_dot(each, chosen) for each in rows],
            x=Axis("Fit, %", 0, 100),
            y=Axis("Surplus, %", 0, 100),
            quadrants=QUADRANTS,
        ),
    )


def _dot(row: Pairing, chosen: ProfileFinding | None) -> Dot:
    standing = row.standing
    fit = f"fit {percent(standing.fit_percent)} ({of(standing.fit_count, standing.member_count)})"
    surplus = (
        f"surplus {percent(standing.surplus_percent)} "
        f"({of(standing.surplus_count, standing.duty_count)})"
    )
    return Dot(
        x=standing.fit_percent,
        y=standing.surplus_percent,
        label=standing.title if chosen else f"{row.profile.code} {row.profile.name}",
        words=f"{row.profile.code} {row.profile.name}, {standing.title}: {fit}, {surplus}",
    )


def _title(rows: tuple[Pairing, ...], chosen: ProfileFinding | None) -> str:
    if chosen is not None:
        best = rows[0].standing
        return f"{best.title} fits {chosen.code} best, at {percent(best.fit_percent)}"
    counts = Counter(each.response for each in rows)
    words = [
        f"{words.split()[0].lower()} {counts[key]}"
        for key, words in RESPONSE_KEYS.items()
        if counts[key]
    ]
    return f"Suggested for {len(rows):,} profiles: {', '.join(words)}"


def _summary(chosen: ProfileFinding | None) -> str:
    what = (
        f"Each dot is one of the ten best standards of {chosen.code} {chosen.name}."
        if chosen
        else "Each dot is a profile beside its best standard."
    )
    return (
        f"{what} Further right, the standard covers more of the profile; further up, it holds "
        f"more that the profile does not need. The first {LABELLED} are named."
    )


PAGE = PageKind(
    name=NAME,
    label="Fit and surplus matrix",
    question=Question.MISSING,
    lead="Which profiles an existing standard serves, and which need a new one.",
    build=build,
    listings=lambda look, _code: (listing(look),),
    charts=charts,
    method=METHOD,
    arguments=((PROFILE, "The code of one profile, to see beside its ten best standards."),),
)
