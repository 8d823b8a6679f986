"""Work over blocks by a few threads: how a product is cut, handed out, watched and ended.

What is read from a block lives with who reads it. numpy lets go of Python's lock while it works,
so what follows a product runs beside the other thread's product.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TypeVar

import numpy as np
from threadpoolctl import threadpool_limits

from consensus.matching.arrays import Indices
from consensus.matching.national.sides import Vectors

THREADS = 2
# The more rows a block has, the less often BLAS packs the columns anew.
CELLS_PER_BLOCK = 6_200_000
MOST_ROWS_PER_BLOCK = 4_096
MOST_CELLS_PER_BLOCK = 1 << 30

Result = TypeVar("Result")
OnBlock = Callable[[int, int], None]


def cut_rows(rows: int, columns: int, cells_per_block: int, threads: int) -> list[Indices]:
    """Cut rows into blocks of about `cells_per_block` scores."""
    cells = min(cells_per_block, MOST_CELLS_PER_BLOCK)
    size = max(1, min(MOST_ROWS_PER_BLOCK, cells // max(columns, 1)))
    pieces = max(1, -(-rows // size))
    # As many for one thread as for the other, or one would wait for the last.
    pieces += -pieces % threads
    return np.array_split(np.arange(rows), pieces)


class Products:
    """Products of rows with the same columns (d, m), each written over an earlier one."""

    def __init__(
        self, rows: Vectors, columns: Vectors, blocks: Sequence[Indices], threads: int
    ) -> None:
        self._rows, self._columns = rows, columns
        most = max((len(block) for block in blocks), default=0)
        self._buffers: SimpleQueue[Vectors] = SimpleQueue()
        for _ in range(threads):
            self._buffers.put(np.empty((most, columns.shape[1]), dtype=np.float32))

    @contextmanager
    def of(self, rows: Indices) -> Iterator[Vectors]:
        """Lend the scores (b, m) of some rows, until the end of the block of code."""
        buffer = self._buffers.get()
        try:
            yield np.matmul(self._rows[rows], self._columns, out=buffer[: len(rows)])
        finally:
            self._buffers.put(buffer)

    def let_go(self) -> None:
        """Give the memory of the products back."""
        while not self._buffers.empty():
            self._buffers.get()


def in_threads(
    work: Callable[[Indices], Result],
    blocks: Sequence[Indices],
    threads: int,
    on_block: OnBlock | None,
) -> Iterator[Result]:
    """Do the work for every block; yield the results in the order of the blocks, and keep none.

    BLAS keeps to one thread in each of ours. `on_block` hears in the caller's thread how many are
    done; where it, a block or the caller raises, no further block is begun.
    """
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(threads) as pool:
        asked = deque(pool.submit(work, rows) for rows in blocks)
        try:
            for done in range(1, len(blocks) + 1):
                yield asked.popleft().result()
                if on_block is not None:
                    on_block(done, len(blocks))
        finally:
            for each in asked:
                each.cancel()
