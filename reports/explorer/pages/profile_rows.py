"""The profiles as rows, with what map and gap says of each at the threshold. Rows and columns."""

from dataclasses import dataclass

from reports.document.facts import Profile
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.look import Look
from reports.explorer.naming import NO, STATUS_TAGS
from reports.explorer.wordings import wording_counts
from reports.mapping.counting import share
from reports.mapping.findings import ProfileFinding, Standing
from reports.mapping.words import percent

PAGE_NAME = "profiles"
STATUS_WORDS = {status: words for status, (words, _kind) in STATUS_TAGS.items()}


@dataclass(frozen=True)
class ProfileRow:
    """A profile. ``finding`` is None before a run of map and gap has compared it."""

    profile: Profile
    finding: ProfileFinding | None
    ksbs: int

    @property
    def unsupported(self) -> int | None:
        """Return how many of its capabilities nothing supports; None before the first run."""
        return self.finding.unsupported_count if self.finding else None

    @property
    def best(self) -> Standing | None:
        """Return its best standard, or None where none could be compared."""
        return self.finding.best if self.finding else None


def profile_rows(look: Look) -> tuple[ProfileRow, ...]:
    """Return every profile that was not withdrawn, by code."""
    found = {each.code: each for each in look.findings.profiles} if look.findings else {}
    ksbs = wording_counts(look.results)
    return tuple(
        ProfileRow(each, found.get(each.code), ksbs[each.code])
        for each in look.results.profile.values()
    )


def comparison_href(look: Look, code: str, standing: Standing) -> str:
    """Return where a profile and a standard stand side by side."""
    return look.href("comparison", profile=code, standard=str(standing.standard_id))


def levels_of(profile: Profile) -> tuple[int, ...]:
    """Return how many of its capabilities it needs at N (none, always), A, P and E."""
    return 0, profile.awareness, profile.practitioner, profile.expert


def _unsupported(look: Look, row: ProfileRow) -> Shown:
    if row.finding is None:
        return Shown("not compared")
    return Shown(
        f"{row.finding.unsupported_count:,}",
        look.href(PAGE_NAME, row.profile.code, supported=NO) if row.unsupported else "",
        note=f"of {row.finding.member_count:,}",
        bar=share(row.finding.unsupported_count, row.finding.member_count),
        bar_kind="attention",
    )


def _fit(_look: Look, row: ProfileRow) -> Shown:
    if row.best is None:
        return Shown("none comparable" if row.finding else "not compared")
    return Shown(percent(row.best.fit_percent), bar=row.best.fit_percent)


def _standard(look: Look, row: ProfileRow) -> Shown:
    if row.best is None:
        return Shown("")
    return Shown(row.best.title, comparison_href(look, row.profile.code, row.best))


def _name(look: Look, row: ProfileRow) -> Shown:
    suggested = (("Suggested name", "attention"),) if row.profile.is_name_suggested else ()
    note = ", ".join(filter(None, (row.profile.role_level, row.profile.partner)))
    return Shown(row.profile.name, look.href(PAGE_NAME, row.profile.code), note, tags=suggested)


SHOWN: tuple[Column[ProfileRow], ...] = (
    Column(
        "code",
        "Code",
        "The profile's code, the same everywhere in this cycle.",
        lambda row: row.profile.code,
        Kind.CODE,
    ),
    Column(
        "name",
        "Profile",
        "Its name, with its role level and the supply-chain partner that most of it belongs to.",
        lambda row: row.profile.name,
        Kind.STATEMENT,
        show=_name,
    ),
    Column(
        "capabilities",
        "Capabilities",
        "How many capabilities it holds, by the proficiency that it needs them at.",
        lambda row: row.profile.member_count,
        Kind.NUMBER,
        show=lambda look, row: Shown(
            f"{row.profile.member_count:,}",
            look.href(PAGE_NAME, row.profile.code),
            levels=levels_of(row.profile),
        ),
    ),
    Column(
        "unsupported",
        "Unsupported",
        "How many of those compared match no duty of any standard, at this threshold.",
        lambda row: row.unsupported,
        Kind.NUMBER,
        show=_unsupported,
    ),
    Column(
        "best_fit",
        "Best fit, %",
        "The part of its capabilities that its best standard covers, at this threshold.",
        lambda row: row.best.fit_percent if row.best else None,
        Kind.PERCENT,
        show=_fit,
    ),
    Column(
        "best_standard",
        "Best standard",
        "The standard that fits it best, at this threshold.",
        lambda row: row.best.title if row.best else "",
        show=_standard,
    ),
    Column(
        "ksbs",
        "KSBs",
        "Accepted knowledge, skills and behaviours that it calls for, each wording once.",
        lambda row: row.ksbs,
        Kind.NUMBER,
        show=lambda look, row: Shown(
            f"{row.ksbs:,}", look.href("ksbs", profile=row.profile.code) if row.ksbs else ""
        ),
    ),
    Column(
        "status",
        "Status",
        "Ratified by the employer panel, or still a prototype.",
        lambda row: row.profile.status,
        show=lambda _look, row: Shown("", tags=(STATUS_TAGS[row.profile.status],)),
    ),
)


def _ratified(row: ProfileRow) -> tuple[int | None, int | None]:
    said = row.profile.ratification
    return (said.approvals, said.answers) if said else (None, None)


FILES_ONLY: tuple[Column[ProfileRow], ...] = (
    Column(
        "role_level",
        "Role level",
        "Its role level.",
        lambda row: row.profile.role_level,
        is_shown=False,
    ),
    Column(
        "academic_level",
        "Academic level",
        "The academic level of its role level.",
        lambda row: row.profile.academic_level,
        Kind.NUMBER,
        is_shown=False,
    ),
    Column(
        "partner",
        "Primary partner",
        "The supply-chain partner that most of it belongs to.",
        lambda row: row.profile.partner,
        is_shown=False,
    ),
    Column(
        "awareness",
        "Awareness",
        "Capabilities that it needs at Awareness.",
        lambda row: row.profile.awareness,
        Kind.NUMBER,
        is_shown=False,
    ),
    Column(
        "practitioner",
        "Practitioner",
        "Capabilities that it needs at Practitioner.",
        lambda row: row.profile.practitioner,
        Kind.NUMBER,
        is_shown=False,
    ),
    Column(
        "expert",
        "Expert",
        "Capabilities that it needs at Expert.",
        lambda row: row.profile.expert,
        Kind.NUMBER,
        is_shown=False,
    ),
    Column(
        "changed_by_panel",
        "Changed by the panel",
        "Capabilities that the panel added, or gave another level than was voted.",
        lambda row: row.profile.changed_by_panel,
        Kind.NUMBER,
        is_shown=False,
    ),
    Column(
        "removed",
        "Taken out",
        "Capabilities that the panel took out.",
        lambda row: len(row.profile.removed),
        Kind.NUMBER,
        is_shown=False,
    ),
    Column(
        "ratified_on",
        "Ratified on",
        "The day the panel ratified it.",
        lambda row: row.profile.ratified_on,
        Kind.DATE,
        is_shown=False,
    ),
    Column(
        "approvals",
        "Approved",
        "Members of the panel who approved the ratified version.",
        lambda row: _ratified(row)[0],
        Kind.NUMBER,
        is_shown=False,
    ),
    Column(
        "answers",
        "Answered",
        "Members of the panel who answered on the ratified version.",
        lambda row: _ratified(row)[1],
        Kind.NUMBER,
        is_shown=False,
    ),
)
