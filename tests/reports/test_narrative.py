"""The prose: drafted from facts, written by conveners, and never able to do harm."""

from collections.abc import Callable

import pytest

from cycles.core.audit import Actor, AuditEvent
from cycles.core.errors import Conflict, Invalid, Missing
from cycles.core.extensions import db
from reports.document.assembling import assemble
from reports.document.commands import take_snapshot
from reports.document.queries import document_of
from reports.narrative.commands import LONGEST, change_narrative, restore_draft
from reports.narrative.drafting import draft
from reports.narrative.models import Narrative
from reports.narrative.numbers import filled_in
from reports.narrative.prose import literal, paragraphs, prose_html
from reports.narrative.sections import SECTIONS
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast, make_cycle
from tests.reports.report_cases import bake


def ada(cast: Cast) -> Actor:
    return Actor(cast.ada.id, cast.ada.name)


def write(cast: Cast, words: str, version: int | None = None) -> Narrative:
    return change_narrative(
        cycle=cast.cycle,
        section="summary",
        markdown=words,
        actor=ada(cast),
        moment=NOW,
        version=version,
    )


HARM = (
    "<script>alert(1)</script>",
    "![x](http://127.0.0.1:1/x.png)",
    "[x](javascript:alert(1))",
    "[x](file:///etc/passwd)",
    "[x](data:text/html;base64,AAAA)",
    '<p hx-get="/x" style="color:red" onclick="x()">p</p>',
    "<iframe src='http://127.0.0.1:1'></iframe>",
    "<link rel=stylesheet href=http://127.0.0.1:1/x.css>",
)


@pytest.mark.parametrize("markdown", HARM)
def test_prose_does_no_harm(markdown: str) -> None:
    html = prose_html(markdown).lower()
    for tag in ("<script", "<img", "<iframe", "<link", "<p hx", "<p style", "<p on"):
        assert tag not in html
    assert 'href="javascript' not in html
    assert 'href="file' not in html
    assert 'href="data' not in html


def test_prose_keeps_what_writers_need() -> None:
    html = prose_html(
        "# Big\n\n- **one**\n- [two](https://example.org)\n\n| a | b |\n|-|-|\n| 1 | 2 |"
    )
    assert "<h4>Big</h4>" in html
    assert "<strong>one</strong>" in html
    assert 'href="https://example.org"' in html
    assert "<td>2</td>" in html


@pytest.mark.parametrize(
    "text",
    [
        "a *b* _c_ [d](e) # f",
        "1. x",
        "12) z",
        "- y",
        "# h",
        "=",
        "<b>&amp;</b>",
        "a|b~c`d",
        "![i](u)",
        "C\\D & E",
    ],
)
def test_plain_text_in_a_draft_says_exactly_that(text: str) -> None:
    from markupsafe import Markup

    assert Markup(prose_html(literal(text))).striptags() == text


def test_a_number_keeps_its_sign_on_the_same_line() -> None:
    assert literal(" Of 71.4\u00a0%\n of  all ") == "Of 71.4\u00a0% of all"


def test_paragraphs_of_plain_text_stay_paragraphs() -> None:
    assert prose_html(paragraphs("one\nline\n\n\ntwo")).count("<p>") == 2


def test_every_section_is_drafted_even_of_an_empty_cycle(session: object) -> None:
    empty = assemble(cycle_id=make_cycle("Nothing *yet*").id, number=1, moment=NOW)
    for each in SECTIONS:
        words = draft(each.key, empty)
        assert words.strip(), each.key
        assert prose_html(words), each.key


def test_a_draft_repeats_the_documents_numbers(
    cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]
) -> None:
    bake(cast, run_jobs)
    made = assemble(cycle_id=cast.cycle.id, number=1, moment=NOW)
    assert made.provision is not None
    concern = filled_in(draft("areas_of_concern", made), made)
    assert f"{made.provision.unsupported:,}" in concern
    summary = filled_in(draft("summary", made), made)
    assert "2 profiles, of which the employer panel has ratified 2" in summary
    assert "Bread for everybody \\*always\\*" in draft("challenge", made)


