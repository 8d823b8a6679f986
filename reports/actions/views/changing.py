"""Changing the recommendations: for conveners."""

import uuid

from flask import Response, abort, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, load, opens_to
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from reports.actions import commands
from reports.actions.commands import Content
from reports.actions.forms import RecommendationForm, form_of
from reports.actions.models import Recommendation
from reports.actions.owning import owner_choices
from reports.actions.pages.listing import ActionFormPage
from reports.actions.views import actions
from reports.actions.views.reading import drafts_of


@actions.get("/new")
@opens_to(Door.CONVENER)
def new(cycle_id: uuid.UUID) -> Response:
    """Show the empty form, in the group that the address names."""
    asked = {"horizon": request.args["horizon"]} if "horizon" in request.args else None
    return _show(cycle_id, _offering(RecommendationForm(None, data=asked), cycle_id))


@actions.post("/new")
@opens_to(Door.CONVENER)
def add(cycle_id: uuid.UUID) -> BaseResponse:
    """Add a recommendation."""
    form = _offering(RecommendationForm(), cycle_id)
    if not form.validate():
        return _show(cycle_id, form, status=422)
    try:
        commands.add_recommendation(
            cycle_id=cycle_id, content=form.content(), actor=current_actor(), moment=clock.now()
        )
    except Invalid as refusal:
        form.refuse(refusal)
        return _show(cycle_id, form, status=422)
    db.session.commit()
    return _to_the_list(cycle_id)


@actions.post("/suggestions/<key>")
@opens_to(Door.CONVENER)
def add_suggestion(cycle_id: uuid.UUID, key: str) -> BaseResponse:
    """Add a draft as it stands; it is edited like any other."""
    draft = next((each for each in drafts_of(cycle_id) if each.key == key), None)
    if draft is None:
        abort(404)
    content = Content(
        horizon=draft.horizon,
        topic=draft.topic,
        actions=draft.actions,
        who=draft.who,
        result=draft.result,
    )
    commands.add_recommendation(
        cycle_id=cycle_id, content=content, source=key, actor=current_actor(), moment=clock.now()
    )
    db.session.commit()
    flash("The draft was added. Edit it as you like, and give it an owner and a date.", "success")
    return _to_the_list(cycle_id)


@actions.get("/<uuid:recommendation_id>")
@opens_to(Door.CONVENER)
def edit(cycle_id: uuid.UUID, recommendation_id: uuid.UUID) -> Response:
    """Show the form filled."""
    row = load(Recommendation, cycle_id, recommendation_id)
    return _show(cycle_id, _offering(form_of(row), cycle_id, row), row)


@actions.post("/<uuid:recommendation_id>")
@opens_to(Door.CONVENER)
def change(cycle_id: uuid.UUID, recommendation_id: uuid.UUID) -> BaseResponse:
    """Change a recommendation."""
    row = load(Recommendation, cycle_id, recommendation_id)
    form = _offering(RecommendationForm(), cycle_id, row)
    if not form.validate():
        return _show(cycle_id, form, row, status=422)
    try:
        commands.change_recommendation(
            recommendation=row,
            content=form.content(),
            version=form.seen_version(),
            actor=current_actor(),
            moment=clock.now(),
        )
    except Invalid as refusal:
        form.refuse(refusal)
        return _show(cycle_id, form, row, status=422)
    db.session.commit()
    return _to_the_list(cycle_id)


@actions.post("/<uuid:recommendation_id>/move")
@opens_to(Door.CONVENER)
def move(cycle_id: uuid.UUID, recommendation_id: uuid.UUID) -> BaseResponse:
    """Move a recommendation one place within its group."""
    commands.move_recommendation(
        recommendation=load(Recommendation, cycle_id, recommendation_id),
        up=request.form.get("to") == "up",
        actor=current_actor(),
        moment=clock.now(),
    )
    db.session.commit()
    return _to_the_list(cycle_id)


@actions.post("/<uuid:recommendation_id>/remove")
@opens_to(Door.CONVENER)
def remove(cycle_id: uuid.UUID, recommendation_id: uuid.UUID) -> BaseResponse:
    """Remove a recommendation."""
    commands.remove_recommendation(
        recommendation=load(Recommendation, cycle_id, recommendation_id),
        actor=current_actor(),
        moment=clock.now(),
    )
    db.session.commit()
    flash("The action was removed.", "success")
    return _to_the_list(cycle_id)


def _offering(
    form: RecommendationForm, cycle_id: uuid.UUID, row: Recommendation | None = None
) -> RecommendationForm:
    form.offer_owners(owner_choices(cycle_id, row))
    return form


def _to_the_list(cycle_id: uuid.UUID) -> BaseResponse:
    return see_other(url_for("actions.index", cycle_id=cycle_id))


def _show(
    cycle_id: uuid.UUID,
    form: RecommendationForm,
    row: Recommendation | None = None,
    *,
    status: int = 200,
) -> Response:
    remove_href = (
        url_for("actions.remove", cycle_id=cycle_id, recommendation_id=row.id) if row else ""
    )
    context = ActionFormPage(
        title="Edit the action" if row else "Add an action",
        form=form,
        list_href=url_for("actions.index", cycle_id=cycle_id),
        remove_href=remove_href,
    )
    return page("actions/form.html", status, page=context)
