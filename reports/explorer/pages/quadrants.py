"""The fit and surplus matrix: fit against surplus as a scatter, with the responses as its parts."""

from collections import Counter
from dataclasses import dataclass

from reports.charts.vega.chart import Chart
from reports.document.facts import ResponseCount
from reports.document.figures.provision import (
    EVERY_PROFILE,
    FitPlace,
    fit_surplus_chart,
    responses_title,
)
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
from reports.mapping.words import RESPONSE_RULE, percent

NAME = "quadrants"


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
    """Return the scatter of fit against surplus as the report draws it."""
    rows, chosen = shown_pairings(look), chosen_profile(look)
    if not rows:
        return ()
    return (
        fit_surplus_chart(
            [_place_of(each, chosen) for each in rows], _title(rows, chosen), _summary(chosen)
        ),
    )


def _place_of(row: Pairing, chosen: ProfileFinding | None) -> FitPlace:
    standing = row.standing
    name = f"{row.profile.code} {row.profile.name}"
    return FitPlace(
        label=standing.title if chosen else name,
        words=f"{name}, {standing.title}",
        fit_percent=standing.fit_percent,
        fit_count=standing.fit_count,
        member_count=standing.member_count,
        surplus_percent=standing.surplus_percent,
        surplus_count=standing.surplus_count,
        duty_count=standing.duty_count,
    )


def _title(rows: tuple[Pairing, ...], chosen: ProfileFinding | None) -> str:
    if chosen is not None:
        best = rows[0].standing
        return f"{best.title} fits {chosen.code} best, at {percent(best.fit_percent)}"
    counts = Counter(each.response for each in rows)
    found = [ResponseCount(words, counts[key]) for key, words in RESPONSE_KEYS.items()]
    return responses_title(len(rows), found)


def _summary(chosen: ProfileFinding | None) -> str:
    if chosen is None:
        return EVERY_PROFILE
    return f"Each dot is one of the ten best standards of {chosen.code} {chosen.name}."


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
