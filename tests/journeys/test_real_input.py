"""Real standards, real tasks, the real model: what must be true from the import to the report."""

import warnings

import pytest
from flask import Flask

from cycles.profiles.models import ProfileStatus
from cycles.profiles.queries import profiles_of
from cycles.semantics.encoder import encoder
from cycles.setup.models import Cycle
from cycles.statements.queries import kept_statements
from reports.mapping.queries import findings
from tests.client import ParsingClient
from tests.journeys.real_cycle import CAPABILITIES, DATA, TITLE, Played, play

THRESHOLDS = (45, 55, 65)

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not DATA.is_dir(), reason="the real data folder is not beside this checkout"
    ),
]


@pytest.fixture
def real_model(app: Flask) -> None:
    with warnings.catch_warnings():
        # The library's own imports warn about each other; that is theirs to mend.
        warnings.simplefilter("ignore")
        encoder().encode(["Load the model"])


def test_real_standards_and_real_tasks_run_to_the_report(
    app: Flask, client: ParsingClient, real_model: None
) -> None:
    played = play(app, client)
    check_the_import(played)
    check_the_cycle(played.cycle)
    check_the_findings(played)
    check_the_thresholds(played.cycle)
    check_the_pages(client, played)
    check_the_report(played)


def check_the_import(played: Played) -> None:
    framework = played.framework
    assert (framework.standards, framework.with_duties) == (515, 65)
    assert (framework.duties, framework.ksbs) == (911, 3549)


def check_the_cycle(cycle: Cycle) -> None:
    profiles = profiles_of(cycle.id)
    assert len(kept_statements(cycle.id)) == CAPABILITIES
    assert {each.status for each in profiles} == {ProfileStatus.RATIFIED}
    assert {each.role_level.academic_level for each in profiles} == {4, 6}
    assert len({each.name.casefold() for each in profiles}) == len(profiles)


def check_the_findings(played: Played) -> None:
    totals = played.found.totals
    assert (totals.capabilities, totals.duties) == (CAPABILITIES, 911)
    assert (totals.standards_compared, totals.standards_without_duties) == (65, 450)
    assert totals.supported + totals.unsupported == CAPABILITIES
    assert totals.unsupported == len(played.found.unsupported)
    assert 0 < totals.supported < CAPABILITIES
    for profile in played.found.profiles:
        assert profile.academic_level is not None
        assert 0 < len(profile.standings) <= 10
        for each in profile.standings:
            assert abs(each.level - profile.academic_level) <= 1
            assert 0 <= each.fit_percent <= 100
            assert 0 <= each.surplus_percent <= 100
            assert each.member_count == profile.member_count
        fits = [(-each.fit_percent, each.surplus_percent) for each in profile.standings]
        assert fits == sorted(fits)
        assert profile.best_fit_percent == profile.standings[0].fit_percent


def check_the_thresholds(cycle: Cycle) -> None:
    """A stricter threshold supports no more, and fits no better."""
    read = [findings(cycle.id, threshold) for threshold in THRESHOLDS]
    unsupported = [each.totals.unsupported for each in read if each]
    assert len(unsupported) == len(THRESHOLDS)
    assert unsupported == sorted(unsupported)
    assert unsupported[0] < unsupported[-1]
    best = [[profile.best_fit_percent for profile in each.profiles] for each in read if each]
    assert all(low >= high for low, high in zip(best[0], best[-1], strict=True))


def check_the_pages(client: ParsingClient, played: Played) -> None:
    root = f"/cycles/{played.cycle.id}/findings/"
    for page in ("quadrants", "fit", "priorities", "provision", "matches", "comparison"):
        assert client.get(root + page).status_code == 200, page
    assert TITLE in client.get(f"/cycles/{played.cycle.id}/map-and-gap/").text
    first = played.found.profiles[0]
    shown = client.get(f"{root}fit?profile={first.code}").text
    assert f"{first.standings[0].fit_percent:.1f}" in shown


def check_the_report(played: Played) -> None:
    said, totals = played.pdf.replace("\u00a0", " "), played.found.totals
    assert TITLE in said
    assert f"{totals.unsupported} of {CAPABILITIES} compared capabilities" in said
    for profile in played.found.profiles:
        best = profile.standings[0]
        assert f"{best.fit_percent:.1f} % {best.fit_count} of {best.member_count}" in said
    assert "Open Government Licence" in said
    assert "O*NET 29.3 Database" in said
