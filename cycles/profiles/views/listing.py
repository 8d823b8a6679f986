"""The list of profiles, by role level."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response, request, url_for

from cycles.core.access import Door, current_place, opens_to
from cycles.core.pages import page
from cycles.profiles.filters import Filters, chosen, read_filters
from cycles.profiles.models import Profile, ProfileStatus
from cycles.profiles.pages import (
    LevelSection,
    ListPage,
    Option,
    count_words,
    generation_words,
    level_counts,
    profile_line,
)
from cycles.profiles.queries import last_generation, profiles_of
from cycles.profiles.views import profiles
from cycles.profiles.wording import STATUS_WORDS
from cycles.setup.models import RoleLevel
from cycles.setup.queries import role_levels_of


@profiles.get("/")
@opens_to(Door.MEMBER)
def index(cycle_id: uuid.UUID) -> Response:
    """Show the profiles of the cycle."""
    return page("profiles/index.html", page=_list_page(cycle_id, read_filters(request.args)))


def _list_page(cycle_id: uuid.UUID, filters: Filters) -> ListPage:
    everything, levels = profiles_of(cycle_id), role_levels_of(cycle_id)
    shown = chosen(everything, filters)
    place = current_place()
    return ListPage(
        cycle_id=cycle_id,
        sections=tuple(_sections(levels, shown)),
        columns=tuple(_columns(cycle_id, filters)),
        tiles=_tiles(cycle_id, everything),
        filters=filters,
        roles=options("Any role level", filters.role, [(str(one.id), one.name) for one in levels]),
        statuses=options(
            "Any status",
            filters.status,
            [(status.value, words) for status, words in STATUS_WORDS.items()],
        ),
        total=len(everything),
        shown=len(shown),
        generated=generation_words(last_generation(cycle_id)),
        may_generate=place.is_convener,
        may_ratify=place.is_convener or place.is_on_panel,
        downloads=downloads(cycle_id, "profiles.download", **filters.query()),
    )


def _sections(levels: Sequence[RoleLevel], shown: Sequence[Profile]) -> Iterable[LevelSection]:
    for level in levels:
        own = [one for one in shown if one.role_level_id == level.id]
        if not own:
            continue
        live = [one for one in own if one.status != ProfileStatus.WITHDRAWN]
        counts = level_counts([member for one in live for member in one.members])
        yield LevelSection(
            name=level.name,
            academic_level=level.academic_level,
            lines=tuple(profile_line(one) for one in own),
            counts=counts,
            words=count_words(counts),
        )


def _columns(cycle_id: uuid.UUID, filters: Filters) -> Iterable[dict[str, Any]]:
    for label, key in (("Code", "code"), ("Profile", "name")):
        yield _sorted_column(cycle_id, filters, label, key)
    yield {"label": "Primary partner"}
    yield _sorted_column(cycle_id, filters, "Capabilities", "size", numeric=True)
    yield {"label": "Proficiency"}
    yield {"label": "Changed by the panel", "numeric": True}
    yield _sorted_column(cycle_id, filters, "Status", "status")


def _sorted_column(
    cycle_id: uuid.UUID, filters: Filters, label: str, key: str, *, numeric: bool = False
) -> dict[str, Any]:
    href = url_for("profiles.index", cycle_id=cycle_id, **filters.toggled(key))
    return {"label": label, "key": key, "href": href, "numeric": numeric}


def _tiles(
    cycle_id: uuid.UUID, everything: Sequence[Profile]
) -> tuple[tuple[str, int, str | None, str | None], ...]:
    def tile(status: ProfileStatus) -> tuple[str, int, str | None, str | None]:
        count = sum(one.status == status for one in everything)
        href = url_for("profiles.index", cycle_id=cycle_id, status=status.value)
        return STATUS_WORDS[status], count, href, None

    return ("Profiles", len(everything), url_for("profiles.index", cycle_id=cycle_id), None), *map(
        tile, ProfileStatus
    )


def options(everything: str, current: str, names: Iterable[tuple[str, str]]) -> tuple[Option, ...]:
    """Return the choices of a filter, the one in force marked."""
    pairs = (("", everything), *names)
    return tuple(Option(value, label, value == current) for value, label in pairs)


def downloads(cycle_id: uuid.UUID, endpoint: str, **query: Any) -> tuple[tuple[str, str], ...]:
    """Return the two kinds of table a page downloads as, with their addresses."""
    return tuple(
        (kind.upper(), url_for(endpoint, cycle_id=cycle_id, kind=kind, **query))
        for kind in ("csv", "xlsx")
    )
