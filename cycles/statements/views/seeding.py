"""Seeding a cycle from the library: search, tick several, add them."""

import uuid
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, opens_to
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.setup.queries import get_cycle
from cycles.statements import nearby, rules
from cycles.statements.adding import seed_from_library
from cycles.statements.comparing import ask_to_compare
from cycles.statements.forms import as_id
from cycles.statements.pages import source_of
from cycles.statements.queries import library_records, statements_of
from cycles.statements.views import statements
from cycles.statements.wording import key

LONGEST_SEARCH = 200


@dataclass(frozen=True)
class RecordLine:
    """A library statement that was found; ``code`` is set when the cycle has it already."""

    id: uuid.UUID
    text: str
    place: str
    source: str
    code: str


@dataclass(frozen=True)
class SeedPage:
    """The search and what it found."""

    cycle_id: uuid.UUID
    q: str
    lines: tuple[RecordLine, ...]
    how: str
    closed_because: str
    problem: str


@statements.get("/library")
@opens_to(Door.CONVENER)
def seed(cycle_id: uuid.UUID) -> Response:
    """Search the library."""
    return page("statements/seed.html", page=_page(cycle_id, request.args.get("q", "")))


@statements.post("/library")
@opens_to(Door.CONVENER)
def add_from_library(cycle_id: uuid.UUID) -> BaseResponse:
    """Add what was ticked."""
    ids = [given for given in map(as_id, request.form.getlist("record")) if given]
    who, when = current_actor(), clock.now()
    try:
        added, left = seed_from_library(
            cycle=get_cycle(cycle_id),
            library_statements=library_records(ids),
            actor=who,
            moment=when,
        )
    except Invalid as refusal:
        db.session.rollback()
        q = request.form.get("q", "")
        return page("statements/seed.html", 422, page=_page(cycle_id, q, str(refusal)))
    ask_to_compare(cycle_id=cycle_id, actor=who, moment=when)
    db.session.commit()
    told = f"{len(added)} added, waiting to be kept."
    flash(f"{told} {len(left)} were there already." if left else told, "success")
    return see_other(url_for("statements.index", cycle_id=cycle_id, status="submitted"))


def _page(cycle_id: uuid.UUID, q: str, problem: str = "") -> SeedPage:
    asked = q.strip()[:LONGEST_SEARCH]
    found = nearby.find_in_library(asked)
    codes = {key(each.text): each.code for each in statements_of(cycle_id)}
    lines = tuple(
        RecordLine(
            id=near.record.id,
            text=near.record.text,
            place=f"{near.record.area.function} › {near.record.area.domain}"
            if near.record.area
            else "",
            source=source_of(near.record),
            code=codes.get(key(near.record.text), ""),
        )
        for near in found.records
    )
    why = rules.closed_because(get_cycle(cycle_id))
    return SeedPage(cycle_id, asked, lines, found.how, why, problem)
