"""Fixtures of the journeys: two cycles that are filled alike, put back after every test."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from cycles.core.jobs import commands as jobs
from tests.architecture.browsing import Worlds, two_worlds
from tests.architecture.world import World, undone


@pytest.fixture(scope="module")
def worlds(app: Flask) -> Iterator[Worlds]:
    with two_worlds(app) as made:
        yield made


@pytest.fixture
def ours(worlds: Worlds) -> Iterator[World]:
    with undone():
        yield worlds[0]


@pytest.fixture
def run_due(ours: World) -> Callable[[], int]:
    """Run what has been queued, in this process."""
    return jobs.run_due
