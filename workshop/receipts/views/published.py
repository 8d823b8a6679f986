"""The published receipts of a closed round, and looking one up."""

import uuid

from werkzeug.wrappers import Response

from cycles.core.access import Door, load, opens_to
from cycles.core.downloads import csv_answer
from cycles.core.pages import page
from workshop.exports.queries import require_closed
from workshop.receipts.forms import CheckForm
from workshop.receipts.pages import list_page
from workshop.receipts.queries import digests_of
from workshop.receipts.views import receipts
from workshop.rooms.models import Round


# A digest is looked for by POST: in an address it would stand in logs beside who asked.
@receipts.route("/workshops/rounds/<uuid:round_id>/receipts", methods=["GET", "POST"])
@opens_to(Door.MEMBER)
def published(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:
    """List the digests of a closed round, and say whether one of them is there."""
    round_, form = load(Round, cycle_id, round_id), CheckForm()
    require_closed(round_)
    looked_for = form.digest.data if form.validate_on_submit() else ""
    found = list_page(round_, looked_for or "")
    return page("receipts/list.html", 422 if form.errors else 200, page=found, form=form)


@receipts.get("/workshops/rounds/<uuid:round_id>/receipts.csv")
@opens_to(Door.MEMBER)
def published_file(cycle_id: uuid.UUID, round_id: uuid.UUID) -> Response:
    """Send the digests and nothing else."""
    round_ = load(Round, cycle_id, round_id)
    require_closed(round_)
    rows = [(digest,) for digest in digests_of(round_.id)]
    return csv_answer(f"receipts-round-{round_.number}.csv", ("SHA-256",), rows)
