"""Splitting a profile in two and merging it into another: looked at first, then confirmed."""

import uuid

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core.access import Door, load, opens_to
from cycles.core.errors import Closed, Conflict, DomainError, Invalid
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.profiles.models import Profile, ProfileCapability
from workshop.ratification import commands
from workshop.ratification.forms import MoveForm, SplitForm
from workshop.ratification.pages import Slip
from workshop.ratification.reshaping_pages import merge_page, split_page
from workshop.ratification.views import ratification
from workshop.ratification.views.changing import by_whom

REFUSALS = (Invalid, Conflict, Closed)


@ratification.get("/<uuid:profile_id>/split")
@opens_to(Door.PANEL)
def split(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> Response:
    """Show which capabilities could go into a profile of their own."""
    return page("ratification/split.html", page=split_page(load(Profile, cycle_id, profile_id)))


@ratification.post("/<uuid:profile_id>/split")
@opens_to(Door.PANEL)
def do_split(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Split what was ticked off into a new profile, and go there."""
    profile, form = load(Profile, cycle_id, profile_id), SplitForm()
    ticked = tuple(request.form.getlist("members"))
    members = [load(ProfileCapability, cycle_id, one) for one in _ids(ticked)]
    try:
        facts = {"reason": form.why, "version": form.seen_version, **by_whom()}
        name = str(form.name.data or "")
        new = commands.split_profile(profile=profile, members=members, name=name, **facts)
    except REFUSALS as refusal:
        slip = _slip(refusal, ("name", "members"))
        again = split_page(profile, ticked, slip)
        return page("ratification/split.html", _status(slip), page=again)
    db.session.commit()
    many = "1 capability" if len(members) == 1 else f"{len(members)} capabilities"
    return _gone_to(new, f"{new.code} is split off with {many}.")


@ratification.get("/<uuid:profile_id>/merge")
@opens_to(Door.PANEL)
def merge(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> Response:
    """Show what the profile could be merged into, and what would come of it."""
    profile = load(Profile, cycle_id, profile_id)
    chosen = request.args.get("to", type=uuid.UUID)
    into = load(Profile, cycle_id, chosen) if chosen else None
    return page("ratification/merge.html", page=merge_page(profile, into))


@ratification.post("/<uuid:profile_id>/merge")
@opens_to(Door.PANEL)
def do_merge(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Merge the profile into the one chosen, and go there."""
    profile, form = load(Profile, cycle_id, profile_id), MoveForm()
    into = load(Profile, cycle_id, form.target_id) if form.target_id else None
    try:
        if into is None:
            raise Invalid("Choose the profile that takes this one in.")
        facts = {"reason": form.why, "version": form.seen_version, **by_whom()}
        commands.merge_profiles(profile=profile, into=into, **facts)
    except REFUSALS as refusal:
        slip = _slip(refusal, ("to",))
        return page("ratification/merge.html", _status(slip), page=merge_page(profile, into, slip))
    db.session.commit()
    return _gone_to(into, f"{profile.code} is merged into {into.code}.")


def _ids(ticked: tuple[str, ...]) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(one) for one in ticked]
    except ValueError:
        return []


def _slip(refusal: DomainError, places: tuple[str, ...]) -> Slip:
    """Return the refusal at one of the page's places: the first where it names none of them."""
    db.session.rollback()
    problems = refusal.problems if isinstance(refusal, Invalid) else {}
    return Slip(
        place=next((one for one in problems if one in places), places[0]),
        sentence=next(iter(problems.values()), str(refusal)),
        kind="error" if isinstance(refusal, Invalid) else "conflict",
        reason=request.form.get("reason", ""),
        name=request.form.get("name", ""),
    )


def _status(slip: Slip) -> int:
    return 409 if slip.is_conflict else 422


def _gone_to(profile: Profile, said: str) -> BaseResponse:
    flash(said, "success")
    return see_other(url_for("ratification.show", cycle_id=profile.cycle_id, profile_id=profile.id))
