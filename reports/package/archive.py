"""The package as one ZIP, written table by table: no table is ever in memory as a whole.

The same results give the same file, byte for byte, so that two copies can be compared.
"""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import IO, Any

from cycles.core.downloads import shielded
from reports.package.contents import Contents
from reports.package.descriptor import DESCRIPTOR, Written, descriptor_of
from reports.package.fields import Cell, Table
from reports.package.readme import README, readme_text
from reports.package.tables import TABLES

FOLDER = "data"
BUNDLES = "recomputation"
AT_ONCE = 5_000
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the oldest that a ZIP can say: a time would change the bytes

Bundles = Mapping[str, bytes]


def write_package(contents: Contents, bundles: Bundles, into: IO[bytes]) -> None:
    """Write the package of some results, with the bundles of the rounds behind them."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        written = [_write_table(archive, each, contents) for each in TABLES]
        for name in sorted(bundles):
            archive.writestr(_entry(f"{BUNDLES}/{name}", zipfile.ZIP_STORED), bundles[name])
        archive.writestr(_entry(README), readme_text(contents, written, sorted(bundles)).encode())
        archive.writestr(_entry(DESCRIPTOR), descriptor_of(contents, written))


def _entry(name: str, compressed: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.compress_type = compressed
    entry.external_attr = 0o644 << 16  # whoever unpacks it may read it
    return entry


@dataclass
class _Measured:
    """Counts and digests what passes by."""

    target: IO[bytes]
    size: int = 0
    rows: int = 0

    def __post_init__(self) -> None:
        self.digest = hashlib.sha256()

    def write(self, content: bytes) -> None:
        self.target.write(content)
        self.digest.update(content)
        self.size += len(content)


def _write_table(archive: zipfile.ZipFile, table: Table[Any], contents: Contents) -> Written:
    path = f"{FOLDER}/{table.name}.csv"
    with archive.open(_entry(path), "w", force_zip64=True) as entry:
        measured = _Measured(entry)
        measured.write(_lines([[each.name for each in table.fields]]))
        rows = iter(table.values(contents))
        while part := list(islice(rows, AT_ONCE)):
            measured.write(_lines(_plain(row) for row in part))
            measured.rows += len(part)
    return Written(table, path, measured.rows, measured.size, measured.digest.hexdigest())


def _lines(rows: Iterable[Iterable[str | int | float]]) -> bytes:
    held = io.StringIO(newline="")
    csv.writer(held).writerows(rows)
    return held.getvalue().encode()


def _plain(row: Iterable[Cell]) -> Iterator[str | int | float]:
    for cell in row:
        if cell is None:
            yield ""
        elif isinstance(cell, bool):
            yield "true" if cell else "false"
        elif isinstance(cell, date):
            yield cell.isoformat()
        else:
            yield shielded(cell) if isinstance(cell, str) else cell
