"""The bench of the report: it grows what it measures, and says so where there is nothing."""

from collections.abc import Callable

import pytest
from flask import Flask

from cycles.core.audit import Actor
from cycles.core.errors import Missing
from reports.benchmarks.report import _newest, with_profiles
from reports.document.commands import take_snapshot
from reports.document.edition import make_edition
from reports.document.rendering import finished_html
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast
from tests.reports.report_cases import bake


def test_it_prints_as_many_profiles_as_it_says(
    app: Flask, cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]
) -> None:
    bake(cast, run_jobs)
    take_snapshot(cycle=cast.cycle, actor=Actor(cast.ada.id, cast.ada.name), moment=NOW)
    document = with_profiles(_newest(), 5)
    html = finished_html(make_edition(document, digest="0" * 64, is_draft=False))
    assert all(f"P-000{number}" in html for number in range(1, 6))


def test_without_a_snapshot_it_says_what_to_do(session: object) -> None:
    with pytest.raises(Missing, match="Load the demonstration"):
        _newest()
