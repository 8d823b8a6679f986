"""What an import makes different, change by change: for the report, and for the whole list."""

import gzip
import json
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from cycles.importing.differences import Difference
from cycles.importing.spooling import Spool

MOST_SHOWN = 10
HEADINGS = ("what", "kind", "reference", "column", "now", "in the file")


class Action(StrEnum):
    """What becomes of a record."""

    ADDED = "added"
    CHANGED = "changed"
    RETIRED = "retired"


@dataclass(frozen=True)
class Change:
    """One thing that is different: a record that comes or goes, or one column of one that stays."""

    action: Action
    kind: str
    reference: str
    column: str = ""
    before: str = ""
    after: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the change as a row under ``HEADINGS``."""
        return (self.action, self.kind, self.reference, self.column, self.before, self.after)


class ChangeLog:
    """Every change of one import on disk, and the first of each sort at hand."""

    def __init__(self) -> None:
        """Begin without changes."""
        self._spool = Spool()
        self._told: Counter[tuple[Action, str]] = Counter()
        self.first: list[Change] = []

    @property
    def count(self) -> int:
        """Return how many changes there are."""
        return self._told.total()

    def add(self, change: Change) -> None:
        """Note a change."""
        sort = (change.action, change.kind)
        self._told[sort] += 1
        if self._told[sort] <= MOST_SHOWN:
            self.first.append(change)
        self._spool.add(change)

    def __iter__(self) -> Iterator[Change]:
        """Yield every change in order."""
        return (_change(cells) for cells in self._spool)

    def note(
        self,
        kind: str,
        found: Difference[Any],
        columns: Mapping[str, str],
        gone: Iterable[Any] = (),
        names: Mapping[Any, str] | None = None,
    ) -> None:
        """Note what a difference holds. ``columns`` are those to tell, the text first.

        ``gone`` are the keys that are retired; ``names`` names whatever ids stand in the rows.
        """
        text, known = next(iter(columns)), names or {}
        for key, row in found.new.items():
            self.add(Change(Action.ADDED, kind, _told(key, known), after=_words(row[text])))
        for key, row in found.changed.items():
            old = found.before[key]
            for name, label in columns.items():
                before = _words(old[name], known)
                after = _words(row.get(name, old[name]), known)
                if before != after:
                    reference = _told(key, known)
                    self.add(Change(Action.CHANGED, kind, reference, label, before, after))
        for key in gone:
            before = _words(found.before[key][text])
            self.add(Change(Action.RETIRED, kind, _told(key, known), before=before))


def _told(key: tuple[Any, ...], names: Mapping[Any, str]) -> str:
    *owner, reference = key
    return " ".join([*(names.get(each, "") for each in owner), reference])


def _words(value: object, names: Mapping[Any, str] | None = None) -> str:
    if value is None:
        return ""
    if isinstance(value, uuid.UUID):
        return (names or {}).get(value, "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "; ".join(value) if isinstance(value, list) else str(value)


def _change(cells: list[str]) -> Change:
    action, *others = cells
    return Change(Action(action), *others)


def packed(log: ChangeLog) -> BinaryIO:
    """Return the whole list as a compressed stream, to be kept with its job."""
    stream = TemporaryFile()  # noqa: SIM115 - the caller closes it
    with gzip.open(stream, "wt", encoding="utf-8", compresslevel=5) as lines:
        for change in log:
            lines.write(json.dumps(change.cells, ensure_ascii=False))
            lines.write("\n")
    stream.seek(0)
    return stream


def unpacked(stream: BinaryIO) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a list that ``packed`` wrote."""
    with gzip.open(stream, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield tuple(json.loads(line))
