"""The figures of two versions side by side: which came and went, and what they say. Pure."""

from dataclasses import dataclass, replace

from reports.document.comparing.versions import Version
from reports.document.figures import Figure
from reports.narrative.history import Piece, pieces


@dataclass(frozen=True)
class FigureChange:
    """A figure that differs: its title and its sentence, word by word.

    ``standing`` is "changed", "new", "gone", or "redrawn" where the words stayed and what is
    drawn did not.
    """

    key: str
    title: str
    standing: str
    pieces: tuple[Piece, ...]


def figure_changes(before: Version, after: Version) -> tuple[FigureChange, ...]:
    """Return the figures that differ, in the order of the later version, those gone last."""
    old, new = before.figures, after.figures
    found = [_figure_change(old.get(key), new.get(key)) for key in dict.fromkeys([*new, *old])]
    return tuple(each for each in found if each is not None)


def _figure_change(old: Figure | None, new: Figure | None) -> FigureChange | None:
    either = new or old
    if either is None or (old and new and replace(old, number=new.number) == new):
        return None
    was, now = _words(old), _words(new)
    standing = "new" if not old else "gone" if not new else "changed" if was != now else "redrawn"
    return FigureChange(either.key, either.title, standing, pieces(was, now))


def _words(figure: Figure | None) -> str:
    return f"{figure.title}. {figure.summary}" if figure else ""
