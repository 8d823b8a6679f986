"""Where a profile stands with the panel, for the person who looks: made from what holds now."""

import uuid
from collections.abc import Sequence

from consensus.ratifying import is_ratified
from cycles.core.access import Place
from cycles.core.clock import LONDON
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.profiles.pages import head_of
from cycles.profiles.trail import Told, changes_since, standing_edits
from cycles.profiles.versions import latest_version
from workshop.ratification import queries
from workshop.ratification.news import is_behind
from workshop.ratification.outcomes import outcome_of
from workshop.ratification.pages import Answer, Ids, May, Ratifies, Slip, Standing, Undo
from workshop.ratification.wording import needed_words


def standing_of(
    profile: Profile,
    place: Place,
    ids: Ids,
    *,
    members: Sequence[ProfileCapability],
    may: May,
    told: Sequence[Told],
    slip: Slip | None = None,
    is_out_of_band: bool = False,
) -> Standing:
    """Return where the profile stands; ``members`` are all, removed ones too."""
    held = [one for one in members if not one.is_removed]
    given = queries.answers_of(profile.id)
    approved = {one.participant_id for one in given.approvals}
    objected = {one.participant_id for one in given.objections}
    me, behind = place.participant_id, is_behind(told)
    return Standing(
        ids=ids,
        head=head_of(profile, held),
        version=0 if behind else profile.version,
        size=len(held),
        removed=len(members) - len(held),
        needed=_needed(profile, given),
        waiting=_waiting(profile, approved | objected),
        approvals=tuple(map(_answer, given.approvals)),
        objections=tuple(map(_answer, given.objections)),
        mine="approved" if me in approved else "objected" if me in objected else "",
        may_answer=may.change and place.is_on_panel,
        ratifies=_ratifies(profile, approved - {me}, objected - {me}),
        is_behind=behind,
        undo=_undo(profile) if may.change else None,
        versions_label=_versions(profile),
        slip=slip,
        is_out_of_band=is_out_of_band,
    )


def _answer(given: queries.AnswerRow) -> Answer:
    when = given.at.astimezone(LONDON).strftime("%-d %B, %H:%M")
    return Answer(given.name, when, given.reason)


def _needed(profile: Profile, given: queries.Answers) -> str:
    if profile.status != ProfileStatus.PROPOSED:
        return outcome_of(profile, latest_version(profile.id), given)
    return needed_words(
        len(given.approvals),
        len(given.objections),
        quorum=queries.quorum_of(profile.cycle_id),
        rule=queries.rule_of(profile.cycle_id),
    )


def _waiting(profile: Profile, answered: set[uuid.UUID]) -> tuple[str, ...]:
    if profile.status != ProfileStatus.PROPOSED:
        return ()
    people = queries.panel_members(profile.cycle_id)
    return tuple(one.account.name for one in people if one.id not in answered)


def _ratifies(profile: Profile, approved: set[uuid.UUID], objected: set[uuid.UUID]) -> Ratifies:
    """Say which answer would ratify the profile; the answers given are those of everybody else."""
    quorum, rule = queries.quorum_of(profile.cycle_id), queries.rule_of(profile.cycle_id)
    approvals, objections = len(approved), len(objected)
    return Ratifies(
        approving=is_ratified(approvals + 1, objections, quorum=quorum, rule=rule),
        objecting=is_ratified(approvals, objections + 1, quorum=quorum, rule=rule),
        taking_back=is_ratified(approvals, objections, quorum=quorum, rule=rule),
    )


def _undo(profile: Profile) -> Undo | None:
    edits = standing_edits(profile.id)
    if not edits:
        return None
    last = changes_since(profile.id, edits[-1].number - 1)[0]
    return Undo(last.number, f"{last.sentence} ({last.who})")


def _versions(profile: Profile) -> str:
    latest = latest_version(profile.id)
    if latest is None:
        return ""
    when = latest.ratified_at.astimezone(LONDON).strftime("%-d %B %Y")
    words = "Version" if profile.status == ProfileStatus.RATIFIED else "Last ratified: version"
    return f"{words} {latest.number}, {when}"
