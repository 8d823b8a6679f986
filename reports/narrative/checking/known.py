"""What a document says, gathered once for all the checks of its prose. No judgement here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from reports.document.facts import Document
from reports.narrative.numbers import noun_values

# What only sentences about one profile, one match or another threshold speak of.
DETAILS = frozenset(
    ("standings", "worked", "unsupported_lines", "only_generic_lines", "curve", "profiles")
)


@dataclass(frozen=True)
class Known:
    """The counts and shares that prose is held against.

    ``counts`` are the numbers of the whole by their noun, ``parts`` those that tables print of
    parts of it. ``shares`` are percentages as they may be written, ``headline`` those that are not
    of one profile, one match or another threshold.
    """

    document: Document
    counts: Mapping[str, tuple[int, ...]]
    parts: Mapping[str, frozenset[int]]
    shares: frozenset[str]
    headline: frozenset[str]


def known_of(document: Document) -> Known:
    """Gather what a document says."""
    return Known(
        document=document,
        counts=noun_values(document),
        parts=_parts(document),
        shares=frozenset(_written(document, frozenset())),
        headline=frozenset(_written(document, DETAILS)),
    )


def forms_of(value: float) -> tuple[str, str, str]:
    """Return a percentage as it may be written: exact, or in whole per cent."""
    return f"{value:.1f}", f"{value:.0f}", f"{value:.1f}".removesuffix(".0")


def _written(record: Any, left_out: frozenset[str]) -> Iterator[str]:
    if isinstance(record, tuple):
        for each in record:
            yield from _written(each, left_out)
    elif is_dataclass(record) and not isinstance(record, type):
        for field in fields(record):
            value = getattr(record, field.name)
            if field.name.endswith("percent") and isinstance(value, int | float):
                yield from forms_of(value)
            elif field.name not in left_out:
                yield from _written(value, left_out)


def _parts(document: Document) -> Mapping[str, frozenset[int]]:
    profiles, ranked = document.occupations, _ranked(document)
    responses = document.provision.responses if document.provision else ()
    by_level = (each.count for each in profiles.by_role_level)
    return {
        "capability": frozenset(_capabilities(document)),
        "profile": frozenset((*by_level, *(each.count for each in responses))),
        "person": frozenset(each.people for each in document.people.groups),
        "organisation": frozenset(each.organisations for each in document.people.groups),
        "KSB": frozenset((document.ksbs.knowledge, document.ksbs.skills, document.ksbs.behaviours)),
        "duty": frozenset(each.duty_count for found in ranked for each in found.standings[:1]),
        "standard": frozenset(each.compared_standards for each in ranked),
    }


def _ranked(document: Document) -> tuple[Any, ...]:
    return document.provision.profiles if document.provision else ()


def _capabilities(document: Document) -> Iterator[int]:
    found = document.capabilities
    yield from (each.future_count for each in found.functions)
    yield from (each.count for each in found.domains)
    yield from (each.total for each in found.partners)
    for profile in document.occupations.profiles:
        yield profile.member_count
    yield from (each.needed for each in document.occupations.spread)
    yield from (each.unsupported_count for each in _ranked(document))
    for each in (found.current.capabilities, *(line.present for line in found.functions)):
        if each is not None:
            yield from (each.held, each.captured)
