"""Profile capability matches: the capabilities of profiles, each of which opens to its matches."""

from dataclasses import dataclass, replace

from cycles.standards.wording import level_words
from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Listing, found_rows
from reports.explorer.look import Look
from reports.explorer.naming import capability_code, code_links, level_shown
from reports.explorer.pages.before_run import NothingYet, nothing_yet
from reports.explorer.pages.match_words import (
    match_columns,
    score_shown,
    tags_of,
    verdict_by,
    verdict_kind,
    verdict_word,
)
from reports.explorer.pages.provision_item import matches_of
from reports.explorer.pages.standings import comparison_href
from reports.explorer.pages.support import facets, tags_of_support
from reports.explorer.profile_choice import PROFILE, chosen_profile
from reports.explorer.registry import PageKind, Question
from reports.explorer.table_view import File, TableView, table_view
from reports.explorer.threshold import Slider, slider_of
from reports.mapping.findings import CapabilityFinding, Match

NAME = "matches"
PER_PAGE = 20
OPENED = 5


@dataclass(frozen=True)
class Duty:
    """A duty as it stands in an opened row. ``href`` leads to its standard beside the profile."""

    text: str
    tags: tuple[tuple[str, str], ...]
    standard: str
    note: str
    href: str
    score: Shown
    is_match: bool
    verdict: str
    kind: str
    by: str
    reason: str


@dataclass(frozen=True)
class Opened:
    """What a capability's row opens to. ``words`` say it while it is closed."""

    code: str
    words: str
    is_open: bool
    duties: tuple[Duty, ...]
    more_href: str


@dataclass(frozen=True)
class MatchesPage:
    """The capabilities of profiles. ``opened`` has one for each row of the table."""

    nothing: NothingYet | None
    slider: Slider | None
    table: TableView | None
    opened: tuple[Opened, ...]
    files: tuple[File, ...]


@dataclass(frozen=True)
class MatchRow:
    """One capability against one duty, as files have it."""

    capability: CapabilityFinding
    match: Match


def needed(look: Look) -> tuple[CapabilityFinding, ...]:
    """Return the capabilities that any profile holds, in order of code."""
    found = look.findings.capabilities if look.findings else ()
    return tuple(each for each in found if each.profile_codes)


def listing(look: Look) -> Listing[CapabilityFinding]:
    """Return the table of capabilities of profiles."""
    levels = _levels(look)
    level = Column[CapabilityFinding](
        "level",
        "Needed level",
        "How well the chosen profile needs it.",
        lambda row: levels.get(row.code, ""),
        show=lambda _look, row: level_shown(levels.get(row.code, "")),
    )
    return Listing(
        name=NAME,
        title="Capabilities of profiles",
        about="Every capability that a profile holds, and how many duties match it.",
        columns=(*COLUMNS, *((level,) if levels else ())),
        rows=needed,
        text=lambda row: f"{row.code} {row.text} {row.area}",
        facets=(facets(look)[2], facets(look)[0]),
        per_page=PER_PAGE,
        nothing="No profile holds a capability that was compared.",
    )


def _levels(look: Look) -> dict[str, str]:
    """Return the level of each capability in the profile asked for; empty for no profile."""
    profile = look.results.profile.get(look.args.get(PROFILE, ""))
    return {each.code: each.level for each in profile.members} if profile else {}


def pairs_listing() -> Listing[MatchRow]:
    """Return all that the rows open to as one table, for files."""
    return Listing(
        name="duties",
        title="Duties nearest to capabilities of profiles",
        about=f"The {OPENED} duties nearest to each capability of the table, and every judged one.",
        columns=(
            Column("code", "Code", "The capability's code.", _code, Kind.CODE),
            Column(
                "capability",
                "Capability",
                "What an organisation can do.",
                lambda row: row.capability.text,
                Kind.STATEMENT,
            ),
            *match_columns(lambda row: row.match),
            Column(
                "is_match",
                "Match",
                "Whether it counts as a match, the verdict outranking the score.",
                lambda row: row.match.is_match,
                Kind.FLAG,
            ),
        ),
        rows=pairs,
        prefix="duties-",
    )


