"""What people do to capability statements: submit, keep, reword, classify, reject, merge, restore.

Nothing is ever deleted. Each command leaves a revision and one audit event. Bulk additions live
in ``adding``; finding near duplicates in ``comparing``.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime

from cycles.classification.models import Area
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Conflict, Invalid
from cycles.library.models import LibraryStatement
from cycles.setup.models import Cycle, Partner
from cycles.statements import rules
from cycles.statements.adding import Draft, write_statement
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.trail import Happening, leave_trail, was_kept
from cycles.statements.wording import tidy, tidy_reason

SUBMITTED = EventType("statement.submitted", "code", "status", "from_library")
AMENDED = EventType("statement.amended", "code")
WITHDRAWN = EventType("statement.withdrawn", "code")
KEPT = EventType("statement.kept", "codes")
REWORDED = EventType("statement.reworded", "code", "reason")
CLASSIFIED = EventType("statement.classified", "code", "area", "partners")
REJECTED = EventType("statement.rejected", "code", "reason")
MERGED = EventType("statement.merged", "code", "into", "reason")
RESTORED = EventType("statement.restored", "code", "was")


def submit_statement(
    *,
    cycle: Cycle,
    text: str,
    actor: Actor,
    moment: datetime,
    area: Area | None = None,
    partners: Sequence[Partner] = (),
    participant_id: uuid.UUID | None = None,
    library_statement: LibraryStatement | None = None,
    status: StatementStatus = StatementStatus.SUBMITTED,
) -> CapabilityStatement:
    """Add a statement under the cycle's next code; refuse one that is there already."""
    rules.check_open(cycle.id)
    statement = write_statement(
        cycle_id=cycle.id,
        register=rules.Register(cycle.id),
        draft=Draft(text, area, tuple(partners), status),
        actor=actor,
        moment=moment,
        participant_id=participant_id,
        library_statement=library_statement,
    )
    SUBMITTED.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle.id,
        subject_id=statement.id,
        code=statement.code,
        status=status.value,
        from_library=library_statement is not None,
    )
    return statement


def amend(
    *,
    statement: CapabilityStatement,
    text: str,
    area: Area | None,
    partners: Sequence[Partner],
    version: int,
    actor: Actor,
    moment: datetime,
) -> None:
    """Change one's own statement while nobody has kept, merged or rejected it yet."""
    _check_mine_still(statement)
    rules.check_version(statement, version)
    tidied = tidy(text)
    rules.check_rewording(statement, tidied)
    rules.check_own_partners(statement.cycle_id, partners)
    statement.text, statement.area, statement.partners = tidied, area, list(partners)
    leave_trail(statement, Happening.AMENDED, actor=actor, moment=moment)
    _record(AMENDED, statement, actor, moment)


def withdraw(*, statement: CapabilityStatement, actor: Actor, moment: datetime) -> None:
    """Take one's own statement back; the facilitator can still restore it."""
    _check_mine_still(statement)
    statement.status = StatementStatus.REJECTED
    leave_trail(statement, Happening.WITHDRAWN, actor=actor, moment=moment)
    _record(WITHDRAWN, statement, actor, moment)


def keep(
    *, statements: Sequence[CapabilityStatement], actor: Actor, moment: datetime
) -> list[CapabilityStatement]:
    """Keep the submitted statements among those given; return the ones that were kept now.

    Raises ``Conflict`` when none of them is waiting to be kept.
    """
    waiting = [each for each in statements if each.status == StatementStatus.SUBMITTED]
    if not waiting:
        raise Conflict("None of the statements you chose is waiting to be kept.")
    cycle_id = waiting[0].cycle_id
    rules.check_open(cycle_id)
    for statement in waiting:
        statement.status = StatementStatus.KEPT
        leave_trail(statement, Happening.KEPT, actor=actor, moment=moment)
    KEPT.record(
        actor=actor,
        moment=moment,
        cycle_id=cycle_id,
        subject_id=waiting[0].id if len(waiting) == 1 else None,
        codes=[each.code for each in waiting],
    )
    return waiting


def reword(
    *,
    statement: CapabilityStatement,
    text: str,
    reason: str,
    version: int | None = None,
    actor: Actor,
    moment: datetime,
) -> None:
    """Change the wording, with a reason. Items that were asked keep the wording they had."""
    _check_changeable(statement, version)
    why = tidy_reason(reason, what="rewording")
    tidied = tidy(text)
    rules.check_rewording(statement, tidied)
    statement.text = tidied
    leave_trail(statement, Happening.REWORDED, actor=actor, moment=moment, reason=why)
    _record(REWORDED, statement, actor, moment, reason=why)


