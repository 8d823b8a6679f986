"""A cycle's people: the list and its downloads. Places and invitations have modules beside this."""

import uuid

from flask import Blueprint, request
from werkzeug.wrappers import Response

from cycles.core import clock
from cycles.core.access import Door, opens_to
from cycles.core.downloads import csv_answer, xlsx_answer
from cycles.core.pages import page
from cycles.core.shell import offer
from cycles.people.importing import HEADINGS
from cycles.people.pages import Asked, people_page, person_row
from cycles.people.queries import participants_of
from cycles.setup.queries import get_cycle

people = Blueprint("people", __name__)
PATH = "/cycles/<uuid:cycle_id>/people"

offer(30, "People", "people.list_people", Door.CONVENER)


@people.get(PATH)
@opens_to(Door.CONVENER)
def list_people(cycle_id: uuid.UUID) -> Response:
    """List who takes part and who has been asked in."""
    asked = Asked(
        words=request.args.get("q", "").strip(),
        group=request.args.get("group", ""),
        sort=request.args.get("sort", "name"),
    )
    return page("people/list.html", page=people_page(get_cycle(cycle_id), asked, clock.now()))


@people.get(f"{PATH}/participants.<any(csv, xlsx):kind>")
@opens_to(Door.CONVENER)
def download(cycle_id: uuid.UUID, kind: str) -> Response:
    """Download who takes part."""
    headings = (*HEADINGS, "panel", "since")
    people_rows = [person_row(each) for each in participants_of(cycle_id)]
    rows = [
        (row.name, row.email, row.group, row.organisation, row.partner, row.is_on_panel, row.since)
        for row in people_rows
    ]
    answer = csv_answer if kind == "csv" else xlsx_answer
    return answer(f"participants.{kind}", headings, rows)


from cycles.people import accepting, inviting, placing  # noqa: E402,F401 - add their routes
