"""The letters of a text file: its lines, or why they cannot be trusted. Nothing is mended."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from cycles.core.errors import Invalid

BLOCK = 1024 * 1024
# Far more than any row holds; a file without line ends would fill the memory with its cells.
LONGEST_LINE = 4 * BLOCK
# What UTF-8 leaves of a typographic sign when its first byte was lost on the way.
_REMAINS = re.compile(rb"(?<!\xe2)\x80[\x93\x94\x98\x99\x9c\x9d\xa6]")


def text_lines(stream: BinaryIO) -> Iterator[str]:
    """Yield the lines of a text file, each with its end, from one block in memory at a time."""
    decoder = codecs.getincrementaldecoder(encoding_of(stream))()
    held, number = "", 1
    while block := stream.read(BLOCK):
        *lines, held = (held + decoder.decode(block)).split("\n")
        yield from (f"{line}\n" for line in lines)
        number += len(lines)
        if len(held) > LONGEST_LINE:
            raise Invalid(
                f"Line {number:,} of the file is over {LONGEST_LINE // BLOCK} MB long, so this is "
                "no table that can be read."
            )
    if held := held + decoder.decode(b"", final=True):
        yield held


def encoding_of(stream: BinaryIO) -> str:
    """Return ``utf-8-sig`` or ``cp1252``; raise ``Invalid`` where the letters are damaged.

    The file is read once, by blocks, and left at its beginning.
    """
    start = stream.read(BLOCK)
    stream.seek(0)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in start:
        raise Invalid(
            "The file is not plain CSV or text. Save it as “CSV UTF-8” or “XLSX” and try again."
        )
    if _is_whole(stream, "utf-8-sig"):
        return "utf-8-sig"
    line = _remains(stream)
    # Windows-1252 gives a sense to nearly every byte, also to the remains of broken UTF-8.
    if line is None and _is_whole(stream, "cp1252"):
        return "cp1252"
    raise Invalid(
        f"The letters of this file are damaged{f', first in line {line:,}' if line else ''}: they "
        "are neither UTF-8 nor Windows-1252, so some were lost when it was saved or copied. "
        "Nothing was imported. Fetch the file again from its source, or take the source's XLSX."
    )


def _is_whole(stream: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while block := stream.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        stream.seek(0)
    return True


def _remains(stream: BinaryIO) -> int | None:
    """Return the number of the first line that holds the remains of a broken letter."""
    found = (number for number, line in enumerate(stream, 1) if _REMAINS.search(line))
    try:
        return next(found, None)
    finally:
        stream.seek(0)
