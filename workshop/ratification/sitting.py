"""Whether the panel sits, who is of it, and what every change of a profile does to its answers."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from cycles.core.audit import Actor
from cycles.core.errors import Closed
from cycles.core.extensions import db
from cycles.people.models import Participant
from cycles.profiles.models import Profile
from cycles.profiles.trail import ChangeKind, note
from cycles.setup.holding import hold_cycle
from workshop.ratification.models import Approval, Objection
from workshop.ratification.queries import hold_rooms, why_closed, why_not_at_stage

Answer = type[Approval] | type[Objection]


@dataclass(frozen=True)
class Outcome:
    """What a change did: whether anything changed, and how many answers it set aside."""

    is_changed: bool
    approvals: int = 0
    objections: int = 0

    @property
    def set_aside(self) -> int:
        """Return how many answers were set aside."""
        return self.approvals + self.objections

    @property
    def sentence(self) -> str:
        """Return what to tell the person who made the change."""
        if not self.is_changed:
            return "Nothing changed."
        if not self.set_aside:
            return "Saved."
        verb = "was" if self.set_aside == 1 else "were"
        many = answers_in_words(self.approvals, self.objections)
        return f"Saved. {many} {verb} set aside: the profile has to be approved as it now stands."


NOTHING = Outcome(is_changed=False)


def answers_in_words(approvals: int, objections: int) -> str:
    """Return counts of answers in words: ``2 approvals and 1 objection``."""
    counted = ((approvals, "approval"), (objections, "objection"))
    said = [f"{count} {word}{'s' if count > 1 else ''}" for count, word in counted if count]
    return " and ".join(said)


def check_sitting(profile: Profile, *, holds_codes: bool = False) -> None:
    """Raise ``Closed`` unless the panel may work on the profile until the transaction ends.

    ``holds_codes`` where a new code will be taken: then nobody else takes one meanwhile.
    """
    cycle = hold_cycle(profile.cycle_id, alone=holds_codes)
    hold_rooms(cycle.id)
    _refuse(why_closed(cycle))


def check_at_stage(profile: Profile) -> None:
    """Raise ``Closed`` unless profiles may change at all until the transaction ends."""
    _refuse(why_not_at_stage(hold_cycle(profile.cycle_id)))


def check_may_stand(profile: Profile, is_convener: bool) -> None:
    """Raise ``Closed`` unless this person may say now what becomes of a profile as a whole."""
    if is_convener:
        check_at_stage(profile)
    else:
        check_sitting(profile)


def check_panel(participant: Participant, does: str) -> None:
    """Raise ``Closed`` for anybody who is not on the panel now; ``does`` is what only it does."""
    if not participant.is_on_panel or participant.withdrawn_at is not None:
        raise Closed(f"Only members of the employer panel {does}.")


def set_aside(*profiles: Profile, actor: Actor, moment: datetime) -> Outcome:
    """Set every answer to these changed profiles aside, and note it in their trails."""
    counts = [_set_aside_of(one, actor, moment) for one in profiles]
    return Outcome(
        is_changed=True,
        approvals=sum(approvals for approvals, _ in counts),
        objections=sum(objections for _, objections in counts),
    )


def _set_aside_of(profile: Profile, actor: Actor, moment: datetime) -> tuple[int, int]:
    approvals, objections = _drop(Approval, profile.id), _drop(Objection, profile.id)
    if approvals or objections:
        note(
            profile=profile,
            kind=ChangeKind.SET_ASIDE,
            before=answers_in_words(approvals, objections),
            actor=actor,
            moment=moment,
        )
    return approvals, objections


def _drop(model: Answer, profile_id: uuid.UUID) -> int:
    gone = db.session.scalars(
        delete(model).where(model.profile_id == profile_id).returning(model.id)
    )
    return len(gone.all())


def _refuse(reason: str | None) -> None:
    if reason is not None:
        raise Closed(reason)
