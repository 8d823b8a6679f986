"""Near duplicates side by side: merge one into the other, or say that they are two."""

import uuid
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, load, opens_to
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.setup.queries import get_cycle
from cycles.statements import commands, comparing, rules
from cycles.statements.forms import as_id
from cycles.statements.models import CapabilityStatement
from cycles.statements.pages import StatementLine, line_of
from cycles.statements.views import statements


@dataclass(frozen=True)
class PairLine:
    """Two statements and how alike they are, in per cent."""

    first: StatementLine
    second: StatementLine
    percent: int


@dataclass(frozen=True)
class AlikePage:
    """The pairs, and how many statements wait for the worker."""

    cycle_id: uuid.UUID
    pairs: tuple[PairLine, ...]
    waiting: int
    threshold_percent: int
    may_change: bool
    closed_because: str


@statements.get("/alike")
@opens_to(Door.CONVENER)
def alike(cycle_id: uuid.UUID) -> Response:
    """Show the pairs."""
    found = comparing.alike(cycle_id)
    why = rules.closed_because(get_cycle(cycle_id))
    context = AlikePage(
        cycle_id=cycle_id,
        pairs=tuple(
            PairLine(line_of(pair.first), line_of(pair.second), round(100 * pair.score))
            for pair in found.pairs
        ),
        waiting=found.waiting,
        threshold_percent=round(100 * comparing.ALIKE_FROM),
        may_change=not why,
        closed_because=why,
    )
    return page("statements/alike.html", page=context)


@statements.post("/alike/compare")
@opens_to(Door.CONVENER)
def compare(cycle_id: uuid.UUID) -> BaseResponse:
    """Ask the worker to compare the statements by meaning."""
    job = comparing.ask_to_compare(cycle_id=cycle_id, actor=current_actor(), moment=clock.now())
    db.session.commit()
    return see_other(url_for("jobs.progress", job_id=job.id))


@statements.post("/alike/settle")
@opens_to(Door.CONVENER)
def settle(cycle_id: uuid.UUID) -> BaseResponse:
    """Merge one statement of a pair into the other, or keep both."""
    first = _sent(cycle_id, "first")
    second = _sent(cycle_id, "second")
    who, when = current_actor(), clock.now()
    if request.form.get("action") == "keep both":
        comparing.keep_both(first=first, second=second, actor=who, moment=when)
        told = f"{first.code} and {second.code} stay two statements."
    else:
        version = request.form.get("version", type=int)
        commands.merge(statement=first, into=second, version=version, actor=who, moment=when)
        told = f"{first.code} was merged into {second.code}. You can restore it from its page."
    db.session.commit()
    flash(told, "success")
    return see_other(url_for("statements.alike", cycle_id=cycle_id))


def _sent(cycle_id: uuid.UUID, name: str) -> CapabilityStatement:
    # A field that holds no id names no statement: the nil id finds none, so the answer is 404.
    return load(CapabilityStatement, cycle_id, as_id(request.form.get(name)) or uuid.UUID(int=0))
