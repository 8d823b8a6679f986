"""The history of a section: every wording, what it changed, and taking one back."""

import uuid
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, opens_to
from cycles.core.extensions import db
from cycles.core.forms import whole_number
from cycles.core.pages import page, see_other
from cycles.setup.queries import get_cycle
from reports.narrative import commands
from reports.narrative.editing import find_section
from reports.narrative.history import Wording, wordings
from reports.narrative.queries import narratives_of, versions_of
from reports.narrative.sections import BY_KEY, SectionKind
from reports.narrative.views import narrative

A_PAGE = 10


@dataclass(frozen=True)
class HistoryPage:
    """Wordings of one section, newest first; ``is_drafted``: the draft stands now.

    ``before`` is the number that these begin under, None on the first page; ``older`` the number
    under which there are more, None where there are none.
    """

    cycle_id: uuid.UUID
    section: SectionKind
    is_drafted: bool
    wordings: tuple[Wording, ...]
    before: int | None
    older: int | None


@narrative.get("/<section>/history")
@opens_to(Door.CONVENER)
def history(cycle_id: uuid.UUID, section: str) -> Response:
    """Show the wordings of a section, ten at a time."""
    kind, before = find_section(section), whole_number(request.args.get("before", ""))
    row = narratives_of(cycle_id).get(section)
    rows = versions_of(cycle_id, section, before=before, most=A_PAGE + 1)
    standing = row.markdown if row and before is None else None
    found = wordings(rows, standing, A_PAGE)
    older = found[-1].number if len(rows) > A_PAGE else None
    context = HistoryPage(cycle_id, kind, row is None, found, before, older)
    return page("narrative/history.html", page=context)


# No database holds a number of any length: what is longer than any version is none.
@narrative.post("/<section>/history/<int(max=999999999):number>")
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
