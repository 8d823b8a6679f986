"""A capability as a card: its best matches, the machine's suggestion beside what people said."""

from collections.abc import Mapping
from dataclasses import dataclass

from cycles.core.access import current_place
from cycles.core.extensions import db
from cycles.setup.models import Cycle
from cycles.standards.wording import level_cell
from reports.mapping.findings import CapabilityFinding, Match
from reports.mapping.models import MappingRun, MatchVerdict
from reports.mapping.queries import ground_of
from reports.mapping.reading import Reading, leading_matches, read
from reports.mapping.verdicts import Pair, Said, Sayings, said_of, verdicts_of
from reports.mapping.views.frame import Frame, is_convener, may_judge
from reports.mapping.words import chance_words, moment_words, percent
from reports.reviewing.latest import own_of
from reports.reviewing.words import VERDICTS, closed_words, counts_words, who_said


@dataclass(frozen=True)
class MatchRow:
    """One match: the machine's suggestion and the human verdict side by side.

    ``verdict`` is what the reviewers agree on, ``counts`` who many said what. ``own`` is the
    reader's own verdict, as a form sends it; ``own_words`` the same in a word.
    """

    key: str
    duty: str
    is_core: bool
    is_generic: bool
    is_skill: bool
    standard: str
    level: str
    score: str
    score_value: float
    chance: str
    suggestion: str
    verdict: str
    verdict_by: str
    counts: str
    names: tuple[str, ...]
    reason: str
    is_accepted: bool
    own: str
    own_words: str
    own_reason: str
    judge_href: str


@dataclass(frozen=True)
class Card:
    """One capability with its best matches. ``choices`` are the verdicts: value, verb."""

    key: str
    code: str
    text: str
    href: str
    is_supported: bool
    is_outranked: bool
    is_only_generic: bool
    is_only_skills: bool
    best: str
    match_words: str
    place: str
    profiles: str
    matches: tuple[MatchRow, ...]
    may_judge: bool
    is_open: bool
    choices: tuple[tuple[str, str], ...] = (
        (MatchVerdict.ACCEPTED.value, "Accept"),
        (MatchVerdict.REJECTED.value, "Reject"),
        (MatchVerdict.UNSURE.value, "Unsure"),
    )


@dataclass(frozen=True)
class Sheet:
    """What the cards of one page share."""

    frame: Frame
    reading: Reading
    sayings: Sayings
    own: Mapping[Pair, Said]
    may_judge: bool


def reading_of(frame: Frame) -> Reading:
    """Return the single matches of the frame's run at its threshold."""
    found = frame.findings
    run = db.session.get_one(MappingRun, found.run.run_id)
    return read(ground_of(run), verdicts_of(frame.cycle_id), found.threshold_percent)


def sheet_of(frame: Frame) -> Sheet:
    """Return what the cards of this page share."""
    sayings = said_of(frame.cycle_id)
    is_closed = bool(closed_words(db.session.get_one(Cycle, frame.cycle_id)))
    return Sheet(
        frame=frame,
        reading=reading_of(frame),
        sayings=sayings,
        own=own_of(sayings, current_place().participant_id),
        # An older run is for reading: a verdict is given on what the newest one shows.
        may_judge=may_judge() and not frame.older and not is_closed,
    )


def card(sheet: Sheet, finding: CapabilityFinding, most: int, *, is_open: bool = False) -> Card:
    """Return a capability with its ``most`` best matches and every judged one."""
    row = sheet.reading.ground.inputs.row_of[finding.statement_id]
    matches = leading_matches(sheet.reading, row, most)
    return Card(
        key=finding.code.lower(),
        code=finding.code,
        text=finding.text,
        href=sheet.frame.href("mapping.capability", statement_id=finding.statement_id),
        is_supported=finding.is_supported,
        is_outranked=finding.is_supported != finding.is_suggested,
        is_only_generic=finding.is_only_generic,
        is_only_skills=finding.is_only_skills,
        best=percent(finding.best.score_percent) if finding.best else "none left",
        match_words=_match_words(finding),
        place=" › ".join(filter(None, (finding.function, finding.domain, finding.area))),
        profiles=", ".join(finding.profile_codes),
        matches=tuple(match_row(sheet, finding, match) for match in matches),
        may_judge=sheet.may_judge,
        is_open=is_open,
    )


def _match_words(finding: CapabilityFinding) -> str:
    return "1 duty matches" if finding.match_count == 1 else f"{finding.match_count:,} duties match"


def match_row(sheet: Sheet, finding: CapabilityFinding, match: Match) -> MatchRow:
    """Return one match as a row, with where to judge it."""
    pair = (finding.statement_id, match.duty_id)
    judgement, own, said = match.judgement, sheet.own.get(pair), sheet.sayings.get(pair, ())
    return MatchRow(
        key=f"{finding.code.lower()}-{match.duty_id.hex[:12]}",
        duty=match.duty_text,
        is_core=match.is_core,
        is_generic=match.is_generic,
        is_skill=match.is_skill,
        standard=f"{match.standard_title} ({match.standard_reference})",
        level=level_cell(match.standard_level),
        score=percent(match.score_percent),
        score_value=max(match.score_percent, 0.0),
        chance=chance_words(match.chance),
        suggestion="Match" if match.is_suggested else "No match",
        verdict=_verdict(match),
        verdict_by=_by(match),
        counts=counts_words(judgement) if len(said) > 1 else "",
        names=who_said(said) if is_convener() and len(said) > 1 else (),
        reason=judgement.reason if judgement else "",
        is_accepted=judgement is not None and judgement.verdict == MatchVerdict.ACCEPTED,
        own=own.verdict.value if own else "",
        own_words=VERDICTS[own.verdict] if own else "",
        own_reason=own.reason if own else "",
        judge_href=sheet.frame.href("mapping.judge", statement_id=pair[0], duty_id=pair[1]),
    )


def _verdict(match: Match) -> str:
    if match.judgement is None:
        return ""
    settled = match.judgement.verdict
    return VERDICTS[settled] if settled else "Not settled"


def _by(match: Match) -> str:
    """Return who said so and when: a name for conveners, a group for everybody else."""
    said = match.judgement
    if said is None:
        return ""
    who = said.by if is_convener() and said.by else f"an {said.group}" if said.group else "Pythia"
    who = "a convener" if who == "an convener" else who
    then = (
        f", at {percent(said.score_percent)}" if said.score_percent != match.score_percent else ""
    )
    last = "last " if said.accepted + said.rejected + said.unsure > 1 else ""
    return f"{last}by {who}, {moment_words(said.at)}{then}"
