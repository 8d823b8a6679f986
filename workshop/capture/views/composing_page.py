"""The context of the capture page, new or for changing one statement. No routes live here."""

import uuid
from collections import Counter

from flask import request, url_for

from cycles.classification.queries import areas
from cycles.core.access import current_place
from cycles.statements.forms import StatementForm
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.nearby import near_to
from cycles.statements.queries import statements_by
from cycles.statements.wording import LONGEST, SHORTEST
from workshop.capture.composing import narrow
from workshop.capture.pages import CapturePage, areas_fragment, my_line, near_fragment
from workshop.capture.queries import open_capture
from workshop.capture.room import shut_because


def capture_page(
    cycle_id: uuid.UUID, form: StatementForm, editing: CapabilityStatement | None = None
) -> CapturePage:
    """Return the page around ``form``; ``editing`` is the statement that the form changes."""
    place = current_place()
    shut = shut_because(place)
    workshop = open_capture(cycle_id)
    mine = statements_by(cycle_id, place.participant_id)
    everything, asked = areas(), form.find.data or ""
    text = form.text.data or ""
    found = narrow(form, everything, asked)
    here = url_for("capture.index", cycle_id=cycle_id)
    near = near_to(cycle_id, text, but=editing.id if editing else None)
    return CapturePage(
        form=form,
        areas=areas_fragment(form, found, everything, asked),
        nearest=near_fragment(near, has_text=bool(text.strip()), use_endpoint=here),
        mine=tuple(my_line(each, is_open=not shut) for each in reversed(mine)),
        shut_because=shut,
        workshop_title=workshop.title if workshop else "",
        summary=_summary(mine),
        mine_href=here,
        shows_form=not shut or bool(text) or request.method == "POST",
        shortest=SHORTEST,
        longest=LONGEST,
        editing=editing.code if editing else "",
        action=request.path,
        nearest_href=url_for(
            "capture.nearest", cycle_id=cycle_id, but=editing.id if editing else None
        ),
        areas_href=url_for("capture.find_areas", cycle_id=cycle_id),
        from_library=bool(form.library.data),
    )


def _summary(mine: list[CapabilityStatement]) -> str:
    numbers = Counter(statement.status for statement in mine)
    waiting, kept = numbers[StatementStatus.SUBMITTED], numbers[StatementStatus.KEPT]
    return f"{len(mine)} in all, newest first: {waiting} waiting, {kept} kept."
