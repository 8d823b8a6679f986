"""The history of a section: every wording, what it changed, and taking one back."""

import uuid
from dataclasses import dataclass

from flask import Response, abort, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, opens_to
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.setup.queries import get_cycle
from reports.narrative import commands
from reports.narrative.history import Wording, wordings
from reports.narrative.queries import narratives_of, versions_of
from reports.narrative.sections import BY_KEY, SectionKind
from reports.narrative.views import narrative


@dataclass(frozen=True)
class HistoryPage:
    """The wordings of one section, newest first; ``is_drafted``: the draft stands now."""

    cycle_id: uuid.UUID
    section: SectionKind
    is_drafted: bool
    wordings: tuple[Wording, ...]


@narrative.get("/<section>/history")
@opens_to(Door.CONVENER)
def history(cycle_id: uuid.UUID, section: str) -> Response:
    """Show every wording of a section."""
    kind = BY_KEY.get(section) or abort(404)
    row = narratives_of(cycle_id).get(section)
    found = wordings(versions_of(cycle_id, section), row.markdown if row else None)
    context = HistoryPage(cycle_id, kind, row is None, found)
    return page("narrative/history.html", page=context)


@narrative.post("/<section>/history/<int:number>")
@opens_to(Door.CONVENER)
def take_back(cycle_id: uuid.UUID, section: str, number: int) -> BaseResponse:
    """Let an earlier wording stand again."""
    commands.take_back(
        cycle=get_cycle(cycle_id),
        section=section,
        number=number,
        actor=current_actor(),
        moment=clock.now(),
    )
    db.session.commit()
    flash(f"{BY_KEY[section].title}: version {number} stands again.", "success")
    return see_other(url_for("narrative.edit", cycle_id=cycle_id, section=section))
