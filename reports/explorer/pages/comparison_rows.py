"""One profile beside one standard: which pair is looked at, and its two tables. No layout."""

import uuid
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from cycles.core.errors import Missing
from reports.explorer.columns import Column, Kind
from reports.explorer.listing import Facet, Listing
from reports.explorer.look import Look
from reports.explorer.naming import capability_code
from reports.explorer.pages.match_words import match_columns
from reports.explorer.profile_choice import chosen_profile
from reports.mapping.comparing import Comparison, Side, compare
from reports.mapping.findings import Match, ProfileFinding
from reports.mapping.reading import match_at

STANDARD = "standard"
CAPABILITIES, DUTIES = "capabilities", "duties"
MATCHED, ALONE = "matched", "alone"


@dataclass(frozen=True, eq=False)
class Pair:
    """The profile and the standard that are looked at. ``found`` is None where nothing can be said.

    ``is_gone``: scores below what the run keeps cannot be worked out again.
    """

    profile: ProfileFinding
    standard_id: uuid.UUID
    found: Comparison | None
    is_gone: bool = False


# A page asks for its pair several times; what is worked out once goes with the look.
_kept: WeakKeyDictionary[Look, Pair | None] = WeakKeyDictionary()


def pair_of(look: Look) -> Pair | None:
    """Return the pair that the address asks for: else the first profile beside its best."""
    if look not in _kept:
        _kept[look] = _pair(look)
    return _kept[look]


def _pair(look: Look) -> Pair | None:
    profile, reading = chosen_profile(look) or _first(look), look.reading
    facts = look.results.profile_facts.get(profile.code) if profile else None
    if profile is None or reading is None or facts is None:
        return None
    standard_id = _asked(look) or (profile.best.standard_id if profile.best else None)
    if standard_id is None:
        return Pair(profile, uuid.UUID(int=0), None)
    try:
        found = compare(reading, facts.statement_ids, standard_id)
    except Missing:
        return Pair(profile, standard_id, None, is_gone=True)
    return Pair(profile, standard_id, found)


def _first(look: Look) -> ProfileFinding | None:
    profiles = look.findings.profiles if look.findings else ()
    with_standards = (each for each in profiles if each.best is not None)
    return next(with_standards, profiles[0] if profiles else None)


def _asked(look: Look) -> uuid.UUID | None:
    try:
        return uuid.UUID(look.args.get(STANDARD, ""))
    except ValueError:
        return None


def any_side(found: Comparison) -> Side:
    """Return a line of the standard's, which tells what the standard is."""
    return (*found.used, *found.spare)[0]


def judged_sides(look: Look, found: Comparison) -> tuple[Side, ...]:
    """Return every pair of the two that anybody judged, also where another speaks more."""
    reading = look.reading
    if reading is None:
        return ()
    inputs = reading.ground.inputs
    rows = {inputs.row_of[each.statement_id] for each in (*found.met, *found.unmet)}
    columns = {inputs.column_of[each.match.duty_id] for each in (*found.used, *found.spare)}
    return tuple(
        Side(each.statement_id, each.code, each.text, match_at(reading, row, column))
        for row, column in sorted(reading.judgements)
        if row in rows and column in columns
        for each in (inputs.capabilities[row],)
    )


def listings(look: Look) -> tuple[Listing[Side], Listing[Side]]:
    """Return the tables of both directions: the profile's capabilities, the standard's duties."""
    pair = pair_of(look)
    found = pair.found if pair else None
    capabilities = (*found.met, *found.unmet) if found else ()
    duties = (*found.used, *found.spare) if found else ()
    return (
        _listing(
            CAPABILITIES,
            "The profile's capabilities",
            "Every capability of the profile with the duty that speaks most for a match.",
            (*CAPABILITY_COLUMNS, *match_columns(_match), _matched()),
            capabilities,
        ),
        _listing(
            DUTIES,
            "The standard's duties",
            "Every duty of the standard with the capability that speaks most for a match.",
            (*match_columns(_match), *CAPABILITY_COLUMNS, _matched()),
            duties,
        ),
    )


def _listing(
    name: str, title: str, about: str, columns: tuple[Column[Side], ...], sides: tuple[Side, ...]
) -> Listing[Side]:
    return Listing(
        name=name,
        title=title,
        about=about,
        columns=columns,
        rows=lambda _look: sides,
        text=_text,
        facets=(_facet(),),
        prefix=f"{name}-",
    )


def _match(row: Side) -> Match:
    return row.match


def _text(row: Side) -> str:
    return f"{row.code} {row.capability} {row.match.duty_text}"


def _facet() -> Facet[Side]:
    words = {MATCHED: "Matched", ALONE: "Not matched"}
    return Facet("show", "Show", lambda row: MATCHED if row.match.is_match else ALONE, words)


def _matched() -> Column[Side]:
    return Column(
        "matched",
        "Matched",
        "Whether the pair counts as a match, the verdict outranking the score.",
        lambda row: row.match.is_match,
        Kind.FLAG,
    )


CAPABILITY_COLUMNS: tuple[Column[Side], ...] = (
    capability_code("provision", lambda row: row.code),
    Column(
        "capability",
        "Capability",
        "What an organisation can do.",
        lambda row: row.capability,
        Kind.STATEMENT,
    ),
)
