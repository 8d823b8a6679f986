"""What a person finds when they open a section: what stands, and what they had begun themselves."""

import uuid
from dataclasses import dataclass

from flask import abort

from reports.mapping.words import moment_words
from reports.narrative.commands import digest_of_words
from reports.narrative.drafting import draft
from reports.narrative.history import Piece, elided, pieces
from reports.narrative.queries import narratives_of
from reports.narrative.sections import BY_KEY, SectionKind
from reports.narrative.unfinished import unfinished_of
from reports.results.queries import working_results


@dataclass(frozen=True)
class Begun:
    """A section as a person goes on with it.

    ``words`` and ``version`` are what the form begins with: what was typed and not saved, else what
    stands. ``kept`` says when it was typed, empty where nothing was; ``newer`` is what stands where
    it was saved after that. ``state`` is "drafted", "written", "accepted" or "overtaken".
    """

    section: SectionKind
    words: str
    version: int
    standing: str
    standing_version: int
    state: str
    edited: str
    kept: str
    newer: str
    moved: tuple[Piece, ...]
    draft_digest: str


def find_section(key: str) -> SectionKind:
    """Return the section, or answer that there is none."""
    return BY_KEY.get(key) or abort(404)


def begun_by(cycle_id: uuid.UUID, section: SectionKind, account_id: uuid.UUID | None) -> Begun:
    """Return a section as the person goes on with it."""
    row = narratives_of(cycle_id).get(section.key)
    drafted = draft(section.key, working_results(cycle_id).document).strip()
    standing, version = (row.markdown, row.version) if row else (drafted, 0)
    mine = unfinished_of(cycle_id, section.key, account_id) if account_id else None
    if mine is not None and mine.markdown.strip() == standing.strip():
        mine = None
    is_overtaken = row is not None and row.is_accepted and row.markdown != drafted
    state = "overtaken" if is_overtaken else "accepted" if row and row.is_accepted else "written"
    return Begun(
        section=section,
        words=mine.markdown if mine else standing,
        version=version,
        standing=standing,
        standing_version=version,
        state=state if row else "drafted",
        edited=moment_words(row.edited_at) if row else "",
        kept=moment_words(mine.kept_at) if mine else "",
        newer=standing if mine and mine.started_from != version else "",
        moved=elided(pieces(standing, drafted)) if is_overtaken else (),
        draft_digest=digest_of_words(drafted),
    )
