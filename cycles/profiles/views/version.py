"""One ratified version of a profile, read from what was frozen."""

import uuid

from flask import Response, abort

from cycles.core.access import Door, load, opens_to
from cycles.core.pages import page
from cycles.profiles.models import Profile
from cycles.profiles.queries import members_of
from cycles.profiles.version_pages import version_page
from cycles.profiles.versions import versions_of
from cycles.profiles.views import profiles


@profiles.get("/<uuid:profile_id>/versions/<int:number>")
@opens_to(Door.MEMBER)
def version(cycle_id: uuid.UUID, profile_id: uuid.UUID, number: int) -> Response:
    """Show a version as the panel ratified it, and how the profile differs from it now."""
    profile = load(Profile, cycle_id, profile_id)
    versions = versions_of(profile.id)
    found = next((one for one in versions if one.number == number), None) or abort(404)
    context = version_page(profile, found, versions, members_of(profile.id))
    return page("profiles/version.html", page=context)