def _code(row: MatchRow) -> str:
    return row.capability.code


def pairs(look: Look) -> tuple[MatchRow, ...]:
    """Return what all rows that the address asks for open to, on all pages."""
    return tuple(
        MatchRow(row, match)
        for row in found_rows(listing(look), look)
        for match in matches_of(look, row, OPENED)
    )


def build(look: Look, _code: str) -> MatchesPage:
    """Return the page of the capabilities of profiles."""
    nothing = nothing_yet(look, needs_profiles=True)
    if nothing:
        return MatchesPage(nothing, None, None, (), ())
    table = listing(look)
    view = table_view(table, look, NAME)
    rows = found_rows(table, look)[max(0, view.paging.first - 1) : view.paging.last]
    return MatchesPage(
        nothing=None,
        slider=slider_of(look, NAME),
        table=view,
        opened=tuple(_opened(look, row, is_open=not at) for at, row in enumerate(rows)),
        files=_files(view),
    )


def _files(view: TableView) -> tuple[File, ...]:
    """Return the files of what the rows open to, under the same filters."""
    return tuple(
        replace(each, href=each.href.replace(f"table={view.name}", "table=duties", 1))
        for each in view.files
    )


def _opened(look: Look, row: CapabilityFinding, *, is_open: bool) -> Opened:
    matches = matches_of(look, row, OPENED)
    counted = sum(each.is_match for each in matches)
    words = f"{len(matches)} nearest duties" if not counted else f"{counted} of {len(matches)}"
    if counted:
        words += " nearest duties match"
    return Opened(
        code=row.code,
        words=words,
        is_open=is_open,
        duties=tuple(_duty(look, each) for each in matches),
        more_href=look.href("provision", row.code),
    )


def _duty(look: Look, match: Match) -> Duty:
    said, chosen = match.judgement, chosen_profile(look)
    return Duty(
        text=match.duty_text,
        tags=tags_of(match),
        standard=match.standard_title,
        note=f"{match.standard_reference}, {level_words(match.standard_level)}",
        href=comparison_href(look, chosen.code, match.standard_id) if chosen else "",
        score=score_shown(match),
        is_match=match.is_match,
        verdict=verdict_word(said),
        kind=verdict_kind(said),
        by=verdict_by(said),
        reason=said.reason if said else "",
    )


PAGE = PageKind(
    name=NAME,
    label="Profile capability matches",
    question=Question.MISSING,
    lead="What each profile has to be able to do, and the duties that come nearest to it.",
    build=build,
    listings=lambda look, _code: (listing(look), pairs_listing()),
    method=(
        "A capability is listed where at least one profile holds it. The duties nearest in meaning "
        "are shown whether or not they reach the threshold, and every one that reviewers judged.",
        "What reviewers agree on outranks the score.",
    ),
)


COLUMNS: tuple[Column[CapabilityFinding], ...] = (
    capability_code("provision", lambda row: row.code),
    Column(
        "capability",
        "Capability",
        "What an organisation can do.",
        lambda row: row.text,
        Kind.STATEMENT,
        show=lambda _look, row: Shown(row.text, tags=tags_of_support(row)),
    ),
    Column(
        "profiles",
        "Profiles",
        "The profiles that hold it.",
        lambda row: row.profile_codes,
        Kind.LIST,
        show=lambda look, row: code_links(look, "profiles", row.profile_codes),
    ),
    Column(
        "matches",
        "Duties that match",
        "How many duties match it, verdicts included.",
        lambda row: row.match_count,
        Kind.NUMBER,
    ),
    Column(
        "best",
        "Best score, %",
        "The score of its best match that was not rejected.",
        lambda row: row.best.score_percent if row.best else None,
        Kind.PERCENT,
        show=lambda _look, row: score_shown(row.best) if row.best else Shown("none left"),
    ),
)
