"""An edition as a file for Word: its cover, its contents, and its blocks one after the other."""

import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from docx.shared import Emu, Mm

from cycles.core.sayable import sayable
from reports.document.body.blocks import (
    Block,
    Bullets,
    Entry,
    FigureHere,
    Heading,
    Listing,
    Missing,
    Note,
    Paragraph,
    Prose,
    Table,
    Terms,
    Tiles,
)
from reports.document.edition import Edition
from reports.document.word.elements import field, paragraph, run
from reports.document.word.fronts import write_contents, write_cover, write_listing
from reports.document.word.paper import Paper
from reports.document.word.pictures import picture_of
from reports.document.word.prose import write_prose
from reports.document.word.sheet import TEXT_MM, empty_sheet
from reports.document.word.tables import write_table

TALLEST_MM = 215
DEEPEST = 5

Writer = Callable[[Paper, Edition, Any, int], None]


def word_file(edition: Edition) -> bytes:
    """Return the edition as DOCX."""
    paper = Paper(empty_sheet(edition))
    write_cover(paper, edition)
    write_contents(paper, edition)
    for part in edition.body:
        _heading(paper, 1, f"{part.part.number} {part.part.title}", part.part.anchor)
        _write(paper, edition, part.opening, 3)
        for section in part.sections:
            place = section.place
            _heading(paper, 2, f"{place.number} {place.title}", place.anchor)
            _write(paper, edition, section.blocks, 3)
    return paper.content()


def _write(paper: Paper, edition: Edition, blocks: Iterable[Block], level: int) -> None:
    for block in blocks:
        WRITERS[block.kind](paper, edition, block, level)


def _heading(paper: Paper, level: int, words: str, anchor: str = "") -> None:
    made = paragraph(paper.body, f"Heading{min(level, DEEPEST)}")
    number = paper.begin_bookmark(made, anchor) if anchor else None
    run(made, words)
    if number is not None:
        paper.end_bookmark(made, number)


def _prose(paper: Paper, edition: Edition, block: Prose, level: int) -> None:
    text = edition.prose.get(block.key)
    if text is None:
        return
    write_prose(paper, text.html, level=level)
    if text.is_drafted:
        run(paragraph(paper.body, "ReportNote"), "Drafted from the data")


def _paragraph(paper: Paper, edition: Edition, block: Paragraph, level: int) -> None:
    write_prose(paper, edition.html(block.words), level=level)


def _note(paper: Paper, edition: Edition, block: Note, level: int) -> None:
    write_prose(paper, edition.html(block.words), style="ReportNote", level=level)


def _missing(paper: Paper, _edition: Edition, block: Missing, _level: int) -> None:
    run(paragraph(paper.body, "ReportNote"), block.words)


def _titled(paper: Paper, _edition: Edition, block: Heading, level: int) -> None:
    _heading(paper, level, block.words)


def _bullets(paper: Paper, _edition: Edition, block: Bullets, _level: int) -> None:
    if block.title:
        run(paragraph(paper.body, "Normal"), block.title, "b")
    number = paper.new_numbering() if block.is_numbered else None
    style = "ListNumber" if block.is_numbered else "ListBullet"
    for item in block.items:
        run(paragraph(paper.body, style, numbering=number), item)


def _terms(paper: Paper, _edition: Edition, block: Terms, _level: int) -> None:
    for word, meaning in block.pairs:
        made = paragraph(paper.body, "Normal")
        run(made, f"{word}: ", "b")
        run(made, meaning)


def _tiles(paper: Paper, _edition: Edition, block: Tiles, _level: int) -> None:
    for tile in block.tiles:
        made = paragraph(paper.body, "ListBullet")
        run(made, tile.words, "b")
        run(made, f" {tile.label}")


def _figure(paper: Paper, edition: Edition, block: FigureHere, _level: int) -> None:
    figure = edition.figures.get(block.key)
    if figure is None:
        return
    words = f"Figure {figure.number}. {figure.title}"
    _caption(paper, words, f"figure-{figure.key}", style="Caption")
    holder = paper.document.add_paragraph(style="Report Figure")
    picture = holder.add_run().add_picture(io.BytesIO(picture_of(figure)))
    _fit(picture)
    told = picture._inline.docPr
    told.set("descr", sayable(figure.summary))
    told.set("title", sayable(figure.title))
    run(paragraph(paper.body, "ReportNote"), figure.summary)


def _fit(picture: Any) -> None:
    share = min(Mm(TEXT_MM) / picture.width, Mm(TALLEST_MM) / picture.height)
    picture.width, picture.height = (
        Emu(int(picture.width * share)),
        Emu(int(picture.height * share)),
    )


def _table(paper: Paper, edition: Edition, block: Table, _level: int) -> None:
    number = edition.numbers.tables[block.key]
    is_listed = block.key in edition.listed_tables
    _caption(
        paper,
        f"Table {number}. {block.caption}",
        f"table-{block.key}",
        style="ListedCaption" if is_listed else "Caption",
    )
    write_table(paper.body, block)


def _caption(paper: Paper, words: str, anchor: str, *, style: str) -> None:
    """Write ``Table 3. Partners``, its number a field that counts on when others are added."""
    numbered, _, title = words.partition(". ")
    name, number = numbered.split(" ")
    made = paragraph(paper.body, style)
    begun = paper.begin_bookmark(made, anchor)
    run(made, f"{name} ")
    field(made, f"SEQ {name} \\* ARABIC", number)
    paper.end_bookmark(made, begun)
    run(made, f". {title}")


def _listing(paper: Paper, edition: Edition, block: Listing, _level: int) -> None:
    write_listing(paper, edition, block.of)


def _entry(paper: Paper, edition: Edition, block: Entry, level: int) -> None:
    _heading(paper, level, block.title, block.anchor)
    _write(paper, edition, block.blocks, min(level + 1, DEEPEST))


WRITERS: Mapping[str, Writer] = {
    "prose": _prose,
    "paragraph": _paragraph,
    "note": _note,
    "missing": _missing,
    "heading": _titled,
    "bullets": _bullets,
    "terms": _terms,
    "tiles": _tiles,
    "figure": _figure,
    "table": _table,
    "listing": _listing,
    "entry": _entry,
}
"""Who writes which kind of block. A kind that nobody writes fails loudly."""
