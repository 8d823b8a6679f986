"""The preview of a generation: prototypes found, and kept until they are used or discarded.

One a cycle. What they would do to the profiles that stand is not kept: it is planned anew
whenever somebody looks, since the panel goes on working meanwhile.
"""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from consensus.grouping import Why
from cycles.core.extensions import db
from cycles.profiles.models import GenerationDraft
from cycles.profiles.proposals import Proposal, ProposedMember, SuggestedName
from cycles.profiles.votes import MinorityReason, Vote


def draft_of(cycle_id: uuid.UUID) -> GenerationDraft | None:
    """Return the cycle's preview, or None."""
    return db.session.scalar(select(GenerationDraft).where(GenerationDraft.cycle_id == cycle_id))


def locked_draft(cycle_id: uuid.UUID) -> GenerationDraft | None:
    """Return the cycle's preview and hold it until the transaction ends, or None."""
    return db.session.scalar(
        select(GenerationDraft)
        .where(GenerationDraft.cycle_id == cycle_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def keep_draft(
    *,
    cycle_id: uuid.UUID,
    proposals: Sequence[Proposal],
    settings: dict[str, Any],
    criterion: dict[str, Any],
    sources: Mapping[str, str],
    moment: datetime,
) -> GenerationDraft:
    """Keep what was found as the cycle's preview, in the place of an earlier one.

    ``sources`` are digests of the parts that it was found from.
    """
    drop_draft(cycle_id)
    made = GenerationDraft(
        cycle_id=cycle_id,
        settings={**settings, SOURCES: dict(sources)},
        criterion=criterion,
        proposals=pack(proposals),
        digest=digest_of(sources),
        made_at=moment,
    )
    db.session.add(made)
    db.session.flush()
    return made


SOURCES = "sources"


def sources_of(draft: GenerationDraft) -> dict[str, str]:
    """Return the digests of the parts that the preview was found from."""
    return dict(draft.settings[SOURCES])


def settings_of(draft: GenerationDraft) -> dict[str, Any]:
    """Return the settings that the preview was found with."""
    return {name: value for name, value in draft.settings.items() if name != SOURCES}


def digest_of(sources: Mapping[str, str]) -> str:
    """Return one SHA-256 of all the parts."""
    return hashlib.sha256(json.dumps(dict(sources), sort_keys=True).encode()).hexdigest()


def drop_draft(cycle_id: uuid.UUID) -> None:
    """Forget the cycle's preview, if it has one."""
    db.session.execute(delete(GenerationDraft).where(GenerationDraft.cycle_id == cycle_id))
    db.session.flush()


def pack(proposals: Sequence[Proposal]) -> list[dict[str, Any]]:
    """Return the prototypes as a table of JSON keeps them."""
    return [
        {
            "role_level_id": str(one.role_level_id),
            "role_level_name": one.role_level_name,
            "partner_id": str(one.partner_id) if one.partner_id else None,
            "about": one.about,
            "suggested_names": [name.kept() for name in one.suggested_names],
            "members": [_packed(member) for member in one.members],
        }
        for one in proposals
    ]


def unpack(rows: Sequence[Mapping[str, Any]]) -> tuple[Proposal, ...]:
    """Return the prototypes that ``pack`` packed."""
    return tuple(
        Proposal(
            role_level_id=uuid.UUID(row["role_level_id"]),
            role_level_name=row["role_level_name"],
            partner_id=uuid.UUID(row["partner_id"]) if row["partner_id"] else None,
            about=row["about"],
            suggested_names=tuple(SuggestedName(**name) for name in row["suggested_names"]),
            members=tuple(_unpacked(member) for member in row["members"]),
        )
        for row in rows
    )


def _packed(member: ProposedMember) -> dict[str, Any]:
    return {
        "statement_id": str(member.statement_id),
        "vote": asdict(member.vote),
        "why": asdict(member.why),
        "is_second": member.is_second,
    }


def _unpacked(row: Mapping[str, Any]) -> ProposedMember:
    vote = dict(row["vote"])
    vote["counts"] = tuple(vote["counts"])
    vote["reasons"] = tuple(MinorityReason(**one) for one in vote["reasons"])
    return ProposedMember(
        statement_id=uuid.UUID(row["statement_id"]),
        vote=Vote(**vote),
        why=Why(**row["why"]),
        is_second=row["is_second"],
    )
