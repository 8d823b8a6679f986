"""The list's page: its context, from the filters that stand in the address. No routes here."""

import uuid
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlencode

from flask import url_for

from cycles.classification.queries import areas
from cycles.core.access import current_place
from cycles.setup.models import Partner
from cycles.setup.queries import get_cycle, partners_of
from cycles.statements import queries, rules
from cycles.statements.filters import LIVE, NONE, Filters, chosen
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.pages import Count, Heading, ListPage, Option, lines_of


def list_page(cycle_id: uuid.UUID, filters: Filters) -> ListPage:
    """Return the list as the reader asked for it."""
    everything = queries.statements_of(cycle_id)
    lines = lines_of(chosen(everything, filters))
    place = current_place()
    why = rules.closed_because(get_cycle(cycle_id))
    return ListPage(
        cycle_id=cycle_id,
        lines=lines,
        waiting=sum(line.is_waiting for line in lines),
        counts=_counts(cycle_id, everything),
        headings=_headings(cycle_id, filters),
        filters=filters,
        back=urlencode(filters.query()),
        statuses=_options("Any status", filters.status, _status_names()),
        functions=_options("Any function", filters.function, _function_names()),
        partners=_options("Any partner", filters.partner, _partner_names(partners_of(cycle_id))),
        total=len(everything),
        gaps=len(queries.coverage(cycle_id).gaps) if everything else 0,
        without_area=sum(each.area_id is None and each.status in rules.LIVE for each in everything),
        is_convener=place.is_convener,
        may_change=place.is_convener and not why,
        may_capture=place.group in ("convener", "technologist") and not why,
        closed_because=why,
        downloads=_downloads(cycle_id, filters),
    )


def _counts(cycle_id: uuid.UUID, everything: list[CapabilityStatement]) -> tuple[Count, ...]:
    numbers = Counter(statement.status for statement in everything)
    return tuple(
        Count(
            status.value.capitalize(),
            numbers[status],
            url_for("statements.index", cycle_id=cycle_id, status=status.value),
        )
        for status in StatementStatus
    )


def _headings(cycle_id: uuid.UUID, filters: Filters) -> tuple[Heading, ...]:
    def sorts(label: str, key: str) -> Heading:
        turned = f"-{key}" if filters.sort == key else key
        query = filters.query(sort=turned)
        return Heading(label, key, url_for("statements.index", cycle_id=cycle_id, **query))

    return (
        sorts("Code", "code"),
        Heading("Statement"),
        sorts("Functional area", "area"),
        Heading("Partners"),
        Heading("Status"),
    )


def _options(everything: str, current: str, names: Iterable[tuple[str, str]]) -> tuple[Option, ...]:
    pairs = (("", everything), *names)
    return tuple(Option(value, label, value == current) for value, label in pairs)


def _status_names() -> list[tuple[str, str]]:
    each = [(status.value, status.value.capitalize()) for status in StatementStatus]
    return [(LIVE, "Submitted or kept"), *each]


def _function_names() -> list[tuple[str, str]]:
    names = dict.fromkeys(area.function for area in areas())
    return [*((name, name) for name in names), (NONE, "No area yet")]


def _partner_names(partners: list[Partner]) -> list[tuple[str, str]]:
    return [*((str(each.id), each.name) for each in partners), (NONE, "No partner yet")]


def _downloads(cycle_id: uuid.UUID, filters: Filters) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            kind.upper(),
            url_for("statements.download", cycle_id=cycle_id, kind=kind, **filters.query()),
        )
        for kind in ("csv", "xlsx")
    )
