"""The matrix: every kept capability against every profile that was not withdrawn."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for

from consensus.scale import PROFICIENCY_LETTERS
from cycles.core.access import Door, opens_to
from cycles.core.pages import page
from cycles.profiles.filters import Filters, chosen, read_filters, read_id
from cycles.profiles.list_pages import Option, options
from cycles.profiles.models import Profile, ProfileStatus
from cycles.profiles.queries import live_profiles, searched_texts
from cycles.profiles.views import profiles
from cycles.profiles.views.listing import downloads, partner_options
from cycles.profiles.wording import STATUS_WORDS, shows_provisional
from cycles.setup.queries import role_levels_of
from cycles.statements.models import CapabilityStatement
from cycles.statements.queries import kept_statements

UNPLACED = "No functional area yet"
LIVE_STATUSES = [
    (one.value, words) for one, words in STATUS_WORDS.items() if one != ProfileStatus.WITHDRAWN
]


@dataclass(frozen=True)
class GridPage:
    """The matrix. ``rows`` and ``columns`` are as the matrix macro takes them."""

    cycle_id: uuid.UUID
    columns: tuple[dict[str, Any], ...]
    rows: tuple[dict[str, Any], ...]
    shown: int
    hidden: int
    hidden_profiles: int
    shows_empty: bool
    toggle_href: str
    filters: Filters
    is_narrowed: bool
    roles: tuple[Option, ...]
    statuses: tuple[Option, ...]
    partners: tuple[Option, ...]
    places: tuple[Option, ...]
    downloads: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PlaceFilter:
    """A part of the classification: a function by its name, an area by its id, or everything."""

    value: str = ""

    def has(self, statement: CapabilityStatement) -> bool:
        """Say whether a capability stands in it."""
        area = statement.area
        return not self.value or (area is not None and self.value in (str(area.id), area.function))

    def within(self, statements: Sequence[CapabilityStatement]) -> list[CapabilityStatement]:
        """Return the capabilities that stand in it."""
        return [one for one in statements if self.has(one)]

    def query(self) -> dict[str, str]:
        """Return the part of an address that keeps it."""
        return {"place": self.value} if self.value else {}


@profiles.get("/matrix")
@opens_to(Door.MEMBER)
def matrix(cycle_id: uuid.UUID) -> Response:
    """Show which profile needs which capability at which level."""
    return page("profiles/matrix.html", page=_grid_page(cycle_id, read_filters(request.args)))


def read_place() -> PlaceFilter:
    """Read from the address which part of the classification is asked for."""
    given = request.args.get("place", "")[:80]
    return PlaceFilter(read_id(given) or given)


def _grid_page(cycle_id: uuid.UUID, filters: Filters) -> GridPage:
    shows_empty, place = request.args.get("empty") == "shown", read_place()
    everything, statements = live_profiles(cycle_id), kept_statements(cycle_id)
    wanted, asked_for = place.within(statements), narrowed(cycle_id, everything, filters)
    columns = asked_for if shows_empty else _holding_any(asked_for, wanted)
    lines = grid_of(columns, wanted)
    shown = [(one, cells) for one, cells in lines if shows_empty or any(cells)]
    kept = filters.query() | place.query()
    return GridPage(
        cycle_id=cycle_id,
        columns=tuple(_column(one) for one in columns),
        rows=tuple(_rows(cycle_id, shown)),
        shown=len(shown),
        hidden=len(lines) - len(shown),
        hidden_profiles=len(asked_for) - len(columns),
        shows_empty=shows_empty,
        toggle_href=_address(cycle_id, kept | ({} if shows_empty else {"empty": "shown"})),
        filters=filters,
        is_narrowed=filters.is_set or place != PlaceFilter(),
        roles=_role_options(cycle_id, filters),
        statuses=options("Proposed and ratified", filters.status, LIVE_STATUSES),
        partners=partner_options("Any partner", filters, everything),
        places=tuple(_place_options(place, statements)),
        downloads=downloads(cycle_id, "profiles.download_matrix", **kept),
    )


def _address(cycle_id: uuid.UUID, query: dict[str, Any]) -> str:
    return url_for("profiles.matrix", cycle_id=cycle_id, **query)


def _holding_any(
    asked_for: Sequence[Profile], wanted: Sequence[CapabilityStatement]
) -> list[Profile]:
    """Return the profiles that hold at least one of the capabilities."""
    ids = {one.id for one in wanted}
    return [
        each
        for each in asked_for
        if any(one.statement_id in ids and not one.is_removed for one in each.members)
    ]


def narrowed(cycle_id: uuid.UUID, everything: Sequence[Profile], filters: Filters) -> list[Profile]:
    """Return the profiles that the filters let through."""
    return chosen(everything, filters, searched_texts(cycle_id) if filters.q else {})


def _role_options(cycle_id: uuid.UUID, filters: Filters) -> tuple[Option, ...]:
    levels = [(str(one.id), one.name) for one in role_levels_of(cycle_id)]
    return options("All role levels", filters.role, levels)


def _place_options(
    place: PlaceFilter, statements: Sequence[CapabilityStatement]
) -> Iterable[Option]:
    yield Option("", "All functions and areas", not place.value)
    areas = {one.area.id: one.area for one in statements if one.area}
    for function in dict.fromkeys(one.function for one in _in_place(areas.values())):
        label = f"{function}, all areas"
        yield Option(function, label, place.value == function, function)
        for area in _in_place(areas.values()):
            if area.function == function:
                yield Option(str(area.id), area.name, place.value == str(area.id), function)


def _in_place(areas: Iterable[Any]) -> list[Any]:
    return sorted(areas, key=lambda area: area.position)


Cells = list[dict[str, Any] | None]


def grid_of(
    columns: Sequence[Profile], statements: Sequence[CapabilityStatement]
) -> list[tuple[CapabilityStatement, Cells]]:
    """Return for each capability, by its place in the classification, its cell in each profile."""
    held = [
        {one.statement_id: one for one in profile.members if not one.is_removed}
        for profile in columns
    ]
    lines = []
    for statement in sorted(statements, key=_place_of):
        cells: Cells = []
        for profile, members in zip(columns, held, strict=True):
            member = members.get(statement.id)
            cells.append(
                {
                    "code": PROFICIENCY_LETTERS[member.level],
                    "is_provisional": shows_provisional(profile, member),
                }
                if member
                else None
            )
        lines.append((statement, cells))
    return lines


def _place_of(statement: CapabilityStatement) -> tuple[bool, int]:
    # Sorting keeps the codes in order within an area; what has no area stands last.
    return statement.area is None, statement.area.position if statement.area else 0


def _column(profile: Profile) -> dict[str, Any]:
    return {
        "code": profile.code,
        "name": profile.name,
        "href": url_for("profiles.show", cycle_id=profile.cycle_id, profile_id=profile.id),
    }


def _rows(
    cycle_id: uuid.UUID, shown: list[tuple[CapabilityStatement, Cells]]
) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for statement, cells in shown:
        href = url_for("statements.show", cycle_id=cycle_id, statement_id=statement.id)
        row = {"label": f"{statement.code} {statement.text}", "href": href, "cells": cells}
        area = statement.area
        groups.setdefault(f"{area.function} › {area.domain}" if area else UNPLACED, []).append(row)
    return [row for name, rows in groups.items() for row in ({"group": name}, *rows)]
