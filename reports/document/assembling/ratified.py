"""The members of a profile, and how it was ratified.

A ratified profile is told as the version says that the panel ratified. What a version does not
hold, the dissent behind the vote, comes from the rows, which nobody may change meanwhile.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from consensus.ratifying import PanelRule
from consensus.scale import PROFICIENCY_WORDS
from cycles.profiles.models import Profile, ProfileCapability, ProfileVersion
from cycles.profiles.versions import VersionContent, VersionMember
from cycles.profiles.votes import departs, vote_of
from cycles.profiles.wording import difference_words
from reports.document.assembling.agreement import PANEL_RULES
from reports.document.assembling.rows import Rows
from reports.document.assembling.subject import day_of
from reports.document.facts import DissentReason, Member, Ratification, RemovedMember

Members = tuple[tuple[Member, ...], tuple[RemovedMember, ...]]


def profile_members(
    row: Profile, rows: Rows, frozen: VersionContent | None, supported: Mapping[str, bool]
) -> Members:
    """Return what the profile holds and what the panel took out: as ratified, else as it stands."""
    held, gone = rows.held_by(row), rows.removed_from(row)
    standing = {str(each.statement_id): _member(row, each, supported) for each in held}
    if frozen is None:
        removed = (_removed(each) for each in gone)
        return tuple(standing.values()), tuple(removed)
    return (
        tuple(
            _as_ratified(each, standing.get(each.statement_id), supported)
            for each in frozen.members
        ),
        tuple(
            RemovedMember(each.code, each.text, each.reason, each.vote) for each in frozen.removed
        ),
    )


def ratification_facts(version: ProfileVersion, frozen: VersionContent) -> Ratification:
    """Return how the panel ratified the version."""
    return Ratification(
        number=version.number,
        on=day_of(version.ratified_at),
        approvals=frozen.approvals,
        answers=frozen.approvals + len(frozen.objections),
        objections=frozen.objections,
        quorum=frozen.quorum,
        rule=PANEL_RULES[PanelRule(frozen.rule)],
        digest=version.digest,
    )


def _member(profile: Profile, row: ProfileCapability, supported: Mapping[str, bool]) -> Member:
    vote = vote_of(row)
    area = row.statement.area
    return Member(
        code=row.statement.code,
        text=row.statement.text,
        area=_place(area.function, area.name) if area else "",
        level=PROFICIENCY_WORDS[row.level],
        voted=vote.sentence if vote else "no vote",
        marks=vote.marks if vote else (),
        is_changed=departs(row),
        is_added=row.is_added_by_panel,
        is_second=row.is_second_membership,
        reason=row.reason or (vote.decision if vote else ""),
        is_supported=supported.get(row.statement.code),
        minority=vote.minority if vote else "",
        minority_reasons=tuple(
            DissentReason(each.side, each.text) for each in (vote.reasons if vote else ())
        ),
        difference=difference_words(row, profile.status),
    )


def _removed(row: ProfileCapability) -> RemovedMember:
    vote = vote_of(row)
    said = vote.sentence if vote else "no vote"
    return RemovedMember(row.statement.code, row.statement.text, row.reason, said)


def _as_ratified(found: VersionMember, row: Member | None, supported: Mapping[str, bool]) -> Member:
    """Return the member as the version has it, with the dissent that its row holds."""
    facts: dict[str, Any] = {
        "code": found.code,
        "text": found.text,
        "area": _place(found.function, found.area) if found.function else "",
        "level": PROFICIENCY_WORDS[found.level],
        "voted": found.vote if found.voted_outcome else "no vote",
        "is_changed": found.voted_level is not None and found.voted_level != found.level,
        "is_added": found.is_added_by_panel,
        "is_supported": supported.get(found.code),
        "difference": found.difference,
    }
    if row is not None:
        return replace(row, **facts, reason=found.reason or row.reason)
    return Member(**facts, marks=(), is_second=False, reason=found.reason)


def _place(function: str, area: str) -> str:
    return f"{function}: {area}"
