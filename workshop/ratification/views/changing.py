"""What the panel changes within a profile. Every form carries what its reader saw of it."""

import uuid
from typing import Any

from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, current_actor, load, opens_to
from cycles.core.errors import Invalid
from cycles.profiles.models import Profile, ProfileCapability
from cycles.statements.models import CapabilityStatement
from workshop.ratification import commands
from workshop.ratification.forms import LevelForm, RenameForm, VersionedForm
from workshop.ratification.views import ratification
from workshop.ratification.views.answering import answer


def by_whom() -> dict[str, Any]:
    """Return who acts and when, as every command takes them."""
    return {"actor": current_actor(), "moment": clock.now()}


@ratification.post("/<uuid:profile_id>/members/<uuid:member_id>")
@opens_to(Door.PANEL)
def change(cycle_id: uuid.UUID, profile_id: uuid.UUID, member_id: uuid.UUID) -> BaseResponse:
    """Change a capability's level, set it back, remove it or put it back."""
    profile = load(Profile, cycle_id, profile_id)
    member, form = load(ProfileCapability, cycle_id, member_id), LevelForm()
    return answer(profile, form, f"member-{member.id}", lambda: _do(profile, member, form).sentence)


def _do(profile: Profile, member: ProfileCapability, form: LevelForm) -> commands.Outcome:
    facts = {"profile": profile, "member": member, "seen": form.seen, **by_whom()}
    action = form.action.data
    if action == "set back":
        return commands.set_back(**facts)
    if action == "put back":
        return commands.restore_capability(**facts)
    reason = form.reason.data or ""
    if action == "remove":
        return commands.remove_capability(reason=reason, **facts)
    return commands.change_level(level=form.code, reason=reason, **facts)


@ratification.post("/<uuid:profile_id>/add")
@opens_to(Door.PANEL)
def add(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Add a kept capability of the cycle."""
    profile, form = load(Profile, cycle_id, profile_id), LevelForm()
    if form.statement_id is None:
        return answer(profile, form, "add", _nothing_chosen)
    statement = load(CapabilityStatement, cycle_id, form.statement_id)
    return answer(
        profile,
        form,
        f"add-{statement.id}",
        lambda: (
            commands.add_capability(
                profile=profile,
                statement=statement,
                level=form.code,
                reason=form.reason.data or "",
                **by_whom(),
            ).sentence
        ),
    )


def _nothing_chosen() -> str:
    raise Invalid("Choose the capability to add.")


@ratification.post("/<uuid:profile_id>/rename")
@opens_to(Door.PANEL)
def rename(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Give the profile another name."""
    profile, form = load(Profile, cycle_id, profile_id), RenameForm()
    return answer(
        profile,
        form,
        "rename",
        lambda: (
            commands.rename(
                profile=profile,
                name=form.name.data or "",
                reason=form.reason.data or "",
                seen=form.seen_name.data or "",
                **by_whom(),
            ).sentence
        ),
    )


@ratification.post("/<uuid:profile_id>/undo")
@opens_to(Door.PANEL)
def undo(cycle_id: uuid.UUID, profile_id: uuid.UUID) -> BaseResponse:
    """Take the latest change back."""
    profile, form = load(Profile, cycle_id, profile_id), VersionedForm()
    return answer(
        profile,
        form,
        "top",
        lambda: commands.undo_last(profile=profile, seen=form.seen, **by_whom()).sentence,
    )
