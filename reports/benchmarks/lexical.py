"""The plainest way of ranking texts by words, BM25: what others use, and what ours is held against.

Nothing that people use ever scores by it.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

SATURATION, LENGTH = 1.2, 0.75


def bm25(queries: Sequence[str], texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Score every query against every text by Okapi BM25 over words (k1 = 1.2, b = .75).

    Rarity is ln(1 + (n − d + .5)/(d + .5)). Words are scikit-learn's, without English stop words.
    Reference: Robertson and Zaragoza, The probabilistic relevance framework, 2009.
    """
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(stop_words="english", dtype=np.float64)
    counts = counter.fit_transform(texts).tocsr()
    asked = (counter.transform(queries) > 0).astype(np.float64)
    holders = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log1p((len(texts) - holders + 0.5) / (holders + 0.5))
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    weight = SATURATION * (1 - LENGTH + LENGTH * lengths / lengths.mean())
    row_of = np.repeat(np.arange(len(texts)), np.diff(counts.indptr))
    found = counts.data
    counts.data = rarity[counts.indices] * found * (SATURATION + 1) / (found + weight[row_of])
    scores: npt.NDArray[np.float32] = (asked @ counts.T).toarray().astype(np.float32)
    return scores
