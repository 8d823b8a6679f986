"""Texts made ready to be compared, by meaning where a model is there and by words where none is.

For jobs, between transactions. Whoever shows what came of it says which of the two it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from consensus.matching import apply_adapter
from consensus.neighbours import Neighbours, nearest_columns, nearest_rows
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun
from cycles.semantics import vectors
from cycles.semantics.adapters import active_adapter
from cycles.semantics.encoder import active_model
from cycles.semantics.nearest import Method, words_of

ROWS_AT_ONCE = 64
SHARES_NO_WORD = 1e-6


@dataclass(frozen=True)
class Compared:
    """The nearest of the others for each text, and how nearness was judged."""

    method: Method
    found: Neighbours


def compare(
    run: JobRun,
    texts: Sequence[str],
    others: Sequence[str],
    *,
    most: int,
    floors: dict[Method, float],
    is_adapted: bool = False,
) -> Compared:
    """Find the ``most`` nearest of ``others`` for each of ``texts``.

    Encodes what the cache lacks. Without a model both sides are compared by words. With
    ``is_adapted`` both go through the learnt adapter, where there is one.
    """
    if not has_model():
        run.progress(0, 1, "Comparing by words")
        return Compared(Method.WORDS, by_words(texts, others, most, floors[Method.WORDS]))
    vectors.encode_missing([*texts, *others], run)
    run.progress(0, 1, f"Comparing with {len(others):,} texts")
    left, right = vectors.vectors_for(texts), vectors.vectors_for(others)
    adapter = active_adapter() if is_adapted else None
    db.session.commit()
    if adapter is not None and len(texts) and len(others):
        left, right = (apply_adapter(side, adapter.matrix) for side in (left, right))
    if not len(texts) or not len(others):
        left = right = np.zeros((0, 1), dtype=np.float32)
    found = nearest_rows(left, right, most=most, floor=floors[Method.MEANING])
    return Compared(Method.MEANING, found)


def has_model() -> bool:
    """Say whether there is a model to compare by meaning with."""
    try:
        active_model()
    except (Invalid, ModuleNotFoundError):
        return False
    return True


def by_words(texts: Sequence[str], others: Sequence[str], most: int, floor: float) -> Neighbours:
    """Find the ``most`` nearest by the words that both have, the rare ones weighing most."""
    # Costs a second to import, and most requests never compare by words.
    from sklearn.feature_extraction.text import TfidfVectorizer

    empty = nearest_columns(np.zeros((0, 0)), most)
    if not texts or not any(map(words_of, (*texts, *others))):
        return empty
    weigher = TfidfVectorizer(analyzer=words_of)
    right = weigher.fit_transform([*others, *texts])[: len(others)].T.tocsr()
    parts = []
    for start in range(0, len(texts), ROWS_AT_ONCE):
        block = weigher.transform(texts[start : start + ROWS_AT_ONCE]) @ right
        some = nearest_columns(block.toarray(), most, max(floor, SHARES_NO_WORD))
        parts.append((start, some))
    return Neighbours(
        row=np.concatenate([empty.row, *(some.row + start for start, some in parts)]),
        other=np.concatenate([empty.other, *(some.other for _, some in parts)]),
        score=np.concatenate([empty.score, *(some.score for _, some in parts)]),
    )
