"""Codes of knowledge, skills and behaviours: found where the source has them, else numbered."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cycles.importing.cleaning import natural_key
from cycles.standards.importing.records import KsbRecord
from cycles.standards.models import KsbKind

LETTERS = {"K": KsbKind.KNOWLEDGE, "S": KsbKind.SKILL, "B": KsbKind.BEHAVIOUR}
ORDER = tuple(LETTERS.values())
_LEADING = re.compile(r"^([KSB]\d{1,3})\s*[:.)–-]\s+(?=\S)")
_TRAILING = re.compile(r"(?:^|[-_. ])([KSB]\d{1,3})$", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A KSB as a source writes it, before it has its code."""

    kind: KsbKind
    reference: str
    text: str


def letter(kind: KsbKind) -> str:
    """Return K, S or B."""
    return kind.value[0].upper()


def coded(found: Iterable[Found]) -> tuple[KsbRecord, ...]:
    """Return the KSBs of one standard with codes, knowledge first, K2 before K10.

    A code is read from the start of the text ("K1: …") or the end of the reference ("ST1-K1");
    the rest are numbered in their order with the numbers left. Without text or met twice: dropped.
    """
    every = list(found)
    records: list[KsbRecord] = []
    for kind in ORDER:
        records.extend(_of_one_kind(kind, [each for each in every if each.kind == kind]))
    return tuple(records)


def _of_one_kind(kind: KsbKind, found: Sequence[Found]) -> list[KsbRecord]:
    told = [_told_code(kind, each) for each in found]
    taken: set[str] = {code for code, _ in told if code}
    used: set[str] = set()
    known: set[str] = set()
    records = []
    for each, (told_code, text) in zip(found, told, strict=True):
        if not text or (each.reference and each.reference in known):
            continue
        is_usable = told_code and told_code not in used
        code = told_code if is_usable else _free(letter(kind), taken)
        used.add(code)
        taken.add(code)
        known.add(each.reference or code)
        records.append(KsbRecord(each.reference or code, code, kind, text))
    return sorted(records, key=lambda record: natural_key(record.code))


def _told_code(kind: KsbKind, each: Found) -> tuple[str, str]:
    leading = _LEADING.match(each.text)
    if leading and leading[1][0] == letter(kind):
        return leading[1], each.text[leading.end() :]
    trailing = _TRAILING.search(each.reference)
    if trailing and trailing[1][0].upper() == letter(kind):
        return trailing[1].upper(), each.text
    return "", each.text


def _free(initial: str, taken: set[str]) -> str:
    number = 1
    while f"{initial}{number}" in taken:
        number += 1
    return f"{initial}{number}"
