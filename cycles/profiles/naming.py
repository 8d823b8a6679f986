"""Names for prototype profiles: the nearest occupation titles, and one name to a profile.

A name found here is a suggestion, and is shown as one until a person gives another.
"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from cycles.core.extensions import db
from cycles.library.models import LibrarySource, OccupationTitle
from cycles.profiles.checks import LONGEST_NAME
from cycles.profiles.proposals import Proposal, SuggestedName
from cycles.setup.models import CycleFramework
from cycles.standards.models import Framework, OccupationalStandard
from cycles.standards.wording import is_stated

NEAREST = 8
"""How many titles are found for a prototype, so that one is left when others have the first."""
KEPT = 4 * NEAREST
"""Titles kept while they are read: the same one may stand at several levels."""
SHOWN = 3
ADJOINING = 1
SCORE_DECIMALS = 4
AT_ONCE = 4096
"""Titles whose vectors are in memory at once: a whole taxonomy's would take hundreds of MB."""

Vectors = npt.NDArray[np.floating[Any]]
Read = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True)
class Title:
    """An occupation title that may name a profile. ``level`` is None where the source has none."""

    text: str
    source: str
    level: int | None


def titles_for(cycle_id: uuid.UUID) -> tuple[Title, ...]:
    """Return the titles of live standards, framework by framework, then of the library's
    occupations."""
    standards = db.session.execute(
        select(
            OccupationalStandard.title,
            Framework.name,
            OccupationalStandard.reference,
            OccupationalStandard.level,
        )
        .join(Framework, Framework.id == OccupationalStandard.framework_id)
        .join(CycleFramework, CycleFramework.framework_id == Framework.id)
        .where(CycleFramework.cycle_id == cycle_id, OccupationalStandard.retired_at.is_(None))
        .order_by(CycleFramework.position, OccupationalStandard.reference, OccupationalStandard.id)
    )
    occupations = db.session.execute(
        select(OccupationTitle.title, LibrarySource.name, OccupationTitle.reference)
        .join(LibrarySource, LibrarySource.id == OccupationTitle.source_id)
        .order_by(LibrarySource.name, OccupationTitle.reference)
    )
    return (
        *(
            Title(title, f"{name} {reference}", level if is_stated(level) else None)
            for title, name, reference, level in standards
        ),
        *(Title(title, f"{source} {reference}", None) for title, source, reference in occupations),
    )


def is_eligible(title: Title, academic_level: int | None) -> bool:
    """Say whether a title may name a profile of the level: at it, adjoining, or without one."""
    if academic_level is None or title.level is None:
        return True
    return abs(title.level - academic_level) <= ADJOINING


@dataclass(frozen=True, eq=False)
class Centre:
    """What a prototype is about: the mean of its members' vectors, (d,), of any length.

    ``academic_level`` is its role level's, None where that is not stated.
    """

    vector: Vectors
    academic_level: int | None


def suggest(
    centres: Sequence[Centre], titles: Sequence[Title], read: Read
) -> list[tuple[SuggestedName, ...]]:
    """Return for each centre the titles nearest to it, best first, each title once.

    ``read`` gives the vectors of texts, unit rows in their order. Ties go to the title that comes
    first. A level that no title has says nothing: then every title may be suggested.
    """
    if not centres:
        return []
    levels = {one.academic_level for one in centres}
    may_name = {level: _eligible(titles, level) for level in levels}
    shortlists = [_Shortlist(one, may_name[one.academic_level]) for one in centres]
    units = _units(centres)
    for places, vectors in _slices(titles, read):
        scores = np.round(vectors.astype(np.float64) @ units.T, SCORE_DECIMALS)
        for column, shortlist in enumerate(shortlists):
            shortlist.take(places, scores[:, column])
    return [shortlist.names(titles) for shortlist in shortlists]


def _units(centres: Sequence[Centre]) -> Vectors:
    rows = np.stack([one.vector for one in centres]).astype(np.float64)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    units: Vectors = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return units


