"""How pages of what changed name the two sides, differences and what became of things. Pure."""

from collections.abc import Sequence

from reports.explorer.changes import capability_changes as of_capabilities
from reports.explorer.changes import profile_changes as of_profiles
from reports.explorer.changes.comparing import Compared
from reports.explorer.changes.counts import Number
from reports.explorer.columns import Kind, Shown, words_of

TAGS = {
    of_capabilities.ADDED: "current",
    of_capabilities.GONE: "attention",
    of_capabilities.LOST: "attention",
    of_capabilities.GAINED: "done",
    of_profiles.RATIFIED: "done",
    of_profiles.REOPENED: "attention",
}


def then_words(found: Compared) -> str:
    """Name what is compared with in a word or two."""
    name = f"Snapshot {found.other.number}"
    return name if found.sides.is_same_cycle else f"{name} of the other cycle"


def now_words(found: Compared) -> str:
    """Name what is looked at in a word or two."""
    results = found.sides.now.results
    return "Working results" if results.is_working else f"Snapshot {results.number}"


def before_word(found: Compared) -> str:
    """Return the word that stands before what the other side says."""
    return "was" if found.sides.is_same_cycle else "there"


def signed(value: Number) -> str:
    """Return a difference with its sign, nought as such; nothing where it is not known."""
    if value is None:
        return ""
    words = words_of(abs(value), Kind.NUMBER)
    return f"+{words}" if value > 0 else f"\u2212{words}" if value < 0 else "0"


def tags_shown(kinds: Sequence[str], said: dict[str, str]) -> Shown:
    return Shown("", tags=tuple((said[each], TAGS.get(each, "")) for each in kinds))
