"""Holding what was printed against what must stand there. Every difference is a sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from tests.reports.printed import Printed, PrintedTable, bare
from tests.reports.printed_ledger import KINDS, SOME, Json, Row, called_for, names_of, phrases
from tests.reports.printed_sentences import CLAIMS, DRAFTED, METHOD, Claim, drawn

NUMBER = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])")

# A label with its number, K12, is held as well, though it counts nothing.
COUNTED = re.compile(rf"{NUMBER.pattern}|\b[KSB]\d+\b")


@dataclass
class Held:
    """How many numbers were held, and what was found wrong."""

    count: int = 0
    wrong: list[str] = field(default_factory=list)


def hold_tables(
    tables: list[PrintedTable], expected: dict[str, list[Row]], whole: Json, words: str
) -> Held:
    """Hold every table; ``words`` are the snapshot's own texts, names with their digits in them."""
    held = Held()
    for at, table in enumerate(tables, 1):
        if table.number != at:
            held.wrong.append(f"Table {table.number} stands {at}th")
        if table.caption in expected:
            _hold_rows(table, expected[table.caption], whole, held)
        _hold_the_rest(table, expected.get(table.caption, []), words, held)
    return held


def _hold_rows(table: PrintedTable, rows: list[Row], whole: Json, held: Held) -> None:
    said = [dict(zip(map(bare, table.heads), row, strict=False)) for row in table.rows]
    if not rows and len(table.rows) == 1:
        return  # it says that there is nothing
    if table.caption in SOME:
        rows = _found(rows, said, whole, table.caption, held)
    if len(rows) != len(said):
        held.wrong.append(f"{table.caption}: {len(said)} rows, {len(rows)} expected")
    for row, printed in zip(rows, said, strict=False):
        for column, wanted in row.items():
            _hold_cell(table, printed, column, wanted, held)


def _hold_cell(table: PrintedTable, printed: Row, column: str, wanted: str, held: Held) -> None:
    row = printed[bare(table.heads[0])]
    if column.startswith("~"):
        _hold_votes(table, printed, column[1:], wanted, held)
    elif bare(column) not in printed:
        held.wrong.append(f"{table.caption}: no column {column}")
    elif bare(printed[bare(column)]) != bare(wanted):
        said = printed[bare(column)]
        held.wrong.append(f"{table.caption}, {row}, {column}: “{said}”, expected “{wanted}”")
    else:
        held.count += len(COUNTED.findall(wanted))


def _hold_votes(table: PrintedTable, printed: Row, column: str, wanted: str, held: Held) -> None:
    """Hold what a cell tells of a vote, where it tells of it: ``25 of 26``."""
    for votes in re.findall(r"\d+ of \d+", printed[bare(column)].partition("Dissent:")[0]):
        if votes in wanted:
            held.count += 2
        else:
            held.wrong.append(
                f"{table.caption}: “{printed[bare(column)]}”, the vote was “{wanted}”"
            )


def _found(rows: list[Row], said: list[Row], whole: Json, caption: str, held: Held) -> list[Row]:
    """Return the expected rows that are printed, in their order; some have to be."""
    heads = {bare(next(iter(each.values()))) for each in said}
    kept = [row for row in rows if bare(next(iter(row.values()))) in heads]
    for row in rows:
        if SOME[caption](whole, row) and row not in kept:
            held.wrong.append(f"{caption}: no row {row}")
    return kept


def _hold_the_rest(table: PrintedTable, rows: list[Row], words: str, held: Held) -> None:
    """Hold cells of words: their digits stand in a text of the snapshot, or they are wrong."""
    told = {bare(column) for row in rows for column in row}
    for row in table.rows:
        for column, cell in zip(table.heads, row, strict=False):
            if bare(column) in told or not NUMBER.search(cell):
                continue
            for piece in pieces_with_numbers(cell):
                if bare(piece).lower() not in words:
                    held.wrong.append(f"{table.caption}, {row[0]}, {column}: “{piece}” is nowhere")
                else:
                    held.count += len(NUMBER.findall(piece))


def pieces_with_numbers(text: str) -> Iterator[str]:
    """Yield the parts of a cell between full stops, semicolons and brackets that hold numbers."""
    for piece in re.split(r"(?<=[.;:])\s|[()“”]", text):
        if NUMBER.search(piece):
            yield piece.strip(" .;:,")


def words_of(whole: Json) -> str:
    """Return every text that the snapshot holds and every phrase made of them, to be looked in."""
    return "\n".join(bare(each).lower() for each in (*texts_of(whole), *phrases(whole)))


def texts_of(found: object) -> Iterator[str]:
    """Yield every text that the snapshot holds."""
    if isinstance(found, dict):
        for name, each in found.items():
            if name != "narrative":
                yield from texts_of(each)
    elif isinstance(found, list):
        for each in found:
            yield from texts_of(each)
    elif isinstance(found, str):
        yield found


def hold_statements(found: Printed, whole: Json) -> Held:
    """Hold the numbered statements of section 4.12: each stands under its label, and no more do."""
    held = Held()
    texts = [text for name, text in found.sections.items() if name.startswith("4.12 ")]
    said = bare("".join(texts)).casefold()
    numbers = called_for(whole)
    for _, letter, kind in KINDS:
        for words, number in numbers[kind].items():
            held.count += 1
            if bare(f"{letter}{number} {words}").casefold() not in said:
                held.wrong.append(f"no {letter}{number} {words}")
        labels = [int(each) for text in texts for each in re.findall(rf"\b{letter}(\d+) ", text)]
        if numbers[kind] and max(labels, default=0) != len(numbers[kind]):
            held.wrong.append(f"{letter}: {max(labels, default=0)} for {len(numbers[kind])}")
    return held


