"""Profiles against standards: fit and surplus, the matrix, one profile, one pair, priorities."""

import uuid

from flask import abort, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core.access import Door, load, opens_to
from cycles.core.pages import page, see_other
from cycles.profiles.models import Profile
from reports.mapping.views import mapping
from reports.mapping.views.comparison_page import comparison_page
from reports.mapping.views.frame import Frame, frame_of
from reports.mapping.views.matrix_page import matrix_page
from reports.mapping.views.profile_pages import fit_page, priorities_page, profile_page


@mapping.get("/fit-and-surplus")
@opens_to(Door.MEMBER)
def fit(cycle_id: uuid.UUID) -> BaseResponse:
    """Show each profile with its best standard."""
    frame = frame_of(cycle_id)
    if frame is None:
        return see_other(url_for("mapping.overview", cycle_id=cycle_id))
    return page("mapping/fit.html", page=fit_page(frame, request.args))


@mapping.get("/matrix")
@opens_to(Door.MEMBER)
def matrix(cycle_id: uuid.UUID) -> BaseResponse:
    """Show fit against surplus as a scatter with its table."""
    frame = frame_of(cycle_id)
    if frame is None:
        return see_other(url_for("mapping.overview", cycle_id=cycle_id))
    return page("mapping/matrix.html", page=matrix_page(frame, request.args))


@mapping.get("/priorities")
@opens_to(Door.MEMBER)
def priorities(cycle_id: uuid.UUID) -> BaseResponse:
    """Rank the profiles by need."""
    frame = frame_of(cycle_id)
    if frame is None:
        return see_other(url_for("mapping.overview", cycle_id=cycle_id))
    return page("mapping/priorities.html", page=priorities_page(frame, request.args))


@mapping.get("/profiles/<uuid:profile_id>")
@opens_to(Door.MEMBER)
def profile(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Show a profile's ten best standards."""
    frame = _frame_with(cycle_id, profile_id)
    return page("mapping/profile.html", page=profile_page(frame, profile_id))


@mapping.get("/profiles/<uuid:profile_id>/standards/<uuid:standard_id>")
@opens_to(Door.MEMBER)
def comparison(cycle_id: uuid.UUID, profile_id: uuid.UUID, standard_id: uuid.UUID) -> BaseResponse:
    """Show a profile beside a standard, matched and not matched, both ways."""
    frame = _frame_with(cycle_id, profile_id)
    return page("mapping/comparison.html", page=comparison_page(frame, profile_id, standard_id))


def _frame_with(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> Frame:
    load(Profile, cycle_id, profile_id)
    frame = frame_of(cycle_id)
    if frame is None:
        abort(404)
    return frame
