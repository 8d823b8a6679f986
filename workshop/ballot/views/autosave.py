"""Saving one answer or one comment at once, for ``ballot.js``; in JSON, after the commit."""

import uuid
from http import HTTPStatus

from flask import Response, jsonify, request

from cycles.core import clock
from cycles.core.access import Door, opens_to
from cycles.core.errors import Closed, DomainError, Invalid, Missing
from cycles.core.extensions import db
from workshop.ballot.commands import give_reason, rate
from workshop.ballot.letters import read_letter
from workshop.ballot.models import Panellist
from workshop.ballot.queries import count_progress, own_answer
from workshop.ballot.sheets import progress_words
from workshop.ballot.views import ballot
from workshop.ballot.views.pages import own_seat

STATUSES = {Missing: HTTPStatus.NOT_FOUND, Closed: HTTPStatus.CONFLICT}


@ballot.post("/rounds/<uuid:round_id>/answers")
@opens_to(Door.EMPLOYER)
def save(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:  # noqa: ARG001 - the seat is of it
    """Keep one answer if it is the newest; say what stands, and how far the ballot is."""
    try:
        seat = own_seat()
        item_id = _posted_item()
        is_kept = _rate(round_id, item_id, seat)
    except DomainError as refusal:
        return _refused(refusal)
    stands = own_answer(round_id, item_id, seat.id)
    progress = progress_words(*count_progress(round_id, seat.id))
    db.session.commit()
    found = {"value": stands.letter, "seq": stands.seq} if stands else {}
    return _saved(is_kept=is_kept, progress=progress, **found)


@ballot.post("/rounds/<uuid:round_id>/comments")
@opens_to(Door.EMPLOYER)
def comment(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:  # noqa: ARG001 - as above
    """Keep one comment in place of the earlier one."""
    try:
        give_reason(
            round_id=round_id,
            item_id=_posted_item(),
            panellist=own_seat(),
            text=request.form.get("text", ""),
        )
    except DomainError as refusal:
        return _refused(refusal)
    db.session.commit()
    return _saved(is_kept=True)


def _posted_item() -> uuid.UUID:
    try:
        return uuid.UUID(request.form.get("item", ""))
    except ValueError:
        raise Missing("That question is not asked in this round.") from None


def _rate(round_id: uuid.UUID, item_id: uuid.UUID, seat: Panellist) -> bool:
    given = read_letter(request.form.get("value", ""))
    seq = request.form.get("seq", type=int)
    if seq is None:
        raise Invalid("That answer came without its place in order. Reload the page.")
    return rate(
        round_id=round_id,
        item_id=item_id,
        panellist=seat,
        answer=given.answer,
        code=given.code,
        seq=seq,
    )


def _saved(**facts: object) -> Response:
    return jsonify(at=f"{clock.now().astimezone(clock.LONDON):%H:%M}", **facts)


def _refused(refusal: DomainError) -> Response:
    db.session.rollback()
    answer = jsonify(problem=str(refusal))
    answer.status_code = STATUSES.get(type(refusal), HTTPStatus.UNPROCESSABLE_ENTITY)
    return answer
