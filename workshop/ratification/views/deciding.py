"""What becomes of a profile as a whole: approved, withdrawn, put back."""

import uuid

from werkzeug.wrappers import Response as BaseResponse

from cycles.core.access import Door, current_place, load, opens_to
from cycles.people.models import Participant
from cycles.profiles.models import Profile
from workshop.ratification import commands
from workshop.ratification.forms import VersionedForm, WithdrawForm
from workshop.ratification.views import ratification
from workshop.ratification.views.answering import answer
from workshop.ratification.views.changing import by_whom


def _me(cycle_id: uuid.UUID) -> Participant:
    return load(Participant, cycle_id, current_place().participant_id)


@ratification.post("/<uuid:profile_id>/approve")
@opens_to(Door.PANEL)
def approve(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Approve the profile as it stands."""
    profile, form = load(Profile, cycle_id, profile_id), VersionedForm()

    def work() -> str:
        is_ratified = commands.approve(
            profile=profile, participant=_me(cycle_id), version=form.seen, **by_whom()
        )
        ratified = f"{profile.code} is ratified. Nothing in it can change any more."
        return ratified if is_ratified else "You approve the profile as it stands."

    return answer(profile, form, "top", work)


@ratification.post("/<uuid:profile_id>/take-back")
@opens_to(Door.PANEL)
def take_back(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Take one's own approval back."""
    profile, form = load(Profile, cycle_id, profile_id), VersionedForm()

    def work() -> str:
        commands.take_back(
            profile=profile, participant=_me(cycle_id), version=form.seen, **by_whom()
        )
        return "Your approval is taken back."

    return answer(profile, form, "top", work)


@ratification.post("/<uuid:profile_id>/withdraw")
@opens_to(Door.PANEL_OR_CONVENER)
def withdraw(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Withdraw the profile, with a reason."""
    profile, form = load(Profile, cycle_id, profile_id), WithdrawForm()

    def work() -> str:
        commands.withdraw(
            profile=profile,
            reason=form.reason.data or "",
            is_convener=current_place().is_convener,
            version=form.seen,
            **by_whom(),
        )
        return f"{profile.code} is withdrawn. It can be put back."

    return answer(profile, form, "withdraw", work)


@ratification.post("/<uuid:profile_id>/put-back")
@opens_to(Door.PANEL_OR_CONVENER)
def put_back(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Propose a withdrawn profile again."""
    profile, form = load(Profile, cycle_id, profile_id), VersionedForm()

    def work() -> str:
        is_convener = current_place().is_convener
        commands.put_back(profile=profile, is_convener=is_convener, **by_whom())
        return f"{profile.code} is proposed again."

    return answer(profile, form, "top", work)
