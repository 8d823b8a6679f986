"""Two to four profiles side by side, and the table of them to take away."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, abort, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core.access import Door, load, opens_to
from cycles.core.downloads import csv_answer, xlsx_answer
from cycles.core.pages import page, see_other
from cycles.ksbs.queries import accepted_by_statement
from cycles.profiles.compare_pages import (
    CompareColumn,
    PairLine,
    RowGroup,
    Side,
    columns_of,
    download_rows,
    pair_lines,
    row_groups,
    table_of,
)
from cycles.profiles.list_pages import Option, options
from cycles.profiles.models import Profile, ProfileStatus
from cycles.profiles.nearest import nearest_of
from cycles.profiles.pages import head_of
from cycles.profiles.queries import members_of, profiles_of
from cycles.profiles.views import profiles
from cycles.profiles.views.listing import downloads

LEAST, MOST = 2, 4
ONLY = {"shared": "Shared by two or more", "different": "At different levels"}
COLUMNS = ("Capability", "Statement", "Function", "Domain", "Area")
ANSWERS = {"csv": csv_answer, "xlsx": xlsx_answer}


@dataclass(frozen=True)
class ComparePage:
    """Profiles side by side. ``choices`` holds one list of options for each place to fill."""

    cycle_id: uuid.UUID
    columns: tuple[CompareColumn, ...]
    pairs: tuple[PairLine, ...]
    groups: tuple[RowGroup, ...]
    total: int
    shown: int
    choices: tuple[tuple[Option, ...], ...]
    only: str
    onlies: tuple[Option, ...]
    notice: str
    has_profiles: bool
    clear_href: str
    all_href: str
    downloads: tuple[tuple[str, str], ...]


@profiles.get("/compare")
@opens_to(Door.MEMBER)
def compare(cycle_id: uuid.UUID) -> Response:
    """Show two to four profiles side by side, or how to choose them."""
    return page("profiles/compare.html", page=_compare_page(cycle_id, _asked_for(cycle_id)))


@profiles.get("/compare.<any(csv,xlsx):kind>")
@opens_to(Door.MEMBER)
def download_compare(cycle_id: uuid.UUID, kind: str) -> BaseResponse:
    """Send the levels of the profiles compared, one row a capability; without any, go to choose."""
    sides = _sides(cycle_id, _asked_for(cycle_id)[:MOST])
    if not sides:
        return see_other(url_for("profiles.compare", cycle_id=cycle_id))
    names = (f"{side.profile.code} {side.profile.name}" for side in sides)
    headings = (*COLUMNS, *names, "Profiles that hold it", "Levels")
    return ANSWERS[kind](f"profiles-compared.{kind}", headings, download_rows(sides))


def _asked_for(cycle_id: uuid.UUID) -> list[Profile]:
    """Return the profiles that the address names, each once; 404 for one not of this cycle."""
    found: dict[uuid.UUID, Profile] = {}
    for given in filter(None, request.args.getlist("profile")):
        try:
            profile_id = uuid.UUID(given)
        except ValueError:
            abort(404)
        found[profile_id] = load(Profile, cycle_id, profile_id)
    return list(found.values())


def _sides(cycle_id: uuid.UUID, asked_for: Sequence[Profile]) -> list[Side]:
    members = [{one.statement_id: one for one in members_of(each.id)} for each in asked_for]
    everything = list({one for held in members for one in held})
    ksbs = accepted_by_statement(cycle_id, everything) if everything else {}
    return [Side(each, held, ksbs) for each, held in zip(asked_for, members, strict=True)]


def _compare_page(cycle_id: uuid.UUID, asked_for: list[Profile]) -> ComparePage:
    sides = _sides(cycle_id, asked_for[:MOST])
    ids = [side.profile.id for side in sides]
    heads = [head_of(side.profile, list(side.members.values())) for side in sides]
    only = request.args.get("only", "")
    only = only if only in ONLY and len(sides) >= LEAST else ""
    groups = row_groups(sides, only) if len(sides) >= LEAST else ()
    everything = profiles_of(cycle_id)
    return ComparePage(
        cycle_id=cycle_id,
        columns=columns_of(cycle_id, sides, heads, nearest_of(cycle_id, ids) if ids else {}),
        pairs=pair_lines(sides),
        groups=groups,
        total=len(table_of(sides)) if sides else 0,
        shown=sum(len(group.rows) for group in groups),
        choices=_choices(everything, ids),
        only=only,
        onlies=options("All capabilities", only, ONLY.items()),
        notice=_notice(len(asked_for)),
        has_profiles=bool(everything),
        clear_href=url_for("profiles.compare", cycle_id=cycle_id),
        all_href=url_for("profiles.compare", cycle_id=cycle_id, profile=list(map(str, ids))),
        downloads=downloads(cycle_id, "profiles.download_compare", profile=list(map(str, ids))),
    )


def _choices(
    everything: Sequence[Profile], ids: Sequence[uuid.UUID]
) -> tuple[tuple[Option, ...], ...]:
    """Return the options of each place: live profiles by role level, and whatever stands there."""
    places: list[uuid.UUID | None] = [*ids, *[None] * (MOST - len(ids))]
    return tuple(tuple(_place(everything, at, place)) for at, place in enumerate(places))


def _place(everything: Sequence[Profile], at: int, chosen: uuid.UUID | None) -> list[Option]:
    levels = sorted({one.role_level for one in everything}, key=lambda level: level.position)
    found = [Option("", "Choose a profile" if at < LEAST else "None", chosen is None)]
    for level in levels:
        for one in everything:
            is_live = one.status != ProfileStatus.WITHDRAWN or one.id == chosen
            if one.role_level_id == level.id and is_live:
                label = f"{one.code} {one.name}"
                found.append(Option(str(one.id), label, one.id == chosen, level.name))
    return found


def _notice(asked_for: int) -> str:
    if asked_for > MOST:
        return (
            f"You chose {asked_for} profiles. At most {MOST} stand side by side, so the first "
            f"{MOST} are shown."
        )
    return "Choose at least one more profile to compare with." if asked_for == 1 else ""
