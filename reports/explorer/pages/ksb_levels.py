"""What the profiles of each role level call for, in wordings, as a table."""

from dataclasses import dataclass

from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Listing
from reports.explorer.look import Look
from reports.explorer.once import once
from reports.explorer.pages.ksb_gaps import PREFIX
from reports.explorer.wordings import KIND_WORDS, wordings_of
from reports.results.results import Results

PAGE_NAME = "ksbs"
PLURALS = {"knowledge": "Knowledge", "skill": "Skills", "behaviour": "Behaviours"}


@dataclass(frozen=True)
class LevelRow:
    """What the profiles of one role level call for, in wordings. ``share`` is of the most, of 100.

    ``without`` of the ``capabilities`` that they hold have no accepted KSB.
    """

    role_level: str
    profiles: int
    counts: dict[str, int]
    capabilities: int
    without: int
    share: float

    @property
    def total(self) -> int:
        """Return how many wordings that are in all."""
        return sum(self.counts.values())


@once
def level_rows(results: Results) -> tuple[LevelRow, ...]:
    """Return the wordings of each role level, in the cycle's order."""
    names = [each.name for each in results.document.subject.role_levels]
    totals = {
        name: sum(name in each.role_levels for each in wordings_of(results)) for name in names
    }
    most = max(totals.values(), default=0) or 1
    return tuple(_row(results, name, 100 * totals[name] / most) for name in names)


def _row(results: Results, name: str, share: float) -> LevelRow:
    profiles = [each for each in results.profile.values() if each.role_level == name]
    held = {member.code for profile in profiles for member in profile.members}
    kept = held & results.capability.keys()
    theirs = [each for each in wordings_of(results) if name in each.role_levels]
    return LevelRow(
        role_level=name,
        profiles=len(profiles),
        counts={kind: sum(each.kind == kind for each in theirs) for kind in KIND_WORDS},
        capabilities=len(kept),
        without=sum(not results.ksbs_of[code] for code in kept),
        share=share,
    )


def _kind_column(kind: str) -> Column[LevelRow]:
    return Column(
        kind,
        PLURALS[kind],
        f"Wordings of the kind {kind}, each once, that its profiles call for.",
        lambda row: row.counts[kind],
        Kind.NUMBER,
        show=lambda look, row: Shown(
            f"{row.counts[kind]:,}", look.href(PAGE_NAME, role=row.role_level, kind=kind)
        ),
    )


def _without(look: Look, row: LevelRow) -> Shown:
    words = f"{row.without:,} of {row.capabilities:,}"
    asked = {f"{PREFIX}role": row.role_level}
    return Shown(words, look.href(PAGE_NAME, **asked) if row.without else "")


COLUMNS: tuple[Column[LevelRow], ...] = (
    Column("role_level", "Role level", "Its name.", lambda row: row.role_level, Kind.STATEMENT),
    *map(_kind_column, KIND_WORDS),
    Column(
        "total",
        "All wordings",
        "Knowledge, skills and behaviours together.",
        lambda row: row.total,
        Kind.NUMBER,
        show=lambda look, row: Shown(
            f"{row.total:,}", look.href(PAGE_NAME, role=row.role_level), bar=row.share
        ),
    ),
    Column(
        "profiles",
        "Profiles",
        "Profiles of this role level.",
        lambda row: row.profiles,
        Kind.NUMBER,
        show=lambda look, row: Shown(
            f"{row.profiles:,}", look.href("profiles", role=row.role_level)
        ),
    ),
    Column(
        "without",
        "Without a KSB",
        "Capabilities of its profiles for which no KSB is accepted.",
        lambda row: row.without,
        Kind.NUMBER,
        show=_without,
    ),
)
LISTING: Listing[LevelRow] = Listing(
    name="role-levels",
    title="What each role level calls for",
    about="Wordings by role level; one that several levels call for counts for each of them.",
    columns=COLUMNS,
    rows=lambda look: level_rows(look.results),
    prefix="levels-",
    nothing="The cycle has no role level yet.",
)


def most_words(look: Look) -> str:
    """Say which role level calls for most; empty before any profile calls for anything."""
    rows = level_rows(look.results)
    first = max(rows, key=lambda row: row.total, default=None)
    if first is None or not first.total:
        return ""
    return f"{first.role_level} call for {first.total:,} wordings" + (
        f", the most of {len(rows)} role levels." if len(rows) > 1 else "."
    )
