"""Finding a capability and adding it: one of the cycle's own, or a record of the library."""

import uuid

from flask import Response
from werkzeug.wrappers import Response as BaseResponse

from cycles.core.access import Door, load, opens_to
from cycles.core.errors import Invalid
from cycles.core.extensions import htmx
from cycles.core.pages import page
from cycles.library.queries import get_record
from cycles.profiles.models import Profile
from cycles.profiles.queries import members_of
from cycles.profiles.trail import changes_of
from cycles.statements.models import CapabilityStatement
from workshop.ratification import commands
from workshop.ratification.adding import found_for
from workshop.ratification.forms import LevelForm
from workshop.ratification.showing import panel_page
from workshop.ratification.views import ratification
from workshop.ratification.views.answering import answer, ids_of, sight_of
from workshop.ratification.views.changing import by_whom


@ratification.get("/<uuid:profile_id>/find")
@opens_to(Door.PANEL)
def find(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> Response:
    """Show what could be added: the part of the page, or the page around it."""
    profile = load(Profile, cycle_id, profile_id)
    if htmx:
        return page("ratification/_found.html", page=found_for(profile, ids_of(profile)))
    return page("ratification/show.html", page=panel_page(sight_of(profile), focus="add"))


@ratification.post("/<uuid:profile_id>/add")
@opens_to(Door.PANEL)
def add(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Add what the form names."""
    profile, form = load(Profile, cycle_id, profile_id), LevelForm()
    place = f"add-{form.statement_id or form.record_id or ''}".rstrip("-")
    work = lambda: _do(cycle_id, profile, form).sentence  # noqa: E731 - as the others pass it
    return answer(profile, form, place, work, focus=lambda: _added(profile))


def _do(cycle_id: uuid.UUID, profile: Profile, form: LevelForm) -> commands.Outcome:
    facts = {"profile": profile, "level": form.code, "reason": form.why, **by_whom()}
    if form.statement_id is not None:
        statement = load(CapabilityStatement, cycle_id, form.statement_id)
        return commands.add_capability(statement=statement, **facts)
    record = get_record(form.record_id) if form.record_id else None
    if record is None:
        raise Invalid("Choose the capability to add.")
    return commands.add_from_library(record=record, **facts)


def _added(profile: Profile) -> str:
    """Return the row of the capability that was added last."""
    newest = [one.statement_id for one in changes_of(profile.id) if one.statement_id][-1:]
    rows = [one.id for one in members_of(profile.id) if one.statement_id in newest]
    return f"member-{rows[0]}" if rows else "add"
