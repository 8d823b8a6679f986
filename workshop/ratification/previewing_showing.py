"""The context of a preview's page, planned anew from what stands in the tables now."""

import uuid
from collections.abc import Mapping, Sequence

from flask import url_for
from sqlalchemy import select

from cycles.core.clock import LONDON
from cycles.core.extensions import db
from cycles.profiles.drafts import unpack
from cycles.profiles.generating import plan_for
from cycles.profiles.models import GenerationDraft
from cycles.profiles.planning import Fate, Plan, Standing, Stays
from cycles.setup.models import Cycle, RoleLevel
from cycles.setup.queries import partners_of, role_levels_of
from cycles.statements.models import CapabilityStatement
from workshop.ratification.generation import method_words
from workshop.ratification.previewing import changes_since
from workshop.ratification.previewing_curve import bars_of, curve_words
from workshop.ratification.previewing_lines import Words, prototype_line
from workshop.ratification.previewing_pages import (
    Capability,
    LevelPreview,
    PreviewPage,
    ProfileLink,
)
from workshop.ratification.queries import why_not_at_stage
from workshop.ratification.spoken import spoken_of
from workshop.ratification.wishes import read_settings, wishes_of

STAYS = {
    Stays.RATIFIED: "ratified by the panel",
    Stays.WITHDRAWN: "withdrawn by the panel",
    Stays.REOPENED: "reopened after it was ratified",
    Stays.TOUCHED: "the panel has worked on it",
    Stays.SEEDED: "taken over from an earlier cycle",
}


def plan_of(draft: GenerationDraft) -> Plan:
    """Return what putting the preview in place would do now."""
    return plan_for(draft.cycle_id, unpack(draft.proposals), spoken_of(draft.cycle_id))


def preview_page(cycle: Cycle, draft: GenerationDraft, refused: str = "") -> PreviewPage:
    """Return the page of the preview; ``refused`` is why it was not put in place just now."""
    agreed = plan_of(draft)
    words = words_of(cycle.id)
    return PreviewPage(
        cycle_id=cycle.id,
        made=draft.made_at.astimezone(LONDON).strftime("%-d %B %Y, %H:%M"),
        settings=settings_words(draft),
        method=method_words(),
        tiles=_tiles(agreed),
        levels=_levels(draft, agreed, words),
        staying=tuple(_link(cycle, one, words) for one in agreed.staying),
        seen=agreed.digest,
        is_as_it_stands=_changes_nothing(agreed),
        stale=changes_since(draft),
        closed_because=why_not_at_stage(cycle),
        refused=refused,
        downloads=tuple(
            (
                kind.upper(),
                url_for("ratification.download_preview", cycle_id=cycle.id, kind=kind),
            )
            for kind in ("csv", "xlsx")
        ),
    )


def _changes_nothing(agreed: Plan) -> bool:
    return not (agreed.gone or agreed.count(Fate.NEW) or agreed.count(Fate.CHANGED))


def settings_words(draft: GenerationDraft) -> str:
    """Return the settings that the preview was found with, as one sentence."""
    used = wishes_of(read_settings(draft.settings))
    second = (
        f"a second profile at most {used.margin} hundredths farther"
        if used.has_second
        else "no second memberships"
    )
    return (
        f"{used.smallest} to {used.largest} capabilities each; meaning {used.meaning} %, "
        f"classification {used.classification} %, partners {used.partners} %; {second}."
    )


def words_of(cycle_id: uuid.UUID) -> Words:
    """Return the words of the cycle that lines are made with; rejected statements included."""
    rows = db.session.execute(
        select(CapabilityStatement.id, CapabilityStatement.code, CapabilityStatement.text).where(
            CapabilityStatement.cycle_id == cycle_id
        )
    )
    return Words(
        capabilities={key: Capability(code, text) for key, code, text in rows},
        partners={one.id: one.name for one in partners_of(cycle_id)},
        role_levels={one.id: one.name for one in role_levels_of(cycle_id)},
    )


def _tiles(agreed: Plan) -> tuple[tuple[str, int, str], ...]:
    return (
        ("New", agreed.count(Fate.NEW), "with codes of their own"),
        ("Changed", agreed.count(Fate.CHANGED), "keep their code"),
        ("Unchanged", agreed.count(Fate.SAME), "as they stand"),
        ("Disappear", len(agreed.gone), "nobody worked on them"),
        ("Stay", len(agreed.staying), "whatever was found"),
        ("Left out", agreed.count(Fate.REPEAT), "repeat one that stays"),
    )


def _levels(draft: GenerationDraft, agreed: Plan, words: Words) -> tuple[LevelPreview, ...]:
    found = {one.role_level_id for one in unpack(draft.proposals)}
    rows = [row for row in role_levels_of(draft.cycle_id) if row.id in found]
    return tuple(
        _level(row, number, draft.criterion.get(str(row.id), {}), agreed, words)
        for number, row in enumerate(rows, 1)
    )


def _level(
    row: RoleLevel, number: int, criterion: Mapping[str, object], agreed: Plan, words: Words
) -> LevelPreview:
    lines = [one for one in agreed.lines if one.proposal.role_level_id == row.id]
    needed = {key for one in lines for key in one.proposal.levels}
    bars = bars_of(criterion)
    shown = [prototype_line(one, words) for one in lines if one.fate != Fate.REPEAT]
    return LevelPreview(
        id=f"level-{number}",
        name=row.name,
        academic_level=row.academic_level,
        capabilities=len(needed),
        groups=len(lines),
        bars=bars,
        curve=curve_words(bars),
        summary=_summary(len(needed), [one.size for one in shown], sum(o.seconds for o in shown)),
        prototypes=tuple(shown),
        repeats=tuple(prototype_line(one, words) for one in lines if one.fate == Fate.REPEAT),
        gone=tuple(_gone(one, row, words) for one in agreed.gone if one.role_level_id == row.id),
        unplaced=tuple(
            words.capability(key) for level_id, key in agreed.unplaced if level_id == row.id
        ),
    )


def _summary(capabilities: int, sizes: Sequence[int], seconds: int) -> str:
    parts = [f"{capabilities} capabilities"]
    if sizes:
        span = f"{min(sizes)} to {max(sizes)}" if min(sizes) != max(sizes) else f"{min(sizes)}"
        parts.append(f"{len(sizes)} prototype{'s' if len(sizes) != 1 else ''} with {span} of them")
    if seconds:
        parts.append(f"{seconds} second membership{'s' if seconds != 1 else ''}")
    return ", ".join(parts)


def _gone(one: Standing, row: RoleLevel, words: Words) -> ProfileLink:
    return _profile_link(row.cycle_id, one, words, "")


def _link(cycle: Cycle, one: Standing, words: Words) -> ProfileLink:
    return _profile_link(cycle.id, one, words, STAYS[one.stays] if one.stays else "")


def _profile_link(cycle_id: uuid.UUID, one: Standing, words: Words, why: str) -> ProfileLink:
    return ProfileLink(
        code=one.code,
        name=one.name,
        role_level=words.role_levels.get(one.role_level_id, ""),
        href=url_for("profiles.show", cycle_id=cycle_id, profile_id=one.id),
        size=len(one.levels),
        why=why,
    )
