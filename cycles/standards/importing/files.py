"""Reading any file of standards: the one door to the readers beside it."""

from pathlib import PurePath
from typing import BinaryIO

from cycles.core.errors import Invalid
from cycles.importing.reports import Progress, quiet
from cycles.importing.sheets import open_sheet
from cycles.standards.importing.gathering import Gathering
from cycles.standards.importing.json_files import read_json
from cycles.standards.importing.records import Reading
from cycles.standards.importing.table_files import read_table_file

ENDINGS = (".json", ".csv", ".xlsx")


def read_standards(
    stream: BinaryIO, filename: str, *, with_unapproved: bool = False, report: Progress = quiet
) -> Reading:
    """Return what a file of standards says; raise ``Invalid`` where it cannot be read at all."""
    ending = PurePath(filename).suffix.lower()
    if ending not in ENDINGS:
        raise Invalid("Standards are read from JSON, CSV or XLSX files.")
    gathering = Gathering(with_unapproved=with_unapproved)
    if ending == ".json":
        return read_json(stream, gathering, report)
    return read_table_file(open_sheet(stream, filename), gathering, report)
