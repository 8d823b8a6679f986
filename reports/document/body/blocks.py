"""The blocks that a report is made of, whatever it is read on: a page, a sheet, a word processor.

Records and nothing else. How a block looks is the business of each rendering; what it says is
decided in this package, from the document alone.
"""

from dataclasses import dataclass
from typing import ClassVar

from reports.document.outline import Part, Place


@dataclass(frozen=True)
class Prose:
    """The convener's prose of a section, where ``key`` is the section's."""

    key: str
    kind: ClassVar[str] = "prose"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph that the system writes: Markdown of our own, every value in it made literal.

    It may name figures and tables as prose does: ``{{ table:unsupported }}``.
    """

    words: str
    kind: ClassVar[str] = "paragraph"


@dataclass(frozen=True)
class Note:
    """What has to be known to read the block above; Markdown like a paragraph's."""

    words: str
    kind: ClassVar[str] = "note"


@dataclass(frozen=True)
class Missing:
    """What there is not, as a plain sentence, so that nothing is passed over in silence."""

    words: str
    kind: ClassVar[str] = "missing"


@dataclass(frozen=True)
class Heading:
    """A heading within a section, plain text."""

    words: str
    kind: ClassVar[str] = "heading"


@dataclass(frozen=True)
class Bullets:
    """A list of plain texts. ``is_compact`` sets it in columns, ``is_numbered`` numbers it."""

    items: tuple[str, ...]
    title: str = ""
    is_compact: bool = False
    is_numbered: bool = False
    kind: ClassVar[str] = "bullets"


@dataclass(frozen=True)
class Terms:
    """Words with their meanings."""

    pairs: tuple[tuple[str, str], ...]
    kind: ClassVar[str] = "terms"


@dataclass(frozen=True)
class Tile:
    """A number that a reader should see first, and what it counts."""

    words: str
    label: str


@dataclass(frozen=True)
class Tiles:
    """A row of numbers."""

    tiles: tuple[Tile, ...]
    label: str
    kind: ClassVar[str] = "tiles"


@dataclass(frozen=True)
class FigureHere:
    """The place of a figure. Where the document has no data for it nothing is printed."""

    key: str
    kind: ClassVar[str] = "figure"


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in per cent, and whether it holds numbers."""

    title: str
    width: int
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell: plain words, their lines parted by line ends.

    ``value`` is the number that the words print, for whoever takes the table away.
    """

    words: str
    value: int | float | None = None
    is_nowrap: bool = False


@dataclass(frozen=True)
class Table:
    """A numbered table. ``heading`` is the place of the column whose cells head their rows.

    ``empty`` is said where it has no rows.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heading: int = 0
    empty: str = "There is nothing to list."
    kind: ClassVar[str] = "table"


@dataclass(frozen=True)
class Listing:
    """A list of all ``of``, "figures" or "tables", with their pages."""

    of: str
    kind: ClassVar[str] = "listing"


@dataclass(frozen=True)
class Entry:
    """Something with a heading of its own that links and bookmarks lead to, such as a profile."""

    anchor: str
    title: str
    blocks: tuple["Block", ...]
    is_whole: bool = False
    kind: ClassVar[str] = "entry"


Block = (
    Prose
    | Paragraph
    | Note
    | Missing
    | Heading
    | Bullets
    | Terms
    | Tiles
    | FigureHere
    | Table
    | Listing
    | Entry
)


@dataclass(frozen=True)
class SectionBody:
    """A section with its blocks."""

    place: Place
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class PartBody:
    """A part: what stands before its first section, and its sections."""

    part: Part
    opening: tuple[Block, ...]
    sections: tuple[SectionBody, ...]
