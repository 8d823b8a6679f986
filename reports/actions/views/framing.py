"""Who is asking, as the pages about actions need it, and the frame around them."""

import uuid

from flask_login import current_user

from cycles.core.access import current_place
from cycles.setup.queries import get_cycle
from reports.actions.pages.frame import Frame, frame_of
from reports.actions.queries import count_open_actions_of


def is_confined() -> bool:
    """Say whether this session came with a room's code, which proves nobody's address."""
    return current_user.cycle_id is not None


def own_count() -> int:
    """Return how many open actions this person owns."""
    return 0 if is_confined() else count_open_actions_of(current_place().participant_id)


def frame(cycle_id: uuid.UUID) -> Frame:
    """Return the frame for whoever asks."""
    return frame_of(cycle_id, current_place(), own=own_count())


def may_change(cycle_id: uuid.UUID) -> bool:
    """Say whether this person runs the cycle and the cycle is open."""
    cycle = get_cycle(cycle_id)
    return current_place().is_convener and cycle.sealed_at is None and cycle.archived_at is None
