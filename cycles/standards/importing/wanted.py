"""The rows that records ask for, by their natural keys. Nothing is read or written here."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from cycles.importing.writing import Pair
from cycles.standards.importing.records import StandardRecord

Key = tuple[Any, ...]
Ids = Mapping[str, uuid.UUID]


def standards(
    records: Sequence[StandardRecord], framework_id: uuid.UUID
) -> dict[Key, dict[str, Any]]:
    """Return the rows of standards by reference."""
    return {
        (record.reference,): {
            "framework_id": framework_id,
            "reference": record.reference,
            "version": record.version,
            "title": record.title,
            "level": record.level,
            "route": record.route,
            "status": record.status,
            "overview": record.overview,
            "job_titles": list(record.job_titles),
            "retired_at": None,
        }
        for record in records
    }


def ksbs(records: Sequence[StandardRecord], ids: Ids) -> dict[Key, dict[str, Any]]:
    """Return the rows of KSBs by standard and reference; ``ids`` are the standards'."""
    return {
        (ids[record.reference], ksb.reference): {
            "standard_id": ids[record.reference],
            "reference": ksb.reference,
            "code": ksb.code,
            "kind": ksb.kind,
            "position": position,
            "text": ksb.text,
        }
        for record in records
        for position, ksb in enumerate(record.ksbs, 1)
    }


def duties(records: Sequence[StandardRecord], ids: Ids) -> dict[Key, dict[str, Any]]:
    """Return the rows of duties by standard and reference; ``ids`` are the standards'."""
    return {
        (ids[record.reference], duty.reference): {
            "standard_id": ids[record.reference],
            "reference": duty.reference,
            "position": position,
            "text": duty.text,
            "is_core": duty.is_core,
            "retired_at": None,
        }
        for record in records
        for position, duty in enumerate(record.duties, 1)
    }


def links(
    records: Sequence[StandardRecord],
    ids: Ids,
    duty_ids: Mapping[Key, uuid.UUID],
    ksb_ids: Mapping[Key, uuid.UUID],
) -> set[Pair]:
    """Return the pairs of a duty and a KSB that it needs."""
    return {
        (duty_ids[ids[record.reference], duty.reference], ksb_ids[ids[record.reference], link])
        for record in records
        for duty in record.duties
        for link in duty.ksbs
    }
