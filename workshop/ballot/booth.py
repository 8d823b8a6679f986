"""One person's ballot in one round: its pages, their answers and words, read once a request."""

import uuid
from dataclasses import dataclass

from flask import url_for

from workshop.ballot.queries import OwnAnswer, OwnWords, asked_in, find_seat, own_answers, own_words
from workshop.ballot.sheets import Sheet, count_answered, cut_sheets, shuffled
from workshop.rooms.models import Mode, Round


@dataclass(frozen=True)
class Booth:
    """Everything one person's ballot is made of, read once a request."""

    round: Round
    participant_id: uuid.UUID
    panellist_id: uuid.UUID | None
    sheets: tuple[Sheet, ...]
    answers: dict[uuid.UUID, OwnAnswer]
    written: OwnWords

    @property
    def answered(self) -> int:
        """Return how many of the cells asked of this person they have answered."""
        return sum(count_answered(sheet, self.answers) for sheet in self.sheets)

    @property
    def asked(self) -> int:
        """Return how many cells the round asks of this person."""
        return sum(len(sheet.cells) for sheet in self.sheets)

    @property
    def rows(self) -> int:
        """Return how many capabilities or solutions the round asks this person about."""
        return sum(len(sheet.rows) for sheet in self.sheets)

    @property
    def is_real_time(self) -> bool:
        """Say whether the group's answers are shown while the round goes on."""
        return self.round.workshop.mode == Mode.REAL_TIME

    def href(self, endpoint: str, **values: object) -> str:
        """Return the address of a page of this ballot."""
        return ballot_href(self.round, endpoint, **values)


def ballot_href(round_: Round, endpoint: str, **values: object) -> str:
    """Return the address of a page of anybody's ballot in a round."""
    return url_for(
        f"ballot.{endpoint}",
        cycle_id=round_.cycle_id,
        round_id=round_.id,
        **values,  # type: ignore[arg-type]  # url_for's own options are not among them
    )


def receipt_href(round_: Round) -> str:
    """Return the address of the person's receipt of a round."""
    return url_for("receipts.own", cycle_id=round_.cycle_id, round_id=round_.id)


def read_booth(round_: Round, participant_id: uuid.UUID) -> Booth:
    """Return the person's ballot in a round, each page in their own order."""
    seat = find_seat(round_.cycle_id, participant_id)
    sheets = tuple(shuffled(sheet, participant_id) for sheet in cut_sheets(asked_in(round_, seat)))
    answers = own_answers(round_.id, seat, round_.scale) if seat else {}
    written = own_words(round_.id, seat) if seat else OwnWords({}, {})
    return Booth(round_, participant_id, seat, sheets, answers, written)
