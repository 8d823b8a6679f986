"""Standards from tables: our own template, and the flat files that go about.

A row holds a duty, a KSB, both or neither; rows of one reference make one standard.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from cycles.core.errors import Invalid
from cycles.importing.cleaning import clean, clean_status, says_yes
from cycles.importing.reports import Problem, Progress
from cycles.importing.sheets import Sheet, SheetRow
from cycles.standards.importing.codes import LETTERS, Found, coded
from cycles.standards.importing.gathering import Gathering
from cycles.standards.importing.objects import LONGEST_PART, standard_record
from cycles.standards.importing.records import DutyRecord, KsbRecord, Reading, StandardRecord

TEMPLATE = (
    "reference",
    "title",
    "level",
    "route",
    "duty",
    "is_core",
    "duty_ksbs",
    "ksb_code",
    "ksb",
)
ALIASES = {
    "lars_code": "reference",
    "duty_id": "duty_reference",
    "ksb_id": "ksb_reference",
    "type": "ksb_kind",
    "code": "ksb_code",
    "text": "ksb",
}
REQUIRED = ("reference", "title", "level")
SHARED = ("title", "level", "route", "status", "version", "overview")
REPORT_EVERY = 2000
_SEPARATOR = re.compile(r"[;,\s]+")


@dataclass
class Rows:
    """The rows of one reference."""

    first: int
    facts: dict[str, str] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)
    clashes: list[str] = field(default_factory=list)

    def add(self, row: SheetRow, cells: dict[str, str]) -> None:
        """Add one row; note where it contradicts an earlier one."""
        for name in SHARED:
            value = cells.get(name, "")
            if value and self.facts.setdefault(name, value) != value and name == "level":
                self.clashes.append(
                    f"Row {row.number:,} gives another {name} than row {self.first:,}."
                )
        self.rows.append(cells)


def read_table_file(sheet: Sheet, gathering: Gathering, report: Progress) -> Reading:
    """Read a sheet of standards; raise ``Invalid`` where its headings are not of standards."""
    names = {heading: ALIASES.get(heading, heading) for heading in sheet.headings}
    lacking = [name for name in REQUIRED if name not in names.values()]
    if lacking:
        raise Invalid(
            f"The first row must name the columns; {', '.join(lacking)} is not there. "
            "The template shows the columns."
        )
    by_reference = _grouped(sheet.rows, names, gathering, report)
    for reference, held in by_reference.items():
        if gathering.takes(clean_status(held.facts.get("status"))):
            where = f"Row {held.first:,} ({reference})"
            gathering.take(where, reference, lambda r=reference, h=held: _standard(r, h, gathering))  # type: ignore[misc]  # bound now, called at once
    columns = set(names.values())
    return gathering.reading(has_duties="duty" in columns, has_ksbs="ksb" in columns)


def _grouped(
    rows: Iterable[SheetRow], names: dict[str, str], gathering: Gathering, report: Progress
) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for count, row in enumerate(rows, 1):
        if count % REPORT_EVERY == 0:
            report(0, 0, f"Read {count:,} rows")
        cells = {names[heading]: clean(value) for heading, value in row.cells.items()}
        reference = cells.get("reference", "").upper()
        if not any(cells.values()):
            continue
        if not reference:
            gathering.problems.append(Problem(f"Row {row.number:,}", "The reference is missing."))
            continue
        # The 2021 files name standards by LARS code alone, as the API of the time did.
        key = f"LARS{reference}" if reference.isdigit() else reference
        found.setdefault(key, Rows(row.number)).add(row, cells)
    return found


def _standard(reference: str, held: Rows, gathering: Gathering) -> StandardRecord:
    if held.clashes:
        raise Invalid(" ".join(held.clashes[:3]))
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
            raise Invalid("A KSB has neither a code such as K1, S2 or B3 nor a type.")
        found.append(Found(kind, (cells.get("ksb_reference") or code)[:LONGEST_PART], text))
    return found


def _duties(
    held: Rows, ksbs: tuple[KsbRecord, ...], gathering: Gathering
) -> tuple[DutyRecord, ...]:
    by_name = {ksb.reference: ksb.reference for ksb in ksbs}
    by_name |= {ksb.code: ksb.reference for ksb in ksbs}
    duties: dict[str, DutyRecord] = {}
    for cells in held.rows:
        text = cells.get("duty", "")
        if not text:
            continue
        reference = cells.get("duty_reference", "")[:LONGEST_PART] or f"D{len(duties) + 1}"
        named = [name for name in _SEPARATOR.split(cells.get("duty_ksbs", "")) if name]
        links = [by_name.get(name) or by_name.get(name.upper()) for name in named]
        gathering.tally["links from duties to KSBs that the file does not hold left out"] += (
            links.count(None)
        )
        duties.setdefault(
            reference,
            DutyRecord(
                reference,
                text,
                says_yes(cells["is_core"]) if cells.get("is_core") else True,
                tuple(dict.fromkeys(link for link in links if link)),
            ),
        )
    return tuple(duties.values())
