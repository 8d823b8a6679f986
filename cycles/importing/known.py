"""Files that are recognised and not imported: each with its reason, and what to give instead."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from cycles.core.errors import Invalid

LIBRARY, STANDARDS = "library", "standards"


@dataclass(frozen=True)
class KnownFile:
    """A file told by its headings. ``belongs_to`` names the importer that does take it."""

    needs: frozenset[str]
    reason: str
    belongs_to: str = ""


def _file(reason: str, *needs: str, belongs_to: str = "") -> KnownFile:
    return KnownFile(frozenset(needs), reason, belongs_to)


BENCHMARK = (
    "Pythia is measured with it and imports none of it, so that what is measured was never learnt."
)
IN_LIBRARY = "Import it under Library."
KNOWN = (
    _file(
        "This is the crosswalk between the occupations of ESCO and O*NET: a benchmark. "
        f"{BENCHMARK} Give the occupations themselves: Occupation Data (O*NET) or occupations "
        "(ESCO).",
        "mapping project name",
    ),
    _file(
        "These are the Job Zones of O*NET: how much preparation an occupation needs. Nothing in "
        "Pythia rests on them, because a cycle sets its own role levels. For the titles of "
        "occupations give Occupation Data or Alternate Titles.",
        "o*net-soc code",
        "job zone",
    ),
    _file(
        "This explains the Job Zones of O*NET; nothing in Pythia rests on them. For the titles of "
        "occupations give Occupation Data or Alternate Titles.",
        "job zone",
        "svp range",
    ),
    _file(
        "This is a map from activities to the areas of a classification. Pythia classifies by a "
        "map of its own; give O*NET's DWA Reference and Tasks to DWAs, and tasks are placed by it.",
        "iwa_id",
        "area",
    ),
    _file(
        "This is a classification, not a library. An administrator imports it with "
        "“flask classification import”.",
        "function",
        "domain",
        "area",
    ),
    _file(
        "This file holds standards. Import it under Standards, with the files of the same year "
        "that belong to it.",
        "lars_code",
        belongs_to=STANDARDS,
    ),
    _file(f"This file belongs to O*NET. {IN_LIBRARY}", "o*net-soc code", belongs_to=LIBRARY),
    _file(f"This file belongs to O*NET. {IN_LIBRARY}", "iwa id", belongs_to=LIBRARY),
    _file(f"This file belongs to ESCO. {IN_LIBRARY}", "concepturi", belongs_to=LIBRARY),
    _file(f"This file belongs to ESCO. {IN_LIBRARY}", "level 0 uri", belongs_to=LIBRARY),
    _file(
        "These are occupations of the UK Standard Skills Classification without their tasks. For a "
        "framework give its table of tasks (XLSX); for titles import this file under Library.",
        "sugcode",
        belongs_to=LIBRARY,
    ),
)
# Its files have no headings: the first row is data already.
_MELO = re.compile(r"[qc]\d{6}(_[a-z]{2}_\d{3})?")


def refuse_known(headings: Collection[str], asked_for: str) -> None:
    """Raise ``Invalid`` with the reason where the headings are of a file known not to be taken."""
    held = frozenset(headings)
    if any(_MELO.fullmatch(heading) for heading in held):
        raise Invalid(
            "This is a part of MELO, a benchmark of job titles. "
            f"{BENCHMARK} Give the occupations of ESCO or O*NET for titles."
        )
    for known in KNOWN:
        if known.needs <= held and known.belongs_to != asked_for:
            raise Invalid(known.reason)
