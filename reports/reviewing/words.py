"""How the review of matches says things: reasons, verdicts, counts, effects."""

from collections.abc import Iterable

from cycles.setup.models import Cycle
from reports.mapping.findings import CapabilityFinding, Judgement, Match, Standing
from reports.mapping.models import MatchVerdict
from reports.mapping.verdicts import Said
from reports.mapping.words import of, percent
from reports.reviewing.agreement import Agreement
from reports.reviewing.effects import Effect, FitChange
from reports.reviewing.order import NEAR_PERCENT, REACH_PERCENT, Queued, Reason

LABELS = {
    Reason.DECIDES: "Decides support",
    Reason.NEAR: "Near the threshold",
    Reason.GENERIC: "Generic duty",
    Reason.DIFFER: "Reviewers differ",
}
ORDER_RULE = (
    "First what decides whether a capability is supported: its only match, or the nearest duty "
    f"where none matches (up to {REACH_PERCENT} points below the threshold). Then the match of "
    f"each capability that lies nearest to the threshold, within {NEAR_PERCENT} points. Then "
    "capabilities that only generic duties hold up. Then matches on which reviewers differ. "
    "Within each, what lies nearest to the threshold comes first."
)
VERDICTS = {
    MatchVerdict.ACCEPTED: "Accepted",
    MatchVerdict.REJECTED: "Rejected",
    MatchVerdict.UNSURE: "Unsure",
}
# A profile's standings are its ten best; what lies beyond them is shown nowhere.
NO_FIT = "no profile changes in fit or surplus with its ten best standards"
NOTHING_SAID = "Nobody has reviewed it yet."


def reason_sentences(queued: Queued) -> tuple[str, ...]:
    """Return why a match is asked about, one sentence a reason."""
    return tuple(_sentence(queued, reason) for reason in queued.reasons)


def _sentence(queued: Queued, reason: Reason) -> str:
    capability, match = queued.capability, queued.match
    if reason == Reason.DECIDES:
        return _decides(capability, match)
    if reason == Reason.NEAR:
        return f"The score is {distance_words(queued)}, where it says least."
    if reason == Reason.GENERIC:
        return f"Only generic duties match {capability.code}. This is the best of them."
    return f"So far {counts_words(match.judgement)}."


def _decides(capability: CapabilityFinding, match: Match) -> str:
    code = capability.code
    if match.is_match:
        return f"Nothing else matches {code}: if this is rejected, {code} is unsupported."
    if match.judgement and match.judgement.verdict == MatchVerdict.REJECTED:
        return f"Rejected, and nothing else matches {code}: if it is accepted, {code} is supported."
    return f"No duty matches {code}, this comes nearest: if it is accepted, {code} is supported."


def distance_words(queued: Queued) -> str:
    """Return how far the score lies from the threshold, and on which side."""
    if not queued.distance_tenths:
        return "at the threshold"
    points = queued.distance_tenths / 10
    side = "above" if queued.match.is_suggested else "below"
    return f"{points:.1f} {'point' if points == 1 else 'points'} {side} the threshold"


def counts_words(judgement: Judgement | None) -> str:
    """Return how many people said what of a match: ``2 accepted, 1 unsure``."""
    if judgement is None:
        return "nobody"
    counts = (
        (judgement.accepted, "accepted"),
        (judgement.rejected, "rejected"),
        (judgement.unsure, "unsure"),
    )
    return ", ".join(f"{count} {word}" for count, word in counts if count)


def standing_words(judgement: Judgement | None) -> str:
    """Return what the verdicts on a match amount to, in a sentence."""
    if judgement is None:
        return NOTHING_SAID
    if judgement.verdict is None:
        return "Not settled, so the score decides."
    return f"Settled: {judgement.verdict.value}."


def who_said(said: Iterable[Said]) -> tuple[str, ...]:
    """Return each reviewer with name and verdict. For conveners only."""
    return tuple(
        f"{each.by or 'Somebody who has left'}{f' ({each.group})' if each.group else ''}: "
        f"{each.verdict.value}{f', “{each.reason}”' if each.reason else ''}"
        for each in said
    )


def machine_words(found: Agreement) -> str:
    """Return in words what people decided beside what the score alone had suggested."""
    if not found.settled:
        return "No match is settled yet, so the scores decide everything."
    return (
        f"Of {_matches(found.settled)} that people settled, they accepted "
        f"{found.suggested_accepted:,} and rejected {found.suggested_rejected:,} that the score "
        f"suggested; of those it did not suggest they accepted {found.unsuggested_accepted:,} and "
        f"rejected {found.unsuggested_rejected:,}."
    )


def _matches(count: int) -> str:
    return "1 match" if count == 1 else f"{count:,} matches"


def closed_words(cycle: Cycle) -> str:
    """Say why nothing can be judged in a cycle any more; empty while it can."""
    if cycle.sealed_at is not None:
        return "This cycle is sealed. Its reviews can be read and no longer changed."
    if cycle.archived_at is not None:
        return "This cycle is archived. Its reviews can be read; a convener can bring it back."
    return ""


def support_word(is_supported: bool) -> str:
    """Return whether a capability is supported, in a word."""
    return "Supported" if is_supported else "Unsupported"


def effect_sentence(code: str, effect: Effect) -> str:
    """Return what a verdict changes, short enough to be read aloud."""
    if effect.is_none:
        return f"{code} is {support_word(effect.is_supported).lower()} as before; {NO_FIT}."
    parts = []
    if effect.was_supported != effect.is_supported:
        total = of(effect.unsupported_after, effect.capabilities)
        parts.append(f"{code} is now {support_word(effect.is_supported).lower()}")
        parts.append(f"{total} capabilities are unsupported")
    else:
        parts.append(f"{code} is {support_word(effect.is_supported).lower()} as before")
    if effect.fits:
        count = len({each.code for each in effect.fits})
        profiles = "1 profile changes" if count == 1 else f"{count:,} profiles changes"
        parts.append(f"the fit or surplus of {profiles}")
    return f"{'; '.join(parts)}."


def fit_label(change: FitChange) -> str:
    """Return whose fit or surplus changes, and with which standard where that stays the same."""
    kind = "best fit" if change.is_best else "fit"
    same = change.after if _is_same_standard(change) else None
    return f"{change.code} {kind}{f' with {same.title}' if same else ''}"


def fit_words(standing: Standing | None, change: FitChange) -> str:
    """Return a fit in per cent, with the standard's name where that changes too.

    Where the fit stays the same, the surplus is what changes, and stands beside it.
    """
    if standing is None:
        return "none"
    name = "" if _is_same_standard(change) else f", {standing.title}"
    surplus = f", surplus {percent(standing.surplus_percent)}" if _is_same_fit(change) else ""
    return f"{percent(standing.fit_percent)}{surplus}{name}"


def _is_same_fit(change: FitChange) -> bool:
    before, after = change.before, change.after
    return bool(before and after and before.fit_count == after.fit_count)


def _is_same_standard(change: FitChange) -> bool:
    before, after = change.before, change.after
    return bool(before and after and before.standard_id == after.standard_id)
