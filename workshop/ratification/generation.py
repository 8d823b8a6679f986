"""Generating prototype profiles from the settled verdicts: what is read, and in which order.

Same input, same profiles: every order is fixed and nothing is drawn. The grouping is in
``consensus``, the records in ``proposing``, the tables in ``cycles.profiles``.
"""

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from consensus.grouping import METHOD, METHOD_VERSION, Grouping, GroupingSettings
from consensus.rule import ENGINE_VERSION
from cycles.core.audit import Actor
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun
from cycles.profiles.codes import hold_codes
from cycles.profiles.generating import Generated, generate
from cycles.profiles.naming import Title, suggest, titles_for
from cycles.profiles.proposals import Proposal
from cycles.profiles.votes import Vote
from cycles.semantics.encoder import active_model
from cycles.semantics.lenses import active_lens
from cycles.semantics.vectors import encode_missing, vectors_for
from cycles.setup.queries import partners_of, role_levels_of
from cycles.statements.models import CapabilityStatement
from cycles.statements.queries import kept_statements
from workshop.ratification.proposing import Found, Level, Needed, propose
from workshop.ratification.seeded import bring_votes
from workshop.ratification.spoken import spoken_of
from workshop.ratification.votes import votes_of
from workshop.rooms.stage import require_carrying_out

NOTHING_SETTLED = "No capability has a settled level yet. Close a proficiency round first."


@dataclass(frozen=True)
class Material:
    """What capabilities are grouped by, taken at one moment: by role level, in their order."""

    levels: tuple[tuple[Level, tuple[Needed, ...]], ...]
    partner_ids: tuple[uuid.UUID, ...]

    @property
    def texts(self) -> list[str]:
        """Return every text whose vector is needed."""
        return [one.text for _, many in self.levels for one in many]


@dataclass(frozen=True)
class Prototypes:
    """What a generation found, with the settings and the criterion as they are kept.

    ``sources`` are digests of the parts of what it was found from.
    """

    proposals: tuple[Proposal, ...]
    settings: dict[str, Any]
    criterion: dict[str, Any]
    sources: dict[str, str]


def generate_profiles(
    *,
    cycle_id: uuid.UUID,
    actor: Actor,
    moment: datetime,
    settings: GroupingSettings | None = None,
    run: JobRun | None = None,
) -> Generated:
    """Propose profiles for every role level and put them in place; the caller commits.

    For the worker and the command line: it ends the caller's transaction before it encodes.
    Refuses where nothing is settled yet, and outside the carrying-out stage.
    """
    found = find_prototypes(cycle_id, settings or GroupingSettings(), run)
    hold_at_stage(cycle_id)
    done = generate(
        cycle_id=cycle_id,
        proposals=found.proposals,
        settings=found.settings,
        criterion=found.criterion,
        actor=actor,
        moment=moment,
        touched=partial(spoken_of, cycle_id),
    )
    bring_votes(cycle_id=cycle_id, actor=actor, moment=moment)
    return done


def hold_at_stage(cycle_id: uuid.UUID) -> None:
    """Raise ``Closed`` where the cycle has moved on or was sealed; else it stays until the commit.

    Asked before anything is written: minutes of encoding may lie behind the first question.
    """
    hold_codes(cycle_id)
    require_carrying_out(cycle_id)


def find_prototypes(
    cycle_id: uuid.UUID, settings: GroupingSettings, run: JobRun | None = None
) -> Prototypes:
    """Find the prototypes of every role level; writes nothing but vectors.

    It ends the caller's transaction before it encodes, and refuses as ``generate_profiles`` does.
    """
    require_carrying_out(cycle_id)
    material, titles = material_of(cycle_id), titles_for(cycle_id)
    if not material.texts:
        raise Invalid(NOTHING_SETTLED)
    db.session.commit()
    encode_missing([*material.texts, *(title.text for title in titles)], run)
    found = _group_all(material, settings, run)
    _report(run, len(found), len(found) + 1, f"Looking for names among {len(titles):,} titles")
    return Prototypes(
        proposals=_named([each for _, each in found], titles),
        settings=_settings_kept(settings),
        criterion={str(level.id): _criterion_kept(each.grouping) for level, each in found},
        sources=sources_of(material, settings),
    )


def material_of(cycle_id: uuid.UUID) -> Material:
    """Return what a generation would work from now; empty where nothing is settled."""
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
    return Material(tuple(levels), tuple(one.id for one in partners_of(cycle_id)))


def _needed(statement: CapabilityStatement, vote: Vote) -> Needed:
    area = statement.area
    return Needed(
        statement_id=statement.id,
        text=statement.text,
        place=(area.function, area.domain, area.name) if area else None,
        partner_ids=frozenset(one.id for one in statement.partners),
        vote=vote,
    )


def _group_all(
    material: Material, settings: GroupingSettings, run: JobRun | None
) -> list[tuple[Level, Found]]:
    wanted = [(level, needed) for level, needed in material.levels if needed]
    kept, found = active_lens(), []
    lens = kept.matrix if kept else None
    for done, (level, needed) in enumerate(wanted):
        _report(run, done, len(wanted) + 1, f"Grouping the capabilities of {level.name}")
        vectors = vectors_for([one.text for one in needed])
        each = propose(level, needed, vectors, material.partner_ids, settings, lens=lens)
        found.append((level, each))
    return found


def _named(found: Sequence[Found], titles: Sequence[Title]) -> tuple[Proposal, ...]:
    """Give the prototypes of all role levels their suggested names, in one pass over the titles."""
    proposals = [one for each in found for one in each.proposals]
    names = suggest([one for each in found for one in each.centres], titles, vectors_for)
    return tuple(
        replace(proposal, suggested_names=some)
        for proposal, some in zip(proposals, names, strict=True)
    )


def _report(run: JobRun | None, done: int, total: int, message: str) -> None:
    if run is not None:
        db.session.commit()
        run.progress(done, total, message)


def _settings_kept(settings: GroupingSettings) -> dict[str, Any]:
    name, digest = active_model()
    lens = active_lens()
    return {
        **asdict(settings),
        "model": name,
        "model_digest": digest,
        "lens": lens.digest if lens else None,
        "engine": ENGINE_VERSION,
        "method": METHOD_VERSION,
    }


def method_words() -> str:
    """Return how prototypes are found, for people to read."""
    lens = active_lens()
    if lens is None:
        return METHOD
    return (
        f"{METHOD} Meaning is looked at through a lens learnt from known occupations "
        f"({lens.facts['source']}): what differs within one occupation counts for less."
    )


def _criterion_kept(grouping: Grouping) -> dict[str, Any]:
    scores = [[groups, round(score, 4)] for groups, score in grouping.criterion]
    return {"groups": grouping.chosen, "scores": scores}


def sources_of(material: Material, settings: GroupingSettings) -> dict[str, str]:
    """Return a digest of each part of what prototypes are found from, named in plain words."""
    many = [(level, one) for level, needed in material.levels for one in needed]
    parts: dict[str, Any] = {
        "role levels": [[str(level.id), level.academic_level] for level, _ in material.levels],
        "verdicts": [
            [str(level.id), str(one.statement_id), asdict(one.vote)] for level, one in many
        ],
        "capabilities": [[str(one.statement_id), one.text, one.place] for _, one in many],
        "partners": [
            [str(each) for each in material.partner_ids],
            [[str(one.statement_id), sorted(map(str, one.partner_ids))] for _, one in many],
        ],
        "method": _settings_kept(settings),
    }
    return {
        name: hashlib.sha256(json.dumps(part, sort_keys=True).encode()).hexdigest()
        for name, part in parts.items()
    }
