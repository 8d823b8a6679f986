"""A figure at the head of a page. Records only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tile:
    """A figure, and where the rows behind it are."""

    label: str
    value: str
    href: str
    note: str = ""