def classify(
    *,
    statement: CapabilityStatement,
    area: Area | None,
    partners: Sequence[Partner],
    version: int | None = None,
    actor: Actor,
    moment: datetime,
) -> None:
    """Give the statement its functional area and its supply-chain partners."""
    _check_changeable(statement, version)
    rules.check_own_partners(statement.cycle_id, partners)
    statement.area, statement.partners = area, list(partners)
    names = [partner.name for partner in partners]
    place = f"{area.function} / {area.domain} / {area.name}" if area else "no area"
    told = f"{place}; {', '.join(names) or 'no partner'}"
    leave_trail(statement, Happening.CLASSIFIED, actor=actor, moment=moment, reason=told)
    _record(CLASSIFIED, statement, actor, moment, area=area.name if area else None, partners=names)


def reject(
    *,
    statement: CapabilityStatement,
    reason: str,
    version: int | None = None,
    actor: Actor,
    moment: datetime,
) -> None:
    """Set the statement aside, with a reason. It stays in the list and can be restored."""
    _check_changeable(statement, version)
    why = tidy_reason(reason, what="rejecting")
    statement.status = StatementStatus.REJECTED
    leave_trail(statement, Happening.REJECTED, actor=actor, moment=moment, reason=why)
    _record(REJECTED, statement, actor, moment, reason=why)


def merge(
    *,
    statement: CapabilityStatement,
    into: CapabilityStatement,
    reason: str = "",
    version: int | None = None,
    actor: Actor,
    moment: datetime,
) -> None:
    """Merge one statement into another, which takes over its partners and, lacking one, its area.

    ``into`` must be live, so merges form chains that end in a live statement and never rings.
    """
    _check_changeable(statement, version)
    if into.id == statement.id or into.cycle_id != statement.cycle_id:
        raise Invalid("Choose another statement of this cycle to merge into.", into="Choose one.")
    rules.check_live(into)
    why = " ".join(reason.split())
    statement.status, statement.merged_into_id = StatementStatus.MERGED, into.id
    into.partners = sorted({*into.partners, *statement.partners}, key=lambda each: each.position)
    into.area = into.area or statement.area
    for each, happening, other in (
        (statement, Happening.MERGED, f"into {into.code}"),
        (into, Happening.TOOK_IN, statement.code),
    ):
        told = f"{other}: {why}" if why else other
        leave_trail(each, happening, actor=actor, moment=moment, reason=told)
    _record(MERGED, statement, actor, moment, into=into.code, reason=why)


def restore(*, statement: CapabilityStatement, actor: Actor, moment: datetime) -> None:
    """Undo a rejection or a merge: kept again if it was ever kept, else submitted.

    What a merge gave the other statement (partners, area) stays with it.
    """
    rules.check_open(statement.cycle_id)
    if statement.status in rules.LIVE:
        raise Conflict(
            f"{statement.code} is {statement.status.value}; there is nothing to restore."
        )
    rules.check_rewording(statement, statement.text)
    was = statement.status.value
    statement.status = StatementStatus.KEPT if was_kept(statement) else StatementStatus.SUBMITTED
    statement.merged_into_id = None
    leave_trail(statement, Happening.RESTORED, actor=actor, moment=moment, reason=f"was {was}")
    _record(RESTORED, statement, actor, moment, was=was)


def _check_changeable(statement: CapabilityStatement, version: int | None) -> None:
    rules.check_open(statement.cycle_id)
    rules.check_live(statement)
    rules.check_version(statement, version)


def _check_mine_still(statement: CapabilityStatement) -> None:
    rules.check_open(statement.cycle_id)
    if statement.status != StatementStatus.SUBMITTED:
        raise Conflict(
            f"{statement.code} is {statement.status.value} by now, so it can no longer be "
            "changed here. Ask the facilitator."
        )


def _record(
    event: EventType,
    statement: CapabilityStatement,
    actor: Actor,
    moment: datetime,
    **facts: object,
) -> None:
    event.record(
        actor=actor,
        moment=moment,
        cycle_id=statement.cycle_id,
        subject_id=statement.id,
        code=statement.code,
        **facts,
    )
