"""Future KSBs: every accepted wording once, and who calls for it."""

from dataclasses import dataclass
from typing import Any

from reports.explorer.listing import Facet, Listing
from reports.explorer.look import Look
from reports.explorer.naming import NO, YES, count_words
from reports.explorer.pages import ksb_gaps, ksb_item, ksb_levels
from reports.explorer.pages.ksb_columns import BEHIND, OWN, level_columns
from reports.explorer.pages.ksb_levels import PLURALS, most_words
from reports.explorer.pages.overview import Tile
from reports.explorer.registry import PageKind, Question
from reports.explorer.table_view import TableView, table_view
from reports.explorer.wordings import KIND_WORDS, Wording, wordings_of

NAME = "ksbs"
METHOD = (
    "A KSB is what a person must know, be able to do or be, for a capability. Educators accept or "
    "reject each one for each capability; only accepted ones stand here.",
    "The same words of the same kind are one wording, whatever their capitals, spaces and full "
    "stop. A profile calls for every wording accepted for a capability that it holds.",
)


@dataclass(frozen=True)
class KsbsPage:
    """The wordings. ``standing`` says what is not settled yet, ``most`` where most are called for.

    Either is empty where there is nothing to say.
    """

    tiles: tuple[Tile, ...]
    standing: str
    most: str
    levels: TableView
    table: TableView
    gaps: TableView


def listing(look: Look) -> Listing[Wording]:
    """Return the table of wordings."""
    return Listing(
        name=NAME,
        title="Knowledge, skills and behaviours",
        about="Every accepted wording once, with the capabilities and profiles that call for it.",
        columns=(*OWN, *level_columns(look), *BEHIND),
        rows=lambda look: wordings_of(look.results),
        text=lambda row: " ".join((row.text, row.source_words, *row.capabilities)),
        facets=_facets(look),
        nothing="No KSB is accepted yet. Educators accept or reject them for each capability.",
    )


def _facets(look: Look) -> tuple[Facet[Wording], ...]:
    profiles = {each.code: f"{each.code} {each.name}" for each in look.results.profile.values()}
    return (
        Facet("kind", "Kind", lambda row: row.kind, KIND_WORDS),
        Facet("role", "Role level", lambda row: row.role_levels),
        Facet("profile", "Profile", lambda row: row.profiles, profiles),
        Facet("function", "Function", lambda row: row.functions),
        Facet(
            "called",
            "Called for",
            lambda row: YES if row.profiles else NO,
            {YES: "By a profile", NO: "By no profile"},
        ),
    )


def tiles(look: Look) -> tuple[Tile, ...]:
    """Return how many wordings there are, in all and of each kind."""
    found = wordings_of(look.results)
    accepted = look.results.document.ksbs.accepted
    counts = {kind: sum(each.kind == kind for each in found) for kind in KIND_WORDS}
    return (
        Tile(
            "Wordings",
            f"{len(found):,}",
            look.href(NAME),
            f"each once; {accepted:,} counted by capability",
        ),
        *(
            Tile(PLURALS[kind], f"{count:,}", look.href(NAME, kind=kind))
            for kind, count in counts.items()
        ),
    )


def standing(look: Look) -> str:
    """Say what educators have not settled, or nothing."""
    facts = look.results.document.ksbs
    if not facts.waiting:
        return ""
    words = f"Educators have still to settle {count_words(facts.waiting, 'KSB')}"
    return f"{words}; they differ on {facts.differing:,}." if facts.differing else f"{words}."


def build(look: Look, _code: str) -> KsbsPage:
    """Return the page of all wordings."""
    return KsbsPage(
        tiles=tiles(look),
        standing=standing(look),
        most=most_words(look),
        levels=table_view(ksb_levels.LISTING, look, NAME),
        table=table_view(listing(look), look, NAME),
        gaps=table_view(ksb_gaps.LISTING, look, NAME),
    )


def tables(look: Look, code: str) -> tuple[Listing[Any], ...]:
    """Return the tables of all wordings, or of one."""
    if code:
        return ksb_item.listings(look, code)
    return listing(look), ksb_levels.LISTING, ksb_gaps.LISTING


PAGE = PageKind(
    name=NAME,
    label="Future KSBs",
    question=Question.WHO,
    lead="What the people of tomorrow's roles will have to know, be able to do, and be.",
    build=build,
    listings=tables,
    item=ksb_item.build,
    item_label=ksb_item.label,
    method=METHOD,
)
