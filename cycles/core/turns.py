"""Turns: few at once do work that takes long, and whoever comes on top is asked to come again.

What anybody may ask for without signing in must not keep every thread of a process busy.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from cycles.core.errors import TooMany

COME_AGAIN = 5
"""Seconds after which somebody turned away may ask again."""


class Turns:
    """At most ``most`` in this process have a turn; ``sentence`` tells the others why not."""

    def __init__(self, most: int, sentence: str) -> None:
        self._free = BoundedSemaphore(most)
        self._sentence = sentence

    @contextmanager
    def one(self, patience: float = 0) -> Iterator[None]:
        """Take a turn. Raises ``TooMany`` where none is free or gets so in ``patience`` seconds.

        Nobody waits who has not signed in; a page that shows many pictures to a member may.
        """
        if not self._free.acquire(timeout=patience):
            raise TooMany(self._sentence, COME_AGAIN)
        try:
            yield
        finally:
            self._free.release()
