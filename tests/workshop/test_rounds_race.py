"""Raters race the close of a round, with real transactions on connections of their own."""

import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from cycles.core.errors import Closed
from cycles.core.extensions import db
from tests.factories import NOW, make_cast
from tests.workshop.rating import make_room
from workshop.ballot.commands import panellist_for, rate
from workshop.ballot.models import Answer, Panellist
from workshop.rooms.commands import close_round
from workshop.rooms.models import ItemVerdict, Round

RATERS = 6


@pytest.fixture
def committed(app: Flask) -> Iterator[None]:
    """Let the test commit for real, and empty every table afterwards."""
    yield
    db.session.remove()
    db.drop_all()
    db.create_all()


@pytest.mark.usefixtures("committed")
def test_close_means_closed_and_nothing_acknowledged_is_lost(app: Flask) -> None:
    room = make_room(make_cast(), employers=RATERS, statements=40)
    round_ = room.open_round()
    items = [one.id for one in room.asked(round_)]
    seats = [panellist_for(participant=one, moment=NOW).id for one in room.employers]
    round_id, cycle_id, actor = round_.id, room.cycle.id, room.actor
    db.session.commit()
    db.session.remove()
    answers = threading.Semaphore(0)

    def answer_all(seat_id: uuid.UUID) -> int:
        saved = 0
        with app.app_context():
            seat = Panellist(id=seat_id, cycle_id=cycle_id)
            for item_id in items:
                try:
                    rate(
                        round_id=round_id,
                        item_id=item_id,
                        panellist=seat,
                        answer=Answer.RATED,
                        code=2,
                        seq=1,
                    )
                except Closed:
                    break
                db.session.commit()
                saved += 1
                answers.release()
        return saved

    def close() -> None:
        for _ in range(RATERS * 3):
            answers.acquire()
        with app.app_context():
            close_round(round_=db.session.get_one(Round, round_id), actor=actor, moment=NOW)
            db.session.commit()

    with ThreadPoolExecutor(RATERS + 1) as pool:
        raters = [pool.submit(answer_all, seat_id) for seat_id in seats]
        pool.submit(close).result()
        acknowledged = sum(one.result() for one in raters)
    counted = sum(sum(one.counts) for one in db.session.query(ItemVerdict))
    assert counted == acknowledged >= RATERS * 3
