"""Gathering records into a reading: one version per reference, problems and notes counted."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from cycles.core.errors import Invalid
from cycles.importing.cleaning import natural_key, version_key
from cycles.importing.reports import Problem
from cycles.standards.importing.records import Reading, StandardRecord

APPROVED = "Approved for delivery"
# No longer, or not yet, provision that anybody can train to.
ENDED = ("Retired", "Withdrawn")
UNAPPROVED = ("In development", "Proposal in development")


@dataclass
class Gathering:
    """Collects what a file holds, record by record."""

    with_unapproved: bool = False
    best: dict[str, StandardRecord] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)
    tally: Counter[str] = field(default_factory=Counter)
    taken: int = 0

    def takes(self, status: str) -> bool:
        """Say whether records of this status are imported; count those that are not."""
        is_out = status in ENDED or (status in UNAPPROVED and not self.with_unapproved)
        if is_out:
            self.left_out[status] += 1
        return not is_out

    def take(self, where: str, reference: str, make: Callable[[], StandardRecord]) -> None:
        """Take the record that ``make`` returns, or the problem that it raises."""
        self.taken += 1
        try:
            record = make()
        except Invalid as problem:
            self.problems.append(Problem(where, str(problem)))
            self.refused.add(reference)
            return
        held = self.best.get(record.reference)
        if held is not None:
            self.tally["older versions of the same reference left out"] += 1
        if held is None or _rank(record) > _rank(held):
            self.best[record.reference] = record

    def reading(self, *, has_duties: bool, has_ksbs: bool) -> Reading:
        """Return what was gathered, standards in the order of their references."""
        if not self.best and not self.problems:
            raise Invalid("There are no standards in this file that could be imported.")
        return Reading(
            standards=tuple(self.best[reference] for reference in sorted(self.best)),
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
        bare = sum(not record.duties for record in self.best.values())
        if bare and has_duties:
            notes.append(
                f"{bare:,} of {len(self.best):,} standards have no duties: "
                "capabilities cannot be matched with them."
            )
        return tuple(notes)


def _rank(record: StandardRecord) -> tuple[bool, tuple[int, ...]]:
    return record.status.startswith(APPROVED), version_key(record.version)
