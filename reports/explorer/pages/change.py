"""Change: what these results say otherwise than another snapshot, of this cycle or another."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reports.explorer.changes.capability_changes import SAID, SAID_ACROSS
from reports.explorer.changes.comparing import SINCE, Choice, Compared, choice_of, compared
from reports.explorer.changes.pairing import ALIKE_PERCENT
from reports.explorer.chart_view import ChartView, chart_view
from reports.explorer.listing import Listing
from reports.explorer.look import Look
from reports.explorer.pages.change_capabilities import capabilities_listing
from reports.explorer.pages.change_chart import charts
from reports.explorer.pages.change_profiles import profiles_listing
from reports.explorer.pages.change_tables import counts_listing, functions_listing
from reports.explorer.pages.change_words import now_words
from reports.explorer.registry import PageKind, Question
from reports.explorer.table_view import TableView, table_view
from reports.mapping.words import moment_words

NAME = "change"


@dataclass(frozen=True)
class Option:
    """A snapshot to compare with."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class OptionGroup:
    """The snapshots of one cycle."""

    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Tile:
    """How many changed in one way, and the list of them."""

    label: str
    value: str
    href: str
    note: str


@dataclass(frozen=True)
class ChangeView:
    """What differs. ``notes`` say what of it cannot be compared, or how it was."""

    sentence: str
    other_href: str
    notes: tuple[str, ...]
    tiles: tuple[Tile, ...]
    chart: ChartView | None
    functions: TableView
    is_functions_open: bool
    counts: TableView
    capabilities: TableView
    profiles: TableView


@dataclass(frozen=True)
class ChangePage:
    """The choice of what to compare with, and the comparison; None before anything is chosen.

    ``nothing`` says why there is nothing to choose from, ``damage`` why what was chosen cannot be
    read.
    """

    action: str
    hidden: tuple[tuple[str, str], ...]
    groups: tuple[OptionGroup, ...]
    nothing: str
    damage: str
    view: ChangeView | None


def build(look: Look, _code: str) -> ChangePage:
    """Return the page."""
    choice, found = choice_of(look), compared(look)
    return ChangePage(
        action=look.way.href("show", page_name=NAME),
        hidden=tuple((name, str(value)) for name, value in look.selection().items()),
        groups=_groups(look, choice),
        nothing=_nothing(look) if not choice.offered else "",
        damage=choice.damage,
        view=_view(look, found) if found else None,
    )


def _nothing(look: Look) -> str:
    if look.is_open:
        return (
            "This link opens one snapshot and no other. Those who take part in the cycle compare "
            "the snapshots that are published to them."
        )
    if look.is_convener:
        return (
            "Freeze a snapshot now; later you see here what has changed since. Snapshots of your "
            "other cycles can be compared as well."
        )
    return (
        "No other snapshot is published to you. When the convener publishes a later one, you see "
        "here what has changed."
    )


def _groups(look: Look, choice: Choice) -> tuple[OptionGroup, ...]:
    chosen = choice.chosen.snapshot_id if choice.chosen else None
    cycles = {each.cycle_id: each.cycle_title for each in choice.offered}
    return tuple(
        OptionGroup(
            "This cycle" if cycle_id == look.results.cycle_id else title,
            tuple(
                Option(
                    str(each.snapshot_id),
                    f"Snapshot {each.number}, {moment_words(each.taken_at)}",
                    each.snapshot_id == chosen,
                )
                for each in choice.offered
                if each.cycle_id == cycle_id
            ),
        )
        for cycle_id, title in cycles.items()
    )


def _view(look: Look, found: Compared) -> ChangeView:
    drawn = charts(look, "")
    return ChangeView(
        sentence=_sentence(found),
        other_href=found.sides.then.href("overview", threshold=None),
        notes=_notes(found),
        tiles=_tiles(look, found),
        chart=chart_view(look, NAME, drawn[0], table_id="functions") if drawn else None,
        functions=table_view(functions_listing(found), look, NAME),
        is_functions_open=any(name.startswith("functions-") for name in look.args),
        counts=table_view(counts_listing(found), look, NAME),
        capabilities=table_view(capabilities_listing(found), look, NAME),
        profiles=table_view(profiles_listing(found), look, NAME),
    )


def _sentence(found: Compared) -> str:
    other = found.other
    of = "this cycle" if found.sides.is_same_cycle else f"“{other.cycle_title}”"
    return (
        f"{now_words(found)} beside snapshot {other.number} of {of}, "
        f"frozen on {moment_words(other.taken_at)}"
    )


def _notes(found: Compared) -> tuple[str, ...]:
    sides, changes = found.sides, found.changes
    notes = []
    if not sides.knows_rows:
        notes.append(
            "One of the two was frozen before snapshots kept the rows behind their counts. Levels "
            "cannot be compared, and support only at that snapshot's own threshold."
        )
    now, then = sides.now.findings, sides.then.findings
    if now and then and now.run.model_digest != then.run.model_digest:
        notes.append("The two were compared with provision by different models of meaning.")
    if now and then and now.run.framework_words != then.run.framework_words:
        notes.append(
            f"They were compared with different standards: {now.run.framework_words}; and then "
            f"{then.run.framework_words}."
        )
    if not sides.is_same_cycle and not changes.by_meaning:
        notes.append(
            "Capabilities are paired by the same words alone: there are no vectors at hand to "
            "compare their meaning by."
        )
    return tuple(notes)


def _tiles(look: Look, found: Compared) -> tuple[Tile, ...]:
    """Return a tile for each way in which something differs, the list of it behind it."""
    is_same = found.sides.is_same_cycle
    said = SAID if is_same else SAID_ACROSS
    since = {SINCE: found.other.snapshot_id}
    counts = Counter(kind for each in found.changes.capabilities for kind in each.kinds)
    profiles = sum(bool(each.kinds) for each in found.changes.profiles)
    tiles = [
        Tile(
            said[kind],
            f"{counts[kind]:,}",
            look.href(NAME, what=kind, _anchor="capabilities", **since),
            "capability" if counts[kind] == 1 else "capabilities",
        )
        for kind in said
        if counts[kind]
    ]
    if profiles:
        href = look.href(NAME, _anchor="profiles", **since)
        tiles.append(Tile("Profiles that differ", f"{profiles:,}", href, ""))
    return tuple(tiles)


def listings(look: Look, _code: str) -> Sequence[Listing[Any]]:
    """Return the tables of the comparison; none where there is nothing to compare with."""
    found = compared(look)
    if found is None:
        return ()
    return (
        capabilities_listing(found),
        profiles_listing(found),
        counts_listing(found),
        functions_listing(found),
    )


PAGE = PageKind(
    name=NAME,
    label="What has changed",
    question=Question.TRUST,
    lead="What these results say otherwise than an earlier snapshot, or than another cycle.",
    build=build,
    listings=listings,
    charts=charts,
    is_for_links=False,
    method=(
        "Within a cycle, codes say which capability and which profile is which: the same code in "
        "other words is reworded. Between cycles, the same words do, and for the rest the nearest "
        f"in meaning from a likeness of {ALIKE_PERCENT} % on; profiles are the "
        "same where name and role level are.",
        "Support is looked at on both sides at the threshold of this page, each with its own run "
        "of map and gap.",
    ),
)
