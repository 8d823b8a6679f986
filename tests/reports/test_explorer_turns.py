"""Heavy work: a few at once, the rest are asked to come again, and nobody keeps a turn."""

from threading import Event, Thread

import pytest

from cycles.core.audit import Actor
from cycles.core.errors import TooMany
from cycles.core.extensions import db
from cycles.core.turns import Turns
from reports.charts.vega import pictures
from reports.charts.vega.pictures import svg_of
from reports.document.commands import take_snapshot
from reports.package import answers
from reports.publishing.commands import publish_snapshot
from reports.publishing.links import token_of
from reports.publishing.models import Audience
from tests.client import ParsingClient
from tests.factories import NOW, Cast, make_statement
from tests.reports.chart_samples import of_a_curve, of_pairs


def test_a_turn_is_free_again_after_success_and_failure() -> None:
    turns = Turns(1, "Busy.")
    with turns.one(), pytest.raises(TooMany, match="Busy"), turns.one():
        pass
    with pytest.raises(ValueError, match="broken"), turns.one():
        raise ValueError("broken")
    with turns.one():
        pass


def test_whoever_is_patient_gets_the_turn_that_becomes_free() -> None:
    turns, taken, released = Turns(1, "Busy."), Event(), Event()

    def draw() -> None:
        with turns.one():
            taken.set()
            released.wait(5)

    thread = Thread(target=draw)
    thread.start()
    taken.wait(5)
    with pytest.raises(TooMany), turns.one(patience=0.01):
        pass
    released.set()
    with turns.one(patience=5):
        pass
    thread.join()


def test_a_picture_that_is_kept_needs_no_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = svg_of(of_pairs())
    monkeypatch.setattr(pictures, "_turns", Turns(0, "Other pictures are being drawn."))
    assert svg_of(of_pairs()) == kept
    monkeypatch.setattr(pictures, "_kept", {})
    with pytest.raises(TooMany):
        svg_of(of_a_curve())


def test_packages_are_made_few_at_once(
    client: ParsingClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_statement(cast.cycle)
    ada = Actor(cast.ada.id, cast.ada.name)
    snapshot = take_snapshot(cycle=cast.cycle, actor=ada, moment=NOW)
    made = publish_snapshot(snapshot=snapshot, audience=Audience.LINK, actor=ada, moment=NOW)
    db.session.commit()
    address = f"/published/{token_of(made)}/package.zip"
    with monkeypatch.context() as busy:
        busy.setattr(answers, "_turns", Turns(0, "Other packages are being made."))
        refused = client.get(address)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "Other packages are being made." in refused.text
    assert client.get(address).status_code == 200
