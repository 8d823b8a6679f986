"""What differs between the rows held and the rows wanted: plain dictionaries, by natural key."""

import uuid
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Difference(Generic[Key]):
    """Rows to insert, rows to update (each with its ``id``), keys no longer wanted.

    ``moved`` are rows of which nothing differs but what nobody reads as a change, such as their
    place in the file. ``before`` holds what stood there of every row that changes or goes.
    """

    new: dict[Key, dict[str, Any]] = field(default_factory=dict)
    changed: dict[Key, dict[str, Any]] = field(default_factory=dict)
    moved: dict[Key, dict[str, Any]] = field(default_factory=dict)
    gone: tuple[Key, ...] = ()
    ids: dict[Key, uuid.UUID] = field(default_factory=dict)
    before: dict[Key, Row] = field(default_factory=dict)


def difference(
    held: Mapping[Key, Row], wanted: Mapping[Key, Row], quiet: Collection[str] = ("position",)
) -> Difference[Key]:
    """Compare by the wanted row's own columns; ``ids`` names every wanted row, old and new.

    A row that differs in nothing but its ``quiet`` columns is moved, not changed.
    """
    ids = {key: held[key]["id"] if key in held else uuid.uuid4() for key in wanted}
    differing = {
        key: {name for name, value in row.items() if held[key][name] != value}
        for key, row in wanted.items()
        if key in held
    }
    changed = {key for key, names in differing.items() if names.difference(quiet)}
    gone = tuple(key for key in held if key not in wanted)
    return Difference(
        new={key: {"id": ids[key], **row} for key, row in wanted.items() if key not in held},
        changed={key: {"id": ids[key], **wanted[key]} for key in wanted if key in changed},
        moved={
            key: {"id": ids[key], **wanted[key]}
            for key, names in differing.items()
            if names and key not in changed
        },
        gone=gone,
        ids=ids,
        before={key: held[key] for key in (*changed, *gone)},
    )


def by_key(rows: Iterable[Mapping[Any, Any]], *names: str) -> dict[tuple[Any, ...], Row]:
    """Return rows under the values of the columns that make their natural key."""
    return {tuple(row[name] for name in names): row for row in rows}
