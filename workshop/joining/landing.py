"""Where somebody who came in goes on: the first question of an open round, as soon as there is one.

People who accept an invitation are taken there too, through the registry of ``cycles.people``.
"""

import uuid

from flask import url_for

from cycles.people.landing import landing_of, lands
from cycles.people.models import Participant
from workshop.ballot.booth import read_booth
from workshop.ballot.sheets import count_answered
from workshop.joining.queries import joiners_of
from workshop.rooms.models import RoomState, Round, Workshop, WorkshopKind
from workshop.rooms.queries import open_rounds
from workshop.rooms.scales import rates_in

WITHOUT_ROUNDS = {WorkshopKind.CAPTURE: "capture.index", WorkshopKind.KSB: "ksbs.index"}
"""Where the work of workshops is done that people join with a code and that have no rounds."""


@lands
def question_of(participant: Participant) -> str | None:
    """Return the address of the first question without an answer in the round that this person
    rates; of the choice when there are several such rounds, None when there is none.
    """
    rounds = _own_rounds(participant)
    if len(rounds) > 1:
        return url_for("ballot.start", cycle_id=participant.cycle_id)
    return _question_in(rounds[0], participant.id) if rounds else None


def landing_in(workshop: Workshop, participant: Participant) -> str:
    """Return where this person goes on in a workshop: its own work before any other."""
    is_theirs = participant.group in joiners_of(workshop.kind)
    if is_theirs and workshop.state == RoomState.OPEN and workshop.kind in WITHOUT_ROUNDS:
        return url_for(WITHOUT_ROUNDS[workshop.kind], cycle_id=workshop.cycle_id)
    own = [one for one in _own_rounds(participant) if one.workshop_id == workshop.id]
    return _question_in(own[0], participant.id) if own else landing_of(participant)


def _own_rounds(participant: Participant) -> list[Round]:
    rounds = open_rounds(participant.cycle_id)
    return [one for one in rounds if rates_in(participant.group, one.workshop.kind)]


def _question_in(round_: Round, participant_id: uuid.UUID) -> str:
    booth = read_booth(round_, participant_id)
    unfinished = (
        sheet for sheet in booth.sheets if count_answered(sheet, booth.answers) < len(sheet.cells)
    )
    first = next(unfinished, None)
    return booth.href("area", number=first.number) if first else booth.href("tasks")
