"""What is asked of the panel's work: whether it sits, who answered what, how many it takes."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, literal, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager

from consensus.ratifying import PanelRule, is_ratified
from cycles.accounts.models import Account
from cycles.core.extensions import db
from cycles.people.models import Participant
from cycles.people.queries import panel_size
from cycles.profiles.models import Profile, ProfileStatus
from cycles.profiles.queries import profiles_of
from cycles.setup.models import Cycle
from cycles.setup.queries import rule_card_of
from cycles.stages.words import Stage
from workshop.ratification.models import Approval, Objection, PanelComment
from workshop.rooms.models import RoomState, Workshop, WorkshopKind


class Stand(StrEnum):
    """What a panel member says of a profile as it stands."""

    APPROVES = "approves"
    OBJECTS = "objects"
    WAITED_FOR = "waited for"


@dataclass(frozen=True)
class AnswerRow:
    """One answer of a panel member; an approval has no reason."""

    participant_id: uuid.UUID
    name: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Answers:
    """What the panel answers to a profile as it stands, each oldest first."""

    approvals: tuple[AnswerRow, ...] = ()
    objections: tuple[AnswerRow, ...] = ()

    @property
    def count(self) -> int:
        """Return how many have answered."""
        return len(self.approvals) + len(self.objections)

    def of(self, participant_id: uuid.UUID) -> Stand:
        """Return what this member says."""
        if any(one.participant_id == participant_id for one in self.approvals):
            return Stand.APPROVES
        if any(one.participant_id == participant_id for one in self.objections):
            return Stand.OBJECTS
        return Stand.WAITED_FOR

    def would_ratify(self, participant_id: uuid.UUID, *, quorum: int, rule: PanelRule) -> bool:
        """Say whether an approval of this member, instead of what they say now, would ratify."""
        approvals = sum(one.participant_id != participant_id for one in self.approvals) + 1
        objections = sum(one.participant_id != participant_id for one in self.objections)
        return is_ratified(approvals, objections, quorum=quorum, rule=rule)


@dataclass(frozen=True)
class Waiting:
    """A profile on the facilitator's board: what each panel member says of it.

    ``stands`` is in the order of ``panel_members``. A ratified profile shows what it was ratified
    with, as far as those who answered are still on the panel.
    """

    profile: Profile
    answers: Answers
    stands: tuple[tuple[uuid.UUID, Stand], ...]

    @property
    def waits_for(self) -> tuple[uuid.UUID, ...]:
        """Return the members who have not answered; nobody once it is not proposed any more."""
        if self.profile.status != ProfileStatus.PROPOSED:
            return ()
        return tuple(member for member, stand in self.stands if stand == Stand.WAITED_FOR)


@dataclass(frozen=True)
class CommentRow:
    """A comment with who made it; the name is empty where they have gone."""

    comment: PanelComment
    name: str


def answers_of(profile_id: uuid.UUID) -> Answers:
    """Return the answers to a profile of people who are on the panel now, oldest first."""
    return _answers(Approval.profile_id == profile_id, Objection.profile_id == profile_id).get(
        profile_id, Answers()
    )


def answers_by_profile(cycle_id: uuid.UUID) -> dict[uuid.UUID, Answers]:
    """Return the answers to each profile of the cycle that has any."""
    return _answers(Approval.cycle_id == cycle_id, Objection.cycle_id == cycle_id)


def _answers(
    approvals_where: ColumnElement[bool], objections_where: ColumnElement[bool]
) -> dict[uuid.UUID, Answers]:
    approvals = _rows(Approval, Approval.approved_at, approvals_where)
    objections = _rows(Objection, Objection.objected_at, objections_where)
    return {
        each: Answers(tuple(approvals[each]), tuple(objections[each]))
        for each in {*approvals, *objections}
    }


def _rows(
    model: type[Approval] | type[Objection],
    at: InstrumentedAttribute[datetime],
    where: ColumnElement[bool],
) -> dict[uuid.UUID, list[AnswerRow]]:
    reason = Objection.reason if model is Objection else literal("")
    found = db.session.execute(
        select(model.profile_id, model.participant_id, Account.name, reason, at)
        .join(Participant, Participant.id == model.participant_id)
        .join(Account, Account.id == Participant.account_id)
        .where(where, Participant.is_on_panel.is_(True), Participant.withdrawn_at.is_(None))
        .order_by(at, model.id)
    )
    rows: dict[uuid.UUID, list[AnswerRow]] = defaultdict(list)
    for profile_id, participant_id, name, why, moment in found:
        rows[profile_id].append(AnswerRow(participant_id, name, why, moment))
    return rows


def panel_members(cycle_id: uuid.UUID) -> list[Participant]:
    """Return who is on the employer panel now, by name."""
    return list(
        db.session.scalars(
            select(Participant)
            .join(Participant.account)
            .where(
                Participant.cycle_id == cycle_id,
                Participant.is_on_panel.is_(True),
                Participant.withdrawn_at.is_(None),
            )
            .options(contains_eager(Participant.account))
            .order_by(Account.name, Participant.id)
        )
    )


def quorum_of(cycle_id: uuid.UUID) -> int:
    """Return the fewest answers that ratify: the rule card's, or the whole of a smaller panel."""
    return max(1, min(rule_card_of(cycle_id).panel_quorum, panel_size(cycle_id)))


