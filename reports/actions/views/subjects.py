"""Subjects for further cycles: the list, changing it, and starting a cycle from one."""

import uuid
from typing import Any

from flask import Response, abort, flash, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, find_place, load, opens_to
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.setup.queries import solutions_of
from reports.actions import further
from reports.actions.forms import StartForm, SubjectForm
from reports.actions.links import started_titles, subject_sources_used
from reports.actions.models import FurtherSubject
from reports.actions.pages.subjects import (
    StartedCycle,
    StartPage,
    SubjectFormPage,
    subjects_page,
)
from reports.actions.queries import subjects_of
from reports.actions.suggesting_subjects import RULE, SubjectDraft, subject_drafts
from reports.actions.views import actions, framing
from reports.mapping.queries import findings


@actions.get("/further")
@opens_to(Door.MEMBER)
def subjects(cycle_id: uuid.UUID) -> Response:
    """Show the subjects for further cycles, with drafts for conveners."""
    may_change, origin = framing.may_change(cycle_id), framing.origin(cycle_id)
    context = subjects_page(
        cycle_id,
        subjects_of(cycle_id),
        _drafts(cycle_id) if may_change else (),
        frame=framing.frame(cycle_id),
        rule=RULE,
        started={each: _cycle(each, title) for each, title in started_titles(cycle_id).items()},
        origin=StartedCycle(origin.sentence, origin.href) if origin else None,
        may_change=may_change,
        may_start=may_change and current_user.may_start_cycles,
    )
    return page("actions/subjects.html", page=context)


def _cycle(cycle_id: uuid.UUID, title: str) -> StartedCycle:
    """Return the cycle by its title to its own people; to others it has none."""
    if find_place(cycle_id) is None:
        return StartedCycle("", "")
    return StartedCycle(title, url_for("cycle.home", cycle_id=cycle_id))


def _drafts(cycle_id: uuid.UUID) -> tuple[SubjectDraft, ...]:
    return subject_drafts(
        solutions_of(cycle_id), findings(cycle_id), subject_sources_used(cycle_id)
    )


@actions.post("/further/suggestions/<key>")
@opens_to(Door.CONVENER)
def add_subject_draft(cycle_id: uuid.UUID, key: str) -> BaseResponse:
    """Add a draft as it stands; it is edited like any other."""
    draft = next((each for each in _drafts(cycle_id) if each.key == key), None)
    if draft is None:
        abort(404)
    further.add_subject(
        cycle_id=cycle_id, title=draft.title, why=draft.why, source=draft.key, **_by()
    )
    db.session.commit()
    flash("The draft was added. Edit it as you like.", "success")
    return _to_the_list(cycle_id)


@actions.route("/further/new", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def new_subject(cycle_id: uuid.UUID) -> BaseResponse:
    """Add a subject."""
    form = SubjectForm()
    if form.validate_on_submit():
        try:
            further.add_subject(
                cycle_id=cycle_id, title=form.title.data, why=form.why.data, **_by()
            )
            db.session.commit()
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return _to_the_list(cycle_id)
    return _show(cycle_id, form, None)


@actions.route("/further/<uuid:subject_id>", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def edit_subject(cycle_id: uuid.UUID, subject_id: uuid.UUID) -> BaseResponse:
    """Change a subject."""
    row = load(FurtherSubject, cycle_id, subject_id)
    form = SubjectForm(obj=row, data={"seen": further.mark_of(row)})
    if form.validate_on_submit():
        try:
            further.change_subject(
                subject=row,
                title=form.title.data,
                why=form.why.data,
                seen=form.seen.data or "",
                **_by(),
            )
            db.session.commit()
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return _to_the_list(cycle_id)
    return _show(cycle_id, form, row)


@actions.post("/further/<uuid:subject_id>/move")
@opens_to(Door.CONVENER)
def move_subject(cycle_id: uuid.UUID, subject_id: uuid.UUID) -> BaseResponse:
    """Move a subject one place."""
    row = load(FurtherSubject, cycle_id, subject_id)
    further.move_subject(subject=row, up=request.form.get("to") == "up", **_by())
    db.session.commit()
    return _to_the_list(cycle_id)


@actions.post("/further/<uuid:subject_id>/remove")
@opens_to(Door.CONVENER)
def remove_subject(cycle_id: uuid.UUID, subject_id: uuid.UUID) -> BaseResponse:
    """Remove a subject."""
    further.remove_subject(subject=load(FurtherSubject, cycle_id, subject_id), **_by())
    db.session.commit()
    flash("The subject was removed.", "success")
    return _to_the_list(cycle_id)


@actions.route("/further/<uuid:subject_id>/start", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def start_cycle(cycle_id: uuid.UUID, subject_id: uuid.UUID) -> BaseResponse:
    """Start a cycle from a subject, with the form filled from it."""
    row = load(FurtherSubject, cycle_id, subject_id)
    if not current_user.may_start_cycles:
        abort(403)
    if row.started_cycle_id is not None:
        raise Closed("A cycle has been started on this subject already.")
    form = StartForm(data={"title": row.title, "challenge": row.why, "is_copied": True})
    if form.validate_on_submit():
        try:
            started = further.start_from(
                subject=row,
                title=form.title.data,
                challenge=form.challenge.data,
                is_copied=form.is_copied.data,
                account=current_user.account,
                **_by(),
            )
            db.session.commit()
        except Invalid as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            flash("The cycle is started. Complete its challenge next.", "success")
            return see_other(url_for("cycle.home", cycle_id=started.id))
    context = StartPage(row.title, form, url_for("actions.subjects", cycle_id=cycle_id))
    return page("actions/start.html", 422 if form.errors else 200, page=context)


def _by() -> dict[str, Any]:
    return {"actor": current_actor(), "moment": clock.now()}


def _to_the_list(cycle_id: uuid.UUID) -> BaseResponse:
    return see_other(url_for("actions.subjects", cycle_id=cycle_id))


def _show(cycle_id: uuid.UUID, form: SubjectForm, row: FurtherSubject | None) -> Response:
    of_cycle: dict[str, Any] = {"cycle_id": cycle_id}
    context = SubjectFormPage(
        title="Edit the subject" if row else "Add a subject",
        form=form,
        list_href=url_for("actions.subjects", **of_cycle),
        remove_href=url_for("actions.remove_subject", subject_id=row.id, **of_cycle) if row else "",
    )
    return page("actions/subject_form.html", 422 if form.errors else 200, page=context)
