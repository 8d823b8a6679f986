"""The report for Word: styles, heads, captions, links and pictures, and what prose becomes."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from reports.document.body.blocks import Table
from reports.document.edition import Edition
from reports.document.word.elements import bookmark_name
from reports.document.word.writing import WRITERS, word_file
from tests.encoders import WordEncoder
from tests.factories import Cast
from tests.reports.edition_cases import baked_edition, with_prose

PROSE = """\
# Why

Bread for **everybody** and *always*, as {{ table:rounds }} tells.

- first
  1. inner
  2. second inner
- last with `code`

3. third
4. fourth

> Said by many

| Oven | Loaves |
|------|--------|
| Red  | 12     |

Look [here](https://bread.example/a?b=1&c=2), or at nothing ![x](https://bread.example/x.png).
"""


@pytest.fixture
def edition(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Edition:
    return baked_edition(cast, run_jobs)


_kept: list[bytes] = []


@pytest.fixture
def word(edition: Edition) -> bytes:
    """The file of the edition, written once."""
    if not _kept:
        _kept.append(word_file(edition))
    return _kept[0]


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def lines(document: Any, style: str) -> list[str]:
    """Return the texts of a style, those that fields show included."""
    return [
        "".join(word.text or "" for word in each._p.iter(qn("w:t"))).strip()
        for each in document.paragraphs
        if each.style.name == style
    ]


def test_everything_of_the_report_stands_in_it_in_its_order(edition: Edition, word: bytes) -> None:
    document = opened(word)
    sections = [
        f"{place.number} {place.title}" for part in edition.outline for place in part.places
    ]
    assert lines(document, "Heading 2") == sections
    assert lines(document, "toc 2") == sections
    captions = [*lines(document, "Caption"), *lines(document, "Listed Caption")]
    for key, table in edition.tables.items():
        assert f"Table {edition.numbers.tables[key]}. {table.caption}" in captions
    for figure in edition.figures.values():
        assert f"Figure {figure.number}. {figure.title}" in captions
    held = [[cell.text for cell in row.cells] for each in document.tables for row in each.rows]
    for table in edition.tables.values():
        for row in table.rows:
            assert [cell.words for cell in row] in held


def test_tables_repeat_their_heads_and_break_no_row(edition: Edition, word: bytes) -> None:
    document = opened(word)
    wanted = list(edition.tables.values())
    assert len(document.tables) == len(wanted)
    for found, table in zip(document.tables, wanted, strict=True):
        first, *others = found._tbl.tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in (first, *others))
        assert found.style.name == "Report Table"
        assert found._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == table.caption
        assert len(found._tbl.tblGrid.gridCol_lst) == len(table.columns)


def test_pictures_carry_their_words_and_fit_the_page(edition: Edition, word: bytes) -> None:
    document = opened(word)
    told = [each._inline.docPr for each in document.inline_shapes]
    wanted = sorted(edition.figures.values(), key=lambda each: each.number)
    assert [each.get("descr") for each in told] == [each.summary for each in wanted]
    assert [each.get("title") for each in told] == [each.title for each in wanted]
    for each in document.inline_shapes:
        assert each.width.mm <= 170.1
        assert each.height.mm <= 215.1


def test_it_is_british_a4_and_says_whose_it_is(edition: Edition, word: bytes) -> None:
    document = opened(word)
    told, page = document.core_properties, document.sections[0]
    assert (told.language, told.title) == ("en-GB", edition.document.subject.title)
    assert edition.digest in told.comments
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    with zipfile.ZipFile(io.BytesIO(word)) as parts:
        styles = parts.read("word/styles.xml").decode()
        assert not [name for name in parts.namelist() if "thumbnail" in name]
    assert set(re.findall(r'<w:lang [^>]*w:val="([^"]+)"', styles)) == {"en-GB"}
    foot = "".join(word.text or "" for word in page.footer._element.iter(qn("w:t")))
    assert f"SHA-256 {edition.digest[:16]}. Page 1 of 1" in foot


def test_a_draft_says_so_on_every_page_and_the_published_one_does_not(
    edition: Edition, word: bytes
) -> None:
    page = opened(word).sections[0]
    for head in (page.header, page.first_page_header):
        assert [each.text for each in head.paragraphs] == ["Draft, not for publication"]
    page = opened(word_file(replace(edition, is_draft=False))).sections[0]
    assert [each.text for each in page.header.paragraphs] == [edition.document.subject.title]


def test_prose_becomes_words_own_paragraphs(edition: Edition) -> None:
    document = opened(word_file(with_prose(edition, PROSE)))
    number = edition.numbers.tables["rounds"]
    assert "Why" in lines(document, "Heading 3")
    assert f"Bread for everybody and always, as Table {number} tells." in lines(document, "Normal")
    assert lines(document, "Quote") == ["Said by many"]
    bullets = [each for each in lines(document, "List Bullet") if "code" in each or each == "first"]
    assert bullets == ["first", "last with code"]
    assert lines(document, "List Number 2") == ["inner", "second inner"]
    assert lines(document, "List Number")[:2] == ["third", "fourth"]
    strong = {run.text for each in document.paragraphs for run in each.runs if run.bold}
    assert "everybody" in strong
    loaves = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert loaves == [["Oven", "Loaves"], ["Red", "12"]]


def test_links_lead_to_the_web_or_within_and_pictures_of_prose_are_left_out(
    edition: Edition,
) -> None:
    document = opened(word_file(with_prose(edition, PROSE)))
    outside = {each.target_ref for each in document.part.rels.values() if each.is_external}
    assert outside == {"https://bread.example/a?b=1&c=2"}
    names = {each.get(qn("w:name")) for each in document.element.iter(qn("w:bookmarkStart"))}
    within = {each.get(qn("w:anchor")) for each in document.element.iter(qn("w:hyperlink"))}
    assert within - {None} <= names
    assert bookmark_name("table-rounds") in within


def test_numbered_lists_begin_where_they_say(edition: Edition) -> None:
    document = opened(word_file(with_prose(edition, "1. a\n2. b\n\ntext\n\n7. c\n8. d\n")))
    numbered = [each for each in document.paragraphs if each.text in ("a", "b", "c", "d")]
    lists = [each._p.pPr.numPr.numId.val for each in numbered]
    assert lists[0] == lists[1] != lists[2] == lists[3]
    starts = {
        each.numId: [start.val for start in each.iter(qn("w:startOverride"))]
        for each in document.part.numbering_part.element.num_lst
    }
    assert (starts[lists[0]], starts[lists[2]]) == ([1], [7])


def test_letters_that_no_file_can_hold_are_left_out(edition: Edition) -> None:
    title = "Bread\x00 and\x0b \ufffewater"
    subject = replace(edition.document.subject, title=title)
    document = opened(
        word_file(replace(edition, document=replace(edition.document, subject=subject)))
    )
    assert lines(document, "Title") == ["Bread and water"]


def test_anchors_become_names_that_word_takes() -> None:
    long = [bookmark_name(f"table-{'x' * 60}{end}") for end in "ab"]
    assert all(len(each) <= 40 for each in long)
    assert long[0] != long[1]
    assert bookmark_name("1-rounds") == "a_1_rounds"


def test_every_kind_of_block_is_written() -> None:
    from reports.document.body import blocks

    kinds = {
        each.kind for each in vars(blocks).values() if isinstance(getattr(each, "kind", None), str)
    }
    assert kinds == set(WRITERS)
    assert Table.kind in kinds
