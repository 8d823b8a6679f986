"""What panel members answer to a profile as it stands, and when their answers ratify it."""

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import delete, select

from consensus.ratifying import is_ratified
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.people.models import Participant
from cycles.profiles import standing
from cycles.profiles.checks import check_reason, check_seen, take
from cycles.profiles.models import Profile
from cycles.profiles.queries import members_of
from cycles.profiles.trail import ChangeKind, note
from workshop.ratification.models import Approval, Objection
from workshop.ratification.queries import answers_of, quorum_of, rule_of
from workshop.ratification.sitting import Answer, check_panel, check_sitting

FACTS = ("code", "approvals", "objections", "quorum", "rule", "is_ratified")
APPROVED = EventType("profile.approved", *FACTS)
OBJECTED = EventType("profile.objected_to", *FACTS)
TAKEN_BACK = EventType("profile.approval_taken_back", *FACTS)
OBJECTION_TAKEN_BACK = EventType("profile.objection_taken_back", *FACTS)
Row = TypeVar("Row", Approval, Objection)
WHY_OBJECT = "Say what speaks against the profile as it stands."


def approve(
    *,
    profile: Profile,
    participant: Participant,
    version: int,
    actor: Actor,
    moment: datetime,
) -> bool:
    """Approve the profile as it stands; return whether that ratified it.

    An objection of the same person falls away.
    """
    _take(profile, participant, version)
    _forget(Objection, profile, participant)
    if _mine(Approval, profile, participant) is None:
        db.session.add(Approval(approved_at=moment, **_whose(profile, participant)))
        note(profile=profile, kind=ChangeKind.APPROVED, actor=actor, moment=moment)
    return _decide(profile, APPROVED, actor, moment)


def object_to(
    *,
    profile: Profile,
    participant: Participant,
    reason: str,
    version: int,
    actor: Actor,
    moment: datetime,
) -> bool:
    """Object to the profile as it stands, with a reason; return whether the panel ratified it.

    It may: an objection is an answer, and can be the one that makes the quorum. An approval of
    the same person falls away, and an earlier objection gives way to this one.
    """
    _take(profile, participant, version)
    check_reason(reason, WHY_OBJECT)
    _forget(Approval, profile, participant)
    held = _mine(Objection, profile, participant)
    if held is None or held.reason != reason:
        _forget(Objection, profile, participant)
        row = Objection(reason=reason, objected_at=moment, **_whose(profile, participant))
        db.session.add(row)
        note(profile=profile, kind=ChangeKind.OBJECTED, reason=reason, actor=actor, moment=moment)
    return _decide(profile, OBJECTED, actor, moment)


def take_back(
    *,
    profile: Profile,
    participant: Participant,
    version: int,
    actor: Actor,
    moment: datetime,
) -> bool:
    """Take one's own answer back while the profile is proposed; return whether that ratified it.

    Taking an objection back can: what is left may be the share that the rule asks for.
    """
    _take(profile, participant, version)
    if _forget(Approval, profile, participant):
        note(profile=profile, kind=ChangeKind.TAKEN_BACK, actor=actor, moment=moment)
        return _decide(profile, TAKEN_BACK, actor, moment)
    if _forget(Objection, profile, participant):
        kind = ChangeKind.OBJECTION_TAKEN_BACK
        note(profile=profile, kind=kind, actor=actor, moment=moment)
        return _decide(profile, OBJECTION_TAKEN_BACK, actor, moment)
    raise Invalid("You have not answered to this profile.")


def _take(profile: Profile, participant: Participant, version: int) -> None:
    check_sitting(profile)
    check_panel(participant, "approve profiles or object to them")
    take(profile)
    check_seen(profile, version)
    if not members_of(profile.id):
        raise Invalid(f"{profile.code} holds no capability. Add one, or withdraw it.")


def _whose(profile: Profile, participant: Participant) -> dict[str, Any]:
    return {
        "cycle_id": profile.cycle_id,
        "profile_id": profile.id,
        "participant_id": participant.id,
    }


def _mine(model: type[Row], profile: Profile, participant: Participant) -> Row | None:
    return db.session.scalar(
        select(model).where(model.profile_id == profile.id, model.participant_id == participant.id)
    )


def _forget(model: Answer, profile: Profile, participant: Participant) -> bool:
    gone = db.session.scalars(
        delete(model)
        .where(model.profile_id == profile.id, model.participant_id == participant.id)
        .returning(model.id)
    )
    return bool(gone.all())


def _decide(profile: Profile, event: EventType, actor: Actor, moment: datetime) -> bool:
    """Ratify the profile if quorum and rule hold now, and record the answer as the event."""
    db.session.flush()
    answers = answers_of(profile.id)
    quorum, rule = quorum_of(profile.cycle_id), rule_of(profile.cycle_id)
    counts = {"approvals": len(answers.approvals), "objections": len(answers.objections)}
    ratifies = is_ratified(**counts, quorum=quorum, rule=rule)
    if ratifies:
        standing.mark_ratified(
            profile=profile,
            approvals=counts["approvals"],
            objections=[one.reason for one in answers.objections],
            quorum=quorum,
            rule=rule,
            actor=actor,
            moment=moment,
        )
    facts = {"code": profile.code, "quorum": quorum, "rule": rule.value, "is_ratified": ratifies}
    event.record(
        actor=actor,
        moment=moment,
        cycle_id=profile.cycle_id,
        subject_id=profile.id,
        **facts,
        **counts,
    )
    return ratifies
