"""What the page of profiles side by side shows, and the table it downloads as."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from flask import url_for

from consensus.scale import PROFICIENCY_LETTERS, PROFICIENCY_WORDS
from cycles.ksbs.competencies import WordingKey, wording_key
from cycles.ksbs.models import CapabilityKsb
from cycles.profiles.comparing import Kind, Row, overlap, rows_of
from cycles.profiles.models import Profile, ProfileCapability
from cycles.profiles.nearest import NearestStandard, NearestStandards
from cycles.profiles.page_of_one import ksb_words, shared_words
from cycles.profiles.pages import Head
from cycles.profiles.wording import percent, shows_provisional
from cycles.statements.models import CapabilityStatement

TITLES = {
    Kind.ALL: "Shared by all",
    Kind.SOME: "Shared by some",
    Kind.ONE: "In one of them only",
}
Ksbs = Mapping[uuid.UUID, Sequence[CapabilityKsb]]


@dataclass(frozen=True)
class Cell:
    """The level of a capability in one profile."""

    code: str
    letter: str
    level: str
    is_provisional: bool


@dataclass(frozen=True)
class CompareRow:
    """A capability against the profiles; a cell is None where a profile does not hold it."""

    code: str
    text: str
    href: str
    cells: tuple[Cell | None, ...]
    difference: str


@dataclass(frozen=True)
class RowGroup:
    """The capabilities that all, some or one of the profiles hold. ``holder`` names the one."""

    title: str
    rows: tuple[CompareRow, ...]


@dataclass(frozen=True)
class CompareColumn:
    """One of the profiles compared."""

    head: Head
    href: str
    own: int
    ksbs: str
    nearest: tuple[NearestStandard, ...]
    has_run: bool
    remove_href: str
    earlier_href: str | None
    later_href: str | None


@dataclass(frozen=True)
class PairLine:
    """Two of the profiles: what they share in counts and words."""

    label: str
    share: str
    share_percent: float
    words: str
    ksbs: str


@dataclass(frozen=True)
class Side:
    """A profile with what is held of it, on its way to a column."""

    profile: Profile
    members: Mapping[uuid.UUID, ProfileCapability]
    ksbs: Ksbs

    @property
    def levels(self) -> dict[uuid.UUID, int]:
        """Return the level of each capability."""
        return {one: member.level for one, member in self.members.items()}

    @property
    def ksb_texts(self) -> set[WordingKey]:
        """Return the accepted KSBs, each wording once."""
        return {
            wording_key(one.kind, one.text)
            for statement_id in self.members
            for one in self.ksbs[statement_id]
        }


def statements_in(sides: Sequence[Side]) -> list[CapabilityStatement]:
    """Return the capabilities that any of the profiles holds, by code."""
    found = {one.statement_id: one.statement for side in sides for one in side.members.values()}
    return sorted(found.values(), key=lambda one: (len(one.code), one.code))


def table_of(sides: Sequence[Side]) -> tuple[Row, ...]:
    """Return a row for each capability, by code."""
    return rows_of([one.id for one in statements_in(sides)], [side.levels for side in sides])


def row_groups(sides: Sequence[Side], only: str) -> tuple[RowGroup, ...]:
    """Return the rows under what is shared and what is not; ``only`` leaves others out."""
    rows = [row for row in table_of(sides) if _is_asked_for(row, only)]
    statements = {one.id: one for one in statements_in(sides)}
    groups: dict[str, list[CompareRow]] = {}
    for kind in Kind:
        for row in sorted((one for one in rows if one.kind == kind), key=_holder):
            title = _title(row, sides)
            groups.setdefault(title, []).append(_row(row, sides, statements[row.statement_id]))
    return tuple(RowGroup(title, tuple(own)) for title, own in groups.items())


def _is_asked_for(row: Row, only: str) -> bool:
    if only == "different":
        return row.apart > 0
    return only != "shared" or row.kind != Kind.ONE


def _holder(row: Row) -> int:
    """Return which profile holds it alone, so that each one's own stand together."""
    if row.kind != Kind.ONE:
        return 0
    return next(at for at, level in enumerate(row.levels) if level is not None)


