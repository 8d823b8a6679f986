"""One capability with its matches: duty, score, human verdict and who gave it, to be judged."""

from dataclasses import dataclass

from reports.explorer.columns import Column, Kind, Shown
from reports.explorer.listing import Facet, Listing, found_rows
from reports.explorer.look import Look
from reports.explorer.pages.match_words import match_columns, verdict_word
from reports.explorer.pages.support import tags_of_support
from reports.explorer.table_view import TableView, table_view
from reports.explorer.threshold import Slider, slider_of
from reports.explorer.voices import Voice, voices_of
from reports.mapping.findings import CapabilityFinding, Match
from reports.mapping.reading import leading_matches
from reports.mapping.words import of

NAME = "provision"
MOST = 20
NOTHING_SAID = "none"


@dataclass(frozen=True)
class ProvisionItem:
    """One capability. ``voices`` say what people think of each row of the table."""

    code: str
    text: str
    tags: tuple[tuple[str, str], ...]
    place: str
    summary: str
    profiles: tuple[Shown, ...]
    slider: Slider | None
    table: TableView
    voices: tuple[Voice, ...]
    may_judge: bool
    capability_href: str


def finding_of(look: Look, code: str) -> CapabilityFinding | None:
    """Return what was found of the capability with that code, or None."""
    found = look.findings.capabilities if look.findings else ()
    return next((each for each in found if each.code == code), None)


def matches_of(look: Look, row: CapabilityFinding, most: int = MOST) -> tuple[Match, ...]:
    """Return a capability's best matches and every judged one, highest score first."""
    if look.reading is None:
        return ()
    place = look.reading.ground.inputs.row_of[row.statement_id]
    return leading_matches(look.reading, place, most)


def label(look: Look, code: str) -> str:
    """Return the title of a capability's page."""
    found = finding_of(look, code)
    return f"{code}: {found.text}" if found else code


def listing(look: Look, code: str) -> Listing[Match]:
    """Return the table of one capability's matches."""
    finding = finding_of(look, code)
    return Listing(
        name="matches",
        title=f"Duties nearest to {code}",
        about=f"The {MOST} duties nearest to {code} in meaning, and every one that reviewers "
        "judged, highest score first.",
        columns=(
            *match_columns(lambda row: row),
            Column(
                "is_match",
                "Match",
                "Whether it counts as a match, the verdict outranking the score.",
                lambda row: row.is_match,
                Kind.FLAG,
                is_shown=False,
            ),
        ),
        rows=lambda look: matches_of(look, finding) if finding else (),
        text=lambda row: f"{row.duty_text} {row.standard_title} {row.standard_reference}",
        facets=(
            Facet("counts", "Show", lambda row: "match" if row.is_match else "none", COUNTS),
            Facet("said", "Verdict", lambda row: verdict_word(row.judgement) or NOTHING_SAID, SAID),
        ),
        nothing="No duty was kept: reviewers rejected all that came near.",
    )


COUNTS = {"match": "Matches", "none": "No matches"}
SAID = {NOTHING_SAID: "Not reviewed"}


def build(look: Look, code: str) -> ProvisionItem | None:
    """Return the page of one capability, or None where the run did not compare it."""
    finding = finding_of(look, code)
    if finding is None:
        return None
    table = listing(look, code)
    view = table_view(table, look, NAME, code)
    rows = found_rows(table, look)[max(0, view.paging.first - 1) : view.paging.last]
    voices = voices_of(look, NAME, code)
    return ProvisionItem(
        code=code,
        text=finding.text,
        tags=tags_of_support(finding),
        place=" › ".join(filter(None, (finding.function, finding.domain, finding.area))),
        summary=_summary(look, finding),
        profiles=tuple(Shown(each, look.href("profiles", each)) for each in finding.profile_codes),
        slider=slider_of(look, NAME, code),
        table=view,
        voices=tuple(voices.of(code, finding.statement_id, row) for row in rows),
        may_judge=look.may_judge,
        capability_href=look.href("capabilities", code),
    )


def _summary(look: Look, finding: CapabilityFinding) -> str:
    duties = look.findings.totals.duties if look.findings else 0
    match = "matches" if finding.match_count == 1 else "match"
    words = f"{of(finding.match_count, duties)} duties {match} it at {look.threshold} %"
    if finding.generic_count:
        words += f", {finding.generic_count:,} of them generic"
    return f"{words}."
