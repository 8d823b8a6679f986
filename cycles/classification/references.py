"""What unclassified statements are held against: the library's classified ones, and the areas.

Reading only. What follows from nearness is for ``cycles.statements``.
"""

import uuid
from dataclasses import dataclass

from sqlalchemy import func, select

from cycles.classification.models import Area, Classification
from cycles.classification.queries import areas
from cycles.core.extensions import db
from cycles.library.models import LibraryKind, LibraryStatement


@dataclass(frozen=True)
class References:
    """Texts and, for each, the place of its area in ``area_ids``; areas stand for themselves too.

    ``from_library`` is how many of the texts are statements of the library.
    """

    texts: tuple[str, ...]
    places: tuple[int, ...]
    area_ids: tuple[uuid.UUID, ...]
    from_library: int


def references() -> References:
    """Return the live classified capability records of the library, each text once, and the areas.

    Only areas of the current classification count: nobody can be offered another.
    """
    held = areas()
    place = {area.id: number for number, area in enumerate(held)}
    rows = db.session.execute(
        select(LibraryStatement.text, Area.id)
        .join(Area, Area.id == LibraryStatement.area_id)
        .join(Classification, Classification.id == Area.classification_id)
        .where(
            LibraryStatement.kind == LibraryKind.CAPABILITY,
            LibraryStatement.retired_at.is_(None),
            Classification.is_current,
        )
        .order_by(LibraryStatement.source_id, LibraryStatement.position, LibraryStatement.id)
    )
    found = {text: place[area_id] for text, area_id in reversed(rows.all())}
    library = tuple(reversed(found))
    return References(
        texts=(*library, *(area_text(area) for area in held)),
        places=(*(found[text] for text in library), *range(len(held))),
        area_ids=tuple(area.id for area in held),
        from_library=len(library),
    )


def area_text(area: Area) -> str:
    """Return an area as a statement is compared with it: its name and what it covers."""
    return f"{area.name}: {area.definition}" if area.definition else area.name


def library_counts() -> dict[uuid.UUID | None, int]:
    """Count the live capability records of the library by area; None counts those without."""
    rows = db.session.execute(
        select(LibraryStatement.area_id, func.count())
        .where(
            LibraryStatement.kind == LibraryKind.CAPABILITY, LibraryStatement.retired_at.is_(None)
        )
        .group_by(LibraryStatement.area_id)
    )
    return {area_id: count for area_id, count in rows}  # noqa: C416 - typed rows
