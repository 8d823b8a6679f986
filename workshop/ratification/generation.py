"""Generating prototype profiles from the settled verdicts: what is read, and in which order.

Same input, same profiles: every order is fixed and nothing is drawn. The grouping is in
``consensus``, the records in ``proposing``, the tables in ``cycles.profiles``.
"""

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import numpy as np

from consensus.grouping import Grouping, GroupingSettings
from consensus.rule import ENGINE_VERSION
from cycles.core.audit import Actor
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun
from cycles.profiles.generating import Generated, generate
from cycles.profiles.naming import Title, titles_for
from cycles.profiles.proposals import Proposal
from cycles.profiles.votes import Vote
from cycles.semantics.encoder import active_model
from cycles.semantics.vectors import encode_missing, vectors_for
from cycles.setup.queries import partners_of, role_levels_of
from cycles.statements.models import CapabilityStatement
from cycles.statements.queries import kept_statements
from workshop.ratification.proposing import Common, Level, Needed, propose
from workshop.ratification.votes import votes_of
from workshop.rooms.stage import require_carrying_out


@dataclass(frozen=True)
class Material:
    """All that a generation reads, taken at one moment."""

    levels: tuple[tuple[Level, tuple[Needed, ...]], ...]
    partner_ids: tuple[uuid.UUID, ...]
    titles: tuple[Title, ...]

    @property
    def texts(self) -> list[str]:
        """Return every text whose vector is needed."""
        needed = [one.text for _, many in self.levels for one in many]
        return [*needed, *(title.text for title in self.titles)]


def generate_profiles(
    *, cycle_id: uuid.UUID, actor: Actor, moment: datetime, run: JobRun | None = None
) -> Generated:
    """Propose profiles for every role level; the caller commits.

    For the worker and the command line: it ends the caller's transaction before it encodes.
    Refuses where nothing is settled yet, and outside the carrying-out stage.
    """
    require_carrying_out(cycle_id)
    material = _material(cycle_id)
    db.session.commit()
    encode_missing(material.texts, run)
    settings = GroupingSettings()
    proposals, criterion = _propose_all(material, settings, run)
    return generate(
        cycle_id=cycle_id,
        proposals=proposals,
        settings=_settings_kept(settings),
        criterion=criterion,
        actor=actor,
        moment=moment,
    )


def _material(cycle_id: uuid.UUID) -> Material:
    statements = kept_statements(cycle_id)
    votes = votes_of(cycle_id)
    levels = []
    for row in role_levels_of(cycle_id):
        needed = tuple(
            _needed(statement, vote)
            for statement in statements
            if (vote := votes.get((statement.id, row.id))) is not None and vote.level
        )
        levels.append((Level(row.id, row.name, row.academic_level), needed))
    if not any(needed for _, needed in levels):
        raise Invalid("No capability has a settled level yet. Close a proficiency round first.")
    return Material(
        levels=tuple(levels),
        partner_ids=tuple(one.id for one in partners_of(cycle_id)),
        titles=titles_for(cycle_id),
    )


def _needed(statement: CapabilityStatement, vote: Vote) -> Needed:
    area = statement.area
    return Needed(
        statement_id=statement.id,
        text=statement.text,
        place=(area.function, area.domain, area.name) if area else None,
        partner_ids=frozenset(one.id for one in statement.partners),
        vote=vote,
    )


def _propose_all(
    material: Material, settings: GroupingSettings, run: JobRun | None
) -> tuple[list[Proposal], dict[str, Any]]:
    titles = [title.text for title in material.titles]
    title_vectors = vectors_for(titles) if titles else np.zeros((0, 0))
    common = Common(material.partner_ids, material.titles, title_vectors)
    proposals: list[Proposal] = []
    criterion: dict[str, Any] = {}
    for done, (level, needed) in enumerate(material.levels):
        _report(run, done, len(material.levels), f"Grouping the capabilities of {level.name}")
        if not needed:
            continue
        vectors = vectors_for([one.text for one in needed])
        found, grouping = propose(level, needed, vectors, common, settings)
        proposals.extend(found)
        criterion[str(level.id)] = _criterion_kept(grouping)
    return proposals, criterion


def _report(run: JobRun | None, done: int, total: int, message: str) -> None:
    if run is not None:
        db.session.commit()
        run.progress(done, total, message)


def _settings_kept(settings: GroupingSettings) -> dict[str, Any]:
    name, digest = active_model()
    return {**asdict(settings), "model": name, "model_digest": digest, "engine": ENGINE_VERSION}


def _criterion_kept(grouping: Grouping) -> dict[str, Any]:
    scores = [[groups, round(score, 4)] for groups, score in grouping.criterion]
    return {"groups": grouping.chosen, "silhouettes": scores}
