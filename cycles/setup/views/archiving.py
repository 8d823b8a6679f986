"""The page that puts a cycle away, and brings it back."""

import uuid
from dataclasses import dataclass

from flask import url_for
from werkzeug.wrappers import Response

from cycles.core.access import Door, opens_to
from cycles.core.pages import page
from cycles.setup import commands
from cycles.setup.pages.editing import Crumbs, crumbs_of
from cycles.setup.pages.words import moment_words
from cycles.setup.queries import get_cycle
from cycles.setup.views import cycle
from cycles.setup.views.editing import by, change


@dataclass(frozen=True)
class ArchivePage:
    """Whether the cycle is put away, and since when."""

    crumbs: Crumbs
    archived_at: str
    is_sealed: bool
    archive_href: str
    unarchive_href: str


@cycle.get("/<uuid:cycle_id>/set-up/archive")
@opens_to(Door.CONVENER)
def archiving(cycle_id: uuid.UUID) -> Response:
    """Ask before the cycle is put away or brought back."""
    row = get_cycle(cycle_id)
    context = ArchivePage(
        crumbs=crumbs_of(row, ("Archive", None)),
        archived_at=moment_words(row.archived_at) if row.archived_at else "",
        is_sealed=row.sealed_at is not None,
        archive_href=url_for("cycle.archive", cycle_id=row.id),
        unarchive_href=url_for("cycle.unarchive", cycle_id=row.id),
    )
    return page("cycle/archive.html", page=context)


@cycle.post("/<uuid:cycle_id>/set-up/archive")
@opens_to(Door.CONVENER)
def archive(cycle_id: uuid.UUID) -> Response:
    """Put the cycle away."""
    row = get_cycle(cycle_id)
    message = "The cycle is archived. It can be read, and nothing in it changes."
    back = url_for("cycle.home", cycle_id=cycle_id)
    return change(lambda: commands.archive(cycle=row, **by()), message, back)


@cycle.post("/<uuid:cycle_id>/set-up/unarchive")
@opens_to(Door.CONVENER)
def unarchive(cycle_id: uuid.UUID) -> Response:
    """Bring the cycle back."""
    row = get_cycle(cycle_id)
    back = url_for("cycle.home", cycle_id=cycle_id)
    return change(
        lambda: commands.unarchive(cycle=row, **by()), "The cycle is back, as it was.", back
    )
