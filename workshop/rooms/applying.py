"""Acting on what a validation or a prioritisation workshop came to, by the convener's word.

A validation keeps what was agreed to keep and sets aside what was agreed to drop; what should be
reworded is listed for somebody to word. A prioritisation gives each solution its vote, and the
chosen ones that vote as their reason. Only what asking has stopped on is acted on.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consensus.stopping import Closing
from cycles.core.audit import Actor, EventType
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.setup.commands import prioritise_solution, record_vote
from cycles.setup.models import Solution
from cycles.setup.queries import rule_card_of
from cycles.statements.commands import keep, reject
from cycles.statements.models import CapabilityStatement, StatementStatus
from workshop.rooms.disclosure import may_show
from workshop.rooms.judging import DROP, KEEP, REWORD
from workshop.rooms.latest import Latest, latest_verdicts
from workshop.rooms.models import RoomState, Workshop, WorkshopKind

VALIDATION_APPLIED = EventType("workshop.validation_applied", "kept", "dropped", "to_reword")
VOTE_TAKEN_OVER = EventType("workshop.vote_taken_over", "solutions", "prioritised")


@dataclass(frozen=True)
class Validated:
    """What a validation workshop agreed on and nobody has acted on yet."""

    to_keep: tuple[CapabilityStatement, ...]
    to_drop: tuple[Latest, ...]
    to_reword: tuple[CapabilityStatement, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing that applying would change."""
        return not self.to_keep and not self.to_drop


def finished_verdicts(workshop: Workshop) -> tuple[Latest, ...]:
    """Return the verdicts on which asking has stopped, or which the workshop's end left."""
    is_over = workshop.state == RoomState.CLOSED
    return tuple(
        one for one in latest_verdicts(workshop.id) if is_over or one.closing != Closing.OPEN
    )


def validated(workshop: Workshop) -> Validated:
    """Return what could be applied now. A statement reworded since is left to its new wording."""
    found: dict[str, list[Latest]] = {KEEP: [], DROP: [], REWORD: []}
    for one in finished_verdicts(workshop):
        statement = one.item.statement
        if statement is not None and statement.text == one.item.wording:
            found.get(one.verdict.outcome, []).append(one)
    return Validated(
        to_keep=_statements(found[KEEP], StatementStatus.SUBMITTED),
        to_drop=tuple(one for one in found[DROP] if _is_live(one)),
        to_reword=_statements(found[REWORD], StatementStatus.SUBMITTED, StatementStatus.KEPT),
    )


def _statements(
    found: Iterable[Latest], *statuses: StatementStatus
) -> tuple[CapabilityStatement, ...]:
    return tuple(
        one.item.statement
        for one in found
        if one.item.statement is not None and one.item.statement.status in statuses
    )


def _is_live(one: Latest) -> bool:
    live = (StatementStatus.SUBMITTED, StatementStatus.KEPT)
    return one.item.statement is not None and one.item.statement.status in live


def apply_validation(*, workshop: Workshop, actor: Actor, moment: datetime) -> Validated:
    """Keep the statements agreed to be kept, set aside those agreed to be dropped.

    Returns what it did, with those to reword, which stay as they are. Raises ``Invalid`` for
    another kind of workshop, ``Closed`` when nothing is left to apply.
    """
    if workshop.kind != WorkshopKind.VALIDATION:
        raise Invalid("Only a validation workshop says what to keep and what to drop.")
    found = validated(workshop)
    if found.is_empty:
        raise Closed("There is nothing to apply: no agreed statement is waiting for it.")
    if found.to_keep:
        keep(statements=found.to_keep, actor=actor, moment=moment)
    minimum_n = rule_card_of(workshop.cycle_id).minimum_n
    for one in found.to_drop:
        if one.item.statement is not None:
            reason = _drop_reason(one, workshop, minimum_n)
            reject(statement=one.item.statement, reason=reason, actor=actor, moment=moment)
    VALIDATION_APPLIED.record(
        actor=actor,
        moment=moment,
        cycle_id=workshop.cycle_id,
        subject_id=workshop.id,
        kept=len(found.to_keep),
        dropped=len(found.to_drop),
        to_reword=len(found.to_reword),
    )
    return found


def _drop_reason(one: Latest, workshop: Workshop, minimum_n: int) -> str:
    n, drop = sum(one.verdict.counts), one.verdict.counts[0]
    counted = f": {drop} of {n} said drop" if may_show(n, minimum_n) else ""
    return f"Agreed to be dropped in “{workshop.title}”{counted}."


def take_vote_over(
    *, workshop: Workshop, chosen: Sequence[uuid.UUID], actor: Actor, moment: datetime
) -> int:
    """Give each solution its vote, and prioritise the chosen ones with the vote as the reason.

    Returns how many solutions were prioritised. Raises ``Invalid`` for another kind of workshop
    or a solution it did not judge, ``Closed`` while nothing is judged for good.
    """
    if workshop.kind != WorkshopKind.PRIORITISATION:
        raise Invalid("Only a prioritisation workshop votes on solutions.")
    judged = {one.item.subject_id: one for one in finished_verdicts(workshop)}
    if not judged:
        raise Closed("Nothing is voted on yet: close the last round or the workshop first.")
    if not set(chosen) <= judged.keys():
        raise Invalid("Choose among the solutions voted on.", chosen="Choose solutions voted on")
    minimum_n = rule_card_of(workshop.cycle_id).minimum_n
    who: dict[str, Any] = {"actor": actor, "moment": moment}
    for solution_id, one in judged.items():
        solution = db.session.get_one(Solution, solution_id)
        vote = vote_of(one, workshop, minimum_n)
        record_vote(solution=solution, vote=vote, **who)
        if solution_id in chosen:
            prioritise_solution(solution=solution, reason=vote_reason(vote, workshop), **who)
    VOTE_TAKEN_OVER.record(
        **who,
        cycle_id=workshop.cycle_id,
        subject_id=workshop.id,
        solutions=len(judged),
        prioritised=len(set(chosen)),
    )
    return len(set(chosen))


def vote_of(one: Latest, workshop: Workshop, minimum_n: int) -> dict[str, Any]:
    """Return a verdict as a solution keeps it; the numbers of too few are None."""
    n, figures = sum(one.verdict.counts), one.verdict.figures
    is_shown = may_show(n, minimum_n)
    return {
        "median": figures["median"] if is_shown else None,
        "n": n if is_shown else None,
        "outcome": one.verdict.outcome,
        "disagreement": figures["is_disagreement"] if is_shown else None,
        "workshop_id": str(workshop.id),
    }


def vote_reason(vote: dict[str, Any], workshop: Workshop) -> str:
    """Return a vote as the reason of a priority."""
    if vote["median"] is None:
        return f"Chosen after the vote in “{workshop.title}”, which too few took part in."
    without = "with disagreement" if vote["disagreement"] else "without disagreement"
    return (
        f"Voted on in “{workshop.title}”: median {vote['median']:g} on the scale from 1 to 9, "
        f"{without}, {vote['n']} rated."
    )
