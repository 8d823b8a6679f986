"""Cleaning what sources of standards write: pure functions of text.

Sources escape HTML once or twice, pad titles, spell a status with and without spaces, and number
levels as text. Typographic quotes are kept: they are right, and matching straightens its own copy.
"""

import html
import re
import unicodedata
from decimal import Decimal, InvalidOperation

LOWEST_LEVEL, HIGHEST_LEVEL = 1, 8
# What stands in a text where a letter could not be read when somebody saved it.
LOST_LETTER = "\ufffd"
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_SPACE = re.compile(r"\s+")
# Codes that PostgreSQL refuses (NUL) or that nobody can see.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200d\u2060\ufeff]")
_DEGREE = re.compile(r"\s*\((?:integrated |non-integrated )?degree\)\s*$", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DIGITS = re.compile(r"(\d+)")
_LEVEL = re.compile(r"(?:level\s*)?(\d{1,9})(?:\.0+)?", re.IGNORECASE)
# Two passes undo what was escaped twice; more would eat text that is about HTML.
UNESCAPES = 2
_STRAIGHT = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})


def clean(value: object) -> str:
    """Return any cell of a source as one line of text without markup."""
    if value is None or isinstance(value, bool | dict | list):
        return ""
    text = str(value)
    for _ in range(UNESCAPES):
        text = _unescaped(text)
    text = _TAG.sub(" ", text)
    return _SPACE.sub(" ", _UNSEEN.sub("", text)).strip()


def _unescaped(text: str) -> str:
    try:
        return html.unescape(text)
    except ValueError:
        # A character whose number has thousands of digits, which Python refuses to read.
        return text


def same_words(text: str) -> str:
    """Return the key under which two texts are one statement: quotes straight, spaces single.

    What the encoder makes of a text may change; which records are the same must not.
    """
    composed = unicodedata.normalize("NFC", text).translate(_STRAIGHT)
    return _SPACE.sub(" ", composed).strip()


def clean_title(value: object) -> str:
    """Return a title without padding and without its "(degree)"."""
    return _DEGREE.sub("", clean(value)).strip()


def clean_status(value: object) -> str:
    """Return a status in words: ``ApprovedForDelivery`` and its spaced spelling are one."""
    words = _CAMEL.sub(" ", clean(value)).split()
    return " ".join(words).lower().capitalize()


def level_of(value: object) -> int | None:
    """Return the academic level, or None where there is none from 1 to 8."""
    found = _LEVEL.fullmatch(clean(value))
    if found is None:
        return None
    level = int(found[1])
    return level if LOWEST_LEVEL <= level <= HIGHEST_LEVEL else None


def says_yes(value: object) -> bool:
    """Read the many spellings of a flag; an empty one is yes, as a duty is core unless told."""
    if isinstance(value, bool):
        return value
    word = clean(value).lower()
    try:
        return Decimal(word) != 0
    except InvalidOperation:
        return word not in ("no", "n", "false", "f")


def natural_key(code: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sorting key that puts K2 before K10."""
    # Digits stay text: Python refuses to read thousands of them as a number.
    return tuple(
        (0, len(digits), digits) if (digits := _digits(part)) else (1, 0, part.upper())
        for part in _DIGITS.split(code)
        if part
    )


def _digits(part: str) -> str:
    """Return a run of digits without its leading zeros, or nothing for anything else."""
    return (part.lstrip("0") or "0") if part.isdecimal() else ""


def version_key(version: str) -> tuple[int, ...]:
    """Return a sorting key that puts version 1.2 before 1.10."""
    # In parts, as Python refuses to read thousands of digits as one number.
    return tuple(int(part) for part in re.findall(r"\d{1,18}", version)[:4])
