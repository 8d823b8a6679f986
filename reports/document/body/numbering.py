"""The numbers of figures and tables, in the order of reading, and how prose refers to them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reports.document.body.blocks import Block, Entry, FigureHere, PartBody, Table


@dataclass(frozen=True)
class Numbers:
    """The number of each figure and table by its key."""

    figures: Mapping[str, int]
    tables: Mapping[str, int]

    @property
    def references(self) -> Mapping[str, str]:
        """Return what stands for each name that prose may use, in Markdown: a link with its number.

        A name is ``figure:fit-surplus`` or ``table:rounds``.
        """
        return {
            **{
                f"figure:{key}": f"[Figure {number}](#figure-{key})"
                for key, number in self.figures.items()
            },
            **{
                f"table:{key}": f"[Table {number}](#table-{key})"
                for key, number in self.tables.items()
            },
        }


def numbers_of(parts: Iterable[PartBody], figures: Iterable[str]) -> Numbers:
    """Number the tables, and those of ``figures`` that stand somewhere, as a reader meets them."""
    blocks, drawn = list(all_blocks(parts)), frozenset(figures)
    figure_keys = (each.key for each in blocks if isinstance(each, FigureHere))
    table_keys = (each.key for each in blocks if isinstance(each, Table))
    return Numbers(
        figures={key: at for at, key in enumerate((k for k in figure_keys if k in drawn), 1)},
        tables={key: at for at, key in enumerate(table_keys, 1)},
    )


def all_blocks(parts: Iterable[PartBody]) -> Iterator[Block]:
    """Yield every block in the order of reading, those of entries after their entry."""
    for part in parts:
        yield from _within(part.opening)
        for section in part.sections:
            yield from _within(section.blocks)


def _within(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Entry):
            yield from _within(block.blocks)
