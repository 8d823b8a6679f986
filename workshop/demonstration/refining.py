"""The employer panel ratifies and the educators settle KSBs, simulated and labelled so."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from consensus.scale import AWARENESS, EXPERT
from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.demonstration.preparing import Stagehand
from cycles.ksbs import commands as ksb_commands
from cycles.ksbs.models import CapabilityKsb, KsbAnswer, KsbStatus
from cycles.ksbs.queries import ksbs_of
from cycles.ksbs.settling import settle
from cycles.ksbs.suggesting import ask_for_ksbs
from cycles.people.models import Group, Participant
from cycles.people.queries import participants_of
from cycles.profiles.models import Profile, ProfileCapability
from cycles.profiles.queries import members_of, profiles_of
from workshop.demonstration.rating import open_room
from workshop.demonstration.working import perform
from workshop.ratification import commands as panel
from workshop.ratification.asking import ask_for_profiles
from workshop.rooms.commands import close_workshop
from workshop.rooms.models import WorkshopKind

CHANGED_EVERY = 3  # the simulated panel changes a level in every third profile
QUORUM = 3
KSB_FAR = 0.27  # below it the simulated educators reject a suggestion
KSB_FAR_FOR_THE_SECOND = 0.29  # one who looks at a colleague's asks a little more
KSB_SECOND_EVERY = 3
KSB_SETTLED = "Illustrative: the two educators teach it in different units; it is kept for both."
UPRATED = "Simulated: two of the panel's sites already need this without supervision."
DOWNRATED = "Simulated: a specialist team carries this; here it is enough to work with them."
MOVED = "Simulated: the same people do this as the rest of that profile."
OBJECTED = (
    "Simulated: at a smaller site one person holds this and the neighbouring profile; as two they "
    "cannot be filled there."
)
REMARKS = (
    "Simulated: our sites would call this the automation lead.",
    "Simulated: level agreed, as long as the equipment supplier trains on site.",
)


def play_ratification(hand: Stagehand) -> None:
    """Generate profiles; the panel refines some, one objects to one, and every one is ratified."""
    hand = hand.at("2024-10-08")
    perform(ask_for_profiles(cycle=hand.cycle, **hand.who), hand)
    workshop = open_room(hand, WorkshopKind.RATIFICATION, "Ratification of profiles")
    members = [each for each in participants_of(hand.cycle.id, Group.EMPLOYER) if each.is_on_panel]
    profiles = profiles_of(hand.cycle.id)
    for number, profile in enumerate(profiles):
        if number % CHANGED_EVERY == 0:
            _change_a_level(profile, members[number % len(members)], hand)
    _move_one(profiles, members[0], hand)
    for remark, profile, member in zip(REMARKS, profiles, members, strict=False):
        panel.comment(
            profile=profile, participant=member, text=remark, **_by(member, hand.later(2))
        )
    for profile in profiles:
        _answer(profile, members[:QUORUM], hand.later(3), is_disputed=profile is profiles[-1])
    close_workshop(workshop=workshop, **hand.later(6).who)


def _answer(
    profile: Profile, members: Sequence[Participant], hand: Stagehand, *, is_disputed: bool
) -> None:
    """Let members approve; the last objects to a disputed profile, which two of three ratify."""
    db.session.refresh(profile)
    for member in members:
        facts: dict[str, Any] = {"profile": profile, "participant": member}
        facts["version"] = profile.version
        if is_disputed and member is members[-1]:
            panel.object_to(reason=OBJECTED, **facts, **_by(member, hand))
        else:
            panel.approve(**facts, **_by(member, hand))


def _move_one(profiles: Sequence[Profile], member: Participant, hand: Stagehand) -> None:
    """Move a capability into the next profile of its role level, if that does not hold it yet."""
    for profile, other in pairwise(profiles):
        held = {one.statement_id for one in members_of(other.id)}
        own = [one for one in members_of(profile.id) if one.statement_id not in held]
        if profile.role_level_id == other.role_level_id and len(own) > 1:
            facts: dict[str, Any] = {"profile": profile, "member": own[-1]}
            facts["seen"] = own[-1].version
            panel.move_capability(to=other, reason=MOVED, **facts, **_by(member, hand.later()))
            return


def _change_a_level(profile: Profile, member: Participant, hand: Stagehand) -> None:
    """Uprate the first Practitioner, or else downrate the first Expert."""
    held = members_of(profile.id)
    below = next((each for each in held if AWARENESS < each.level < EXPERT), None)
    chosen: ProfileCapability = below or held[0]
    up = below is not None
    panel.change_level(
        profile=profile,
        member=chosen,
        level=chosen.level + 1 if up else max(AWARENESS, chosen.level - 1),
        reason=UPRATED if up else DOWNRATED,
        seen=chosen.version,
        **_by(member, hand.later()),
    )


def _by(member: Participant, hand: Stagehand) -> dict[str, Any]:
    return {"actor": _as_actor(member), "moment": hand.moment}


def play_ksbs(hand: Stagehand) -> None:
    """Suggest KSBs; the educators review them, two of them the same ones, and differ on a few."""
    hand = hand.at("2024-10-15")
    perform(ask_for_ksbs(cycle=hand.cycle, **hand.who), hand)
    workshop = open_room(hand, WorkshopKind.KSB, "Knowledge, skills and behaviours")
    educators = participants_of(hand.cycle.id, Group.EDUCATOR)
    suggested = ksbs_of(hand.cycle.id, status=KsbStatus.SUGGESTED)
    for number, educator in enumerate(educators):
        own = [one for one in suggested if _turn_of(one) % len(educators) == number]
        colleagues = [one for one in suggested if (_turn_of(one) + 1) % len(educators) == number]
        _review(own, educator, hand, KSB_FAR)
        # The second looks at a part of what the first reviewed, and asks a little more of it.
        _review(colleagues[::KSB_SECOND_EVERY], educator, hand.later(1), KSB_FAR_FOR_THE_SECOND)
    _settle_differences(hand.later(4))
    close_workshop(workshop=workshop, **hand.later(6).who)


def _turn_of(ksb: CapabilityKsb) -> int:
    return int(ksb.statement.code.removeprefix("C-"))


def _review(ksbs: list[CapabilityKsb], educator: Participant, hand: Stagehand, far: float) -> None:
    near = [one for one in ksbs if (one.score or 0) >= far]
    rest = [one for one in ksbs if (one.score or 0) < far]
    for answer, chosen in ((KsbAnswer.ACCEPT, near), (KsbAnswer.REJECT, rest)):
        if chosen:
            ksb_commands.review(
                ksbs=chosen,
                answer=answer,
                participant_id=educator.id,
                actor=_as_actor(educator),
                moment=hand.later().moment,
            )


def _settle_differences(hand: Stagehand) -> None:
    """The convener settles what the educators differ on."""
    (convener, *_) = participants_of(hand.cycle.id, Group.CONVENER)
    for one in ksbs_of(hand.cycle.id, status=KsbStatus.SUGGESTED):
        settle(
            ksb=one,
            answer=KsbAnswer.ACCEPT,
            reason=KSB_SETTLED,
            participant_id=convener.id,
            actor=_as_actor(convener),
            moment=hand.moment,
        )


def _as_actor(participant: Participant) -> Actor:
    return Actor(participant.account_id, participant.account.name)
