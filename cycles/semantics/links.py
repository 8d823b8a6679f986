"""Links between statements that analysts made, as O*NET publishes them, and their split for study.

Here lives the reading of a file and the parting of tasks; links that the library holds are read
in ``imported``. Nothing is imported into the library here, and nothing is learnt.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cycles.core.errors import Invalid
from cycles.semantics.vectors import normalise

OCCUPATION, TITLE = "O*NET-SOC Code", "Title"
TASK, ACTIVITY, ACTIVITY_TITLE = "Task", "DWA ID", "DWA Title"

PARTS = 10
HELD_OUT_PARTS = (0, 1)
CALIBRATION_PARTS = (2,)

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class ActivityLinks:
    """Tasks and the activities they were placed under; a task that recurs stands once.

    pairs       int (k, 2): rows (task, activity), by task and then by activity
    groups      int (activities,): the group of each activity, as they were first met
    occupations the code of every occupation, by task
    titles      each occupation's title by its code
    """

    tasks: tuple[str, ...]
    activities: tuple[str, ...]
    pairs: Indices
    groups: Indices
    occupations: tuple[frozenset[str], ...]
    titles: dict[str, str]

    @property
    def digest(self) -> str:
        """Return the SHA-256 of tasks, activities and links, in their order."""
        told = hashlib.sha256("\n".join([*self.tasks, "", *self.activities]).encode())
        told.update(np.ascontiguousarray(self.pairs, dtype="<i8").tobytes())
        return told.hexdigest()


@dataclass(frozen=True, eq=False)
class Parts:
    """The tasks to learn from, to calibrate with and to be judged by; no task is in two.

    occupations is how many occupations each of the three draws on.
    """

    training: Indices
    calibration: Indices
    held_out: Indices
    occupations: tuple[int, int, int]


def rows_of(path: Path, columns: Collection[str]) -> Iterator[dict[str, str]]:
    """Read a tab-separated file without quoting; raise ``Invalid`` where a column is missing."""
    try:
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as problem:
        raise Invalid(f"The file {path.name!r} cannot be read as text.") from problem
    names = lines[0].rstrip("\r").split("\t")
    for column in columns:
        if column not in names:
            raise Invalid(f"The file {path.name!r} has no column {column!r}.")
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) != len(names):
            raise Invalid(f"Line {number:,} of {path.name!r} has {len(cells)} cells.")
        yield dict(zip(names, cells, strict=True))


def read_links(path: Path, reference: Path | None = None) -> ActivityLinks:
    """Read ``Tasks to DWAs.txt``, and ``DWA Reference.txt`` for the activities without a task.

    The code of an activity is that of its group, a dot, and its own end; one without a dot is a
    group of its own.
    """
    activities: dict[str, str] = {}
    if reference is not None:
        for row in rows_of(reference, (ACTIVITY, ACTIVITY_TITLE)):
            activities.setdefault(row[ACTIVITY], normalise(row[ACTIVITY_TITLE]))
    linked: dict[str, set[str]] = {}
    occupations: dict[str, set[str]] = defaultdict(set)
    titles: dict[str, str] = {}
    for row in rows_of(path, (OCCUPATION, TITLE, TASK, ACTIVITY, ACTIVITY_TITLE)):
        task = normalise(row[TASK])
        activities.setdefault(row[ACTIVITY], normalise(row[ACTIVITY_TITLE]))
        linked.setdefault(task, set()).add(row[ACTIVITY])
        occupations[task].add(row[OCCUPATION])
        titles.setdefault(row[OCCUPATION], row[TITLE].strip())
    place = {code: number for number, code in enumerate(activities)}
    pairs = sorted((i, place[code]) for i, codes in enumerate(linked.values()) for code in codes)
    return ActivityLinks(
        tasks=tuple(linked),
        activities=tuple(activities.values()),
        pairs=np.array(pairs, dtype=np.int64).reshape(-1, 2),
        groups=numbered([code.rpartition(".")[0] or code for code in activities]),
        occupations=tuple(frozenset(occupations[task]) for task in linked),
        titles=titles,
    )


def numbered(names: Iterable[str]) -> Indices:
    """Return a number for each name, counting distinct ones from 0 as they are first met.

    >>> numbered(["b", "a", "b"]).tolist()
    [0, 1, 0]
    """
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)


def part_of(code: str) -> int:
    """Return the tenth, 0 to 9, that an occupation falls into: its code's SHA-256 modulo ten.

    >>> part_of("11-1011.00")
    3
    """
    return int(hashlib.sha256(code.encode()).hexdigest(), 16) % PARTS


def split(links: ActivityLinks, left_out: Collection[str] = ()) -> Parts:
    """Part the tasks by occupation: seven tenths to learn from, one to calibrate, two held out.

    Occupations whose title is in ``left_out`` are held out. A task of several occupations goes
    with the one that is farthest from training, so that no text is both learnt and judged.
    """
    rank = {code: _rank(code, title in left_out) for code, title in links.titles.items()}
    of_task = np.array([max(rank[code] for code in codes) for codes in links.occupations])
    counts = [sum(found == step for found in rank.values()) for step in range(3)]
    return Parts(
        training=np.flatnonzero(of_task == 0),
        calibration=np.flatnonzero(of_task == 1),
        held_out=np.flatnonzero(of_task == 2),
        occupations=(counts[0], counts[1], counts[2]),
    )


def _rank(code: str, is_left_out: bool) -> int:
    part = part_of(code)
    if is_left_out or part in HELD_OUT_PARTS:
        return 2
    return 1 if part in CALIBRATION_PARTS else 0
