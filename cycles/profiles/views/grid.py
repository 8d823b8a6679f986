"""The matrix: every capability against every profile that was not withdrawn."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for

from consensus.scale import PROFICIENCY_LETTERS
from cycles.core.access import Door, opens_to
from cycles.core.pages import page
from cycles.profiles.filters import Filters, chosen, read_filters
from cycles.profiles.models import Profile, ProfileStatus
from cycles.profiles.pages import Option
from cycles.profiles.queries import live_profiles
from cycles.profiles.views import profiles
from cycles.profiles.views.listing import downloads, options
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
    shows_empty: bool
    toggle_href: str
    filters: Filters
    roles: tuple[Option, ...]
    statuses: tuple[Option, ...]
    downloads: tuple[tuple[str, str], ...]


@profiles.get("/matrix")
@opens_to(Door.MEMBER)
def matrix(cycle_id: uuid.UUID) -> Response:
    """Show which profile needs which capability at which level."""
    return page("profiles/matrix.html", page=_grid_page(cycle_id, read_filters(request.args)))


def _grid_page(cycle_id: uuid.UUID, filters: Filters) -> GridPage:
    shows_empty = request.args.get("empty") == "shown"
    columns, lines = grid_of(cycle_id, filters)
    shown = [(one, cells) for one, cells in lines if shows_empty or any(cells)]
    query = filters.query() | ({} if shows_empty else {"empty": "shown"})
    return GridPage(
        cycle_id=cycle_id,
        columns=tuple(_column(one) for one in columns),
        rows=tuple(_rows(cycle_id, shown)),
        shown=len(shown),
        hidden=len(lines) - len(shown),
        shows_empty=shows_empty,
        toggle_href=url_for("profiles.matrix", cycle_id=cycle_id, **query),
        filters=filters,
        roles=options(
            "All role levels",
            filters.role,
            [(str(one.id), one.name) for one in role_levels_of(cycle_id)],
        ),
        statuses=options("Proposed and ratified", filters.status, LIVE_STATUSES),
        downloads=downloads(cycle_id, "profiles.download_matrix", **filters.query()),
    )


Cells = list[dict[str, Any] | None]


def grid_of(
    cycle_id: uuid.UUID, filters: Filters
) -> tuple[list[Profile], list[tuple[CapabilityStatement, Cells]]]:
    """Return the profiles and, for each kept capability, its cell in each of them."""
    columns = chosen(live_profiles(cycle_id), filters)
    held = [
        {one.statement_id: one for one in profile.members if not one.is_removed}
        for profile in columns
    ]
    lines = []
    for statement in kept_statements(cycle_id):
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
    return columns, lines


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
