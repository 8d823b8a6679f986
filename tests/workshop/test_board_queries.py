"""What the board asks of the database: as much of many people and items as of few."""

import pytest

from cycles.core.extensions import db
from tests.architecture.test_query_counts import asked
from tests.architecture.world import undone
from tests.client import ParsingClient
from tests.factories import Cast, make_cast
from tests.workshop.rating import Room, make_room
from workshop.board.calling import Destination
from workshop.board.commands import (
    call_everyone,
    close_step,
    open_step,
    plan_steps,
    reveal,
)
from workshop.rooms.queries import last_round

FEW, MANY = 5, 40
PULSE = {"HX-Request": "true", "X-Pulse": "true"}


def fill(cast: Cast, count: int, *, is_closed: bool) -> Room:
    """Return a room of ``count`` people and capabilities that have been rated."""
    room = make_room(cast, employers=count + 2, statements=count, levels=2)
    facts = {"actor": room.actor, "moment": room.workshop.opened_at}
    _, rate, see, *_ = plan_steps(workshop=room.workshop, **facts)
    open_step(step=rate, **facts)
    for item in room.asked(last_round(room.workshop.id)):
        room.answer(last_round(room.workshop.id), item, "NNAPEEP")
    if is_closed:
        close_step(step=rate, **facts)
        open_step(step=see, **facts)
        reveal(step=see, **facts)
    db.session.commit()
    return room


def count_asked(client: ParsingClient, path: str) -> int:
    client.get(path, headers=PULSE)
    with asked() as statements:
        answer = client.get(path, headers=PULSE)
    assert answer.status_code == 200
    return len(statements)


@pytest.mark.parametrize("is_closed", [False, True])
@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/board/live", 23),
        ("/board/live?view=next", 22),
        ("/board/steps", 9),
        ("/projector/live", 20),
    ],
)
def test_the_board_asks_no_more_of_a_full_room(
    session: object, client: ParsingClient, path: str, most: int, is_closed: bool
) -> None:
    counts = []
    for count in (FEW, MANY):
        with undone():
            cast = make_cast()
            room = fill(cast, count, is_closed=is_closed)
            client.sign_in(cast.ada)
            address = f"/cycles/{cast.cycle.id}/workshops/{room.workshop.id}{path}"
            counts.append(count_asked(client, address))
    assert counts[1] <= counts[0] <= most


def test_looking_for_a_call_is_one_query_beside_knowing_who_asks(
    cast: Cast, client: ParsingClient
) -> None:
    room = fill(cast, FEW, is_closed=False)
    facts = {"actor": room.actor, "moment": room.workshop.opened_at}
    call_everyone(workshop=room.workshop, to=Destination.WORK, **facts)
    db.session.commit()
    client.sign_in(cast.ema)
    path = f"/cycles/{cast.cycle.id}/call"
    client.get(path, headers=PULSE)
    with asked() as statements:
        client.get(path, headers=PULSE)
    own = [one for one in statements if "FROM web_session" not in one and "participant" not in one]
    assert len(own) == 1, statements
    assert len(statements) <= 3, statements
