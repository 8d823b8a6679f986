"""Changing one statement, and keeping several: for conveners.

Every form carries the version that its reader saw.
"""

import uuid
from collections.abc import Callable
from urllib.parse import parse_qsl

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.classification.queries import areas
from cycles.core import clock
from cycles.core.access import Door, current_actor, load, opens_to
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.forms import Form, whole_number
from cycles.core.pages import page, see_other
from cycles.setup.queries import partners_of
from cycles.statements import commands, queries
from cycles.statements.filters import Filters, chosen, read_filters
from cycles.statements.forms import as_id
from cycles.statements.models import CapabilityStatement
from cycles.statements.views import statements
from cycles.statements.views.showing import (
    merge_form,
    place_form,
    reject_form,
    reword_form,
    statement_page,
)

Command = Callable[[], object]


@statements.post("/keep")
@opens_to(Door.CONVENER)
def keep(cycle_id: uuid.UUID) -> BaseResponse:
    """Keep every statement that was ticked, or all that the filtered list shows."""
    if request.form.get("action") == "all":
        picked = chosen(queries.statements_of(cycle_id), _filters())
    else:
        ids = [given for given in map(as_id, request.form.getlist("statement")) if given]
        picked = queries.chosen_statements(cycle_id, ids)
    kept = commands.keep(statements=picked, actor=current_actor(), moment=clock.now())
    db.session.commit()
    flash(f"{kept[0].code} kept." if len(kept) == 1 else f"{len(kept)} kept.", "success")
    return see_other(url_for("statements.index", cycle_id=cycle_id, **_filters().query()))


@statements.post("/<uuid:statement_id>/reword")
@opens_to(Door.CONVENER)
def reword(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> BaseResponse:
    """Change the wording."""
    statement = load(CapabilityStatement, cycle_id, statement_id)
    form = reword_form(statement, as_sent=True)
    return _change(
        statement,
        form,
        "reword",
        lambda: commands.reword(
            statement=statement,
            text=form.text.data or "",
            reason=form.reason.data or "",
            version=_version(),
            actor=current_actor(),
            moment=clock.now(),
        ),
    )


@statements.post("/<uuid:statement_id>/classify")
@opens_to(Door.CONVENER)
def classify(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> BaseResponse:
    """Give the statement its area and its partners."""
    statement = load(CapabilityStatement, cycle_id, statement_id)
    form = place_form(statement, as_sent=True)
    return _change(
        statement,
        form,
        "classify",
        lambda: commands.classify(
            statement=statement,
            area=form.chosen_area(areas()),
            partners=form.chosen_partners(partners_of(cycle_id)),
            version=_version(),
            actor=current_actor(),
            moment=clock.now(),
        ),
    )


@statements.post("/<uuid:statement_id>/reject")
@opens_to(Door.CONVENER)
def reject(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> BaseResponse:
    """Set the statement aside."""
    statement = load(CapabilityStatement, cycle_id, statement_id)
    form = reject_form(as_sent=True)
    return _change(
        statement,
        form,
        "reject",
        lambda: commands.reject(
            statement=statement,
            reason=form.reason.data or "",
            version=_version(),
            actor=current_actor(),
            moment=clock.now(),
        ),
    )


@statements.post("/<uuid:statement_id>/merge")
@opens_to(Door.CONVENER)
def merge(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> BaseResponse:
    """Merge the statement into another."""
    statement = load(CapabilityStatement, cycle_id, statement_id)
    form = merge_form(statement, as_sent=True)
    into = as_id(form.into.data)
    return _change(
        statement,
        form,
        "merge",
        lambda: commands.merge(
            statement=statement,
            into=load(CapabilityStatement, cycle_id, into) if into else statement,
            reason=form.reason.data or "",
            version=_version(),
            actor=current_actor(),
            moment=clock.now(),
        ),
    )


@statements.post("/<uuid:statement_id>/restore")
@opens_to(Door.CONVENER)
def restore(cycle_id: uuid.UUID, statement_id: uuid.UUID) -> BaseResponse:
    """Undo a rejection or a merge."""
    statement = load(CapabilityStatement, cycle_id, statement_id)
    commands.restore(statement=statement, actor=current_actor(), moment=clock.now())
    db.session.commit()
    flash(f"{statement.code} is back.", "success")
    return see_other(url_for("statements.show", cycle_id=cycle_id, statement_id=statement_id))


def _change(
    statement: CapabilityStatement, form: Form, name: str, command: Command
) -> BaseResponse:
    """Run the command when the form holds; show the form again with what is wrong otherwise."""
    if form.validate():
        try:
            command()
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            db.session.commit()
            flash(f"{statement.code} saved.", "success")
            return see_other(_own_page(statement))
    return _refused(statement, form, name)


def _refused(statement: CapabilityStatement, form: Form, name: str) -> Response:
    db.session.rollback()
    context = statement_page(statement, refused=form, opened=name)
    return page("statements/show.html", 422, page=context)


def _own_page(statement: CapabilityStatement) -> str:
    return url_for("statements.show", cycle_id=statement.cycle_id, statement_id=statement.id)


def _version() -> int | None:
    return whole_number(request.form.get("version", ""))


def _filters() -> Filters:
    """Return the filters of the list that the form stood in."""
    return read_filters(dict(parse_qsl(request.form.get("back", ""))))
