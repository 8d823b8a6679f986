"""What the board is given: its numbers, which refresh themselves, and what stands around them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cycles.setup.queries import rule_card_of
from workshop.ballot.live import live_version
from workshop.board.addresses import address_in
from workshop.board.asking_coverage import AssignedView, assigned_view
from workshop.board.capture import CaptureView, capture_view
from workshop.board.door import count_waiting, waiting_at
from workshop.board.heat import SORTS, HeatMap, heat_map
from workshop.board.parts import counts_of_part, why_no_parts
from workshop.board.people_column import PeopleColumn, people_column
from workshop.board.standings import Standing, areas_of, count_standing, standings_of
from workshop.board.steps_column import StepsColumn, steps_column
from workshop.board.topics import Topic, topics
from workshop.joining.queries import joiners_of
from workshop.joining.room_pages import ArrivalsPage
from workshop.rooms.attendance import Attendance, attendance, gathering
from workshop.rooms.contexts import STATE_KINDS
from workshop.rooms.models import RoomState, Round, Workshop, WorkshopKind
from workshop.rooms.next_actions import href_of
from workshop.rooms.queries import last_round
from workshop.rooms.scales import KIND_SCALES, has_rounds
from workshop.rooms.words import KIND_WORDS

HEAT, TOPICS, ASKED = "heat", "next", "asked"
CAPTURE = WorkshopKind.CAPTURE


@dataclass(frozen=True)
class Chosen:
    """What the facilitator looks at: the view, its order, one area or all, one breakout or all."""

    view: str
    sort: str
    area: str
    breakout: str

    def query(self, **changes: str) -> dict[str, str]:
        """Return the words of the address that ask for this, with some of them changed."""
        words = {"view": self.view, "sort": self.sort, "area": self.area, "breakout": self.breakout}
        return {name: value for name, value in {**words, **changes}.items() if value}


@dataclass(frozen=True)
class Sight:
    """What the board looks at first, and what tells whether anything on it has changed.

    ``batches`` moves with the live numbers of the round, ``standing`` with statements that are
    dropped or put back.
    """

    round: Round | None
    found: Attendance
    waiting: int
    batches: int
    standing: int
    capture: CaptureView | None


@dataclass(frozen=True)
class Numbers:
    """The fragment that refreshes itself: people, and the view that was asked for."""

    href: str
    version: str
    people: PeopleColumn
    waiting: int
    round_words: str
    heat: HeatMap | None
    topics: tuple[Topic, ...] | None
    assigned: AssignedView | None
    capture: CaptureView | None
    withheld: str
    empty: str
    is_over: bool


@dataclass(frozen=True)
class Option:
    """One thing to choose."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Tab:
    """One view of the middle."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class BoardPage:
    """The whole board."""

    title: str
    kind: str
    state: str
    state_kind: str
    back_href: str
    links: tuple[tuple[str, str], ...]
    tabs: tuple[Tab, ...]
    view: str
    sorts: tuple[Option, ...]
    areas: tuple[Option, ...]
    breakouts: tuple[Option, ...]
    breakouts_href: str
    numbers: Numbers
    steps: StepsColumn
    arrivals: ArrivalsPage | None
    form_href: str


def choose(asked: Mapping[str, str]) -> Chosen:
    """Read what the address asks for; what it misspells is as if it were not there."""
    view, sort = asked.get("view", HEAT), asked.get("sort", "disagreement")
    return Chosen(
        view=view if view in (HEAT, TOPICS, ASKED) else HEAT,
        sort=sort if sort in SORTS else "disagreement",
        area=asked.get("area", "")[:120],
        breakout=asked.get("breakout", "")[:1],
    )


def numbers_of(
    workshop: Workshop, chosen: Chosen, moment: datetime, seen: str = ""
) -> Numbers | None:
    """Return the live part of the board as it stands, or None when it is what was ``seen``."""
    sight = _sight(workshop, moment)
    if seen and seen == _version(workshop, sight, chosen):
        return None
    return _numbers(workshop, sight, chosen)


def _sight(workshop: Workshop, moment: datetime) -> Sight:
    round_ = last_round(workshop.id)
    return Sight(
        round=round_,
        found=attendance(round_, moment) if round_ else gathering(workshop, moment),
        waiting=count_waiting(workshop),
        batches=live_version(round_.id) if round_ else 0,
        standing=count_standing(workshop.cycle_id),
        capture=capture_view(workshop.cycle_id) if workshop.kind == CAPTURE else None,
    )


def _version(workshop: Workshop, sight: Sight, chosen: Chosen) -> str:
    """Return a mark that changes whenever the fragment would: asked every two seconds, so cheap."""
    round_ = (sight.round.id, sight.round.state) if sight.round else None
    seen = (workshop.state, chosen, round_, replace(sight, round=None))
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def _numbers(workshop: Workshop, sight: Sight, chosen: Chosen) -> Numbers:
    is_over = workshop.state == RoomState.CLOSED
    numbers = Numbers(
        href=address_in(workshop, "board.live", **chosen.query()),
        version=_version(workshop, sight, chosen),
        people=people_column(sight.found, breakout=chosen.breakout, is_over=is_over),
        waiting=sight.waiting,
        round_words=_round_words(sight.round),
        heat=None,
        topics=None,
        assigned=None,
        capture=sight.capture,
        withheld="",
        empty=_empty(workshop, sight.round),
        is_over=is_over,
    )
    if sight.round is None:
        return numbers
    return _with_view(numbers, workshop, sight.round, chosen, sight.found)


def _with_view(
    numbers: Numbers, workshop: Workshop, round_: Round, chosen: Chosen, found: Attendance
) -> Numbers:
    if chosen.view == ASKED:
        return replace(numbers, assigned=assigned_view(workshop, round_))
    why = why_no_parts(round_) if chosen.breakout else ""
    if why:
        return replace(numbers, withheld=why)
    part = counts_of_part(round_, chosen.breakout) if chosen.breakout else None
    standings = _in_area(standings_of(workshop, round_, part), chosen.area)
    if chosen.view == TOPICS:
        expected = _expected(workshop, numbers.people, found, chosen.breakout)
        listed = topics(standings, expected, KIND_SCALES[workshop.kind])
        return replace(numbers, topics=listed)
    minimum_n = rule_card_of(workshop.cycle_id).minimum_n
    heat = heat_map(workshop, standings, sort=chosen.sort, minimum_n=minimum_n)
    return replace(numbers, heat=heat)


def _expected(workshop: Workshop, people: PeopleColumn, found: Attendance, breakout: str) -> int:
    """Return how many raters are full coverage of an item."""
    if workshop.raters_per_item is not None and not breakout:
        return workshop.raters_per_item
    return sum(len(group.people) for group in people.groups) or len(found.people)


def _in_area(standings: Sequence[Standing], area: str) -> tuple[Standing, ...]:
    return tuple(one for one in standings if area in ("", one.asked.area))


def _round_words(round_: Round | None) -> str:
    if round_ is None:
        return ""
    if round_.state == RoomState.CLOSED:
        return f"Round {round_.number} is closed. These are its frozen verdicts."
    live = (
        "Numbers move when at least three people’s answers have, and three answers to each item "
        "are held back until the close."
    )
    return f"Round {round_.number} is {round_.state}. {live}"


def _empty(workshop: Workshop, round_: Round | None) -> str:
    if round_ is not None or workshop.kind == CAPTURE:
        return ""
    if has_rounds(workshop.kind):
        return (
            "No round has opened yet. Open a rating step on this board, and the items appear here "
            "as people answer."
        )
    return "This kind of workshop has no ratings to show. Its people and its steps are here."


def board_page(workshop: Workshop, chosen: Chosen, moment: datetime) -> BoardPage:
    """Return the whole board."""
    sight = _sight(workshop, moment)
    round_, found = sight.round, sight.found
    return BoardPage(
        title=workshop.title,
        kind=KIND_WORDS[workshop.kind],
        state=workshop.state.capitalize(),
        state_kind=STATE_KINDS[workshop.state],
        back_href=href_of(workshop),
        links=_links(workshop, round_),
        tabs=_tabs(workshop, round_, chosen),
        view=chosen.view,
        sorts=_options({name: label for name, (label, _) in SORTS.items()}, chosen.sort),
        areas=_options(_areas(workshop, round_), chosen.area),
        breakouts=_options(_breakouts(found), chosen.breakout),
        breakouts_href=_breakouts_href(workshop),
        numbers=_numbers(workshop, sight, chosen),
        steps=steps_column(workshop, round_, moment),
        arrivals=waiting_at(workshop),
        form_href=address_in(workshop, "board.show"),
    )


def _links(workshop: Workshop, round_: Round | None) -> tuple[tuple[str, str], ...]:
    links = [("Projector", address_in(workshop, "board.projector"))]
    if joiners_of(workshop.kind):
        links.append(("Room", address_in(workshop, "joining.room")))
    if round_ is not None and (round_.number > 1 or round_.state == RoomState.CLOSED):
        links.append(("Verdicts", href_of(workshop, "results")))
    return tuple(links)


def _tabs(workshop: Workshop, round_: Round | None, chosen: Chosen) -> tuple[Tab, ...]:
    if round_ is None:
        return ()
    views = [(HEAT, "Disagreement"), (TOPICS, "Discuss next")]
    if workshop.raters_per_item is not None:
        views.append((ASKED, "Coverage"))
    hrefs = [address_in(workshop, "board.show", **chosen.query(view=view)) for view, _ in views]
    return tuple(
        Tab(label, href, view == chosen.view)
        for (view, label), href in zip(views, hrefs, strict=True)
    )


def _areas(workshop: Workshop, round_: Round | None) -> dict[str, str]:
    if round_ is None:
        return {}
    names = areas_of(workshop.id)
    return {"": "All areas", **{name: name for name in names}} if len(names) > 1 else {}


def _breakouts(found: Attendance) -> dict[str, str]:
    names = found.breakouts
    return {"": "Everybody", **{name: f"Breakout {name}" for name in names}} if names else {}


def _breakouts_href(workshop: Workshop) -> str:
    return address_in(workshop, "board.breakouts") if has_rounds(workshop.kind) else ""


def _options(labels: Mapping[str, str], chosen: str) -> tuple[Option, ...]:
    return tuple(Option(value, label, value == chosen) for value, label in labels.items())
