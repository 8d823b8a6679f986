"""The KSBs of the kept capabilities, as a document reads them: columns, for there are thousands."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from cycles.core.extensions import db
from cycles.ksbs.models import CapabilityKsb, KsbStatus
from cycles.standards.models import KsbKind
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.queries import IN_ORDER

KINDS = tuple(KsbKind)


@dataclass(frozen=True)
class KsbRow:
    """A KSB of one kept capability, whose code is ``code``."""

    id: uuid.UUID
    statement_id: uuid.UUID
    code: str
    kind: KsbKind
    text: str
    status: KsbStatus
    source: str
    decision_reason: str
    score: float | None


def read_ksbs(cycle_id: uuid.UUID) -> tuple[KsbRow, ...]:
    """Return the KSBs in the order of ``ksbs_of``: by capability, kind, nearness and wording."""
    ksb = CapabilityKsb
    columns = (ksb.kind, ksb.text, ksb.status, ksb.source, ksb.decision_reason, ksb.score)
    rows = db.session.execute(
        select(ksb.id, ksb.statement_id, CapabilityStatement.code, *columns)
        .join(CapabilityStatement, CapabilityStatement.id == ksb.statement_id)
        .where(ksb.cycle_id == cycle_id, CapabilityStatement.status == StatementStatus.KEPT)
        .order_by(*IN_ORDER)
    )
    return _in_order([KsbRow(*row) for row in rows])


def _in_order(found: Sequence[KsbRow]) -> tuple[KsbRow, ...]:
    places = {one.statement_id: place for place, one in enumerate(found)}
    return tuple(
        sorted(
            found,
            key=lambda one: (
                places[one.statement_id],
                KINDS.index(one.kind),
                -(one.score or 0.0),
                one.text,
                one.id,
            ),
        )
    )
