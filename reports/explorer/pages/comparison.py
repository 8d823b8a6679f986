"""A profile beside a standard: matched and not matched, both ways, to be judged in place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cycles.standards.wording import level_words
from reports.explorer.look import Look
from reports.explorer.pages.before_run import NothingYet, nothing_yet
from reports.explorer.pages.comparison_rows import (
    CAPABILITIES,
    DUTIES,
    STANDARD,
    Pair,
    any_side,
    judged_sides,
    listings,
    pair_of,
)
from reports.explorer.pages.comparison_words import notices_of
from reports.explorer.pages.fit import METHOD
from reports.explorer.pages.match_words import tags_of, true_words
from reports.explorer.profile_choice import PROFILE, Choice, profile_choices
from reports.explorer.registry import PageKind, Question
from reports.explorer.table_view import File, table_view
from reports.explorer.threshold import Slider, slider_of
from reports.explorer.tile import Tile
from reports.explorer.voices import Voice, Voices, voices_of
from reports.mapping.comparing import Comparison, Side
from reports.mapping.counting import share
from reports.mapping.findings import ProfileFinding
from reports.mapping.words import of, percent

NAME = "comparison"


@dataclass(frozen=True)
class Line:
    """A capability or a duty with the other side's that speaks most for a match.

    ``judged`` are its other pairs that anybody judged: what was overruled stays to be seen.
    """

    text: str
    code: str
    href: str
    other_label: str
    other: str
    duty: str
    tags: tuple[tuple[str, str], ...]
    score: str
    score_value: float
    is_suggested: bool
    chance: str
    voice: Voice
    judged: "tuple[Line, ...]" = ()


@dataclass(frozen=True)
class Part:
    """The matched lines of one side, or those that are not. ``nothing`` is said without any."""

    title: str
    nothing: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Column:
    """One side: its title, its matched part and the other, and its files."""

    name: str
    title: str
    parts: tuple[Part, Part]
    files: tuple[File, ...]


@dataclass(frozen=True)
class ComparisonPage:
    """The pair. ``notices`` are (words, kind): what is to be known before it is believed."""

    nothing: NothingYet | None
    slider: Slider | None
    profiles: tuple[Choice, ...]
    standards: tuple[Choice, ...]
    hidden: tuple[tuple[str, str], ...]
    profile_code: str
    title: str
    about: str
    notices: tuple[tuple[str, str], ...]
    tiles: tuple[Tile, ...]
    columns: tuple[Column, ...]


def build(look: Look, _code: str) -> ComparisonPage:
    """Return the page of the pair that the address asks for."""
    pair, nothing = pair_of(look), nothing_yet(look, needs_profiles=True)
    if nothing or pair is None:
        return ComparisonPage(nothing or _unknown(), None, (), (), (), "", "", "", (), (), ())
    found = pair.found
    return ComparisonPage(
        nothing=None,
        slider=slider_of(look, NAME),
        profiles=_profiles(look, pair.profile),
        standards=_standards(pair),
        hidden=tuple((name, str(value)) for name, value in look.selection().items()),
        profile_code=pair.profile.code,
        title=_title(pair),
        about=_about(found),
        notices=notices_of(look, pair),
        tiles=_tiles(look, pair.profile, found) if found else (),
        columns=_columns(look, found) if found else (),
    )


def _unknown() -> NothingYet:
    return NothingYet("No profile to compare", "These results know the members of no profile.")


def _profiles(look: Look, current: ProfileFinding) -> tuple[Choice, ...]:
    return tuple(
        replace(each, is_chosen=each.value == current.code) for each in profile_choices(look)
    )


def _standards(pair: Pair) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            str(each.standard_id),
            f"{each.title} ({level_words(each.level)}), {percent(each.fit_percent)} fit",
            each.standard_id == pair.standard_id,
        )
        for each in pair.profile.standings
    )


def _title(pair: Pair) -> str:
    profile = f"{pair.profile.code} {pair.profile.name}"
    if pair.found is None:
        return profile
    match = any_side(pair.found).match
    return f"{profile} and {match.standard_title}"


def _about(found: Comparison | None) -> str:
    if found is None:
        return ""
    match = any_side(found).match
    level = level_words(match.standard_level)
    return f"{match.standard_reference}, {level}, of {match.framework_name}"


def _tiles(look: Look, profile: ProfileFinding, found: Comparison) -> tuple[Tile, ...]:
    met, members = len(found.met), len(found.met + found.unmet)
    spare, duties = len(found.spare), len(found.used + found.spare)
    said = [each.match.judgement for each in (*found.met, *found.unmet)]
    settled = sum(each is not None and each.verdict is not None for each in said)
    return (
        Tile(
            "Fit",
            percent(share(met, members)),
            "#capabilities",
            f"{of(met, members)} capabilities matched",
        ),
        Tile(
            "Surplus",
            percent(share(spare, duties)),
            "#duties",
            f"{of(spare, duties)} {_parts(found)} to spare",
        ),
        Tile(
            "Unsupported by any standard",
            f"{profile.unsupported_count:,}",
            look.href("provision", show="unsupported", profile=profile.code, _anchor="provision"),
            f"of the profile's {profile.member_count:,} capabilities",
        ),
        Tile("Settled by reviewers", f"{settled:,}", "", f"of the {members:,} capabilities' pairs"),
    )


def _parts(found: Comparison) -> str:
    return "skills" if any_side(found).match.is_skill else "duties"


def _columns(look: Look, found: Comparison) -> tuple[Column, Column]:
    voices, many = voices_of(look, NAME), _parts(found)
    one = "skill" if many == "skills" else "duty"
    left, right = (table_view(each, look, NAME) for each in listings(look))

    def part(
        title: str, nothing: str, sides: Sequence[Side], other: str, *, is_duty: bool = False
    ) -> Part:
        return Part(title, nothing, _lines(look, voices, sides, other, is_duty=is_duty))

    met = part(
        "Matched by the standard",
        "No capability of the profile is matched.",
        found.met,
        f"Best {one}",
    )
    unmet = part("Not matched", ALL_MET, found.unmet, f"Nearest {one}")
    best, nearest = "Best capability", "Nearest capability"
    used = part("Matched by the profile", f"No {one} is matched.", found.used, best, is_duty=True)
    spare = part("To spare", f"Every {one} is matched.", found.spare, nearest, is_duty=True)
    return (
        Column(CAPABILITIES, "The profile's capabilities", (met, unmet), left.files),
        Column(DUTIES, f"The standard's {many}", (used, spare), right.files),
    )


ALL_MET = "Every capability of the profile is matched."


def _lines(
    look: Look, voices: Voices, sides: Sequence[Side], other: str, *, is_duty: bool = False
) -> tuple[Line, ...]:
    found = pair_of(look)
    judged = judged_sides(look, found.found) if found and found.found else ()

    def line(side: Side) -> Line:
        apart = [each for each in judged if _is_apart(each, side, is_duty=is_duty)]
        own = tuple(_line(look, voices, each, "Judged", is_duty=is_duty) for each in apart)
        return replace(_line(look, voices, side, other, is_duty=is_duty), judged=own)

    return tuple(map(line, sorted(sides, key=lambda each: -each.match.score_percent)))


def _is_apart(judged: Side, shown: Side, *, is_duty: bool) -> bool:
    """Say whether a judged pair belongs to what is shown, but is another pair."""
    is_same_duty = judged.match.duty_id == shown.match.duty_id
    is_same_capability = judged.statement_id == shown.statement_id
    belongs = is_same_duty if is_duty else is_same_capability
    return belongs and not (is_same_duty and is_same_capability)


def _line(look: Look, voices: Voices, side: Side, other: str, *, is_duty: bool) -> Line:
    match = side.match
    texts = (side.capability, match.duty_text)
    voice = voices.of(side.code, side.statement_id, match)
    return Line(
        text=texts[is_duty],
        code=side.code,
        href=look.href("provision", side.code),
        other_label=other,
        other=texts[not is_duty],
        duty=match.duty_text,
        tags=tags_of(match),
        score=percent(match.score_percent),
        score_value=max(match.score_percent, 0.0),
        is_suggested=match.is_suggested,
        chance=true_words(match.chance),
        # The same pair may stand on both sides, and ids must differ.
        voice=replace(voice, key=f"{'duty' if is_duty else 'capability'}-{voice.key}"),
    )


PAGE = PageKind(
    name=NAME,
    label="Profile against a standard",
    question=Question.MISSING,
    lead="Capability by capability and duty by duty: what the two share, and what each lacks.",
    build=build,
    listings=lambda look, _code: listings(look),
    method=METHOD,
    arguments=(
        (PROFILE, "The code of the profile; else the first that a standard can be compared with."),
        (STANDARD, "The id of the standard; else the one that fits the profile best."),
    ),
)
