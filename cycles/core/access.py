"""Access: the doors that routes carry, the place a person holds, and cycle-scoped loading.

A cycle is a tenant. Whoever has no place in it is told that it does not exist (404); whoever has
the wrong place is told so (403).
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar, cast

from flask import abort, current_app, g
from flask_login import current_user
from sqlalchemy import select

from cycles.core.audit import SYSTEM, Actor
from cycles.core.base import Scoped
from cycles.core.extensions import db


class Door(StrEnum):
    """Who a route lets in. From ``MEMBER`` on they need a place in the cycle that the URL names."""

    PUBLIC = "anyone"
    SIGNED_IN = "anyone signed in"
    CONVENES = "accounts that may start a cycle"
    ADMINISTRATOR = "administrators"
    MEMBER = "everyone in the cycle"
    CONVENER = "conveners"
    TECHNOLOGIST = "technologists and conveners"
    RECORDER = "technologists, employers and conveners"
    EMPLOYER = "employers"
    RATER = "technologists, employers and educators"
    PANEL = "panel members"
    PANEL_OR_CONVENER = "panel members and conveners"
    EDUCATOR = "educators and conveners"
    REVIEWER = "educators, employers and conveners"
    SPONSOR = "sponsors"
    SPONSOR_OR_CONVENER = "sponsors and conveners"


@dataclass(frozen=True)
class Place:
    """The place that the signed-in person holds in the cycle of this request."""

    participant_id: uuid.UUID
    cycle_id: uuid.UUID
    account_id: uuid.UUID
    group: str
    is_on_panel: bool
    partner_id: uuid.UUID | None
    cycle_title: str
    is_demonstration: bool

    @property
    def is_convener(self) -> bool:
        """Say whether this person runs the cycle."""
        return self.group == "convener"


PlaceFinder = Callable[[uuid.UUID, uuid.UUID], Place | None]
View = TypeVar("View", bound=Callable[..., Any])

_GROUPS: dict[Door, frozenset[str]] = {
    Door.CONVENER: frozenset({"convener"}),
    Door.TECHNOLOGIST: frozenset({"technologist", "convener"}),
    Door.RECORDER: frozenset({"technologist", "employer", "convener"}),
    Door.EMPLOYER: frozenset({"employer"}),
    Door.RATER: frozenset({"technologist", "employer", "educator"}),
    Door.EDUCATOR: frozenset({"educator", "convener"}),
    Door.REVIEWER: frozenset({"educator", "employer", "convener"}),
    Door.SPONSOR: frozenset({"sponsor"}),
    Door.SPONSOR_OR_CONVENER: frozenset({"sponsor", "convener"}),
}
_place_finders: list[PlaceFinder] = []


def finds_places(finder: PlaceFinder) -> PlaceFinder:
    """Register the function that finds an account's place in a cycle."""
    _place_finders[:] = [finder]
    return finder


def place_of(cycle_id: uuid.UUID, account_id: uuid.UUID) -> Place | None:
    """Return the place that an account holds in a cycle, or None if it has none there."""
    return _place_finders[0](cycle_id, account_id)


def lets_in(door: Door, place: Place) -> bool:
    """Say whether ``door`` opens to somebody who holds ``place``."""
    if door == Door.MEMBER:
        return True
    if door == Door.PANEL:
        return place.is_on_panel
    if door == Door.PANEL_OR_CONVENER:
        return place.is_on_panel or place.is_convener
    return place.group in _GROUPS[door]


def opens_to(door: Door) -> Callable[[View], View]:
    """Give a view its door: checked before the view runs, listed in the permission table."""

    def dress(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if door != Door.PUBLIC:
                _check(door, kwargs.get("cycle_id"))
            return view(*args, **kwargs)

        guarded.door = door  # type: ignore[attr-defined]  # read back by the permission table
        return cast(View, guarded)

    return dress


def _check(door: Door, cycle_id: uuid.UUID | None) -> None:
    if not current_user.is_authenticated:
        abort(current_app.login_manager.unauthorized())  # type: ignore[attr-defined]  # set by Flask-Login
    if cycle_id is not None:
        g.place = find_place(cycle_id)
        if g.place is None:
            abort(404)
        if not lets_in(door, g.place):
            abort(403)
    elif (door == Door.ADMINISTRATOR and not current_user.is_administrator) or (
        door == Door.CONVENES and not current_user.may_start_cycles
    ):
        abort(403)


def find_place(cycle_id: uuid.UUID) -> Place | None:
    """Return the place of the signed-in person in a cycle, as far as their session reaches.

    A session confined to one cycle has a rater's place there at most, whatever else the account
    has been given since: a room's code proves nobody's address.
    """
    confined_to = current_user.cycle_id
    if confined_to not in (None, cycle_id):
        return None
    place: Place | None = current_user.place_in(cycle_id)
    if place is None or confined_to is None:
        return place
    is_rater = place.group in _GROUPS[Door.RATER]
    return replace(place, is_on_panel=False) if is_rater else None


def current_place() -> Place:
    """Return the place that the door of this route has checked."""
    return cast(Place, g.place)


def current_actor() -> Actor:
    """Return who acts in this request, for commands and the audit log."""
    if not current_user.is_authenticated:
        return SYSTEM
    return Actor(current_user.account_id, current_user.opened.name)


Row = TypeVar("Row", bound=Scoped)


def load(kind: type[Row], cycle_id: uuid.UUID, row_id: uuid.UUID) -> Row:
    """Return the row of this cycle, or answer 404: the one way nested ids are loaded."""
    row = db.session.scalar(select(kind).where(kind.id == row_id, kind.cycle_id == cycle_id))
    if row is None:
        abort(404)
    return row
