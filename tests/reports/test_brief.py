"""The executive brief: one page whatever its texts, every number of it the snapshot's."""

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pypdf
import pytest

from reports.document.brief.facts import BriefFacts
from reports.document.brief.fitting import SETTINGS, sheet_of, shortened
from reports.document.brief.rendering import brief_file
from reports.document.brief.writing import brief_of, finding_of
from reports.document.edition import Edition, make_edition
from reports.document.facts import ActionLine
from reports.document.packing import plain
from tests.encoders import WordEncoder
from tests.factories import Cast
from tests.reports.edition_cases import baked_edition

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
LONG = "Bread for everybody in every town of the country, baked by people who know how "
UNBROKEN = "x" * 190


@pytest.fixture
def edition(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Edition:
    return baked_edition(cast, run_jobs)


def printed(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    assert len(pages) == 1
    return re.sub(r"\s+", " ", pages[0].extract_text())


def filled(edition: Edition, words: str) -> Edition:
    """Return the edition with ``words`` in every text that its brief shows, and five profiles."""
    document = edition.document
    assert document.provision is not None
    one = replace(document.provision.profiles[0], name=words, role_level=words)
    one = replace(one, standings=tuple(replace(each, title=words) for each in one.standings))
    five = tuple(replace(one, code=f"P-{at:04d}", priority_rank=at) for at in range(1, 6))
    step = ActionLine("short term", words, words, words, words, words)
    changed = replace(
        document,
        subject=replace(document.subject, title=words, sponsor=words, convener=words),
        provision=replace(document.provision, profiles=five),
        actions=(step,) * 3,
    )
    return make_edition(changed, digest=edition.digest, is_draft=True)


def test_it_says_the_finding_the_priorities_the_steps_and_the_digest(edition: Edition) -> None:
    content, pages = brief_file(edition)
    said, document = printed(content), edition.document
    assert pages == 1
    assert document.provision is not None
    for words in (
        document.subject.title,
        finding_of(document),
        document.provision.priorities[0].name,
        "Teach the ovens",
        f"{document.agreement.agreed} of {document.agreement.judged} judged items",
        edition.digest,
        "Draft, not for publication",
    ):
        assert " ".join(words.split()) in said.replace("\u00a0", " "), words
    final = printed(brief_file(replace(edition, is_draft=False))[0])
    assert "Draft" not in final


def test_every_number_in_it_is_the_snapshots(edition: Edition) -> None:
    document = edition.document
    held = set(NUMBER.findall(str(plain(document)))) | {str(at) for at in range(1, 6)}
    held |= {f"{float(each):.1f}" for each in held if each.replace(".", "", 1).isdigit()}
    held |= set(NUMBER.findall(edition.taken)) | set(NUMBER.findall(edition.digest)) | {"256"}
    brief = brief_of(edition)
    said = [brief.finding, *brief.sure, brief.about, *(tile.words for tile in brief.tiles)]
    said += [f"{each.unsupported} {each.fit} {each.profile}" for each in brief.priorities]
    assert set(NUMBER.findall(" ".join(said))) - held == set()


@pytest.mark.parametrize("words", [LONG * 5, UNBROKEN])
def test_it_fits_one_page_whatever_the_texts(edition: Edition, words: str) -> None:
    content, pages = brief_file(filled(edition, words))
    assert pages == 1
    assert "Texts that end in … stand in full in the report" in printed(content)


def test_it_is_tagged_with_its_title_and_words_for_its_figure(edition: Edition) -> None:
    figure = brief_of(edition).figure
    assert figure is not None
    with pikepdf.open(io.BytesIO(brief_file(edition)[0])) as pdf:
        assert str(pdf.Root.Lang).lower() == "en-gb"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.docinfo["/Title"]) == f"Executive brief: {edition.document.subject.title}"
        told = {
            str(each.Alt)  # type: ignore[attr-defined]
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        }
    assert figure.summary in told


def test_an_empty_cycle_has_a_brief_that_says_what_is_missing(edition: Edition) -> None:
    document = edition.document
    empty = replace(
        document,
        provision=None,
        actions=(),
        capabilities=replace(document.capabilities, kept=0, classified=0, partners=()),
        agreement=replace(document.agreement, judged=0),
        occupations=replace(document.occupations, spread=(), by_role_level=(), profiles=()),
    )
    said = printed(brief_file(make_edition(empty, digest=edition.digest, is_draft=True))[0])
    for words in (
        "No capability has been kept yet, so there is no finding.",
        "there is no order of priority",
        "No recommendation is recorded.",
        "no item is judged",
    ):
        assert words in said


def test_it_is_set_smaller_then_shorter_then_without_its_figure(edition: Edition) -> None:
    facts: BriefFacts = brief_of(filled(edition, LONG * 5))
    sheets = [sheet_of(facts, each) for each in SETTINGS]
    assert [each.step for each in sheets] == sorted(each.step for each in sheets)
    lengths = [len(each.facts.title) for each in sheets]
    assert lengths == sorted(lengths, reverse=True)
    assert [each.facts.figure is None for each in sheets] == [False] * (len(sheets) - 1) + [True]
    whole = sheet_of(brief_of(edition), SETTINGS[0])
    assert not whole.is_shortened


@pytest.mark.parametrize(
    ("text", "letters", "words"),
    [
        ("short", 10, "short"),
        ("Teach the ovens to bake", 14, "Teach the…"),
        ("x" * 20, 10, "x" * 9 + "…"),
        ("31.4\u00a0% of\n all", 30, "31.4\u00a0% of all"),
    ],
)
def test_texts_are_cut_between_words(text: str, letters: int, words: str) -> None:
    assert shortened(text, letters) == words
