"""Gathers the rows behind a document from the database. Everything shown passes the gate here."""

import uuid
from datetime import datetime

from reports.document.assembling import assemble_from
from reports.document.assembling.rows import Rows, read_rows
from reports.document.assembling.subject import day_of
from reports.document.facts import Document
from reports.mapping.queries import latest_run
from reports.mapping.verdicts import verdicts_of
from reports.results.gathering.actions import tracked_actions
from reports.results.gathering.cells import cell_lines
from reports.results.gathering.profiles import profile_facts
from reports.results.gathering.statements import (
    capability_facts,
    former_capabilities,
    present_lines,
)
from reports.results.records import Detail, ReviewedMatch


def results_of(cycle_id: uuid.UUID, *, number: int, moment: datetime) -> tuple[Document, Detail]:
    """Return the document of the cycle as it stands now, and the rows behind it."""
    rows = read_rows(cycle_id)
    document = assemble_from(rows, number=number, moment=moment)
    return document, _detail(document, rows)


def _detail(document: Document, rows: Rows) -> Detail:
    cycle_id = rows.cycle.id
    run = latest_run(cycle_id)
    return Detail(
        run_id=run.id if run else None,
        cells=cell_lines(rows),
        capabilities=capability_facts(document),
        present=present_lines(document),
        profiles=profile_facts(rows),
        reviews=reviews_of(cycle_id),
        actions=tracked_actions(cycle_id),
        former=former_capabilities(cycle_id),
    )


def reviews_of(cycle_id: uuid.UUID) -> tuple[ReviewedMatch, ...]:
    """Return what reviewers said of matches, by capability and duty, nobody named."""
    found = verdicts_of(cycle_id)
    return tuple(
        ReviewedMatch(
            statement_id=pair[0],
            duty_id=pair[1],
            verdict=said.verdict.value if said.verdict else "",
            accepted=said.accepted,
            rejected=said.rejected,
            unsure=said.unsure,
            group=said.group,
            reason=said.reason,
            on=day_of(said.at),
            score_percent=said.score_percent,
            was_suggested=said.was_suggested,
        )
        for pair, said in sorted(found.items())
    )
