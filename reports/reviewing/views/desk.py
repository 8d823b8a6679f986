"""What every page of the review reads: the queue, what was said, and what the reader may do."""

import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

from cycles.core.access import current_place
from cycles.core.extensions import db
from cycles.setup.models import Cycle
from cycles.setup.queries import rule_card_of
from reports.mapping.models import MappingRun
from reports.mapping.queries import findings, ground_of
from reports.mapping.reading import Reading, leading_matches, read
from reports.mapping.verdicts import Pair, Said, Sayings, judgements, said_of
from reports.mapping.views.frame import Frame, frame_of
from reports.mapping.words import of
from reports.reviewing.effects import Effect, effect_of
from reports.reviewing.filters import Filters, narrowed, pair_of, read_filters
from reports.reviewing.latest import latest_of, own_of, without
from reports.reviewing.order import LOOKED_AT, Candidate, Queued, queue_of
from reports.reviewing.words import closed_words


@dataclass(frozen=True)
class Desk:
    """The newest run under the verdicts of now, and the queue that follows from them.

    ``queue`` is narrowed to the profile and the words asked for, judged or not. ``own`` is what
    the reader said. ``agreed_percent`` is the rule card's threshold of agreement.
    """

    frame: Frame
    reading: Reading
    sayings: Sayings
    own: dict[Pair, Said]
    queue: tuple[Queued, ...]
    filters: Filters
    agreed_percent: int
    closed: str

    @property
    def may_judge(self) -> bool:
        """Say whether the reader may judge a match here and now."""
        return not self.closed

    @cached_property
    def judged_count(self) -> int:
        """Return how many of the queue the reader has judged."""
        return sum(pair_of(each) in self.own for each in self.queue)

    @property
    def progress(self) -> str:
        """Return in words how far the queue has come."""
        return f"{of(self.judged_count, len(self.queue))} reviewed"

    @cached_property
    def latest(self) -> Said | None:
        """Return the reader's latest verdict, which undo takes back."""
        return latest_of(self.own, self.reading.ground.inputs)

    def href(self, endpoint: str, **values: Any) -> str:
        """Return the address of a page of this review under the same filters."""
        return url_for(endpoint, cycle_id=self.frame.cycle_id, **{**self.filters.query(), **values})

    def match_href(self, pair: Pair, endpoint: str = "reviewing.match", **values: Any) -> str:
        """Return the address of one match under the same filters."""
        return self.href(endpoint, statement_id=pair[0], duty_id=pair[1], **values)

    @cached_property
    def latest_effect(self) -> Effect | None:
        """Return what the reader's latest verdict changes, everybody else's being as they are."""
        said, found = self.latest, self.frame.findings
        if said is None:
            return None
        run = db.session.get_one(MappingRun, found.run.run_id)
        others = judgements(without(self.sayings, said), self.agreed_percent)
        before = findings(self.frame.cycle_id, found.threshold_percent, run, others)
        inputs = self.reading.ground.inputs
        duty = inputs.duties[inputs.column_of[said.pair[1]]]
        standard_id = inputs.standards[duty.standard].standard_id
        return effect_of(before, found, said.pair[0], standard_id) if before else None

    def code_of(self, pair: Pair) -> str:
        """Return the code of the capability of a match that the run compared."""
        inputs = self.reading.ground.inputs
        return inputs.capabilities[inputs.row_of[pair[0]]].code


def desk_of(cycle_id: uuid.UUID) -> Desk | None:
    """Return the desk of this request, or None before the first run."""
    frame = frame_of(cycle_id)
    if frame is None:
        return None
    found, filters = frame.findings, read_filters(request.args)
    sayings, agreed_percent = said_of(cycle_id), rule_card_of(cycle_id).threshold_percent
    run = db.session.get_one(MappingRun, found.run.run_id)
    reading = read(ground_of(run), judgements(sayings, agreed_percent), found.threshold_percent)
    queue = queue_of(_candidates(frame, reading), found.threshold_percent)
    return Desk(
        frame=frame,
        reading=reading,
        sayings=sayings,
        own=own_of(sayings, current_place().participant_id),
        queue=narrowed(queue, filters),
        filters=filters,
        agreed_percent=agreed_percent,
        closed=closed_words(db.session.get_one(Cycle, cycle_id)),
    )


def _candidates(frame: Frame, reading: Reading) -> list[Candidate]:
    row_of = reading.ground.inputs.row_of
    return [
        Candidate(each, leading_matches(reading, row_of[each.statement_id], LOOKED_AT))
        for each in frame.findings.capabilities
    ]


def strayed() -> str | None:
    """Return this address without a threshold or a run: matches are reviewed at the cycle's own.

    None where it carries neither.
    """
    kept = {name: value for name, value in request.args.items() if name not in ("threshold", "run")}
    if len(kept) == len(request.args):
        return None
    return f"{request.path}?{urlencode(kept)}" if kept else request.path
