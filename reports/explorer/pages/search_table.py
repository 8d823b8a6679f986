"""The table behind the page of search: what was found, for files and for the page's groups."""

from weakref import WeakKeyDictionary

from reports.explorer.columns import Column, Kind
from reports.explorer.listing import LONGEST_SEARCH, Facet, Listing
from reports.explorer.look import Look
from reports.explorer.searching.finding import By, Found, Search, search
from reports.explorer.searching.things import Sort

NAME = "search"
KIND = "kind"
LABELS = {
    Sort.CAPABILITY: "Capabilities",
    Sort.PROFILE: "Profiles",
    Sort.KSB: "Knowledge, skills and behaviours",
    Sort.STANDARD: "Standards",
    Sort.DUTY: "Duties",
}
_kept: WeakKeyDictionary[Look, Search] = WeakKeyDictionary()


COLUMNS: tuple[Column[Found], ...] = (
    Column(
        "sort",
        "What it is",
        "One of five sorts of thing.",
        lambda row: row.thing.sort.value,
    ),
    Column(
        "code",
        "Code",
        "Its code, or the standard's reference.",
        lambda row: row.thing.code,
        Kind.CODE,
    ),
    Column("text", "Words", "Its own words.", lambda row: row.thing.text, Kind.STATEMENT),
    Column("place", "Where it stands", "What it is a part of.", lambda row: row.thing.place),
    Column(
        "words_held",
        "Words found in it",
        "How many of the words typed stand in it.",
        lambda row: row.held,
        Kind.NUMBER,
    ),
    Column(
        "has_every_word",
        "Holds every word",
        "Whether all words typed stand in it.",
        lambda row: row.has_every_word,
        Kind.FLAG,
    ),
    Column(
        "nearness",
        "Nearness, %",
        "How near it lies in meaning; empty where it was found by words alone.",
        lambda row: None if row.nearness is None else round(100 * row.nearness, 1),
        Kind.PERCENT,
    ),
)


def listing(look: Look) -> Listing[Found]:
    """Return everything found as a table, for files; the page groups it."""
    typed = typed_in(look)
    about = f"What was found for “{typed}”." if typed else "What is found for words you type."
    return Listing(
        name=NAME,
        title="Search results",
        about=about,
        columns=COLUMNS,
        rows=lambda look: searched(look).found,
        facets=(
            Facet(
                KIND,
                "What it is",
                lambda row: row.thing.sort.value,
                {sort.value: label for sort, label in LABELS.items()},
            ),
        ),
        nothing="Nothing was found.",
    )


def typed_in(look: Look) -> str:
    """Return what was typed, as long as a search may be."""
    return " ".join(look.args.get("q", "").split())[:LONGEST_SEARCH]


def by_of(look: Look) -> By:
    """Return how things are looked for."""
    asked = look.args.get("by", "")
    return By(asked) if asked in tuple(By) else By.BOTH


def searched(look: Look) -> Search:
    """Return what this look finds, searched once however often a page asks."""
    if look not in _kept:
        _kept[look] = search(look, typed_in(look), by_of(look))
    return _kept[look]
