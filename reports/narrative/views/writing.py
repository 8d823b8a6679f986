"""Writing a section: its words in a form beside their preview, and saving them."""

import uuid
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, opens_to
from cycles.core.errors import Conflict, Invalid
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.setup.queries import get_cycle
from reports.narrative import commands
from reports.narrative.editing import Begun, begun_by, find_section
from reports.narrative.forms import ProseForm
from reports.narrative.history import Piece, elided, pieces
from reports.narrative.naming import NamedPlace, places_of
from reports.narrative.numbers import NUMBERS
from reports.narrative.preview import Preview, preview_of
from reports.narrative.sections import SectionKind
from reports.narrative.views import narrative
from reports.narrative.views.keeping import keep_words
from reports.results.queries import working_results


@dataclass(frozen=True)
class SectionPage:
    """One section: the form, its preview, and how it stands.

    ``unfinished`` says when words were kept that the person has not saved and now sees; ``newer``
    are words that were saved meanwhile, ``beside`` how they differ from these. ``moved`` is what
    the data changed in an accepted draft, ``draft_digest`` what tells the draft of now from others.
    ``numbers`` are those that the prose may name: the name, what it means, what it is now.
    """

    cycle_id: uuid.UUID
    section: SectionKind
    form: ProseForm
    preview: Preview
    kept: str
    conflict: str
    state: str
    edited: str
    unfinished: str
    newer: str
    beside: tuple[Piece, ...]
    moved: tuple[Piece, ...]
    draft_digest: str
    numbers: tuple[tuple[str, str, str], ...]
    places: tuple[NamedPlace, ...]


@narrative.get("/<section>")
@opens_to(Door.CONVENER)
def edit(cycle_id: uuid.UUID, section: str) -> Response:
    """Show the section's words in a form, with a preview; first those that were not saved."""
    begun = begun_by(cycle_id, find_section(section), current_actor().account_id)
    form = ProseForm(formdata=None, markdown=begun.words, version=str(begun.version))
    return page("narrative/edit.html", page=_page(cycle_id, form, begun))


@narrative.post("/<section>")
@opens_to(Door.CONVENER)
def change(cycle_id: uuid.UUID, section: str) -> BaseResponse:
    """Save the words; or keep them unsaved and show what they look like."""
    kind, form = find_section(section), ProseForm()
    if request.form.get("action") == "preview":
        return _previewed(cycle_id, kind, form)
    try:
        commands.change_narrative(
            cycle=get_cycle(cycle_id),
            section=section,
            markdown=form.markdown.data or "",
            actor=current_actor(),
            moment=clock.now(),
            version=form.started_from,
        )
    except (Conflict, Invalid) as refusal:
        return _refused(cycle_id, kind, form, refusal)
    db.session.commit()
    flash(f"{kind.title}: saved. The next snapshot takes it in.", "success")
    return see_other(url_for("narrative.index", cycle_id=cycle_id))


def _previewed(cycle_id: uuid.UUID, kind: SectionKind, form: ProseForm) -> Response:
    try:
        keep_words(cycle_id, kind.key, form)
    except Invalid as refusal:
        return _refused(cycle_id, kind, form, refusal)
    db.session.commit()
    begun = begun_by(cycle_id, kind, current_actor().account_id)
    return page("narrative/edit.html", page=_page(cycle_id, form, begun))


def _refused(
    cycle_id: uuid.UUID, kind: SectionKind, form: ProseForm, refusal: Conflict | Invalid
) -> Response:
    """Show the form again; where somebody was faster, their words stand beside it."""
    db.session.rollback()
    form.refuse(refusal)
    is_conflict = isinstance(refusal, Conflict)
    begun = begun_by(cycle_id, kind, current_actor().account_id)
    if is_conflict:
        form.version.data = str(begun.standing_version)
    context = _page(cycle_id, form, begun, begun.standing if is_conflict else "")
    return page("narrative/edit.html", 409 if is_conflict else 422, page=context)


def _page(cycle_id: uuid.UUID, form: ProseForm, begun: Begun, newer: str = "") -> SectionPage:
    results, typed = working_results(cycle_id), form.markdown.data or ""
    newer = newer or begun.newer
    return SectionPage(
        cycle_id=cycle_id,
        section=begun.section,
        form=form,
        preview=preview_of(results, begun.section.key, typed),
        kept="",
        conflict="",
        state=begun.state,
        edited=begun.edited,
        unfinished=begun.kept,
        newer=newer,
        beside=elided(pieces(typed, newer)) if newer else (),
        moved=begun.moved,
        draft_digest=begun.draft_digest,
        numbers=tuple((each.name, each.meaning, each.words(results.document)) for each in NUMBERS),
        places=places_of(results),
    )
