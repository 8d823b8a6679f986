"""Which results a person of the cycle looks at: what the address asks for, of what they may read.

The newest of it stands first: the cycle as it stands now for those who run it or review matches,
else the newest snapshot that was published to them.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from cycles.core.access import Place
from cycles.core.clock import LONDON
from cycles.setup.models import Cycle
from reports.document.models import Snapshot
from reports.explorer.frame import Link, Shelf
from reports.explorer.look import Look, Way, asked_in
from reports.mapping.selection import read_number
from reports.publishing.queries import (
    readable_snapshots,
    sees_working_results,
    standing_publications,
)
from reports.publishing.words import read_by_words
from reports.results.queries import snapshot_results, working_results


@dataclass(frozen=True, eq=False)
class Pick:
    """What a reader looks at, and what else stands beside it."""

    look: Look
    shelf: Shelf


def pick(cycle: Cycle, place: Place, args: Mapping[str, str], page: str) -> Pick | None:
    """Return what this person looks at, or None where nothing is there for them yet."""
    snapshots = readable_snapshots(cycle.id, place)
    sees_working = sees_working_results(place)
    asked = read_number(args.get("snapshot", ""))
    chosen = next((each for each in snapshots if each.number == asked), None)
    if chosen is None and not sees_working:
        chosen = next(iter(snapshots), None)
        if chosen is None:
            return None
    newest = snapshots[0] if snapshots and not sees_working else None
    kept = {"snapshot": chosen.number} if chosen and chosen is not newest else {}
    look = Look(
        results=snapshot_results(chosen) if chosen else working_results(cycle.id),
        args=asked_in(args),
        way=Way("explorer", {"cycle_id": cycle.id}),
        kept=kept,
        may_judge=chosen is None and cycle.sealed_at is None and cycle.archived_at is None,
        is_convener=place.is_convener,
    )
    shelf = _shelf(cycle.id, snapshots, chosen, page, sees_working=sees_working)
    return Pick(look, _with_publishing(shelf, cycle, chosen) if place.is_convener else shelf)


def _shelf(
    cycle_id: uuid.UUID,
    snapshots: list[Snapshot],
    chosen: Snapshot | None,
    page: str,
    *,
    sees_working: bool,
) -> Shelf:
    def href(**query: Any) -> str:
        return url_for("explorer.show", cycle_id=cycle_id, page_name=page, **query)

    working = [Link("Working results, as the cycle stands now", href(), chosen is None)]
    frozen = [Link(_name(each), href(snapshot=each.number), each is chosen) for each in snapshots]
    links = (*(working if sees_working else ()), *frozen)
    is_older = chosen is not None and chosen is not snapshots[0]
    return Shelf(
        choices=links if len(links) > 1 else (),
        notice=f"This is snapshot {chosen.number}. Snapshot {snapshots[0].number} is newer."
        if chosen and is_older
        else "",
        notice_href=href(snapshot=snapshots[0].number) if is_older else "",
    )


def _with_publishing(shelf: Shelf, cycle: Cycle, chosen: Snapshot | None) -> Shelf:
    may_freeze = chosen is None and cycle.sealed_at is None and cycle.archived_at is None
    return replace(
        shelf,
        freeze_href=url_for("publishing.freeze", cycle_id=cycle.id) if may_freeze else "",
        publishing_href=url_for("publishing.index", cycle_id=cycle.id),
        read_by=read_by_words(standing_publications(chosen.id)) if chosen else "",
    )


def _name(snapshot: Snapshot) -> str:
    taken = snapshot.created_at.astimezone(LONDON)
    return f"Snapshot {snapshot.number}, {taken.day} {taken:%B %Y}"
