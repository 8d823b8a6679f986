"""What makes a report's PDF one that everybody can read: PDF/UA-1 as far as a program can see."""

import io
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from cycles.core.audit import Actor
from reports.document.commands import take_snapshot
from reports.document.edition import make_edition
from reports.document.queries import document_of
from reports.document.rendering import render_pdf
from reports.narrative.commands import change_narrative
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast
from tests.reports.printed import bare
from tests.reports.reading_pdf import Node, Reader
from tests.reports.report_cases import bake

PROSE = "Read [more](https://example.org/more) of it.\n\n## A heading\n\n- One\n- Two"
HEADINGS = ("H1", "H2", "H3", "H4", "H5")
_KEPT: list[bytes] = []


@pytest.fixture
def content(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> bytes:
    """The PDF of a report with something in every part; it is rendered once and only read."""
    if not _KEPT:
        baked = bake(cast, run_jobs)
        actor = Actor(cast.ada.id, cast.ada.name)
        change_narrative(
            cycle=baked.cycle, section="challenge", markdown=PROSE, actor=actor, moment=NOW
        )
        snapshot = take_snapshot(cycle=baked.cycle, actor=actor, moment=NOW)
        edition = make_edition(document_of(snapshot.id), digest=snapshot.digest, is_draft=False)
        _KEPT.append(render_pdf(edition).content)
    return _KEPT[0]


@pytest.fixture
def pdf(content: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


@pytest.fixture
def tree(content: bytes) -> Node:
    return Reader(content).tree()


def test_it_says_what_it_is_called_in_which_language_and_what_it_conforms_to(
    cast: Cast, pdf: pikepdf.Pdf
) -> None:
    root = pdf.Root
    assert str(root.Lang).lower() == "en-gb"
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        assert told["dc:title"] == cast.cycle.title


def test_every_picture_has_words(tree: Node) -> None:
    figures = list(tree.all("Figure"))
    assert len(figures) > 5
    assert [each.alt for each in figures if len(each.alt) < 10] == []


def test_every_cell_of_a_table_is_led_to_its_heads(tree: Node) -> None:
    tables = list(tree.all("Table"))
    assert len(tables) > 20
    for table in tables:
        heads = {each.key for each in table.all("TH")}
        assert "" not in heads
        (top,) = table.all("THead")
        assert {each.scope for each in top.all("TH")} == {"/Column"}
        assert {each.scope for each in table.all("TH")} <= {"/Column", "/Row"}
        for cell in table.all("TD"):
            assert set(cell.headers) <= heads
            assert cell.headers, f"no heads: {cell.text}"


def test_what_cells_refer_to_is_listed_at_the_root(pdf: pikepdf.Pdf, tree: Node) -> None:
    (names,) = [pdf.Root.StructTreeRoot.IDTree.Names]
    listed = [str(each) for each in list(names)[::2]]
    assert listed == sorted(each.key for each in tree.all("TH"))


def test_headings_go_down_one_step_at_a_time(tree: Node) -> None:
    levels = [int(each.kind[1]) for each in tree.all(*HEADINGS)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert not [each for one in tree.all(*HEADINGS) for each in one.all(*HEADINGS)]


def test_bookmarks_lead_to_every_part_and_section(pdf: pikepdf.Pdf, tree: Node) -> None:
    with pdf.open_outline() as outline:
        titles = [bare(each.title) for each in _flat(outline.root)]
    headings = [bare(each.text) for each in tree.all("H2", "H3") if each.text != "Contents"]
    assert [each for each in headings if each not in titles] == []


def _flat(items: Any) -> Iterator[Any]:
    for each in items:
        yield each
        yield from _flat(each.children)


def test_the_contents_give_the_pages_where_the_headings_stand(tree: Node) -> None:
    pages = {bare(each.text): each.page for each in tree.all("H2", "H3")}
    (contents,) = [each for each in tree.all("NonStruct") if _is_contents(each)]
    told = [each.text for each in contents.all("Link") if not each.text.isdigit() and each.text]
    entries = {bare(title): int(page) for title, _, page in (each.rpartition(" ") for each in told)}
    assert entries == {title: page for title, page in pages.items() if title != "Contents"}


def _is_contents(node: Node) -> bool:
    return [each.text for each in node.all("H2")] == ["Contents"]


def test_every_font_is_embedded_and_every_letter_known(content: bytes, pdf: pikepdf.Pdf) -> None:
    fonts = {
        font.objgen: font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()
    }
    for font in fonts.values():
        (inner,) = font.DescendantFonts
        assert {"/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys()), font.BaseFont
        assert "/ToUnicode" in font
    said = [text for page in Reader(content).pages.values() for text in page.values()]
    assert not any("\ufffd" in each for each in said)


def test_nothing_leads_outside_but_what_somebody_wrote(pdf: pikepdf.Pdf) -> None:
    addresses = {
        str(note.A.URI)
        for page in pdf.pages
        for note in page.get("/Annots", [])
        if "/A" in note and "/URI" in note.A
    }
    assert addresses == {"https://example.org/more"}
    assert len(pdf.attachments) == 0
    assert "/JavaScript" not in pdf.Root.get("/Names", {})


def test_whatever_is_painted_is_tagged_or_marked_as_no_content(pdf: pikepdf.Pdf) -> None:
    for number, page in enumerate(pdf.pages, 1):
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            depth += (name in ("BDC", "BMC")) - (name == "EMC")
            assert depth or name not in ("Tj", "TJ"), f"page {number}: words without a mark"
            del operands
