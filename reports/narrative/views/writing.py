"""Writing a section: see the draft, change it, look at it, save it, go back to the draft."""

import uuid
from dataclasses import dataclass

from flask import Response, abort, flash, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, opens_to
from cycles.core.errors import Conflict, Invalid
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.setup.queries import get_cycle
from reports.document.facts import Document
from reports.document.pages import SectionLine, section_lines
from reports.mapping.words import moment_words
from reports.narrative import commands
from reports.narrative.drafting import draft
from reports.narrative.forms import ProseForm
from reports.narrative.models import Narrative
from reports.narrative.numbers import NUMBERS, filled_in
from reports.narrative.prose import prose_html
from reports.narrative.queries import narratives_of
from reports.narrative.sections import BY_KEY, SectionKind
from reports.narrative.views import narrative
from reports.results.queries import working_results


@dataclass(frozen=True)
class ProsePage:
    """The list of sections."""

    cycle_id: uuid.UUID
    sections: tuple[SectionLine, ...]
    drafted: int


@dataclass(frozen=True)
class SectionPage:
    """One section: the form, its preview, and what is kept of it now.

    ``numbers`` are those that the prose may name: the name, what it means, what it is now.
    """

    cycle_id: uuid.UUID
    section: SectionKind
    form: ProseForm
    preview: Markup | None
    is_drafted: bool
    edited: str
    newer: str
    numbers: tuple[tuple[str, str, str], ...]


@narrative.get("")
@opens_to(Door.CONVENER)
def index(cycle_id: uuid.UUID) -> Response:
    """List the sections, and which are still drafted from the data."""
    lines = section_lines(cycle_id)
    context = ProsePage(cycle_id, lines, sum(each.is_drafted for each in lines))
    return page("narrative/index.html", page=context)


@narrative.get("/<section>")
@opens_to(Door.CONVENER)
def edit(cycle_id: uuid.UUID, section: str) -> Response:
    """Show the section's words in a form, with a preview."""
    kind, row = _find(cycle_id, section)
    words = row.markdown if row else _draft(cycle_id, section)
    form = ProseForm(formdata=None, markdown=words, version=str(row.version if row else 0))
    return page("narrative/edit.html", page=_page(cycle_id, kind, form, row))


@narrative.post("/<section>")
@opens_to(Door.CONVENER)
def change(cycle_id: uuid.UUID, section: str) -> BaseResponse:
    """Save the words, or show what they look like without saving."""
    kind, row = _find(cycle_id, section)
    form = ProseForm()
    if request.form.get("action") == "preview":
        return page("narrative/edit.html", page=_page(cycle_id, kind, form, row))
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


@narrative.post("/<section>/restore")
@opens_to(Door.CONVENER)
def restore(cycle_id: uuid.UUID, section: str) -> BaseResponse:
    """Give up what was written and go back to the draft."""
    kind, _ = _find(cycle_id, section)
    commands.restore_draft(
        cycle=get_cycle(cycle_id), section=section, actor=current_actor(), moment=clock.now()
    )
    db.session.commit()
    flash(f"{kind.title}: drafted from the data again.", "success")
    return see_other(url_for("narrative.edit", cycle_id=cycle_id, section=section))


def _find(cycle_id: uuid.UUID, section: str) -> tuple[SectionKind, Narrative | None]:
    if section not in BY_KEY:
        abort(404)
    return BY_KEY[section], narratives_of(cycle_id).get(section)


def _draft(cycle_id: uuid.UUID, section: str) -> str:
    return draft(section, _document(cycle_id))


def _document(cycle_id: uuid.UUID) -> Document:
    """Return what the report would say now."""
    return working_results(cycle_id).document


def _refused(
    cycle_id: uuid.UUID, kind: SectionKind, form: ProseForm, refusal: Conflict | Invalid
) -> Response:
    """Show the form again; where somebody was faster, their words stand beside it."""
    db.session.rollback()
    form.refuse(refusal)
    row = narratives_of(cycle_id).get(kind.key)
    is_conflict = isinstance(refusal, Conflict)
    newer = (row.markdown if row else _draft(cycle_id, kind.key)) if is_conflict else ""
    if is_conflict:
        form.version.data = str(row.version if row else 0)
    context = _page(cycle_id, kind, form, row, newer)
    return page("narrative/edit.html", 409 if is_conflict else 422, page=context)


def _page(
    cycle_id: uuid.UUID,
    kind: SectionKind,
    form: ProseForm,
    row: Narrative | None,
    newer: str = "",
) -> SectionPage:
    words, document = form.markdown.data or "", _document(cycle_id)
    return SectionPage(
        cycle_id=cycle_id,
        section=kind,
        form=form,
        preview=prose_html(filled_in(words, document)) if words.strip() else None,
        is_drafted=row is None,
        edited=moment_words(row.edited_at) if row else "",
        newer=newer,
        numbers=tuple((each.name, each.meaning, each.words(document)) for each in NUMBERS),
    )
