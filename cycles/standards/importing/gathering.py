"""Gathering records into a reading: one version per reference, problems and notes counted."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from cycles.core.errors import Invalid
from cycles.importing.cleaning import natural_key, version_key
from cycles.importing.reports import Problem, problem_of
from cycles.importing.spooling import Spool
from cycles.standards.importing.records import Reading, Shelf, StandardRecord
from cycles.standards.models import UNKNOWN_LEVEL

APPROVED = "Approved for delivery"
# No longer, or not yet, provision that anybody can train to.
ENDED = ("Retired", "Withdrawn")
UNAPPROVED = ("In development", "Proposal in development")


@dataclass(frozen=True)
class Taken:
    """The best version of a reference so far: where it is kept, and what the notes count."""

    rank: tuple[bool, tuple[int, ...]]
    place: int
    has_duties: bool
    has_ksbs: bool
    has_level: bool


@dataclass
class Gathering:
    """Collects what a file holds, record by record."""

    with_unapproved: bool = False
    best: dict[str, Taken] = field(default_factory=dict)
    spool: Spool = field(default_factory=Spool)
    problems: list[Problem] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)
    tally: Counter[str] = field(default_factory=Counter)

    def takes(self, status: str) -> bool:
        """Say whether records of this status are imported; count those that are not."""
        is_out = status in ENDED or (status in UNAPPROVED and not self.with_unapproved)
        if is_out:
            self.left_out[status] += 1
        return not is_out

    def take(
        self, where: str, reference: str, make: Callable[[], StandardRecord], row: int = 0
    ) -> None:
        """Take the record that ``make`` returns, or the problem that it raises."""
        try:
            record = make()
        except Invalid as problem:
            self.problems.append(problem_of(where, problem, row))
            self.refused.add(reference)
            return
        held = self.best.get(record.reference)
        rank = (record.status.startswith(APPROVED), version_key(record.version))
        if held is not None:
            self.tally["older versions of the same reference left out"] += 1
        if held is None or rank > held.rank:
            self.best[record.reference] = Taken(
                rank,
                self.spool.add(record),
                bool(record.duties),
                bool(record.ksbs),
                record.level != UNKNOWN_LEVEL,
            )

    def reading(self, *, has_duties: bool, has_ksbs: bool) -> Reading:
        """Return what was gathered, standards in the order of their references."""
        if not self.best and not self.problems:
            raise Invalid("There are no standards in this file that could be imported.")
        ordered = sorted(self.best)
        return Reading(
            standards=Shelf(tuple((each, self.spool, self.best[each].place) for each in ordered)),
            problems=tuple(
                sorted(self.problems, key=lambda each: natural_key(each.where.replace(",", "")))
            ),
            refused=frozenset(self.refused),
            notes=self._notes(has_duties=has_duties),
            has_duties=has_duties,
            has_ksbs=has_ksbs,
        )

    def _notes(self, *, has_duties: bool) -> tuple[str, ...]:
        notes = [
            f"{count:,} left out because of their status: {status.lower()}."
            for status, count in sorted(self.left_out.items())
        ]
        notes += [f"{count:,} {what}." for what, count in sorted(self.tally.items()) if count]
        bare = sum(not each.has_duties for each in self.best.values())
        if bare and has_duties:
            notes.append(
                f"{bare:,} of {len(self.best):,} standards have no duties: "
                "capabilities cannot be matched with them."
            )
        unplaced = sum(not each.has_level for each in self.best.values())
        if unplaced:
            notes.append(
                f"{unplaced:,} of {len(self.best):,} standards have no known level: their screens "
                "say so, and they are compared with profiles of every known level."
            )
        return tuple(notes)
