"""The panel's queue as one person sees it: what waits for them, filtered and sorted. Reads only."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from flask import url_for

from cycles.core.access import Place
from cycles.people.queries import panel_size
from cycles.profiles.models import Profile, ProfileStatus
from cycles.profiles.pages import ProfileLine, profile_line
from cycles.profiles.queries import profiles_of
from cycles.profiles.versions import latest_versions
from cycles.profiles.wording import STATUS_TAGS, STATUS_WORDS
from cycles.setup.models import Cycle
from cycles.setup.queries import role_levels_of
from workshop.ratification import queries
from workshop.ratification.adding import unplaced
from workshop.ratification.outcomes import outcome_of
from workshop.ratification.queries import Stand
from workshop.ratification.remarks import comment_counts
from workshop.ratification.wording import progress_words, rule_words

STATES = {
    "waiting": "Waiting for me",
    "objected": "With an objection",
    "commented": "With comments",
    "proposed": "Proposed",
    "ratified": "Ratified",
    "withdrawn": "Withdrawn",
}
SORTS = {
    "": "Waiting for me first",
    "code": "Code",
    "name": "Name",
    "-size": "Most capabilities",
    "-changed": "Most changed",
    "-provisional": "Most provisional levels",
    "-comments": "Most comments",
}
MINE = {Stand.APPROVES: "You approved", Stand.OBJECTS: "You object", Stand.WAITED_FOR: ""}
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class QueueFilters:
    """What the reader asked for, as it stands in the address. Empty means everything."""

    q: str = ""
    role: str = ""
    state: str = ""
    sort: str = ""

    @property
    def is_set(self) -> bool:
        """Say whether anything narrows the list."""
        return bool(self.q or self.role or self.state)

    def query(self, **changes: str) -> dict[str, str]:
        """Return the query of an address that asks for this with ``changes``."""
        changed = replace(self, **changes)
        pairs = {each.name: getattr(changed, each.name) for each in fields(changed)}
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True)
class Choice:
    """One choice of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class QueueLine:
    """A profile in the panel's queue. ``mine`` says in words what the reader answered."""

    line: ProfileLine
    href: str
    role_level: str
    role_level_id: str
    status: ProfileStatus
    answers: str
    mine: str
    mine_kind: str
    objections: int
    comments: int
    is_waiting: bool


@dataclass(frozen=True)
class QueuePage:
    """The panel's queue: what waits, what is ratified, what nobody has placed."""

    cycle_id: uuid.UUID
    lines: tuple[QueueLine, ...]
    total: int
    tiles: tuple[tuple[str, int, str], ...]
    begin: QueueLine | None
    filters: QueueFilters
    roles: tuple[Choice, ...]
    states: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    closed_because: str | None
    rule: str
    panel: int
    is_panel: bool
    may_generate: bool
    unplaced: tuple[tuple[str, tuple[str, ...]], ...]


def read_filters(args: Mapping[str, str]) -> QueueFilters:
    """Read the filters from an address; what it does not know is left out."""
    state, sort = args.get("state", ""), args.get("sort", "")
    return QueueFilters(
        q=args.get("q", "").strip()[:LONGEST_SEARCH],
        role=args.get("role", "")[:36],
        state=state if state in STATES else "",
        sort=sort if sort in SORTS else "",
    )


def queue_page(cycle: Cycle, place: Place, filters: QueueFilters) -> QueuePage:
    """Return the panel's queue as this person sees it."""
    lines = _lines(cycle, place)
    waiting = [one for one in lines if one.is_waiting]
    levels = [(str(one.id), one.name) for one in role_levels_of(cycle.id)]
    return QueuePage(
        cycle_id=cycle.id,
        lines=tuple(_sorted(_chosen(lines, filters), filters.sort)),
        total=len(lines),
        tiles=_tiles(cycle.id, lines, is_panel=place.is_on_panel),
        begin=waiting[0] if waiting and queries.why_closed(cycle) is None else None,
        filters=filters,
        roles=choices("Any role level", filters.role, levels),
        states=choices("Any state", filters.state, _states(place)),
        sorts=tuple(Choice(key, words, key == filters.sort) for key, words in SORTS.items()),
        closed_because=queries.why_closed(cycle),
        rule=rule_words(queries.quorum_of(cycle.id), queries.rule_of(cycle.id)),
        panel=panel_size(cycle.id),
        is_panel=place.is_on_panel,
        may_generate=place.is_convener and queries.why_not_at_stage(cycle) is None,
        unplaced=unplaced(cycle.id),
    )


