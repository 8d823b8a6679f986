"""What the sheet of one profile's KSBs shows: each capability with its level and accepted KSBs."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consensus.scale import PROFICIENCY_LETTERS, PROFICIENCY_WORDS
from cycles.ksbs.competencies import KINDS, wording_key
from cycles.ksbs.competency_pages import KIND_WORDS
from cycles.ksbs.models import CapabilityKsb
from cycles.profiles.models import ProfileCapability
from cycles.standards.models import KsbKind


@dataclass(frozen=True)
class SheetRow:
    """A capability, the level that the profile needs of it, and its KSBs of each kind."""

    code: str
    text: str
    place: str
    letter: str
    level: str
    kinds: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def has_any(self) -> bool:
        """Say whether a KSB is accepted for it."""
        return any(texts for _, texts in self.kinds)


@dataclass(frozen=True)
class SheetPage:
    """The KSBs of one profile, by capability."""

    cycle_id: uuid.UUID
    profile_id: uuid.UUID
    code: str
    name: str
    role_level: str
    academic_level: int | None
    status_note: str
    rows: tuple[SheetRow, ...]
    counted: str
    without: tuple[str, ...]
    set_href: str
    downloads: tuple[tuple[str, str], ...]


def sheet_rows(
    members: Sequence[ProfileCapability],
    accepted: Mapping[uuid.UUID, Sequence[CapabilityKsb]],
) -> tuple[SheetRow, ...]:
    """Return a row for each capability, in the order given."""
    return tuple(_row(one, accepted[one.statement_id]) for one in members)


def _row(member: ProfileCapability, ksbs: Sequence[CapabilityKsb]) -> SheetRow:
    area = member.statement.area
    return SheetRow(
        code=member.statement.code,
        text=member.statement.text,
        place=f"{area.function} › {area.name}" if area else "No area",
        letter=PROFICIENCY_LETTERS[member.level],
        level=PROFICIENCY_WORDS[member.level],
        kinds=tuple(
            (words, tuple(one.text for one in ksbs if one.kind == kind))
            for kind, words in zip(KINDS, KIND_WORDS, strict=True)
        ),
    )


def count_words(rows: Sequence[SheetRow]) -> str:
    """Return how many accepted KSBs of each kind the rows hold together, each wording once."""
    texts = {
        wording_key(kind, text)
        for row in rows
        for kind, (_, held) in zip(KINDS, row.kinds, strict=True)
        for text in held
    }
    counts = [sum(kind == each for each, _ in texts) for kind in KINDS]
    parts = [
        f"{count} {kind.value if count == 1 or kind == KsbKind.KNOWLEDGE else kind.value + 's'}"
        for count, kind in zip(counts, KINDS, strict=True)
    ]
    return f"{parts[0]}, {parts[1]} and {parts[2]}"
