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
from workshop.capture.pages import (
    AreasFragment,
    CapturePage,
    NearestFragment,
    areas_fragment,
    my_line,
    near_fragment,
)
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
    here = url_for("capture.index", cycle_id=cycle_id)
    but = editing.id if editing else None
    return CapturePage(
        form=form,
        areas=_areas(form),
        nearest=nearest_fragment(cycle_id, form.text.data or "", but),
        mine=tuple(my_line(each, is_open=not shut) for each in reversed(mine)),
        shut_because=shut,
        workshop_title=workshop.title if workshop else "",
        summary=_summary(mine),
        mine_href=here,
        shows_form=not shut or request.method == "POST",
        shortest=SHORTEST,
        longest=LONGEST,
        editing=editing.code if editing else "",
        action=request.path,
        nearest_href=url_for("capture.nearest", cycle_id=cycle_id, but=but),
        areas_href=url_for("capture.find_areas", cycle_id=cycle_id),
        from_library=bool(form.library.data),
    )


def nearest_fragment(cycle_id: uuid.UUID, text: str, but: uuid.UUID | None) -> NearestFragment:
    """Return what is near to ``text``, leaving out the statement that is being changed."""
    return near_fragment(
        near_to(cycle_id, text, but=but),
        has_text=bool(text.strip()),
        use_endpoint=url_for("capture.index", cycle_id=cycle_id),
    )


def _areas(form: StatementForm) -> AreasFragment:
    everything, asked = areas(), form.find.data or ""
    return areas_fragment(form, narrow(form, everything, asked), everything, asked)


def _summary(mine: list[CapabilityStatement]) -> str:
    numbers = Counter(statement.status for statement in mine)
    waiting, kept = numbers[StatementStatus.SUBMITTED], numbers[StatementStatus.KEPT]
    return f"{len(mine)} in all, newest first: {waiting} waiting, {kept} kept."
