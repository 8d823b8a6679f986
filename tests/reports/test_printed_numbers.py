"""Every number of a report, read by its label from the PDF and the HTML, is the snapshot's."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from cycles.core.audit import Actor
from reports.document.commands import take_snapshot
from reports.document.edition import make_edition
from reports.document.queries import document_of, raw_document
from reports.document.rendering import finished_html, render_pdf
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast
from tests.reports.holding import (
    NUMBER,
    Held,
    hold_figures,
    hold_same,
    hold_sentences,
    hold_statements,
    hold_tables,
    words_of,
)
from tests.reports.printed import Printed, from_html, from_pdf
from tests.reports.printed_ledger import Json, expected
from tests.reports.recount_cases import make_town

_KEPT: list["Report"] = []


@dataclass(frozen=True)
class Report:
    """A report as it was printed both ways, beside the JSON of its snapshot."""

    whole: Json
    html: str
    page: Printed
    pdf: Printed


@pytest.fixture
def report(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Report:
    """The report of a town that has two of everything; it is rendered once and only read."""
    if not _KEPT:
        cycle = make_town(cast, run_jobs)
        snapshot = take_snapshot(cycle=cycle, actor=Actor(cast.ada.id, cast.ada.name), moment=NOW)
        edition = make_edition(document_of(snapshot.id), digest=snapshot.digest, is_draft=False)
        html = finished_html(edition)
        whole = {**raw_document(snapshot.id), "digest": snapshot.digest}
        pdf = from_pdf(render_pdf(edition).content)
        _KEPT.append(Report(whole, html, from_html(html), pdf))
    return _KEPT[0]


def tables_held(found: Printed, whole: Json) -> Held:
    return hold_tables(found.tables, expected(whole), whole, words_of(whole))


def test_every_number_of_every_table_is_the_snapshots(report: Report) -> None:
    for found in (report.page, report.pdf):
        held = tables_held(found, report.whole)
        assert held.wrong == []
        assert held.count > 500


def test_every_number_of_every_sentence_is_the_snapshots(report: Report) -> None:
    held = hold_sentences(report.page, report.whole, words_of(report.whole))
    assert held.wrong == []
    assert held.count > 100


def test_every_statement_is_listed_once_under_its_label(report: Report) -> None:
    for found in (report.page, report.pdf):
        assert hold_statements(found, report.whole).wrong == []


def test_what_figures_draw_is_the_snapshots(report: Report) -> None:
    held = hold_figures(report.pdf, report.whole)
    assert held.wrong == []
    assert held.count > 10


def test_the_pdf_says_what_the_page_says(report: Report) -> None:
    assert hold_same(report.page, report.pdf) == []


def test_a_number_that_is_not_the_snapshots_is_found_wherever_it_stands(report: Report) -> None:
    """Every number of every table is changed in turn, and some of every section."""
    words, wanted = words_of(report.whole), expected(report.whole)
    for table in report.pdf.tables:
        alone = replace(table, number=1)
        for row, cells in enumerate(table.rows):
            for column, cell in enumerate(cells):
                for spoilt in spoilings(cell):
                    rows = [list(each) for each in table.rows]
                    rows[row][column] = spoilt
                    held = hold_tables([replace(alone, rows=rows)], wanted, report.whole, words)
                    assert held.wrong, f"{table.caption}: {cell} became {spoilt}"
    for name, text in report.page.sections.items():
        for spoilt in spoilings(text)[:: max(1, len(spoilings(text)) // 3)]:
            page = replace(report.page, sections={**report.page.sections, name: spoilt})
            assert hold_sentences(page, report.whole, words, only=name).wrong, name


def spoilings(text: str) -> list[str]:
    """Return the text with one of its numbers changed, for each of them."""
    found = []
    for match in NUMBER.finditer(text):
        whole, _, rest = match[0].replace(",", "").partition(".")
        spoilt = str(int(whole) + 1000) + (f".{rest}" if rest else "")
        found.append(text[: match.start()] + spoilt + text[match.end() :])
    return found


def test_what_pdf_and_page_tell_otherwise_is_found(report: Report) -> None:
    name = "3.1 How the findings were made"
    (spoilt, *_) = spoilings(report.pdf.sections[name])
    other = replace(report.pdf, sections={**report.pdf.sections, name: spoilt})
    assert hold_same(report.page, other) == [f"{name}: the PDF says otherwise"]
    (figure, *rest) = [one for one in report.pdf.figures if "needs" in one.alternative] or [None]
    assert figure is None or hold_same(report.page, replace(report.pdf, figures=rest))


ONE_VALUE = {
    "profiles": (r"(\d+) ?profiles?, (?:of which|\d+ ratified)", r"There are (\d+) profiles",
                 r"Suggested for (\d+) profiles"),
    "judged items": (r"(?:Of|agreed on \d+ of) (\d+) (?:judged|items)",
                     r"(\d+) of \d+ items? have a"),
    "agreed items": (r"agreed on (\d+) of", r"judged items, (\d+) ended in agreement"),
    "capabilities": (r"^(\d+) ?capabilities", r"(\d+) kept of", r"described (\d+) capabilit"),
    "unsupported": (r"(\d+) ?capabilities without support", r"(\d+) of \d+ compared capabilit",
                    r"(\d+) of \d+ capabilities are unsupported at"),
    "people": (r"(\d+) people (?:take|took|from)",),
}  # fmt: skip


def test_a_count_has_one_value_in_the_whole_document(report: Report) -> None:
    for found in (report.page, report.pdf):
        said = [text for name, text in found.sections.items() if name]
        for what, patterns in ONE_VALUE.items():
            values = [
                value
                for pattern in patterns
                for text in said
                for value in re.findall(pattern, text)
            ]
            assert len(values) > 1 or what == "people", what
            assert len(set(values)) == 1, f"{what}: {values}"
        sizes = {
            len(found.table(caption).rows)
            for caption in ("All profiles", "Profiles in order of priority")
        }
        assert sizes == {len(report.whole["occupations"]["profiles"])}
