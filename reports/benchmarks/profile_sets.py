"""Statements of known occupations shuffled together: what a grouping is asked to take apart.

Here lives what is read and how it is mixed. How it is grouped lives in ``profile_ways``.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cycles.core.errors import Invalid
from cycles.semantics.occupations import by_digest, family_of, read_occupations
from cycles.semantics.vectors import normalise
from reports.benchmarks.classification import read_placed

STATEMENTS = "onet/Task Statements.txt"
LINKS = "onet/Tasks to DWAs.txt"
REFERENCE = "onet/DWA Reference.txt"
DUTIES = "ifate/ifate_duties_2021.csv"
FILES = (STATEMENTS, LINKS, REFERENCE, DUTIES)

LEAST_OCCUPATIONS, LEAST_STANDARDS = 6, 3
UNKNOWN = -1

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class MixedSet:
    """Statements of several occupations of one family, in an order that tells nothing.

    owners (n,) says whose each is; places (n, 3) are codes of function, domain and area.
    """

    family: str
    texts: tuple[str, ...]
    owners: Numbers
    places: Numbers

    @property
    def occupations(self) -> int:
        """How many groups there truly are."""
        return len(set(self.owners.tolist()))


def read_tasks(data: Path, size: int) -> list[MixedSet]:
    """Read O*NET's tasks in sets of ``size`` occupations of one job family, each with the areas
    of its activities by our own map."""
    occupations = read_occupations(data / STATEMENTS)
    families: dict[str, dict[str, tuple[str, ...]]] = {}
    for code, tasks in occupations.items():
        families.setdefault(family_of(code), {})[code] = tasks
    places = _places(data)
    return list(_mixed(families, size, LEAST_OCCUPATIONS, places))


def read_duties(data: Path, size: int) -> list[MixedSet]:
    """Read the duties that employers wrote for standards, in sets of standards of one route."""
    routes: dict[str, dict[str, tuple[str, ...]]] = {}
    with (data / DUTIES).open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if not {"route", "lars_code", "duty"} <= set(reader.fieldnames or ()):
            raise Invalid(f"The file {DUTIES!r} has no columns route, lars_code and duty.")
        for row in reader:
            standards = routes.setdefault(row["route"], {})
            duties = standards.get(row["lars_code"], ())
            standards[row["lars_code"]] = (*duties, normalise(row["duty"]))
    return list(_mixed(routes, size, LEAST_STANDARDS, {}))


def _places(data: Path) -> dict[str, Numbers]:
    placed = read_placed(data / LINKS, data / REFERENCE)
    return {
        task: placed.levels[:, place]
        for task, place in zip(placed.links.tasks, placed.place, strict=True)
    }


def _mixed(
    families: Mapping[str, Mapping[str, Sequence[str]]],
    size: int,
    least: int,
    places: Mapping[str, Numbers],
) -> Iterator[MixedSet]:
    for family in sorted(families):
        ranked = by_digest(families[family])
        for start in range(0, len(ranked), size):
            some = ranked[start : start + size]
            if len(some) >= least:
                yield _mix(family, [families[family][code] for code in some], places)


def _mix(
    family: str, statements: Sequence[Sequence[str]], places: Mapping[str, Numbers]
) -> MixedSet:
    """Mix what belongs to one occupation of the set alone; what several share is left out."""
    counts = Counter(text for some in statements for text in set(some))
    owner = {text: i for i, some in enumerate(statements) for text in some if counts[text] == 1}
    texts = by_digest(owner)
    unknown = np.full(3, UNKNOWN, dtype=np.int64)
    return MixedSet(
        family=family,
        texts=tuple(texts),
        owners=np.array([owner[text] for text in texts], dtype=np.int64),
        places=np.array([places.get(text, unknown) for text in texts], dtype=np.int64),
    )
