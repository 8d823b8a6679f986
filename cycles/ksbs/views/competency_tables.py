"""The Future Competency Sets as files: CSV, or a workbook with a sheet for each role level."""

import uuid
from collections.abc import Iterable, Sequence

from flask import Response, request

from consensus.scale import PROFICIENCY_WORDS
from cycles.core import clock
from cycles.core.access import Door, opens_to
from cycles.core.downloads import Cell, Sheet, csv_answer, workbook_answer
from cycles.ksbs.competencies import Competency, CompetencySet, competency_sets
from cycles.ksbs.competency_filters import let_through, read_competency_filters
from cycles.ksbs.competency_pages import every_line, ratified_words
from cycles.ksbs.views import ksbs
from cycles.setup.models import Cycle
from cycles.setup.queries import get_cycle

COLUMNS = (
    "Role level",
    "Academic level",
    "Kind",
    "KSB",
    "Highest level needed",
    "Provisional",
    "Functions",
    "Capabilities",
    "Capability statements",
    "Profiles",
    "Names of profiles",
    "Of these ratified",
)
METHOD = (
    (
        "Future Competency Set",
        "The accepted knowledge, skills and behaviours of the capabilities that the profiles of a "
        "role level hold, each wording once.",
    ),
    (
        "Accepted",
        "Educators review every KSB on its own; it is accepted when the share of those who "
        "reviewed it that the rule card asks for accepts it, or by the convener's decision with "
        "a reason.",
    ),
    (
        "Each wording once",
        "KSBs of one kind that read the same but for capitals, spaces and the full stop at the end "
        "are one; it names every capability and profile that calls for it.",
    ),
    (
        "Highest level needed",
        "The highest proficiency that any profile of the role level needs of a capability with "
        "this KSB: Awareness, Practitioner or Expert.",
    ),
    ("Provisional", "That level is still the middle of a vote that agreed on none."),
    (
        "Profiles",
        "Those of the role level that were not withdrawn. One that the employer panel has not "
        "ratified is a prototype and may change.",
    ),
)


@ksbs.get("/competencies.<any(csv,xlsx):ending>")
@opens_to(Door.MEMBER)
def competencies_download(cycle_id: uuid.UUID, ending: str) -> Response:
    """Send what the filters let through of the Future Competency Sets."""
    sets = competency_sets(cycle_id)
    shown = let_through(sets, read_competency_filters(request.args))
    rows = [row for one in shown for row in _rows(one)]
    if ending == "csv":
        return csv_answer("competencies.csv", COLUMNS, rows)
    sheets = [Sheet(one.role_level, COLUMNS, _rows(one)) for one in shown]
    method = Sheet("Method", ("Term", "Meaning"), _method(get_cycle(cycle_id), sets, len(rows)))
    return workbook_answer("competencies.xlsx", [*sheets, Sheet("All", COLUMNS, rows), method])


def _rows(one: CompetencySet) -> Iterable[tuple[Cell, ...]]:
    for each in one.competencies:
        yield one.role_level, one.academic_level, *_row(each)


def _row(one: Competency) -> tuple[Cell, ...]:
    return (
        one.kind.value.capitalize(),
        one.text,
        PROFICIENCY_WORDS[one.level],
        one.is_provisional,
        ", ".join(one.functions),
        ", ".join(each.code for each in one.capabilities),
        "; ".join(each.text for each in one.capabilities),
        ", ".join(each.code for each in one.profiles),
        "; ".join(each.name for each in one.profiles),
        sum(each.is_ratified for each in one.profiles),
    )


def _method(cycle: Cycle, sets: Sequence[CompetencySet], count: int) -> Iterable[tuple[Cell, Cell]]:
    every = every_line(cycle.id, sets)
    filters = {key: value for key, value in request.args.items() if value and key != "page"}
    asked = ", ".join(f"{key} {value}" for key, value in filters.items())
    yield "Cycle", cycle.title
    yield "As of", clock.now()
    yield "Rows in this file", count
    yield "Filters", asked or "none: everything is here"
    yield "KSBs over all role levels, each once", every.total
    yield "Capabilities in profiles", every.capabilities
    yield "Of these without an accepted KSB", every.without
    yield "Profiles", ratified_words(every.profiles, every.ratified)
    yield from METHOD
