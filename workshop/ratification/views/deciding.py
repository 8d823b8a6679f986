"""What becomes of a profile as a whole: approved, objected to, withdrawn, put back, reopened."""

import uuid
from collections.abc import Callable
from functools import partial

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


@ratification.post("/<uuid:profile_id>/approve")
@opens_to(Door.PANEL)
def approve(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Approve the profile as it stands."""
    said = "You approve the profile as it stands."
    return _answered(load(Profile, cycle_id, profile_id), "standing", commands.approve, said)


@ratification.post("/<uuid:profile_id>/object")
@opens_to(Door.PANEL)
def object_to(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Object to the profile as it stands, with a reason."""
    said, command = "You object to the profile as it stands.", commands.object_to
    profile, form = load(Profile, cycle_id, profile_id), PanelForm()
    return _answered(profile, "object", partial(command, reason=form.why), said)


@ratification.post("/<uuid:profile_id>/take-back")
@opens_to(Door.PANEL)
def take_back(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Take one's own approval or objection back."""
    said = "Your answer is taken back."
    return _answered(load(Profile, cycle_id, profile_id), "standing", commands.take_back, said)


def _answered(
    profile: Profile, place: str, command: Callable[..., bool], said: str
) -> BaseResponse:
    """Give one's answer to the profile; it may be the one that ratifies it."""
    form = PanelForm()

    def work() -> str:
        participant, version = me(profile.cycle_id), form.seen_version
        if command(profile=profile, participant=participant, version=version, **by_whom()):
            return (
                f"{profile.code} is ratified. Nothing in it can change, unless a convener "
                "reopens it."
            )
        return said

    return answer(profile, form, place, work)


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
