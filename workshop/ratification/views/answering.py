"""How every change of a profile is answered: the refreshed fragment, or back to the page."""

from collections.abc import Callable

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from cycles.core.access import current_place
from cycles.core.errors import Invalid
from cycles.core.extensions import db, htmx
from cycles.core.pages import page, see_other
from cycles.profiles.models import Profile
from workshop.ratification.forms import VersionedForm
from workshop.ratification.pages import PanelPage, Slip
from workshop.ratification.showing import panel_page


def answer(
    profile: Profile, form: VersionedForm, place: str, work: Callable[[], str]
) -> BaseResponse:
    """Do the work and commit, or show its refusal at ``place`` with what was sent."""
    try:
        if not form.validate():
            raise Invalid("Reload the page and try again: what was sent could not be read.")
        said = work()
    except Invalid as refusal:
        db.session.rollback()
        return _show(panel_of(profile, slip=_slip(place, refusal)), 422)
    db.session.commit()
    if htmx:
        return _show(panel_of(profile, said=said))
    flash(said, "success")
    href = url_for(
        "ratification.show",
        cycle_id=profile.cycle_id,
        profile_id=profile.id,
        q=request.form.get("q") or None,
        _anchor=None if place == "top" else place,
    )
    return see_other(href)


def panel_of(profile: Profile, *, said: str = "", slip: Slip | None = None) -> PanelPage:
    """Return the page of the profile for the person who asks."""
    query = request.values.get("q", "").strip()[:200]
    return panel_page(profile, current_place(), query=query, said=said, slip=slip)


def _slip(place: str, refusal: Invalid) -> Slip:
    sent = request.form
    return Slip(
        place=place,
        sentence=next(iter(refusal.problems.values()), str(refusal)),
        level=sent.get("level", ""),
        reason=sent.get("reason", ""),
        name=sent.get("name", ""),
    )


def _show(context: PanelPage, status: int = 200) -> Response:
    name = "_working_profile.html" if htmx else "show.html"
    return page(f"ratification/{name}", status, page=context)
