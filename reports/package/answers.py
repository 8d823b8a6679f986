"""The package as an answer: written to a file that no one else sees, then sent."""

from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from flask import Response

from cycles.core.turns import Turns
from reports.explorer.look import Look
from reports.package.archive import write_package
from reports.package.bundles import bundles_behind
from reports.package.contents import Contents
from reports.package.descriptor import name_of

MOST_IN_MEMORY = 4 * 1024 * 1024
AT_ONCE = 64 * 1024
PACKAGES_AT_ONCE = 2
_turns = Turns(
    PACKAGES_AT_ONCE, "Other packages are being made. Ask for this one again in a few seconds."
)


def package_answer(look: Look) -> Response:
    """Send the package of what this reader looks at.

    Whoever came by a link gets no bundles: those hold what people wrote for their answers. Raises
    ``TooMany`` while others are being made: a large one takes seconds.
    """
    contents = Contents(look.results, is_open=look.is_open)
    held = _made(look, contents)
    size = held.tell()
    held.seek(0)
    answer = Response(_parts(held), content_type="application/zip")
    answer.call_on_close(held.close)  # also where nobody reads it to its end
    answer.content_length = size
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name_of(contents)}.zip")
    return answer


def _made(look: Look, contents: Contents) -> IO[bytes]:
    """Return the package, made as a whole before its first byte leaves: a failure tears no file."""
    with _turns.one(), ExitStack() as closing:
        held = cast(IO[bytes], closing.enter_context(SpooledTemporaryFile(MOST_IN_MEMORY)))
        write_package(contents, {} if look.is_open else bundles_behind(look.results), held)
        closing.pop_all()
        return held


def _parts(held: IO[bytes]) -> Iterator[bytes]:
    with held:
        while part := held.read(AT_ONCE):
            yield part
