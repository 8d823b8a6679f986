"""Today beside the future, function by function, as pairs of bars. Geometry and words only."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.document.wording import percent_words
from reports.explorer.look import Look
from reports.explorer.pages.capability_places import PlaceRow, domain_rows, function_rows
from reports.explorer.pages.capability_rows import function_kinds, list_href


@dataclass(frozen=True)
class Pair:
    """Today beside the future of one place as two bars. ``most`` is what fills a bar."""

    label: str
    kind: str
    href: str
    today: float
    future: float
    most: float
    today_text: str
    future_text: str


@dataclass(frozen=True)
class TodayAndFuture:
    """The bars of all functions with what they show in words.

    ``pairs`` have no bar of today where ``is_known`` is False; ``today_name`` says what it counts.
    """

    title: str
    summary: str
    basis: str
    today_name: str
    future_name: str
    is_known: bool
    is_proxy: bool
    pairs: tuple[Pair, ...]
    domains: tuple["DomainBars", ...]


@dataclass(frozen=True)
class DomainBars:
    """The bars of one function's domains. Those of today are known where it was captured."""

    function: str
    is_known: bool
    pairs: tuple[Pair, ...]


def today_and_future(look: Look) -> TodayAndFuture | None:
    """Return the bars of all functions, or None where no capability is classified."""
    found = look.results.document.capabilities
    if not found.classified:
        return None
    current = found.current
    title, summary = _words(look)
    return TodayAndFuture(
        title=title,
        summary=summary,
        basis=current.sentence,
        today_name="There today, as captured"
        if current.is_captured
        else "Today, by proxy: share of duties",
        future_name="Needed in future"
        if current.is_captured
        else "Needed in future: share of capabilities",
        is_known=current.is_known,
        is_proxy=current.basis == "proxy",
        pairs=_pairs(look, function_rows(look)),
        domains=_domains(look),
    )


def _words(look: Look) -> tuple[str, str]:
    found = look.results.document.capabilities
    most = max(found.functions, key=lambda line: line.future_count)
    largest = (
        f"{most.future_count:,} of {found.classified:,} classified capabilities "
        f"({percent_words(most.future_percent)}) belong to {most.name}."
    )
    of_all = found.current.capabilities
    if not found.current.is_captured or of_all is None:
        return f"{most.name} holds the largest share of the future capabilities", largest
    held = f"{of_all.held:,} of {of_all.captured:,}"
    title = f"{held} capabilities captured are there today to some or strong extent"
    return title, f"{largest} A bar of the future counts capabilities, a bar of today those held."


def _domains(look: Look) -> tuple[DomainBars, ...]:
    is_captured = look.results.document.capabilities.current.is_captured
    rows = domain_rows(look)
    pairs = _pairs(look, rows)
    return tuple(
        DomainBars(
            function=name,
            is_known=is_captured,
            pairs=tuple(
                pair for row, pair in zip(rows, pairs, strict=True) if row.function == name
            ),
        )
        for name in dict.fromkeys(row.function for row in rows)
    )


def _pairs(look: Look, rows: Sequence[PlaceRow]) -> tuple[Pair, ...]:
    kinds = function_kinds(look)
    is_captured = look.results.document.capabilities.current.is_captured
    lengths = [_lengths(row, is_captured=is_captured) for row in rows]
    most = max((each for pair in lengths for each in pair), default=0) or 1
    return tuple(
        Pair(
            label=row.domain or row.function,
            kind=kinds.get(row.function, ""),
            href=list_href(look, function=row.function, domain=row.domain or None),
            today=today,
            future=future,
            most=most,
            today_text=_today_words(row, is_captured=is_captured),
            future_text=f"{row.future:,} ({percent_words(row.future_percent)})",
        )
        for row, (today, future) in zip(rows, lengths, strict=True)
    )


def _lengths(row: PlaceRow, *, is_captured: bool) -> tuple[float, float]:
    """Return the lengths of the two bars: counts where both count capabilities, else shares."""
    if is_captured:
        return row.today or 0, row.future
    return row.today_percent or 0.0, row.future_percent


def _today_words(row: PlaceRow, *, is_captured: bool) -> str:
    if row.today is None:
        return ""
    if is_captured:
        return f"{row.today:,} of {row.captured:,} captured"
    return f"{row.today:,} ({percent_words(row.today_percent or 0.0)})"
