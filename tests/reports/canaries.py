"""A canary in every place where the words and names of people are kept, and what told of them."""

import uuid
from typing import Any

from sqlalchemy import select, update

from consensus.ratifying import PanelRule
from cycles.accounts.models import Account
from cycles.core.extensions import db
from cycles.current_state.models import PresentCapability
from cycles.people.models import Organisation
from cycles.profiles.kinds import ChangeKind
from cycles.profiles.models import Profile, ProfileChange
from cycles.profiles.versions import freeze_version
from cycles.setup.models import Cycle, Milestone, Solution
from cycles.statements.models import StatementRevision
from reports.actions.models import ActionChange, ActionStatus, FurtherSubject, Recommendation
from reports.mapping.models import MatchReview
from reports.narrative.models import Narrative
from tests.factories import NOW, Cast, add
from tests.reports.explorer_cases import Found
from tests.reports.mapping_cases import reopened
from tests.reports.reviewing_cases import ACCEPTED, REJECTED, judge
from workshop.ballot.models import Panellist, Reason
from workshop.ratification.models import Objection, PanelComment
from workshop.rooms.models import CellDecision, Item, Round, Side

PLACES: tuple[tuple[Any, str], ...] = (
    (Cycle, "sponsor"),
    (Cycle, "convener_organisation"),
    (Organisation, "name"),
    (Organisation, "kind"),
    (Solution, "reason"),
    (Milestone, "title"),
    (StatementRevision, "reason"),
    (PresentCapability, "note"),
    (Reason, "text"),
    (CellDecision, "reason"),
    (PanelComment, "text"),
    (Objection, "reason"),
    (MatchReview, "reason"),
    (Recommendation, "who"),
    (Recommendation, "owner"),
    (Recommendation, "owner_email"),
    (Recommendation, "notes"),
    (ActionChange, "note"),
    (FurtherSubject, "title"),
    (FurtherSubject, "why"),
    (Narrative, "markdown"),
)
OBJECTED, TRAIL, LABEL = "canary of an objection", "canary of a trail", "canary of a label"


def canary(kind: Any, column: str) -> str:
    """Return the word that stands in a column."""
    return f"canary of {kind.__tablename__} {column}"


def plant(cast: Cast, found: Found) -> set[str]:
    """Put a canary everywhere; return all of them, and everybody's name and address."""
    _fill(cast, found)
    for kind, column in PLACES:
        said = db.session.execute(update(kind).values({column: canary(kind, column)}))
        assert said.rowcount, f"nothing holds {column} of {kind}"  # type: ignore[attr-defined]
    db.session.commit()
    people = db.session.execute(select(Account.name, Account.email)).all()
    return {
        *(canary(*place) for place in PLACES),
        *(OBJECTED, TRAIL, LABEL),
        *(text for person in people for text in person),
    }


def _fill(cast: Cast, found: Found) -> None:
    bakery, cycle_id = found.baked.bakery, found.baked.cycle.id
    of_cycle = {"cycle_id": cycle_id}
    judge(cast.educator, bakery.mix, bakery.baker.duties[0], ACCEPTED, reason="It is")
    judge(cast.employer, bakery.route, bakery.driver.duties[0], REJECTED, reason="No")
    add(
        StatementRevision(
            statement_id=bakery.mix.id, number=9, kind="reworded", text="Mix", changed_at=NOW
        )
    )
    add(Narrative(section="summary", markdown="", edited_at=NOW, **of_cycle))
    _fill_actions(cycle_id)
    _fill_rounds(found)
    _fill_profiles(cast, bakery.operator, bakery.planner)


def _fill_actions(cycle_id: uuid.UUID) -> None:
    """Follow one action up, and name a further subject."""
    action = db.session.scalars(select(Recommendation).where(Recommendation.cycle_id == cycle_id))
    add(
        ActionChange(
            cycle_id=cycle_id,
            recommendation_id=next(iter(action)).id,
            status=ActionStatus.DONE,
            changed=[],
            changed_at=NOW,
        )
    )
    add(FurtherSubject(cycle_id=cycle_id, position=1, title="", added_at=NOW))


def _fill_rounds(found: Found) -> None:
    """Let everybody give reasons for the item they disagreed about, and the convener decide it."""
    bakery, cycle_id = found.baked.bakery, found.baked.cycle.id
    item = db.session.scalars(select(Item).where(Item.statement_id == bakery.bake.id)).one()
    round_ = db.session.scalars(select(Round).where(Round.cycle_id == cycle_id)).one()
    for seat in db.session.scalars(select(Panellist).where(Panellist.cycle_id == cycle_id)):
        for is_of_cell in (True, False):
            add(
                Reason(
                    cycle_id=cycle_id,
                    round_id=round_.id,
                    item_id=item.id,
                    panellist_id=seat.id,
                    is_of_cell=is_of_cell,
                    side=Side.HIGHER if is_of_cell else None,
                    text="",
                )
            )
    add(CellDecision(cycle_id=cycle_id, item_id=item.id, level=2, reason="", decided_at=NOW))


def _fill_profiles(cast: Cast, operator: Profile, planner: Profile) -> None:
    of_planner = {"cycle_id": planner.cycle_id, "profile_id": planner.id}
    for kind in (ChangeKind.LEVEL, ChangeKind.OBJECTED, ChangeKind.COMMENTED):
        for profile in (operator, planner):
            add(
                ProfileChange(
                    cycle_id=profile.cycle_id,
                    profile_id=profile.id,
                    number=1 + list(ChangeKind).index(kind),
                    kind=kind,
                    reason=TRAIL,
                    account_id=cast.ema.id,
                    moment=NOW,
                )
            )
    add(Objection(participant_id=cast.panel_member.id, reason="", objected_at=NOW, **of_planner))
    add(PanelComment(text="", said_at=NOW, participant_id=cast.panel_member.id, **of_planner))
    freeze_version(
        profile=operator,
        approvals=2,
        objections=(OBJECTED,),
        quorum=1,
        rule=PanelRule.MAJORITY,
        moment=NOW,
    )
    reopened(planner)
