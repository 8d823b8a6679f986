"""Sensitivity: what other thresholds would say, of matches and of agreement. Never substituted."""

from dataclasses import dataclass

from reports.charts.vega.chart import Axis, Chart
from reports.charts.vega.curves import Mark, Point, curve
from reports.explorer.agreement_readings import agreement_readings, left_out
from reports.explorer.chart_view import ChartView, chart_view
from reports.explorer.look import Look
from reports.explorer.pages.before_run import NothingYet, nothing_yet
from reports.explorer.pages.provision import curve_chart
from reports.explorer.pages.sensitivity_agreement import (
    AGREEMENT,
    agreement_listing,
    agreements,
    cells_listing,
    explored,
)
from reports.explorer.pages.sensitivity_matches import near_listing, thresholds_listing
from reports.explorer.profile_choice import Choice
from reports.explorer.registry import PageKind, Question
from reports.explorer.table_view import TableView, table_view
from reports.explorer.threshold import Slider, slider_of
from reports.mapping.words import of

NAME = "sensitivity"
RULE = (
    "The rule card is fixed before round 1 opens, and the match threshold is the cycle's own. What "
    "others would have said is explored here beside the result; it never replaces it."
)


@dataclass(frozen=True)
class Matches:
    """What other match thresholds would say."""

    slider: Slider | None
    chart: ChartView | None
    thresholds: TableView
    near: TableView


@dataclass(frozen=True)
class Agreement:
    """What other thresholds of agreement would say. ``withheld`` says what cannot be read again."""

    chart: ChartView | None
    readings: TableView
    choices: tuple[Choice, ...]
    hidden: tuple[tuple[str, str], ...]
    withheld: str
    cells: TableView


@dataclass(frozen=True)
class SensitivityPage:
    """Both kinds of threshold. Either part is None before there is anything to explore."""

    rule: str
    nothing: NothingYet | None
    matches: Matches | None
    agreement: Agreement | None


def build(look: Look, _code: str) -> SensitivityPage:
    """Return the page of both kinds of threshold."""
    nothing = nothing_yet(look)
    return SensitivityPage(
        rule=RULE,
        nothing=nothing,
        matches=None if nothing else _matches(look),
        agreement=_agreement(look) if agreement_readings(look.results) else None,
    )


def _matches(look: Look) -> Matches:
    chart = next(iter(curve_chart(look, "")), None)
    return Matches(
        slider=slider_of(look, NAME),
        chart=chart_view(look, NAME, chart, table_id="thresholds") if chart else None,
        thresholds=table_view(thresholds_listing(look), look, NAME),
        near=table_view(near_listing(look), look, NAME),
    )


def _agreement(look: Look) -> Agreement:
    chart = next(iter(agreement_chart(look)), None)
    at, out = explored(look), left_out(look.results)
    thresholds = [each.threshold_percent for each in agreements(look)]
    return Agreement(
        chart=chart_view(look, NAME, chart, table_id="agreement") if chart else None,
        readings=table_view(agreement_listing(look), look, NAME),
        choices=tuple(Choice(str(each), f"{each} %", each == at) for each in thresholds),
        hidden=tuple((name, str(value)) for name, value in look.selection().items()),
        withheld=f"{out:,} judged cells are left out: too few rated them to show their counts."
        if out
        else "",
        cells=table_view(cells_listing(look), look, NAME),
    )


def agreement_chart(look: Look) -> tuple[Chart, ...]:
    """Return the curve of agreed cells with the rule card's threshold on it."""
    readings = agreement_readings(look.results)
    if not readings:
        return ()
    own = look.results.document.agreement.rule.threshold_percent
    decided = next(each for each in readings if each.threshold_percent == own)
    total = decided.total
    return (
        curve(
            "agreed",
            title=f"{of(decided.agreed, total)} judged cells are agreed at {own} %",
            summary="The higher the threshold of agreement, the fewer cells are agreed on. The "
            "rule card's own is marked.",
            points=[
                Point(
                    each.threshold_percent,
                    each.agreed,
                    f"{each.threshold_percent} %: {of(each.agreed, total)} agreed",
                )
                for each in readings
            ],
            x=Axis("Threshold of agreement, %"),
            y=Axis("Agreed cells", 0, max(total, 1)),
            mark=Mark(own, decided.agreed, f"{decided.agreed:,} at {own} %"),
        ),
    )


PAGE = PageKind(
    name=NAME,
    label="Sensitivity to thresholds",
    question=Question.TRUST,
    lead="What other thresholds would have said: how near two texts must be to match, and how many "
    "must agree.",
    build=build,
    listings=lambda look, _code: (
        thresholds_listing(look),
        near_listing(look),
        agreement_listing(look),
        cells_listing(look),
    ),
    charts=lambda look, _code: (*curve_chart(look, ""), *agreement_chart(look)),
    method=(
        RULE,
        "Match thresholds are read from the scores that the run keeps; nothing is compared again.",
        "Thresholds of agreement are read from the last counts of every judged cell, all else as "
        "in the rule card. What the convener decided and the panel ratified stays as it is.",
    ),
    arguments=((AGREEMENT, "The threshold of agreement to explore, 51 to 100."),),
)
