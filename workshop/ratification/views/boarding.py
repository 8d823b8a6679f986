"""The facilitator's board: looking at it, asking again, and taking it away as a table."""

import uuid

from flask import Response, make_response, request

from cycles.core.access import Door, opens_to
from cycles.core.downloads import csv_answer
from cycles.core.pages import page
from cycles.setup.queries import get_cycle
from workshop.ratification.board import HEADINGS, board_page, board_rows, numbers_of
from workshop.ratification.board_pages import read_filters
from workshop.ratification.queries import panel_members
from workshop.ratification.views import ratification


@ratification.get("/board")
@opens_to(Door.PANEL_OR_CONVENER)
def board(cycle_id: uuid.UUID) -> Response:
    """Show which profiles wait for whom."""
    shown = board_page(get_cycle(cycle_id), read_filters(request.args))
    return page("ratification/board.html", page=shown)


@ratification.get("/board/live")
@opens_to(Door.PANEL_OR_CONVENER)
def board_live(cycle_id: uuid.UUID) -> Response:
    """Answer with the board's numbers as they stand now, or with nothing when nothing changed."""
    found = numbers_of(get_cycle(cycle_id), read_filters(request.args))
    if request.args.get("seen") == found.version:
        return make_response("", 204)
    return page("ratification/_board.html", page=found)


@ratification.get("/board/download.csv")
@opens_to(Door.PANEL_OR_CONVENER)
def download(cycle_id: uuid.UUID) -> Response:
    """Hand out the board as a table."""
    found = numbers_of(get_cycle(cycle_id), read_filters(request.args))
    names = [one.account.name for one in panel_members(cycle_id)]
    return csv_answer("panel-board.csv", [*HEADINGS, *names], board_rows(found))
