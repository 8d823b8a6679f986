"""What others did to a profile since a reader opened it: told beside the page, never over a form.

The trail's number tells what the reader has seen; what the reader did themselves is no news.
"""

import uuid
from collections.abc import Sequence

from cycles.core.clock import LONDON
from cycles.profiles.kinds import SHAPING, ChangeKind
from cycles.profiles.models import Profile, ProfileStatus
from cycles.profiles.trail import Told, changes_since
from workshop.ratification.pages import Ids, News, NewsLine

ACTS = {
    ChangeKind.RENAMED: "renamed the profile",
    ChangeKind.APPROVED: "approved",
    ChangeKind.OBJECTED: "objected",
    ChangeKind.TAKEN_BACK: "took an approval back",
    ChangeKind.OBJECTION_TAKEN_BACK: "took an objection back",
    ChangeKind.COMMENTED: "commented",
    ChangeKind.UNDONE: "undid a change",
    ChangeKind.SPLIT: "split the profile",
    ChangeKind.TOOK_IN: "merged another profile into it",
    ChangeKind.MERGED: "merged it into another profile",
    ChangeKind.WITHDRAWN: "withdrew the profile",
    ChangeKind.PUT_BACK: "put the profile back",
    ChangeKind.REOPENED: "reopened the profile",
}
"""What is said of a line of the trail that is not a change of one capability."""
UNTOLD = frozenset({ChangeKind.SET_ASIDE, ChangeKind.RATIFIED, ChangeKind.COMMENT_TAKEN_AWAY})
"""What follows from a line that is told, or is nobody's news."""


def by_others(profile_id: uuid.UUID, since: int, account_id: uuid.UUID) -> list[Told]:
    """Return what others did to the profile after the line numbered ``since``, newest first."""
    done = changes_since(profile_id, since)
    return [one for one in reversed(done) if one.account_id != account_id]


def when(told: Told) -> str:
    """Return the day and the time of a line, as the page says it."""
    return told.moment.astimezone(LONDON).strftime("%-d %B, %H:%M")


def told_words(told: Told) -> str:
    """Return what was done, with its reason where one was given."""
    return f"{told.sentence}. Reason: {told.reason}" if told.reason else told.sentence


def is_behind(told: Sequence[Told]) -> bool:
    """Say whether any of it makes the profile another than the reader saw."""
    return any(one.kind in SHAPING for one in told)


def news_of(profile: Profile, ids: Ids, told: Sequence[Told]) -> News:
    """Return the news for a reader who has seen the profile as ``ids`` say."""
    lines = [one for one in told if one.kind not in UNTOLD]
    return News(
        ids=ids,
        seen=str(told[0].number) if told else ids.since,
        sentence=f"Since you opened this: {_sentence(lines)}." if lines else "",
        lines=tuple(NewsLine(one.who, when(one), told_words(one)) for one in lines),
        is_over=profile.status == ProfileStatus.WITHDRAWN,
    )


def _sentence(lines: Sequence[Told]) -> str:
    """Return who did what, each person once: ``Ema changed 2 capabilities and approved``."""
    people: dict[str, list[Told]] = {}
    for one in reversed(lines):
        people.setdefault(one.who, []).append(one)
    return "; ".join(f"{who} {_acts(done)}" for who, done in people.items())


def _acts(done: Sequence[Told]) -> str:
    acts = [ACTS[one.kind] for one in done if one.kind in ACTS]
    changed = {
        one.statement_id for one in done if one.statement_id is not None and one.kind not in ACTS
    }
    if changed:
        many = "1 capability" if len(changed) == 1 else f"{len(changed)} capabilities"
        acts.insert(0, f"changed {many}")
    told = list(dict.fromkeys(acts))
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"
