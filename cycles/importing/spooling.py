"""Records on disk rather than in memory: written once, read again by their place. Plain JSON."""

import json
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Any
from weakref import finalize

IN_MEMORY = 4 * 1024 * 1024


class Spool:
    """Keeps what it is given, small amounts in memory and large ones in a file without a name.

    A dataclass is kept as the list of its fields; whoever reads it back knows which it was.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed below
        self._end = 0
        finalize(self, self._file.close)

    def add(self, record: object) -> int:
        """Keep a record; return its place."""
        place = self._end
        self._file.seek(place)
        self._file.write(json.dumps(record, default=_fields, ensure_ascii=False).encode())
        self._file.write(b"\n")
        self._end = self._file.tell()
        return place

    def read(self, place: int) -> Any:
        """Return the record at a place that ``add`` named."""
        self._file.seek(place)
        return json.loads(self._file.readline())

    def __iter__(self) -> Iterator[Any]:
        """Yield every record in the order they came."""
        place = 0
        while place < self._end:
            self._file.seek(place)
            line = self._file.readline()
            place = self._file.tell()
            yield json.loads(line)


def _fields(record: object) -> list[Any]:
    return list(vars(record).values())
