"""Names in prose, accepted drafts, what is typed and not saved, and the checklist over all."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from cycles.core.audit import Actor, AuditEvent
from cycles.core.errors import Conflict, Invalid
from cycles.core.extensions import db
from cycles.people.models import Group
from reports.document.assembling import assemble
from reports.document.commands import publish, take_snapshot
from reports.document.edition import make_edition
from reports.document.models import Report, ReportState
from reports.document.queries import document_of
from reports.narrative.checklist import Checklist, checklist_of
from reports.narrative.commands import accept_draft, change_narrative, digest_of_words
from reports.narrative.drafting import draft
from reports.narrative.models import Narrative, NarrativeVersion, Unfinished
from reports.narrative.naming import leading_nowhere, places_in
from reports.narrative.sections import SECTIONS
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import (
    NOW,
    Cast,
    add,
    make_account,
    make_cycle,
    make_participant,
    make_solution,
)
from tests.reports.report_cases import bake

Run = Callable[[], int]


def ada(cast: Cast) -> Actor:
    return Actor(cast.ada.id, cast.ada.name)


def write(cast: Cast, words: str, section: str = "summary") -> Narrative:
    return change_narrative(
        cycle=cast.cycle, section=section, markdown=words, actor=ada(cast), moment=NOW
    )


def accept(cast: Cast, section: str, shown: str | None = None) -> Narrative:
    return accept_draft(cycle=cast.cycle, section=section, actor=ada(cast), moment=NOW, shown=shown)


def draft_report(cast: Cast) -> Report:
    snapshot = take_snapshot(cycle=cast.cycle, actor=ada(cast), moment=NOW)
    facts = {"snapshot_id": snapshot.id, "state": ReportState.DRAFT, "created_at": NOW}
    return add(Report(cycle_id=cast.cycle.id, **facts))


def frozen(cast: Cast) -> Checklist:
    return checklist_of(document_of(draft_report(cast).snapshot_id))


def state_of(found: Checklist, key: str) -> str:
    return next(each.state for each in found.sections if each.key == key)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("figure:fit-surpluss", "figure:fit-surplus"),
        ("table:unsuported", "table:unsupported"),
        ("unsupported.shares", "unsupported.share"),
        ("figure:", "figure:"),
    ],
)
def test_a_name_that_no_report_has_is_refused_with_the_nearest(
    cast: Cast, name: str, meant: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        write(cast, f"As {{{{ {name} }}}} shows.")
    assert meant in refusal.value.problems["markdown"]


def test_a_figure_is_named_in_the_report_and_linked(
    cast: Cast, word_encoder: WordEncoder, run_jobs: Run
) -> None:
    bake(cast, run_jobs)
    write(cast, "See {{ figure:fit-surplus }} and {{table:priorities}}.")
    document = document_of(draft_report(cast).snapshot_id)
    edition = make_edition(document, digest="", is_draft=True)
    html = str(edition.prose["summary"].html)
    number = edition.numbers.figures["fit-surplus"]
    assert f'<a href="#figure-fit-surplus">Figure {number}</a>' in html
    assert f">Table {edition.numbers.tables['priorities']}</a>" in html


def test_what_this_report_lacks_stands_in_the_way_of_publishing_it(cast: Cast) -> None:
    write(cast, "See {{ figure:fit-surplus }}; {{ unsupported.count }} are left.")
    report = draft_report(cast)
    (found,) = checklist_of(document_of(report.snapshot_id)).broken
    assert found.broken == (
        "{{ figure:fit-surplus }}: this report has no such figure.",
        "{{ unsupported.count }}: this report has no such number yet.",
    )
    with pytest.raises(Invalid, match="does not have"):
        publish(
            report=report,
            actor=ada(cast),
            moment=NOW,
            accepts_drafts=True,
            accepts_differences=True,
        )


def test_no_draft_leads_nowhere(cast: Cast, word_encoder: WordEncoder, run_jobs: Run) -> None:
    bake(cast, run_jobs)
    for cycle in (cast.cycle, make_cycle("Nothing yet")):
        document = assemble(cycle_id=cycle.id, number=1, moment=NOW)
        present = {each.name for each in places_in(document)}
        for each in SECTIONS:
            words = draft(each.key, document)
            assert leading_nowhere(words, document, present) == (), each.key


def test_the_checklist_tells_states_and_lengths(cast: Cast) -> None:
    write(cast, "word " * 301)
    write(cast, "---", "scale")
    accept(cast, "foresighting")
    found = frozen(cast)
    assert state_of(found, "summary") == "Written"
    assert [each.key for each in found.over_long] == ["summary"]
    assert state_of(found, "foresighting") == "Draft accepted"
    assert state_of(found, "lessons_learnt") == "Nothing to say yet"
    assert [each.key for each in found.broken] == ["scale"]
    assert state_of(found, "scale") == "Empty"
    assert len(found.drafted) == 14


def test_an_accepted_draft_is_frozen_and_says_when_the_data_moved_on(cast: Cast) -> None:
    make_solution(cast.cycle, name="Ovens")
    row = accept(cast, "solutions")
    assert "Ovens" in row.markdown
    section = {each.key: each for each in document_of(draft_report(cast).snapshot_id).narrative}
    assert (section["solutions"].is_drafted, section["solutions"].is_overtaken) == (False, False)
    make_solution(cast.cycle, name="Mills")
    found = frozen(cast)
    assert state_of(found, "solutions") == "Accepted before the data changed"
    assert [each.key for each in found.differing] == ["solutions"]
    assert "Mills" not in row.markdown


def test_only_the_draft_that_was_read_is_accepted(cast: Cast) -> None:
    shown = digest_of_words(
        draft("solutions", assemble(cycle_id=cast.cycle.id, number=0, moment=NOW))
    )
    with pytest.raises(Conflict, match="moved on"):
        accept(cast, "solutions", shown="0" * 16)
    accept(cast, "solutions", shown=shown)
    write(cast, "Ours.", "solutions")
    with pytest.raises(Conflict, match="written"):
        accept(cast, "solutions")


def test_a_convener_accepts_from_the_page(cast: Cast, client: ParsingClient) -> None:
    client.sign_in(cast.ada)
    path = f"/cycles/{cast.cycle.id}/narrative/foresighting"
    page = client.get(path).text
    shown = page.split('name="shown" value="')[1].split('"')[0]
    assert client.submit(f"{path}/accept", page=path, shown="stale").location.endswith(path)
    assert "The data have moved on" in client.get(path).text
    assert client.submit(f"{path}/accept", page=path, shown=shown).status_code == 303
    assert "16 of 17" in client.get(f"/cycles/{cast.cycle.id}/narrative").text
    page = client.get(path).text
    assert "Draft accepted" in page
    assert 'name="shown"' not in page
    last = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert last is not None
    assert last.action == "narrative.accepted"
    client.submit(path, markdown="Other words.", version="1")
    assert "Draft accepted" not in client.get(path).text


def test_what_is_typed_survives_a_closed_tab_and_is_nobody_elses(
    cast: Cast, client: ParsingClient
) -> None:
    ben = make_account("Ben Crust")
    make_participant(cast.cycle, ben, Group.CONVENER)
    db.session.commit()
    path = f"/cycles/{cast.cycle.id}/narrative/summary"
    client.sign_in(cast.ada)
    words = "The panel ratified 23 *profiles*."
    kept = client.submit(f"{path}/unfinished", page=path, markdown=words, version="0")
    assert "Not saved yet." in kept.text
    assert "<em>profiles</em>" in kept.text
    again = "The panel ratified some *profiles*."
    client.submit(f"{path}/unfinished", page=path, markdown=again, version="0")
    assert db.session.query(Unfinished).count() == 1
    assert db.session.query(NarrativeVersion).count() == 0
    assert db.session.query(AuditEvent).count() == 0
    page = client.get(path).text
    assert "words that you typed and have not saved" in page
    assert again in page
    listed = client.get(f"/cycles/{cast.cycle.id}/narrative").text
    assert "Words not saved" in listed
    assert re.search(r'aria-current="page">Report<', listed)
    assert again not in client.sign_in(ben).get(path).text
    client.sign_in(cast.ada).submit(path, markdown=again, version="0")
    assert db.session.query(Unfinished).count() == 0
    assert "have not saved" not in client.get(path).text


def test_typed_words_meet_those_that_somebody_saved(cast: Cast, client: ParsingClient) -> None:
    ben = make_account("Ben Crust")
    make_participant(cast.cycle, ben, Group.CONVENER)
    db.session.commit()
    path = f"/cycles/{cast.cycle.id}/narrative/summary"
    client.sign_in(ben).submit(f"{path}/unfinished", page=path, markdown="Mine.", version="0")
    write(cast, "Hers.")
    db.session.commit()
    kept = client.submit(f"{path}/unfinished", page=path, markdown="Mine now.", version="0")
    assert "Somebody else has saved this section." in kept.text
    page = client.get(path).text
    assert "Mine now." in page
    assert "What has been saved meanwhile" in page
    assert "Hers." in page
    assert client.submit(f"{path}/unfinished/discard", page=path).status_code == 303
    assert "Mine now." not in client.get(path).text


def test_a_slow_keeping_does_not_bring_back_what_was_saved(
    cast: Cast, client: ParsingClient
) -> None:
    path = f"/cycles/{cast.cycle.id}/narrative/summary"
    client.sign_in(cast.ada).submit(path, markdown="Saved.", version="0")
    late = client.submit(f"{path}/unfinished", page=path, markdown="Sav", version="0")
    assert "in another window" in late.text
    assert db.session.query(Unfinished).count() == 0


def test_a_long_history_comes_in_pages_and_leaves_out_what_stayed(
    cast: Cast, client: ParsingClient
) -> None:
    words = "one two three four five " * 20
    for number in range(12):
        write(cast, f"{words} now {number} and {words}")
    db.session.commit()
    path = f"/cycles/{cast.cycle.id}/narrative/summary/history"
    page = client.sign_in(cast.ada).get(path).text
    assert "<del>10</del> <ins>11</ins>" in page
    assert "89 words the same" in page
    assert "Version 3" in page
    assert 'id="version-2"' not in page
    older = client.get(f"{path}?before=3").text
    assert "The first wording that was saved." in older
    assert "Newest versions" in older
    assert client.get(f"{path}?before=x").status_code == 200


def test_the_editor_offers_the_names_of_this_report(
    cast: Cast, client: ParsingClient, word_encoder: WordEncoder, run_jobs: Run
) -> None:
    bake(cast, run_jobs)
    path = f"/cycles/{cast.cycle.id}/narrative/summary"
    page = client.sign_in(cast.ada).get(path).text
    assert 'data-insert="figure:fit-surplus"' in page
    assert 'data-insert="table:priorities"' in page
    words = "See {{ figure:fit-surplus }} and {{ figure:fit-surpluss }}."
    kept = client.submit(f"{path}/unfinished", page=path, markdown=words, version="0").text
    assert "See Figure " in kept
    assert "Did you mean {{ figure:fit-surplus }}?" in kept


def test_a_clean_report_is_published_from_its_page_without_a_tick(
    cast: Cast, client: ParsingClient
) -> None:
    for each in SECTIONS:
        write(cast, "Our own words.", each.key)
    report = draft_report(cast)
    db.session.commit()
    path = f"/cycles/{cast.cycle.id}/report/{report.id}/publish"
    page = client.sign_in(cast.ada).get(path).text
    assert "Every section is written or accepted" in page
    assert "checkbox" not in page
    assert client.submit(path).status_code == 303
    assert report.state == ReportState.RENDERING
    assert "cannot be published now" in client.get(path).text
    assert client.sign_in(cast.sol).get(path).status_code == 403
