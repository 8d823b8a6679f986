"""The overview of the set-up."""

import uuid

from werkzeug.wrappers import Response

from cycles.core.access import Door, opens_to
from cycles.core.pages import page
from cycles.core.shell import shell
from cycles.setup.pages.overview import overview_page
from cycles.setup.queries import get_cycle
from cycles.setup.views import cycle
from cycles.stages.queries import evidence_of


@cycle.get("/<uuid:cycle_id>/set-up")
@opens_to(Door.CONVENER)
def setup(cycle_id: uuid.UUID) -> Response:
    """Show the sections of the set-up and how far each is."""
    row = get_cycle(cycle_id)
    people = next((each.href for each in shell().navigation if each.label == "People"), "")
    return page("cycle/setup.html", page=overview_page(row, evidence_of(row), people))
