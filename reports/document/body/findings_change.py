"""Section 3.2: the functions, domains and partners in which the future capabilities lie."""

from collections.abc import Iterable, Iterator

from reports.document.body.blocks import (
    Block,
    Cell,
    Column,
    FigureHere,
    Heading,
    Missing,
    Note,
    Paragraph,
    Table,
    Terms,
)
from reports.document.body.cells import columns, count, percent, table, text
from reports.document.facts import Capabilities, Document, DomainLine, FunctionLine, PartnerLine
from reports.document.facts.capabilities import Presence
from reports.document.wording import counted, percent_words, sentence_list, tops
from reports.narrative.prose import literal

PRESENCE = (
    ("Strong today", 12, "n"),
    ("Some", 10, "n"),
    ("None", 10, "n"),
    ("Not captured", 12, "n"),
    ("Have it, of captured", 15, "n"),
)


def organisational_change(document: Document) -> Iterator[Block]:
    """Yield section 3.2."""
    found = document.capabilities
    if not found.classified:
        yield Missing(
            "No kept capability has a place in the classification yet, so nothing can be said of "
            "functions."
        )
        return
    yield Paragraph(_extent(found))
    yield from _functions(found)
    yield Heading("Who needs the capabilities")
    yield from _partners(found)
    yield Heading("The domains they lie in")
    yield _domains(found.domains)


def _extent(found: Capabilities) -> str:
    waiting = (
        " The other kept capabilities have no place yet and are not counted here."
        if found.kept > found.classified
        else ""
    )
    return (
        f"The {counted(found.classified, 'classified capability', 'classified capabilities')} lie "
        f"in {counted(found.domain_count, 'domain')} and "
        f"{counted(found.area_count, 'functional area')}. Each has one place in the "
        f"classification, so the functions add up to the whole.{waiting}"
    )


def _functions(found: Capabilities) -> Iterator[Block]:
    today = found.current
    yield Paragraph(_where_they_lie(found))
    defined = tuple((line.name, line.definition) for line in found.functions if line.definition)
    if defined:
        yield Terms(defined)
    yield _captured(found) if today.is_captured else _beside_duties(found)
    yield Note(f"Current state, {literal(today.basis)}. {literal(today.sentence)}")
    if today.standards:
        yield Note(f"Standards named as in use: {'; '.join(map(literal, today.standards))}.")
    if today.is_captured and found.partners:
        yield table(
            "captured-by-partner",
            "Captured today by partner: cells of a classified capability and the partner",
            columns(
                ("Partner", 32),
                ("Strong", 12, "n"),
                ("Some", 12, "n"),
                ("None", 12, "n"),
                ("Not captured", 14, "n"),
                ("Have it, of captured", 18, "n"),
            ),
            ((text(line.name), *_presence(line.present)) for line in found.partners),
        )


def _where_they_lie(found: Capabilities) -> str:
    most = max(found.functions, key=lambda line: line.future_count)
    largest = tops([(line.future_count, literal(line.name)) for line in found.functions])
    holds, each = ("holds", "") if len(largest) == 1 else ("hold", ", each")
    opening = (
        f"{sentence_list(largest)} {holds} the most: {most.future_count:,} of "
        f"{found.classified:,} ({percent_words(most.future_percent)}){each}."
    )
    if found.current.is_captured:
        return f"{opening} {_held_most_and_least(found.functions)}".strip()
    return f"{opening} {_larger_and_smaller(found.functions)}".strip()


def _held_most_and_least(functions: Iterable[FunctionLine]) -> str:
    """Say where organisations stand closest to the future, and where furthest from it."""
    shares = [
        (line.present.held_percent, literal(line.name))
        for line in functions
        if line.present is not None and line.present.held_percent is not None
    ]
    values = sorted(value for value, _ in shares)
    if not values or values[0] == values[-1]:
        return ""
    most = sentence_list(tops(shares))
    least = sentence_list([name for value, name in shares if value == values[0]])
    return (
        "Of the capabilities whose present state was captured, organisations are closest to the "
        f"future in {most}, where {percent_words(values[-1])} are there today to some or "
        f"strong extent, and furthest from it in {least} ({percent_words(values[0])})."
    )


