"""Generating the prototypes that the panel's queue is made of: settings, preview, use."""

import uuid

from flask import Response, abort, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, opens_to
from cycles.core.downloads import csv_answer, xlsx_answer
from cycles.core.errors import Conflict, Invalid
from cycles.core.extensions import db
from cycles.core.forms import Form
from cycles.core.jobs.models import Job
from cycles.core.jobs.outcomes import leads_to
from cycles.core.pages import page, see_other
from cycles.profiles.drafts import draft_of
from cycles.setup.forms import LineField
from cycles.setup.queries import get_cycle
from workshop.ratification import previewing
from workshop.ratification.asking import KIND, PUTS_IN_PLACE, ask_for_preview
from workshop.ratification.generation_forms import SettingsForm
from workshop.ratification.generation_pages import generation_page
from workshop.ratification.previewing_showing import preview_page
from workshop.ratification.previewing_tables import COLUMNS, preview_rows
from workshop.ratification.views import ratification
from workshop.ratification.wishes import last_settings, settings_from, wishes_of

ANSWERS = {"csv": csv_answer, "xlsx": xlsx_answer}


class UseForm(Form):
    """What the person who puts a preview in place was shown."""

    seen = LineField()


@leads_to(KIND, "Generating profiles", "See what was found")
def _found(job: Job) -> str | None:
    in_place = job.facts.get(PUTS_IN_PLACE, True)
    endpoint = "profiles.index" if in_place else "ratification.show_preview"
    return url_for(endpoint, cycle_id=job.cycle_id)


@ratification.get("/generation")
@opens_to(Door.CONVENER)
def generation(cycle_id: uuid.UUID) -> Response:
    """Show the settings of a generation, and what it would work from."""
    form = SettingsForm(None, obj=wishes_of(last_settings(cycle_id)))
    context = generation_page(get_cycle(cycle_id), form)
    return page("ratification/generation.html", page=context)


@ratification.post("/generation")
@opens_to(Door.CONVENER)
def preview(cycle_id: uuid.UUID) -> BaseResponse:
    """Ask for a preview, and go to watch it being made; or show what is wrong with the form."""
    cycle, form = get_cycle(cycle_id), SettingsForm()
    try:
        if not form.validate():
            return _settings_again(cycle_id, form)
        settings = settings_from(form.wishes())
        job = ask_for_preview(
            cycle=cycle, settings=settings, actor=current_actor(), moment=clock.now()
        )
    except Invalid as refusal:
        form.refuse(refusal)
        return _settings_again(cycle_id, form)
    db.session.commit()
    return see_other(url_for("jobs.progress", job_id=job.id))


def _settings_again(cycle_id: uuid.UUID, form: SettingsForm) -> Response:
    db.session.rollback()
    context = generation_page(get_cycle(cycle_id), form)
    return page("ratification/generation.html", 422, page=context)


@ratification.get("/generation/preview")
@opens_to(Door.CONVENER)
def show_preview(cycle_id: uuid.UUID) -> BaseResponse:
    """Show what was found and what it would change; without a preview, where to make one."""
    return _preview_or_settings(cycle_id)


def _preview_or_settings(cycle_id: uuid.UUID, refused: str = "") -> BaseResponse:
    draft = draft_of(cycle_id)
    if draft is None:
        flash(refused or previewing.GONE)
        return see_other(url_for("ratification.generation", cycle_id=cycle_id))
    context = preview_page(get_cycle(cycle_id), draft, refused)
    status = 409 if refused else 200
    return page("ratification/generation_preview.html", status, page=context)


@ratification.post("/generation/preview/use")
@opens_to(Door.CONVENER)
def use_preview(cycle_id: uuid.UUID) -> BaseResponse:
    """Put the prototypes of the preview in place."""
    try:
        done = previewing.put_in_place(
            cycle=get_cycle(cycle_id),
            seen=UseForm().seen.data,
            actor=current_actor(),
            moment=clock.now(),
        )
    except Conflict as refusal:
        db.session.rollback()
        return _preview_or_settings(cycle_id, str(refusal))
    db.session.commit()
    flash(previewing.counted(done), "success")
    return see_other(url_for("profiles.index", cycle_id=cycle_id))


@ratification.post("/generation/preview/discard")
@opens_to(Door.CONVENER)
def discard_preview(cycle_id: uuid.UUID) -> BaseResponse:
    """Forget the preview."""
    previewing.discard(cycle=get_cycle(cycle_id), actor=current_actor(), moment=clock.now())
    db.session.commit()
    flash("The preview was discarded. No profile has changed.", "success")
    return see_other(url_for("ratification.generation", cycle_id=cycle_id))


@ratification.get("/generation/preview.<any(csv,xlsx):kind>")
@opens_to(Door.CONVENER)
def download_preview(cycle_id: uuid.UUID, kind: str) -> Response:
    """Send the preview as a table."""
    draft = draft_of(cycle_id)
    if draft is None:
        abort(404)
    return ANSWERS[kind](f"preview.{kind}", COLUMNS, preview_rows(draft))
