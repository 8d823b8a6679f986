"""Results of no cycle, from which the description of the API takes the pages' tables.

What a page lists does not hang on what a cycle found, but for columns that a cycle names itself.
"""

import uuid
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from reports.document.facts import Document
from reports.explorer.look import Look, Way
from reports.results.records import Detail
from reports.results.results import Results

BEGINNING = date(2000, 1, 1)
PLAIN: dict[Any, Any] = {
    str: "",
    int: 0,
    float: 0.0,
    bool: False,
    date: BEGINNING,
    datetime: datetime(2000, 1, 1, tzinfo=UTC),
}


@cache
def blank_look() -> Look:
    """Return a look at results in which nothing was found."""
    return Look(
        results=Results(
            cycle_id=uuid.UUID(int=0),
            document=_blank(Document),
            detail=Detail(run_id=None),
            key="blank",
            snapshot_id=uuid.UUID(int=0),
        ),
        args={},
        way=Way("published", {"token": "TOKEN"}),
        kept={},
        is_open=True,
    )


def _blank(kind: Any) -> Any:
    if kind in PLAIN:
        return PLAIN[kind]
    if isinstance(kind, UnionType) and NoneType in get_args(kind):
        return None
    if get_origin(kind) is tuple:
        return ()
    hints = get_type_hints(kind)
    return kind(
        **{each.name: _blank(hints[each.name]) for each in fields(kind) if each.default is MISSING}
    )
