"""The employer panel ratifies and the educators settle KSBs, simulated and labelled so."""

from consensus.scale import AWARENESS, EXPERT
from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.demonstration.preparing import Stagehand
from cycles.ksbs import commands as ksb_commands
from cycles.ksbs.models import CapabilityKsb, KsbStatus
from cycles.ksbs.queries import ksbs_of
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
LEAST_SCORE = 0.27  # below it the simulated educators reject a suggestion
UPRATED = "Simulated: two of the panel's sites already need this without supervision."
DOWNRATED = "Simulated: a specialist team carries this; here it is enough to work with them."


def play_ratification(hand: Stagehand) -> None:
    """Generate profiles; the panel changes some levels, then approves every profile."""
    hand = hand.at("2024-10-08")
    perform(ask_for_profiles(cycle=hand.cycle, **hand.who), hand)
    workshop = open_room(hand, WorkshopKind.RATIFICATION, "Ratification of profiles")
    members = [each for each in participants_of(hand.cycle.id, Group.EMPLOYER) if each.is_on_panel]
    for number, profile in enumerate(profiles_of(hand.cycle.id)):
        if number % CHANGED_EVERY == 0:
            _change_a_level(profile, members[number % len(members)], hand)
        for member in members[:QUORUM]:
            db.session.refresh(profile)
            panel.approve(
                profile=profile,
                participant=member,
                version=profile.version,
                actor=_as_actor(member),
                moment=hand.later(3).moment,
            )
    close_workshop(workshop=workshop, **hand.later(6).who)


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
        actor=_as_actor(member),
        moment=hand.later().moment,
    )


def play_ksbs(hand: Stagehand) -> None:
    """Suggest KSBs; the educators accept the near ones and reject the far ones."""
    hand = hand.at("2024-10-15")
    perform(ask_for_ksbs(cycle=hand.cycle, **hand.who), hand)
    workshop = open_room(hand, WorkshopKind.KSB, "Knowledge, skills and behaviours")
    educators = participants_of(hand.cycle.id, Group.EDUCATOR)
    suggested = ksbs_of(hand.cycle.id, status=KsbStatus.SUGGESTED)
    for number, educator in enumerate(educators):
        mine = [
            one
            for one in suggested
            if int(one.statement.code.removeprefix("C-")) % len(educators) == number
        ]
        _settle(mine, educator, hand)
    close_workshop(workshop=workshop, **hand.later(6).who)


def _settle(mine: list[CapabilityKsb], educator: Participant, hand: Stagehand) -> None:
    near = [one for one in mine if (one.score or 0) >= LEAST_SCORE]
    far = [one for one in mine if (one.score or 0) < LEAST_SCORE]
    for decide, chosen in ((ksb_commands.accept, near), (ksb_commands.reject, far)):
        if chosen:
            decide(
                ksbs=chosen,
                participant_id=educator.id,
                actor=_as_actor(educator),
                moment=hand.later().moment,
            )


def _as_actor(participant: Participant) -> Actor:
    return Actor(participant.account_id, participant.account.name)
