"""The left of the board: who is here, how far they are, and in which breakout. Never what."""

from dataclasses import dataclass, replace

from workshop.board.words import per_cent
from workshop.rooms.attendance import Attendance, Attendant, Presence

TITLES = {Presence.HERE: "Here", Presence.IDLE: "Idle", Presence.AWAY: "Not here"}


@dataclass(frozen=True)
class PersonLine:
    """One person. ``progress`` is empty where nothing is asked of them."""

    name: str
    organisation: str
    breakout: str
    answered: int
    asked: int
    progress: str


@dataclass(frozen=True)
class PresenceGroup:
    """The people who are here, idle or away. ``is_open``: unfolded at first."""

    key: str
    title: str
    people: tuple[PersonLine, ...]
    is_open: bool


@dataclass(frozen=True)
class PeopleColumn:
    """Who is in the room, by presence. ``sentence`` takes the list's place where there is none."""

    groups: tuple[PresenceGroup, ...]
    summary: tuple[str, ...]
    sentence: str
    finished_percent: int
    answered_percent: int


def people_column(found: Attendance, *, breakout: str, is_over: bool) -> PeopleColumn:
    """Return the people of one breakout, or everybody."""
    people = tuple(one for one in found.people if breakout in ("", one.breakout))
    part = replace(found, people=people)
    return PeopleColumn(
        groups=() if is_over and not people else _groups(people),
        summary=_summary(part),
        sentence=_sentence(found),
        finished_percent=per_cent(part.finished, len(people)),
        answered_percent=per_cent(part.answers, part.expected),
    )


def _sentence(found: Attendance) -> str:
    if not found.is_known:
        return (
            "The key that linked people to their answers is destroyed, so nobody can tell any "
            "more who answered."
        )
    return "" if found.people else "Nobody who works in this workshop has joined the cycle yet."


def _summary(part: Attendance) -> tuple[str, ...]:
    """Say how many are here and, where anything is asked, how far everybody is."""
    if not part.is_known or not part.people:
        return ()
    said = [f"{part.here} of {len(part.people)} here"]
    if part.expected:
        said += [
            f"{part.started} started, {part.finished} finished",
            f"{per_cent(part.answers, part.expected)} % of the answers are in",
        ]
    return tuple(said)


def _groups(people: tuple[Attendant, ...]) -> tuple[PresenceGroup, ...]:
    found = []
    for presence, title in TITLES.items():
        lines = tuple(_line(one) for one in people if one.presence == presence)
        if lines:
            is_open = presence != Presence.AWAY
            found.append(PresenceGroup(presence.value, title, lines, is_open))
    return tuple(found)


def _line(one: Attendant) -> PersonLine:
    return PersonLine(
        name=one.name,
        organisation=one.organisation,
        breakout=one.breakout,
        answered=one.answered,
        asked=one.asked,
        progress=_progress(one),
    )


def _progress(one: Attendant) -> str:
    if one.has_finished:
        return "Finished"
    if one.asked:
        return f"{one.answered} of {one.asked}"
    return f"{one.answered} submitted" if one.answered else ""
