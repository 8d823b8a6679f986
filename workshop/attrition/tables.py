"""The tables of the attrition panel as people download them."""

from cycles.core.downloads import Cell
from workshop.attrition.leaving import leaving_of
from workshop.attrition.turnout import turnouts_of
from workshop.rooms.models import Workshop

Table = tuple[tuple[str, ...], list[tuple[Cell, ...]]]
EVERYBODY = "Everybody"


def turnout_table(workshop: Workshop) -> Table:
    """Return how far people came in each round, as a whole and by parts where they may be told."""
    headings = ("Round", "State", "Part of the panel", "Asked", "Not started", "Unfinished")
    rows: list[tuple[Cell, ...]] = []
    for one in turnouts_of(workshop):
        state = (one.number, one.state.value)
        counts = (one.not_started, one.unfinished, one.finished)
        rows.append((*state, EVERYBODY, one.asked, *counts, one.reminders))
        for part in one.parts:
            shown: tuple[Cell, ...] = (None,) * 4
            if part.counts is not None:
                shown = (sum(part.counts), *part.counts)
            rows.append((*state, part.name, *shown, None))
    return (*headings, "Finished", "Reminders sent"), rows


def leavers_table(workshop: Workshop) -> Table:
    """Return leavers beside stayers; no rows where too few left to say anything of them."""
    headings = ("Measure", "Left", "Stayed")
    found = leaving_of(workshop)
    if found is None or found.comparison is None or found.sensitivity is None:
        return headings, []
    one, other = found.comparison, found.sensitivity
    rows: list[tuple[Cell, ...]] = [
        ("People", one.leavers, one.stayers),
        ("Mean distance to the median in round 1", one.leavers_distance, one.stayers_distance),
        ("Cliff's delta of the distances", one.comparison.delta, None),
        ("p of the difference", one.comparison.p_value, None),
        ("Items asked more than once", other.items, None),
        ("Verdicts that differ, complete cases", other.complete, None),
        ("Verdicts that differ, last answer carried forward", other.carried, None),
    ]
    return headings, rows


TABLES = {"turnout": turnout_table, "leavers": leavers_table}
