"""A tagged PDF read as somebody without sight has it read: its structure tree with the words in it.

Nothing of the product is used. Text is taken from the content streams by its marks, decoded by the
fonts' own tables; what carries no mark (page numbers, running heads) is not part of the tree.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

HYPHEN = "\u2010"  # what the renderer sets where it breaks a word
SHOWS = ("Tj", "TJ", "'", '"')
HEX = rb"<([0-9A-Fa-f]+)>"
PAIR = re.compile(HEX + rb"\s*" + HEX)
TRIPLE = re.compile(HEX + rb"\s*" + HEX + rb"\s*" + HEX)


@dataclass
class Node:
    """An element of the structure tree. ``lines`` are the words of its own, line by line."""

    kind: str
    alt: str = ""
    key: str = ""
    headers: tuple[str, ...] = ()
    page: int = 0
    scope: str = ""
    children: list["Node | str"] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        for each in self.children:
            if isinstance(each, str):
                yield each
            else:
                yield from each.lines()

    @property
    def text(self) -> str:
        """Return the words under the element."""
        return joined(self.lines())

    def all(self, *kinds: str) -> Iterator["Node"]:
        """Yield the elements of these kinds under this one, in the order of reading."""
        for each in self.children:
            if isinstance(each, Node):
                if each.kind in kinds:
                    yield each
                yield from each.all(*kinds)


class Reader:
    """Reads one PDF. ``pages`` are the marked texts of each page, by the page's object."""

    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(content))
        self.tables: dict[tuple[int, int], dict[int, str]] = {}
        self.pages: dict[tuple[int, int], dict[int, str]] = {
            page.objgen: dict(self._marked(page)) for page in self.pdf.pages
        }

        self.numbers = {page.objgen: at for at, page in enumerate(self.pdf.pages, 1)}

    def tree(self) -> Node:
        """Return the structure tree."""
        root = Node("Root")
        self._add(self.pdf.Root.StructTreeRoot.K, root, (0, 0))
        return root

    def _add(self, item: Any, parent: Node, page: tuple[int, int]) -> None:
        if isinstance(item, pikepdf.Array):
            for each in item:
                self._add(each, parent, page)
        elif isinstance(item, int):
            words = self.pages.get(page, {}).get(item, "")
            if words:
                parent.children.append(words)
        elif isinstance(item, pikepdf.Dictionary) and "/S" in item:
            self._add_element(item, parent, page)

    def _add_element(self, item: Any, parent: Node, page: tuple[int, int]) -> None:
        told = item.get("/A", {})
        told = told if isinstance(told, pikepdf.Dictionary) else {}
        headers = told.get("/Headers", [])
        node = Node(
            str(item.S)[1:],
            alt=str(item.get("/Alt", "")),
            key=str(item.get("/ID", "")),
            headers=tuple(str(each) for each in headers),
            scope=str(told.get("/Scope", "")),
            page=self.numbers.get(item.Pg.objgen if "/Pg" in item else page, 0),
        )
        parent.children.append(node)
        self._add(item.get("/K", []), node, item.Pg.objgen if "/Pg" in item else page)

    def _marked(self, page: Any) -> Iterator[tuple[int, str]]:
        """Yield each mark of a page with the words under it."""
        fonts = page.Resources.get("/Font", {})
        table: dict[int, str] = {}
        marks: list[int | None] = []
        found: dict[int, str] = {}
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                told = operands[1] if len(operands) > 1 else {}
                marks.append(int(told["/MCID"]) if "/MCID" in told else None)
            elif name == "EMC":
                marks.pop()
            elif name == "Tf":
                table = self._table(fonts[str(operands[0])])
            elif name in SHOWS and marks and marks[-1] is not None:
                found[marks[-1]] = found.get(marks[-1], "") + _shown(operands[-1], table)
        yield from found.items()

    def _table(self, font: Any) -> dict[int, str]:
        if font.objgen not in self.tables:
            self.tables[font.objgen] = dict(_unicode(font.ToUnicode.read_bytes()))
        return self.tables[font.objgen]


def joined(lines: Iterable[str]) -> str:
    """Return lines as one, the words that a line's end broke made whole."""
    said = ""
    for line in lines:
        whole = said.removesuffix(HYPHEN)
        said = whole + line if whole != said or said.endswith("-") else f"{said} {line}"
    return " ".join(said.replace("\u00a0", " ").replace("\u00ad", "").split())


def _shown(operand: Any, table: dict[int, str]) -> str:
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    codes = b"".join(bytes(each) for each in parts if isinstance(each, pikepdf.String))
    return "".join(
        table.get(int.from_bytes(codes[at : at + 2]), "\ufffd") for at in range(0, len(codes), 2)
    )


def _unicode(cmap: bytes) -> Iterator[tuple[int, str]]:
    """Yield the characters that a font's table gives for each glyph."""
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, words in PAIR.findall(block):
            yield int(code, 16), bytes.fromhex(words.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, to in TRIPLE.findall(block):
            start = int(to, 16)
            for at in range(int(first, 16), int(last, 16) + 1):
                yield at, chr(start + at - int(first, 16))
