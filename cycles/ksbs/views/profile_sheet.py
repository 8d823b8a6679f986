"""The KSBs of one profile, by capability, to read and to print."""

import uuid

from flask import Response, url_for

from cycles.core.access import Door, load, opens_to
from cycles.core.pages import page
from cycles.ksbs.competency_filters import CompetencyFilters
from cycles.ksbs.competency_pages import INDEX
from cycles.ksbs.profile_sheet import SheetPage, count_words, sheet_rows
from cycles.ksbs.queries import accepted_by_statement
from cycles.ksbs.views import ksbs
from cycles.profiles.models import Profile
from cycles.profiles.queries import members_of
from cycles.profiles.wording import status_note


@ksbs.get("/profiles/<uuid:profile_id>")
@opens_to(Door.MEMBER)
def profile_sheet(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> Response:
    """Show the accepted KSBs of each capability of a profile."""
    return page("ksbs/profile_sheet.html", page=_page(load(Profile, cycle_id, profile_id)))


def _page(profile: Profile) -> SheetPage:
    members = members_of(profile.id)
    accepted = accepted_by_statement(profile.cycle_id, [one.statement_id for one in members])
    rows = sheet_rows(members, accepted)
    query = CompetencyFilters(profile=str(profile.id)).query()
    return SheetPage(
        cycle_id=profile.cycle_id,
        profile_id=profile.id,
        code=profile.code,
        name=profile.name,
        role_level=profile.role_level.name,
        academic_level=profile.role_level.academic_level,
        status_note=status_note(profile),
        rows=rows,
        counted=count_words(rows),
        without=tuple(row.code for row in rows if not row.has_any),
        set_href=url_for(INDEX, cycle_id=profile.cycle_id, **query),
        downloads=tuple(
            (
                ending.upper(),
                url_for(f"{INDEX}_download", cycle_id=profile.cycle_id, ending=ending, **query),
            )
            for ending in ("csv", "xlsx")
        ),
    )
