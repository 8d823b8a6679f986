"""The tables of a closed round, as people download them and as the bundle holds them."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from cycles.core.downloads import Cell
from workshop.exports.queries import ClosedRound, ExportedItem
from workshop.exports.reasons import reasons_of
from workshop.rooms.disclosure import breakdown

NUMBERS = (
    "n",
    "needed",
    "upper",
    "share_needed_percent",
    "lower_median",
    "upper_median",
    "agreement",
    "consensus",
    "luck",
    "settling_luck",
    "is_stable",
    "change",
    "share_moved",
)
"""The figures beside a proficiency verdict, in the order of the table; others follow by name."""


@dataclass(frozen=True)
class Table:
    """One table: its name in addresses and files, what it holds in a sentence, and its rows."""

    name: str
    title: str
    about: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def ratings_table(closed: ClosedRound) -> Table:
    """Return the answers, item by item, in an order that tells nothing of who gave them."""
    return Table(
        name="ratings",
        title="Ratings",
        about="Every answer, item by item: the same person's in the round before and in this one. "
        "Nobody's row can be followed from one item to the next.",
        headings=("Item", "Round before", "This round"),
        rows=tuple(
            (one.number, pair.before, pair.now)
            for one in closed.shown
            for pair in (one.released.rows if one.released else ())
        ),
    )


def verdicts_table(closed: ClosedRound) -> Table:
    """Return the frozen verdicts with every figure beside them; withheld ones say only so."""
    figures = _figure_names(closed)
    return Table(
        name="verdicts",
        title="Verdicts",
        about="What each item came to when the round closed, with every figure that was frozen.",
        headings=(
            *("Item", "Code", "Role level", "Outcome", "Level", *closed.scale.words),
            *("No answer on the scale", "Closing", "Fragile", "Two camps"),
            *(name.replace("_", " ").capitalize() for name in figures),
        ),
        rows=tuple(_verdict_row(closed, one, figures) for one in closed.items),
    )


def _figure_names(closed: ClosedRound) -> tuple[str, ...]:
    found = {name for one in closed.shown for name in one.figures}
    known = tuple(name for name in NUMBERS if name in found)
    return (*known, *sorted(found - set(known)))


def _verdict_row(
    closed: ClosedRound, one: ExportedItem, figures: Sequence[str]
) -> tuple[Cell, ...]:
    where = (one.number, one.code, one.role_level)
    if one.released is None:
        return (*where, "withheld", *(None,) * (5 + closed.scale.size + len(figures)))
    verdict, beside = one.verdict, one.figures
    return (
        *where,
        verdict.outcome,
        None if verdict.level is None else closed.scale.words[verdict.level],
        *verdict.counts,
        verdict.abstained,
        verdict.closing,
        verdict.is_fragile,
        verdict.is_two_camps,
        *(_plain(beside.get(name)) for name in figures),
    )


def _plain(value: object) -> Cell:
    return value if value is None or isinstance(value, str | int | float) else str(value)


def reasons_table(closed: ClosedRound) -> Table:
    """Return the reasons that were given, each with the side its writer took."""
    return Table(
        name="reasons",
        title="Reasons",
        about="What people wrote, with the side they took. The order within an item is by lot.",
        headings=("Item", "Code", "Role level", "About", "Side", "Reason"),
        rows=tuple(
            (one.number, one.code, one.role_level, one.about, one.side, one.text)
            for one in reasons_of(closed)
        ),
    )


def items_table(closed: ClosedRound) -> Table:
    """Return what was asked, in the frozen wording, and how each item's answers are given."""
    return Table(
        name="items",
        title="Items",
        about="What the round asked, in the wording frozen when it was first asked.",
        headings=(
            *("Item", "Id", "Code", "Wording", "Role level", "Function", "Domain"),
            *("Functional area", "Version", "Id of the older wording", "Answers"),
        ),
        rows=tuple(_item_row(one) for one in closed.items),
    )


def _item_row(one: ExportedItem) -> tuple[Cell, ...]:
    item = one.item
    return (
        one.number,
        str(item.id),
        one.code,
        item.wording,
        one.role_level,
        item.function,
        item.domain,
        item.area,
        item.version,
        str(item.earlier_item_id) if item.earlier_item_id else None,
        one.released.pairing.value if one.released else "withheld",
    )


def rule_card_table(closed: ClosedRound) -> Table:
    """Return the rule card that the round was judged by, with its digest."""
    rows = [(name.replace("_", " ").capitalize(), value) for name, value in _rule(closed)]
    return Table(
        name="rule-card",
        title="Rule card",
        about="The rules of agreement, fixed before round 1 opened. The digest names them.",
        headings=("Rule", "Value"),
        rows=(*rows, ("Digest (SHA-256)", closed.rule.digest())),
    )


def _rule(closed: ClosedRound) -> list[tuple[str, Cell]]:
    return [(name, value) for name, value in asdict(closed.rule).items()]


def groups_table(closed: ClosedRound) -> Table:
    """Return each group's own verdict where it may be shown, past the gate of small groups."""
    return Table(
        name="groups",
        title="Groups",
        about="How each part of the panel answered, where no small group could be told apart.",
        headings=(
            *("Item", "Code", "Role level", "Group", *closed.scale.words),
            *("Outcome", "Level"),
        ),
        rows=tuple(row for one in closed.shown for row in _group_rows(closed, one)),
    )


def _group_rows(closed: ClosedRound, one: ExportedItem) -> list[tuple[Cell, ...]]:
    groups = {each["key"]: each for each in one.verdict.figures.get("groups") or ()}
    counts = {key: each["counts"] for key, each in groups.items()}
    rows: list[tuple[Cell, ...]] = []
    for key, gated in breakdown(counts, closed.rule.minimum_n).items():
        group, where = groups[key], (one.number, one.code, one.role_level)
        if gated.counts is None:
            nothing = (None,) * closed.scale.size
            rows.append((*where, group["name"], *nothing, "withheld", None))
            continue
        level = group.get("level")
        said = None if level is None else closed.scale.words[level]
        rows.append((*where, group["name"], *gated.counts, group.get("outcome"), said))
    return rows


TABLES: dict[str, Callable[[ClosedRound], Table]] = {
    "ratings": ratings_table,
    "verdicts": verdicts_table,
    "reasons": reasons_table,
    "items": items_table,
    "rule-card": rule_card_table,
    "groups": groups_table,
}
"""Each table by its name in the address."""
