"""The figures of map and gap: the worked example, fit and surplus, the curve of thresholds."""

from collections.abc import Iterator
from dataclasses import replace

from consensus.matching import HIGH_FIT_PERCENT, HIGH_SURPLUS_PERCENT, MIDDLING_FIT_PERCENT
from reports.charts.bars import Part, Stack, stacked_bars
from reports.charts.drawing import Drawing
from reports.charts.plots import fit_and_surplus, threshold_curve
from reports.document.facts import Document, Provision, Worked
from reports.document.wording import counted, percent_words

Sketch = tuple[str, str, str, Drawing]
LABELLED = 5


def sketches_of_provision(document: Document) -> Iterator[Sketch]:
    """Yield (key, title, summary, drawing) of each figure of map and gap, in the report's order."""
    found = document.provision
    if found is None:
        return
    if found.worked:
        yield _worked(found.worked)
    if any(each.best for each in found.profiles):
        yield _scatter(found)
    if found.curve:
        yield _curve(found)


def _worked(worked: Worked) -> Sketch:
    standing = worked.standing
    summary = (
        f"{standing.fit_count} of {worked.member_count} capabilities of {worked.name} match a duty "
        f"of {standing.title} (fit {percent_words(standing.fit_percent)}); "
        f"{standing.surplus_count} of its {standing.duty_count} duties match none (surplus "
        f"{percent_words(standing.surplus_percent)})."
    )
    title = "Fit and surplus are two calculations, shown on one profile and one standard"
    return "worked-example", title, summary, stacked_bars(_both_ways(worked), summary, [])


def _both_ways(worked: Worked) -> list[Stack]:
    standing = worked.standing
    fit, useful = standing.fit_count, worked.matched_duty_count
    unmatched = Part(worked.unmatched_count, "track", "hatch", "ink")
    surplus = Part(standing.surplus_count, "level-n", "edge-n", "ink")
    return [
        Stack(
            f"Capabilities of {worked.code}",
            (
                Part(fit, "level-e", words=f"{fit} matched"),
                replace(unmatched, words=f"{worked.unmatched_count} not matched"),
            ),
            f"{worked.member_count}",
        ),
        Stack(
            f"Duties of {standing.reference}",
            (
                Part(useful, "level-e", words=f"{useful} matched"),
                replace(surplus, words=f"{standing.surplus_count} surplus"),
            ),
            f"{standing.duty_count}",
        ),
    ]


def _scatter(found: Provision) -> Sketch:
    ranked = [each for each in found.priorities if each.best]
    places = [
        (each.best.fit_percent, each.best.surplus_percent, each.code if at < LABELLED else "")
        for at, each in enumerate(ranked)
        if each.best
    ]
    best = max(ranked, key=lambda each: each.best_fit_percent or 0.0)
    summary = (
        f"Each dot is a profile against its best standard. The best fit of all is "
        f"{percent_words(best.best_fit_percent or 0.0)} ({best.code} {best.name}); the "
        f"{counted(min(LABELLED, len(ranked)), 'profile')} most in need of attention "
        "carry their code."
    )
    cuts = (MIDDLING_FIT_PERCENT, HIGH_FIT_PERCENT, HIGH_SURPLUS_PERCENT)
    title = "Fit and surplus of every profile against its best standard"
    return "fit-surplus", title, summary, fit_and_surplus(places, cuts, summary)


def _curve(found: Provision) -> Sketch:
    summary = (
        f"At the threshold of {found.threshold_percent} % in force, {found.unsupported:,} of "
        f"{found.capabilities:,} capabilities are unsupported; a higher threshold leaves more so."
    )
    points = [(each.threshold_percent, each.unsupported_count) for each in found.curve]
    mark = (found.threshold_percent, found.unsupported)
    title = "How the number of unsupported capabilities depends on the threshold"
    return "threshold", title, summary, threshold_curve(points, mark, found.capabilities, summary)
