"""What every change of a KSB asks first: is the cycle at the stage, is the text one, is it seen."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from cycles.core.errors import Closed, Conflict, Invalid, Missing
from cycles.core.extensions import db
from cycles.ksbs.models import CapabilityKsb
from cycles.ksbs.queries import ksbs_of
from cycles.semantics.vectors import normalise
from cycles.setup.holding import hold_cycle
from cycles.setup.models import Cycle
from cycles.setup.queries import open_cycle
from cycles.stages.words import Stage
from cycles.statements.models import CapabilityStatement

SHORTEST_TEXT = 5
LONGEST_TEXT = 600
MARK_LENGTH = 12


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
    """Raise ``Closed`` unless the cycle is at the carrying-out stage and may change.

    It stays so until the transaction ends.
    """
    hold_cycle(cycle_id)
    reason = why_closed(open_cycle(cycle_id))
    if reason is not None:
        raise Closed(reason)


def tidy(text: str) -> str:
    """Return the text with single spaces, or raise ``Invalid`` where it is too short or long."""
    found = " ".join(text.split())
    if not SHORTEST_TEXT <= len(found) <= LONGEST_TEXT:
        sentence = f"Use between {SHORTEST_TEXT} and {LONGEST_TEXT} characters."
        raise Invalid(sentence, text=sentence)
    return found


def mark_of(ksb: CapabilityKsb) -> str:
    """Return the mark of what a reader sees of a KSB: another wording or kind has another."""
    seen = f"{ksb.kind.value}:{ksb.text}"
    return hashlib.sha256(seen.encode()).hexdigest()[:MARK_LENGTH]


def locked(ksbs: Sequence[CapabilityKsb]) -> list[CapabilityKsb]:
    """Return these KSBs as they stand now, in the order given, held until the commit.

    Whoever reviews one at the same moment comes after, and counts what was said before. One that
    somebody took away in the meantime is a ``Conflict``.
    """
    for cycle_id in {one.cycle_id for one in ksbs}:
        require_review_stage(cycle_id)
    ids = [one.id for one in ksbs]
    rows = db.session.scalars(
        select(CapabilityKsb)
        .where(CapabilityKsb.id.in_(ids))
        .order_by(CapabilityKsb.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = {one.id: one for one in rows}
    if len(found) < len(set(ids)):
        raise Conflict("Somebody took this KSB away in the meantime. This is what stands now.")
    return [found[one] for one in ids]


def require_seen(ksbs: Sequence[CapabilityKsb], seen: Mapping[uuid.UUID, str] | None) -> None:
    """Raise ``Conflict`` where somebody reworded a KSB since its reader saw it.

    ``seen`` holds the mark of each as it was shown; None where the caller looks at it now.
    """
    if seen is None:
        return
    stale = [one for one in ksbs if seen.get(one.id) != mark_of(one)]
    if stale:
        raise Conflict(f"Somebody reworded this in the meantime. It now reads: “{stale[0].text}”")


def folds_mark_of(ksb: CapabilityKsb) -> str:
    """Return the mark of a KSB with the near duplicates folded into it, in their order."""
    seen = [mark_of(ksb), *(f"{one['kind']}:{one['text']}" for one in ksb.folded)]
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()[:MARK_LENGTH]


def require_folds_seen(ksb: CapabilityKsb, seen: str | None) -> None:
    """Raise ``Conflict`` where a near duplicate went, came or changed places since it was shown.

    They are named by their numbers: another list has another number one.
    """
    if seen is not None and seen != folds_mark_of(ksb):
        raise Conflict("Somebody changed what is folded here. This is what stands now.")


def require_not_there(
    cycle_id: uuid.UUID, statement_id: uuid.UUID, text: str, but: uuid.UUID | None = None
) -> None:
    """Raise ``Invalid`` where the capability has a KSB of this wording already.

    One at a time for a capability: who sends the same at the same moment finds it there.
    """
    held = select(CapabilityStatement.id).where(CapabilityStatement.id == statement_id)
    db.session.execute(held.with_for_update(key_share=True)).one()
    key = normalise(text).casefold()
    for one in ksbs_of(cycle_id, statement_id):
        if one.id != but and normalise(one.text).casefold() == key:
            sentence = f"This capability has that one already ({one.status.value})."
            raise Invalid(sentence, text=sentence)


def folded_at(ksb: CapabilityKsb, number: int) -> int:
    """Return the place of a near duplicate in ``folded`` by its number from 1."""
    if not 1 <= number <= len(ksb.folded):
        raise Missing("That wording is not folded here any more.")
    return number - 1
