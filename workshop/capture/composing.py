"""The capture form: how it is filled, from an address, a library statement or one of mine."""

import uuid

from flask import request

from cycles.classification.models import Area
from cycles.core.extensions import db
from cycles.library.models import LibraryStatement
from cycles.setup.queries import partners_of
from cycles.statements.forms import StatementForm, area_choices, as_id
from cycles.statements.models import CapabilityStatement
from cycles.statements.queries import library_records
from cycles.statements.wording import key


def sent_form(cycle_id: uuid.UUID, areas: list[Area]) -> StatementForm:
    """Return the form as it was sent."""
    form = StatementForm(request.form)
    form.offer(areas, partners_of(cycle_id))
    return form


def fresh_form(cycle_id: uuid.UUID, areas: list[Area]) -> StatementForm:
    """Return the form for a new statement, filled with what the address carries.

    ``library`` fills in a library statement; ``like`` the place of the one submitted before.
    Text, area and partners in the address win: they are what stands in the form already.
    """
    record = library_record(request.args.get("library"))
    before = _statement(cycle_id, request.args.get("like"))
    area_id = record.area_id if record else before.area_id if before else None
    ticked = [str(partner.id) for partner in before.partners] if before else []
    form = StatementForm(
        None,
        data={
            "text": record.text if record else "",
            "area": request.args.get("area") or str(area_id or ""),
            "partners": request.args.getlist("partners") or ticked,
            "library": str(record.id) if record else "",
        },
    )
    form.offer(areas, partners_of(cycle_id))
    return form


def filled_form(statement: CapabilityStatement, areas: list[Area]) -> StatementForm:
    """Return the form filled with one of my statements, to change it."""
    form = StatementForm(
        None,
        data={
            "text": statement.text,
            "area": str(statement.area_id or ""),
            "partners": [str(partner.id) for partner in statement.partners],
            "version": str(statement.version),
        },
    )
    form.offer(areas, partners_of(statement.cycle_id))
    return form


def narrow(form: StatementForm, areas: list[Area], asked: str) -> list[Area]:
    """Leave in the select what matches every word asked, and the area that is chosen."""
    words = asked.casefold().split()
    found = [area for area in areas if all(word in _words(area) for word in words)]
    chosen = [each for each in areas if str(each.id) == form.area.data and each not in found]
    form.area.choices = area_choices([*chosen, *found])
    return found


def library_record(given: str | None) -> LibraryStatement | None:
    """Return the library statement that an address or a form names."""
    record_id = as_id(given)
    return next(iter(library_records([record_id])), None) if record_id else None


def used_record(form: StatementForm) -> LibraryStatement | None:
    """Return the library statement that was used, unless its text was changed since."""
    record = library_record(form.library.data)
    return record if record and key(record.text) == key(form.text.data or "") else None


def _statement(cycle_id: uuid.UUID, given: str | None) -> CapabilityStatement | None:
    statement = db.session.get(CapabilityStatement, as_id(given) or uuid.UUID(int=0))
    return statement if statement and statement.cycle_id == cycle_id else None


def _words(area: Area) -> str:
    return f"{area.function} {area.domain} {area.name} {area.definition}".casefold()
