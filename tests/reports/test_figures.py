"""The report's figures: what they draw is the snapshot's, legible in print, and to take away."""

import json
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from cycles.core.audit import Actor
from cycles.core.extensions import db
from reports.charts.vega.bars import Series
from reports.charts.vega.letters import fitting, width
from reports.charts.vega.pictures import svg_of
from reports.document.body import body_of
from reports.document.body.blocks import FigureHere
from reports.document.body.numbering import all_blocks
from reports.document.commands import ask_for_report, take_snapshot
from reports.document.facts import Document
from reports.document.figures import FIGURE_NAMES, Figure, figures_of, is_figure_name
from reports.document.figures.agreement import MARKS, ORDER
from reports.document.figures.functions import PRESENT
from reports.document.figures.occupations import LEVEL_SERIES
from reports.document.figures.provision import BOTH_WAYS, SUPPORT
from reports.document.models import Report, ReportState
from reports.document.queries import document_of
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast
from tests.reports.explorer_cases import find

Run = Callable[[], int]
SHEET_POINTS = 170 / 25.4 * 72
SMALLEST_POINTS = 7.5
APART = 0.09
"""As a share of white: fills nearer than this cannot be told apart on grey paper."""


_shared: list[Document] = []


@pytest.fixture
def report(cast: Cast, word_encoder: WordEncoder, run_jobs: Run) -> Report:
    """A draft with every figure in it, waiting to be drawn up."""
    found, actor = find(cast, run_jobs), Actor(cast.ada.id, cast.ada.name)
    snapshot = take_snapshot(cycle=found.baked.cycle, actor=actor, moment=NOW)
    return ask_for_report(snapshot=snapshot, actor=actor, moment=NOW)


@pytest.fixture
def document(request: pytest.FixtureRequest) -> Document:
    """What that report says: frozen, so that the tests of this module can share it."""
    if not _shared:
        _shared.append(document_of(request.getfixturevalue("report").snapshot_id))
    return _shared[0]


def values(figure: Figure) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = figure.chart.spec["data"]["values"]
    return found


def drawn_parts(figure: Figure) -> dict[str, float]:
    """Return how long each part of each bar is, by the words that say it."""
    return {each["words"]: each["end"] - each["start"] for each in values(figure)}


def test_every_figure_has_a_name_that_prose_may_use_and_a_place(document: Document) -> None:
    figures = figures_of(document)
    patterns = {each.example for each in FIGURE_NAMES if each.is_pattern}
    assert all(map(is_figure_name, [*figures, *patterns]))
    assert not is_figure_name("matrix-")
    assert not is_figure_name("profiles-<number>")
    for each in FIGURE_NAMES:
        stem = each.name.split("<")[0]
        assert any(key.startswith(stem) for key in figures), each.name
    placed = [each.key for each in all_blocks(body_of(document)) if isinstance(each, FigureHere)]
    assert set(figures) <= set(placed)
    assert all(map(is_figure_name, placed))


def test_what_is_drawn_is_what_the_snapshot_holds(document: Document) -> None:
    figures, provision = figures_of(document), document.provision
    assert provision is not None
    for line in document.capabilities.partners:
        for function, count in zip(document.capabilities.functions, line.counts, strict=True):
            words = f"{line.name}, {function.name}: {count:,}"
            assert drawn_parts(figures["partners"]).get(words, 0) == count
    for level in document.agreement.role_levels:
        told = drawn_parts(figures["consensus"])
        assert sum(size for words, size in told.items() if level.role_level in words) == level.total
    curve = {each["x"]: each["y"] for each in values(figures["threshold"])}
    assert curve == {each.threshold_percent: each.unsupported_count for each in provision.curve}
    dots = sorted((each["x"], each["y"]) for each in values(figures["fit-surplus"]))
    best = [each.best for each in provision.profiles if each.best]
    assert dots == sorted((each.fit_percent, each.surplus_percent) for each in best)
    for ranked in provision.priorities:
        words = f"{ranked.priority_rank}. {ranked.code} {ranked.name}, Unsupported: "
        told = drawn_parts(figures["priorities"])
        size = sum(size for said, size in told.items() if said.startswith(words))
        assert size == ranked.unsupported_count


def test_the_matrix_marks_what_nothing_supports_and_levels_are_where_they_hold(
    document: Document,
) -> None:
    profile = next(each for each in document.occupations.profiles if each.unsupported_count)
    rows = values(figures_of(document)[f"matrix-{profile.code}"])
    assert {row["code"]: row["letter"] for row in rows} == {
        each.code: each.level[0] for each in profile.members
    }
    assert [row["code"] for row in rows if row["is_flagged"]] == [
        each.code for each in profile.members if each.is_supported is False
    ]


