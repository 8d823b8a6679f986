"""Sealing a cycle. It cannot be undone: what it forgets, nobody can find again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.library.returning import return_statements
from cycles.setup.models import Cycle
from cycles.setup.queries import open_cycle
from workshop.ballot.links import destroy_key
from workshop.receipts.commands import forget_owners
from workshop.rooms.models import Workshop
from workshop.sealing.checks import sealing_blockers
from workshop.sealing.dealing import deal_seats_anew

SEALED = EventType("cycle.sealed")
CONFIRMATION = "seal this cycle"


@dataclass(frozen=True)
class Sharing:
    """Whether the kept statements go back to the library, and whether it says whose they are."""

    is_shared: bool = False
    is_named: bool = False


NOTHING_SHARED = Sharing()


def seal_cycle(
    *,
    cycle: Cycle,
    confirmation: str,
    sharing: Sharing = NOTHING_SHARED,
    actor: Actor,
    moment: datetime,
) -> None:
    """Make the cycle's answers anonymous for good, and the cycle unchangeable.

    Destroys the key that links people to their answers, the links, and what else of a seat says
    whose it was, down to the order of the rows; takes the owners off the receipts; shuts every
    room. Exports, verdicts and reports stay as they are. Kept statements go back to the library
    where ``sharing`` says so. Raises ``Closed`` when the cycle is
    sealed already or something has to be done first, ``Invalid`` unless ``confirmation`` is typed
    as asked.
    """
    # The lock makes a change under way come first, and one that follows find the cycle sealed.
    db.session.refresh(cycle, with_for_update=True)
    open_cycle(cycle.id)
    blockers = sealing_blockers(cycle)
    if blockers:
        raise Closed(" ".join(blockers))
    if confirmation.strip().casefold() != CONFIRMATION:
        raise Invalid(
            "Nothing was sealed.", confirmation=f"Type “{CONFIRMATION}” to show that you mean it"
        )
    if sharing.is_shared:
        return_statements(cycle=cycle, is_named=sharing.is_named, actor=actor, moment=moment)
    cycle.sealed_at = moment
    destroy_key(cycle_id=cycle.id, moment=moment)
    deal_seats_anew(cycle_id=cycle.id)
    forget_owners(cycle_id=cycle.id)
    db.session.execute(
        update(Workshop).where(Workshop.cycle_id == cycle.id).values(is_room_open=False)
    )
    db.session.flush()
    SEALED.record(actor=actor, moment=moment, cycle_id=cycle.id, subject_id=cycle.id)
