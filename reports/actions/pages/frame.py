"""The frame of the pages about actions: which of them this person can go to."""

import uuid
from dataclasses import dataclass

from flask import request, url_for

from cycles.core.access import Door, Place, lets_in

PAGES = (
    ("All actions", "actions.index", Door.MEMBER),
    ("Progress", "actions.progress", Door.SPONSOR_OR_CONVENER),
    ("My actions", "actions.mine", Door.MEMBER),
    ("Reminders", "actions.reminders", Door.CONVENER),
    ("Further subjects", "actions.subjects", Door.MEMBER),
)


@dataclass(frozen=True)
class Tab:
    """One page of the section. ``count`` is shown where it says something, else None."""

    label: str
    href: str
    is_current: bool
    count: int | None = None


@dataclass(frozen=True)
class Frame:
    """What stands around every page of the section."""

    tabs: tuple[Tab, ...]


def frame_of(cycle_id: uuid.UUID, place: Place, *, own: int) -> Frame:
    """Return the frame for this person, who owns so many actions that are still open."""
    return Frame(
        tuple(
            Tab(
                label=label,
                href=url_for(endpoint, cycle_id=cycle_id),
                is_current=request.endpoint == endpoint,
                count=own or None if endpoint == "actions.mine" else None,
            )
            for label, endpoint, door in PAGES
            if lets_in(door, place)
        )
    )
