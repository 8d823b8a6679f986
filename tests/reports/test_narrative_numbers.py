"""Numbers in prose: named ones are the document's, typed ones are held against it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from cycles.core.audit import Actor
from cycles.core.errors import Invalid
from reports.document.assembling import assemble
from reports.document.commands import publish, take_snapshot
from reports.document.facts import Document, Section
from reports.document.models import Report, ReportState
from reports.narrative.checking import differences
from reports.narrative.commands import change_narrative
from reports.narrative.numbers import NUMBERS, filled_in
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast, add
from tests.reports.report_cases import bake


@pytest.fixture
def document(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Document:
    bake(cast, run_jobs)
    return assemble(cycle_id=cast.cycle.id, number=1, moment=NOW)


def saying(document: Document, words: str, *, is_drafted: bool = False) -> Document:
    return replace(document, narrative=(Section("summary", words, is_drafted),))


def said(document: Document, words: str) -> list[str]:
    return [each.sentence for each in differences(saying(document, words))]


def write(cast: Cast, words: str) -> None:
    who = Actor(cast.ada.id, cast.ada.name)
    change_narrative(cycle=cast.cycle, section="summary", markdown=words, actor=who, moment=NOW)


def test_a_named_number_is_the_documents(document: Document) -> None:
    found = document.provision
    assert found is not None
    words = filled_in("{{ unsupported.count }} of {{capabilities.count}}", document)
    assert words == f"{found.unsupported} of {document.capabilities.kept}"
    for each in NUMBERS:
        assert each.words(document) == filled_in(f"{{{{ {each.name} }}}}", document)


def test_a_threshold_is_said_as_tables_say_it(document: Document) -> None:
    at = document.agreement.rule.threshold_percent
    said = filled_in("{{ threshold.agreement }}, {{ unsupported.share }}", document)
    assert said == f"{at}\u00a0%, 25.0\u00a0%"


def test_a_name_that_does_not_exist_is_refused_with_the_nearest(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        write(cast, "There are {{ profile.counts }} of them.")
    assert "profiles.count" in refusal.value.problems["markdown"]


def test_what_the_snapshot_says_passes(document: Document) -> None:
    kept, people = document.capabilities.kept, document.people.people
    assert said(document, f"{kept} capabilities by {people} people, and one profile or two.") == []
    assert said(document, "All {{ capabilities.count }} capabilities.") == []
    share = document.provision.unsupported_percent if document.provision else 0
    assert said(document, f"{share:.1f} % are unsupported.") == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("The panel ratified 23 profiles.", "23 profiles"),
        ("Nine new capabilities stand out.", "Nine new capabilities"),
        ("About 1/3 of them has no training.", "1/3"),
        ("That is 32.7 % of all.", "32.7 %"),
        ("Some 4,711 KSBs were settled.", "4,711 KSBs"),
    ],
)
def test_what_it_does_not_say_is_told(document: Document, words: str, told: str) -> None:
    found = said(document, words)
    assert len(found) == 1
    assert told in found[0]


def test_a_draft_never_differs_from_its_own_data(document: Document) -> None:
    assert differences(saying(document, "23 profiles", is_drafted=True)) == ()


def test_a_report_that_differs_is_published_only_when_somebody_says_why(
    cast: Cast, client: ParsingClient, document: Document
) -> None:
    who = Actor(cast.ada.id, cast.ada.name)
    write(cast, "The panel ratified 23 profiles.")
    snapshot = take_snapshot(cycle=cast.cycle, actor=who, moment=NOW)
    facts = {"snapshot_id": snapshot.id, "state": ReportState.DRAFT, "created_at": NOW, "pages": 1}
    report = add(Report(cycle_id=cast.cycle.id, **facts))
    with pytest.raises(Invalid, match="what differs may stand"):
        publish(report=report, actor=who, moment=NOW, accepts_drafts=True)
    home = f"/cycles/{cast.cycle.id}/report/{report.id}/publish"
    page = client.sign_in(cast.ada).get(home).get_data(as_text=True)
    assert "23 profiles" in page
    assert "16 of 17 sections are still drafted from the data" in page
    assert client.submit(home, accepts_drafts="y").status_code == 422
    client.submit(home, accepts_drafts="y", accepts_differences="y")
    assert report.state == ReportState.RENDERING


def test_the_editor_names_the_numbers_and_fills_them_in(
    cast: Cast, client: ParsingClient, document: Document
) -> None:
    path = f"/cycles/{cast.cycle.id}/narrative/summary"
    client.sign_in(cast.ada)
    words = "Of {{ capabilities.count }} capabilities"
    shown = client.submit(path, markdown=words, action="preview").get_data(as_text=True)
    assert f"Of {document.capabilities.kept} capabilities" in shown
    assert "{{ profiles.ratified }}" in shown
