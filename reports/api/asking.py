"""What a request asks of a table: which rows, in which order, how many at a time. Pure.

What is not understood is refused and not left out: a program would never notice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reports.api.problems import Misasked
from reports.explorer.listing import LONGEST_SEARCH, Listing
from reports.mapping.selection import LEAST_THRESHOLD, MOST_THRESHOLD, read_number

PER_PAGE, MOST_PER_PAGE = 50, 500
MOST_PAGE = 999_999
OF_ALL = ("page", "per_page")


@dataclass(frozen=True)
class Asked:
    """Which part of a table is asked for. ``args`` is the rest, as a page's address has it."""

    page: int
    per_page: int
    args: Mapping[str, str] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """Return how many rows come before the part."""
        return (self.page - 1) * self.per_page


def asked_of_listing(
    listing: Listing[Any], args: Mapping[str, str], others: Iterable[str] = ()
) -> Asked:
    """Read what is asked of a page's table; ``others`` are arguments of the page itself."""
    own = ["sort", *(each.key for each in listing.facets)]
    if listing.text is not None:
        own.append("q")
    _refuse_unknown(args, (*OF_ALL, *own, "threshold", *others))
    _refuse_sort(args, [each.key for each in listing.columns])
    _refuse_long(args)
    return Asked(
        page=_number(args, "page", 1, MOST_PAGE, 1),
        per_page=_number(args, "per_page", 1, MOST_PER_PAGE, PER_PAGE),
        args={
            **_threshold(args),
            **{name: args[name] for name in others if name in args},
            **{f"{listing.prefix}{name}": args[name] for name in own if name in args},
        },
    )


def asked_of_table(args: Mapping[str, str], fields: Iterable[str]) -> Asked:
    """Read what is asked of a table of the package; ``fields`` may each be asked for by value."""
    wanted = tuple(fields)
    _refuse_unknown(args, (*OF_ALL, *wanted))
    return Asked(
        page=_number(args, "page", 1, MOST_PAGE, 1),
        per_page=_number(args, "per_page", 1, MOST_PER_PAGE, PER_PAGE),
        args={name: args[name] for name in wanted if name in args},
    )


def _refuse_unknown(args: Mapping[str, str], known: Iterable[str]) -> None:
    names = sorted(set(known))
    unknown = sorted(set(args) - set(names))
    if unknown:
        raise Misasked(f"{unknown[0]!r} is not known here. Ask by {', '.join(names)}.")


def _refuse_sort(args: Mapping[str, str], keys: list[str]) -> None:
    if "sort" in args and args["sort"].removeprefix("-") not in keys:
        raise Misasked(f"sort is one of {', '.join(keys)}, with - before it to fall.")


def _refuse_long(args: Mapping[str, str]) -> None:
    if len(args.get("q", "")) > LONGEST_SEARCH:
        raise Misasked(f"q has at most {LONGEST_SEARCH} letters.")


def _threshold(args: Mapping[str, str]) -> dict[str, str]:
    if "threshold" not in args:
        return {}
    found = _number(args, "threshold", LEAST_THRESHOLD, MOST_THRESHOLD, LEAST_THRESHOLD)
    return {"threshold": str(found)}


def _number(args: Mapping[str, str], name: str, least: int, most: int, usual: int) -> int:
    if name not in args:
        return usual
    found = read_number(args[name])
    if found is None or not least <= found <= most:
        raise Misasked(f"{name} is a whole number from {least} to {most}.")
    return found
