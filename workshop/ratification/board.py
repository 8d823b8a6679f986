"""The board of the panel's work: which profiles wait for whom, and who is holding up. Reads only.

Names of the panel stand here for the panel and the conveners, and nowhere else.
"""

import hashlib
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import url_for
from sqlalchemy import select

from cycles.core.downloads import Cell
from cycles.core.extensions import db
from cycles.people.models import Participant
from cycles.profiles.kinds import ChangeKind
from cycles.profiles.models import Profile, ProfileChange, ProfileStatus
from cycles.profiles.versions import latest_versions
from cycles.profiles.wording import STATUS_TAGS, STATUS_WORDS
from cycles.setup.models import Cycle
from cycles.setup.queries import role_levels_of
from workshop.ratification import queries
from workshop.ratification.board_pages import (
    STATES,
    BoardCell,
    BoardFilters,
    BoardPage,
    BoardRow,
    Numbers,
    PersonLine,
)
from workshop.ratification.outcomes import outcome_of
from workshop.ratification.queries import Stand, Waiting
from workshop.ratification.queue import choices
from workshop.ratification.remarks import comment_counts
from workshop.ratification.wording import progress_words, rule_words

ANSWERS = (ChangeKind.APPROVED.value, ChangeKind.OBJECTED.value)
WORDS = {Stand.APPROVES: "Approves", Stand.OBJECTS: "Objects", Stand.WAITED_FOR: "Waited for"}
KINDS = {Stand.APPROVES: "approved", Stand.OBJECTS: "objects", Stand.WAITED_FOR: "waiting"}
ASIDE, OVER = "Asked again", "Did not answer"
HEADINGS = ("Code", "Profile", "Role level", "Status", "Answers", "Comments")


def board_page(cycle: Cycle, filters: BoardFilters) -> BoardPage:
    """Return the board as it stands now."""
    panel = queries.panel_members(cycle.id)
    levels = [(str(one.id), one.name) for one in role_levels_of(cycle.id)]
    people = [(str(one.id), one.account.name) for one in panel]
    return BoardPage(
        cycle_id=cycle.id,
        rule=rule_words(queries.quorum_of(cycle.id), queries.rule_of(cycle.id)),
        closed_because=queries.why_closed(cycle),
        filters=filters,
        roles=choices("Any role level", filters.role, levels),
        states=choices("Any state", filters.state, list(STATES.items())),
        members=choices("Anybody", filters.person, people),
        download_href=url_for("ratification.download", cycle_id=cycle.id, **filters.query()),
        numbers=numbers_of(cycle, filters),
    )


def numbers_of(cycle: Cycle, filters: BoardFilters) -> Numbers:
    """Return the live part of the board as it stands now."""
    panel, waiting = queries.panel_members(cycle.id), queries.waiting_for(cycle.id)
    rows = _rows(cycle, panel, [one for one in waiting if _is_chosen(one, filters)])
    counts = Counter(each for one in waiting for each in one.waits_for)
    proposed = sum(one.profile.status == ProfileStatus.PROPOSED for one in waiting)
    people = tuple(_person(cycle.id, one, counts[one.id], proposed) for one in panel)
    numbers = Numbers(
        href=url_for("ratification.board_live", cycle_id=cycle.id, **filters.query()),
        version="",
        tiles=_tiles(cycle.id, waiting),
        people=tuple(sorted(people, key=lambda one: -one.waiting)),
        rows=rows,
        total=len(waiting),
        holding_up=_holding_up(waiting, {one.id: one.account.name for one in panel}),
    )
    return replace(numbers, version=hashlib.sha256(repr(numbers).encode()).hexdigest()[:16])


def _is_chosen(one: Waiting, filters: BoardFilters) -> bool:
    is_open = one.profile.status == ProfileStatus.PROPOSED
    states = {
        "waiting": is_open and bool(one.waits_for),
        "objected": is_open and bool(one.answers.objections),
        "ratified": one.profile.status == ProfileStatus.RATIFIED,
    }
    return (
        filters.role in ("", str(one.profile.role_level_id))
        and states.get(filters.state, True)
        and (not filters.person or filters.person in map(str, one.waits_for))
    )


