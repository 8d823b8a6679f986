"""The explorer's pages for people of the cycle. Those for a link's readers are ``open_door``'s."""

from flask import Blueprint

from cycles.core import shell
from cycles.core.access import Door
from reports.explorer.registry import pages

explorer = Blueprint("explorer", __name__, url_prefix="/cycles/<uuid:cycle_id>/findings")
shell.offer(85, "Findings", "explorer.index", Door.MEMBER)

from reports.explorer.views import (  # noqa: E402 - they add their routes to the blueprint above
    judging,
    reading,
)

# Now, not with the first request: whoever comes first should not wait for the pages' modules.
pages()

__all__ = ["explorer", "judging", "reading"]
