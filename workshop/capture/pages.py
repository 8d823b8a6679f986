"""What the capture pages show: frozen contexts. No permission is judged here."""

from dataclasses import dataclass

from flask import url_for

from cycles.classification.models import Area
from cycles.library.models import LibraryStatement
from cycles.semantics.nearest import Method
from cycles.statements.forms import StatementForm
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.nearby import Nearby
from cycles.statements.pages import StatementLine, line_of, source_of
from cycles.statements.queries import merged_into

METHOD_WORDS = {
    Method.WORDS: "Compared by words, not by meaning.",
    Method.MEANING: "Compared by meaning.",
}
MOST_MEANINGS = 6


@dataclass(frozen=True)
class NearLine:
    """A statement near to what is being typed."""

    code: str
    text: str
    place: str
    source: str
    percent: int
    looks_the_same: bool
    href: str


@dataclass(frozen=True)
class NearestFragment:
    """The nearest existing statements, and how they were found."""

    has_text: bool
    method: str
    own: tuple[NearLine, ...]
    library: tuple[NearLine, ...]
    warning: str


@dataclass(frozen=True)
class AreasFragment:
    """The select of areas, narrowed by what is typed, with what the areas mean."""

    form: StatementForm
    meanings: tuple[tuple[str, str], ...]
    told: str


@dataclass(frozen=True)
class MyLine:
    """A statement of mine: what became of it, and whether I may still change it."""

    line: StatementLine
    fate: str
    edit_href: str
    withdraw_action: str
    may_change: bool


@dataclass(frozen=True)
class CapturePage:
    """The form, what is near, and what I have submitted."""

    form: StatementForm
    areas: AreasFragment
    nearest: NearestFragment
    mine: tuple[MyLine, ...]
    shut_because: str
    workshop_title: str
    summary: str
    mine_href: str
    shows_form: bool
    shortest: int
    longest: int
    editing: str
    action: str
    nearest_href: str
    areas_href: str
    from_library: bool


def near_fragment(nearby: Nearby, *, has_text: bool, use_endpoint: str) -> NearestFragment:
    """Return what is near as lines; a library line's address fills the form with it."""
    own = tuple(
        NearLine(
            code=near.statement.code,
            text=near.statement.text,
            place=_place(near.statement.area),
            source="",
            percent=near.percent,
            looks_the_same=near.looks_the_same,
            href="",
        )
        for near in nearby.own
    )
    alike = next((line.code for line in own if line.looks_the_same), "")
    return NearestFragment(
        has_text=has_text,
        method=_method(nearby),
        own=own,
        library=tuple(
            _library_line(near.record, near.percent, use_endpoint) for near in nearby.library
        ),
        warning=f"This looks like {alike}." if alike else "",
    )


def _method(nearby: Nearby) -> str:
    why = nearby.because
    told = METHOD_WORDS[nearby.method]
    return f"{told} {why[0].upper()}{why[1:]}." if why else told


def areas_fragment(
    form: StatementForm, found: list[Area], everything: list[Area], asked: str
) -> AreasFragment:
    """Return the select with what the areas found mean, or the chosen one when none is asked."""
    if asked:
        told = f"{len(found)} of {len(everything)} areas match."
        meant = found[:MOST_MEANINGS]
    else:
        told = ""
        meant = [area for area in everything if str(area.id) == form.area.data]
    meanings = tuple((f"{area.domain} › {area.name}", area.definition) for area in meant)
    return AreasFragment(form, meanings, told)


def my_line(statement: CapabilityStatement, *, is_open: bool) -> MyLine:
    """Return one of my statements, with what became of it."""
    cycle_id, statement_id = statement.cycle_id, statement.id
    fate = ""
    if statement.status == StatementStatus.MERGED:
        fate = f"into {merged_into(statement)[-1].code}"
    return MyLine(
        line=line_of(statement),
        fate=fate,
        edit_href=url_for("capture.edit", cycle_id=cycle_id, statement_id=statement_id),
        withdraw_action=url_for("capture.withdraw", cycle_id=cycle_id, statement_id=statement_id),
        may_change=is_open and statement.status == StatementStatus.SUBMITTED,
    )


def _library_line(record: LibraryStatement, percent: int, use_endpoint: str) -> NearLine:
    return NearLine(
        code="",
        text=record.text,
        place=_place(record.area),
        source=source_of(record),
        percent=percent,
        looks_the_same=False,
        href=f"{use_endpoint}?library={record.id}",
    )


def _place(area: Area | None) -> str:
    return f"{area.function} › {area.domain} › {area.name}" if area else ""
