"""Match scores: how near each capability is to each duty, by meaning or, failing that, by words.

Here live the two ways of scoring. What a score is worth (thresholds, human verdicts) lives in
`matches`; a score is not a confidence and is never turned into one here.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from consensus.matching.arrays import Floats, finite_matrix

ROWS_PER_BLOCK = 512


def similarity(
    capabilities: Floats, duties: Floats, *, rows_per_block: int = ROWS_PER_BLOCK
) -> npt.NDArray[np.float32]:
    """Cosine similarity of every capability with every duty.

    Parameters
    ----------
    capabilities : float (c, d)
        One vector per capability, of any length; rows are normalised here.
    duties : float (m, d)
        One vector per duty.
    rows_per_block : int
        Capabilities handled at a time; bounds the memory beside the result. The block size moves
        a score by no more than the last bit or two of a float32, which the threshold's rounding
        (`matches.score_millionths`) absorbs.

    Returns
    -------
    float32 (c, m)
        Cosines, clipped to [−1, 1]: rounding may carry a product of unit vectors past 1.

    Missing data: a zero vector (an empty text) has no direction and scores 0 with everything.
    Undefined: none; with no capabilities or no duties the result is empty.
    Raises ValueError for vectors of different width, values that are not finite, or a block
    smaller than one row.

    Reference: Salton and McGill, Introduction to Modern Information Retrieval (1983), chapter 4.

    >>> similarity(np.array([[3.0, 0.0], [0.0, 0.0]]), np.array([[1.0, 0.0], [-2.0, 0.0]])).tolist()
    [[1.0, -1.0], [0.0, 0.0]]
    """
    left = finite_matrix(capabilities, "capabilities")
    right = finite_matrix(duties, "duties")
    if left.shape[1] != right.shape[1]:
        raise ValueError(f"vectors of width {left.shape[1]} and {right.shape[1]} do not compare")
    if rows_per_block < 1:
        raise ValueError("rows_per_block must be at least 1")
    columns = unit_rows(right).T
    scores = np.empty((len(left), len(right)), dtype=np.float32)
    for start in range(0, len(left), rows_per_block):
        block = slice(start, start + rows_per_block)
        np.matmul(unit_rows(left[block]), columns, out=scores[block])
    return np.clip(scores, -1.0, 1.0, out=scores)


def unit_rows(vectors: Floats) -> npt.NDArray[np.float32]:
    """Each row of `vectors` (n, d) scaled to length 1, as float32; a zero row stays zero.

    Lengths are taken in float64, where the square of the smallest float32 is still above zero.
    Rows are first divided by their largest entry, so that float64 input cannot overflow either.

    >>> unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]])).round(1).tolist()
    [[0.6000000238418579, 0.800000011920929], [0.0, 0.0]]
    """
    rows = np.asarray(vectors, dtype=np.float64)
    peaks = np.max(np.abs(rows), axis=1, keepdims=True, initial=0.0)
    rows = np.divide(rows, peaks, out=np.zeros_like(rows), where=peaks > 0)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    units = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    shortened: npt.NDArray[np.float32] = units.astype(np.float32)
    return shortened


def tfidf_similarity(texts_a: Sequence[str], texts_b: Sequence[str]) -> npt.NDArray[np.float32]:
    """Similarity by shared spelling, for machines without the language model.

    Cosine of TF-IDF vectors over runs of 3 to 5 characters inside words (scikit-learn's
    `char_wb`), case and accents ignored. The weights are learnt from both lists together, so a
    score depends on which texts stand beside it: compare scores of one run only, and say on
    screen that words and not meaning were compared. The scale is not that of `similarity`.

    Parameters
    ----------
    texts_a, texts_b : sequences of str, of length c and m

    Returns
    -------
    float32 (c, m)
        In [0, 1].

    Missing data: a text without letters scores 0 with everything.
    Undefined: none; an empty list gives an empty result.

    Reference: Manning, Raghavan and Schütze, Introduction to Information Retrieval (2008),
    section 6.2; scikit-learn's TfidfVectorizer for the exact weights.

    >>> tfidf_similarity(["Weld steel"], ["weld steel", "", "Care for cats"]).round(2).tolist()
    [[1.0, 0.0, 0.0]]
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    scores = np.zeros((len(texts_a), len(texts_b)), dtype=np.float32)
    texts = [*texts_a, *texts_b]
    if not any(text.strip() for text in texts) or not scores.size:
        return scores
    vectoriser = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), strip_accents="unicode", dtype=np.float64
    )
    vectors = vectoriser.fit_transform(texts)
    left, right = vectors[: len(texts_a)], vectors[len(texts_a) :].T.tocsc()
    for start in range(0, len(texts_a), ROWS_PER_BLOCK):
        block = slice(start, start + ROWS_PER_BLOCK)
        scores[block] = (left[block] @ right).toarray()
    return np.clip(scores, 0.0, 1.0, out=scores)