def rule_of(cycle_id: uuid.UUID) -> PanelRule:
    """Return which share of those who answered has to approve."""
    return rule_card_of(cycle_id).panel_rule


def waiting_for(cycle_id: uuid.UUID) -> tuple[Waiting, ...]:
    """Return each profile of the cycle, by code, with what each panel member says of it."""
    answers, panel = answers_by_profile(cycle_id), panel_members(cycle_id)
    rows = []
    for profile in profiles_of(cycle_id):
        held = answers.get(profile.id, Answers())
        stands = tuple((one.id, held.of(one.id)) for one in panel)
        rows.append(Waiting(profile, held, stands))
    return tuple(rows)


def comments_of(profile_id: uuid.UUID) -> tuple[CommentRow, ...]:
    """Return the comments on a profile and its capabilities with who made them, oldest first."""
    rows = db.session.execute(
        select(PanelComment, Account.name)
        .outerjoin(Participant, Participant.id == PanelComment.participant_id)
        .outerjoin(Account, Account.id == Participant.account_id)
        .where(PanelComment.profile_id == profile_id)
        .order_by(PanelComment.said_at, PanelComment.id)
    )
    return tuple(CommentRow(comment, name or "") for comment, name in rows)


def why_not_at_stage(cycle: Cycle) -> str | None:
    """Return the sentence that says why profiles cannot change at all now, or None."""
    if cycle.sealed_at is not None or cycle.archived_at is not None:
        return "This cycle is closed: its profiles cannot be changed."
    if cycle.stage != Stage.CARRYING_OUT:
        return (
            "Profiles are worked on in the carrying-out stage; "
            f"this cycle is at “{cycle.stage.value}”."
        )
    return None


def hold_rooms(cycle_id: uuid.UUID) -> None:
    """Keep the cycle's ratification workshops open or closed until the transaction ends."""
    db.session.execute(
        select(Workshop.id)
        .where(Workshop.cycle_id == cycle_id, Workshop.kind == WorkshopKind.RATIFICATION)
        .order_by(Workshop.id)
        .with_for_update(read=True)
    ).all()


def why_closed(cycle: Cycle) -> str | None:
    """Return the sentence that says why the panel cannot work now, or None.

    Without a ratification workshop the panel works whenever the stage allows it.
    """
    states = set(
        db.session.scalars(
            select(Workshop.state).where(
                Workshop.cycle_id == cycle.id, Workshop.kind == WorkshopKind.RATIFICATION
            )
        )
    )
    reason = why_not_at_stage(cycle)
    if reason is None and states and RoomState.OPEN not in states:
        return "The ratification workshop is not open. The convener opens it."
    return reason
