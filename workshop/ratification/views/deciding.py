"""What becomes of a profile as a whole: approved, objected to, withdrawn, put back, reopened."""

import uuid

from werkzeug.wrappers import Response as BaseResponse

from cycles.core.access import Door, current_place, load, opens_to
from cycles.people.models import Participant
from cycles.profiles.models import Profile
from workshop.ratification import commands
from workshop.ratification.forms import PanelForm
from workshop.ratification.views import ratification
from workshop.ratification.views.answering import answer
from workshop.ratification.views.changing import by_whom


def me(cycle_id: uuid.UUID) -> Participant:
    """Return the place of the person who asks, as a row."""
    return load(Participant, cycle_id, current_place().participant_id)


def _ratified(profile: Profile, otherwise: str, *, is_ratified: bool) -> str:
    if not is_ratified:
        return otherwise
    return f"{profile.code} is ratified. Nothing in it can change, unless a convener reopens it."


@ratification.post("/<uuid:profile_id>/approve")
@opens_to(Door.PANEL)
def approve(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Approve the profile as it stands."""
    profile, form = load(Profile, cycle_id, profile_id), PanelForm()

    def work() -> str:
        facts = {"participant": me(cycle_id), "version": form.seen_version, **by_whom()}
        done = commands.approve(profile=profile, **facts)
        return _ratified(profile, "You approve the profile as it stands.", is_ratified=done)

    return answer(profile, form, "standing", work)


@ratification.post("/<uuid:profile_id>/object")
@opens_to(Door.PANEL)
def object_to(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Object to the profile as it stands, with a reason."""
    profile, form = load(Profile, cycle_id, profile_id), PanelForm()

    def work() -> str:
        facts = {"participant": me(cycle_id), "version": form.seen_version, **by_whom()}
        done = commands.object_to(profile=profile, reason=form.why, **facts)
        return _ratified(profile, "You object to the profile as it stands.", is_ratified=done)

    return answer(profile, form, "object", work)


@ratification.post("/<uuid:profile_id>/take-back")
@opens_to(Door.PANEL)
def take_back(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Take one's own approval or objection back."""
    profile, form = load(Profile, cycle_id, profile_id), PanelForm()

    def work() -> str:
        facts = {"participant": me(cycle_id), "version": form.seen_version, **by_whom()}
        done = commands.take_back(profile=profile, **facts)
        return _ratified(profile, "Your answer is taken back.", is_ratified=done)

    return answer(profile, form, "standing", work)


@ratification.post("/<uuid:profile_id>/withdraw")
@opens_to(Door.PANEL_OR_CONVENER)
def withdraw(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Withdraw the profile, with a reason."""
    profile, form = load(Profile, cycle_id, profile_id), PanelForm()

    def work() -> str:
        facts = {"version": form.seen_version, **by_whom()}
        is_convener = current_place().is_convener
        commands.withdraw(profile=profile, reason=form.why, is_convener=is_convener, **facts)
        return f"{profile.code} is withdrawn. It can be put back."

    return answer(profile, form, "withdraw", work)


@ratification.post("/<uuid:profile_id>/put-back")
@opens_to(Door.PANEL_OR_CONVENER)
def put_back(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Propose a withdrawn profile again."""
    profile, form = load(Profile, cycle_id, profile_id), PanelForm()

    def work() -> str:
        is_convener = current_place().is_convener
        commands.put_back(profile=profile, is_convener=is_convener, **by_whom())
        return f"{profile.code} is proposed again."

    return answer(profile, form, "standing", work)


@ratification.post("/<uuid:profile_id>/reopen")
@opens_to(Door.CONVENER)
def reopen(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Propose a ratified profile anew, with a reason; what was ratified stays as a version."""
    profile, form = load(Profile, cycle_id, profile_id), PanelForm()

    def work() -> str:
        facts = {"version": form.seen_version, **by_whom()}
        commands.reopen(profile=profile, reason=form.why, **facts)
        return f"{profile.code} is open again. The panel answers anew."

    return answer(profile, form, "reopen", work)
