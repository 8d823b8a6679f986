"""A comparison as one table, a line for each thing that differs, to be taken away. Pure."""

from collections.abc import Iterable, Iterator

from reports.document.comparing import Comparison
from reports.document.comparing.tables import TableChange
from reports.document.comparing.words import WordsChange
from reports.narrative.history import Piece

HEADINGS = ("What", "Where", "Row", "Column", "Before", "After", "Difference")
Line = tuple[str, str, str, str, str, str, str]


def lines_of(found: Comparison) -> Iterator[Line]:
    """Yield a line for each difference, under ``HEADINGS``."""
    for ground in found.grounds:
        if not ground.is_same:
            yield ("Rests on", ground.label, "", "", ground.before, ground.after, "")
    for number in found.numbers:
        yield (
            *("Number", number.name, number.meaning, ""),
            *(number.before, number.after, number.difference),
        )
    for table in found.tables:
        yield from _table_lines(table)
    for figure in found.figures:
        before, after = _sides(figure.pieces)
        yield (f"Figure {figure.standing}", figure.title, "", "", before, after, "")
    yield from _words_lines("Prose", found.prose)
    yield from _words_lines("Report's words", found.words)


def _table_lines(table: TableChange) -> Iterator[Line]:
    if table.standing != "changed":
        yield (f"Table {table.standing}", table.caption, "", "", "", "", "")
    for column in table.columns_came:
        yield ("Column new", table.caption, "", column, "", "", "")
    for column in table.columns_gone:
        yield ("Column gone", table.caption, "", column, "", "", "")
    for row in table.came:
        yield ("Row new", table.caption, row.heading, "", "", row.words, "")
    for row in table.gone:
        yield ("Row gone", table.caption, row.heading, "", row.words, "", "")
    for cell in table.cells:
        yield (
            *("Cell", table.caption, cell.row, cell.column),
            *(cell.before, cell.after, cell.difference),
        )


def _words_lines(what: str, changes: Iterable[WordsChange]) -> Iterator[Line]:
    for change in changes:
        for passage in change.passages:
            before, after = _sides(passage)
            yield (what, change.place, "", "", before, after, "")


def _sides(found: tuple[Piece, ...]) -> tuple[str, str]:
    before = " ".join(each.words for each in found if each.kind != "new")
    return before, " ".join(each.words for each in found if each.kind != "gone")
