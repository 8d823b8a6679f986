"""Reading a bundle: its files as bytes, their digests, and the tables in them.

A bundle comes from anywhere, so its size is bounded and nothing of it is trusted or unpacked.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consensus.rule import Rule
from consensus.scale import NO_CODE
from workshop.exports.bundle import EXPECTED, GROUPS, ITEMS, MANIFEST, RATINGS, RULE_CARD
from workshop.exports.pairs import Pair

MOST_FILES = 50
MOST_BYTES = 500 * 1024 * 1024
Line = dict[str, str]


class Unreadable(Exception):
    """The file is no bundle, or one that lacks what a re-computation needs."""


@dataclass(frozen=True)
class Bundle:
    """What a bundle says. ``ratings`` are the rows of each item by its number."""

    manifest: Mapping[str, Any]
    rule: Rule
    stated_digest: str
    expected: Mapping[str, Any]
    letters: Sequence[str]
    pairings: Mapping[int, str]
    ratings: Mapping[int, tuple[Pair, ...]]
    groups: tuple[Line, ...]

    def codes_of(self, number: int) -> tuple[list[int], list[int]]:
        """Return the codes of an item in the round before and in this one, row by row."""
        rows = self.ratings.get(number, ())
        return (
            [self._code(pair.before) for pair in rows],
            [self._code(pair.now) for pair in rows],
        )

    def abstained(self, number: int) -> int:
        """Return how many answered in this round without a place on the scale."""
        return sum(
            bool(pair.now) and pair.now not in self.letters for pair in self.ratings.get(number, ())
        )

    def _code(self, answer: str) -> int:
        return self.letters.index(answer) if answer in self.letters else NO_CODE


def read_files(path: Path) -> dict[str, bytes]:
    """Return the files of the bundle by name. Raises ``Unreadable``, in a sentence."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES or sum(each.file_size for each in entries) > MOST_BYTES:
                raise Unreadable("The file unpacks to more than any bundle holds.")
            files = {each.filename: archive.read(each) for each in entries}
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as problem:
        raise Unreadable(f"The file could not be read as a ZIP: {problem}.") from problem
    for name in (MANIFEST, RULE_CARD, EXPECTED, RATINGS, ITEMS, GROUPS):
        if name not in files:
            raise Unreadable(f"There is no {name} in it, so it is no bundle of a round.")
    return files


def tampered(files: Mapping[str, bytes], listed: Mapping[str, str]) -> list[str]:
    """Return in sentences which files are not those that the manifest lists."""
    found = [f"{name} is not in the manifest." for name in files if name not in {*listed, MANIFEST}]
    for name, digest in sorted(listed.items()):
        if name not in files:
            found.append(f"{name} is missing.")
        elif hashlib.sha256(files[name]).hexdigest() != digest:
            found.append(f"{name} is not the file that was made: its SHA-256 differs.")
    return found


def read_bundle(files: Mapping[str, bytes]) -> Bundle:
    """Return what the files of a bundle say. Raises ``Unreadable`` where they say nothing."""
    try:
        expected = json.loads(files[EXPECTED])
        card = json.loads(files[RULE_CARD])
        letters = tuple(expected["scale"]["letters"])
        return Bundle(
            manifest=json.loads(files[MANIFEST]),
            rule=Rule(**card["rule"]),
            stated_digest=card["digest"],
            expected=expected,
            letters=letters,
            pairings={int(line["Item"]): line["Answers"] for line in _lines(files[ITEMS])},
            ratings=_ratings(files[RATINGS]),
            groups=tuple(_lines(files[GROUPS])),
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise Unreadable(f"A file of the bundle cannot be read: {problem}.") from problem


def _lines(content: bytes) -> list[Line]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _ratings(content: bytes) -> dict[int, tuple[Pair, ...]]:
    found: dict[int, list[Pair]] = {}
    for line in _lines(content):
        found.setdefault(int(line["Item"]), []).append(
            Pair(line["Round before"], line["This round"])
        )
    return {number: tuple(pairs) for number, pairs in found.items()}
