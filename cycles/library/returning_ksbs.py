"""KSBs of sealed cycles flow back beside the capabilities that needed them.

What educators accepted there is suggested where a later cycle has a capability like it. Names
never come along, nor anybody's answers. A cycle that is given back twice changes nothing.
"""

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, select

from cycles.core.extensions import db
from cycles.ksbs.models import CapabilityKsb, KsbStatus
from cycles.ksbs.queries import ksbs_of
from cycles.library.models import (
    LibraryKind,
    LibraryNeed,
    LibraryOccurrence,
    LibrarySource,
    LibraryStatement,
)
from cycles.semantics.vectors import text_hash
from cycles.setup.models import Cycle

SOURCE = "KSBs of sealed cycles"
LICENCE = (
    "Shared by the conveners of the cycles; a wording that stood in a standard or in the library "
    "first stays under the licence of that, and its record says where"
)
LONGEST_PLACE = 200
Key = tuple[LibraryKind, str]


def return_ksbs(
    *,
    cycle: Cycle,
    capabilities: Mapping[uuid.UUID, uuid.UUID],
    told: str,
    moment: datetime,
) -> int:
    """Add the accepted KSBs of a cycle's capabilities to the library; return how many were added.

    ``capabilities`` gives the library's record of each statement; ``told`` names the cycle where
    its conveners allow it, else it is empty. A KSB that the library holds word for word is not
    added: what is kept is that the capability needs it.
    """
    accepted = [
        one
        for one in ksbs_of(cycle.id, status=KsbStatus.ACCEPTED)
        if one.statement_id in capabilities
    ]
    if not accepted:
        return 0
    source = _source(moment)
    held = _held(accepted, source.id)
    fresh = {_key(one): one for one in accepted if _key(one) not in held}
    first = len([one for one in held.values() if one.source_id == source.id])
    for position, (key, one) in enumerate(fresh.items(), first + 1):
        held[key] = _record(one, source, position)
    db.session.flush()
    _tell(held.values(), source.id, told)
    _add_origins(cycle, accepted, held, source.id)
    _add_needs({(capabilities[one.statement_id], held[_key(one)].id) for one in accepted})
    return len(fresh)


def _key(ksb: CapabilityKsb) -> Key:
    return LibraryKind(ksb.kind.value), text_hash(ksb.text)


def _source(moment: datetime) -> LibrarySource:
    source = db.session.scalar(select(LibrarySource).where(LibrarySource.name == SOURCE))
    if source is None:
        source = LibrarySource(name=SOURCE, licence=LICENCE, imported_at=moment)
        db.session.add(source)
    source.version, source.imported_at = str(moment.year), moment
    db.session.flush()
    return source


def _held(accepted: Sequence[CapabilityKsb], own_id: uuid.UUID) -> dict[Key, LibraryStatement]:
    """Return what the library holds of these wordings; another source's record goes before ours."""
    texts = {one.text for one in accepted}
    references = {_reference(_key(one)) for one in accepted}
    rows = db.session.scalars(
        select(LibraryStatement)
        .where(
            LibraryStatement.kind != LibraryKind.CAPABILITY,
            LibraryStatement.text.in_(texts)
            | ((LibraryStatement.source_id == own_id) & LibraryStatement.reference.in_(references)),
        )
        .order_by(LibraryStatement.position, LibraryStatement.id)
    ).all()
    live = [one for one in rows if one.retired_at is None or one.source_id == own_id]
    ours_first = sorted(live, key=lambda one: one.source_id != own_id)
    return {(one.kind, text_hash(one.text)): one for one in ours_first}


def _reference(key: Key) -> str:
    return f"{key[0].value}-{key[1][:32]}"


def _record(ksb: CapabilityKsb, source: LibrarySource, position: int) -> LibraryStatement:
    record = LibraryStatement(
        source_id=source.id,
        reference=_reference(_key(ksb)),
        kind=LibraryKind(ksb.kind.value),
        text=ksb.text,
        occupation="",
        position=position,
    )
    db.session.add(record)
    return record


def _tell(records: Iterable[LibraryStatement], own_id: uuid.UUID, told: str) -> None:
    """Say whose our records are where that is allowed, and bring them back if they had retired."""
    for record in records:
        if record.source_id != own_id:
            continue
        record.retired_at = None
        places = [place for place in record.occupation.split("; ") if place]
        if told and told not in places and len("; ".join([*places, told])) <= LONGEST_PLACE:
            record.occupation = "; ".join([*places, told])


def _add_origins(
    cycle: Cycle,
    accepted: Sequence[CapabilityKsb],
    held: Mapping[Key, LibraryStatement],
    own_id: uuid.UUID,
) -> None:
    """Say of each of our records where its wording stood first, unless an educator wrote it."""
    # Tells cycles apart without saying which they are.
    mark = hashlib.sha256(cycle.id.bytes).hexdigest()[:12]
    rows = {
        held[_key(one)].id: {
            "statement_id": held[_key(one)].id,
            "reference": f"{mark}/origin",
            "occupation_code": "",
            "occupation": one.source[:LONGEST_PLACE],
        }
        for one in accepted
        if one.suggested_text and held[_key(one)].source_id == own_id
    }
    there = set(
        db.session.scalars(
            select(LibraryOccurrence.statement_id).where(
                LibraryOccurrence.statement_id.in_(set(rows))
            )
        )
    )
    wanted = [row for record_id, row in rows.items() if record_id not in there]
    if wanted:
        db.session.execute(insert(LibraryOccurrence), wanted)


def _add_needs(pairs: set[tuple[uuid.UUID, uuid.UUID]]) -> None:
    ids = {capability_id for capability_id, _ in pairs}
    rows = db.session.execute(
        select(LibraryNeed.capability_id, LibraryNeed.ksb_id).where(
            LibraryNeed.capability_id.in_(ids)
        )
    )
    there = {(capability_id, ksb_id) for capability_id, ksb_id in rows}
    wanted = [{"capability_id": one, "ksb_id": other} for one, other in sorted(pairs - there)]
    if wanted:
        db.session.execute(insert(LibraryNeed), wanted)
