"""The pages of the explorer, in the order of its navigation. A new page adds its module here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import Any

from reports.charts.vega.chart import Chart
from reports.explorer.listing import Listing
from reports.explorer.look import Look


class Question(StrEnum):
    """What a reader wants to know; the navigation has a group for each."""

    START = "At a glance"
    WHAT = "What will organisations do?"
    WHO = "Who will do it?"
    MISSING = "What training is missing?"
    TRUST = "How sure is it, and what comes of it?"


Build = Callable[[Look, str], Any]
Listings = Callable[[Look, str], Sequence[Listing[Any]]]
Charts = Callable[[Look, str], Sequence[Chart]]


@dataclass(frozen=True)
class PageKind:
    """One page: its name in addresses, what the navigation calls it, and what it is made of.

    ``build`` gives the frozen context of ``explorer/<name>.html`` for a look and, on the page of
    one thing, its code (else ""); None answers "not found". ``listings`` are its tables, the main
    one first, ``charts`` its charts. ``item`` builds the page of one thing, which
    ``explorer/<name>_item.html`` shows.
    ``has_fragment``: htmx is answered with ``explorer/_<name>.html`` alone. ``method`` are further
    sentences for "Data and method". ``is_offered`` False: it is reached from other pages only.
    ``is_for_links`` False: it has nothing to show to whoever came by a link.
    ``arguments`` are what its address may ask beside its tables' own, each with what it means.
    """

    name: str
    label: str
    question: Question
    lead: str
    build: Build
    listings: Listings = lambda _look, _code: ()
    charts: Charts = lambda _look, _code: ()
    item: Build | None = None
    item_label: Callable[[Look, str], str] | None = None
    has_fragment: bool = False
    method: tuple[str, ...] = ()
    is_offered: bool = True
    is_for_links: bool = True
    arguments: tuple[tuple[str, str], ...] = ()

    @property
    def template(self) -> str:
        """Return the name of its template without an ending."""
        return self.name.replace("-", "_")


MODULES: tuple[str, ...] = (
    "overview",
    "search",
    "take_away",
    "capabilities",
    "supply_chain",
    "matrix",
    "profiles",
    "ksbs",
    "provision",
    "fit",
    "quadrants",
    "matches",
    "comparison",
    "priorities",
    "consensus",
    "sensitivity",
    "change",
    "actions",
)
"""The modules under ``reports.explorer.pages``, each with its ``PAGE``."""


@cache
def pages() -> dict[str, PageKind]:
    """Return the pages by name, in the order of the navigation."""
    found = [import_module(f"reports.explorer.pages.{name}").PAGE for name in MODULES]
    return {each.name: each for each in found}
