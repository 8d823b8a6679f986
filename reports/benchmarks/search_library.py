"""A library of a country for the bench of search: what there is, filled up with drawn statements.

Everything drawn is written inside one transaction that is undone at the end. On SQLite that holds
the one lock there is, so a bench is run where nobody works.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

import numpy as np
from sqlalchemy import func, insert, select

from cycles.core import clock
from cycles.core.extensions import db
from cycles.library.models import LibrarySource, LibraryStatement
from cycles.semantics.encoder import active_model
from cycles.semantics.models import TextVector
from cycles.semantics.vectors import missing, text_hash
from cycles.setup.models import Cycle
from cycles.statements.models import CapabilityStatement, StatementStatus
from reports.benchmarks.search_index import draw_vectors

AT_ONCE = 5_000
OWN_STATEMENTS = 300
SEED = 7
LIVE = LibraryStatement.retired_at.is_(None)
# Words are drawn as they are spread in real texts: a few everywhere, thousands rarely.
BEGINNINGS = "cal con dis ex fer gra hyd in jun kil lam mec neu op pro qua reg sta tur val"
MIDDLES = "a bi co de e fi gu i lo mo na o pi ra se ti u vo"
ENDS = "bor cine dant fex gine ler ment nic ply rate sion tor ture"
SPREAD = 1.0
SHORTEST, LONGEST = 6, 18


@contextmanager
def drawn_library(rows: int) -> Iterator[tuple[uuid.UUID, list[str]]]:
    """Fill the library up to ``rows`` prepared statements; give a cycle's id and texts to type."""
    engines: Any = db.engines
    engine, connection = db.engine, db.engine.connect()
    outer = connection.begin()
    # From here on everything goes through this one connection, in every thread.
    engines[None] = connection
    db.session.configure(join_transaction_mode="create_savepoint")
    db.session.remove()
    try:
        _fill(rows)
        cycle_id = _draw_cycle()
        db.session.commit()
        yield cycle_id, _typed()
    finally:
        db.session.remove()
        engines[None] = engine
        db.session.configure(join_transaction_mode="conditional_savepoint")
        outer.rollback()
        connection.close()


def _fill(rows: int) -> None:
    there = db.session.scalar(select(func.count()).where(LIVE)) or 0
    source = LibrarySource(name=f"Drawn {uuid.uuid4()}", imported_at=clock.now())
    db.session.add(source)
    db.session.flush()
    texts = _draw_texts(max(0, rows - there))
    for start in range(0, len(texts), AT_ONCE):
        some = enumerate(texts[start : start + AT_ONCE], start)
        lines = [
            {"id": uuid.uuid4(), "source_id": source.id, "reference": str(at), "text": text}
            for at, text in some
        ]
        db.session.execute(insert(LibraryStatement), lines)
    _draw_absent_vectors(list(db.session.scalars(select(LibraryStatement.text).where(LIVE))))


def _draw_texts(count: int) -> list[str]:
    draw = np.random.default_rng(SEED)
    parts = product(BEGINNINGS.split(), MIDDLES.split(), ENDS.split())
    words = draw.permutation(["".join(each) for each in parts])
    shares = 1 / np.arange(1, len(words) + 1) ** SPREAD
    lengths = draw.integers(SHORTEST, LONGEST + 1, count)
    drawn = draw.choice(words, int(lengths.sum()), p=shares / shares.sum()).tolist()
    ends = np.cumsum(lengths).tolist()
    return [
        " ".join(drawn[end - length : end]).capitalize()
        for end, length in zip(ends, lengths.tolist(), strict=True)
    ]


def _draw_absent_vectors(texts: list[str]) -> None:
    absent = missing(texts)
    vectors, digest = draw_vectors(len(absent)).astype("<f4"), active_model()[1]
    for start in range(0, len(absent), AT_ONCE):
        lines = [
            {"model_digest": digest, "text_hash": text_hash(text), "vector": vector.tobytes()}
            for text, vector in zip(
                absent[start : start + AT_ONCE], vectors[start : start + AT_ONCE], strict=True
            )
        ]
        db.session.execute(insert(TextVector), lines)


def _draw_cycle() -> uuid.UUID:
    cycle = Cycle(title="Drawn for a bench", created_at=clock.now())
    db.session.add(cycle)
    db.session.flush()
    texts = [f"{text}, of ours" for text in _draw_texts(OWN_STATEMENTS)]
    lines = [
        {
            "id": uuid.uuid4(),
            "cycle_id": cycle.id,
            "code": f"C-{number:03d}",
            "text": text,
            "status": StatementStatus.KEPT,
            "created_at": clock.now(),
        }
        for number, text in enumerate(texts, 1)
    ]
    db.session.execute(insert(CapabilityStatement), lines)
    _draw_absent_vectors(texts)
    return cycle.id


def _typed() -> list[str]:
    """Return what a person types on the way to each of a few statements, pausing now and then."""
    draw = np.random.default_rng(SEED + 1)
    texts = db.session.scalars(select(LibraryStatement.text).where(LIVE).limit(20_000)).all()
    whole = [texts[at] for at in draw.integers(0, len(texts), 40)]
    return [text[: round(len(text) * share)] for text in whole for share in (0.35, 0.7, 1.0)]
