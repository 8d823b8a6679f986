"""One person's ballot in one round: its pages, their answers and comments, read once a request."""

import uuid
from dataclasses import dataclass

from flask import url_for

from workshop.ballot.queries import OwnAnswer, asked_in, find_seat, own_answers, own_comments
from workshop.ballot.sheets import Sheet, count_answered, cut_sheets, shuffled
from workshop.rooms.models import Round


@dataclass(frozen=True)
class Booth:
    """Everything one person's ballot is made of, read once a request."""

    round: Round
    participant_id: uuid.UUID
    panellist_id: uuid.UUID | None
    sheets: tuple[Sheet, ...]
    answers: dict[uuid.UUID, OwnAnswer]
    comments: dict[uuid.UUID, str]

    @property
    def answered(self) -> int:
        """Return how many of the round's cells this person has answered."""
        return sum(count_answered(sheet, self.answers) for sheet in self.sheets)

    @property
    def asked(self) -> int:
        """Return how many cells the round asks."""
        return sum(len(sheet.cells) for sheet in self.sheets)

    def href(self, endpoint: str, **values: object) -> str:
        """Return the address of a page of this ballot."""
        return url_for(
            f"ballot.{endpoint}",
            cycle_id=self.round.cycle_id,
            round_id=self.round.id,
            **values,  # type: ignore[arg-type]  # url_for's own options are not among them
        )


def read_booth(round_: Round, participant_id: uuid.UUID) -> Booth:
    """Return the person's ballot in a round, each page in their own order."""
    seat = find_seat(round_.cycle_id, participant_id)
    sheets = tuple(shuffled(sheet, participant_id) for sheet in cut_sheets(asked_in(round_.id)))
    answers = own_answers(round_.id, seat) if seat else {}
    comments = own_comments(round_.id, seat) if seat else {}
    return Booth(round_, participant_id, seat, sheets, answers, comments)
