"""What the attrition panel is given: counts, bars and sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from consensus.attrition import Attrition
from workshop.attrition.leaving import Leaving, leaving_of
from workshop.attrition.turnout import Part, Turnout, turnouts_of
from workshop.rooms.disclosure import SMALLEST_GROUP
from workshop.rooms.models import Workshop
from workshop.rooms.next_actions import href_of

UNLIKELY = 0.05


@dataclass(frozen=True)
class PartCell:
    """A part of the panel in one round, in numbers and words; ``asked`` is 0 where it was not."""

    finished: int
    asked: int
    words: str
    is_withheld: bool


@dataclass(frozen=True)
class PartLine:
    """A part of the panel over the rounds, one cell a round."""

    name: str
    cells: tuple[PartCell, ...]


@dataclass(frozen=True)
class RoundLine:
    """A round of the table: of ``asked`` people, how far they came."""

    number: int
    state: str
    asked: int
    not_started: int
    unfinished: int
    finished: int
    reminders: int


@dataclass(frozen=True)
class Distance:
    """One bar: how far from the median people stood in round 1, of the widest of the two."""

    name: str
    people: int
    value: float
    text: str


@dataclass(frozen=True)
class AttritionPage:
    """The attrition panel of a workshop."""

    title: str
    workshop_href: str
    rounds: tuple[RoundLine, ...]
    parts: tuple[PartLine, ...]
    people_words: str
    distances: tuple[Distance, ...]
    widest: float
    comparison_words: str
    sensitivity_words: tuple[str, ...]
    smallest: int
    turnout_downloads: tuple[tuple[str, str], ...]
    leavers_downloads: tuple[tuple[str, str], ...]


def attrition_page(workshop: Workshop) -> AttritionPage:
    """Return the panel of a workshop as it stands."""
    turnouts, leaving = turnouts_of(workshop), leaving_of(workshop)
    distances = _distances(leaving.comparison) if leaving and leaving.comparison else ()
    return AttritionPage(
        title=workshop.title,
        workshop_href=href_of(workshop),
        rounds=tuple(_line(one) for one in turnouts),
        parts=_parts(turnouts),
        people_words=_people_words(leaving) if leaving else "",
        distances=distances,
        widest=max((one.value for one in distances), default=0),
        comparison_words=_comparison_words(leaving) if leaving else "",
        sensitivity_words=_sensitivity_words(leaving) if leaving else (),
        smallest=SMALLEST_GROUP,
        turnout_downloads=_downloads(workshop, "turnout"),
        leavers_downloads=_downloads(workshop, "leavers") if distances else (),
    )


def _downloads(workshop: Workshop, table: str) -> tuple[tuple[str, str], ...]:
    here: dict[str, Any] = {"cycle_id": workshop.cycle_id, "workshop_id": workshop.id}
    return tuple(
        (kind.upper(), url_for("attrition.download", **here, table=table, kind=kind))
        for kind in ("csv", "xlsx")
    )


def _line(one: Turnout) -> RoundLine:
    return RoundLine(
        number=one.number,
        state=one.state.value,
        asked=one.asked,
        not_started=one.not_started,
        unfinished=one.unfinished,
        finished=one.finished,
        reminders=one.reminders,
    )


def _parts(turnouts: Sequence[Turnout]) -> tuple[PartLine, ...]:
    names = dict.fromkeys(part.name for one in turnouts for part in one.parts)
    by_round = [{part.name: part for part in one.parts} for one in turnouts]
    return tuple(
        PartLine(name, tuple(_cell(parts.get(name)) for parts in by_round))
        for name in sorted(names)
    )


def _cell(part: Part | None) -> PartCell:
    if part is None:
        return PartCell(0, 0, "Not asked", is_withheld=False)
    if part.counts is None:
        return PartCell(0, 0, "Withheld", is_withheld=True)
    not_started, unfinished, finished = part.counts
    others = ((not_started, "not started"), (unfinished, "unfinished"))
    words = ", ".join(f"{many} {what}" for many, what in others if many)
    return PartCell(finished, sum(part.counts), words, is_withheld=False)


def _people_words(leaving: Leaving) -> str:
    everybody = leaving.leavers + leaving.stayers
    if not leaving.leavers:
        return (
            f"All {everybody} who answered in round 1 answered in round {leaving.last_number} "
            "too. Nobody left."
        )
    return (
        f"{leaving.leavers} of the {everybody} who answered in round 1 gave no answer in round "
        f"{leaving.last_number}."
    )


def _distances(found: Attrition) -> tuple[Distance, ...]:
    pairs = (
        ("Left", found.leavers, found.leavers_distance),
        ("Stayed", found.stayers, found.stayers_distance),
    )
    return tuple(Distance(name, many, away, f"{away:.2f}") for name, many, away in pairs)


def _comparison_words(leaving: Leaving) -> str:
    found = leaving.comparison
    if found is None:
        if not leaving.leavers:
            return ""
        return (
            f"Fewer than {SMALLEST_GROUP} left or stayed, or came and went since the round before, "
            "so where they stood is not shown: it would say what one person answered."
        )
    gap = found.leavers_distance - found.stayers_distance
    where = "further from" if gap > 0 else "nearer to" if gap < 0 else "as far from"
    than = "as" if gap == 0 else "than"
    said = f"In round 1 the leavers stood {where} the median {than} those who stayed."
    p = found.comparison.p_value
    if p >= UNLIKELY:
        return f"{said} Chance alone makes such a difference often (p = {p:.2f})."
    warning = " Agreement in the later rounds is partly owed to their leaving." if gap > 0 else ""
    return f"{said} Chance alone makes such a difference rarely (p = {p:.3f}).{warning}"


def _sensitivity_words(leaving: Leaving) -> tuple[str, ...]:
    found = leaving.sensitivity
    if found is None or not found.items:
        return ()
    return (
        f"{_verdicts(found.complete)} of {found.items} would differ if only those counted who "
        "answered the item in every round.",
        f"{_verdicts(found.carried)} of {found.items} would differ if the last answer of those who "
        "left were carried forward.",
    )


def _verdicts(number: int) -> str:
    return "1 verdict" if number == 1 else f"{number or 'No'} verdicts"
