"""Tables of the package: what each holds, the type and meaning of its fields, its keys. No rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any, Generic, TypeVar

from reports.package.contents import Contents

Row = TypeVar("Row")
Cell = str | int | float | bool | date | datetime | None


class FieldKind(StrEnum):
    """The type of a field, in the words of the Table Schema."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"


@dataclass(frozen=True)
class Field(Generic[Row]):
    """One field. Without ``read`` it is the row's attribute of the same name."""

    name: str
    kind: FieldKind
    meaning: str
    read: Callable[[Row], Cell] | None = None

    @property
    def reader(self) -> Callable[[Row], Cell]:
        """Return what reads the field of a row."""
        return self.read or attrgetter(self.name)


@dataclass(frozen=True)
class Refers:
    """Fields whose values stand as the key ``to`` of ``table``."""

    fields: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class Table(Generic[Row]):
    """One table, its rows in a fixed order. ``key`` names the fields that tell them apart.

    ``group`` is what lists of the tables put it under. ``size`` counts the rows where that takes
    less than going through them.
    """

    name: str
    title: str
    about: str
    group: str
    fields: tuple[Field[Row], ...]
    rows: Callable[[Contents], Iterable[Row]]
    key: tuple[str, ...]
    refers: tuple[Refers, ...] = ()
    size: Callable[[Contents], int] | None = None

    def count(self, contents: Contents) -> int:
        """Return how many rows it has."""
        return self.size(contents) if self.size else sum(1 for _ in self.rows(contents))

    def values(self, contents: Contents) -> Iterable[tuple[Cell, ...]]:
        """Yield the values of each row, in the order of the fields."""
        readers = [each.reader for each in self.fields]
        for row in self.rows(contents):
            yield tuple(read(row) for read in readers)


def text(name: str, meaning: str, read: Callable[[Any], Cell] | None = None) -> Field[Any]:
    """Return a field of text."""
    return Field(name, FieldKind.STRING, meaning, read)


def whole(name: str, meaning: str, read: Callable[[Any], Cell] | None = None) -> Field[Any]:
    """Return a field of whole numbers."""
    return Field(name, FieldKind.INTEGER, meaning, read)


def number(name: str, meaning: str, read: Callable[[Any], Cell] | None = None) -> Field[Any]:
    """Return a field of numbers."""
    return Field(name, FieldKind.NUMBER, meaning, read)


def flag(name: str, meaning: str, read: Callable[[Any], Cell] | None = None) -> Field[Any]:
    """Return a field of yes or no."""
    return Field(name, FieldKind.BOOLEAN, meaning, read)


def day(name: str, meaning: str, read: Callable[[Any], Cell] | None = None) -> Field[Any]:
    """Return a field of days."""
    return Field(name, FieldKind.DATE, meaning, read)
