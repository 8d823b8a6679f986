"""Fit and surplus factors: every profile beside the standards that fit it best."""

from collections import Counter
from dataclasses import dataclass

from reports.explorer.listing import Listing
from reports.explorer.look import Look
from reports.explorer.pages.before_run import NothingYet, nothing_yet
from reports.explorer.pages.standings import (
    BEST,
    COLUMNS,
    RESPONSE_KEYS,
    Pairing,
    facets,
    pairings,
    text_of,
)
from reports.explorer.registry import PageKind, Question
from reports.explorer.table_view import TableView, table_view
from reports.explorer.threshold import Slider, slider_of
from reports.explorer.tile import Tile
from reports.mapping.words import RESPONSE_RULE, of, window_words

NAME = "fit"
METHOD = (
    "Fit is the share of a profile's capabilities that a duty of the standard matches. Surplus is "
    "the share of the standard's duties that match none of the profile's capabilities. They are "
    "two separate counts and need not add up to 100 %.",
    "A profile is compared with standards at the same or an adjoining academic level, and with "
    "those that state none. Shown are the ten with the highest fit, of equals the lower surplus.",
    RESPONSE_RULE,
)


@dataclass(frozen=True)
class FitPage:
    """Profiles beside their best standards. ``alone`` says which profiles have none."""

    nothing: NothingYet | None
    slider: Slider | None
    tiles: tuple[Tile, ...]
    alone: str
    table: TableView | None


def listing(look: Look) -> Listing[Pairing]:
    """Return the table of profiles beside their ten best standards."""
    return Listing(
        name=NAME,
        title="Fit and surplus factors",
        about="Every profile beside the ten standards that fit it best.",
        columns=COLUMNS,
        rows=pairings,
        text=text_of,
        facets=facets(look),
        per_page=30,
        nothing="No profile can be compared with a standard yet.",
    )


def build(look: Look, _code: str) -> FitPage:
    """Return the page of fit and surplus."""
    nothing = nothing_yet(look, needs_profiles=True)
    if nothing:
        return FitPage(nothing, None, (), "", None)
    return FitPage(
        nothing=None,
        slider=slider_of(look, NAME),
        tiles=_tiles(look),
        alone=alone_words(look),
        table=table_view(listing(look), look, NAME),
    )


def _tiles(look: Look) -> tuple[Tile, ...]:
    """Return how many profiles each response is suggested for, by their best standards."""
    best = [each for each in pairings(look) if each.rank == 1]
    counts = Counter(each.response for each in best)
    return tuple(
        Tile(
            words,
            f"{counts[key]:,}",
            look.href(NAME, response=key, among=BEST, _anchor=NAME),
            f"of {len(best):,} profiles, by their best standard",
        )
        for key, words in RESPONSE_KEYS.items()
    )


def alone_words(look: Look) -> str:
    """Say which profiles no standard can be compared with; empty where there are none."""
    found = look.findings
    alone = [each.code for each in found.profiles if each.best is None] if found else []
    if found is None or not alone:
        return ""
    window = window_words(has_unstated=found.totals.standards_without_level > 0)
    count = of(len(alone), len(found.profiles))
    return f"{count} profiles stand here with no standard {window}: {', '.join(alone)}."


PAGE = PageKind(
    name=NAME,
    label="Fit and surplus factors",
    question=Question.MISSING,
    lead="How much of each profile today's standards train for, and how much they train for that "
    "it does not need.",
    build=build,
    listings=lambda look, _code: (listing(look),),
    method=METHOD,
)
