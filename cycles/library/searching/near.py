"""The records of the library near to a text or to one another: by meaning, or else by words.

The search service is asked within a budget; where it does not answer, full text does, and what
comes back says which of the two it was.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cycles.core.extensions import db
from cycles.library.models import LibraryKind, LibraryStatement
from cycles.library.searching.words import holding
from cycles.semantics.encoder import Vectors
from cycles.semantics.nearest import Method, word_scores
from cycles.semantics.service.asking import ask
from cycles.semantics.service.questions import KIND, Question, Reply, Unanswered

LIVE = LibraryStatement.retired_at.is_(None)
# Full text ranks what holds the words; the first of them, live and of the right kind, are weighed
# by how rare their words are.
MOST_RANKED, MOST_WEIGHED = 400, 60
# Below these two statements have little to do with each other.
FLOORS = {Method.MEANING: 0.35, Method.WORDS: 0.18}
BY_WORDS = "Compared by words, not by meaning."
PREPARING = "much of the library is not prepared for search by meaning yet"


@dataclass(frozen=True)
class NearRecord:
    """A record with its nearness to what was asked, from 0 to 100."""

    record: LibraryStatement
    percent: int


@dataclass(frozen=True, eq=False)
class Near:
    """What is near, nearest first, how it was found, and why not by meaning where it was not.

    ``vector`` is the text's own, for whoever has more to compare; None where words were compared.
    """

    records: tuple[NearRecord, ...]
    method: Method
    because: str = ""
    vector: Vectors | None = None

    @property
    def how(self) -> str:
        """Return in a sentence how they were found, as a screen prints it."""
        if self.method == Method.MEANING:
            return "Compared by meaning."
        return f"Compared by words, because {self.because}." if self.because else BY_WORDS


def near_records(
    text: str,
    *,
    most: int,
    within: float,
    kind: LibraryKind | None = LibraryKind.CAPABILITY,
    but: Sequence[uuid.UUID] = (),
    like: uuid.UUID | None = None,
    wants_vector: bool = False,
) -> Near:
    """Return up to ``most`` live records near to ``text``, of one ``kind`` or of any.

    ``but`` leaves records out, ``like`` is the record whose text it is. The service is given
    ``within`` seconds.
    """
    question = Question(
        text=text,
        like=like,
        most=most + len(but),
        floor=FLOORS[Method.MEANING],
        facets={KIND: kind.value} if kind else {},
        wants_vector=wants_vector,
    )
    reply = whole(ask(question, within=within))
    if isinstance(reply, Unanswered):
        scored = _by_words(text, kind, most, {*but, *([like] if like else [])})
        return Near(_records(scored), Method.WORDS, reply.because)
    hits = [(hit.record_id, hit.score) for hit in reply.hits if hit.record_id not in but]
    return Near(_records(hits[:most]), Method.MEANING, vector=reply.vector)


def whole(reply: Reply | Unanswered) -> Reply | Unanswered:
    """Return the reply, unless it rests on a library of which much is not prepared."""
    if isinstance(reply, Reply) and reply.absent * 10 > reply.held:
        return Unanswered(PREPARING)
    return reply


def _by_words(
    text: str, kind: LibraryKind | None, most: int, but: set[uuid.UUID]
) -> list[tuple[uuid.UUID, float]]:
    match = holding(text, every=False)
    if match is None:
        return []
    best = match.best(MOST_RANKED)
    wanted = (
        select(LibraryStatement.id, LibraryStatement.text)
        .join(best, best.c.statement_id == LibraryStatement.id)
        .where(LIVE, *([LibraryStatement.kind == kind] if kind else []))
    )
    weighed = wanted.order_by(best.c.place, LibraryStatement.id).limit(MOST_WEIGHED + len(but))
    rows = [row for row in db.session.execute(weighed) if row.id not in but]
    scores = word_scores(text, [row.text for row in rows])
    scored = [(row.id, score) for row, score in zip(rows, scores, strict=True)]
    scored = [pair for pair in scored if pair[1] >= FLOORS[Method.WORDS]]
    # Sorting keeps the order of full text among equals.
    return sorted(scored, key=lambda pair: -pair[1])[:most]


def _records(scored: Sequence[tuple[uuid.UUID, float]]) -> tuple[NearRecord, ...]:
    found = {
        record.id: record
        for record in db.session.scalars(
            select(LibraryStatement)
            .where(LibraryStatement.id.in_([identifier for identifier, _ in scored]), LIVE)
            .options(joinedload(LibraryStatement.area), joinedload(LibraryStatement.source))
        )
    }
    return tuple(
        NearRecord(found[identifier], percent_of(score))
        for identifier, score in scored
        if identifier in found
    )


def percent_of(score: float) -> int:
    """Return a score as a whole percentage, 100 at most."""
    return round(100 * min(score, 1.0))