def _slices(titles: Sequence[Title], read: Read) -> Iterator[tuple[npt.NDArray[np.int64], Vectors]]:
    """Yield the places of some titles with their vectors, each text and level once."""
    first: dict[tuple[str, int | None], int] = {}
    for place, title in enumerate(titles):
        first.setdefault((title.text.casefold(), title.level), place)
    wanted = np.fromiter(first.values(), dtype=np.int64, count=len(first))
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        yield some, read([titles[place].text for place in some])


def _eligible(titles: Sequence[Title], academic_level: int | None) -> npt.NDArray[np.bool_]:
    """Return which titles may name a profile of the level; all of them where none may."""
    by_level = {
        level: is_eligible(Title("", "", level), academic_level)
        for level in {one.level for one in titles}
    }
    near = np.array([by_level[one.level] for one in titles], dtype=np.bool_)
    return near if near.any() else np.ones(len(titles), dtype=np.bool_)


class _Shortlist:
    """The nearest titles to one centre, while slices of them go by."""

    def __init__(self, centre: Centre, may_name: npt.NDArray[np.bool_]) -> None:
        self.may_name = may_name
        self.has_direction = bool(np.linalg.norm(centre.vector))
        self.places = np.empty(0, dtype=np.int64)
        self.scores = np.empty(0)
        self.least = -np.inf

    def take(self, places: npt.NDArray[np.int64], scores: Vectors) -> None:
        """Keep the best of what is held and these; places ascend from one call to the next."""
        # Equal scores go to whom came first, so only a higher one gets in.
        may = self.may_name[places] & (scores > self.least)
        self.places = np.concatenate((self.places, places[may]))
        self.scores = np.concatenate((self.scores, scores[may]))
        best = np.argsort(-self.scores, kind="stable")[:KEPT]
        self.places, self.scores = self.places[best], self.scores[best]
        if len(self.scores) == KEPT:
            self.least = float(self.scores[-1])

    def names(self, titles: Sequence[Title]) -> tuple[SuggestedName, ...]:
        """Return the nearest, each title once without regard to case."""
        found: dict[str, SuggestedName] = {}
        for place, score in (
            zip(self.places, self.scores, strict=True) if self.has_direction else ()
        ):
            title = titles[int(place)]
            name = SuggestedName(title.text, float(score), title.source, title.level)
            found.setdefault(title.text.casefold(), name)
        return tuple(found.values())[:NEAREST]


def one_name_each(proposals: Sequence[Proposal], taken: set[str]) -> list[str]:
    """Return a name for each proposal that no other has, without regard to case.

    A title goes to the prototype that is nearest to it, not to the one that asks first. Where all
    titles near to a prototype are taken: the first with what it is about, else with the role
    level too, else with a number.
    """
    used = {name.casefold() for name in taken}
    names: dict[int, str] = {}
    offers = sorted(
        (-one.score, place, rank, one.title)
        for place, proposal in enumerate(proposals)
        for rank, one in enumerate(proposal.suggested_names)
    )
    for _, place, _, title in offers:
        if place not in names and title.casefold() not in used and len(title) <= LONGEST_NAME:
            names[place] = title
            used.add(title.casefold())
    for place, proposal in enumerate(proposals):
        if place not in names:
            names[place] = _made_up(proposal, used)
            used.add(names[place].casefold())
    return [names[place] for place in range(len(proposals))]


def worth_keeping(names: Sequence[SuggestedName], name: str) -> tuple[SuggestedName, ...]:
    """Return the first few suggestions, and the one that became the name if it is farther down."""
    return tuple(
        one
        for rank, one in enumerate(names)
        if rank < SHOWN or one.title.casefold() == name.casefold()
    )


def _made_up(proposal: Proposal, used: set[str]) -> str:
    titles = [one.title for one in proposal.suggested_names]
    first = f"{titles[0] if titles else proposal.role_level_name}: {proposal.about}"
    for name in (first, f"{first} ({proposal.role_level_name})"):
        if name.casefold() not in used and len(name) <= LONGEST_NAME:
            return name
    stem, number = first[: LONGEST_NAME - 6], 2
    while f"{stem} {number}".casefold() in used:
        number += 1
    return f"{stem} {number}"
