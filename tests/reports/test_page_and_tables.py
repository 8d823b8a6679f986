"""The report as one page that needs no network, and all its tables as a workbook."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from openpyxl import load_workbook

from reports.document.body.blocks import Cell, Column, Table
from reports.document.edition import Edition
from reports.document.files.page import page_file
from reports.document.files.tables import tables_file
from tests.client import PageCheck
from tests.encoders import WordEncoder
from tests.factories import Cast
from tests.reports.edition_cases import baked_edition


@pytest.fixture
def edition(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Edition:
    return baked_edition(cast, run_jobs)


class Addresses(HTMLParser):
    """Collects what a page would load, where its links lead, its anchors and its pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.pictures: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        assert tag not in ("script", "link", "iframe", "object", "embed"), tag
        assert not [name for name in given if name.startswith("on") or name == "style"]
        self.loaded += [given[name] for name in ("src", "srcset", "data") if name in given]
        self.links += [given["href"]] if "href" in given else []
        self.ids |= {given["id"]} if "id" in given else set()
        self.pictures += [given] if tag == "img" else []


def read(html: str) -> Addresses:
    found = Addresses()
    found.feed(html)
    return found


def test_the_page_is_whole_and_holds_all_that_it_shows(edition: Edition) -> None:
    html = page_file(edition).decode()
    check, found = PageCheck(), read(html)
    check.feed(html)
    assert (check.problems, check.open) == ([], [])
    assert all(each.startswith("data:") for each in found.loaded)
    style = html.split("<style>")[1].split("</style>")[0]
    assert set(re.findall(r'url\("?([a-z]+:)', style)) == {"data:"}
    assert "default-src 'none'" in html
    within = {each[1:] for each in found.links if each.startswith("#")}
    assert within <= found.ids
    assert {place.anchor for part in edition.outline for place in part.places} <= within


def test_the_page_says_what_the_report_says(edition: Edition) -> None:
    html = page_file(edition).decode()
    assert '<html lang="en-GB">' in html
    assert edition.digest in html
    assert "Draft, not for publication" in html
    told = {each["alt"] for each in read(html).pictures}
    assert {each.summary for each in edition.figures.values()} <= told
    for number in edition.numbers.tables.values():
        assert f"Table {number}." in html
    final = page_file(replace(edition, is_draft=False)).decode()
    assert "Draft, not for publication" not in final


def test_the_workbook_has_a_sheet_for_each_table_with_its_numbers(edition: Edition) -> None:
    workbook = load_workbook(io.BytesIO(tables_file(edition)))
    contents, *sheets = workbook.worksheets
    listed = [row for row in contents.iter_rows(values_only=True) if "Table" in str(row[0])]
    assert [row[1] for row in listed] == [each.caption for each in edition.tables.values()]
    assert ("State", "Draft, not for publication", None) in list(
        contents.iter_rows(values_only=True)
    )
    assert len(sheets) == len(edition.tables)
    for sheet, table in zip(sheets, edition.tables.values(), strict=True):
        rows = list(sheet.iter_rows(values_only=True))[1:]
        assert len(rows) == max(1, len(table.rows))
        said = {value for row in rows for value in row if isinstance(value, int | float)}
        for row in table.rows:
            for cell, column in zip(row, table.columns, strict=True):
                if column.is_number and cell.value is not None:
                    assert cell.value in said


def test_shares_name_their_unit_and_words_that_say_more_stand_beside(edition: Edition) -> None:
    table = Table(
        "loaves",
        "Loaves",
        (Column("Oven", 40), Column("Done", 20, True), Column("Share", 20, True)),
        (
            (Cell("Red\nbig"), Cell("3 of 1,204", 3), Cell("31.4\u00a0%", 31.4)),
            (Cell("=Blue"), Cell("–"), Cell("–")),
        ),
    )
    first = edition.body[0]
    body = (replace(first, opening=(*first.opening, table)), *edition.body[1:])
    numbers = replace(edition.numbers, tables={**edition.numbers.tables, "loaves": 99})
    workbook = load_workbook(io.BytesIO(tables_file(replace(edition, body=body, numbers=numbers))))
    assert list(workbook["99 Loaves"].iter_rows(values_only=True)) == [
        ("Oven", "Done", "Done, as printed", "Share (%)"),
        ("Red; big", 3, "3 of 1,204", 31.4),
        ("=Blue", None, "–", None),
    ]
