"""Putting the prototypes of a generation in the place of the last ones.

What the panel has decided or worked on stays, and so does what came from an earlier cycle; a
prototype that is mostly as before keeps its row and its code. What happens to which is planned in
``planning``, and how prototypes are found is not known here.
"""

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from cycles.core.audit import Actor, EventType
from cycles.core.errors import Conflict
from cycles.core.extensions import db
from cycles.profiles.codes import LAST_NUMBER, hold_codes, next_number
from cycles.profiles.models import (
    Profile,
    ProfileChange,
    ProfileGeneration,
    ProfileStatus,
    ProfileVersion,
)
from cycles.profiles.planning import Fate, Plan, Standing, Stays, plan
from cycles.profiles.proposals import Proposal
from cycles.profiles.queries import IN_CODE_ORDER
from cycles.profiles.replacing import carry_out

GENERATED = EventType(
    "profiles.generated",
    "number",
    "proposed",
    "new",
    "changed",
    "unchanged",
    "replaced",
    "kept",
    "repeated",
)
OUTDATED = (
    "What would change is no longer what this page showed: somebody worked on the profiles "
    "meanwhile. Nothing was replaced. Look at the preview as it is now."
)


@dataclass(frozen=True)
class Generated:
    """What a generation did, in numbers of profiles.

    ``proposed`` are its prototypes: new, changed and unchanged ones. ``replaced`` went, ``kept``
    stayed whatever was found, ``repeated`` were left out because one of those says the same.
    """

    number: int
    proposed: int
    new: int
    changed: int
    unchanged: int
    replaced: int
    kept: int
    repeated: int


def plan_for(
    cycle_id: uuid.UUID, proposals: Sequence[Proposal], touched: Collection[uuid.UUID] = ()
) -> Plan:
    """Return what ``proposals`` would do to the cycle's profiles as they stand.

    ``touched`` are profiles that count as worked on though their trail does not say so.
    """
    rows = _profiles(cycle_id)
    return plan(proposals, _standing(cycle_id, rows, touched), next_number(cycle_id))


def generate(
    *,
    cycle_id: uuid.UUID,
    proposals: Sequence[Proposal],
    settings: dict[str, Any],
    criterion: dict[str, Any],
    actor: Actor,
    moment: datetime,
    touched: Callable[[], Collection[uuid.UUID]] = tuple,
    seen: str | None = None,
) -> Generated:
    """Put ``proposals`` in place, in their order, of the prototypes that nobody has touched.

    ``touched`` is as for ``plan_for``, asked once the profiles are held. ``seen`` is the digest
    of the plan that the person agreed to; raises ``Conflict`` where another one would be carried
    out. None agrees to whatever the plan is.
    """
    hold_codes(cycle_id)
    rows = _locked(cycle_id)
    first = next_number(cycle_id)
    agreed = plan(proposals, _standing(cycle_id, rows, touched()), first)
    if seen is not None and seen != agreed.digest:
        raise Conflict(OUTDATED)
    kept = {**settings, LAST_NUMBER: first + agreed.count(Fate.NEW) - 1}
    generation = _new_generation(cycle_id, kept, criterion, moment)
    carry_out(agreed, rows, generation)
    done = _counted(generation.number, agreed)
    GENERATED.record(
        actor=actor, moment=moment, cycle_id=cycle_id, subject_id=generation.id, **asdict(done)
    )
    return done


def _counted(number: int, agreed: Plan) -> Generated:
    return Generated(
        number=number,
        proposed=len(agreed.fresh),
        new=agreed.count(Fate.NEW),
        changed=agreed.count(Fate.CHANGED),
        unchanged=agreed.count(Fate.SAME),
        replaced=len(agreed.gone),
        kept=len(agreed.staying),
        repeated=agreed.count(Fate.REPEAT),
    )


def _profiles(cycle_id: uuid.UUID) -> list[Profile]:
    return list(
        db.session.scalars(
            select(Profile)
            .where(Profile.cycle_id == cycle_id)
            .order_by(*IN_CODE_ORDER)
            .options(selectinload(Profile.members))
            .execution_options(populate_existing=True)
        )
    )


def _locked(cycle_id: uuid.UUID) -> list[Profile]:
    # Locked first, asked second: whoever touches one at this moment either came before, and is
    # seen, or waits and then finds it gone. Locked in the order of ids, as everybody does.
    db.session.scalars(
        select(Profile.id)
        .where(Profile.cycle_id == cycle_id, Profile.status == ProfileStatus.PROPOSED)
        .order_by(Profile.id)
        .with_for_update()
    ).all()
    return _profiles(cycle_id)


def _standing(
    cycle_id: uuid.UUID, rows: Sequence[Profile], touched: Collection[uuid.UUID]
) -> list[Standing]:
    worked_on = _in_trails(cycle_id) | set(touched)
    versioned = set(
        db.session.scalars(
            select(ProfileVersion.profile_id).where(ProfileVersion.cycle_id == cycle_id)
        )
    )
    return [
        Standing(
            id=row.id,
            code=row.code,
            name=row.name,
            role_level_id=row.role_level_id,
            levels={one.statement_id: one.level for one in row.members if not one.is_removed},
            stays=_why_it_stays(row, row.id in versioned, row.id in worked_on),
            partner_id=row.partner_id,
        )
        for row in rows
    ]


def _in_trails(cycle_id: uuid.UUID) -> set[uuid.UUID]:
    """Return the profiles that a trail speaks of, at either end of a change."""
    pairs = db.session.execute(
        select(ProfileChange.profile_id, ProfileChange.other_profile_id).where(
            ProfileChange.cycle_id == cycle_id
        )
    )
    return {one for pair in pairs for one in pair if one is not None}


def _why_it_stays(row: Profile, has_versions: bool, is_touched: bool) -> Stays | None:
    reasons = (
        (row.status == ProfileStatus.RATIFIED, Stays.RATIFIED),
        (row.status == ProfileStatus.WITHDRAWN, Stays.WITHDRAWN),
        (has_versions, Stays.REOPENED),
        (is_touched, Stays.TOUCHED),
        (bool(row.seeded_from), Stays.SEEDED),
    )
    return next((why for holds, why in reasons if holds), None)


def _new_generation(
    cycle_id: uuid.UUID, settings: dict[str, Any], criterion: dict[str, Any], moment: datetime
) -> ProfileGeneration:
    last = db.session.scalar(
        select(func.max(ProfileGeneration.number)).where(ProfileGeneration.cycle_id == cycle_id)
    )
    generation = ProfileGeneration(
        cycle_id=cycle_id,
        number=(last or 0) + 1,
        settings=settings,
        criterion=criterion,
        created_at=moment,
    )
    db.session.add(generation)
    db.session.flush()
    return generation
