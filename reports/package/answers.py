"""The package as an answer: written to a file that no one else sees, then sent."""

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from flask import Response

from reports.explorer.look import Look
from reports.package.archive import write_package
from reports.package.bundles import bundles_behind
from reports.package.contents import Contents
from reports.package.descriptor import name_of

MOST_IN_MEMORY = 4 * 1024 * 1024
AT_ONCE = 64 * 1024


def package_answer(look: Look) -> Response:
    """Send the package of what this reader looks at.

    Whoever came by a link gets no bundles: those hold what people wrote for their answers.
    """
    contents = Contents(look.results, is_open=look.is_open)
    bundles = {} if look.is_open else bundles_behind(look.results)
    # Made as a whole before the first byte leaves, so that a failure is an error and no torn file.
    held = cast(IO[bytes], SpooledTemporaryFile(MOST_IN_MEMORY))  # noqa: SIM115 - sent below
    write_package(contents, bundles, held)
    size = held.tell()
    held.seek(0)
    answer = Response(_parts(held), content_type="application/zip")
    answer.call_on_close(held.close)  # also where nobody reads it to its end
    answer.content_length = size
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name_of(contents)}.zip")
    return answer


def _parts(held: IO[bytes]) -> Iterator[bytes]:
    with held:
        while part := held.read(AT_ONCE):
            yield part