def test_words_of_a_person_replace_the_draft_in_the_next_snapshot(cast: Cast) -> None:
    write(cast, "Ours.")
    snapshot = take_snapshot(cycle=cast.cycle, actor=ada(cast), moment=NOW)
    sections = {each.key: each for each in document_of(snapshot.id).narrative}
    assert sections["summary"].markdown == "Ours."
    assert not sections["summary"].is_drafted
    assert sections["challenge"].is_drafted


def test_two_writers_cannot_overwrite_each_other(cast: Cast) -> None:
    row = write(cast, "First.", version=0)
    with pytest.raises(Conflict):
        write(cast, "Second, from the draft.", version=0)
    write(cast, "Second.", version=row.version)
    with pytest.raises(Conflict):
        restore_draft(cycle=cast.cycle, section="summary", actor=ada(cast), moment=NOW, version=1)
    assert row.markdown == "Second."


@pytest.mark.parametrize("words", ["", "  \n ", "x" * (LONGEST + 1)])
def test_empty_and_endless_prose_is_refused(cast: Cast, words: str) -> None:
    with pytest.raises(Invalid):
        write(cast, words)


def test_there_are_no_other_sections(cast: Cast) -> None:
    with pytest.raises(Missing):
        change_narrative(
            cycle=cast.cycle, section="secret", markdown="x", actor=ada(cast), moment=NOW
        )


def test_a_convener_previews_saves_and_restores(cast: Cast, client: ParsingClient) -> None:
    client.sign_in(cast.ada)
    path = f"/cycles/{cast.cycle.id}/narrative/summary"
    assert "Drafted from the data" in client.get(path).get_data(as_text=True)
    shown = client.submit(path, markdown="**Mine**", version="0", action="preview")
    assert "<strong>Mine</strong>" in shown.get_data(as_text=True)
    assert db.session.query(Narrative).count() == 0
    assert client.submit(path, markdown="**Mine**", version="0").status_code == 303
    assert client.get(path).status_code == 200
    assert "16 of 17" in client.get(f"/cycles/{cast.cycle.id}/narrative").get_data(as_text=True)
    assert client.submit(f"{path}/restore", page=path).status_code == 303
    assert db.session.query(Narrative).count() == 0
    actions = [
        each.action
        for each in db.session.query(AuditEvent).order_by(AuditEvent.id)
        if "narr" in each.action
    ]
    assert actions == ["narrative.changed", "narrative.restored"]


def test_a_slower_writer_sees_both(cast: Cast, client: ParsingClient) -> None:
    write(cast, "Faster words")
    db.session.commit()
    client.sign_in(cast.ada)
    path = f"/cycles/{cast.cycle.id}/narrative/summary"
    answer = client.submit(path, markdown="Slower words", version="0")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Faster words" in text
    assert "Slower words" in text


def test_an_empty_text_comes_back_with_its_problem(cast: Cast, client: ParsingClient) -> None:
    client.sign_in(cast.ada)
    answer = client.submit(f"/cycles/{cast.cycle.id}/narrative/summary", markdown=" ", version="0")
    assert answer.status_code == 422
    assert "restore the draft" in answer.get_data(as_text=True)


def test_only_conveners_of_the_cycle_write(cast: Cast, client: ParsingClient) -> None:
    path = f"/cycles/{cast.cycle.id}/narrative"
    assert client.sign_in(cast.sol).get(path).status_code == 403
    assert client.sign_in(cast.eve).get(path).status_code == 404
    other = f"/cycles/{cast.other_cycle.id}/narrative/nothing"
    assert client.get(other).status_code == 404


def test_every_wording_is_kept_and_an_earlier_one_can_stand_again(
    cast: Cast, client: ParsingClient
) -> None:
    base = f"/cycles/{cast.cycle.id}/narrative/summary"
    client.sign_in(cast.ada)
    assert "Nothing has been saved yet" in client.get(f"{base}/history").text
    write(cast, "Bread for all.")
    write(cast, "Bread for everybody.")
    restore_draft(cycle=cast.cycle, section="summary", actor=ada(cast), moment=NOW)
    page = client.get(f"{base}/history").text
    assert "The draft from the data stands now." in page
    assert "<del>all.</del> <ins>everybody.</ins>" in page
    client.submit(f"{base}/history/1", page=f"{base}/history")
    assert "Bread for all." in client.get(base).text
    assert client.submit(f"{base}/history/9", page=base).status_code == 404
    assert "Version 3" in client.get(f"{base}/history").text
