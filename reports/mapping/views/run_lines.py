"""What a run rests on, line by line: frameworks, model, adapter, threshold, review."""

from dataclasses import dataclass
from datetime import date

from cycles.standards.wording import words_for
from reports.mapping.findings import Findings, FrameworkFacts, RunFacts
from reports.mapping.models import MappingRun
from reports.mapping.words import moment_words, of

NO_ADAPTER = "None: a score is plain nearness in meaning, and stands for no stated chance"


@dataclass(frozen=True)
class Fact:
    """One thing that is so of a run; ``is_digest`` lines are set in a fixed width."""

    term: str
    lines: tuple[str, ...]
    is_digest: bool = False


def run_lines(found: Findings) -> tuple[Fact, ...]:
    """Return what a run rests on and how it is read."""
    run = found.run
    by_score = of(found.totals.suggested_unsupported, found.totals.capabilities)
    several = "Frameworks" if len(run.frameworks) > 1 else "Framework"
    return (
        Fact("Run", _run(found)),
        Fact(several, tuple(_framework(each) for each in run.frameworks)),
        Fact("Model", (run.model_name,)),
        Fact("Adapter", (_adapter(run),)),
        Fact("Threshold", _threshold(found)),
        Fact("Generic duties", _generic(found)),
        Fact("Unsupported by the scores alone", (by_score,)),
        Fact("Reviewed", (_reviewed(run),)),
        Fact("Fingerprint (SHA-256)", (run.digest,), is_digest=True),
    )


def _run(found: Findings) -> tuple[str, ...]:
    run = found.run
    made = f"{run.number}, made on {moment_words(run.created_at)}"
    total = found.totals.capabilities
    if run.compared_anew is None or run.compared_anew == total:
        return (made,)
    anew = f"{of(run.compared_anew, total)} capabilities were compared anew"
    return (made, f"{anew}; the rest stood as in the run before")


def _framework(each: FrameworkFacts) -> str:
    words = f"{each.words}{' (illustrative)' if each.is_illustrative else ''}: "
    words += f"{of(each.compared, each.standards)} standards, {each.duties:,} duties"
    if each.by_skills:
        words += f" and skills; {each.by_skills:,} standards have no duties: their skills stand in"
    if each.without_duties:
        words += f"; {each.without_duties:,} left out: no duties"
    return words


def _adapter(run: RunFacts) -> str:
    if run.adapter is None:
        return NO_ADAPTER
    licence = f" ({run.adapter.licence})" if run.adapter.licence else ""
    return f"Learnt from {run.adapter.source}{licence}"


def _threshold(found: Findings) -> tuple[str, ...]:
    totals = found.totals
    at = f"{found.threshold_percent} % (the run was made at {found.run.threshold_percent} %)"
    if totals.expected_false is None:
        return (at, "How many of its matches may be false is not known without an adapter")
    open_matches = totals.matches - totals.accepted_matches
    return (
        at,
        f"{of(totals.expected_false, open_matches)} matches that reviewers have not settled are "
        "expected to be false",
    )


def _generic(found: Findings) -> tuple[str, ...]:
    run, totals = found.run, found.totals
    untagged = tuple(each.name for each in run.frameworks if not each.is_tagged)
    lines = []
    if len(untagged) < len(run.frameworks):
        lines.append(
            f"Near to the work of many routes: {_told(found)}; "
            f"{of(totals.generic_matches, totals.matches)} matches are with them, and "
            f"{_alone(totals.only_generic)} no other and none that people accepted"
        )
    if untagged:
        lines.append(f"Not told apart in {'; '.join(untagged)}: too few routes are known")
    return tuple(lines)


def _alone(count: int) -> str:
    return "1 capability has" if count == 1 else f"{count:,} capabilities have"


def _told(found: Findings) -> str:
    """Return how many duties are generic; of how many, where each could have been."""
    totals = found.totals
    is_each_told = all(each.is_tagged for each in found.run.frameworks)
    if is_each_told and not totals.standards_by_skills:
        return f"{of(totals.generic_duties, totals.duties)} duties"
    return "1 duty" if totals.generic_duties == 1 else f"{totals.generic_duties:,} duties"


def _reviewed(run: RunFacts) -> str:
    if run.reviewed_at is None:
        return "Not yet"
    by = f" by {run.reviewed_by}" if run.reviewed_by else ""
    return f"On {moment_words(run.reviewed_at)}{by}"


def attributions(run: RunFacts) -> tuple[str, ...]:
    """Return the words that the licences of what a run used ask for, once each."""
    words = [each.attribution for each in run.frameworks]
    if run.adapter is not None:
        words.append(run.adapter.attribution)
    return tuple(dict.fromkeys(filter(None, words)))


def frameworks_line(run: MappingRun) -> str:
    """Return a run's frameworks with the days of their snapshots, without unpacking the run."""
    return "; ".join(
        words_for(each["name"], each["version"], date.fromisoformat(each["snapshot_on"]))
        for each in run.counts["frameworks"]
    )
