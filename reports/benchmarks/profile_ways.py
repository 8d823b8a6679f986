"""Ways of taking mixed statements apart, others' and ours, and how well each does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from consensus.grouping import GroupingSettings, group
from cycles.semantics.encoder import Vectors
from reports.benchmarks.profile_sets import UNKNOWN, MixedSet

KMEANS, LINKAGE = "k-means on the embeddings", "average linkage on the embeddings"
BASELINES = (KMEANS, LINKAGE)
OURS = "ours"
STARTS = 10

Labels = npt.NDArray[np.int64]
Way = Callable[[MixedSet, Vectors, int | None], Labels]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well groups are those of the occupations, each a mean over the sets of one family.

    rand is the adjusted Rand index, information the normalised mutual information, groups how
    many groups were made for each true one.
    """

    rand: float
    information: float
    groups: float


def ways(lens: Vectors) -> dict[str, Way]:
    """Return every way by its name; each takes the number of groups, or None to choose it."""
    return {
        KMEANS: partial(_baseline, kmeans),
        LINKAGE: partial(_baseline, average_linkage),
        "ours, without lens or classification": partial(ours, lens=None, is_placed=False),
        "ours, without lens": partial(ours, lens=None, is_placed=True),
        "ours, without classification": partial(ours, lens=lens, is_placed=False),
        OURS: partial(ours, lens=lens, is_placed=True),
    }


def ours(
    given: MixedSet, vectors: Vectors, told: int | None, *, lens: Vectors | None, is_placed: bool
) -> Labels:
    """Group as a generation does, with its defaults; nothing is known of partners."""
    places = given.places if is_placed else np.full_like(given.places, UNKNOWN)
    partners = np.zeros((len(vectors), 0), dtype=np.bool_)
    return group(vectors, places, partners, GroupingSettings(), lens=lens, groups=told).labels


def kmeans(vectors: Vectors, groups: int) -> Labels:
    """K-means of the embeddings as they are, the best of ten starts with a fixed seed."""
    from sklearn.cluster import KMeans

    found: Labels = KMeans(groups, n_init=STARTS, random_state=0).fit_predict(vectors)
    return found


def average_linkage(vectors: Vectors, groups: int) -> Labels:
    """Average linkage on the cosine distance of the embeddings alone."""
    from sklearn.cluster import AgglomerativeClustering

    tree = AgglomerativeClustering(groups, metric="cosine", linkage="average")
    found: Labels = tree.fit_predict(vectors)
    return found


def allowed(n: int) -> range:
    """Return the numbers of groups that the bounds allow, two at least."""
    bounds = GroupingSettings()
    return range(max(2, -(-n // bounds.largest)), max(2, n // bounds.smallest) + 1)


def _baseline(
    way: Callable[[Vectors, int], Labels], _: MixedSet, vectors: Vectors, told: int | None
) -> Labels:
    """Group with the number told, or with that of the highest silhouette within our bounds."""
    from sklearn.metrics import silhouette_score

    if told is not None:
        return way(vectors, told)
    found = [way(vectors, groups) for groups in allowed(len(vectors))]
    scores = [silhouette_score(vectors, labels, metric="cosine") for labels in found]
    return found[int(np.argmax(scores))]


def judged(
    way: Way, sets: Sequence[MixedSet], vectors: Mapping[str, Vectors], *, is_told: bool
) -> dict[str, Agreement]:
    """Return how well a way does in each family: the mean of its sets."""
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    rows: dict[str, list[tuple[float, float, float]]] = {}
    for given in sets:
        own = np.stack([vectors[text] for text in given.texts])
        # Of so few statements, threads would do nothing but wait for one another.
        with threadpool_limits(1):
            labels = way(given, own, given.occupations if is_told else None)
        rows.setdefault(given.family, []).append(
            (
                adjusted_rand_score(given.owners, labels),
                normalized_mutual_info_score(given.owners, labels),
                len(set(labels.tolist())) / given.occupations,
            )
        )
    return {family: Agreement(*np.mean(some, axis=0).tolist()) for family, some in rows.items()}
