"""The capabilities by function, domain and partner, beside today's state where it is known."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from sqlalchemy import select

from cycles.classification.models import Area
from cycles.classification.queries import areas
from cycles.core.extensions import db
from cycles.library.models import LibraryKind, LibraryStatement
from cycles.semantics.vectors import cached
from cycles.standards.models import Duty, OccupationalStandard
from cycles.standards.wording import level_words
from cycles.statements.models import CapabilityStatement, StatementStatus
from reports.document.assembling.present import (
    Present,
    captured_sentence,
    present_facts,
    too_few_sentence,
)
from reports.document.assembling.rows import Rows
from reports.document.assembling.subject import share
from reports.document.facts import (
    Capabilities,
    Capability,
    CurrentState,
    DomainLine,
    FunctionLine,
    PartnerLine,
)

PROXY = (
    "The current state is a proxy: the duties of the standards named as in use, each counted under "
    "the function of the classified statement nearest to it in meaning. Duties and capabilities "
    "are not the same thing, so read the shares, not the differences between counts."
)
NONE_NAMED = (
    "Nothing was captured of what organisations can do today, and no standard was named as in use, "
    "so there is no current state to compare with."
)
NO_DUTIES = "The standards named as in use have no duties, so there is no current state to compare."
NOT_PREPARED = (
    "The duties of the standards in use were not prepared for comparison when this snapshot was "
    "taken, so there is no current state to compare with."
)

Pair = tuple[str, str]


def capability_facts(rows: Rows) -> Capabilities:
    """Return every kept capability and their counts, each count made once."""
    everything, kept = rows.statements, rows.kept
    status = Counter(each.status for each in everything)
    classified = [each for each in kept if each.area is not None]
    present = present_facts(rows, classified)
    current, today = _current(rows, classified, present)
    told = present if current.is_captured else None
    functions = _functions(classified, today, told)
    return Capabilities(
        kept=len(kept),
        submitted=len(everything),
        waiting=status[StatementStatus.SUBMITTED],
        merged=status[StatementStatus.MERGED],
        rejected=status[StatementStatus.REJECTED],
        classified=len(classified),
        without_partner=sum(not each.partners for each in kept),
        domain_count=len({(line.function, line.domain) for line in map(_line, classified)}),
        area_count=len({each.area_id for each in classified}),
        functions=functions,
        domains=_domains(classified, [line.name for line in functions]),
        partners=_partners(rows, classified, [line.name for line in functions], told),
        current=current,
        lines=tuple(_line(each) for each in kept),
    )


def _line(row: CapabilityStatement) -> Capability:
    area = row.area
    return Capability(
        code=row.code,
        text=row.text,
        function=area.function if area else "",
        domain=area.domain if area else "",
        area=area.name if area else "",
        partners=tuple(each.name for each in row.partners),
    )


def _functions(
    classified: Sequence[CapabilityStatement],
    today: Counter[str] | None,
    present: Present | None,
) -> tuple[FunctionLine, ...]:
    future = Counter(_line(each).function for each in classified)
    definitions = {each.function: each.function_definition for each in areas()}
    named = {**definitions, **{name: definitions.get(name, "") for name in sorted(future)}}
    duties = today.total() if today is not None else 0
    return tuple(
        FunctionLine(
            name=name,
            definition=definition,
            future_count=future[name],
            future_percent=share(future[name], len(classified)),
            current_count=None if today is None else today[name],
            current_percent=None if today is None else share(today[name], duties),
            present=present.by_function.get(name) if present else None,
        )
        for name, definition in named.items()
    )


def _domains(
    classified: Sequence[CapabilityStatement], functions: list[str]
) -> tuple[DomainLine, ...]:
    counts = Counter((_line(each).function, _line(each).domain) for each in classified)
    return tuple(
        DomainLine(function, domain, count)
        for (function, domain), count in sorted(
            counts.items(), key=lambda each: (functions.index(each[0][0]), -each[1], each[0][1])
        )
    )


def _partners(
    rows: Rows,
    classified: Sequence[CapabilityStatement],
    functions: list[str],
    present: Present | None,
) -> tuple[PartnerLine, ...]:
    counts = Counter(
        (partner.id, _line(each).function) for each in classified for partner in each.partners
    )
    return tuple(
        PartnerLine(
            name=partner.name,
            counts=tuple(counts[partner.id, function] for function in functions),
            total=sum(counts[partner.id, function] for function in functions),
            present=present.by_partner.get(partner.id) if present else None,
        )
        for partner in rows.partners
    )


def _current(
    rows: Rows, classified: Sequence[CapabilityStatement], present: Present | None
) -> tuple[CurrentState, Counter[str] | None]:
    """Return the current state as captured where that is enough, else by proxy, else what is."""
    by_proxy, today = _by_proxy(rows, classified)
    if present is None:
        return by_proxy, today
    told = replace(by_proxy, cells=present.cells, capabilities=present.capabilities)
    if present.is_enough or not by_proxy.is_known:
        sentence = captured_sentence(present)
        return replace(told, basis="captured", sentence=sentence, duty_count=0), None
    return replace(told, sentence=f"{by_proxy.sentence} {too_few_sentence(present)}"), today


def _by_proxy(
    rows: Rows, classified: Sequence[CapabilityStatement]
) -> tuple[CurrentState, Counter[str] | None]:
    standards = rows.in_use
    named = tuple(
        f"{each.title} ({each.reference}, {level_words(each.level)})" for each in standards
    )
    if not standards:
        return CurrentState("not recorded", NONE_NAMED, named, 0), None
    duties = _duties(standards)
    if not duties:
        return CurrentState("not recorded", NO_DUTIES, named, 0), None
    today = _by_nearest(duties, _classified_texts(classified))
    if today is None:
        return CurrentState("not recorded", NOT_PREPARED, named, len(duties)), None
    return CurrentState("proxy", PROXY, named, len(duties)), today


def _duties(standards: Sequence[OccupationalStandard]) -> list[str]:
    return list(
        db.session.scalars(
            select(Duty.text)
            .where(Duty.standard_id.in_([each.id for each in standards]), Duty.retired_at.is_(None))
            .order_by(Duty.standard_id, Duty.position)
        )
    )


def _classified_texts(classified: Sequence[CapabilityStatement]) -> list[Pair]:
    """Return (text, function) of the cycle's and the library's classified statements, once each."""
    found = {each.text: _line(each).function for each in classified}
    library = db.session.execute(
        select(LibraryStatement.text, Area.function)
        .join(Area, Area.id == LibraryStatement.area_id)
        .where(
            LibraryStatement.kind == LibraryKind.CAPABILITY,
            LibraryStatement.retired_at.is_(None),
        )
        .order_by(LibraryStatement.text)
    )
    for text, function in library:
        found.setdefault(text, function)
    return sorted(found.items())


def _by_nearest(duties: Sequence[str], classified: Sequence[Pair]) -> Counter[str] | None:
    """Count the duties under the function of the nearest statement; None without vectors.

    Every duty must have its vector. Of the classified statements those that have one are enough:
    nobody waits for a library of thousands to be encoded.
    """
    found = cached([*duties, *(text for text, _ in classified)])
    known = [(text, function) for text, function in classified if text in found]
    if not known or any(text not in found for text in duties):
        return None
    left = np.stack([found[text] for text in duties])
    right = np.stack([found[text] for text, _ in known])
    nearest = np.argmax(left @ right.T, axis=1)
    return Counter(known[int(place)][1] for place in nearest)
