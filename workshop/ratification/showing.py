"""The contexts of the panel's pages, made from what stands in the tables now."""

from collections import Counter

from flask import url_for

from consensus.scale import PROFICIENCY_WORDS
from cycles.core.access import Place
from cycles.people.queries import panel_size
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.profiles.pages import head_of, member_line, profile_line, trail_lines
from cycles.profiles.queries import members_of, profiles_of, removed_from
from cycles.profiles.trail import ChangeKind, standing_edits
from cycles.profiles.votes import departs, vote_of
from cycles.profiles.wording import STATUS_TAGS, STATUS_WORDS
from cycles.setup.models import Cycle
from cycles.setup.queries import get_cycle
from workshop.ratification import queries
from workshop.ratification.adding import found_for, unplaced
from workshop.ratification.pages import (
    Approvals,
    May,
    PanelMember,
    PanelPage,
    QueueLine,
    QueuePage,
    Slip,
)

UNDO_LABELS = {
    ChangeKind.LEVEL: "Undo the last change of a level",
    ChangeKind.ADDED: "Undo the last addition",
    ChangeKind.REMOVED: "Undo the last removal",
    ChangeKind.RESTORED: "Undo putting back a capability",
    ChangeKind.RENAMED: "Undo the new name",
    ChangeKind.MOVED_AWAY: "Undo the last move",
    ChangeKind.MOVED_HERE: "Undo the last move",
    ChangeKind.JOINED: "Undo the last that joined by a merger",
}


def queue_page(cycle: Cycle, place: Place) -> QueuePage:
    """Return the panel's queue as this person sees it."""
    answers = queries.answers_by_profile(cycle.id)
    needed = queries.quorum_of(cycle.id)
    profiles = profiles_of(cycle.id)
    numbers = Counter(one.status for one in profiles)
    lines = tuple(
        _queue_line(one, answers.get(one.id, queries.Answers()), needed, place) for one in profiles
    )
    waiting = sum(one.is_waiting_for_me for one in lines)
    first = ("Waiting for you", waiting) if place.is_on_panel else ("Profiles", len(profiles))
    return QueuePage(
        cycle_id=cycle.id,
        lines=tuple(sorted(lines, key=lambda one: not one.is_waiting_for_me)),
        tiles=(first, *((STATUS_WORDS[each], numbers[each]) for each in ProfileStatus)),
        closed_because=queries.why_closed(cycle),
        needed=needed,
        panel=panel_size(cycle.id),
        is_panel=place.is_on_panel,
        may_generate=place.is_convener and queries.why_not_at_stage(cycle) is None,
        unplaced=unplaced(cycle.id),
    )


def _queue_line(profile: Profile, answers: queries.Answers, needed: int, place: Place) -> QueueLine:
    mine = answers.of(place.participant_id)
    is_proposed = profile.status == ProfileStatus.PROPOSED
    state = STATUS_WORDS[profile.status]
    return QueueLine(
        line=profile_line(profile),
        panel_href=_panel_href(profile),
        role_level=profile.role_level.name,
        state=f"{len(answers.approvals)} of {needed} approvals" if is_proposed else state,
        tag_kind=STATUS_TAGS[profile.status],
        is_approved_by_me=mine == queries.Stand.APPROVES,
        is_waiting_for_me=is_proposed and place.is_on_panel and mine == queries.Stand.WAITED_FOR,
    )


def _panel_href(profile: Profile) -> str:
    return url_for("ratification.show", cycle_id=profile.cycle_id, profile_id=profile.id)


def panel_page(
    profile: Profile, place: Place, *, query: str = "", said: str = "", slip: Slip | None = None
) -> PanelPage:
    """Return the panel's page of a profile as it stands, with what was just said or refused."""
    may, members = _may(profile, place), members_of(profile.id)
    undo = next(reversed(standing_edits(profile.id)), None) if may.change else None
    return PanelPage(
        head=head_of(profile, members),
        approvals=_approvals(profile, place),
        may=may,
        members=tuple(_panel_member(profile, one) for one in members),
        removed=tuple(_panel_member(profile, one) for one in removed_from(profile.id)),
        found=found_for(profile, query if may.change else ""),
        undo_label=UNDO_LABELS[ChangeKind(undo.kind)] if undo else "",
        undo_number=undo.number if undo else 0,
        trail=trail_lines(profile),
        said=said,
        slip=slip,
    )


def _may(profile: Profile, place: Place) -> May:
    cycle = get_cycle(profile.cycle_id)
    closed, at_stage = queries.why_closed(cycle), queries.why_not_at_stage(cycle) is None
    is_proposed = profile.status == ProfileStatus.PROPOSED
    stands = at_stage if place.is_convener else closed is None
    return May(
        change=is_proposed and place.is_on_panel and closed is None,
        withdraw=is_proposed and stands,
        put_back=profile.status == ProfileStatus.WITHDRAWN and stands,
        closed_because=closed if is_proposed else None,
    )


def _approvals(profile: Profile, place: Place) -> Approvals:
    answers = queries.answers_of(profile.id)
    return Approvals(
        count=len(answers.approvals),
        needed=queries.quorum_of(profile.cycle_id),
        names=tuple(one.name for one in answers.approvals),
        is_mine=answers.of(place.participant_id) == queries.Stand.APPROVES,
        is_panel=place.is_on_panel,
    )


def _panel_member(profile: Profile, member: ProfileCapability) -> PanelMember:
    vote = vote_of(member)
    held = PROFICIENCY_WORDS[member.voted_level] if member.voted_level else ""
    return PanelMember(
        id=member.id,
        version=member.version,
        line=member_line(profile, member),
        level=str(member.level),
        asks_reason=bool(vote and vote.is_settled),
        may_set_back=departs(member),
        set_back_label=f"Set back to {held}",
    )
