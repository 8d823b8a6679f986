"""Streaming standards from a JSON file, object by object: the full set is 80 MB."""

import os
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import ijson

from cycles.core.errors import Invalid
from cycles.importing.reports import Progress
from cycles.standards.importing import objects
from cycles.standards.importing.gathering import Gathering
from cycles.standards.importing.records import Reading

REPORT_EVERY = 50
DEEPEST = 16
BLOCK = 1024 * 1024
MOST_DIGITS = 1000
ENDLESS_NUMBER = re.compile(rb"\d{%d}" % (MOST_DIGITS + 1))
KEY = ("", "map_key")
BOM = b"\xef\xbb\xbf"


def read_json(stream: BinaryIO, gathering: Gathering, report: Progress) -> Reading:
    """Read an array of API objects, or an object whose ``standards`` are keyed or listed."""
    size = stream.seek(0, os.SEEK_END)
    start = _skip_mark(stream)
    try:
        _check_numbers(stream, start)
        _check_depth(stream, start)
        for number, (key, source) in enumerate(_entries(stream, start), 1):
            if number % REPORT_EVERY == 0:
                report(stream.tell(), size, f"Read {number:,} standards")
            _take(gathering, number, key, source)
    except (ijson.JSONError, UnicodeDecodeError, ArithmeticError) as error:
        raise Invalid(
            f"This file is not whole JSON. It breaks near byte {stream.tell():,} of {size:,}. "
            "Download it again, then try once more."
        ) from error
    has_duties = any(taken.has_duties for taken in gathering.best.values())
    has_ksbs = any(taken.has_ksbs for taken in gathering.best.values())
    return gathering.reading(has_duties=has_duties, has_ksbs=has_ksbs)


def _skip_mark(stream: BinaryIO) -> int:
    stream.seek(0)
    start = len(BOM) if stream.read(len(BOM)) == BOM else 0
    stream.seek(start)
    return start


def _check_numbers(stream: BinaryIO, start: int) -> None:
    # Python reads no whole number of more than 4,300 digits, and the reader written in C does not
    # survive that: a long one ends the process. So nothing of the kind comes before it.
    held = b""
    while block := stream.read(BLOCK):
        held = held[-MOST_DIGITS:] + block
        if ENDLESS_NUMBER.search(held):
            raise Invalid(
                f"This is not a JSON file of standards: it holds a number of more than "
                f"{MOST_DIGITS:,} digits."
            )
    stream.seek(start)


def _check_depth(stream: BinaryIO, start: int) -> None:
    # The reader keeps the path to every open bracket: 200 kB of them took all memory there was.
    depth = 0
    for event, _ in ijson.basic_parse(stream):
        if event in ("start_map", "start_array"):
            depth += 1
            if depth > DEEPEST:
                raise Invalid("This is not a JSON file of standards: it is nested too deeply.")
        elif event in ("end_map", "end_array"):
            depth -= 1
    stream.seek(start)


def _entries(stream: BinaryIO, start: int) -> Iterator[tuple[str, Any]]:
    first = stream.read(64).lstrip()[:1]
    stream.seek(start)
    if first == b"[":
        yield from (("", source) for source in ijson.items(stream, "item"))
    elif first == b"{":
        is_keyed = False
        for key, source in ijson.kvitems(stream, "standards"):
            is_keyed = True
            yield key, source
        if not is_keyed:
            stream.seek(start)
            yield from _listed(stream, start)
    else:
        raise Invalid("This is not a JSON file of standards.")


def _listed(stream: BinaryIO, start: int) -> Iterator[tuple[str, Any]]:
    has_any = False
    for source in ijson.items(stream, "standards.item"):
        has_any = True
        yield "", source
    if not has_any:
        stream.seek(start)
        names = [name for prefix, event, name in ijson.parse(stream) if (prefix, event) == KEY]
        raise Invalid(
            f"There are no standards in this file that could be imported: it holds "
            f"{', '.join(names[:5]) or 'nothing'}. Give an array of standards, or an object that "
            "holds them under “standards”."
        )


def _take(gathering: Gathering, number: int, key: str, source: object) -> None:
    if not isinstance(source, dict):
        gathering.take(f"Record {number:,}", "", _not_an_object)
        return
    if not gathering.takes(objects.status_of(source)):
        return
    reference = objects.reference_of(source) or key.upper()
    title = str(source.get("title") or source.get("name") or "")[:80]
    where = f"Record {number:,} ({' '.join(filter(None, (reference, title))) or 'unnamed'})"
    gathering.take(where, reference, lambda: _record(gathering, key, source))


def _record(gathering: Gathering, key: str, source: Mapping[str, Any]) -> Any:
    if key:
        return objects.from_keyed(key, source)
    return objects.from_api(source, gathering.tally)


def _not_an_object() -> Any:
    raise Invalid("This is not an object.")
