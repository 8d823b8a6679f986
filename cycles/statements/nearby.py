"""What is near to a text that somebody types: this cycle's statements and the library's.

A web process has no model, so typed text is compared by words; the answer says so. Near
duplicates by meaning are found by the worker in ``comparing``.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, or_, select
from sqlalchemy.orm import selectinload

from cycles.core.extensions import db
from cycles.library.models import LibraryKind, LibraryStatement
from cycles.semantics.nearest import Hit, Method, nearest, words_of
from cycles.statements.models import CapabilityStatement
from cycles.statements.queries import live_statements

MOST_CANDIDATES = 200
MOST_WORDS = 12
FEWEST_CHARACTERS = 4
LOOKS_LIKE = {Method.WORDS: 0.65, Method.MEANING: 0.80}


@dataclass(frozen=True)
class NearStatement:
    """A statement of the cycle; ``looks_the_same`` warns of a likely duplicate."""

    statement: CapabilityStatement
    percent: int
    looks_the_same: bool


@dataclass(frozen=True)
class NearRecord:
    """A statement of the library."""

    record: LibraryStatement
    percent: int


@dataclass(frozen=True)
class Nearby:
    """What was found for one text, nearest first, and how nearness was judged."""

    method: Method
    own: tuple[NearStatement, ...]
    library: tuple[NearRecord, ...]


def near_to(
    cycle_id: uuid.UUID,
    text: str,
    *,
    but: uuid.UUID | None = None,
    most_own: int = 4,
    most_library: int = 4,
) -> Nearby:
    """Return what is nearest to ``text``; nothing for fewer than four characters."""
    if len(text.strip()) < FEWEST_CHARACTERS:
        return Nearby(Method.WORDS, (), ())
    own = [statement for statement in live_statements(cycle_id) if statement.id != but]
    used = {each.library_statement_id for each in own}
    library = [record for record in _candidates(text) if record.id not in used]
    texts = [*(each.text for each in own), *(each.text for each in library)]
    found = nearest(text, texts, most=len(texts), floor=0.18)
    ours = [hit for hit in found.hits if hit.index < len(own)][:most_own]
    theirs = [hit for hit in found.hits if hit.index >= len(own)][:most_library]
    return Nearby(
        found.method,
        tuple(_near(own[hit.index], hit, found.method) for hit in ours),
        tuple(NearRecord(library[hit.index - len(own)], _percent(hit)) for hit in theirs),
    )


def search_library(text: str, *, most: int = 40) -> tuple[NearRecord, ...]:
    """Return the capability statements of the library nearest to ``text`` by words."""
    records = _candidates(text)
    found = nearest(text, [record.text for record in records], most=most)
    return tuple(NearRecord(records[hit.index], _percent(hit)) for hit in found.hits)


def _near(statement: CapabilityStatement, hit: Hit, method: Method) -> NearStatement:
    return NearStatement(statement, _percent(hit), hit.score >= LOOKS_LIKE[method])


def _percent(hit: Hit) -> int:
    return round(100 * min(hit.score, 1.0))


def _candidates(text: str) -> Sequence[LibraryStatement]:
    """Return the live capability records that share most of the text's words with it.

    Stems hold letters and digits only, so none of them can act as a wildcard.
    """
    stems = list(dict.fromkeys(words_of(text)))[:MOST_WORDS]
    if not stems:
        return []
    holds = [LibraryStatement.text.icontains(stem) for stem in stems]
    shared = sum((case((each, 1), else_=0) for each in holds[1:]), case((holds[0], 1), else_=0))
    return db.session.scalars(
        select(LibraryStatement)
        .where(
            LibraryStatement.kind == LibraryKind.CAPABILITY,
            LibraryStatement.retired_at.is_(None),
            or_(*holds),
        )
        .options(selectinload(LibraryStatement.area), selectinload(LibraryStatement.source))
        .order_by(shared.desc(), LibraryStatement.text, LibraryStatement.id)
        .limit(MOST_CANDIDATES)
    ).all()
