"""When a cycle takes what organisations can do today, and what of it may be said. Refusals only."""

import uuid

from cycles.core.errors import Closed, Invalid
from cycles.current_state.models import Strength
from cycles.setup.holding import hold_cycle
from cycles.setup.models import Cycle
from cycles.stages.words import Stage

OPEN_STAGES = (Stage.PREPARING, Stage.CARRYING_OUT)
LONGEST_NOTE = 1000


def closed_because(cycle: Cycle) -> str:
    """Return why the cycle's current state cannot be changed, or an empty text when it can."""
    if cycle.sealed_at or cycle.archived_at:
        return "The cycle is closed; its current state can be read but not changed."
    if cycle.stage not in OPEN_STAGES:
        return (
            "The current state is captured while a cycle is preparing or carrying out. "
            f"This cycle is {cycle.stage.value} now."
        )
    return ""


def check_open(cycle_id: uuid.UUID) -> None:
    """Hold the cycle's row until the transaction ends; raise ``Closed`` when it takes no change.

    The lock lets one form at a time be held against what is recorded, so that a conflict is seen.
    """
    why = closed_because(hold_cycle(cycle_id, alone=True))
    if why:
        raise Closed(why)


def check_note(code: str, strength: Strength | None, note: str) -> None:
    """Raise ``Invalid`` for a note that is too long, or that stands beside nothing."""
    if note and strength is None:
        raise Invalid(f"{code} has a note, but neither none, some nor strong. Choose one.")
    if len(note) > LONGEST_NOTE:
        raise Invalid(f"The note on {code} is too long. Use at most {LONGEST_NOTE:,} characters.")