REFERENCE = re.compile(r"\b(Figure|Table|[Ss]ection) (\d+(?:\.\d+)?)")


def hold_sentences(found: Printed, whole: Json, words: str, only: str = "") -> Held:
    """Hold every number outside tables: by a claim, a reference or a text of the snapshot.

    ``only`` names the one section to hold.
    """
    held, names = Held(), sorted(filter(NUMBER.search, names_of(whole)), key=len, reverse=True)
    for name, text in found.sections.items():
        if only and name != only:
            continue
        left = _hold_claims(name, text, whole, held)
        left = _hold_references(name, left, found, held)
        _hold_texts(name, left, words, names, held)
    for claim in CLAIMS:
        if claim.is_each:
            _hold_each(claim, found, whole, held)
    return held


def _hold_claims(name: str, text: str, whole: Json, held: Held) -> str:
    """Return what no claim speaks of."""
    for claim in (*DRAFTED, *CLAIMS):
        matches = list(re.finditer(claim.pattern, text))
        if matches:
            wanted = {tuple(map(bare, each)) for each in claim.values(whole)}
            for match in matches:
                if tuple(bare(each or "") for each in match.groups()) in wanted:
                    held.count += len(match.groups())
                else:
                    held.wrong.append(f"{name}: “{match[0]}”, expected one of {sorted(wanted)[:3]}")
            text = re.sub(claim.pattern, " ¤ ", text)
    return text


def _hold_each(claim: Claim, found: Printed, whole: Json, held: Held) -> None:
    said = [
        tuple(map(bare, match.groups()))
        for text in found.sections.values()
        for match in re.finditer(claim.pattern, text)
    ]
    wanted = [tuple(map(bare, each)) for each in claim.values(whole)]
    if said != wanted:
        differing = [pair for pair in zip_longest(said, wanted) if pair[0] != pair[1]]
        held.wrong.append(f"“{claim.pattern}” says {differing[0][0]}, expected {differing[0][1]}")


def _hold_references(name: str, text: str, found: Printed, held: Held) -> str:
    numbers = {
        "table": {str(each.number) for each in found.tables},
        "figure": {match[2] for match in _captions(found)},
        "section": {heading.split()[0] for heading in found.sections if heading},
    }
    for match in REFERENCE.finditer(text):
        if match[2] not in numbers[match[1].lower()]:
            held.wrong.append(f"{name}: “{match[0]}” leads nowhere")
        held.count += 1
    return REFERENCE.sub(" ¤ ", text)


def _captions(found: Printed) -> Iterator[re.Match[str]]:
    for name, text in found.sections.items():
        if not name.endswith("Figures and tables"):
            yield from re.finditer(r"\b(Figure) (\d+)\. ", text)


def _hold_texts(name: str, text: str, words: str, names: list[str], held: Held) -> None:
    for each in (*METHOD, *names):
        if each in text:
            text = re.sub(rf"(?<!\w){re.escape(each)}(?!\w)", " ¤ ", text)
    for part in text.split("¤"):
        for piece in pieces_with_numbers(part):
            if _stands(piece, words):
                held.count += len(NUMBER.findall(piece))
            else:
                held.wrong.append(f"{name}: nobody answers for “{piece[:160]}”")


def _stands(piece: str, words: str) -> bool:
    """Say whether a text of the snapshot holds a piece, or the words right around its numbers."""
    if len(re.findall(r"[^\W\d]", piece)) < 4:
        return False  # a number alone stands in many texts
    if bare(piece).lower() in words:
        return True
    said = piece.split()
    around = [
        " ".join(said[max(0, at - 2) : at + 3])
        for at, each in enumerate(said)
        if NUMBER.search(each)
    ]
    return all(bare(each).lower() in words for each in around)


def hold_figures(found: Printed, whole: Json) -> Held:
    """Hold what is drawn in the figures of a PDF: the labels of each must stand there in a row."""
    held = Held()
    for beginning, labels in drawn(whole):
        figures = [each for each in found.figures if re.match(beginning, each.alternative)]
        if not figures:
            held.wrong.append(f"no figure says “{beginning}”")
        for figure in figures[:1]:
            if bare(labels) in figure.drawn:
                held.count += len(re.findall(r"\d+(?:\.\d+)?", labels)) if labels else 0
            else:
                held.wrong.append(f"“{figure.alternative[:60]}” draws no {labels}: {figure.drawn}")
    return held


def hold_same(page: Printed, pdf: Printed) -> list[str]:
    """Return where the two say something else; only a PDF has contents with pages and a cover."""
    wrong = []
    for name, text in page.sections.items():
        said = pdf.sections.get(name)
        if said is None:
            wrong.append(f"the PDF has no section {name}")
        elif name and _without_pages(name, said) != _without_pages(name, text):
            wrong.append(f"{name}: the PDF says otherwise")
    tables = [
        [(each.number, bare(each.caption), _cells(each)) for each in one.tables]
        for one in (page, pdf)
    ]
    wrong += [f"Table {one[0]} differs" for one, other in zip_longest(*tables) if one != other]
    said = [each.alternative for each in page.figures if each.alternative]
    shown = {each.alternative for each in pdf.figures}
    return wrong + [f"no figure of the PDF says “{each}”" for each in said if each not in shown]


def _cells(table: PrintedTable) -> list[list[str]]:
    return [[bare(cell) for cell in row] for row in (table.heads, *table.rows)]


def _without_pages(name: str, text: str) -> str:
    """Return the words; a list of figures and tables ends its lines with their pages in print."""
    return re.sub(r"\d", "", bare(text)) if name.endswith("Figures and tables") else bare(text)