def _rows(
    cycle: Cycle, panel: Sequence[Participant], shown: Sequence[Waiting]
) -> tuple[BoardRow, ...]:
    comments, aside = comment_counts(cycle.id), _answered_before(cycle.id)
    quorum, versions = queries.quorum_of(cycle.id), latest_versions(cycle.id)
    rows = []
    for one in shown:
        profile = one.profile
        counts = (len(one.answers.approvals), len(one.answers.objections))
        is_open = profile.status == ProfileStatus.PROPOSED
        said = (
            progress_words(*counts, quorum)
            if is_open
            else outcome_of(profile, versions.get(profile.id), one.answers)
        )
        rows.append(_row(one, panel, said, comments[profile.id], aside.get(profile.id, set())))
    return tuple(rows)


def _row(
    one: Waiting,
    panel: Sequence[Participant],
    said: str,
    comments: int,
    before: set[uuid.UUID | None],
) -> BoardRow:
    profile = one.profile
    stands, reasons = dict(one.stands), {each.participant_id: each.reason for each in _given(one)}
    return BoardRow(
        code=profile.code,
        name=profile.name,
        href=url_for("ratification.show", cycle_id=profile.cycle_id, profile_id=profile.id),
        role_level=profile.role_level.name,
        status=STATUS_WORDS[profile.status],
        tag_kind=STATUS_TAGS[profile.status],
        answers=said,
        comments=comments,
        cells=tuple(
            _cell(
                each.account.name,
                stands[each.id],
                profile,
                reasons.get(each.id, ""),
                is_aside=each.account_id in before,
            )
            for each in panel
        ),
    )


def _given(one: Waiting) -> tuple[queries.AnswerRow, ...]:
    return (*one.answers.approvals, *one.answers.objections)


def _cell(person: str, stand: Stand, profile: Profile, reason: str, *, is_aside: bool) -> BoardCell:
    if stand != Stand.WAITED_FOR:
        return BoardCell(person, WORDS[stand], KINDS[stand], reason)
    if profile.status != ProfileStatus.PROPOSED:
        return BoardCell(person, OVER, "over", "")
    if is_aside:
        return BoardCell(person, ASIDE, "aside", "")
    return BoardCell(person, WORDS[stand], KINDS[stand], "")


def _answered_before(cycle_id: uuid.UUID) -> dict[uuid.UUID, set[uuid.UUID | None]]:
    """Return whose answers each profile ever had, set aside or not, by account."""
    found: dict[uuid.UUID, set[uuid.UUID | None]] = {}
    rows = db.session.execute(
        select(ProfileChange.profile_id, ProfileChange.account_id).where(
            ProfileChange.cycle_id == cycle_id, ProfileChange.kind.in_(ANSWERS)
        )
    )
    for profile_id, account_id in rows:
        found.setdefault(profile_id, set()).add(account_id)
    return found


def _person(cycle_id: uuid.UUID, one: Participant, waiting: int, total: int) -> PersonLine:
    href = url_for("ratification.board", cycle_id=cycle_id, person=one.id)
    words = f"{waiting} to answer" if waiting else "has answered all"
    return PersonLine(one.account.name, words, waiting, total - waiting, total, href)


def _tiles(cycle_id: uuid.UUID, waiting: Sequence[Waiting]) -> tuple[tuple[str, int, str], ...]:
    def tile(label: str, state: str) -> tuple[str, int, str]:
        count = sum(_is_chosen(one, BoardFilters(state=state)) for one in waiting)
        return label, count, url_for("ratification.board", cycle_id=cycle_id, state=state)

    everything = url_for("ratification.board", cycle_id=cycle_id)
    return (
        tile("Ratified", "ratified"),
        tile("Waiting for somebody", "waiting"),
        tile("With an objection", "objected"),
        ("Profiles", len(waiting), everything),
    )


def _holding_up(waiting: Sequence[Waiting], names: Mapping[uuid.UUID, str]) -> str:
    """Say whose answer alone is missing, and to how many profiles."""
    alone = Counter(one.waits_for[0] for one in waiting if len(one.waits_for) == 1)
    said = [
        f"{names[who]} on {count} {'profile' if count == 1 else 'profiles'}"
        for who, count in sorted(alone.items(), key=lambda each: (-each[1], names[each[0]]))
    ]
    return f"Only one answer is missing: {', '.join(said)}." if said else ""


def board_rows(numbers: Numbers) -> list[list[Cell]]:
    """Return the board as a table to take away, a line a profile."""
    return [
        [
            row.code,
            row.name,
            row.role_level,
            row.status,
            row.answers,
            row.comments,
            *(f"{one.words}: {one.reason}" if one.reason else one.words for one in row.cells),
        ]
        for row in numbers.rows
    ]
