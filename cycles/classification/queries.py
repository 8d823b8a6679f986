"""Reading the classification: its areas in order, and the tree that pages show."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from cycles.classification.models import Area, Classification
from cycles.core.extensions import db


@dataclass(frozen=True)
class DomainBranch:
    """A domain with its areas."""

    name: str
    definition: str
    areas: tuple[Area, ...]


@dataclass(frozen=True)
class FunctionBranch:
    """A function with its domains."""

    name: str
    definition: str
    domains: tuple[DomainBranch, ...]

    @property
    def area_count(self) -> int:
        """Return how many areas the function has."""
        return sum(len(domain.areas) for domain in self.domains)


def current() -> Classification | None:
    """Return the current classification, or None before the first import."""
    return db.session.scalar(select(Classification).where(Classification.is_current))


def areas() -> list[Area]:
    """Return the areas of the current classification in its order."""
    return list(
        db.session.scalars(
            select(Area)
            .join(Classification, Classification.id == Area.classification_id)
            .where(Classification.is_current)
            .order_by(Area.position)
        )
    )


def area_by_names(function: str, domain: str, area: str) -> Area | None:
    """Return the area of the current classification that has these names, however cased."""
    wanted = tuple(name.strip().casefold() for name in (function, domain, area))
    for each in areas():
        if (each.function.casefold(), each.domain.casefold(), each.name.casefold()) == wanted:
            return each
    return None


def tree(of: Iterable[Area]) -> tuple[FunctionBranch, ...]:
    """Return areas, given in order, as functions and domains."""
    return tuple(
        FunctionBranch(function, *_branches(list(held)))
        for function, held in groupby(of, key=lambda area: area.function)
    )


def _branches(held: list[Area]) -> tuple[str, tuple[DomainBranch, ...]]:
    domains = []
    for name, some in groupby(held, key=lambda area: area.domain):
        inside = tuple(some)
        domains.append(DomainBranch(name, inside[0].domain_definition, inside))
    return held[0].function_definition, tuple(domains)
