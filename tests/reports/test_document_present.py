"""The current state in a report: captured where it was, by proxy where not, and labelled which."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from cycles.core.extensions import db
from cycles.current_state.models import PresentCapability, Strength
from cycles.setup.queries import partners_of
from cycles.standards.models import StandardInUse
from cycles.statements.models import CapabilityStatement
from reports.document import rendering
from reports.document.assembling import assemble
from reports.document.commands import take_snapshot
from reports.document.edition import make_edition
from reports.document.facts import Document
from reports.document.facts.capabilities import Presence
from reports.document.packing import plain, restore
from reports.document.queries import document_of
from reports.narrative.drafting_findings import organisational_change
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast, add
from tests.reports.report_cases import Baked, bake


@pytest.fixture
def baked(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Baked:
    return bake(cast, run_jobs)


def document(baked: Baked) -> Document:
    return assemble(cycle_id=baked.cycle.id, number=1, moment=NOW)


def capture(baked: Baked, statement: CapabilityStatement, strength: Strength) -> None:
    add(
        PresentCapability(
            cycle_id=baked.cycle.id,
            statement_id=statement.id,
            partner_id=partners_of(baked.cycle.id)[0].id,
            strength=strength,
            captured_at=NOW,
        )
    )


def printed(baked: Baked) -> str:
    snapshot = take_snapshot(cycle=baked.cycle, actor=baked.actor, moment=NOW)
    edition = make_edition(document_of(snapshot.id), digest="0" * 64, is_draft=True)
    blank = dict.fromkeys(edition.figures, "")
    text = rendering._filled("report.html", edition=edition, sources=blank, mark="")
    return " ".join(text.replace("\xa0", " ").replace("&nbsp;", " ").split())


def test_what_was_captured_is_counted_and_said_so(baked: Baked) -> None:
    capture(baked, baked.bakery.mix, Strength.STRONG)
    capture(baked, baked.bakery.bake, Strength.NONE)
    made = document(baked)
    found = made.capabilities
    told = Presence(strong=1, some=0, none=1, missing=1, captured=2, held=1, held_percent=50.0)
    assert found.current.basis == "captured"
    assert found.current.cells == found.current.capabilities == told
    assert [line.present for line in found.functions if line.future_count] == [told]
    assert [line.present for line in found.partners] == [told]
    assert all(line.current_count is None for line in found.functions)
    assert restore(Document, plain(made)) == made
    text = printed(baked)
    assert "Current state, captured. The current state was captured" in text
    assert "recorded 2 of 3 cells" in text
    assert "Organisations have 50.0 % of the capabilities captured today" in text
    assert "Captured today by partner" in text
    assert "Today, by proxy" not in text
    assert "organisations have 1 of the 2 captured today (50.0" in organisational_change(made)


def test_too_little_captured_leaves_the_proxy_and_is_said(baked: Baked) -> None:
    capture(baked, baked.bakery.mix, Strength.SOME)
    made = document(baked).capabilities
    assert made.current.basis == "proxy"
    assert "1 of 3 capabilities were captured: too few" in made.current.sentence
    assert made.current.cells is not None
    assert all(line.present is None for line in made.functions)


def test_little_is_better_than_nothing(baked: Baked) -> None:
    db.session.delete(db.session.scalars(select(StandardInUse)).one())
    capture(baked, baked.bakery.mix, Strength.SOME)
    assert document(baked).capabilities.current.basis == "captured"


def test_a_proxy_is_labelled_in_table_figure_and_note(baked: Baked) -> None:
    text = printed(baked)
    assert "Capabilities by function, today by proxy and in the future" in text
    assert "future capabilities, beside today by proxy" in text
    assert "Current state, proxy. The current state is a proxy" in text


def test_a_snapshot_from_before_capture_is_read(baked: Baked) -> None:
    made = document(baked)
    older = plain(made)
    for line in older["capabilities"]["functions"] + older["capabilities"]["partners"]:
        del line["present"]
    for name in ("cells", "capabilities"):
        del older["capabilities"]["current"][name]
    assert restore(Document, older) == replace(made)
