"""What anybody with a link may read of some results: nobody's name, nothing that people wrote.

What passes is listed field by field in ``open_fields``; what is not listed there is emptied, so
that a new field is closed until somebody opens it. Counts stay as they are.
"""

from dataclasses import fields, is_dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints
from weakref import WeakKeyDictionary

from reports.document.facts import People
from reports.results.open_fields import OPEN
from reports.results.records import Detail
from reports.results.results import Results
from workshop.rooms.disclosure import SMALLEST_GROUP

EMPTY: dict[Any, Any] = {str: "", int: 0, float: 0.0, bool: False}
_opened: WeakKeyDictionary[Results, Results] = WeakKeyDictionary()


def without_people(results: Results) -> Results:
    """Return the results as a link's reader may see them, under a key of their own."""
    if results not in _opened:
        _opened[results] = replace(
            results,
            document=_open(results.document),
            detail=_without_small_groups(_open(results.detail), results.document.people),
            key=f"{results.key}/open",
        )
    return _opened[results]


def _without_small_groups(detail: Detail, people: People) -> Detail:
    """Return the rows with no review told as that of a group of one or two people."""
    large = {each.group for each in people.groups if each.people >= SMALLEST_GROUP}
    reviews = (each if each.group in large else replace(each, group="") for each in detail.reviews)
    return replace(detail, reviews=tuple(reviews))


def _open(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_open(each) for each in value)
    if not is_dataclass(value):
        return value
    kind: Any = type(value)
    return kind(**{name: _field(value, name, empty) for name, empty in _plan(kind)})


def _field(value: Any, name: str, closed: tuple[Any, ...]) -> Any:
    """Return the field as it passes; ``closed`` holds what stands in its place, or nothing."""
    return closed[0] if closed else _open(getattr(value, name))


@cache
def _plan(kind: Any) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """Return each field of a record, with what stands in its place where it is closed."""
    hints, passing = get_type_hints(kind), OPEN.get(kind, ())
    return tuple(
        (each.name, () if each.name in passing else (_empty(hints[each.name]),))
        for each in fields(kind)
    )


def _empty(hint: Any) -> Any:
    """Return what stands in the place of a closed field of this type."""
    if isinstance(hint, UnionType) and NoneType in get_args(hint):
        return None
    if get_origin(hint) is tuple:
        return ()
    return EMPTY[hint]
