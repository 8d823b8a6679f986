"""Links between statements as the library holds them, read for training.

Here lives the reading. Who imported them is the library's business; what is learnt lives in
``training``.
"""

import uuid
from collections import defaultdict

import numpy as np
from sqlalchemy import ColumnElement, exists, select

from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.library.models import LibraryLink, LibraryOccurrence, LibrarySource, LibraryStatement
from cycles.semantics.links import ActivityLinks, numbered
from cycles.semantics.vectors import normalise

# A task stands in occupations; an activity, and the group above it, in none.
_STANDS_IN_WORK = exists().where(LibraryOccurrence.statement_id == LibraryStatement.id)


def linked_source(name: str | None = None) -> LibrarySource:
    """Return the source whose tasks were placed under activities: by name, or the only one."""
    tasks = (
        select(LibraryStatement.source_id)
        .join(LibraryLink, LibraryLink.statement_id == LibraryStatement.id)
        .where(_STANDS_IN_WORK, LibraryStatement.retired_at.is_(None))
    )
    wanted = select(LibrarySource).where(LibrarySource.id.in_(tasks)).order_by(LibrarySource.name)
    found = [each for each in db.session.scalars(wanted) if name in (None, each.name)]
    if not found:
        raise Invalid(
            "The library holds no tasks that were placed under activities"
            + (f" from a source called {name!r}. " if name else ". ")
            + "Import them first, or give the file of links with --links."
        )
    if len(found) > 1:
        names = ", ".join(repr(each.name) for each in found)
        raise Invalid(f"Several sources hold links: {names}. Choose one with --source.")
    return found[0]


def imported_links(source: LibrarySource) -> ActivityLinks:
    """Return the source's tasks, activities and links, each in the order of the library."""
    tasks = dict(_texts(_STANDS_IN_WORK & (LibraryStatement.source_id == source.id)))
    wider = _wider()
    placed = {each for task in tasks for each in wider[task]}
    held = dict(_texts(~_STANDS_IN_WORK & LibraryStatement.source_id.in_(_sources_of(placed))))
    # An activity has tasks, or a group above it; a group alone is nothing to place a task under.
    activities = {key: text for key, text in held.items() if key in placed or wider[key]}
    place = {key: number for number, key in enumerate(activities)}
    linked = {key: [place[each] for each in wider[key] if each in place] for key in tasks}
    linked = {key: found for key, found in linked.items() if found}
    pairs = sorted((i, found) for i, some in enumerate(linked.values()) for found in some)
    codes, titles = _occupations(source.id)
    return ActivityLinks(
        tasks=tuple(normalise(tasks[key]) for key in linked),
        activities=tuple(normalise(text) for text in activities.values()),
        pairs=np.array(pairs, dtype=np.int64).reshape(-1, 2),
        groups=numbered([str(min(wider[key], default=key)) for key in activities]),
        occupations=tuple(frozenset(codes[key]) for key in linked),
        titles=titles,
    )


def _sources_of(statements: set[uuid.UUID]) -> set[uuid.UUID]:
    """Return where the activities stand: often in a source of their own."""
    rows = db.session.execute(select(LibraryStatement.id, LibraryStatement.source_id))
    return {source_id for key, source_id in rows if key in statements}


def _texts(wanted: ColumnElement[bool]) -> list[tuple[uuid.UUID, str]]:
    rows = db.session.execute(
        select(LibraryStatement.id, LibraryStatement.text)
        .join(LibrarySource, LibrarySource.id == LibraryStatement.source_id)
        .where(wanted, LibraryStatement.retired_at.is_(None))
        .order_by(LibrarySource.name, LibraryStatement.position, LibraryStatement.reference)
    )
    return [(key, text) for key, text in rows]


def _wider() -> dict[uuid.UUID, list[uuid.UUID]]:
    links = select(LibraryLink.statement_id, LibraryLink.wider_id).order_by(
        LibraryLink.statement_id, LibraryLink.wider_id
    )
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for key, wider_id in db.session.execute(links):
        found[key].append(wider_id)
    return found


def _occupations(
    source_id: uuid.UUID,
) -> tuple[dict[uuid.UUID, set[str]], dict[str, str]]:
    """Return the occupations' codes by statement, and each occupation's title by its code."""
    rows = db.session.execute(
        select(
            LibraryOccurrence.statement_id,
            LibraryOccurrence.occupation_code,
            LibraryOccurrence.occupation,
        )
        .join(LibraryStatement, LibraryStatement.id == LibraryOccurrence.statement_id)
        .where(LibraryStatement.source_id == source_id)
        .order_by(LibraryOccurrence.occupation_code, LibraryOccurrence.reference)
    )
    codes: dict[uuid.UUID, set[str]] = defaultdict(set)
    titles: dict[str, str] = {}
    for key, code, title in rows:
        codes[key].add(code)
        titles.setdefault(code, title)
    return codes, titles
