"""What people said of matches, as this reader may see it, and where they may say it themselves.

The one thing that pages ask the database: who said what is in no results. It is asked for the
cycle as it stands and for those who run it or judge in it; everybody else reads what is settled.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from cycles.core.access import current_place
from reports.explorer.carrying import judged_at
from reports.explorer.look import Look
from reports.explorer.pages.match_words import verdict_by, verdict_kind, verdict_word
from reports.mapping.findings import Match
from reports.mapping.models import MatchVerdict
from reports.mapping.verdicts import Pair, Said, Sayings, said_of
from reports.reviewing.latest import own_of
from reports.reviewing.words import VERDICTS, who_said

CHOICES = (
    (MatchVerdict.ACCEPTED.value, "Accept"),
    (MatchVerdict.REJECTED.value, "Reject"),
    (MatchVerdict.UNSURE.value, "Unsure"),
)


@dataclass(frozen=True)
class Ballot:
    """Where a reader judges a match, and what they said of it so far, as a form sends it."""

    href: str
    page: str
    code: str
    own: str
    own_words: str
    own_reason: str
    choices: tuple[tuple[str, str], ...] = CHOICES


@dataclass(frozen=True)
class Voice:
    """What people said of one match. ``names`` is for conveners alone; ``ballot`` for who judges.

    ``key`` tells the match from all others of the page.
    """

    key: str
    verdict: str
    kind: str
    by: str
    reason: str
    names: tuple[str, ...]
    ballot: Ballot | None


@dataclass(frozen=True)
class Voices:
    """What was said of all matches, for one page."""

    look: Look
    page: str
    code: str
    sayings: Sayings
    own: Mapping[Pair, Said]

    def of(self, code: str, statement_id: uuid.UUID, match: Match) -> Voice:
        """Return what was said of one match of the capability with that code."""
        said, pair = match.judgement, (statement_id, match.duty_id)
        names = who_said(self.sayings.get(pair, ())) if self.look.is_convener else ()
        return Voice(
            key=f"{code.lower()}-{match.duty_id.hex[:12]}",
            verdict=verdict_word(said),
            kind=verdict_kind(said),
            by=verdict_by(said),
            reason=said.reason if said and not names else "",
            names=names,
            ballot=self._ballot(pair) if self.look.may_judge else None,
        )

    def _ballot(self, pair: Pair) -> Ballot:
        own = self.own.get(pair)
        query = {**self.look.kept, **judged_at(self.look.args)}
        return Ballot(
            href=self.look.way.href("judge", statement_id=pair[0], duty_id=pair[1], **query),
            page=self.page,
            code=self.code,
            own=own.verdict.value if own else "",
            own_words=VERDICTS[own.verdict] if own else "",
            own_reason=own.reason if own else "",
        )


def voices_of(look: Look, page: str, code: str = "") -> Voices:
    """Return what was said, as far as this reader may see who said it."""
    is_told = look.results.is_working and (look.may_judge or look.is_convener)
    sayings = said_of(look.results.cycle_id) if is_told else {}
    own = own_of(sayings, current_place().participant_id) if sayings and look.may_judge else {}
    return Voices(look, page, code, sayings, own)
