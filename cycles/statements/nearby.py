"""What is near to a text that somebody types: this cycle's statements and the library's.

Both are judged by meaning where the search service answers within its budget, and by words where
it does not; the answer says which. A web process has no model, and keeps nothing of what is typed.
Near duplicates among statements that were submitted are found by the worker, in ``comparing``.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cycles.core.extensions import db
from cycles.library.searching.near import FLOORS, Near, NearRecord, near_records, percent_of
from cycles.semantics.encoder import Vectors
from cycles.semantics.nearest import Method, word_scores
from cycles.semantics.service.asking import WHEN_ASKED, WHILE_TYPING
from cycles.semantics.vectors import cached
from cycles.statements.models import CapabilityStatement, StatementStatus
from cycles.statements.queries import IN_ORDER

FEWEST_CHARACTERS = 4
LOOKS_LIKE = {Method.WORDS: 0.65, Method.MEANING: 0.80}


@dataclass(frozen=True)
class NearStatement:
    """A statement of the cycle; ``looks_the_same`` warns of a likely duplicate."""

    statement: CapabilityStatement
    percent: int
    looks_the_same: bool


@dataclass(frozen=True)
class Nearby:
    """What was found for one text, nearest first, and how nearness was judged.

    ``because`` says why it was not judged by meaning, where it was not.
    """

    method: Method
    own: tuple[NearStatement, ...]
    library: tuple[NearRecord, ...]
    because: str = ""


class _Own(NamedTuple):
    """A live statement of the cycle, as far as it is compared."""

    id: uuid.UUID
    text: str
    library_statement_id: uuid.UUID | None


class _Scored(NamedTuple):
    """How near a statement is, and by which of the two it was judged."""

    statement_id: uuid.UUID
    score: float
    method: Method

    @property
    def likeness(self) -> float:
        """Return the score beside that of a likely duplicate: meaning and words compared fairly."""
        return self.score / LOOKS_LIKE[self.method]


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
    own = _own(cycle_id, but)
    used = [each.library_statement_id for each in own if each.library_statement_id]
    near = near_records(text, most=most_library, within=WHILE_TYPING, but=used, wants_vector=True)
    scored = _by_words(text, own) if near.vector is None else _by_meaning(text, own, near.vector)
    return Nearby(near.method, _nearest(scored, most_own), near.records, near.because)


def find_in_library(text: str, *, most: int = 40) -> Near:
    """Return the capability statements of the library nearest to ``text``, and how they were found.

    Whoever asks pressed a button, so the service is given its time.
    """
    return near_records(text, most=most, within=WHEN_ASKED)


def _own(cycle_id: uuid.UUID, but: uuid.UUID | None) -> list[_Own]:
    live = (StatementStatus.SUBMITTED, StatementStatus.KEPT)
    rows = db.session.execute(
        select(
            CapabilityStatement.id,
            CapabilityStatement.text,
            CapabilityStatement.library_statement_id,
        )
        .where(CapabilityStatement.cycle_id == cycle_id, CapabilityStatement.status.in_(live))
        .order_by(*IN_ORDER)
    )
    return [_Own(*row) for row in rows if row.id != but]


def _by_words(text: str, own: Sequence[_Own]) -> list[_Scored]:
    scores = word_scores(text, [each.text for each in own])
    return [
        _Scored(each.id, score, Method.WORDS)
        for each, score in zip(own, scores, strict=True)
        if score > FLOORS[Method.WORDS]
    ]


def _by_meaning(text: str, own: Sequence[_Own], vector: Vectors) -> list[_Scored]:
    """Score by meaning what the worker has prepared, and by words what came in just now."""
    held = cached([each.text for each in own])
    ready = [each for each in own if each.text in held]
    scores = [float(held[each.text] @ vector) for each in ready]
    found = [
        _Scored(each.id, score, Method.MEANING)
        for each, score in zip(ready, scores, strict=True)
        if score > FLOORS[Method.MEANING]
    ]
    return found + _by_words(text, [each for each in own if each.text not in held])


def _nearest(scored: list[_Scored], most: int) -> tuple[NearStatement, ...]:
    # Sorting keeps the order of codes among equals.
    best = sorted(scored, key=lambda each: -each.likeness)[:most]
    found = {
        statement.id: statement
        for statement in db.session.scalars(
            select(CapabilityStatement)
            .where(CapabilityStatement.id.in_([each.statement_id for each in best]))
            .options(joinedload(CapabilityStatement.area))
        )
    }
    return tuple(
        NearStatement(found[each.statement_id], percent_of(each.score), each.likeness >= 1)
        for each in best
    )