def _lines(cycle: Cycle, place: Place) -> list[QueueLine]:
    answers, comments = queries.answers_by_profile(cycle.id), comment_counts(cycle.id)
    quorum, versions = queries.quorum_of(cycle.id), latest_versions(cycle.id)
    lines = []
    for profile in profiles_of(cycle.id):
        given = answers.get(profile.id, queries.Answers())
        mine = MINE[given.of(place.participant_id)]
        counts = (len(given.approvals), len(given.objections))
        is_proposed = profile.status == ProfileStatus.PROPOSED
        said = (
            progress_words(*counts, quorum)
            if is_proposed
            else outcome_of(profile, versions.get(profile.id), given)
        )
        is_waiting = is_proposed and place.is_on_panel and not mine
        lines.append(
            _line(profile, said, mine, counts[1], comments[profile.id], is_waiting=is_waiting)
        )
    return lines


def _line(
    profile: Profile, said: str, mine: str, objections: int, comments: int, *, is_waiting: bool
) -> QueueLine:
    kind = {"You approved": "done", "You object": "attention"}.get(mine, "current")
    status_kind = STATUS_TAGS[profile.status]
    is_open = profile.status == ProfileStatus.PROPOSED
    otherwise = mine if is_open and mine else STATUS_WORDS[profile.status]
    return QueueLine(
        line=profile_line(profile),
        href=url_for("ratification.show", cycle_id=profile.cycle_id, profile_id=profile.id),
        role_level=profile.role_level.name,
        role_level_id=str(profile.role_level_id),
        status=profile.status,
        answers=said,
        mine="Waiting for you" if is_waiting else otherwise,
        mine_kind=kind if is_open else status_kind,
        objections=objections,
        comments=comments,
        is_waiting=is_waiting,
    )


def _tiles(
    cycle_id: uuid.UUID, lines: Sequence[QueueLine], *, is_panel: bool
) -> tuple[tuple[str, int, str], ...]:
    def tile(label: str, count: int, state: str) -> tuple[str, int, str]:
        return label, count, url_for("ratification.index", cycle_id=cycle_id, state=state or None)

    numbers = Counter(one.status for one in lines)
    waiting = sum(one.is_waiting for one in lines)
    first = tile("Waiting for you", waiting, "waiting") if is_panel else tile("All", len(lines), "")
    objected = sum(bool(one.objections) and one.status == ProfileStatus.PROPOSED for one in lines)
    statuses = (tile(STATUS_WORDS[one], numbers[one], one.value) for one in ProfileStatus)
    return (first, tile("With an objection", objected, "objected"), *statuses)


def _states(place: Place) -> list[tuple[str, str]]:
    return [(key, words) for key, words in STATES.items() if key != "waiting" or place.is_on_panel]


def choices(everything: str, current: str, names: Sequence[tuple[str, str]]) -> tuple[Choice, ...]:
    """Return the choices of a filter, the one in force marked."""
    pairs = (("", everything), *names)
    return tuple(Choice(value, label, value == current) for value, label in pairs)


def _chosen(lines: Sequence[QueueLine], filters: QueueFilters) -> list[QueueLine]:
    words = filters.q.casefold().split()
    return [
        one
        for one in lines
        if filters.role in ("", one.role_level_id)
        and _is_in(one, filters.state)
        and all(word in f"{one.line.code} {one.line.name}".casefold() for word in words)
    ]


def _is_in(line: QueueLine, state: str) -> bool:
    if state in tuple(ProfileStatus):
        return line.status.value == state
    marks = {
        "waiting": line.is_waiting,
        "objected": bool(line.objections) and line.status == ProfileStatus.PROPOSED,
        "commented": bool(line.comments),
    }
    return marks.get(state, True)


def _sorted(lines: Sequence[QueueLine], sort: str) -> list[QueueLine]:
    """Sort by what was asked for; the order by code that they come in breaks ties."""
    if sort == "code":
        return list(lines)
    keys: dict[str, Any] = {
        "name": lambda one: one.line.name.casefold(),
        "-size": lambda one: -one.line.size,
        "-changed": lambda one: -one.line.changed,
        "-provisional": lambda one: -one.line.provisional,
        "-comments": lambda one: -one.comments,
    }
    return sorted(lines, key=keys.get(sort, lambda one: not one.is_waiting))
