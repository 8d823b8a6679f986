"""Areas for the library by its links: tasks stand where the activities that they belong to stand.

O*NET places each task under detailed work activities and these under intermediate ones. Our own
map places the intermediate ones in the classification. No title of O*NET's is kept here.
"""

import csv
import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update

from cycles.classification.queries import areas
from cycles.core.audit import Actor, EventType
from cycles.core.extensions import db
from cycles.core.settings import ROOT
from cycles.library.models import LibraryKind, LibraryLink, LibraryStatement

OURS = ROOT / "cycles" / "reference" / "activities.csv"
LIBRARY_PLACED = EventType("library.placed", "placed", "left")
# An intermediate activity ends in I and its number; a detailed one adds D and its own.
_ACTIVITY = re.compile(r"^(\d\.[A-Z](?:\.[a-z0-9]+)+\.I\d+)(?:\.D\d+)?$")

Names = tuple[str, str, str]


@dataclass(frozen=True)
class Placed:
    """How many capability records were given an area, and how many still have none."""

    placed: int
    left: int


@dataclass(frozen=True)
class _Record:
    reference: str
    area_id: uuid.UUID | None


def read_activities(path: Path = OURS) -> dict[str, Names]:
    """Return the area of each intermediate work activity by its identifier."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {row["activity"]: (row["function"], row["domain"], row["area"]) for row in rows}


def place_library(*, actor: Actor, moment: datetime, path: Path = OURS) -> Placed:
    """Give an area to the live capability records that have none and whose activities have one.

    A record that has an area keeps it, whoever gave it. Where a task belongs to several
    activities, the area of most of them; equals by the order of the classification.
    """
    position = {area.id: area.position for area in areas()}
    records, wider = _records(), _wider()
    own = _own_areas(records, read_activities(path))
    without = [key for key, record in records.items() if record.area_id is None]
    found = {key: _area_of(key, own, wider, position) for key in without}
    rows = [{"id": key, "area_id": area_id} for key, area_id in found.items() if area_id]
    if rows:
        db.session.execute(update(LibraryStatement), rows)
        db.session.expire_all()
        LIBRARY_PLACED.record(
            actor=actor, moment=moment, placed=len(rows), left=len(without) - len(rows)
        )
    return Placed(len(rows), len(without) - len(rows))


def _records() -> dict[uuid.UUID, _Record]:
    rows = db.session.execute(
        select(LibraryStatement.id, LibraryStatement.reference, LibraryStatement.area_id)
        .where(
            LibraryStatement.kind == LibraryKind.CAPABILITY, LibraryStatement.retired_at.is_(None)
        )
        .order_by(LibraryStatement.source_id, LibraryStatement.position, LibraryStatement.id)
    )
    return {row.id: _Record(row.reference, row.area_id) for row in rows}


def _wider() -> dict[uuid.UUID, list[uuid.UUID]]:
    wider = defaultdict(list)
    for narrow, wide in db.session.execute(select(LibraryLink.statement_id, LibraryLink.wider_id)):
        wider[narrow].append(wide)
    return wider


def _own_areas(
    records: Mapping[uuid.UUID, _Record], activities: Mapping[str, Names]
) -> dict[uuid.UUID, uuid.UUID]:
    """Return the area that a record has already, or that its own reference tells."""
    by_names = {(area.function, area.domain, area.name): area.id for area in areas()}
    of_activity = {code: by_names.get(names) for code, names in activities.items()}
    own = {}
    for key, record in records.items():
        told = _ACTIVITY.match(record.reference)
        area_id = record.area_id or (of_activity.get(told[1]) if told else None)
        if area_id is not None:
            own[key] = area_id
    return own


def _area_of(
    key: uuid.UUID,
    own: Mapping[uuid.UUID, uuid.UUID],
    wider: Mapping[uuid.UUID, list[uuid.UUID]],
    position: Mapping[uuid.UUID, int],
) -> uuid.UUID | None:
    if key in own:
        return own[key]
    # One step is enough for a task; a second serves an activity whose own reference says nothing.
    for reached in (wider.get(key, []), _beyond(key, wider)):
        votes = Counter(own[each] for each in reached if each in own)
        if votes:
            return min(votes, key=lambda area: (-votes[area], position.get(area, len(position))))
    return None


def _beyond(key: uuid.UUID, wider: Mapping[uuid.UUID, list[uuid.UUID]]) -> list[uuid.UUID]:
    return [far for near in wider.get(key, []) for far in wider.get(near, [])]
