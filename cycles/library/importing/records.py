"""From raw rows to records: occupations chosen, the same text once with all its occurrences."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cycles.importing.cleaning import same_words
from cycles.importing.reports import Problem
from cycles.library.importing.rows import RawRow
from cycles.library.models import LibraryKind

Names = tuple[str, str, str]


@dataclass(frozen=True)
class OccurrenceRecord:
    """An occupation that a statement stands in."""

    reference: str
    code: str
    occupation: str


@dataclass(frozen=True)
class StatementRecord:
    """One statement, however many occupations list it."""

    reference: str
    kind: LibraryKind
    text: str
    area: Names | None
    occupation: str
    occurrences: tuple[OccurrenceRecord, ...] = ()
    wider: tuple[str, ...] = ()


def area_key(names: Names) -> Names:
    """Return an area's names as they are compared: however cased."""
    function, domain, area = (name.casefold() for name in names)
    return function, domain, area


def chosen(rows: Sequence[RawRow], like: Sequence[str], titles: Mapping[str, str]) -> list[RawRow]:
    """Return the rows of occupations whose code begins with, or title holds, one of ``like``."""
    wanted = [part.casefold().strip() for part in like if part.strip()]
    if not wanted:
        return list(rows)
    return [row for row in rows if _is_like(row, wanted, titles)]


def _is_like(row: RawRow, wanted: Sequence[str], titles: Mapping[str, str]) -> bool:
    title = (row.occupation or titles.get(row.code, "")).casefold()
    return any(
        (row.code and row.code.casefold().startswith(part)) or part in title for part in wanted
    )


def statements(
    rows: Sequence[RawRow],
    titles: Mapping[str, str],
    held: Mapping[str, str],
    *,
    keeps_twins: bool = False,
) -> tuple[list[StatementRecord], list[Problem]]:
    """Return one record per kind and text, in file order, and the rows that clash.

    ``held`` maps the references already held to their texts: of the references that share a text,
    the one already held goes on naming it, so that importing again finds the same statement.
    With ``keeps_twins`` every reference is a statement of its own, whatever its text.
    """
    groups: dict[tuple[LibraryKind, str], list[RawRow]] = {}
    for row in rows:
        twin = row.reference if keeps_twins else ""
        groups.setdefault((row.kind, twin or same_words(row.text)), []).append(row)
    records: list[StatementRecord] = []
    problems: list[Problem] = []
    used: set[str] = set()
    for (kind, key), some in groups.items():
        reference = _reference(kind, key, some, held, used)
        if reference is None:
            problems.append(_clash(some[0]))
            continue
        used.add(reference)
        records.append(_record(reference, some, titles))
    return records, problems


def _clash(row: RawRow) -> Problem:
    return Problem(
        row.where,
        f"The reference {row.reference} stands for two different texts.",
        row.number,
        "reference",
        row.reference,
        "Give each text a reference of its own, or empty the cell: then its words name it.",
    )


def _reference(
    kind: LibraryKind,
    key: str,
    some: Sequence[RawRow],
    held: Mapping[str, str],
    used: set[str],
) -> str | None:
    told = [row.reference for row in some if row.reference]
    if not told:
        # Named by its own words: the same text is the same statement when it comes again.
        return f"text-{hashlib.sha256(f'{kind} {key}'.encode()).hexdigest()[:16]}"
    free = [reference for reference in told if reference not in used]
    known = [reference for reference in free if reference in held]
    same = [reference for reference in known if same_words(held[reference]) == key]
    return next(iter([*same, *known, *free]), None)


def _record(reference: str, some: Sequence[RawRow], titles: Mapping[str, str]) -> StatementRecord:
    occurrences = {
        f"{row.code}/{row.reference}": OccurrenceRecord(
            f"{row.code}/{row.reference}"[:120],
            row.code,
            row.occupation or titles.get(row.code, ""),
        )
        for row in some
        if row.code
    }
    first = some[0]
    return StatementRecord(
        reference=reference,
        kind=first.kind,
        text=first.text,
        area=next((area_key(row.area) for row in some if row.area), None),
        occupation=first.occupation or titles.get(first.code, "") or first.code,
        occurrences=tuple(occurrences.values()),
        wider=tuple(dict.fromkeys(each for row in some for each in row.wider)),
    )
