"""Links from statements to wider ones: found by their references, written as the file has them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, select
from sqlalchemy.orm import aliased

from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.importing.changes import Action, Change, ChangeLog
from cycles.importing.writing import Pair, Writer
from cycles.library.importing.preparing import Link
from cycles.library.importing.shapes import Shape
from cycles.library.models import LibraryLink, LibraryOccurrence, LibrarySource, LibraryStatement

Ids = dict[str, uuid.UUID]


@dataclass(frozen=True)
class Ends:
    """The sources that links lead from and to, and the ids of what this import has just made."""

    narrow: tuple[str, ...]
    wider: tuple[str, ...]
    made_narrow: Ids
    made_wider: Ids


@dataclass(frozen=True)
class Linked:
    """What became of the links of a file."""

    links: int = 0
    added: int = 0
    removed: int = 0
    notes: tuple[str, ...] = ()


def save_links(
    links: Sequence[Link],
    shape: Shape,
    ends: Ends,
    *,
    keeps_others: bool,
    writer: Writer,
    log: ChangeLog,
) -> Linked:
    """Make the links between the sources as the file has them; ``keeps_others`` takes none away.

    Links of which the library lacks an end are left out and counted.
    """
    narrow = _narrow(ends.narrow, shape) | ends.made_narrow
    wider = _ids(ends.wider) | ends.made_wider
    wanted = {
        (narrow[one], wider[other]): (one, other)
        for one, other in links
        if one in narrow and other in wider and narrow[one] != wider[other]
    }
    held = _held(ends)
    new = set(wanted) - held
    gone = set() if keeps_others else held - set(wanted)
    writer.relink(cast(Table, LibraryLink.__table__), new, gone)
    for pair in (pair for pair in wanted if pair in new):
        log.add(Change(Action.ADDED, "Link", wanted[pair][0], after=wanted[pair][1]))
    names = {key: reference for ids in (wider, narrow) for reference, key in ids.items()}
    for one, other in sorted(gone):
        told = (names.get(one, ""), names.get(other, ""))
        log.add(Change(Action.RETIRED, "Link", told[0], before=told[1]))
    return Linked(len(wanted), len(new), len(gone), _notes(links, narrow, wider))


def check_narrow(links: Sequence[Link], shape: Shape) -> None:
    """Raise ``Invalid``, before anything is written, where the links lead from nothing held."""
    known = _narrow(shape.narrow, shape)
    if not any(one in known for one, _ in links):
        raise Invalid(f"The library holds nothing that these links lead from. {shape.advice}")


def _narrow(sources: Sequence[str], shape: Shape) -> Ids:
    is_of_occurrences = bool(shape.narrow) and "code" in shape.columns
    return _occurrences(sources) if is_of_occurrences else _ids(sources)


def _ids(sources: Sequence[str]) -> Ids:
    """Return the live statements of the sources by reference; the first source's win."""
    found: Ids = {}
    for name in reversed(sources):
        listed = db.session.execute(
            select(LibraryStatement.reference, LibraryStatement.id)
            .join(LibrarySource, LibrarySource.id == LibraryStatement.source_id)
            .where(LibrarySource.name == name, LibraryStatement.retired_at.is_(None))
        )
        found |= {reference: key for reference, key in listed}  # noqa: C416 - typed rows
    return found


def _occurrences(sources: Sequence[str]) -> Ids:
    """Return the live statements by the references of what they stand in: several a statement."""
    listed = db.session.execute(
        select(LibraryOccurrence.reference, LibraryStatement.id)
        .join(LibraryStatement, LibraryStatement.id == LibraryOccurrence.statement_id)
        .join(LibrarySource, LibrarySource.id == LibraryStatement.source_id)
        .where(LibrarySource.name.in_(sources), LibraryStatement.retired_at.is_(None))
    )
    return {reference: key for reference, key in listed}  # noqa: C416 - typed rows


def _held(ends: Ends) -> set[Pair]:
    """Return the links held from a live statement of the one sources to one of the others."""
    other = aliased(LibraryStatement)
    narrow, wider = (
        select(LibrarySource.id).where(LibrarySource.name.in_(names))
        for names in (ends.narrow, ends.wider)
    )
    listed = db.session.execute(
        select(LibraryLink.statement_id, LibraryLink.wider_id)
        .join(LibraryStatement, LibraryStatement.id == LibraryLink.statement_id)
        .join(other, other.id == LibraryLink.wider_id)
        .where(
            LibraryStatement.source_id.in_(narrow),
            LibraryStatement.retired_at.is_(None),
            other.source_id.in_(wider),
        )
    )
    return {(one, two) for one, two in listed}


def _notes(links: Sequence[Link], narrow: Ids, wider: Ids) -> tuple[str, ...]:
    lost = {
        "from": sum(one not in narrow for one, _ in links),
        "to": sum(one in narrow and other not in wider for one, other in links),
    }
    return tuple(
        f"{count:,} links lead {way} statements that the library does not hold, and were left "
        "out: import those, then this file again."
        for way, count in lost.items()
        if count
    )
