"""Names for prototype profiles: the nearest occupation titles, and one name to a profile.

A name found here is a suggestion, and is shown as one until a person gives another.
"""

import uuid
from collections.abc import Sequence
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

SUGGESTIONS = 3
ADJOINING = 1
SCORE_DECIMALS = 4

Vectors = npt.NDArray[np.floating[Any]]


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


def eligible(titles: Sequence[Title], academic_level: int | None) -> list[int]:
    """Return the indices of the titles to prefer: at the level, adjoining, or without a level.

    A level that no title has says nothing, so then every title is eligible.
    """
    if academic_level is None:
        return list(range(len(titles)))
    near = [
        index
        for index, title in enumerate(titles)
        if title.level is None or abs(title.level - academic_level) <= ADJOINING
    ]
    return near or list(range(len(titles)))


def suggest(
    members: Vectors, titles: Sequence[Title], title_vectors: Vectors, academic_level: int | None
) -> tuple[SuggestedName, ...]:
    """Return the titles nearest to the mean of the members, best first, each title once.

    ``members`` is (n, d), ``title_vectors`` (t, d), both of unit rows; ties in the titles' order.
    """
    choices = eligible(titles, academic_level)
    mean = members.mean(axis=0, dtype=np.float64)
    length = float(np.linalg.norm(mean))
    if not choices or not length:
        return ()
    scores = np.round(title_vectors[choices].astype(np.float64) @ (mean / length), SCORE_DECIMALS)
    found: dict[str, SuggestedName] = {}
    for place in np.argsort(-scores, kind="stable"):
        title = titles[choices[int(place)]]
        name = SuggestedName(title.text, float(scores[place]), title.source, title.level)
        found.setdefault(title.text.casefold(), name)
        if len(found) == SUGGESTIONS:
            break
    return tuple(found.values())


def one_name_each(proposals: Sequence[Proposal], taken: set[str]) -> list[str]:
    """Return a name for each proposal that no other has, without regard to case.

    The best free suggestion; else the first with what the profile is about; else that with the
    role level too; else with a number.
    """
    used = {name.casefold() for name in taken}
    names = []
    for proposal in proposals:
        name = _free_name(proposal, used)
        used.add(name.casefold())
        names.append(name)
    return names


def _free_name(proposal: Proposal, used: set[str]) -> str:
    titles = [one.title for one in proposal.suggested_names]
    first = f"{titles[0] if titles else proposal.role_level_name}: {proposal.about}"
    with_level = f"{first} ({proposal.role_level_name})"
    for name in (*titles, first, with_level):
        if name.casefold() not in used and len(name) <= LONGEST_NAME:
            return name
    stem, number = first[: LONGEST_NAME - 6], 2
    while f"{stem} {number}".casefold() in used:
        number += 1
    return f"{stem} {number}"
