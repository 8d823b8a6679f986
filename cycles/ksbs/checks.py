"""What every change of a KSB asks first: is the cycle at the stage, is the text one."""

import uuid

from cycles.core.errors import Closed, Invalid
from cycles.setup.models import Cycle
from cycles.setup.queries import get_cycle, open_cycle
from cycles.stages.words import Stage

SHORTEST_TEXT = 5
LONGEST_TEXT = 600


def why_closed(cycle: Cycle) -> str | None:
    """Return the sentence that says why KSBs cannot be reviewed now, or None."""
    if cycle.sealed_at is not None or cycle.archived_at is not None:
        return "This cycle is closed: its KSBs cannot be changed."
    if cycle.stage != Stage.CARRYING_OUT:
        return (
            f"KSBs are reviewed in the carrying-out stage; this cycle is at “{cycle.stage.value}”."
        )
    return None


def require_review_stage(cycle_id: uuid.UUID) -> None:
    """Raise ``Closed`` unless the cycle may change and stands at the carrying-out stage."""
    open_cycle(cycle_id)
    reason = why_closed(get_cycle(cycle_id))
    if reason is not None:
        raise Closed(reason)


def tidy(text: str) -> str:
    """Return the text with single spaces, or raise ``Invalid`` where it is too short or long."""
    found = " ".join(text.split())
    if not SHORTEST_TEXT <= len(found) <= LONGEST_TEXT:
        sentence = f"Use between {SHORTEST_TEXT} and {LONGEST_TEXT} characters."
        raise Invalid(sentence, text=sentence)
    return found
