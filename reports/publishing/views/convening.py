"""Freezing a snapshot, publishing it, revoking that: the convener's page and its buttons."""

import uuid
from collections.abc import Callable

from flask import Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, load, opens_to
from cycles.core.errors import DomainError, Invalid
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.setup.queries import get_cycle
from reports.document.commands import take_snapshot
from reports.document.models import Snapshot
from reports.publishing.commands import publish_snapshot, revoke_publication
from reports.publishing.forms import PublishForm
from reports.publishing.models import Audience, Publication
from reports.publishing.pages import publish_page, publishing_page
from reports.publishing.views import publishing
from reports.publishing.words import AUDIENCES


@publishing.get("")
@opens_to(Door.CONVENER)
def index(cycle_id: uuid.UUID) -> Response:
    """List the snapshots with who reads them."""
    return page("publishing/index.html", page=publishing_page(get_cycle(cycle_id)))


@publishing.post("/freeze")
@opens_to(Door.CONVENER)
def freeze(cycle_id: uuid.UUID) -> BaseResponse:
    """Freeze the cycle as it stands, and open the explorer on that."""
    cycle, back = get_cycle(cycle_id), url_for("publishing.index", cycle_id=cycle_id)

    def take() -> str:
        snapshot = take_snapshot(cycle=cycle, actor=current_actor(), moment=clock.now())
        flash(f"Snapshot {snapshot.number} is frozen. Only conveners read it until you publish it.")
        return url_for("explorer.index", cycle_id=cycle_id, snapshot=snapshot.number)

    return _change(take, back)


@publishing.get("/snapshots/<uuid:snapshot_id>")
@opens_to(Door.CONVENER)
def ask(cycle_id: uuid.UUID, snapshot_id: uuid.UUID) -> Response:
    """Show the form that publishes a snapshot."""
    return _show(load(Snapshot, cycle_id, snapshot_id), PublishForm())


@publishing.post("/snapshots/<uuid:snapshot_id>")
@opens_to(Door.CONVENER)
def publish(cycle_id: uuid.UUID, snapshot_id: uuid.UUID) -> BaseResponse:
    """Publish a snapshot."""
    snapshot, form = load(Snapshot, cycle_id, snapshot_id), PublishForm()
    if not form.validate():
        return _show(snapshot, form, 422)
    audience, label = Audience(form.audience.data), form.label.data or ""
    actor, moment = current_actor(), clock.now()
    try:
        publish_snapshot(
            snapshot=snapshot, audience=audience, label=label, actor=actor, moment=moment
        )
    except Invalid as refusal:
        form.refuse(refusal)
        return _show(snapshot, form, 422)
    flash(f"Snapshot {snapshot.number} is published: {AUDIENCES[audience].lower()}.", "success")
    db.session.commit()
    return see_other(url_for("publishing.index", cycle_id=cycle_id))


@publishing.post("/<uuid:publication_id>/revoke")
@opens_to(Door.CONVENER)
def revoke(cycle_id: uuid.UUID, publication_id: uuid.UUID) -> BaseResponse:
    """Revoke a publication."""
    row = load(Publication, cycle_id, publication_id)
    back = url_for("publishing.index", cycle_id=cycle_id)

    def take_back() -> str:
        revoke_publication(publication=row, actor=current_actor(), moment=clock.now())
        flash("Revoked. Nobody reads it that way any more.", "success")
        return back

    return _change(take_back, back)


def _change(command: Callable[[], str], back: str) -> BaseResponse:
    """Carry a command out and go where it says, or go back and say why not."""
    try:
        next_href = command()
    except DomainError as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return see_other(back)
    db.session.commit()
    return see_other(next_href)


def _show(snapshot: Snapshot, form: PublishForm, status: int = 200) -> Response:
    return page("publishing/publish.html", status, page=publish_page(snapshot, form))
