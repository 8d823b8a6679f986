"""The contexts of the pages of near duplicates, within a cycle and against the library."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from cycles.classification.models import Area
from cycles.core.jobs.commands import under_way
from cycles.core.jobs.models import Job
from cycles.semantics.nearest import Method
from cycles.setup.queries import get_cycle
from cycles.statements import comparing, likeness, rules
from cycles.statements.adopting import wording_before
from cycles.statements.chances import chance_words, chances_of
from cycles.statements.likeness import LibraryPair
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.pages import Option, StatementLine, line_of, source_of
from cycles.statements.queries import adopted_statements, statements_of

CHOICES = (65, 70, 75, 80, 85, 90, 95)


@dataclass(frozen=True)
class PairLine:
    """Two statements, how alike they are in per cent, and the chance in words."""

    first: StatementLine
    second: StatementLine
    percent: int
    chance: str


@dataclass(frozen=True)
class RecordLine:
    """A library record as one side of a pair."""

    id: uuid.UUID
    text: str
    place: str
    source: str


@dataclass(frozen=True)
class LibraryPairLine:
    """A statement and a record, how alike they are, and whether the wording can be taken."""

    first: StatementLine
    record: RecordLine
    percent: int
    chance: str


@dataclass(frozen=True)
class AdoptedLine:
    """A statement that took a record's wording, and the author's own."""

    line: StatementLine
    before: str


@dataclass(frozen=True)
class AlikePage:
    """The pairs within the cycle, those settled, and how many statements wait for the worker."""

    cycle_id: uuid.UUID
    pairs: tuple[PairLine, ...]
    settled: tuple[PairLine, ...]
    merged: tuple[StatementLine, ...]
    waiting: int
    percents: tuple[Option, ...]
    from_percent: int
    is_by_words: bool
    may_change: bool
    closed_because: str


@dataclass(frozen=True)
class LibraryAlikePage:
    """The pairs of statements and library records, those settled, and when it was compared."""

    cycle_id: uuid.UUID
    pairs: tuple[LibraryPairLine, ...]
    ignored: tuple[LibraryPairLine, ...]
    adopted: tuple[AdoptedLine, ...]
    compared: str
    job_href: str
    percents: tuple[Option, ...]
    from_percent: int
    is_by_words: bool
    may_change: bool
    closed_because: str


def alike_page(cycle_id: uuid.UUID, from_percent: int | None) -> AlikePage:
    """Return the pairs within the cycle, at the likeness that was asked for."""
    found = comparing.alike(cycle_id, from_percent)
    floor = from_percent or comparing.FROM_PERCENT[found.method]
    why = rules.closed_because(get_cycle(cycle_id))
    return AlikePage(
        cycle_id=cycle_id,
        pairs=_pair_lines(found.pairs),
        settled=_pair_lines(found.settled),
        merged=tuple(line_of(each) for each in statements_of(cycle_id, StatementStatus.MERGED)),
        waiting=found.waiting,
        percents=_percents(floor),
        from_percent=floor,
        is_by_words=found.method == Method.WORDS,
        may_change=not why,
        closed_because=why,
    )


def library_alike_page(cycle_id: uuid.UUID, from_percent: int | None) -> LibraryAlikePage:
    """Return the pairs of the cycle's statements and library records."""
    last = likeness.last_compared(cycle_id)
    method = Method(last.finding["method"]) if last else Method.MEANING
    floor = from_percent or comparing.FROM_PERCENT[method]
    pairs = likeness.library_pairs(cycle_id, from_percent=floor)[: likeness.MOST_PAIRS]
    job = under_way(kind=likeness.KIND, cycle_id=cycle_id)
    why = rules.closed_because(get_cycle(cycle_id))
    return LibraryAlikePage(
        cycle_id=cycle_id,
        pairs=_library_lines(pairs),
        ignored=_library_lines(likeness.library_pairs(cycle_id, are_ignored=True)),
        adopted=_adopted(cycle_id),
        compared=_compared(last),
        job_href=url_for("jobs.progress", job_id=job.id) if job else "",
        percents=_percents(floor),
        from_percent=floor,
        is_by_words=method == Method.WORDS,
        may_change=not why,
        closed_because=why,
    )


def read_percent(given: str) -> int | None:
    """Return the likeness that an address asks for, or None when it asks for none we offer."""
    return int(given) if given in map(str, CHOICES) else None


def _pair_lines(pairs: Sequence[comparing.Pair]) -> tuple[PairLine, ...]:
    chances = chances_of([(pair.first.text, pair.second.text) for pair in pairs])
    return tuple(
        PairLine(
            line_of(pair.first), line_of(pair.second), round(100 * pair.score), chance_words(chance)
        )
        for pair, chance in zip(pairs, chances, strict=True)
    )


def _library_lines(pairs: Sequence[LibraryPair]) -> tuple[LibraryPairLine, ...]:
    chances = chances_of([(pair.statement.text, pair.record.text) for pair in pairs])
    return tuple(
        LibraryPairLine(
            first=line_of(pair.statement),
            record=RecordLine(
                pair.record.id, pair.record.text, _place(pair.record.area), source_of(pair.record)
            ),
            percent=round(100 * pair.score),
            chance=chance_words(chance),
        )
        for pair, chance in zip(pairs, chances, strict=True)
    )


def _adopted(cycle_id: uuid.UUID) -> tuple[AdoptedLine, ...]:
    found: list[tuple[CapabilityStatement, str | None]] = [
        (each, wording_before(each)) for each in adopted_statements(cycle_id)
    ]
    return tuple(AdoptedLine(line_of(each), before) for each, before in found if before)


def _compared(last: Job | None) -> str:
    if last is None:
        return ""
    found = last.finding
    return f"{found['statements']:,} statements with {found['library']:,} library records"


def _place(area: Area | None) -> str:
    return f"{area.function} › {area.domain} › {area.name}" if area else ""


def _percents(chosen: int) -> tuple[Option, ...]:
    return tuple(Option(str(one), f"{one} % or more", one == chosen) for one in CHOICES)
