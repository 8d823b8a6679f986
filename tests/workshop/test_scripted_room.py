"""A scripted room against a real server: people join by code, rate, and are closed in the middle.

``flask bench room --rehearse 200`` plays the same script with two hundred people and 137
capabilities.
"""

from pathlib import Path

import pytest

from tests.conftest import database_url
from workshop.benchmarks import serving
from workshop.benchmarks.rehearsal import Kept, rehearse, report_on
from workshop.benchmarks.room import staged

PEOPLE, CAPABILITIES, CLIENTS = 40, 6, 8
SAVED = {
    "person": "Rater 1",
    "item": "a",
    "value": "P",
    "seq": 1,
    "sent_at": 1.0,
    "told_at": 1.1,
    "status": 200,
    "is_kept": True,
}
STORY = {
    "joined": [0.5],
    "saved": [SAVED],
    "polls": 1,
    "close_asked_at": 2.0,
    "closed_at": 2.1,
    "board": {"Rater 1": 1},
    "verdicts": [
        {"Not needed": None, "Awareness": None, "Practitioner": None, "Expert": None},
    ],
    "faults": [],
}
KEPT = Kept((("Rater 1", "a", "P", 1),), {"Rater 1": 1}, ((0, 0, 1, 0),), 0)


@pytest.mark.timeout(600)
def test_a_room_loses_nothing_counts_nothing_late_and_shows_what_it_has(tmp_path: Path) -> None:
    environ = serving.environment(tmp_path, database_url(tmp_path, "room"))
    room = staged(environ, 0, CAPABILITIES)
    report = rehearse(
        room=room, environ=environ, folder=tmp_path, participants=PEOPLE, clients=CLIENTS
    )
    assert report.is_faultless, report
    assert report.people == PEOPLE
    assert report.polls > 0
    assert report.changes > 0
    # The close came in the middle: some cells have their answer and some never will.
    cells = PEOPLE * CAPABILITIES * 4
    assert cells / 4 < report.counted < cells


def test_the_report_of_a_faultless_room_is_faultless() -> None:
    assert report_on(STORY, KEPT).is_faultless


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"saved": [{**SAVED, "value": "E"}]}, "lost"),
        ({"saved": [{**SAVED, "item": "b"}]}, "lost"),
        ({"saved": [{**SAVED, "sent_at": 2.2}]}, "late"),
        ({"saved": [SAVED, {**SAVED, "seq": 2, "value": "A"}]}, "lost"),
    ],
)
def test_the_report_notices_what_is_lost_and_what_is_late(
    told: dict[str, object], fault: str
) -> None:
    report = report_on({**STORY, **told}, KEPT)
    assert getattr(report, fault) > 0
    assert not report.is_faultless


@pytest.mark.parametrize(
    "told",
    [
        {"board": {"Rater 1": 2}},
        {"board": {}},
        {"verdicts": []},
        {
            "verdicts": [
                {"Not needed": 0, "Awareness": 1, "Practitioner": 0, "Expert": 0},
            ]
        },
    ],
)
def test_the_report_notices_a_board_that_is_wrong(told: dict[str, object]) -> None:
    assert not report_on({**STORY, **told}, KEPT).is_board_right
