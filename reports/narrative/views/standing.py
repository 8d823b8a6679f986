"""What stands of a section: all of them as a checklist, accepting a draft, going back to it."""

import uuid
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, opens_to
from cycles.core.errors import Conflict
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.setup.queries import get_cycle
from reports.narrative import commands
from reports.narrative.checklist import Checklist
from reports.narrative.editing import find_section
from reports.narrative.preview import checked
from reports.narrative.queries import sections_of
from reports.narrative.unfinished import unfinished_sections
from reports.narrative.views import narrative
from reports.results.queries import working_results


@dataclass(frozen=True)
class ProsePage:
    """The sections as they stand. ``unsaved`` are those in which the person typed and stopped."""

    cycle_id: uuid.UUID
    checklist: Checklist
    unsaved: frozenset[str]


@narrative.get("")
@opens_to(Door.CONVENER)
def index(cycle_id: uuid.UUID) -> Response:
    """List the sections with what there is to look at in each."""
    results, account_id = working_results(cycle_id), current_actor().account_id
    found = checked(results, sections_of(cycle_id, results.document))
    unsaved = unfinished_sections(cycle_id, account_id) if account_id else frozenset()
    return page("narrative/index.html", page=ProsePage(cycle_id, found, unsaved))


@narrative.post("/<section>/accept")
@opens_to(Door.CONVENER)
def accept(cycle_id: uuid.UUID, section: str) -> BaseResponse:
    """Let the draft stand, as a person who has read it."""
    kind = find_section(section)
    try:
        commands.accept_draft(
            cycle=get_cycle(cycle_id),
            section=section,
            actor=current_actor(),
            moment=clock.now(),
            shown=request.form.get("shown", ""),
        )
    except Conflict as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return see_other(url_for("narrative.edit", cycle_id=cycle_id, section=section))
    db.session.commit()
    flash(f"{kind.title}: the draft is accepted as it stands.", "success")
    return see_other(url_for("narrative.index", cycle_id=cycle_id))


@narrative.post("/<section>/restore")
@opens_to(Door.CONVENER)
def restore(cycle_id: uuid.UUID, section: str) -> BaseResponse:
    """Give up what was written and go back to the draft."""
    kind = find_section(section)
    commands.restore_draft(
        cycle=get_cycle(cycle_id), section=section, actor=current_actor(), moment=clock.now()
    )
    db.session.commit()
    flash(f"{kind.title}: drafted from the data again.", "success")
    return see_other(url_for("narrative.edit", cycle_id=cycle_id, section=section))
