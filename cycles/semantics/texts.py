"""Which texts a scope holds: a cycle, a framework, the library. Reading only."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from cycles.core.errors import Invalid, Missing
from cycles.core.extensions import db
from cycles.library.models import LibraryStatement, OccupationTitle
from cycles.setup.models import Cycle
from cycles.standards.models import Duty, Framework, OccupationalStandard, StandardKsb
from cycles.statements.models import CapabilityStatement, StatementStatus

LIBRARY = "library"


def texts_of(scope: str) -> list[str]:
    """Return every text of ``cycle:<id>``, ``framework:<id>`` or ``library``, each once.

    Raises ``Missing`` where there is no such cycle or framework.
    """
    kind, _, identifier = scope.partition(":")
    if kind == LIBRARY:
        found = _library()
    elif kind == "framework":
        found = _framework(uuid.UUID(identifier))
    elif kind == "cycle":
        found = _cycle(uuid.UUID(identifier))
    else:
        raise Invalid(f"{scope!r} is neither a cycle, a framework nor the library.")
    return list(dict.fromkeys(found))


def _cycle(cycle_id: uuid.UUID) -> list[str]:
    if db.session.get(Cycle, cycle_id) is None:
        raise Missing("There is no such cycle.")
    live = (StatementStatus.SUBMITTED, StatementStatus.KEPT)
    return list(
        db.session.scalars(
            select(CapabilityStatement.text)
            .where(CapabilityStatement.cycle_id == cycle_id, CapabilityStatement.status.in_(live))
            .order_by(CapabilityStatement.code)
        )
    )


def _framework(framework_id: uuid.UUID) -> list[str]:
    if db.session.get(Framework, framework_id) is None:
        raise Missing("There is no such framework.")
    duties = _of_standards(framework_id, Duty.text, Duty.standard_id, Duty.position)
    ksbs = _of_standards(
        framework_id, StandardKsb.text, StandardKsb.standard_id, StandardKsb.position
    )
    titles = db.session.scalars(
        select(OccupationalStandard.title)
        .where(
            OccupationalStandard.framework_id == framework_id,
            OccupationalStandard.retired_at.is_(None),
        )
        .order_by(OccupationalStandard.reference)
    )
    return [*duties, *ksbs, *titles]


def _of_standards(
    framework_id: uuid.UUID,
    text: InstrumentedAttribute[str],
    standard_id: InstrumentedAttribute[uuid.UUID],
    position: InstrumentedAttribute[int],
) -> list[str]:
    live = select(text).join(OccupationalStandard, OccupationalStandard.id == standard_id)
    live = live.where(
        OccupationalStandard.framework_id == framework_id,
        OccupationalStandard.retired_at.is_(None),
    )
    if text is Duty.text:
        live = live.where(Duty.retired_at.is_(None))
    return list(db.session.scalars(live.order_by(OccupationalStandard.reference, position)))


def _library() -> list[str]:
    statements = db.session.scalars(
        select(LibraryStatement.text)
        .where(LibraryStatement.retired_at.is_(None))
        .order_by(LibraryStatement.source_id, LibraryStatement.position)
    )
    titles = db.session.scalars(
        select(OccupationTitle.title).order_by(OccupationTitle.source_id, OccupationTitle.reference)
    )
    return [*statements, *titles]
