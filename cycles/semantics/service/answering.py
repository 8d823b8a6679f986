"""What answers a question: the library held in memory, the model, and a small memory of both.

Answering asks nothing of the database, so any thread may; reading the library does, and is done
by one thread at a time. What is typed is encoded and forgotten: the last few vectors stay in
memory under a hash of their text, so that a question repeated is not encoded again.
"""

import threading
from collections import OrderedDict
from time import monotonic

import numpy as np
from flask import Flask

from cycles.core.extensions import db
from cycles.core.reading import begin_reading
from cycles.core.settings import Settings
from cycles.semantics.encoder import Vectors
from cycles.semantics.index.exact import Flags
from cycles.semantics.index.searching import Index, needs_kept, with_kept
from cycles.semantics.service.holding import Held, read_library, standing
from cycles.semantics.service.questions import Question, Reply, Scored, Unanswered
from cycles.semantics.service.typed import EncodeOne, load_for_one
from cycles.semantics.vectors import text_hash

REMEMBERED = 512
FOLDER = "search"
STARTING = "search by meaning is getting ready"
LATE = "search by meaning did not answer in time"
EMPTY = "no statement of the library has been prepared for it yet"


class SearchService:
    """Answers questions about the library, once it has read it and loaded the model."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._held: Held | None = None
        self._index: Index | None = None
        self._encode: EncodeOne | None = None
        self._encoding = threading.Lock()
        self._recent: OrderedDict[str, Vectors] = OrderedDict()

    def prepare(self) -> bool:
        """Load the model if it is not, read the library if it changed; say whether it was read."""
        with self.app.app_context():
            try:
                begin_reading()
                self._load_model()
                return self._read()
            finally:
                db.session.remove()

    def _load_model(self) -> None:
        if self._encode is None:
            self._encode = load_for_one()

    def _read(self) -> bool:
        now, before = standing(), self._held
        if before is not None and before.standing == now:
            return False
        held = read_library(now, before)
        db.session.rollback()
        # An exact search answers at once; the index that takes a minute to build follows.
        self._held, self._index = held, Index(held.matrix)
        if needs_kept(held.matrix):
            settings: Settings = self.app.extensions["pythia_settings"]
            path = settings.instance / FOLDER / f"{held.model[:16]}.faiss"
            self._index = with_kept(held.matrix, path)
        return True

    def answer(self, question: Question, until: float) -> Reply | Unanswered:
        """Return what is nearest, or why that cannot be said by the moment ``until``."""
        held, index = self._held, self._index
        if held is None or index is None or self._encode is None:
            return Unanswered(STARTING)
        if question.most == 0:
            return Reply((), len(held.ids), held.absent)
        if not held.ids and not question.wants_vector:
            return Unanswered(EMPTY)
        query = self._query(question, held, until)
        if query is None:
            return Unanswered(LATE)
        hits = _hits(question, held, index, query) if held.ids else ()
        return Reply(hits, len(held.ids), held.absent, query if question.wants_vector else None)

    def _query(self, question: Question, held: Held, until: float) -> Vectors | None:
        """Return the vector asked about: a record's own, or that of the text by then."""
        row = held.row_of.get(question.like) if question.like else None
        if row is None:
            row = held.row_of_hash.get(text_hash(question.text))
        return held.matrix[row] if row is not None else self._encoded(question.text, until)

    def _encoded(self, text: str, until: float) -> Vectors | None:
        key = text_hash(text)
        # Whoever cannot wait any longer leaves the queue, so that it never grows.
        if self._encode is None or not self._encoding.acquire(timeout=max(0, until - monotonic())):
            return None
        try:
            vector = self._recent.pop(key, None)
            if vector is None:
                vector = self._encode(text)
            self._recent[key] = vector
            if len(self._recent) > REMEMBERED:
                self._recent.popitem(last=False)
            return vector
        finally:
            self._encoding.release()


def _hits(question: Question, held: Held, index: Index, query: Vectors) -> tuple[Scored, ...]:
    own = held.row_of.get(question.like) if question.like else None
    best = index.best(query, question.most + (own is not None), _allowed(question, held))
    return tuple(
        Scored(held.ids[row], min(round(float(score), 4), 1.0))
        for row, score in zip(best.rows.tolist(), best.scores, strict=True)
        if row != own and score >= question.floor
    )[: question.most]


def _allowed(question: Question, held: Held) -> Flags | None:
    """Say of each record whether it has every facet that is asked for; None asks for none."""
    wanted = [held.facets[name].having(value) for name, value in question.facets.items()]
    return np.logical_and.reduce(wanted) if wanted else None
