"""Where items are shared out: the capabilities that fewer have answered than were asked for."""

from dataclasses import dataclass

from workshop.rooms.coverage import Covered, coverage_of
from workshop.rooms.models import Round, Workshop


@dataclass(frozen=True)
class AssignedView:
    """The table: the capabilities furthest from ``wanted`` answers first."""

    wanted: int
    asked: int
    complete: int
    lines: tuple[Covered, ...]


def assigned_view(workshop: Workshop, round_: Round) -> AssignedView | None:
    """Return what is short of answers, or None where everybody is asked everything."""
    wanted = workshop.raters_per_item
    if wanted is None:
        return None
    found = coverage_of(round_)
    short = [one for one in found if one.answered < wanted]
    short.sort(key=lambda one: one.answered)
    return AssignedView(wanted, len(found), len(found) - len(short), tuple(short))
