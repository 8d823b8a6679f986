"""Saving one answer or one comment at once, for ``ballot.js``; in JSON, after the commit.

A save asks who is there before it takes the write lock, writes in a transaction as short as can
be, and counts the progress after it: an open round does little else, two hundred people at a time.
"""

import uuid
from http import HTTPStatus

from flask import Response, jsonify, request

from cycles.core import clock
from cycles.core.access import Door, current_place, opens_to
from cycles.core.errors import Closed, DomainError, Invalid, Missing, Paused
from cycles.core.extensions import db
from cycles.core.reading import begin_writing, reads_first
from workshop.ballot.answering import NOT_ASKED, asking_of
from workshop.ballot.autosaving import Sent, Standing, keep_sent, standing
from workshop.ballot.commands import give_reason, rate
from workshop.ballot.letters import read_letter
from workshop.ballot.links import likely_link
from workshop.ballot.live import live_result, publish
from workshop.ballot.queries import OwnAnswer, own_answer
from workshop.ballot.sheets import progress_words
from workshop.ballot.sides import side_of_answer
from workshop.ballot.spread import live_group
from workshop.ballot.views import ballot
from workshop.ballot.views.pages import own_seat

STATUSES = {
    Missing: HTTPStatus.NOT_FOUND,
    Closed: HTTPStatus.CONFLICT,
    Paused: HTTPStatus.LOCKED,
}
OF_CELL = "cell"
"""What the field ``of`` says of words on one answer; else they are on the whole capability."""


@ballot.post("/rounds/<uuid:round_id>/answers")
@opens_to(Door.RATER)
@reads_first
def save(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:
    """Keep one answer if it is the newest; say what stands, and how far the ballot is."""
    try:
        sent = Sent(
            cycle_id, round_id, _posted_item(), request.form.get("value", ""), _posted_seq()
        )
        link = likely_link(cycle_id, current_place().participant_id)
        begin_writing()
        found = None if link is None else keep_sent(sent, link)
        is_kept, stands = True, OwnAnswer(sent.letter, sent.seq)
        if found is None:
            found, is_kept, stands = _keep_the_long_way(sent)
    except DomainError as refusal:
        return _refused(refusal)
    told = _tell(sent, found)
    db.session.commit()
    return _saved(is_kept=is_kept, value=stands.letter, seq=stands.seq, **told)


def _keep_the_long_way(sent: Sent) -> tuple[Standing, bool, OwnAnswer]:
    """Keep the answer of a seat not taken yet, say what stands in its way, or raise why not."""
    scale = asking_of(sent.round_id).scale
    given = read_letter(sent.letter, scale)
    seat = own_seat()
    is_kept = rate(
        round_id=sent.round_id,
        item_id=sent.item_id,
        panellist=seat,
        answer=given.answer,
        code=given.code,
        seq=sent.seq,
    )
    found = standing(round_id=sent.round_id, item_id=sent.item_id, panellist_id=seat.id)
    stands = own_answer(sent.round_id, sent.item_id, seat.id, scale)
    # Nothing stands only where an answer was sent again in the moment in which it was taken away.
    return found, is_kept, stands or OwnAnswer(sent.letter, sent.seq)


def _tell(sent: Sent, found: Standing) -> dict[str, object]:
    """Return the progress and, in real time, what the group says; bring that up to date if due."""
    if found.is_due:
        publish(sent.round_id, sent.item_id, found.minimum_n)
    told: dict[str, object] = {
        "answered": found.answered,
        "progress": progress_words(found.answered, found.asked),
    }
    if found.is_real_time:
        live = live_result(sent.round_id, sent.item_id)
        scale = asking_of(sent.round_id).scale
        told["group"] = live_group(live.counts, sent.letter, scale, found.minimum_n)
    return told


@ballot.post("/rounds/<uuid:round_id>/comments")
@opens_to(Door.RATER)
def comment(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:  # noqa: ARG001 - the seat is of it
    """Keep one comment, or the reason of one answer, in place of the earlier one."""
    try:
        item_id, seat = _posted_item(), own_seat()
        is_of_cell = request.form.get("of") == OF_CELL
        where = {"round_id": round_id, "item_id": item_id}
        give_reason(
            round_id=round_id,
            item_id=item_id,
            panellist=seat,
            text=request.form.get("text", ""),
            is_of_cell=is_of_cell,
            side=side_of_answer(**where, panellist_id=seat.id) if is_of_cell else None,
        )
    except DomainError as refusal:
        return _refused(refusal)
    db.session.commit()
    return _saved(is_kept=True)


def _posted_item() -> uuid.UUID:
    try:
        return uuid.UUID(request.form.get("item", ""))
    except ValueError:
        raise Missing(NOT_ASKED) from None


def _posted_seq() -> int:
    seq = request.form.get("seq", type=int)
    if seq is None:
        raise Invalid("That answer came without its place in order. Reload the page.")
    return seq


def _saved(**facts: object) -> Response:
    return jsonify(at=f"{clock.now().astimezone(clock.LONDON):%H:%M}", **facts)


def _refused(refusal: DomainError) -> Response:
    db.session.rollback()
    answer = jsonify(problem=str(refusal))
    answer.status_code = STATUSES.get(type(refusal), HTTPStatus.UNPROCESSABLE_ENTITY)
    return answer