def test_a_reader_of_the_explorer_sees_the_very_same_charts(
    report: Report, cast: Cast, client: ParsingClient
) -> None:
    client.sign_in(cast.ada)
    figures, home = figures_of(document_of(report.snapshot_id)), f"/cycles/{cast.cycle.id}/findings"
    for key, address in (
        ("partners", "supply-chain/charts/partners-by-function"),
        ("proficiency", "profiles/charts/proficiency"),
        ("threshold", "provision/charts/unsupported"),
        ("fit-surplus", "quadrants/charts/quadrants"),
        ("consensus", "consensus/charts/outcomes"),
    ):
        # The explorer says how much each role level agreed on too, and calls an item a cell.
        spec = json.loads(client.get(f"{home}/{address}.json").data)
        own = json.loads(json.dumps(figures[key].chart.spec))
        for each in (spec, own):
            assert each.pop("description")
            assert each["encoding"]["x"].pop("title")
        assert spec == own, key


def test_words_are_large_enough_on_paper(document: Document) -> None:
    for key, figure in figures_of(document).items():
        svg = svg_of(figure.chart)
        wide = float(ElementTree.fromstring(svg).attrib["width"])
        sizes = {float(each) for each in re.findall(r'font-size="([\d.]+)px"', svg)}
        assert sizes, key
        assert min(sizes) * SHEET_POINTS / wide >= SMALLEST_POINTS, key


@pytest.mark.parametrize(
    "series",
    [
        LEVEL_SERIES,
        PRESENT,
        BOTH_WAYS[:2],
        BOTH_WAYS[::2],
        SUPPORT,
        tuple(Series("", *MARKS[place]) for place in ORDER),
    ],
)
def test_neighbours_in_a_bar_are_told_apart_on_grey_paper(series: tuple[Series, ...]) -> None:
    for one, other in pairwise(series):
        assert abs(grey(one.fill) - grey(other.fill)) >= APART, (one, other)


def grey(colour: str) -> float:
    """Return how light a colour prints: 0 is black, 1 is white."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_figures_are_taken_away_with_what_they_rest_on(
    report: Report, cast: Cast, client: ParsingClient
) -> None:
    client.sign_in(cast.ada)
    home = f"/cycles/{cast.cycle.id}/report/{report.id}/figures"
    drawn = client.get(f"{home}/threshold.svg")
    assert drawn.content_type.startswith("image/svg+xml")
    words = " ".join(ElementTree.fromstring(drawn.text).itertext())
    assert "1 of 4 capabilities are unsupported at 55 %" in words
    assert f"Snapshot {report.snapshot.number}, taken" in words
    assert "Draft, not for publication" in words
    assert "taken" not in client.get(f"{home}/threshold.svg?plain=1").text
    assert client.get(f"{home}/threshold.png").data.startswith(b"\x89PNG")
    for wrong in ("none.svg", "threshold.pdf", "threshold"):
        assert client.get(f"{home}/{wrong}").status_code == 404


def test_the_figures_of_a_draft_are_for_conveners(
    report: Report, cast: Cast, client: ParsingClient
) -> None:
    address = f"/cycles/{cast.cycle.id}/report/{report.id}/figures/threshold.svg"
    client.sign_in(cast.eddy)
    assert client.get(address).status_code == 404
    report.state = ReportState.PUBLISHED
    db.session.commit()
    assert "Draft" not in client.get(address).text


def test_the_page_draws_each_figure_and_names_it(
    report: Report, cast: Cast, client: ParsingClient
) -> None:
    client.sign_in(cast.ada)
    page = client.get(f"/cycles/{cast.cycle.id}/report/{report.id}").text
    for key in figures_of(document_of(report.snapshot_id)):
        assert f'id="figure-{key}" data-chart' in page
        assert f"figures/{key}.png" in page


def test_words_are_shortened_between_words_to_the_room_there_is() -> None:
    words = "Prepare mixtures with automated dispensing"
    assert fitting(words, 1000, 12) == words
    short = fitting(words, 120, 12)
    assert short.endswith(" …")
    assert words.startswith(short.removesuffix(" …") + " ")
    assert width(short, 12) <= 120
    assert width(fitting("W" * 90, 120, 12), 12) <= 120
