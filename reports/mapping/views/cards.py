"""A capability as a card: its best matches, the machine's suggestion beside the human verdict."""

from dataclasses import dataclass

from cycles.core.extensions import db
from cycles.setup.models import Cycle
from reports.mapping.findings import CapabilityFinding, Match
from reports.mapping.models import MappingRun, MatchVerdict
from reports.mapping.queries import ground_of
from reports.mapping.reading import Reading, leading_matches, read
from reports.mapping.verdicts import verdicts_of
from reports.mapping.views.frame import Frame, is_convener, may_judge
from reports.mapping.words import chance_words, moment_words, percent


@dataclass(frozen=True)
class MatchRow:
    """One match: the machine's suggestion and the human verdict side by side."""

    key: str
    duty: str
    is_core: bool
    standard: str
    level: int
    score: str
    score_value: float
    chance: str
    suggestion: str
    verdict: str
    verdict_by: str
    reason: str
    is_accepted: bool
    is_rejected: bool
    judge_href: str


@dataclass(frozen=True)
class Card:
    """One capability with its best matches."""

    key: str
    code: str
    text: str
    href: str
    is_supported: bool
    is_outranked: bool
    best: str
    match_words: str
    place: str
    profiles: str
    matches: tuple[MatchRow, ...]
    may_judge: bool
    is_open: bool


def reading_of(frame: Frame) -> Reading:
    """Return the single matches of the frame's run at its threshold."""
    found = frame.findings
    run = db.session.get_one(MappingRun, found.run.run_id)
    return read(ground_of(run), verdicts_of(frame.cycle_id), found.threshold_percent)


def card(
    frame: Frame, reading: Reading, finding: CapabilityFinding, most: int, *, is_open: bool = False
) -> Card:
    row = reading.ground.inputs.row_of[finding.statement_id]
    matches = leading_matches(reading, row, most)
    return Card(
        key=finding.code.lower(),
        code=finding.code,
        text=finding.text,
        href=frame.href("mapping.capability", statement_id=finding.statement_id),
        is_supported=finding.is_supported,
        is_outranked=finding.is_supported != finding.is_suggested,
        best=percent(finding.best.score_percent) if finding.best else "no duty left",
        match_words=_match_words(finding),
        place=" › ".join(filter(None, (finding.function, finding.domain, finding.area))),
        profiles=", ".join(finding.profile_codes),
        matches=tuple(match_row(frame, finding, match) for match in matches),
        # An older run is for reading: a verdict is given on what the newest one shows.
        may_judge=may_judge() and not frame.older and _is_open(frame),
        is_open=is_open,
    )


def _is_open(frame: Frame) -> bool:
    cycle = db.session.get_one(Cycle, frame.cycle_id)
    return cycle.sealed_at is None and cycle.archived_at is None


def _match_words(finding: CapabilityFinding) -> str:
    return "1 duty matches" if finding.match_count == 1 else f"{finding.match_count:,} duties match"


def match_row(frame: Frame, finding: CapabilityFinding, match: Match) -> MatchRow:
    """Return one match as a row, with where to judge it."""
    said = match.judgement
    return MatchRow(
        key=f"{finding.code.lower()}-{match.duty_id.hex[:12]}",
        duty=match.duty_text,
        is_core=match.is_core,
        standard=f"{match.standard_title} ({match.standard_reference})",
        level=match.standard_level,
        score=percent(match.score_percent),
        score_value=max(match.score_percent, 0.0),
        chance=chance_words(match.chance),
        suggestion="Match" if match.is_suggested else "No match",
        verdict=said.word.capitalize() if said else "",
        verdict_by=_by(match),
        reason=said.reason if said else "",
        is_accepted=said is not None and said.verdict == MatchVerdict.ACCEPTED,
        is_rejected=said is not None and said.verdict == MatchVerdict.REJECTED,
        judge_href=frame.href(
            "mapping.judge", statement_id=finding.statement_id, duty_id=match.duty_id
        ),
    )


def _by(match: Match) -> str:
    said = match.judgement
    if said is None:
        return ""
    who = said.by if is_convener() and said.by else f"an {said.group}" if said.group else "Pythia"
    who = "a convener" if who == "an convener" else who
    then = (
        f", at {percent(said.score_percent)}" if said.score_percent != match.score_percent else ""
    )
    return f"by {who}, {moment_words(said.at)}{then}"
