"""README.md of the package: what is in it and how its numbers follow, for somebody new to it."""

from collections.abc import Sequence

from consensus.matching.national import FLOOR_PERCENT
from consensus.matching.ranking import (
    HIGH_FIT_PERCENT,
    HIGH_SURPLUS_PERCENT,
    MIDDLING_FIT_PERCENT,
    TOP_STANDARDS,
)
from reports.package.contents import Contents
from reports.package.descriptor import Written

README = "README.md"

TEXT = """\
# Findings: {title}

{which}{open}

This is a Data Package (https://datapackage.org). `datapackage.json` gives every file's fields
with their types and meanings, its key, and the keys of other files that it refers to. The files
are CSV in UTF-8. An empty cell means that there is no value, or that too few people rated to show
one. Text that a spreadsheet would take for a formula stands behind an apostrophe.

## Files

{files}

## How the numbers follow

 1. **Counts** of capabilities, partners, profiles, members and KSBs are counts of rows.
 2. **Today.** Classified capabilities alone count, each under the strongest that any partner has of
    those in `current-state.csv` who need it; one that no partner needs was asked of all.
 3. **Cells.** `cells.csv` has a row for each judged capability and role level, with how many said
    what. {rule}
    The rest of the rule stands in `rule-card.csv`.
 4. **Matches.** A capability matches a duty at a threshold where `score` x 100 in `matches.csv`
    reaches it, or `match-reviews.csv` says accepted; never where it says rejected. The threshold
    of these results is {threshold} %. Scores below {floor} % were kept only where they are among
    the ten best of their capability, so no lower threshold can be asked.
 5. **Unsupported** is a capability of `compared-capabilities.csv` without a match.
 6. **Fit** of a profile to a standard: of the profile's compared capabilities
    (`compared-profiles.csv`), the share that matches a duty of the standard. **Surplus**: of the
    standard's duties, the share that matches none of the profile's capabilities. A profile is
    compared with standards of its own academic level, one above and one below, and with those of
    no stated level. The first {top} stand in order of fit, then lower surplus, then `two_way` in
    `coverage.csv`, then their number.
 7. **Response** to a profile's best standard: fit of {high} % or more: adopt, or adapt where the
    surplus is above {surplus} %. Fit of {middling} % or more: extend. Less: a new standard.
 8. **Priority**: the profile with most unsupported capabilities first; then the lower best fit.
 9. Percentages have one decimal. Scores in per cent are cut to one decimal, not rounded, so that
    none seems to reach a threshold that it misses.
{bundles}
## Sources and licences

{sources}
"""

OPEN = """ This copy is for anybody: it names nobody, and
holds nothing that people wrote about answers; files of such words are empty."""

BUNDLES = """
## Calculating the verdicts again

`recomputation/` holds a ZIP for each closed round: its answers in an order that tells nothing of
who gave them, the rule card, and the verdicts that were frozen. Each has a README of its own, which
says how to work every verdict out again by hand or by command.
"""


def readme_text(contents: Contents, written: Sequence[Written], bundles: Sequence[str]) -> str:
    """Return the text, with the numbers of these very results."""
    document = contents.results.document
    return TEXT.format(
        title=document.subject.title,
        which=_which(contents),
        open=OPEN if contents.is_open else "",
        files="\n".join(_file(each) for each in written),
        rule=_rule(contents),
        threshold=contents.threshold,
        floor=FLOOR_PERCENT,
        top=TOP_STANDARDS,
        high=HIGH_FIT_PERCENT,
        surplus=HIGH_SURPLUS_PERCENT,
        middling=MIDDLING_FIT_PERCENT,
        bundles=BUNDLES if bundles else "",
        sources=_sources(contents),
    )


def _which(contents: Contents) -> str:
    results = contents.results
    taken = f"{results.document.taken_at:%Y-%m-%d %H:%M} UTC"
    if results.is_working:
        return f"Working results, as the cycle stood on {taken}."
    return f"Snapshot {results.number}, frozen on {taken}. SHA-256 {results.digest}."


def _file(written: Written) -> str:
    rows = "1 row" if written.rows == 1 else f"{written.rows:,} rows"
    return f"- `{written.path}` ({rows}): {written.table.about}"


def _rule(contents: Contents) -> str:
    rule = contents.results.document.agreement.rule
    return (
        f"Nothing is agreed by fewer than {rule.minimum_n} raters;\n    a level is agreed where at "
        f"least {rule.threshold_percent} % of those who think it needed say it."
    )


def _sources(contents: Contents) -> str:
    lines = [
        f"- {each.name} {each.version}".rstrip() + f". {each.licence}. {each.attribution}".rstrip()
        for each in contents.results.document.sources
    ]
    return "\n".join(lines) or "No source was used."
