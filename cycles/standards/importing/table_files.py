"""Standards from tables: our own template, and the flat files that go about.

A row holds a duty, a KSB, both, a link between two or neither; rows of one reference make one
standard, also where they stand in several files.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cycles.importing.cleaning import clean, clean_status, says_yes
from cycles.importing.reports import BadCell, Problem, Progress
from cycles.importing.sheets import Sheet
from cycles.standards.importing.codes import LETTERS, Found, coded
from cycles.standards.importing.columns import check_columns, completed, our_names
from cycles.standards.importing.gathering import Gathering
from cycles.standards.importing.objects import LONGEST_PART, standard_record
from cycles.standards.importing.records import DutyRecord, KsbRecord, Reading, StandardRecord

SHARED = ("title", "level", "route", "status", "version", "overview")
REPORT_EVERY = 2000
_SEPARATOR = re.compile(r"[;,\s]+")
Cells = dict[str, str]


@dataclass
class Rows:
    """The rows of one reference."""

    first: int
    where: str
    facts: Cells = field(default_factory=dict)
    rows: list[Cells] = field(default_factory=list)
    clashes: list[str] = field(default_factory=list)

    def add(self, where: str, cells: Cells) -> None:
        """Add one row; note where it contradicts an earlier one."""
        for name in SHARED:
            value = cells.pop(name, "")
            if value and self.facts.setdefault(name, value) != value and name == "level":
                first = self.where[0].lower() + self.where[1:]
                self.clashes.append(f"{where} gives another {name} than {first}.")
        self.rows.append(cells)


@dataclass(frozen=True)
class TableFile:
    """A sheet, and what to call it where there are several."""

    sheet: Sheet
    label: str = ""


def read_table_files(files: Sequence[TableFile], gathering: Gathering, report: Progress) -> Reading:
    """Read sheets of standards as one; raise ``Invalid`` where their headings are of none."""
    check_columns([each.sheet.headings for each in files])
    found: dict[str, Rows] = {}
    for each in files:
        _group(each, found, gathering, report)
    for reference, held in found.items():
        if gathering.takes(clean_status(held.facts.get("status"))):
            where = f"{held.where} ({reference})"
            gathering.take(
                where,
                reference,
                lambda r=reference, h=held: _standard(r, h, gathering),  # type: ignore[misc]  # bound now, called at once
                held.first,
            )
    columns = {name for each in files for name in our_names(each.sheet.headings).values()}
    return gathering.reading(has_duties="duty" in columns, has_ksbs="ksb" in columns)


def _group(file: TableFile, found: dict[str, Rows], gathering: Gathering, report: Progress) -> None:
    names = our_names(file.sheet.headings)
    for count, row in enumerate(file.sheet.rows, 1):
        if count % REPORT_EVERY == 0:
            report(0, 0, f"Read {count:,} rows{file.label}")
        cells = {names[heading]: clean(value) for heading, value in completed(row.cells).items()}
        if not any(cells.values()):
            continue
        where = f"Row {row.number:,}{file.label}"
        reference = cells.pop("reference", "").upper()
        if not reference:
            gathering.problems.append(_without_reference(where, row.number))
            continue
        # The 2021 files name standards by LARS code alone, as the API of the time did.
        key = f"LARS{reference}" if reference.isdigit() else reference
        found.setdefault(key, Rows(row.number, where)).add(where, cells)


def _without_reference(where: str, number: int) -> Problem:
    advice = "Give every row the reference of the standard that it belongs to."
    return Problem(where, "The reference is missing.", number, "reference", "", advice)


def _standard(reference: str, held: Rows, gathering: Gathering) -> StandardRecord:
    if held.clashes:
        advice = "A standard has one level: give all its rows the same."
        raise BadCell(" ".join(held.clashes[:3]), column="level", advice=advice)
    ksbs = coded(_found(held))
    facts = held.facts
    return standard_record(
        reference=reference,
        title=facts.get("title"),
        level=facts.get("level"),
        route=facts.get("route"),
        status=facts.get("status"),
        version=facts.get("version"),
        overview=facts.get("overview"),
        job_titles=None,
        duties=_duties(held, ksbs, gathering),
        ksbs=ksbs,
    )


def _found(held: Rows) -> list[Found]:
    found = []
    for cells in held.rows:
        text, code = cells.get("ksb", ""), cells.get("ksb_code", "").upper()
        if not text:
            continue
        kind = LETTERS.get((cells.get("ksb_kind") or code)[:1].upper())
        if kind is None:
            told = "A KSB has neither a code such as K1, S2 or B3 nor a type."
            advice = "Write a code that begins with K, S or B."
            raise BadCell(told, column="ksb_code", value=code, advice=advice)
        found.append(Found(kind, (cells.get("ksb_reference") or code)[:LONGEST_PART], text))
    return found


def _duties(
    held: Rows, ksbs: tuple[KsbRecord, ...], gathering: Gathering
) -> tuple[DutyRecord, ...]:
    by_name = {ksb.reference: ksb.reference for ksb in ksbs}
    by_name |= {ksb.code: ksb.reference for ksb in ksbs}
    told = _links(held)
    duties: dict[str, DutyRecord] = {}
    for cells in held.rows:
        text = cells.get("duty", "")
        if not text:
            continue
        reference = cells.get("duty_reference", "")[:LONGEST_PART] or f"D{len(duties) + 1}"
        named = [name for name in _SEPARATOR.split(cells.get("duty_ksbs", "")) if name]
        named += told.pop(reference, ())
        links = [by_name.get(name) or by_name.get(name.upper()) for name in named]
        gathering.tally["links from duties to KSBs that the file does not hold left out"] += (
            links.count(None)
        )
        is_core = says_yes(cells["is_core"]) if cells.get("is_core") else True
        kept = tuple(dict.fromkeys(link for link in links if link))
        duties.setdefault(reference, DutyRecord(reference, text, is_core, kept))
    lost = sum(len(names) for names in told.values())
    gathering.tally["links from duties that the files do not hold left out"] += lost
    return tuple(duties.values())


def _links(held: Rows) -> dict[str, list[str]]:
    """Return what rows that hold nothing else link: the KSBs of each duty."""
    found: dict[str, list[str]] = {}
    for cells in held.rows:
        duty, ksb = cells.get("duty_reference", ""), cells.get("ksb_reference", "")
        if duty and ksb and not cells.get("duty") and not cells.get("ksb"):
            found.setdefault(duty[:LONGEST_PART], []).append(ksb[:LONGEST_PART])
    return found
