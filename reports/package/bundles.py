"""The bundles from which the closed rounds behind some results can be calculated again."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cycles.core.extensions import db
from reports.results.results import Results
from workshop.exports.bundle import bundle_of
from workshop.exports.pages import bundle_name
from workshop.exports.queries import read_round
from workshop.rooms.models import RoomState, Round


def rounds_behind(results: Results) -> list[Round]:
    """Return the rounds that had closed when the results were taken, in the order they closed."""
    return list(
        db.session.scalars(
            select(Round)
            .where(
                Round.cycle_id == results.cycle_id,
                Round.state == RoomState.CLOSED,
                Round.closed_at <= results.document.taken_at,
            )
            .options(joinedload(Round.workshop))
            .order_by(Round.closed_at, Round.number, Round.id)
        )
    )


def bundles_behind(results: Results) -> dict[str, bytes]:
    """Return the bundle of each such round by its file name."""
    return {bundle_name(each): bundle_of(read_round(each)) for each in rounds_behind(results)}
