"""Sanitised HTML of the report's prose as paragraphs of Word. What the page leaves out is not here
either: nothing is read but what the sanitiser has let through."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from cycles.core.sayable import sayable
from reports.document.word.elements import (
    element,
    link_outside,
    link_within,
    paragraph,
    run,
)
from reports.document.word.paper import Paper
from reports.document.word.tables import begin_table

MARKS = {"strong": "b", "em": "i"}
BROKEN = ("\n", "\t", "\r")


def write_prose(paper: Paper, html: str, *, style: str = "Normal", level: int = 3) -> None:
    """Write prose; its paragraphs are of ``style``, and its first headings of ``level``."""
    reader = _Reader(paper, style, level)
    reader.feed(html)
    reader.close()


class _Reader(HTMLParser):
    """Writes what it reads. ``into`` takes the next run: a paragraph or a link; None between."""

    def __init__(self, paper: Paper, style: str, level: int) -> None:
        super().__init__(convert_charrefs=True)
        self.paper, self.style, self.level = paper, style, level
        self.into: Any = None
        self.marks: list[str] = []
        self.lists: list[int | None] = []
        self.is_quoted = self.is_code = False
        self.item: Any = None
        self.table: Any = None
        self.row: Any = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in MARKS:
            self.marks.append(MARKS[tag])
            return
        begin: Callable[[dict[str, str]], None] | None = getattr(self, f"begin_{tag}", None)
        if begin is not None:
            begin({name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if tag in MARKS:
            if MARKS[tag] in self.marks:
                self.marks.remove(MARKS[tag])
            return
        end: Callable[[], None] | None = getattr(self, f"end_{tag}", None)
        if end is not None:
            end()

    def handle_data(self, data: str) -> None:
        if not self.is_code:
            for sign in BROKEN:
                data = data.replace(sign, " ")
            if self.into is None and not data.strip(" "):
                return
        run(self._taking(), data, *sorted(set(self.marks)))

    def _taking(self) -> Any:
        if self.into is None:
            self.into = self._paragraph()
        return self.into

    def _paragraph(self) -> Any:
        if self.lists:
            number = self.lists[-1]
            depth = " 2" if len(self.lists) > 1 else ""
            if self.item is not None:
                return paragraph(self.paper.body, "ListContinue")
            style = f"List{'Bullet' if number is None else 'Number'}{depth.strip()}"
            self.item = paragraph(self.paper.body, style, numbering=number)
            return self.item
        return paragraph(self.paper.body, "Quote" if self.is_quoted else self.style)

    def begin_p(self, _about: dict[str, str]) -> None:
        if self.row is None:
            self.into = self._paragraph()

    def end_p(self) -> None:
        if self.row is None:
            self.into = None

    def begin_h4(self, _about: dict[str, str]) -> None:
        self.into = paragraph(self.paper.body, f"Heading{self.level}")

    def begin_h5(self, _about: dict[str, str]) -> None:
        self.into = paragraph(self.paper.body, f"Heading{min(self.level + 1, 5)}")

    end_h4 = end_h5 = end_p

    def begin_ul(self, _about: dict[str, str]) -> None:
        self.lists.append(None)
        self.into = None

    def begin_ol(self, about: dict[str, str]) -> None:
        start = about.get("start", "1")
        self.lists.append(self.paper.new_numbering(int(start) if start.isdecimal() else 1))
        self.into = None

    def end_ul(self) -> None:
        self.lists.pop()
        self.into = None

    end_ol = end_ul

    def begin_li(self, _about: dict[str, str]) -> None:
        self.item = self.into = None

    def end_li(self) -> None:
        # What follows a list within an item belongs to that item, which has its sign already.
        self.into = None
        self.item = self.item if self.lists else None

    def begin_blockquote(self, _about: dict[str, str]) -> None:
        self.is_quoted = True

    def end_blockquote(self) -> None:
        self.is_quoted = False

    def begin_pre(self, _about: dict[str, str]) -> None:
        self.is_code, self.into = True, paragraph(self.paper.body, "ReportCode")

    def end_pre(self) -> None:
        self.is_code, self.into = False, None

    def begin_br(self, _about: dict[str, str]) -> None:
        element(element(self._taking(), "w:r"), "w:br")

    def begin_hr(self, _about: dict[str, str]) -> None:
        self.into = None
        run(paragraph(self.paper.body, self.style), "* * *")

    def begin_a(self, about: dict[str, str]) -> None:
        address = sayable(about.get("href", ""))
        into = self._taking()
        if address.startswith("#"):
            self.into = link_within(into, address[1:])
        elif address:
            self.into = link_outside(into, self.paper.relation(address))

    def end_a(self) -> None:
        if self.into is not None and self.into.tag.endswith("}hyperlink"):
            self.into = self.into.getparent()

    def begin_table(self, _about: dict[str, str]) -> None:
        self.table, self.into = begin_table(self.paper.body), None

    def end_table(self) -> None:
        self.table = self.row = self.into = None
        paragraph(self.paper.body, self.style)

    def begin_tr(self, _about: dict[str, str]) -> None:
        self.row = self.table.begin_row(is_heading=self.table.is_empty)

    def end_tr(self) -> None:
        self.row = self.into = None

    def begin_th(self, _about: dict[str, str]) -> None:
        self.into = self.table.begin_cell(self.row, "TableHeading")

    def begin_td(self, _about: dict[str, str]) -> None:
        self.into = self.table.begin_cell(self.row, "TableText")

    def end_td(self) -> None:
        self.into = None

    end_th = end_td
