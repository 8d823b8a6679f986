"""Every table of a report as a workbook: numbers as numbers, beside them the words where they say
more. Nothing is counted here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cycles.core.downloads import Cell as Value
from cycles.core.downloads import Sheet, workbook_bytes
from reports.document.body.blocks import Cell, Column, Table
from reports.document.edition import Edition

PER_CENT = "%"
BETWEEN = "; "


@dataclass(frozen=True)
class Taken:
    """A column as a spreadsheet has it. ``words`` is what the report prints beside the number."""

    column: Column
    cells: Sequence[Cell]

    @property
    def is_number(self) -> bool:
        """Say whether every cell that says something holds a number."""
        said = [each for each in self.cells if any(letter.isalnum() for letter in each.words)]
        return bool(said) and all(each.value is not None for each in said)

    @property
    def heading(self) -> str:
        """Return its heading, with the sign of the unit where its numbers are per cent."""
        shares = self.is_number and any(_is_share(each) for each in self.cells)
        return f"{self.column.title} (%)" if shares else self.column.title

    @property
    def says_more(self) -> bool:
        """Say whether the words of some cell hold more than its number."""
        return self.is_number and any(_says_more(each) for each in self.cells)


def tables_file(edition: Edition) -> bytes:
    """Return the tables as a workbook: what there is first, then a sheet for each."""
    return workbook_bytes([_contents(edition), *_sheets(edition)])


def _contents(edition: Edition) -> Sheet:
    subject, numbers = edition.document.subject, edition.numbers.tables
    about: list[list[Value]] = [
        ["Cycle", subject.title],
        ["Findings as of", edition.taken],
        ["Snapshot", edition.document.number],
        ["SHA-256 of the snapshot", edition.digest],
        ["State", "Draft, not for publication" if edition.is_draft else "Published"],
    ]
    if subject.is_demonstration:
        about.append(["Data", "A demonstration: illustrative data, simulated raters"])
    rows: list[list[Value]] = [
        [f"Table {numbers[key]}", table.caption, len(table.rows)]
        for key, table in edition.tables.items()
    ]
    heads = ["What", "Says", "Rows"]
    return Sheet("Contents", heads, [*([*each, None] for each in about), *rows])


def _sheets(edition: Edition) -> Iterator[Sheet]:
    for key, table in edition.tables.items():
        taken = [
            Taken(column, [row[at] for row in table.rows])
            for at, column in enumerate(table.columns)
        ]
        yield Sheet(
            f"{edition.numbers.tables[key]} {table.caption}",
            [heading for each in taken for heading in _headings(each)],
            _rows(table, taken),
        )


def _rows(table: Table, taken: Sequence[Taken]) -> list[Sequence[Value]]:
    if not table.rows:
        return [[table.empty]]
    return list(zip(*(values for each in taken for values in _values(each)), strict=True))


def _headings(taken: Taken) -> list[str]:
    printed = [f"{taken.column.title}, as printed"] if taken.says_more else []
    return [taken.heading, *printed]


def _values(taken: Taken) -> list[list[Value]]:
    words: list[Value] = [BETWEEN.join(each.words.splitlines()) for each in taken.cells]
    numbers: list[Value] = [each.value for each in taken.cells]
    if not taken.is_number:
        return [words]
    return [numbers, words] if taken.says_more else [numbers]


def _is_share(cell: Cell) -> bool:
    return cell.value is not None and PER_CENT in cell.words


def _says_more(cell: Cell) -> bool:
    if cell.value is None:
        return any(letter.isalnum() for letter in cell.words)
    plain = cell.words.replace("\u00a0", "").replace(PER_CENT, "").replace(",", "").strip()
    return plain not in (f"{cell.value}", f"{cell.value:.1f}")
