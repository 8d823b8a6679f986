"""What the group agreed on in earlier rounds, beside one's own answer, and arguing it again.

Every count goes through the gate of ``disclosure``. What an argument leads to is decided in
``rooms.reopening``.
"""

import uuid
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from cycles.core.errors import Missing
from cycles.core.extensions import db
from cycles.setup.models import RoleLevel
from cycles.setup.queries import rule_card_of
from cycles.statements.models import CapabilityStatement
from workshop.ballot.booth import ballot_href
from workshop.ballot.earlier import OwnEarlier, own_before
from workshop.ballot.letters import WORDS
from workshop.ballot.models import Assignment
from workshop.ballot.queries import AskedItem, read_asked
from workshop.ballot.sheets import EVERYTHING
from workshop.ballot.spread import Spread, group_words, said_words, spread_of
from workshop.ballot.texts import ANONYMITY, SIDE_WORDS
from workshop.rooms.disclosure import shown
from workshop.rooms.latest import Latest
from workshop.rooms.models import Item, Round
from workshop.rooms.reopening import OwnRequest, agreed_before, may_reopen, own_requests
from workshop.rooms.scales import SCALES


@dataclass(frozen=True)
class SettledLine:
    """A question that is closed: what was agreed, what this person said, and their argument."""

    code: str
    wording: str
    role_level: str
    round_number: int
    verdict: str
    group: str
    spread: Spread | None
    mine: str
    argument: str
    href: str | None


@dataclass(frozen=True)
class SettledArea:
    """The closed questions of one functional area."""

    title: str
    anchor: str
    lines: tuple[SettledLine, ...]


@dataclass(frozen=True)
class SettledPage:
    """All that was agreed before a round, as far as this person was asked it."""

    number: int
    workshop: str
    count: int
    areas: tuple[SettledArea, ...]
    may_reopen: bool
    tasks_href: str
    anonymity: str


@dataclass(frozen=True)
class ReopenPage:
    """Arguing that one closed question be asked again."""

    line: SettledLine
    has_argued: bool
    settled_href: str
    anonymity: str


@dataclass(frozen=True)
class _Sources:
    """What the lines of a page are made from."""

    round: Round
    names: dict[uuid.UUID, AskedItem]
    mine: OwnEarlier
    requests: dict[uuid.UUID, OwnRequest]
    minimum_n: int
    is_arguable: bool


def settled_page(round_: Round, panellist_id: uuid.UUID | None) -> SettledPage:
    """Return what was agreed before this round, in the workshop's order."""
    found = _agreed(round_, panellist_id)
    sources = _sources(round_, panellist_id, found)
    lines = [(one.item.area or EVERYTHING, _line(sources, one)) for one in found]
    areas = tuple(
        SettledArea(title, f"area-{number}", tuple(line for _, line in same))
        for number, (title, same) in enumerate(groupby(lines, key=lambda one: one[0]), 1)
    )
    return SettledPage(
        number=round_.number,
        workshop=round_.workshop.title,
        count=len(lines),
        areas=areas,
        may_reopen=sources.is_arguable,
        tasks_href=ballot_href(round_, "tasks"),
        anonymity=ANONYMITY,
    )


def reopen_page(round_: Round, item_id: uuid.UUID, panellist_id: uuid.UUID | None) -> ReopenPage:
    """Return the page of one closed question. Raises ``Missing`` when it is not among them."""
    found = [one for one in _agreed(round_, panellist_id) if one.item.id == item_id]
    if not found:
        raise Missing("That question is not among those the group has agreed on.")
    sources = _sources(round_, panellist_id, found)
    return ReopenPage(
        line=_line(sources, found[0]),
        has_argued=item_id in sources.requests,
        settled_href=ballot_href(round_, "settled"),
        anonymity=ANONYMITY,
    )


def _agreed(round_: Round, panellist_id: uuid.UUID | None) -> list[Latest]:
    """Return what was agreed; where items are shared out, only what this person was asked."""
    found = agreed_before(round_)
    if round_.workshop.raters_per_item is None:
        return list(found)
    asked = set(
        db.session.scalars(
            select(Assignment.item_id).where(Assignment.panellist_id == panellist_id)
        )
    )
    return [one for one in found if one.item.id in asked]


def _sources(round_: Round, panellist_id: uuid.UUID | None, found: list[Latest]) -> _Sources:
    ids = {one.item.id for one in found}
    named = read_asked(
        select(Item, CapabilityStatement.code, RoleLevel.name).where(Item.id.in_(ids))
    )
    return _Sources(
        round=round_,
        names={one.item_id: one for one in named},
        mine=own_before(round_, ids, panellist_id) if panellist_id else {},
        requests=own_requests(round_.id, panellist_id),
        minimum_n=rule_card_of(round_.cycle_id).minimum_n,
        is_arguable=may_reopen(round_),
    )


def _line(sources: _Sources, one: Latest) -> SettledLine:
    round_, verdict, named = sources.round, one.verdict, sources.names[one.item.id]
    scale = round_.scale
    mine = sources.mine.get((verdict.round_id, one.item.id))
    gated = shown(verdict.counts, sources.minimum_n)
    asked = sources.requests.get(one.item.id)
    return SettledLine(
        code=named.code,
        wording=named.wording,
        role_level=named.role_level,
        round_number=one.round_number,
        verdict="Agreed" if verdict.level is None else SCALES[scale].words[verdict.level],
        group=f"{_group(gated.counts, gated.sentence, round_)}; {said_words(mine, scale)}",
        spread=spread_of(gated.counts, scale, mine) if gated.counts else None,
        mine=WORDS[scale][mine] if mine else "",
        argument=f"{SIDE_WORDS[asked.side]}: {asked.text}" if asked else "",
        href=ballot_href(round_, "reopen", item_id=one.item.id) if sources.is_arguable else None,
    )


def _group(counts: tuple[int, ...] | None, sentence: str, round_: Round) -> str:
    return group_words(counts, round_.scale) if counts else sentence
