"""The tables of section 3.4: standards, duties, matches and thresholds."""

from collections.abc import Iterator

from reports.document.body.blocks import Cell, Table
from reports.document.body.cells import (
    NOT_RECORDED,
    columns,
    count,
    day,
    lines,
    percent,
    table,
    text,
)
from reports.document.facts import (
    CurvePoint,
    FrameworkLine,
    PairedMatch,
    ProfileProvision,
    Provision,
    Standing,
    Worked,
)
from reports.document.wording import percent_words

STEP = 5
NEAR = 3


def compared_with(found: Provision) -> Table:
    """Return the frameworks that the profiles were compared with."""
    duties = "Duties and skills" if found.standards_by_skills else "Duties"
    return table(
        "frameworks",
        "What the profiles were compared with",
        columns(
            ("Framework", 40),
            ("Snapshot", 18),
            ("Standards compared", 14, "n"),
            ("Without duties", 14, "n"),
            (duties, 14, "n"),
        ),
        map(_framework, found.frameworks),
    )


def _framework(line: FrameworkLine) -> tuple[Cell, ...]:
    version = f", version {line.version}" if line.version else ""
    illustrative = " (illustrative)" if line.is_illustrative else ""
    compared = f"{line.compared:,} of {line.standards:,}"
    by_skills = f"\n{line.by_skills:,} by skills" if line.by_skills else ""
    return (
        text(f"{line.name}{version}{illustrative}"),
        day(line.snapshot_on),
        Cell(f"{compared}{by_skills}", line.compared),
        count(line.lacking_duties),
        count(line.duties),
    )


def worked_example(worked: Worked) -> Table:
    """Return each capability of the example beside the nearest duty of the standard."""
    standing = worked.standing
    return table(
        "worked-example",
        f"{worked.code} {worked.name} against {standing.title} ({standing.reference})",
        columns(
            ("Capability", 40), ("Nearest duty of the standard", 36), ("Score", 10, "n"),
            ("Match", 14),
        ),
        map(_pair, worked.pairs),
    )  # fmt: skip


def _pair(each: PairedMatch) -> tuple[Cell, ...]:
    match = "Yes" if each.is_match else "No"
    return (
        text(f"{each.code} {each.text}"),
        text(each.duty),
        percent(each.score_percent),
        text(f"{match}, {each.judged}" if each.judged else match),
    )


def surplus_duties(worked: Worked) -> Table:
    """Return the duties of the example's standard that match nothing in the profile."""
    return table(
        "worked-surplus",
        f"Duties of {worked.standing.title} that match no capability of {worked.code}",
        columns(("Duty", 100)),
        ((text(each),) for each in worked.surplus_duties),
    )


def every_profile(found: Provision) -> Table:
    """Return each profile with its best standard."""
    nothing = (
        "No standard can be compared with it."
        if found.standards_without_level
        else "No standard stands at its level or an adjoining one."
    )
    return table(
        "fit-surplus",
        "Every profile against its best standard",
        columns(
            ("Profile", 26),
            ("Best standard", 28),
            ("Fit", 15, "n"),
            ("Surplus", 15, "n"),
            ("Suggested response", 16),
        ),
        (_against_best(line, nothing) for line in found.profiles),
        empty="No profile has been generated, so there is none to compare.",
    )


def _against_best(line: ProfileProvision, nothing: str) -> tuple[Cell, ...]:
    best = line.best
    name = text(f"{line.code} {line.name}")
    if best is None:
        return (name, text(nothing), percent(None), percent(None), text(""))
    return (
        name,
        lines(_standard(best), "by skills, not duties" if best.by_skills else ""),
        shared(best.fit_percent, best.fit_count, line.member_count),
        shared(best.surplus_percent, best.surplus_count, best.duty_count),
        text(best.response),
    )


def _standard(best: Standing) -> str:
    framework = f", of {best.framework}" if best.framework else ""
    return f"{best.title} ({best.reference}, {best.level_words}{framework})"


def shared(percentage: float, value: int, whole: int) -> Cell:
    """Return a percentage above the counts it is of: ``31.4 %`` over ``43 of 137``."""
    return Cell(f"{percent_words(percentage)}\n{value:,} of {whole:,}", percentage)


def responses(found: Provision) -> Table:
    """Return how many profiles each response is suggested for."""
    return table(
        "responses",
        "Suggested responses",
        columns(("Response", 70), ("Profiles", 30, "n")),
        ((text(each.response), count(each.count)) for each in found.responses),
        empty=NOT_RECORDED,
    )


def thresholds(found: Provision) -> Table:
    """Return how many capabilities would be unsupported at other thresholds."""
    return table(
        "threshold",
        "Unsupported capabilities at other thresholds",
        columns(
            ("Threshold", 34, "n"), ("Unsupported", 33, "n"), ("Share of those compared", 33, "n")
        ),
        (_point(each, found.threshold_percent) for each in _telling(found)),
    )


def _telling(found: Provision) -> Iterator[CurvePoint]:
    """Yield every fifth point that says something new, and all those near the one in force."""
    told: int | None = None
    for each in found.curve:
        is_near = abs(each.threshold_percent - found.threshold_percent) <= NEAR
        is_fifth = each.threshold_percent % STEP == 0
        if is_near or (is_fifth and each.unsupported_count != told):
            told = each.unsupported_count
            yield each


def _point(each: CurvePoint, in_force: int) -> tuple[Cell, ...]:
    mark = " (in force)" if each.threshold_percent == in_force else ""
    return (
        Cell(f"{each.threshold_percent}\u00a0%{mark}", each.threshold_percent),
        count(each.unsupported_count),
        percent(each.unsupported_percent),
    )
