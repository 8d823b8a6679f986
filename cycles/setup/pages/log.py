"""Context of the audit log: events in words, newest first."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from cycles.core.audit import AuditEvent
from cycles.setup.log import PER_PAGE
from cycles.setup.models import Cycle
from cycles.setup.pages.editing import Crumbs
from cycles.setup.pages.words import moment_words


@dataclass(frozen=True)
class LogLine:
    """One event."""

    moment: str
    who: str
    what: str
    facts: str
    hash: str


@dataclass(frozen=True)
class LogPage:
    """A page of the log."""

    crumbs: Crumbs
    lines: tuple[LogLine, ...]
    total: int
    number: int
    pages: int
    newer_href: str
    older_href: str


def log_page(
    cycle: Cycle,
    events: Sequence[AuditEvent],
    names: Mapping[uuid.UUID, str],
    total: int,
    number: int,
) -> LogPage:
    """Return page ``number`` (from 1) of the log."""
    pages = max(1, -(-total // PER_PAGE))
    return LogPage(
        crumbs=(),
        lines=tuple(_line(each, names) for each in events),
        total=total,
        number=number,
        pages=pages,
        newer_href=_href(cycle, number - 1) if number > 1 else "",
        older_href=_href(cycle, number + 1) if number < pages else "",
    )


def _href(cycle: Cycle, number: int) -> str:
    return url_for("cycle.audit", cycle_id=cycle.id, page=number)


def _line(event: AuditEvent, names: Mapping[uuid.UUID, str]) -> LogLine:
    who = "Pythia" if event.account_id is None else names.get(event.account_id, "somebody removed")
    return LogLine(
        moment=moment_words(event.moment),
        who=who,
        what=_plain(event.action.replace(".", " ")),
        facts="; ".join(
            f"{key.replace('_', ' ')}: {_value(value)}"
            for key, value in event.facts.items()
            if value not in (None, "", [], False)
        ),
        hash=event.hash[:12],
    )


def _plain(words: str) -> str:
    spaced = words.replace("_", " ")
    return spaced[:1].upper() + spaced[1:]


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_value(each) for each in value)
    if value is True:
        return "yes"
    return str(value).replace("_", " ")
