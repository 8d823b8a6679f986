"""Which profiles the panel has spoken of: what a new generation must not replace."""

import uuid

from sqlalchemy import select, union

from cycles.core.extensions import db
from workshop.ratification.models import Approval, Objection, PanelComment


def spoken_of(cycle_id: uuid.UUID) -> set[uuid.UUID]:
    """Return the profiles that somebody approves, objects to or remarks on."""
    kinds = (Approval, Objection, PanelComment)
    found = union(*(select(kind.profile_id).where(kind.cycle_id == cycle_id) for kind in kinds))
    return set(db.session.scalars(found))
