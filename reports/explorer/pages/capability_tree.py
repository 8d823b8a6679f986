"""The classification as a tree: function, domain, area, each with its capabilities. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.explorer.look import Look
from reports.explorer.pages.capability_rows import (
    UNSUPPORTED,
    CapabilityRow,
    function_kinds,
    list_href,
)

DEPTH = ("function", "domain", "area")


@dataclass(frozen=True)
class TreeNode:
    """A place of the classification, or all of it. ``unsupported`` is None before the first run.

    ``kind`` is the function's colour; ``is_open``: it or a place below it is looked at.
    """

    label: str
    kind: str
    count: int
    unsupported: int | None
    href: str
    is_current: bool
    is_open: bool
    children: tuple["TreeNode", ...]


def tree(look: Look, rows: Sequence[CapabilityRow]) -> TreeNode:
    """Return all functions with their domains and areas, as far as capabilities are in them."""
    return TreeNode(
        label="All",
        kind="",
        count=len(rows),
        unsupported=_unsupported(look, rows),
        href=list_href(look),
        is_current=not any(look.args.get(level) for level in DEPTH),
        is_open=True,
        children=_nodes(look, rows, {}, function_kinds(look)),
    )


def _unsupported(look: Look, rows: Sequence[CapabilityRow]) -> int | None:
    return sum(row.support == UNSUPPORTED for row in rows) if look.findings else None


def _nodes(
    look: Look,
    rows: Sequence[CapabilityRow],
    above: Mapping[str, str],
    kinds: Mapping[str, str],
) -> tuple[TreeNode, ...]:
    if len(above) == len(DEPTH):
        return ()
    level = DEPTH[len(above)]
    held: dict[str, list[CapabilityRow]] = {}
    for row in rows:
        held.setdefault(row.place[len(above)], []).append(row)
    # Functions stand in the classification's order, places below them with most first.
    order = list(kinds)
    names = sorted(held, key=lambda name: _rank(name, len(held[name]), order, level))
    return tuple(_node(look, held[name], {**above, level: name}, kinds) for name in names if name)


def _rank(name: str, count: int, functions: list[str], level: str) -> tuple[int, str]:
    if level == "function":
        return (functions.index(name) if name in functions else len(functions), name)
    return (-count, name)


def _node(
    look: Look, rows: Sequence[CapabilityRow], at: Mapping[str, str], kinds: Mapping[str, str]
) -> TreeNode:
    asked = {level: look.args.get(level, "") for level in DEPTH}
    is_open = all(asked[level] == name for level, name in at.items())
    return TreeNode(
        label=list(at.values())[-1],
        kind=kinds.get(at["function"], ""),
        count=len(rows),
        unsupported=_unsupported(look, rows),
        href=list_href(look, **at),
        is_current=is_open and not any(asked[level] for level in DEPTH[len(at) :]),
        is_open=is_open,
        children=_nodes(look, rows, at, kinds),
    )
