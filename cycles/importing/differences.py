"""What differs between the rows held and the rows wanted: plain dictionaries, by natural key."""

import uuid
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Difference(Generic[Key]):
    """Rows to insert, rows to update (each with its ``id``), keys no longer wanted."""

    new: dict[Key, dict[str, Any]]
    changed: dict[Key, dict[str, Any]]
    gone: tuple[Key, ...]
    ids: dict[Key, uuid.UUID]


def difference(
    held: Mapping[Key, Mapping[str, Any]], wanted: Mapping[Key, Mapping[str, Any]]
) -> Difference[Key]:
    """Compare by the wanted row's own columns; ``ids`` names every wanted row, old and new."""
    ids = {key: held[key]["id"] if key in held else uuid.uuid4() for key in wanted}
    return Difference(
        new={key: {"id": ids[key], **row} for key, row in wanted.items() if key not in held},
        changed={
            key: {"id": ids[key], **row}
            for key, row in wanted.items()
            if key in held and any(held[key][name] != value for name, value in row.items())
        },
        gone=tuple(key for key in held if key not in wanted),
        ids=ids,
    )


def by_key(
    rows: Iterable[Mapping[Any, Any]], *names: str
) -> dict[tuple[Any, ...], Mapping[str, Any]]:
    """Return rows under the values of the columns that make their natural key."""
    return {tuple(row[name] for name in names): row for row in rows}