def _larger_and_smaller(functions: Iterable[FunctionLine]) -> str:
    """Say which functions weigh more in the future than among today's duties, and which less."""
    known = [line for line in functions if line.current_percent is not None]
    larger = [literal(f.name) for f in known if f.future_percent > (f.current_percent or 0.0)]
    smaller = [literal(f.name) for f in known if f.future_percent < (f.current_percent or 0.0)]
    said = [
        f"{sentence_list(names)} {'has' if len(names) == 1 else 'have'} a {size} share of the "
        "future capabilities than of today's duties"
        for size, names in (("larger", larger), ("smaller", smaller))
        if names
    ]
    if not said:
        return ""
    return f"{'; '.join(said)}. These are shares: a function can grow and still lose weight."


def _captured(found: Capabilities) -> Table:
    return table(
        "functions",
        "Capabilities by function in the future, and captured today",
        columns(
            ("Function", 20), ("Future", 10, "n"), ("Share", 11, "n"), *PRESENCE,
        ),
        ((*_future(line), *_presence(line.present)) for line in found.functions),
    )  # fmt: skip


def _beside_duties(found: Capabilities) -> Table:
    when = "today by proxy and in the future" if found.current.is_known else "in the future"
    return table(
        "functions",
        f"Capabilities by function, {when}",
        columns(
            ("Function", 32), ("Future", 16, "n"), ("Share", 18, "n"),
            ("Today, duties", 16, "n"), ("Share", 18, "n"),
        ),
        (
            (*_future(line), count(line.current_count), percent(line.current_percent))
            for line in found.functions
        ),
    )  # fmt: skip


def _future(line: FunctionLine) -> tuple[Cell, ...]:
    return (
        text(line.name),
        count(line.future_count),
        percent(line.future_percent),
    )


def _presence(found: Presence | None) -> tuple[Cell, ...]:
    if found is None:
        return (*(count(None) for _ in range(4)), percent(None))
    return (
        count(found.strong),
        count(found.some),
        count(found.none),
        count(found.missing),
        percent(found.held_percent),
    )


def _partners(found: Capabilities) -> Iterator[Block]:
    if not found.partners:
        yield Missing("No supply-chain partner has been recorded.")
        return
    yield Paragraph(_blank_cells(found))
    yield FigureHere("partners")
    yield table(
        "partners",
        "Capabilities by partner and function",
        columns(
            ("Partner", 30),
            *((line.name, 60 // len(found.functions), "n") for line in found.functions),
            ("All", 10, "n"),
        ),
        map(_partner, found.partners),
    )


def _partner(line: PartnerLine) -> tuple[Cell, ...]:
    return (text(line.name), *map(count, line.counts), count(line.total))


def _blank_cells(found: Capabilities) -> str:
    """Say where no capability was captured: an omission, or a function a partner has not."""
    names = [line.name for line in found.functions]
    blank = [
        f"{literal(partner.name)} in {literal(name)}"
        for partner in found.partners
        for name, held in zip(names, partner.counts, strict=False)
        if not held
    ]
    opening = "A capability that several partners need counts once for each of them."
    if not blank:
        return f"{opening} Every partner has capabilities in every function."
    return (
        f"{opening} None was captured for {'; '.join(blank)}. Where that surprises, it should be "
        "read as an omission until somebody has looked."
    )


def _domains(domains: Iterable[DomainLine]) -> Table:
    heads: tuple[Column, ...] = columns(("Function", 22), ("Domain", 60), ("Capabilities", 18, "n"))
    return table(
        "domains",
        "Capabilities by domain",
        heads,
        ((text(line.function), text(line.domain), count(line.count)) for line in domains),
        heading=1,
    )
