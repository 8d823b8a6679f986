"""How every change of a profile is answered: its row or the whole page of it, or back to the page.

A refusal is shown where the change was made, with what was sent. Whoever was second is told who
was first (409), and sees what holds now.
"""

from collections.abc import Callable

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from consensus.scale import AWARENESS, EXPERT, PROFICIENCY_WORDS
from cycles.core.access import current_place
from cycles.core.errors import Closed, Conflict, DomainError, Invalid
from cycles.core.extensions import db, htmx
from cycles.core.forms import Form, whole_number
from cycles.core.pages import page, see_other
from cycles.profiles.models import Profile, ProfileCapability
from cycles.profiles.trail import last_number
from workshop.ratification.pages import Ids, Slip
from workshop.ratification.showing import Sight, look, panel_page, row_of, standing_beside

UNREADABLE = "Reload the page and try again: what was sent could not be read."
REFUSALS = (Invalid, Conflict, Closed)
Work = Callable[[], str]


def answer(
    profile: Profile, form: Form, place: str, work: Work, *, focus: Callable[[], str] | None = None
) -> BaseResponse:
    """Do the work and commit, or show its refusal at ``place``; either with the whole page."""
    said, slip = _attempt(form, place, "", work)
    if slip is None and not htmx:
        return _back(profile, said, focus() if focus else place)
    sight = look(profile, current_place(), ids_of(profile))
    shown = panel_page(sight, said=said, slip=slip, focus=focus() if focus and not slip else place)
    return _whole(shown, slip)


def answer_row(
    profile: Profile, member: ProfileCapability, form: Form, action: str, work: Work
) -> BaseResponse:
    """Do the work on one capability and commit; answer with its row and what stands beside it."""
    # Its id beforehand: a row that somebody deletes meanwhile cannot be asked for it any more.
    member_id, place = member.id, f"member-{member.id}"
    said, slip = _attempt(form, place, action, work)
    if slip is None and not htmx:
        return _back(profile, said, place)
    sight = look(profile, current_place(), ids_of(profile))
    has_row = any(one.id == member_id for one in sight.members)
    if not htmx or not has_row or (slip and slip.action == "closed"):
        return _whole(panel_page(sight, said=said, slip=slip, focus=place), slip)
    return page(
        "ratification/row_answer.html",
        _status(slip),
        row=row_of(sight, member, said=said, slip=slip),
        standing=standing_beside(sight),
    )


def ids_of(profile: Profile) -> Ids:
    """Return what the page carries in every form, as the request says it."""
    since = whole_number(request.values.get("since", ""))
    return Ids(
        cycle_id=profile.cycle_id,
        profile_id=profile.id,
        since=str(last_number(profile.id) if since is None else since),
        query=request.values.get("q", "").strip()[:200],
    )


def sight_of(profile: Profile) -> Sight:
    """Return what the page of the profile is made from, for the person who asks."""
    return look(profile, current_place(), ids_of(profile))


def _attempt(form: Form, place: str, action: str, work: Work) -> tuple[str, Slip | None]:
    try:
        if not form.validate():
            raise Invalid(UNREADABLE)
        said = work()
    except REFUSALS as refusal:
        db.session.rollback()
        return "", _slip(place, action, refusal)
    db.session.commit()
    return said, None


def _slip(place: str, action: str, refusal: DomainError) -> Slip:
    sent, problems = request.form, refusal.problems if isinstance(refusal, Invalid) else {}
    asks = "reason" in problems and not sent.get("reason", "").strip() and bool(action)
    kind = "conflict" if isinstance(refusal, Conflict) else "asks" if asks else "error"
    return Slip(
        place=place,
        sentence=next(iter(problems.values()), str(refusal)),
        kind=kind,
        action="closed" if isinstance(refusal, Closed) else action,
        level=sent.get("level", ""),
        reason=sent.get("reason", ""),
        name=sent.get("name", "") or _verb(action, sent.get("level", "")),
        to=sent.get("to", ""),
        text=sent.get("text", ""),
    )


def _verb(action: str, sent: str) -> str:
    """Return what the button of the reason's box says."""
    level = whole_number(sent) or 0
    if action == "level" and AWARENESS <= level <= EXPERT:
        return f"Set {PROFICIENCY_WORDS[level]}"
    return "Remove" if action == "remove" else "Send"


def _status(slip: Slip | None) -> int:
    if slip is None:
        return 200
    return 409 if slip.is_conflict or slip.action == "closed" else 422


def _back(profile: Profile, said: str, place: str) -> BaseResponse:
    flash(said, "success")
    query = request.form.get("q") or None
    return see_other(
        url_for(
            "ratification.show",
            cycle_id=profile.cycle_id,
            profile_id=profile.id,
            q=query,
            _anchor=place or None,
        )
    )


def _whole(shown: object, slip: Slip | None) -> Response:
    name = "_working_profile.html" if htmx else "show.html"
    told = page(f"ratification/{name}", _status(slip), page=shown)
    if htmx:
        told.headers["HX-Retarget"], told.headers["HX-Reswap"] = "#working-profile", "outerHTML"
    return told
