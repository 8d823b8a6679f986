"""Reading a classification from its file. Nothing is written here.

The file has one row per function, domain or area (``kind``), each with its definition; a flat
file of areas alone, without ``kind`` and definitions, is taken too.
"""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

from cycles.core.errors import Invalid
from cycles.core.settings import ROOT

OURS = ROOT / "cycles" / "reference" / "classification.csv"
KINDS = ("function", "domain", "area")
LONGEST = {"function": 80, "domain": 120, "area": 120}


@dataclass(frozen=True)
class AreaRecord:
    """One area as the file has it, with the definitions of what it stands in."""

    function: str
    domain: str
    name: str
    definition: str
    domain_definition: str
    function_definition: str

    @property
    def key(self) -> tuple[str, str, str]:
        """Return the area's natural key."""
        return self.function, self.domain, self.name


@dataclass(frozen=True)
class Edition:
    """What the file says of itself: its name, version and licence."""

    name: str
    version: str
    licence: str


def read_edition(path: Path) -> Edition:
    """Return what stands beside the file in a ``.json`` of the same name, or the file's name."""
    beside = path.with_suffix(".json")
    if not beside.is_file():
        return Edition(path.stem, path.stem[:40], "")
    told = json.loads(beside.read_text(encoding="utf-8"))
    return Edition(told["name"], told["version"], told.get("licence", ""))


def read_areas(path: Path) -> list[AreaRecord]:
    """Return the areas of the file in its order; raise ``Invalid`` with every problem found."""
    rows = _rows(path)
    definitions = {
        (row.get("function", ""), row.get("domain", "")): row.get("definition", "")
        for _, row in rows
        if row.get("kind") in ("function", "domain")
    }
    areas: dict[tuple[str, str, str], AreaRecord] = {}
    problems: list[str] = []
    for line, row in rows:
        if row.get("kind", "area") not in ("", "area"):
            continue
        area = _area(row, definitions)
        problem = _problem(row, is_known=area.key in areas)
        if problem is None:
            areas[area.key] = area
        else:
            problems.append(f"Line {line}: {problem}.")
    if problems or not areas:
        raise Invalid(" ".join(problems[:20]) or "There are no areas in this file.")
    return list(areas.values())


def _area(row: dict[str, str], definitions: dict[tuple[str, str], str]) -> AreaRecord:
    return AreaRecord(
        function=row["function"],
        domain=row["domain"],
        name=row["area"],
        definition=row.get("definition", ""),
        domain_definition=definitions.get((row["function"], row["domain"]), ""),
        function_definition=definitions.get((row["function"], ""), ""),
    )


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("This file is not UTF-8 text. Save it as CSV UTF-8.") from error
    reader = csv.DictReader(io.StringIO(text))
    lacking = [name for name in KINDS if name not in (reader.fieldnames or ())]
    if lacking:
        raise Invalid(f"The first line must name the columns; {', '.join(lacking)} is not there.")
    return [
        (reader.line_num, {name: (value or "").strip() for name, value in row.items() if name})
        for row in reader
    ]


def _problem(row: dict[str, str], *, is_known: bool) -> str | None:
    for kind in KINDS:
        if not row[kind]:
            return f"the {kind} is missing"
        if len(row[kind]) > LONGEST[kind]:
            return f"the {kind} is longer than {LONGEST[kind]} characters"
    return f"{row['area']} stands twice in {row['domain']}" if is_known else None
