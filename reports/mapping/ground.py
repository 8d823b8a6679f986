"""What a run compared, word for word, and what it keeps of the scores. Frozen shapes, no database.

A later rewording of a statement or a duty never reaches in here. How a run is packed lives in
``packing``; what the scores mean at a threshold is worked out in ``reading`` and ``assembling``.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from consensus.matching import Calibration
from consensus.matching.national import Survey

MOST_HELD = 1_000

Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]
Vectors = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ComparedFramework:
    """A framework as it stood. ``uses_skills``: skills stood in where a standard had no duties."""

    framework_id: uuid.UUID
    name: str
    version: str
    snapshot_on: date
    licence: str
    attribution: str
    is_illustrative: bool
    uses_skills: bool


@dataclass(frozen=True)
class ComparedCapability:
    """A capability as it was worded when it was compared."""

    statement_id: uuid.UUID
    code: str
    text: str


@dataclass(frozen=True)
class ComparedStandard:
    """A standard that was compared, or that was left out because it has nothing to compare.

    ``framework`` counts in ``Inputs.frameworks``. ``place`` is the route or occupation group that
    tells related standards from unrelated ones; empty where none is known.
    """

    standard_id: uuid.UUID
    framework: int
    reference: str
    version: str
    title: str
    level: int
    place: str
    by_skills: bool


@dataclass(frozen=True)
class ComparedDuty:
    """A duty as it was worded when it was compared; ``standard`` counts in ``Inputs.standards``.

    ``is_skill`` marks a skill that stood in for a duty: it was not written to be matched.
    """

    duty_id: uuid.UUID
    standard: int
    position: int
    text: str
    is_core: bool
    is_skill: bool


@dataclass(frozen=True)
class Inputs:
    """Both sides of a comparison. ``bare_standards`` have nothing to compare and were left out."""

    frameworks: tuple[ComparedFramework, ...]
    capabilities: tuple[ComparedCapability, ...]
    standards: tuple[ComparedStandard, ...]
    duties: tuple[ComparedDuty, ...]
    bare_standards: tuple[ComparedStandard, ...]

    @cached_property
    def standard_of_duty(self) -> Indices:
        """Return the standard of each duty, int64 (m,)."""
        return np.array([duty.standard for duty in self.duties], dtype=np.int64)

    @cached_property
    def is_skill(self) -> Flags:
        """Return which duties are skills standing in, bool (m,)."""
        return np.array([duty.is_skill for duty in self.duties], dtype=np.bool_)

    @cached_property
    def levels(self) -> Indices:
        """Return the level of each standard, int64 (s,)."""
        return np.array([each.level for each in self.standards], dtype=np.int64)

    @cached_property
    def twins(self) -> Indices:
        """Return a number that standards of the very same duties share, int64 (s,)."""
        texts: list[list[str]] = [[] for _ in self.standards]
        for duty in self.duties:
            texts[duty.standard].append(duty.text)
        groups: dict[tuple[str, ...], int] = {}
        numbers = [groups.setdefault(tuple(sorted(own)), len(groups)) for own in texts]
        return np.array(numbers, dtype=np.int64)

    @cached_property
    def row_of(self) -> dict[uuid.UUID, int]:
        """Return each capability's row in the scores."""
        return {each.statement_id: row for row, each in enumerate(self.capabilities)}

    @cached_property
    def column_of(self) -> dict[uuid.UUID, int]:
        """Return each duty's column in the scores."""
        return {each.duty_id: column for column, each in enumerate(self.duties)}

    @cached_property
    def place_of(self) -> dict[uuid.UUID, int]:
        """Return each standard's place in ``standards``."""
        return {each.standard_id: place for place, each in enumerate(self.standards)}


class Source(Protocol):
    """Where the vectors of a run come from when a score is asked for that it did not keep."""

    def capabilities(self, rows: Indices) -> Vectors:
        """Return the vectors of these capabilities as the run compared them, (k, d)."""

    def duties(self, columns: Indices) -> Vectors:
        """Return the vectors of these duties as the run compared them, (k, d)."""


@dataclass(frozen=True, eq=False)
class Kept:
    """What a run keeps beside its inputs.

    ``profile_ids`` (f) and ``members`` bool (f, c) are the profiles as they were: the rows of
    ``survey.two_way``. ``is_generic`` is bool (m,).
    """

    survey: Survey
    profile_ids: tuple[uuid.UUID, ...]
    members: Flags
    is_generic: Flags


@dataclass(frozen=True, eq=False)
class Ground:
    """The inputs of a run, what it keeps of the scores, and where its vectors come from.

    ``chance`` tells the chance that a score stands for; None where the run had no adapter.
    ``memory`` holds what was worked out of it and depends on no threshold.
    """

    inputs: Inputs
    kept: Kept
    source: Source
    chance: Calibration | None = None
    memory: dict[tuple[bytes, ...], Numbers] = field(default_factory=dict)

    @property
    def survey(self) -> Survey:
        """Return the pairs and the two-way scores that the run keeps."""
        return self.kept.survey

    @property
    def floor_percent(self) -> int:
        """Return the lowest threshold that the run answers."""
        return int(self.kept.survey.floor_percent)

    @cached_property
    def keys(self) -> Indices:
        """Return the kept pairs as row times the number of duties plus duty, rising."""
        pairs = self.survey.pairs
        return pairs.row.astype(np.int64) * len(self.inputs.duties) + pairs.duty

    def remembered(self, key: tuple[bytes, ...], work_out: Callable[[], Numbers]) -> Numbers:
        """Return what stands under the key, worked out where it was not asked for before."""
        if key not in self.memory:
            found = work_out()
            if len(self.memory) >= MOST_HELD:
                self.memory.clear()
            self.memory[key] = found
        return self.memory[key]
