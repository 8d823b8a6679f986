"""Reading any files of standards: the one door to the readers beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import BinaryIO

from cycles.core.errors import Invalid
from cycles.importing.reports import Progress, quiet
from cycles.importing.sheets import open_sheet
from cycles.standards.importing.gathering import Gathering
from cycles.standards.importing.json_files import read_json
from cycles.standards.importing.records import Reading, Shelf
from cycles.standards.importing.table_files import TableFile, read_table_files

ENDINGS = (".json", ".csv", ".xlsx")


@dataclass(frozen=True)
class SourceFile:
    """A file to read standards from, open and named."""

    filename: str
    stream: BinaryIO


def read_standards(
    files: Sequence[SourceFile], *, with_unapproved: bool = False, report: Progress = quiet
) -> Reading:
    """Return what files of standards say as one; raise ``Invalid`` where one cannot be read.

    Tables of one source are read together, row by row: duties in one, KSBs in another, links in a
    third. A standard that stands in two files otherwise is refused.
    """
    endings = {PurePath(each.filename).suffix.lower() for each in files}
    if not endings <= set(ENDINGS):
        raise Invalid("Standards are read from JSON, CSV or XLSX files.")
    tables = [each for each in files if not _is_json(each)]
    readings = [
        read_json(each.stream, Gathering(with_unapproved=with_unapproved), report)
        for each in files
        if _is_json(each)
    ]
    if tables:
        gathering = Gathering(with_unapproved=with_unapproved)
        readings.append(read_table_files(_opened(tables), gathering, report))
    return _together(readings)


def _is_json(file: SourceFile) -> bool:
    return PurePath(file.filename).suffix.lower() == ".json"


def _opened(tables: Sequence[SourceFile]) -> list[TableFile]:
    return [
        TableFile(
            open_sheet(each.stream, each.filename),
            f" of {each.filename}" if len(tables) > 1 else "",
        )
        for each in tables
    ]


def _together(readings: Sequence[Reading]) -> Reading:
    if not readings:
        raise Invalid("No file was given.")
    whole = readings[0]
    for each in readings[1:]:
        twice = set(whole.standards.references).intersection(each.standards.references)
        if twice:
            raise Invalid(f"{min(twice)} stands in two of these files.")
        whole = replace(
            whole,
            standards=Shelf(whole.standards.places + each.standards.places),
            problems=whole.problems + each.problems,
            refused=whole.refused | each.refused,
            notes=whole.notes + each.notes,
            has_duties=whole.has_duties or each.has_duties,
            has_ksbs=whole.has_ksbs or each.has_ksbs,
        )
    return whole
