"""What two reports of a cycle say otherwise: numbers, rows, words, figures and what they rest on.

Pure: two versions in, one frozen comparison out. What is compared is what is printed, read from
the body that every rendering lays out; nothing is counted here, and nothing is weighed.
"""

from dataclasses import dataclass

from reports.document.comparing.figures import FigureChange, figure_changes
from reports.document.comparing.grounds import Ground, grounds
from reports.document.comparing.numbers import NumberChange, number_changes
from reports.document.comparing.tables import TableChange, table_changes
from reports.document.comparing.versions import Version, version_of
from reports.document.comparing.words import WordsChange, words_changes

__all__ = ["Comparison", "Version", "compared", "version_of"]


@dataclass(frozen=True)
class Comparison:
    """What differs. ``grounds`` are all told, the same ones too, so that a reader can trust them.

    ``prose`` is the convener's, ``words`` are the system's own sentences and lists.
    """

    grounds: tuple[Ground, ...]
    numbers: tuple[NumberChange, ...]
    tables: tuple[TableChange, ...]
    figures: tuple[FigureChange, ...]
    prose: tuple[WordsChange, ...]
    words: tuple[WordsChange, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing that is printed differs."""
        return not (self.numbers or self.tables or self.figures or self.prose or self.words)


def compared(before: Version, after: Version) -> Comparison:
    """Return what ``after`` says otherwise than ``before``."""
    prose, words = words_changes(before, after)
    return Comparison(
        grounds=grounds(before, after),
        numbers=number_changes(before.document, after.document),
        tables=table_changes(before, after),
        figures=figure_changes(before, after),
        prose=prose,
        words=words,
    )
