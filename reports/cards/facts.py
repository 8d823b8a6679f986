"""What a card says of a profile. Records only, in the order in which they are printed.

The digest of a card is of these records: two cards with the same digest say the same.
"""

import hashlib
import json
from dataclasses import asdict, dataclass

from cycles.profiles.pages import count_words

RATIFIED = "Ratified"


@dataclass(frozen=True)
class Member:
    """A capability with its level. ``difference`` says what the panel made of the vote.

    ``dissent`` says who stood apart when asking stopped; it is empty where nobody may be told.
    """

    code: str
    text: str
    letter: str
    level: str
    difference: str
    reason: str
    dissent: str
    is_provisional: bool


@dataclass(frozen=True)
class Area:
    """The capabilities of one functional area. ``function`` is one of the five, or empty."""

    function: str
    name: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Standard:
    """One of the nearest standards. Fit and surplus are said as counts and as percentages."""

    title: str
    about: str
    fit: str
    fit_words: str
    surplus: str
    surplus_words: str


@dataclass(frozen=True)
class Ksb:
    """An accepted KSB: the letter of its kind, and how many of the capabilities ask for it."""

    letter: str
    text: str


@dataclass(frozen=True)
class CardFacts:
    """One card.

    ``state`` is the tag in the corner, ``state_note`` the version with its day, or that there is
    none. ``version_digest`` is the SHA-256 of the ratified version, empty for a prototype.
    """

    code: str
    name: str
    is_name_suggested: bool
    role_level: str
    academic_level: int | None
    partner: str
    state: str
    state_note: str
    areas: tuple[Area, ...]
    removed: tuple[Member, ...]
    answers: str
    objections: tuple[str, ...]
    standards: tuple[Standard, ...]
    standards_note: str
    ksb_words: str
    ksbs: tuple[Ksb, ...]
    cycle: str
    is_demonstration: bool
    version_digest: str

    @property
    def digest(self) -> str:
        """Return the SHA-256 of everything that the card says."""
        said = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def is_ratified(self) -> bool:
        """Say whether the card prints what the panel ratified."""
        return self.state == RATIFIED

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Return how many capabilities stand at N, A, P and E; N is always nought."""
        letters = [member.letter for area in self.areas for member in area.members]
        return (0, letters.count("A"), letters.count("P"), letters.count("E"))

    @property
    def words(self) -> str:
        """Return the same in words."""
        return count_words(self.counts)

    @property
    def member_count(self) -> int:
        """Return how many capabilities the profile holds."""
        return sum(len(area.members) for area in self.areas)
