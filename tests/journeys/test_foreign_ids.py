"""Ids inside forms: a row of another cycle, named in a field, is neither changed nor linked to."""

import uuid
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from cycles.core.base import Base, Scoped
from cycles.core.extensions import db
from cycles.setup.models import Partner
from cycles.statements.models import CapabilityStatement, statement_partner
from tests.architecture.browsing import LET_IN, Browser, Worlds, requests_of
from tests.architecture.permissions import DOORS
from tests.architecture.world import NESTED, World, undone
from tests.journeys.forms import SentForm, forms_of

SCOPED = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Scoped)]
PAGES = sorted(page for page in DOORS if LET_IN[DOORS[page]][0] is not None)

# Fields that name a row, and whose row that is in the other cycle.
NAMING = {
    "into": "statement_id",
    "statement": "statement_id",
    "partner": "partner_id",
    "partners": "partner_id",
    "area": "area_id",
    "item": "item_id",
    "to": "profile_id",
    "members": "member_id",
    "member": "member_id",
    "record": "record_id",
    "profile": "profile_id",
    "shown": "ksb_id",
}


def links_across() -> list[str]:
    """Return every link from a row of one cycle to a row of another."""
    found = []
    tables = {kind.__table__: kind for kind in SCOPED}
    for kind in SCOPED:
        for key in kind.__table__.foreign_keys:
            if key.column.table in tables:
                other = aliased(tables[key.column.table])
                column = getattr(kind, kind.__mapper__.get_property_by_column(key.parent).key)
                pairs = select(func.count()).where(column == other.id)
                if db.session.scalar(pairs.where(kind.cycle_id != other.cycle_id)):
                    found.append(f"{kind.__name__}.{column.key}")
    ticked = select(func.count()).where(
        CapabilityStatement.id == statement_partner.c.statement_id,
        Partner.id == statement_partner.c.partner_id,
        Partner.cycle_id != CapabilityStatement.cycle_id,
    )
    return [*found, "statement_partner"] if db.session.scalar(ticked) else found


def rows_of(cycle_id: uuid.UUID) -> dict[str, Any]:
    """Return the rows of a cycle as they stand in the database."""
    return {
        kind.__name__: sorted(
            map(repr, db.session.execute(kind.__table__.select().filter_by(cycle_id=cycle_id)))
        )
        for kind in SCOPED
    }


def swaps(ours: World, theirs: World) -> dict[str, str]:
    """Return what stands for each of our ids in the other cycle, spelled as forms spell it."""
    names = [*(name for name in NESTED if name in ours.values), "other_statement_id"]
    pairs = [(ours.values[name], theirs.values[name]) for name in names]
    plain = {str(mine): str(other) for mine, other in pairs}
    return plain | {mine.hex: other.hex for mine, other in pairs}


def swapped_forms(form: SentForm, known: dict[str, str], theirs: World) -> list[dict[str, str]]:
    """Return the form with one of its ids swapped at a time: in a value or in a field's name."""
    found = []
    for fields in form.ways():
        for name, value in fields.items():
            # A form may write what its reader saw behind the id, after a dot.
            first, dot, seen = value.partition(".")
            others = [f"{known[first]}{dot}{seen}"] if first in known else []
            if not others and name in NAMING:
                others = [str(theirs.values.get(NAMING[name], theirs.values["statement_id"]))]
            found += [{**fields, name: other} for other in others]
            for mine, other in known.items():
                if mine in name:
                    found.append({**fields, name.replace(mine, other): value})
    return found


@pytest.mark.parametrize("page", PAGES)
def test_a_form_that_names_another_cycle_s_row_touches_nothing_of_it(
    app: Flask, worlds: Worlds, ours: World, page: str
) -> None:
    theirs, person = worlds[1], LET_IN[DOORS[page]][0]
    before = rows_of(theirs.values["cycle_id"])
    for method, rule in requests_of(app, page):
        if method != "GET":
            continue
        address = ours.address(app, rule)
        answer = Browser(app, ours, person).client.get(address)
        for form in forms_of(address, answer.text) if answer.mimetype == "text/html" else []:
            if form.method != "POST":
                continue
            for fields in swapped_forms(form, swaps(ours, theirs), theirs):
                browser = Browser(app, ours, person)
                with undone():
                    sent = {**fields, **browser.signed()}
                    assert browser.client.post(form.action, data=sent).status_code < 500
                    assert links_across() == [], form.action
                    assert rows_of(theirs.values["cycle_id"]) == before, form.action
