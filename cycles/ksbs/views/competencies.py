"""The Future Competency Sets of a cycle, on a page and in print, for everyone in the cycle."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Response, request, url_for

from cycles.core.access import Door, opens_to
from cycles.core.pages import page
from cycles.ksbs.competencies import KINDS, CompetencySet, competency_sets
from cycles.ksbs.competency_filters import (
    CompetencyFilters,
    let_through,
    read_competency_filters,
)
from cycles.ksbs.competency_pages import (
    INDEX,
    KIND_WORDS,
    PER_PAGE,
    CompetenciesPage,
    choices,
    columns_of,
    count_lines,
    every_line,
    paging_of,
    sections_of,
    standing_of,
)
from cycles.ksbs.views import ksbs


@ksbs.get("/competencies")
@opens_to(Door.MEMBER)
def competencies(cycle_id: uuid.UUID) -> Response:
    """Show the Future Competency Sets, by role level."""
    filters = read_competency_filters(request.args)
    return page("ksbs/competencies.html", page=_page(cycle_id, competency_sets(cycle_id), filters))


@ksbs.get("/competencies/print")
@opens_to(Door.MEMBER)
def print_competencies(cycle_id: uuid.UUID) -> Response:
    """Show all that the filters let through at once, to be printed."""
    filters = replace(read_competency_filters(request.args), page=1)
    sets = competency_sets(cycle_id)
    return page("ksbs/competencies_print.html", page=_page(cycle_id, sets, filters, whole=True))


def _page(
    cycle_id: uuid.UUID,
    sets: Sequence[CompetencySet],
    filters: CompetencyFilters,
    *,
    whole: bool = False,
) -> CompetenciesPage:
    shown = let_through(sets, filters)
    total = sum(len(one.competencies) for one in shown)
    filters = replace(filters, page=min(max(filters.page, 1), max(1, -(-total // PER_PAGE))))
    first = PER_PAGE * (filters.page - 1)
    return CompetenciesPage(
        cycle_id=cycle_id,
        counts=count_lines(cycle_id, sets),
        every=every_line(cycle_id, sets),
        standing=standing_of(cycle_id, sets),
        has_profiles=any(one.profiles for one in sets),
        filters=filters,
        **_facets(sets, filters),
        columns=columns_of(cycle_id, filters),
        sections=sections_of(cycle_id, shown, first, total if whole else first + PER_PAGE),
        paging=paging_of(cycle_id, filters, total),
        **_addresses(cycle_id, filters.query()),
    )


def _addresses(cycle_id: uuid.UUID, query: dict[str, Any]) -> dict[str, Any]:
    return {
        "downloads": tuple(
            (
                ending.upper(),
                url_for(f"{INDEX}_download", cycle_id=cycle_id, ending=ending, **query),
            )
            for ending in ("csv", "xlsx")
        ),
        "print_href": url_for("ksbs.print_competencies", cycle_id=cycle_id, **query),
        "clear_href": url_for(INDEX, cycle_id=cycle_id),
    }


def _facets(sets: Sequence[CompetencySet], filters: CompetencyFilters) -> dict[str, Any]:
    named = [each for one in sets for each in one.profiles]
    functions = {each.function for one in sets for each in one.capabilities if each.function}
    roles = [(str(one.role_level_id), one.role_level) for one in sets]
    kinds = [(kind.value, words) for kind, words in zip(KINDS, KIND_WORDS, strict=True)]
    profiles = [(str(one.id), f"{one.code} {one.name}") for one in named]
    return {
        "roles": choices("Any role level", filters.role, roles),
        "kinds": choices("Any kind", filters.kind, kinds),
        "profiles": choices("Any profile", filters.profile, profiles),
        "functions": choices(
            "Any function", filters.function, [(one, one) for one in sorted(functions)]
        ),
    }
