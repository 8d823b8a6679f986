"""What keeps a cycle from being sealed, in sentences. Nothing is changed here."""

from sqlalchemy import select

from cycles.core.extensions import db
from cycles.setup.models import Cycle
from cycles.stages.gates import blockers
from cycles.stages.queries import evidence_of
from cycles.stages.words import Stage
from workshop.rooms.models import RoomState, Workshop


def sealing_blockers(cycle: Cycle) -> tuple[str, ...]:
    """Return what has to be done before the cycle can be sealed. None: it can be."""
    if cycle.archived_at is not None:
        return ("This cycle is archived. Bring it back before you seal it.",)
    if cycle.stage != Stage.CAUSING_ACTION:
        return (f"A cycle is sealed at its last stage, causing action. This one is {cycle.stage}.",)
    return (*blockers(cycle.stage, evidence_of(cycle)), *_running(cycle))


def _running(cycle: Cycle) -> list[str]:
    titles = db.session.scalars(
        select(Workshop.title)
        .where(
            Workshop.cycle_id == cycle.id,
            Workshop.state.in_((RoomState.OPEN, RoomState.PAUSED)),
        )
        .order_by(Workshop.title, Workshop.id)
    )
    return [f"The workshop “{title}” is still open. Close it." for title in titles]
