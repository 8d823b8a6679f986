"""Who is asking, as the pages about actions need it, and the frame around them."""

import uuid

from flask import url_for
from flask_login import current_user

from cycles.core.access import current_place, find_place
from cycles.setup.pages.above import Told, tells_origin, tells_what_waits
from cycles.setup.queries import get_cycle
from reports.actions.links import origin_of
from reports.actions.pages.frame import Frame, frame_of
from reports.actions.queries import count_open_actions_of


def is_confined() -> bool:
    """Say whether this session came with a room's code, which proves nobody's address."""
    return current_user.cycle_id is not None


def own_count() -> int:
    """Return how many open actions this person owns."""
    return 0 if is_confined() else count_open_actions_of(current_place().participant_id)


@tells_what_waits
def own_actions(cycle_id: uuid.UUID) -> Told | None:
    """Tell the owner of open actions of them, on the cycle's home."""
    count = own_count()
    if not count:
        return None
    words = "1 action is yours" if count == 1 else f"{count} actions are yours"
    return Told(
        f"{words}: say how far {'it has' if count == 1 else 'they have'} come.",
        url_for("actions.mine", cycle_id=cycle_id),
    )


@tells_origin
def origin(cycle_id: uuid.UUID) -> Told | None:
    """Tell of the cycle on whose subject this one was started, to who has a place in both."""
    found = origin_of(cycle_id)
    if found is None or find_place(found[0]) is None:
        return None
    return Told(found[1], url_for("cycle.home", cycle_id=found[0]))


def frame(cycle_id: uuid.UUID) -> Frame:
    """Return the frame for whoever asks."""
    return frame_of(cycle_id, current_place(), own=own_count())


def may_change(cycle_id: uuid.UUID) -> bool:
    """Say whether this person runs the cycle and the cycle is open."""
    cycle = get_cycle(cycle_id)
    return current_place().is_convener and cycle.sealed_at is None and cycle.archived_at is None
