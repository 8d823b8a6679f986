"""A document as JSON and back, and its digest. The same document gives the same bytes for ever.

Reading is lenient where the shape may have grown: keys it does not know are left out, and fields
that an older snapshot lacks take their defaults. Nothing here knows what a field means.
"""

import hashlib
import json
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints
from uuid import UUID

Record = TypeVar("Record")


def plain(value: Any) -> Any:
    """Return records, tuples and dates as what JSON has."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value.value if isinstance(value, Enum) else value


def canonical(document: Mapping[str, Any]) -> bytes:
    """Return a plain document as JSON with sorted keys and no spaces."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return text.encode("ascii")


def digest_of(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON of a plain document."""
    return hashlib.sha256(canonical(document)).hexdigest()


def restore(kind: type[Record], found: Mapping[str, Any]) -> Record:
    """Return the record of ``kind`` that ``plain`` made into ``found``."""
    return kind(
        **{
            name: _value(hint, found[name])
            for name, hint in _hints(cast(Hashable, kind)).items()
            if name in found
        }
    )


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}


def _value(hint: Any, found: Any) -> Any:
    if isinstance(hint, UnionType):
        return None if found is None else _value(_other_than_none(hint), found)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], each) for each in found)
    if is_dataclass(hint):
        return restore(hint, found)  # type: ignore[arg-type]  # a hint is a class, never a record
    if hint in (date, datetime):
        return hint.fromisoformat(found)
    return UUID(found) if hint is UUID else found


def _other_than_none(hint: UnionType) -> Any:
    return next(each for each in get_args(hint) if each is not NoneType)
