"""Writing a reading into a framework, in bulk, within the caller's one transaction.

Standards and duties that the source no longer has are retired; its KSBs, which nothing else
points to, are removed. What returns is no longer retired. Some hundred standards are compared at
a time, so that memory does not grow with the framework. A check writes nothing.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import select

from cycles.core.extensions import db
from cycles.importing.changes import Action, Change, ChangeLog
from cycles.importing.differences import Difference, by_key, difference
from cycles.importing.writing import Pair, Writer, rows, rows_of, slices
from cycles.standards.importing import wanted
from cycles.standards.importing.records import Reading, StandardRecord
from cycles.standards.importing.wanted import Ids, Key
from cycles.standards.models import Duty, OccupationalStandard, StandardKsb, duty_ksb

STANDARDS_AT_ONCE = 200
STANDARD = {
    "title": "title",
    "level": "level",
    "route": "route",
    "version": "version",
    "status": "status",
    "overview": "overview",
    "job_titles": "job titles",
    "retired_at": "retired on",
}
DUTY = {"text": "text", "is_core": "core", "retired_at": "retired on"}
KSB = {"text": "text", "code": "code", "kind": "kind"}
Parts = Difference[Key]
Names = Mapping[uuid.UUID, str]


@dataclass(frozen=True)
class Counts:
    """What saving did, in numbers."""

    standards: int
    duties: int
    ksbs: int
    without_duties: int
    added: int
    changed: int
    unchanged: int
    retired: int
    duties_added: int
    duties_changed: int
    duties_retired: int
    ksbs_added: int
    ksbs_changed: int
    ksbs_removed: int


def save(
    reading: Reading, *, framework_id: uuid.UUID, is_part: bool, writer: Writer, log: ChangeLog
) -> Counts:
    """Bring the framework to what the reading says; ``is_part`` leaves other standards alone."""
    saving = _Saving(reading, framework_id, writer, log)
    for batch in _batches(reading):
        saving.take(batch)
    if not is_part:
        saving.retire_others()
    db.session.expire_all()
    tally = saving.tally
    tally["standards"] = len(reading.standards)
    tally["unchanged"] = tally["standards"] - tally["added"] - tally["changed"]
    return Counts(**{name: tally[name] for name in Counts.__annotations__})


def _batches(reading: Reading) -> Iterator[list[StandardRecord]]:
    records = iter(reading.standards)
    while batch := list(islice(records, STANDARDS_AT_ONCE)):
        yield batch


class _Saving:
    """One reading on its way into its framework, batch by batch."""

    def __init__(
        self, reading: Reading, framework_id: uuid.UUID, writer: Writer, log: ChangeLog
    ) -> None:
        self.reading = reading
        self.framework_id = framework_id
        self.writer = writer
        self.log = log
        self.tally: Counter[str] = Counter()

    def take(self, records: Sequence[StandardRecord]) -> None:
        """Compare and write some standards with all that belongs to them."""
        standards = self._standards(records)
        ids = {reference: identifier for (reference,), identifier in standards.ids.items()}
        names = {identifier: reference for reference, identifier in ids.items()}
        ksbs, codes = self._ksbs(records, ids, names)
        duties, retired = self._duties(records, ids, names)
        touched = self._links(
            wanted.links(records, ids, duties.ids, ksbs.ids), duties, codes, names
        )
        # Only now: whatever pointed to them was read first.
        self.writer.delete(StandardKsb, [ksbs.before[key]["id"] for key in ksbs.gone])
        touched |= {key for key, _ in (*ksbs.new, *ksbs.changed, *ksbs.gone)}
        touched |= {key for key, _ in (*duties.new, *duties.changed, *retired)}
        touched |= {standards.ids[key] for key in standards.changed}
        touched -= {standards.ids[key] for key in standards.new}
        self.tally["added"] += len(standards.new)
        self.tally["changed"] += len(touched)
        if self.reading.has_duties:
            self.tally["without_duties"] += sum(not record.duties for record in records)

    def _standards(self, records: Sequence[StandardRecord]) -> Parts:
        is_ours = OccupationalStandard.framework_id == self.framework_id
        named = OccupationalStandard.reference.in_([record.reference for record in records])
        held = by_key(rows(OccupationalStandard, is_ours, named), "reference")
        found = difference(held, wanted.standards(records, self.framework_id))
        self.writer.write(OccupationalStandard, found)
        self.log.note("Standard", found, STANDARD)
        return found

    def _ksbs(
        self, records: Sequence[StandardRecord], ids: Ids, names: Names
    ) -> tuple[Parts, dict[uuid.UUID, str]]:
        """Write the KSBs; return what differs, and the code of every one, held or wanted."""
        listed = rows_of(StandardKsb, StandardKsb.standard_id, ids.values())
        held = by_key(listed, "standard_id", "reference")
        if not self.reading.has_ksbs:
            return _as_held(held), {}
        asked = wanted.ksbs(records, ids)
        found = difference(held, asked)
        self.writer.write(StandardKsb, found)
        self.log.note("KSB", found, KSB, found.gone, names)
        self._count("ksbs", found, "removed", len(found.gone))
        codes = {row["id"]: row["code"] for row in held.values()}
        return found, codes | {found.ids[key]: row["code"] for key, row in asked.items()}

    def _duties(
        self, records: Sequence[StandardRecord], ids: Ids, names: Names
    ) -> tuple[Parts, list[Key]]:
        held = by_key(rows_of(Duty, Duty.standard_id, ids.values()), "standard_id", "reference")
        if not self.reading.has_duties:
            return _as_held(held), []
        found = difference(held, wanted.duties(records, ids))
        retired = [key for key in found.gone if held[key]["retired_at"] is None]
        self.writer.retire(Duty, [held[key]["id"] for key in retired])
        self.writer.write(Duty, found)
        self.log.note("Duty", found, DUTY, retired, names)
        self._count("duties", found, "retired", len(retired))
        return found, retired

    def _count(self, kind: str, found: Parts, ended: str, ended_count: int) -> None:
        self.tally[kind] += len(found.ids)
        self.tally[f"{kind}_added"] += len(found.new)
        self.tally[f"{kind}_changed"] += len(found.changed)
        self.tally[f"{kind}_{ended}"] += ended_count

    def _links(self, asked: set[Pair], duties: Parts, codes: Names, names: Names) -> set[uuid.UUID]:
        """Make the links as the file has them; return the standards whose links changed."""
        if not (self.reading.has_duties and self.reading.has_ksbs):
            return set()
        keys = {identifier: key for key, identifier in duties.ids.items()}
        held = _held_links(list(keys))
        new, gone = asked - held, held - asked
        self.writer.relink(duty_ksb, new, gone)
        changed = {keys[duty] for duty, _ in new | gone}
        before, after = _codes(held, codes), _codes(asked, codes)
        for key in sorted(changed.difference(duties.new), key=lambda each: str(each[1])):
            told, duty = f"{names[key[0]]} {key[1]}", duties.ids[key]
            now = (", ".join(before[duty]), ", ".join(after[duty]))
            self.log.add(Change(Action.CHANGED, "Duty", told, "KSBs", *now))
        return {standard_id for standard_id, _ in changed}

    def retire_others(self) -> None:
        """Retire the standards that the reading does not name, but for those it refused."""
        named = set(self.reading.standards.references) | self.reading.refused
        is_ours = OccupationalStandard.framework_id == self.framework_id
        held = db.session.execute(
            select(
                OccupationalStandard.reference, OccupationalStandard.id, OccupationalStandard.title
            )
            .where(is_ours, OccupationalStandard.retired_at.is_(None))
            .order_by(OccupationalStandard.reference)
        )
        gone = [row for row in held if row.reference not in named]
        self.writer.retire(OccupationalStandard, [row.id for row in gone])
        for row in gone:
            self.log.add(Change(Action.RETIRED, "Standard", row.reference, before=row.title))
        self.tally["retired"] += len(gone)


def _as_held(held: Mapping[Key, Any]) -> Parts:
    return Difference(ids={key: held[key]["id"] for key in held})


def _held_links(duty_ids: list[uuid.UUID]) -> set[Pair]:
    held: set[Pair] = set()
    for some in slices(duty_ids):
        found = db.session.execute(
            select(duty_ksb.c.duty_id, duty_ksb.c.ksb_id).where(duty_ksb.c.duty_id.in_(some))
        )
        held.update((duty, ksb) for duty, ksb in found)
    return held


def _codes(links: set[Pair], codes: Names) -> dict[uuid.UUID, list[str]]:
    """Return the codes of the KSBs that each duty needs, in order."""
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    for duty, ksb in links:
        found[duty].append(codes.get(ksb, ""))
    return defaultdict(list, {duty: sorted(names) for duty, names in found.items()})
