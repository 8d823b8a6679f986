"""One profile: its capabilities, what was voted, what the panel made of it, and its history."""

import uuid

from flask import Response, url_for

from cycles.core.access import Door, current_place, load, opens_to
from cycles.core.pages import page
from cycles.ksbs.queries import accepted_by_statement
from cycles.profiles.models import Profile
from cycles.profiles.pages import ProfilePage, head_of, member_line, trail_lines
from cycles.profiles.queries import members_of, removed_from
from cycles.profiles.views import profiles
from cycles.profiles.views.listing import downloads


@profiles.get("/<uuid:profile_id>")
@opens_to(Door.MEMBER)
def show(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> Response:
    """Show one profile."""
    return page("profiles/show.html", page=_profile_page(load(Profile, cycle_id, profile_id)))


def _profile_page(profile: Profile) -> ProfilePage:
    members = members_of(profile.id)
    ksbs = accepted_by_statement(profile.cycle_id, [one.statement_id for one in members])
    place = current_place()
    panel_href = url_for("ratification.show", cycle_id=profile.cycle_id, profile_id=profile.id)
    return ProfilePage(
        head=head_of(profile, members),
        members=tuple(member_line(profile, one, ksbs[one.statement_id]) for one in members),
        removed=tuple(member_line(profile, one) for one in removed_from(profile.id)),
        ksb_count=sum(len(many) for many in ksbs.values()),
        trail=trail_lines(profile),
        ratify_href=panel_href if place.is_convener or place.is_on_panel else None,
        downloads=downloads(profile.cycle_id, "profiles.download_one", profile_id=profile.id),
    )
