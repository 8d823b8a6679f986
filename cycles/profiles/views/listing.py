"""The list of profiles, by role level."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response, request, url_for

from cycles.core.access import Door, current_place, opens_to
from cycles.core.pages import page
from cycles.profiles.filters import Filters, chosen, holding, is_named, read_filters
from cycles.profiles.list_pages import (
    LevelSection,
    ListLine,
    ListPage,
    Option,
    generation_words,
    options,
)
from cycles.profiles.models import Profile, ProfileStatus
from cycles.profiles.pages import count_words, level_counts, profile_line
from cycles.profiles.queries import last_generation, profiles_of, searched_texts
from cycles.profiles.views import profiles
from cycles.profiles.wording import STATUS_WORDS
from cycles.setup.models import RoleLevel
from cycles.setup.queries import role_levels_of

Texts = dict[uuid.UUID, str]


@profiles.get("/")
@opens_to(Door.MEMBER)
def index(cycle_id: uuid.UUID) -> Response:
    """Show the profiles of the cycle."""
    return page("profiles/index.html", page=_list_page(cycle_id, read_filters(request.args)))


def _list_page(cycle_id: uuid.UUID, filters: Filters) -> ListPage:
    everything, levels = profiles_of(cycle_id), role_levels_of(cycle_id)
    texts = searched_texts(cycle_id) if filters.q else {}
    shown = chosen(everything, filters, texts)
    place = current_place()
    return ListPage(
        cycle_id=cycle_id,
        sections=tuple(_sections(levels, shown, filters, texts)),
        columns=tuple(_columns(cycle_id, filters)),
        tiles=_tiles(cycle_id, everything),
        filters=filters,
        roles=options("Any role level", filters.role, [(str(one.id), one.name) for one in levels]),
        statuses=options(
            "Any status",
            filters.status,
            [(status.value, words) for status, words in STATUS_WORDS.items()],
        ),
        partners=partner_options("Any partner", filters, everything),
        total=len(everything),
        shown=len(shown),
        generated=generation_words(last_generation(cycle_id)),
        may_generate=place.is_convener,
        may_ratify=place.is_convener or place.is_on_panel,
        downloads=downloads(cycle_id, "profiles.download", **filters.query()),
    )


def _sections(
    levels: Sequence[RoleLevel], shown: Sequence[Profile], filters: Filters, texts: Texts
) -> Iterable[LevelSection]:
    for level in levels:
        own = [one for one in shown if one.role_level_id == level.id]
        if not own:
            continue
        live = [one for one in own if one.status != ProfileStatus.WITHDRAWN]
        counts = level_counts([member for one in live for member in one.members])
        yield LevelSection(
            name=level.name,
            academic_level=level.academic_level,
            lines=tuple(_line(one, filters, texts) for one in own),
            counts=counts,
            words=count_words(counts),
        )


def _line(profile: Profile, filters: Filters, texts: Texts) -> ListLine:
    count = 0 if is_named(profile, filters) else holding(profile, filters, texts)
    found = "1 of its capabilities matches" if count == 1 else f"{count} of its capabilities match"
    return ListLine(profile_line(profile), found if count else "")


def _columns(cycle_id: uuid.UUID, filters: Filters) -> Iterable[dict[str, Any]]:
    yield {"label": "Compare", "hidden": True}
    for label, key in (("Code", "code"), ("Profile", "name"), ("Primary partner", "partner")):
        yield _sorted_column(cycle_id, filters, label, key)
    yield _sorted_column(cycle_id, filters, "Capabilities", "size", numeric=True)
    yield {"label": "Proficiency"}
    yield _sorted_column(cycle_id, filters, "Changed by the panel", "changed", numeric=True)
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


def partner_options(
    everything: str, filters: Filters, profiles: Sequence[Profile]
) -> tuple[Option, ...]:
    """Return the choices among the partners that some profile serves first."""
    partners = {one.partner.name: str(one.partner.id) for one in profiles if one.partner}
    return options(
        everything, filters.partner, [(partners[name], name) for name in sorted(partners)]
    )


def downloads(cycle_id: uuid.UUID, endpoint: str, **query: Any) -> tuple[tuple[str, str], ...]:
    """Return the two kinds of table a page downloads as, with their addresses."""
    return tuple(
        (kind.upper(), url_for(endpoint, cycle_id=cycle_id, kind=kind, **query))
        for kind in ("csv", "xlsx")
    )
