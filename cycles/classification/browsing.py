"""The library by classification: how many records stand where, and the lists of them.

Reading only; the library's own pages show the records.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import url_for

from cycles.classification.models import Area, Classification
from cycles.classification.queries import areas, current
from cycles.classification.references import library_counts
from cycles.library.models import LibraryKind

CAPABILITY = LibraryKind.CAPABILITY.value


@dataclass(frozen=True)
class AreaCount:
    """An area with its records."""

    name: str
    definition: str
    count: int
    href: str


@dataclass(frozen=True)
class DomainCount:
    """A domain with its areas and all their records."""

    name: str
    count: int
    href: str
    areas: tuple[AreaCount, ...]


@dataclass(frozen=True)
class FunctionCount:
    """A function with its domains and all their records."""

    name: str
    count: int
    href: str
    domains: tuple[DomainCount, ...]


@dataclass(frozen=True)
class BrowsePage:
    """The library as a tree, with what stands outside the current classification."""

    classification: Classification | None
    functions: tuple[FunctionCount, ...]
    placed: int
    total: int
    library_href: str


def browse_page() -> BrowsePage:
    """Return the live capability records of the library, counted by place."""
    known, counts = areas(), library_counts()
    by_area = {area.id: counts.get(area.id, 0) for area in known}
    return BrowsePage(
        classification=current(),
        functions=tuple(
            _function(name, list(held), by_area)
            for name, held in groupby(known, key=lambda area: area.function)
        ),
        placed=sum(by_area.values()),
        total=sum(counts.values()),
        library_href=url_for("library.index", kind=CAPABILITY),
    )


def _function(name: str, held: list[Area], counts: Mapping[uuid.UUID, int]) -> FunctionCount:
    return FunctionCount(
        name=name,
        count=sum(counts[area.id] for area in held),
        href=url_for("library.index", kind=CAPABILITY, function=name),
        domains=tuple(
            _domain(domain, list(some), counts)
            for domain, some in groupby(held, key=lambda area: area.domain)
        ),
    )


def _domain(name: str, held: list[Area], counts: Mapping[uuid.UUID, int]) -> DomainCount:
    place: dict[str, Any] = {"kind": CAPABILITY, "function": held[0].function, "domain": name}
    return DomainCount(
        name=name,
        count=sum(counts[area.id] for area in held),
        href=url_for("library.index", **place),
        areas=tuple(
            AreaCount(
                name=area.name,
                definition=area.definition,
                count=counts[area.id],
                href=url_for("library.index", **place, area=area.id),
            )
            for area in held
        ),
    )
