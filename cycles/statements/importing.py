"""Reading an uploaded table of statements: each row a draft, or a sentence about what is wrong.

Nothing is written here; ``adding`` writes the drafts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cycles.classification.models import Area
from cycles.core.errors import Invalid
from cycles.core.tables import Row, Table
from cycles.setup.models import Partner
from cycles.statements.adding import Draft
from cycles.statements.models import StatementStatus
from cycles.statements.wording import key, tidy

HEADINGS = ("Statement", "Function", "Domain", "Area", "Partners", "Status")
REQUIRED = ("Statement",)
EXAMPLE = (
    "Validate automated cell-culture equipment against regulatory requirements",
    "Implement",
    "Quality Control",
    "Test Equipment",
    "Manufacturer; Supplier",
    "submitted",
)
STATUSES = {
    "": StatementStatus.SUBMITTED,
    "submitted": StatementStatus.SUBMITTED,
    "kept": StatementStatus.KEPT,
}


@dataclass(frozen=True)
class RowProblem:
    """What is wrong with one row; ``number`` is the row's own in the file."""

    number: int
    sentence: str


@dataclass(frozen=True)
class Reading:
    """The drafts that can be added and the problems of the rows that cannot."""

    drafts: tuple[Draft, ...]
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True)
class Known:
    """What rows are held against: areas, partners, and the wordings that are there already."""

    areas: Sequence[Area]
    partners: Sequence[Partner]
    codes: dict[str, str]


def read_statements(table: Table, known: Known) -> Reading:
    """Read every row; a row repeated within the file counts once and its repeats are problems."""
    drafts: list[Draft] = []
    problems: list[RowProblem] = []
    seen: dict[str, int] = {}
    for row in table.rows:
        try:
            draft = _draft(row, known)
            first = seen.setdefault(key(draft.text), row.number)
            if first != row.number:
                raise Invalid(f"Row {first} of this file says the same.")
        except Invalid as refusal:
            problems.append(RowProblem(row.number, str(refusal)))
        else:
            drafts.append(draft)
    return Reading(tuple(drafts), tuple(problems))


def _draft(row: Row, known: Known) -> Draft:
    text = tidy(row.values.get("Statement", ""))
    if key(text) in known.codes:
        raise Invalid(f"{known.codes[key(text)]} says the same already.")
    return Draft(
        text=text,
        area=_area(row, known.areas),
        partners=_partners(row, known.partners),
        status=_status(row),
    )


def _area(row: Row, areas: Sequence[Area]) -> Area | None:
    wanted = {
        name: value.casefold()
        for name in ("Function", "Domain", "Area")
        if (value := row.values.get(name, "").strip())
    }
    if not wanted:
        return None
    found = [area for area in areas if wanted.items() <= _names(area).items()]
    if len(found) == 1:
        return found[0]
    told = " / ".join(row.values[name].strip() for name in wanted)
    if found:
        raise Invalid(f"“{told}” fits {len(found)} areas. Give function, domain and area.")
    raise Invalid(f"“{told}” is not an area of the classification.")


def _names(area: Area) -> dict[str, str]:
    return {
        "Function": area.function.casefold(),
        "Domain": area.domain.casefold(),
        "Area": area.name.casefold(),
    }


def _partners(row: Row, partners: Sequence[Partner]) -> tuple[Partner, ...]:
    by_name = {partner.name.casefold(): partner for partner in partners}
    found: dict[str, Partner] = {}
    for name in row.values.get("Partners", "").split(";"):
        wanted = name.strip().casefold()
        if wanted and wanted not in by_name:
            raise Invalid(f"“{name.strip()}” is not a partner of this cycle.")
        if wanted:
            found[wanted] = by_name[wanted]
    return tuple(found.values())


def _status(row: Row) -> StatementStatus:
    given = row.values.get("Status", "").strip()
    if given.casefold() not in STATUSES:
        raise Invalid(f"Status is “submitted” or “kept”, not “{given}”.")
    return STATUSES[given.casefold()]
