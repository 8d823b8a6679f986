"""Keeping what a person types, as they type it, with its preview; and giving it up."""

import uuid
from dataclasses import dataclass

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, opens_to
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.setup.holding import hold_cycle
from cycles.setup.queries import get_cycle
from reports.mapping.words import moment_words
from reports.narrative.editing import find_section
from reports.narrative.forms import ProseForm
from reports.narrative.preview import Preview, preview_of
from reports.narrative.queries import narratives_of
from reports.narrative.unfinished import discard_unfinished, keep_unfinished
from reports.narrative.views import narrative
from reports.results.queries import working_results


@dataclass(frozen=True)
class PreviewFragment:
    """The preview of words that were kept. ``conflict`` says that somebody saved meanwhile."""

    preview: Preview
    kept: str
    conflict: str


@narrative.post("/<section>/unfinished")
@opens_to(Door.CONVENER)
def keep(cycle_id: uuid.UUID, section: str) -> Response:
    """Keep the words unsaved, and answer with what they look like."""
    find_section(section)
    form = ProseForm()
    try:
        conflict = keep_words(cycle_id, section, form)
    except Invalid as refusal:
        db.session.rollback()
        conflict = str(refusal)
    db.session.commit()
    preview = preview_of(working_results(cycle_id), section, form.markdown.data or "")
    kept = (
        "" if conflict else f"Kept at {clock.now().astimezone(clock.LONDON):%H:%M}. Not saved yet."
    )
    return page("narrative/_preview.html", page=PreviewFragment(preview, kept, conflict))


@narrative.post("/<section>/unfinished/discard")
@opens_to(Door.CONVENER)
def discard(cycle_id: uuid.UUID, section: str) -> BaseResponse:
    """Give up what was typed and not saved."""
    kind, actor = find_section(section), current_actor()
    if actor.account_id is not None:
        discard_unfinished(cycle=get_cycle(cycle_id), section=section, account_id=actor.account_id)
    db.session.commit()
    flash(f"{kind.title}: what you had not saved is discarded.", "success")
    return see_other(url_for("narrative.edit", cycle_id=cycle_id, section=section))


def keep_words(cycle_id: uuid.UUID, section: str, form: ProseForm) -> str:
    """Keep the form's words for the person; return a sentence where somebody saved meanwhile.

    Words older than what the person has saved themselves are not kept: a slow request must not
    bring back what saving has just made done with.
    """
    # Before it is asked what stands: who is saving it at this moment is waited for.
    hold_cycle(cycle_id, alone=True)
    row, actor = narratives_of(cycle_id).get(section), current_actor()
    started_from = form.started_from or 0
    is_behind = started_from != (row.version if row else 0)
    if is_behind and row is not None and row.edited_by_id == actor.account_id:
        when = moment_words(row.edited_at)
        return f"Not kept: you saved this section in another window, {when}. Saving shows you both."
    if actor.account_id is not None:
        keep_unfinished(
            cycle=get_cycle(cycle_id),
            section=section,
            markdown=form.markdown.data or "",
            started_from=started_from,
            account_id=actor.account_id,
            moment=clock.now(),
        )
    return "Somebody else has saved this section. Saving shows you both." if is_behind else ""
