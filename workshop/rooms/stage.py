"""When the cycle lets a workshop or a round open."""

import uuid

from cycles.core.errors import Closed
from cycles.setup.queries import open_cycle
from cycles.stages.words import Stage


def require_carrying_out(cycle_id: uuid.UUID) -> None:
    """Raise ``Closed`` unless the cycle may change and stands at the carrying-out stage."""
    cycle = open_cycle(cycle_id)
    if cycle.stage != Stage.CARRYING_OUT:
        raise Closed(
            f"Workshops and rounds open in the carrying-out stage; this cycle is {cycle.stage}."
        )
