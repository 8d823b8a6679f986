"""How a profile's facts are said: why a capability is in it, what was changed, where it stands."""

from typing import Any

from consensus.scale import PROFICIENCY_WORDS
from cycles.core.clock import LONDON
from cycles.profiles.kinds import ChangeKind
from cycles.profiles.models import Profile, ProfileCapability, ProfileChange, ProfileStatus
from cycles.profiles.votes import departs, vote_of

STATUS_WORDS = {
    ProfileStatus.PROPOSED: "Proposed",
    ProfileStatus.RATIFIED: "Ratified",
    ProfileStatus.WITHDRAWN: "Withdrawn",
}
STATUS_TAGS = {
    ProfileStatus.PROPOSED: "current",
    ProfileStatus.RATIFIED: "done",
    ProfileStatus.WITHDRAWN: "quiet",
}


def percent(share: float) -> str:
    """Return a share of one as a whole percentage, or why it is none."""
    return f"{round(100 * share)} %"


def vote_words(member: ProfileCapability) -> str:
    """Return the vote behind the member in words, or that there is none."""
    vote = vote_of(member)
    return vote.sentence if vote else "not voted on at this role level"


def difference_words(member: ProfileCapability, status: ProfileStatus) -> str:
    """Return what the panel made of the vote: ``Voted Practitioner, ratified Expert``; or nothing.

    A proposed profile says "panel: Expert", as nothing is ratified yet.
    """
    if member.is_added_by_panel:
        return "Added by the panel"
    if not departs(member):
        return ""
    verb = "ratified" if status == ProfileStatus.RATIFIED else "panel says"
    return f"{_held(member)}, {verb} {PROFICIENCY_WORDS[member.level]}"


def _held(member: ProfileCapability) -> str:
    vote = vote_of(member)
    verb = "Decided" if vote and vote.is_decided else "Voted"
    return f"{verb} {PROFICIENCY_WORDS[member.voted_level or 0]}"


def why_words(member: ProfileCapability) -> tuple[str, ...]:
    """Return why the generator put the capability into the profile; empty where a person did."""
    why: dict[str, Any] = member.why
    if "mates" not in why:
        return ()
    mates = why["mates"]
    if not mates:
        return ("the only capability that this role level needs",)
    words = []
    if why["similarity"] is not None:
        words.append(f"{percent(why['similarity'])} alike in meaning, on average")
    for key, shared in (("shares_area", "functional area"), ("shares_partner", "partner")):
        if why[key]:
            words.append(f"same {shared} as {why[key]} of {mates}")
    if member.is_second_membership:
        words.append("second membership: nearly as close to this profile as to its own")
    return tuple(words)


def change_words(change: ProfileChange, text: str) -> str:
    """Return one line of the trail as a sentence without its reason."""
    other = change.other_profile
    sentence = SENTENCES[ChangeKind(change.kind)]
    return sentence.format(
        text=f"“{text}”" if text else TEXTLESS.get(change.kind, "the name"),
        before=change.before,
        after=change.after,
        undone=change.reason,
        other=other.code if other else "a profile that is gone",
    )


TEXTLESS: dict[str, str] = {
    ChangeKind.COMMENTED: "the profile",
    ChangeKind.COMMENT_TAKEN_AWAY: "the profile",
}
"""What a line is about that names no capability, where that is not the profile's name."""

SENTENCES = {
    ChangeKind.LEVEL: "{text}: {before} became {after}",
    ChangeKind.ADDED: "Added {text} at {after}",
    ChangeKind.REMOVED: "Removed {text}",
    ChangeKind.RESTORED: "Put back {text} at {after}",
    ChangeKind.RENAMED: "Renamed from “{before}” to “{after}”",
    ChangeKind.MOVED_AWAY: "Moved {text} to {other}",
    ChangeKind.MOVED_HERE: "Moved {text} here from {other} at {after}",
    ChangeKind.JOINED: "Took {text} over from {other} at {after}",
    ChangeKind.UNDONE: "{undone}, {text}",
    ChangeKind.SPLIT: "Split off {other} with {after}",
    ChangeKind.SPLIT_OFF: "Split off from {other} as “{after}”",
    ChangeKind.MERGED: "Merged into {other}",
    ChangeKind.TOOK_IN: "Took {other} in",
    ChangeKind.APPROVED: "Approved the profile",
    ChangeKind.OBJECTED: "Objected to the profile",
    ChangeKind.TAKEN_BACK: "Took the approval back",
    ChangeKind.OBJECTION_TAKEN_BACK: "Took the objection back",
    ChangeKind.SET_ASIDE: "Answers set aside by that change: {before}",
    ChangeKind.COMMENTED: "Commented on {text}",
    ChangeKind.COMMENT_TAKEN_AWAY: "Took a comment on {text} away",
    ChangeKind.RATIFIED: "Ratified",
    ChangeKind.REOPENED: "Reopened",
    ChangeKind.WITHDRAWN: "Withdrew the profile",
    ChangeKind.PUT_BACK: "Put the profile back",
}


def status_note(profile: Profile) -> str:
    """Return when the profile was ratified, or why it was withdrawn, or what comes next.

    A profile that came from an earlier cycle says from which.
    """
    brought = f" Taken over from {profile.seeded_from}." if profile.seeded_from else ""
    return f"{_standing_note(profile)}{brought}"


def _standing_note(profile: Profile) -> str:
    if profile.status == ProfileStatus.RATIFIED and profile.ratified_at:
        when = profile.ratified_at.astimezone(LONDON).strftime("%-d %B %Y")
        return (
            f"Ratified by the employer panel on {when}. "
            "Nothing in it changes unless a convener reopens it."
        )
    if profile.status == ProfileStatus.WITHDRAWN:
        return f"Withdrawn: {profile.withdrawn_reason}"
    return "A prototype. The employer panel refines it and then ratifies it."


def is_settled_by_panel(profile: Profile, member: ProfileCapability) -> bool:
    """Say whether the level is the panel's own: ratified, added, or set apart from the vote."""
    return profile.status == ProfileStatus.RATIFIED or member.is_added_by_panel or departs(member)


def shows_provisional(profile: Profile, member: ProfileCapability) -> bool:
    """Say whether the level is still only the middle of a vote that agreed on none."""
    return member.is_provisional and not is_settled_by_panel(profile, member)
