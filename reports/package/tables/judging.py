"""How the panel judged each capability at each role level, round by round."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from consensus.scale import PROFICIENCY_WORDS
from reports.package.contents import Contents
from reports.package.fields import Field, Refers, Table, day, flag, number, text, whole
from reports.package.tables.capabilities import TO_CAPABILITY
from reports.results.records import CellLine, GroupCounts, RoundCounts

GROUP = "How it was judged"
TO_LEVEL = Refers(("role_level",), "role-levels", ("name",))
TO_CELL = Refers(("capability", "role_level"), "cells", ("capability", "role_level"))
CELL = ("capability", "role_level")
WITHHELD = "empty where too few rated to show it"


def counts(read: Callable[[Any], Sequence[int]]) -> tuple[Field[Any], ...]:
    """Return a field for each answer of the scale."""

    def count(at: int) -> Callable[[Any], int | None]:
        return lambda row: read(row)[at] if read(row) else None

    return tuple(
        whole(word.lower().replace(" ", "_"), f"How many said {word}; {WITHHELD}.", count(at))
        for at, word in enumerate(PROFICIENCY_WORDS)
    )


def rounds_of(contents: Contents) -> Iterator[tuple[CellLine, RoundCounts]]:
    """Yield each cell with each of its rounds."""
    for cell in contents.results.detail.cells:
        for each in cell.history:
            yield cell, each


def groups_of(contents: Contents) -> Iterator[tuple[CellLine, GroupCounts]]:
    """Yield each cell with each part of the panel that may be shown."""
    for cell in contents.results.detail.cells:
        for each in cell.groups:
            yield cell, each


def reasons_of(contents: Contents) -> Iterator[tuple[CellLine, int, str]]:
    """Yield each cell with each reason given for answers to it."""
    for cell in contents.results.detail.cells:
        for position, reason in enumerate(cell.reasons, 1):
            yield cell, position, reason


def _cell_fields(of: Callable[[Any], CellLine]) -> tuple[Field[Any], ...]:
    return (
        text("capability", "The capability's code.", lambda row: of(row).code),
        text("role_level", "The role level.", lambda row: of(row).role_level),
    )


TABLES: tuple[Table[Any], ...] = (
    Table(
        name="role-levels",
        title="Role levels",
        about="The levels of responsibility that were asked about.",
        group=GROUP,
        fields=(
            text("name", "The role level."),
            text("description", "Who is meant."),
            whole("academic_level", "The academic level it stands for; empty where none was set."),
        ),
        rows=lambda it: it.results.document.subject.role_levels,
        key=("name",),
    ),
    Table(
        name="workshops",
        title="Workshops",
        about="The workshops, and when they ran.",
        group=GROUP,
        fields=(
            whole("position", "Its place in the list.", lambda row: row[0]),
            text("kind", "What people did there.", lambda row: row[1].kind),
            text("title", "Its title.", lambda row: row[1].title),
            text("state", "Planned, open or closed.", lambda row: row[1].state),
            day("opened_on", "The day it opened.", lambda row: row[1].opened_on),
            day("closed_on", "The day it closed.", lambda row: row[1].closed_on),
        ),
        rows=lambda it: enumerate(it.results.document.agreement.workshops, 1),
        key=("position",),
    ),
    Table(
        name="rounds",
        title="Rounds",
        about="The rounds of the workshops: how many were asked, and how many answered.",
        group=GROUP,
        fields=(
            whole("position", "Its place in the list.", lambda row: row[0]),
            text("workshop", "The workshop's title.", lambda row: row[1].workshop),
            whole("round", "The round's number.", lambda row: row[1].number),
            day("opened_on", "The day it opened.", lambda row: row[1].opened_on),
            day("closed_on", "The day it closed.", lambda row: row[1].closed_on),
            whole("asked", "Items asked.", lambda row: row[1].asked),
            whole("invited", "People invited while it ran.", lambda row: row[1].invited),
            whole("answered", "People who answered.", lambda row: row[1].answered),
            whole("agreed", "Items that it closed as agreed.", lambda row: row[1].agreed),
            whole("still_open", "Items that it did not close.", lambda row: row[1].still_open),
        ),
        rows=lambda it: enumerate(it.results.document.agreement.rounds, 1),
        key=("position",),
    ),
    Table(
        name="cells",
        title="Cells",
        about="Each judged capability at each role level: its verdict, and what holds.",
        group=GROUP,
        fields=(
            *_cell_fields(lambda row: row),
            text("outcome", "The verdict in words."),
            text("voted", "The level it came to."),
            text("holds", "The level that goes into profiles."),
            text("closing", "Why it was asked no more."),
            text("decision", "The convener's reason, where the convener decided."),
            whole("n", f"How many rated; {WITHHELD}."),
            *counts(lambda row: row.counts),
            whole("abstained", f"How many could not judge; {WITHHELD}."),
            flag("is_finished", "It is asked no more."),
            flag("is_settled", "A level holds."),
            flag("is_agreed", "The panel agreed."),
            flag("is_provisional", "The level is provisional."),
            flag("is_decided", "The convener decided."),
            flag("is_fragile", "Leaving out any one rater would change the verdict."),
            flag("is_two_camps", "The panel is in two camps."),
            flag("is_stable", "It hardly moved since the round before; empty in its first."),
            number("agreement", "Van der Eijk's agreement, from -1 to 1."),
            number("consensus", "Tastle and Wierman's consensus, from 0 to 1."),
            number("luck", "The chance that a panel answering at random would agree."),
            text("lower_median", "The lower median."),
            text("upper_median", "The upper median."),
            text("minority", "Who stood apart, where asking stopped in stable dissent."),
        ),
        rows=lambda it: it.results.detail.cells,
        key=CELL,
        refers=(TO_CAPABILITY, TO_LEVEL),
    ),
    Table(
        name="cell-rounds",
        title="Cells by round",
        about="What each round made of each cell.",
        group=GROUP,
        fields=(
            *_cell_fields(lambda row: row[0]),
            whole("round", "The round's number.", lambda row: row[1].number),
            whole("n", f"How many rated; {WITHHELD}.", lambda row: row[1].n),
            *counts(lambda row: row[1].counts),
            text("outcome", "The verdict in words.", lambda row: row[1].outcome),
        ),
        rows=rounds_of,
        key=(*CELL, "round"),
        refers=(TO_CELL,),
    ),
    Table(
        name="cell-groups",
        title="Cells by part of the panel",
        about="What each part of the panel said of each cell in its last round.",
        group=GROUP,
        fields=(
            *_cell_fields(lambda row: row[0]),
            text("part", "The part of the panel.", lambda row: row[1].name),
            *counts(lambda row: row[1].counts),
        ),
        rows=groups_of,
        key=(*CELL, "part"),
        refers=(TO_CELL,),
    ),
    Table(
        name="cell-reasons",
        title="Reasons",
        about="Reasons given for answers to a cell, nobody named.",
        group=GROUP,
        fields=(
            *_cell_fields(lambda row: row[0]),
            whole("position", "Its place in the list.", lambda row: row[1]),
            text("reason", "What was written.", lambda row: row[2]),
        ),
        rows=reasons_of,
        key=(*CELL, "position"),
        refers=(TO_CELL,),
    ),
)
"""The tables of how the panel judged."""
