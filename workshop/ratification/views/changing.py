"""What the panel changes in a capability of a profile, one click or one key each.

Every form carries the version of exactly that capability, so that two who change different ones
never refuse each other.
"""

import uuid
from typing import Any

from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, load, opens_to
from cycles.core.errors import Invalid
from cycles.profiles.models import Profile, ProfileCapability
from workshop.ratification import commands
from workshop.ratification.forms import LevelForm, MoveForm, PanelForm, RenameForm
from workshop.ratification.views import ratification
from workshop.ratification.views.answering import answer, answer_row


def by_whom() -> dict[str, Any]:
    """Return who acts and when, as every command takes them."""
    return {"actor": current_actor(), "moment": clock.now()}


@ratification.post("/<uuid:profile_id>/members/<uuid:member_id>")
@opens_to(Door.PANEL)
def change(cycle_id: uuid.UUID, profile_id: uuid.UUID, member_id: uuid.UUID) -> BaseResponse:
    """Change a capability's level, remove it or put it back."""
    profile, form = load(Profile, cycle_id, profile_id), LevelForm()
    member = load(ProfileCapability, cycle_id, member_id)
    return answer_row(profile, member, form, form.does, lambda: _do(profile, member, form).sentence)


def _do(profile: Profile, member: ProfileCapability, form: LevelForm) -> commands.Outcome:
    facts = {"profile": profile, "member": member, "seen": form.seen_number, **by_whom()}
    if form.does == "put back":
        return commands.restore_capability(**facts)
    if form.does == "remove":
        return commands.remove_capability(reason=form.why, **facts)
    return commands.change_level(level=form.code, reason=form.why, **facts)


@ratification.post("/<uuid:profile_id>/members/<uuid:member_id>/move")
@opens_to(Door.PANEL)
def move(cycle_id: uuid.UUID, profile_id: uuid.UUID, member_id: uuid.UUID) -> BaseResponse:
    """Move a capability to another profile of the same role level."""
    profile, form = load(Profile, cycle_id, profile_id), MoveForm()
    member = load(ProfileCapability, cycle_id, member_id)

    def work() -> str:
        if form.target_id is None:
            raise Invalid("Choose the profile to move it to.", to="Choose the profile to move to.")
        to = load(Profile, cycle_id, form.target_id)
        facts = {"to": to, "reason": form.why, "seen": form.seen_number, **by_whom()}
        done = commands.move_capability(profile=profile, member=member, **facts)
        return f"Moved to {to.code} {to.name}. {done.sentence}"

    return answer_row(profile, member, form, "move", work)


@ratification.post("/<uuid:profile_id>/rename")
@opens_to(Door.PANEL)
def rename(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Give the profile another name."""
    profile, form = load(Profile, cycle_id, profile_id), RenameForm()

    def work() -> str:
        return commands.rename(
            profile=profile,
            name=form.name.data or "",
            reason=form.reason.data or "",
            seen=form.seen.data or "",
            **by_whom(),
        ).sentence

    return answer(profile, form, "rename", work)


@ratification.post("/<uuid:profile_id>/undo")
@opens_to(Door.PANEL)
def undo(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Take back the change that the form names, which is the latest that stands."""
    profile, form = load(Profile, cycle_id, profile_id), PanelForm()

    def work() -> str:
        facts = {"seen": form.seen_number, **by_whom()}
        return f"Undone. {commands.undo_last(profile=profile, **facts).sentence}"

    return answer(profile, form, "standing", work)
