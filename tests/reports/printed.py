"""What a report says, taken from its HTML or its PDF by its labels: tables, figures, sections.

Nothing of the product is used, and both are read into the same shape, so that they can be held
against each other and against the snapshot.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import lxml.html

from tests.reports.reading_pdf import Node, Reader, joined

NUMBERED = re.compile(r"^(Table|Figure) (\d+)\. ")
SKIPPED = {"script", "style", "svg", "img", "nav", "canvas", "template"}
BLOCKS = {"p", "li", "dt", "dd", "div", "h1", "h2", "h3", "h4", "h5", "tr", "td", "th", "br"}
SILENT = {"Table", "Figure", "Lbl"}
BLOCKS |= {"ul", "ol", "dl", "figcaption", "section", "blockquote", "pre"}


@dataclass
class PrintedTable:
    """A table: its number, its caption, its column heads and its rows, cell by cell."""

    number: int
    caption: str
    heads: list[str]
    rows: list[list[str]]


@dataclass
class PrintedFigure:
    """A figure: what is said for those who cannot see it, and what is drawn in it, as one word."""

    alternative: str
    drawn: str


@dataclass
class Printed:
    """A report as it is read. ``sections`` are texts by their heading, tables left out."""

    tables: list[PrintedTable] = field(default_factory=list)
    figures: list[PrintedFigure] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)

    def table(self, caption: str) -> PrintedTable:
        (found,) = [each for each in self.tables if each.caption == caption]
        return found


def plain(text: str) -> str:
    """Return the words on one line, spaces that do not break as spaces."""
    return " ".join(text.replace("\u00a0", " ").replace("\u00ad", "").split())


def bare(text: str) -> str:
    """Return the words without what a line's end may add or drop."""
    return re.sub(r"[\s\u00a0\u00ad\u200b-]", "", text)


def from_html(html: str) -> Printed:
    """Read a page."""
    main = lxml.html.fromstring(html).find(".//main")
    found, parts = Printed(), {"": ""}
    for table in main.iter("table"):
        caption = table.find("caption")
        if caption is not None:
            heads, *rows = [[_words(cell) for cell in row] for row in table.iter("tr")]
            number, words = _numbered(_words(caption))
            found.tables.append(PrintedTable(number, words, heads, rows))
    for image in main.iter("img"):
        found.figures.append(PrintedFigure(plain(image.get("alt", "")), ""))
    _walk(main, parts)
    found.sections = {name: plain(text) for name, text in parts.items()}
    return found


def _numbered(caption: str) -> tuple[int, str]:
    told = NUMBERED.match(caption)
    assert told, caption
    return int(told[2]), caption[told.end() :]


def _words(element: Any) -> str:
    said = "".join(_pieces(element))
    return plain(said)


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag not in SKIPPED:
            yield from _pieces(child)
        yield (" " if child.tag in BLOCKS else "") + (child.tail or "")


def _walk(element: Any, parts: dict[str, str]) -> None:
    """Add the words under an element to the section whose heading was met last."""
    if element.tag in ("h2", "h3"):
        parts.setdefault(_words(element), "")
    elif isinstance(element.tag, str) and element.tag not in SKIPPED | {"table"}:
        _add(parts, element.text)
        for child in element:
            _walk(child, parts)
            _add(parts, (" " if child.tag in BLOCKS else "") + (child.tail or ""))


def _add(parts: dict[str, str], words: str | None) -> None:
    name = next(reversed(parts))
    parts[name] += words or ""


def from_pdf(content: bytes) -> Printed:
    """Read a tagged PDF by its structure tree."""
    tree = Reader(content).tree()
    found = Printed()
    parts: dict[str, list[str]] = {"": []}
    for table in tree.all("Table"):
        _table_of(table, found.tables)
    for figure in tree.all("Figure"):
        found.figures.append(PrintedFigure(plain(figure.alt), bare("".join(figure.lines()))))
    _walk_tree(tree, parts)
    found.sections = {name: joined(lines) for name, lines in parts.items()}
    return found


def _table_of(table: Node, tables: list[PrintedTable]) -> None:
    heads, *rows = [[cell.text for cell in row.all("TH", "TD")] for row in table.all("TR")]
    captions = list(table.all("Caption"))
    if captions:
        number, words = _numbered(captions[0].text)
        tables.append(PrintedTable(number, words, heads, rows))
    elif tables and tables[-1].heads == heads:  # it goes on on the next page
        tables[-1].rows += rows


def _walk_tree(node: Node, parts: dict[str, list[str]]) -> None:
    for each in node.children:
        if isinstance(each, str):
            parts[next(reversed(parts))].append(each)
        elif each.kind in ("H2", "H3"):
            parts.setdefault(each.text, [])
        elif each.kind not in SILENT:
            _walk_tree(each, parts)