def _title(row: Row, sides: Sequence[Side]) -> str:
    if row.kind == Kind.ONE:
        holder = sides[_holder(row)].profile
        return f"Only in {holder.code} {holder.name}"
    if row.kind == Kind.ALL and len(sides) == 2:
        return "Shared by both"
    return TITLES[row.kind]


def _row(row: Row, sides: Sequence[Side], statement: CapabilityStatement) -> CompareRow:
    href = url_for("statements.show", cycle_id=statement.cycle_id, statement_id=statement.id)
    cells = tuple(_cell(side, statement.id) for side in sides)
    return CompareRow(statement.code, statement.text, href, cells, difference_words(row))


def _cell(side: Side, statement_id: uuid.UUID) -> Cell | None:
    member = side.members.get(statement_id)
    if member is None:
        return None
    return Cell(
        side.profile.code,
        PROFICIENCY_LETTERS[member.level],
        PROFICIENCY_WORDS[member.level],
        shows_provisional(side.profile, member),
    )


def difference_words(row: Row) -> str:
    """Return whether its levels agree: nothing to say of what one profile holds alone."""
    if row.kind == Kind.ONE:
        return ""
    if not row.apart:
        return "same level"
    return "one level apart" if row.apart == 1 else "two levels apart"


def columns_of(
    cycle_id: uuid.UUID,
    sides: Sequence[Side],
    heads: Sequence[Head],
    nearest: Mapping[uuid.UUID, NearestStandards],
) -> tuple[CompareColumn, ...]:
    """Return the columns, each with the addresses that take it out or move it along."""
    ids = [str(side.profile.id) for side in sides]
    rows = table_of(sides)
    return tuple(
        CompareColumn(
            head=heads[at],
            href=url_for("profiles.show", cycle_id=cycle_id, profile_id=side.profile.id),
            own=sum(row.kind == Kind.ONE and row.levels[at] is not None for row in rows),
            ksbs=ksb_words({one: side.ksbs[one] for one in side.members}) or "none accepted yet",
            nearest=_best(nearest.get(side.profile.id)),
            has_run=side.profile.id in nearest,
            remove_href=_address(cycle_id, ids[:at] + ids[at + 1 :]),
            earlier_href=_address(cycle_id, _swapped(ids, at - 1)) if at else None,
            later_href=_address(cycle_id, _swapped(ids, at)) if at + 1 < len(ids) else None,
        )
        for at, side in enumerate(sides)
    )


def _best(found: NearestStandards | None) -> tuple[NearestStandard, ...]:
    return found.standards[:3] if found else ()


def _swapped(ids: Sequence[str], at: int) -> list[str]:
    return [*ids[:at], ids[at + 1], ids[at], *ids[at + 2 :]]


def _address(cycle_id: uuid.UUID, ids: Sequence[str]) -> str:
    return url_for("profiles.compare", cycle_id=cycle_id, profile=list(ids))


def pair_lines(sides: Sequence[Side]) -> tuple[PairLine, ...]:
    """Return each pair with what the two share."""
    return tuple(_pair(left, right) for left, right in combinations(sides, 2))


def _pair(left: Side, right: Side) -> PairLine:
    found = overlap(left.levels, right.levels)
    shared, either = left.ksb_texts & right.ksb_texts, left.ksb_texts | right.ksb_texts
    return PairLine(
        label=f"{left.profile.code} and {right.profile.code}",
        share=percent(found.share),
        share_percent=100 * found.share,
        words=shared_words(found),
        ksbs=f"{len(shared)} of {len(either)} shared" if either else "none accepted yet",
    )


def download_rows(sides: Sequence[Side]) -> Iterable[tuple[str | int | None, ...]]:
    """Return the rows of the table to download: capability, place, levels, what they share."""
    statements = {one.id: one for one in statements_in(sides)}
    for row in table_of(sides):
        statement, area = statements[row.statement_id], statements[row.statement_id].area
        letters = (None if level is None else PROFICIENCY_LETTERS[level] for level in row.levels)
        holders = sum(level is not None for level in row.levels)
        place = (area.function, area.domain, area.name) if area else (None, None, None)
        said = difference_words(row)
        yield (statement.code, statement.text, *place, *letters, holders, said)
