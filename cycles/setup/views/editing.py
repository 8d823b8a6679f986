"""The one way a form of the set-up is shown, refused, found stale, or saved."""

from collections.abc import Callable
from datetime import datetime
from typing import TypedDict

from flask import flash
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from cycles.core import clock
from cycles.core.access import current_actor
from cycles.core.audit import Actor
from cycles.core.base import Base
from cycles.core.errors import Conflict, Invalid
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.setup.forms import SeenForm
from cycles.setup.pages.editing import EditPage, conflict_page
from cycles.setup.pages.words import seen_of


class By(TypedDict):
    """Who acts and when, as every command takes them."""

    actor: Actor
    moment: datetime


def by() -> By:
    """Return who acts in this request, and now."""
    return {"actor": current_actor(), "moment": clock.now()}


def edit(
    context: EditPage,
    template: str,
    save: Callable[[], object],
    message: str,
    row: Base | None = None,
) -> Response:
    """Show the form of ``context``; when it was sent, save it and go back, or say why not.

    With ``row`` the form must have been filled from the row as it still is: otherwise 409, with
    both values side by side.
    """
    form = context.form
    if form.validate_on_submit():
        if row is not None and isinstance(form, SeenForm) and form.seen.data != seen_of(row):
            return page("cycle/conflict.html", 409, page=conflict_page(context, row))
        try:
            save()
            db.session.commit()
        except Invalid as refusal:
            db.session.rollback()
            form.refuse(refusal)
        except IntegrityError:
            # Two requests added the same name at once, past the command's own look.
            db.session.rollback()
            form.refuse(Conflict("Somebody saved the same name a moment ago. Look at the list."))
        else:
            flash(message, "success")
            return see_other(context.back_href)
    return page(template, 422 if form.errors else 200, page=context)


def change(save: Callable[[], object], message: str, url: str) -> Response:
    """Do what a button asks, then go back to where it stood; a refusal is flashed there."""
    try:
        save()
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    else:
        if message:
            flash(message, "success")
    return see_other(url)
