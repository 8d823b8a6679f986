"""When the cycle lets a workshop or a round open: each kind of workshop has its stages."""

import uuid

from cycles.core.errors import Closed
from cycles.setup.queries import get_cycle, open_cycle
from cycles.stages.words import ORDER, Stage
from workshop.rooms.models import Workshop, WorkshopKind

OPENS_IN = {
    **dict.fromkeys(WorkshopKind, (Stage.CARRYING_OUT,)),
    # Stakeholders prioritise early, and may be asked again until the workshops are over.
    WorkshopKind.PRIORITISATION: ORDER[
        ORDER.index(Stage.IDENTIFYING) : ORDER.index(Stage.CARRYING_OUT) + 1
    ],
}
"""The stages of a cycle in which each kind of workshop opens."""


def why_not_open(kind: WorkshopKind, stage: Stage) -> str:
    """Return why a workshop of this kind cannot open at a stage, or nothing when it can."""
    if stage in OPENS_IN[kind]:
        return ""
    if kind == WorkshopKind.PRIORITISATION:
        return (
            "Solutions are prioritised from the identifying stage until the workshops are over; "
            f"this cycle is {stage}."
        )
    return f"Workshops and rounds open in the carrying-out stage; this cycle is {stage}."


def why_blocked(workshop: Workshop) -> str:
    """Return why the cycle's stage does not let this workshop open now, or nothing."""
    return why_not_open(workshop.kind, get_cycle(workshop.cycle_id).stage)


def require_stage(workshop: Workshop) -> None:
    """Raise ``Closed`` unless the cycle may change and its stage lets this workshop open."""
    why = why_not_open(workshop.kind, open_cycle(workshop.cycle_id).stage)
    if why:
        raise Closed(why)


def require_carrying_out(cycle_id: uuid.UUID) -> None:
    """Raise ``Closed`` unless the cycle may change and stands at the carrying-out stage.

    Whoever writes holds the cycle first (``cycles.setup.holding``), so that it stays there.
    """
    why = why_not_open(WorkshopKind.PROFICIENCY, open_cycle(cycle_id).stage)
    if why:
        raise Closed(why)
