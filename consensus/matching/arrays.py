"""The array types of matching, and the checks every function makes of what it is handed.

Here live type names, shape checks and the grouping of duties by standard. Scores, thresholds and
rankings never live here: each has a module of its own.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]
Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.int64]
Integers = npt.NDArray[np.integer[Any]]


def finite_matrix(values: npt.ArrayLike, name: str) -> Floats:
    """`values` as a two-dimensional float array; ValueError for another shape or for NaN."""
    matrix: Floats = np.asarray(values)
    if matrix.dtype.kind != "f":
        matrix = matrix.astype(np.float64)
    if matrix.ndim != 2:
        raise ValueError(f"{name} must have two dimensions, not {matrix.ndim}")
    if not np.isfinite(matrix).all():
        raise ValueError(f"{name} holds a value that is not a finite number")
    return matrix


def flag_matrix(values: npt.ArrayLike, name: str, columns: int | None = None) -> Flags:
    """`values` as a bool array of shape (any, columns); ValueError otherwise."""
    matrix = np.asarray(values)
    if matrix.dtype != np.bool_:
        raise ValueError(f"{name} must be boolean, not {matrix.dtype}")
    if matrix.ndim != 2 or columns not in (None, matrix.shape[1]):
        raise ValueError(f"{name} must have the shape (any, {columns}), not {matrix.shape}")
    return matrix


def index_pairs(pairs: npt.ArrayLike | None, shape: tuple[int, int], name: str) -> Indices:
    """`pairs` as an int64 array of rows (capability, duty) that lie inside `shape`.

    None and anything empty mean "no pairs". Raises ValueError for another shape, for numbers that
    are not integers and for a pair outside `shape`: a negative index would silently count from
    the end.
    """
    rows = np.asarray([] if pairs is None else pairs)
    if rows.size == 0:
        return np.empty((0, 2), dtype=np.int64)
    if rows.ndim != 2 or rows.shape[1] != 2 or rows.dtype.kind not in "iu":
        raise ValueError(f"{name} must be integer rows (capability, duty)")
    if (rows < 0).any() or (rows >= np.asarray(shape)).any():
        raise ValueError(f"{name} names a capability or a duty outside {shape}")
    return rows.astype(np.int64)


@dataclass(frozen=True, eq=False)
class DutiesByStandard:
    """The duties put in the order of their standards, so that one pass serves every standard.

    order      (m,) duty indices, standard by standard, in each by duty index
    starts     (p,) where each standard that has duties begins in `order`
    present    (p,) the standards that have duties, ascending
    duty_count (s,) duties per standard
    """

    order: Indices
    starts: Indices
    present: Indices
    duty_count: Indices


def duties_by_standard(standard_of_duty: npt.ArrayLike, standards: int) -> DutiesByStandard:
    """Order the duties by standard; `standard_of_duty` is (m,), each in 0 … standards − 1.

    Raises ValueError for a duty of no standard, or an array of another shape or type.
    """
    owners = np.asarray(standard_of_duty)
    if owners.ndim != 1 or (owners.size and owners.dtype.kind not in "iu"):
        raise ValueError("standard_of_duty must be one integer per duty")
    if owners.size and (owners.min() < 0 or owners.max() >= standards):
        raise ValueError(f"standard_of_duty names a standard outside 0 … {standards - 1}")
    owners = owners.astype(np.int64)
    duty_count = np.bincount(owners, minlength=standards).astype(np.int64)
    present = np.flatnonzero(duty_count)
    starts = np.concatenate(([0], np.cumsum(duty_count[present])[:-1])).astype(np.int64)
    return DutiesByStandard(
        order=np.argsort(owners, kind="stable"),
        starts=starts[: len(present)],
        present=present,
        duty_count=duty_count,
    )
