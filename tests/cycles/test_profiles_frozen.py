"""What was ratified: kept word for word, refused by the database itself, and read back."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import delete, text
from sqlalchemy.exc import DBAPIError

from consensus.ratifying import PanelRule
from cycles.core import settings
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.profiles import commands, standing
from cycles.profiles.models import Profile, ProfileStatus, ProfileVersion
from cycles.profiles.versions import (
    is_intact,
    latest_version,
    latest_versions,
    read,
    versions_of,
)
from cycles.setup.models import Cycle
from tests.client import ParsingClient
from tests.conftest import database_url
from tests.cycles.profile_cases import PIA, Case, make_case, ratify
from tests.factories import NOW, Cast, make_cast
from wsgi import create_app

BY = {"actor": PIA, "moment": NOW}


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(cast)


def change(case: Case) -> None:
    """Leave one vote, add one capability, remove one."""
    agreed, provisional, profile = case.agreed, case.provisional, case.profile
    commands.change_level(
        profile=profile, member=agreed, level=3, reason="Safety", seen=agreed.version, **BY
    )
    commands.add_capability(
        profile=profile, statement=case.spare, level=1, reason="Nights", vote=None, **BY
    )
    commands.remove_capability(
        profile=profile, member=provisional, reason="Not ours", seen=provisional.version, **BY
    )


def test_a_version_holds_the_profile_with_every_difference_and_its_dissent(case: Case) -> None:
    change(case)
    content = read(ratify(case.profile, "Too thin"))
    assert (content.code, content.name) == ("P-0001", "Oven technician")
    assert (content.role_level, content.academic_level) == ("Technicians", 3)
    first, second = content.members
    assert (first.code, first.level, first.voted_level, first.reason) == ("C-001", 3, 2, "Safety")
    assert first.vote == "voted Practitioner, 16 of 20"
    assert first.difference == "Voted Practitioner, ratified Expert"
    assert (second.difference, second.vote) == (
        "Added by the panel",
        "not voted on at this role level",
    )
    assert [(one.code, one.reason) for one in content.removed] == [("C-002", "Not ours")]
    assert (content.approvals, content.objections) == (2, ("Too thin",))
    assert (content.quorum, content.rule) == (2, PanelRule.TWO_THIRDS)


def test_what_is_called_otherwise_since_is_told_beside_the_version_and_never_in_it(
    case: Case, client: ParsingClient
) -> None:
    version = ratify(case.profile)
    case.profile.role_level.name = "Night shift"
    case.agreed.statement.text = "Calibrate every probe"
    db.session.commit()
    content = read(version)
    assert (content.role_level, content.members[0].text) == (
        "Technicians",
        "Calibrate oven sensors",
    )
    path = f"/cycles/{case.cast.cycle.id}/profiles/{case.profile.id}/versions/1"
    told = client.sign_in(case.cast.tom).get(path).get_data(as_text=True)
    assert "The role level is now called Night shift." in told
    assert "C-001 was reworded: “Calibrate every probe”" in told


def test_versions_are_numbered_and_stay_when_a_profile_is_reopened(case: Case) -> None:
    first = ratify(case.profile)
    with pytest.raises(Invalid, match="reopened"):
        standing.reopen(profile=case.profile, reason=" ", version=case.profile.version, **BY)
    standing.reopen(profile=case.profile, reason="New", version=case.profile.version, **BY)
    assert (case.profile.status, case.profile.ratified_at) == (ProfileStatus.PROPOSED, None)
    with pytest.raises(Closed, match="not ratified"):
        standing.reopen(profile=case.profile, reason="New", version=case.profile.version, **BY)
    change(case)
    second = ratify(case.profile)
    assert [one.number for one in versions_of(case.profile.id)] == [1, 2]
    assert latest_version(case.profile.id) is second
    assert latest_versions(case.profile.cycle_id) == {case.profile.id: second}
    assert read(first).members != read(second).members
    assert first.digest != second.digest
    assert is_intact(first)
    assert is_intact(second)


TAMPERINGS = (
    "UPDATE profile_capability SET level = 1",
    "UPDATE profile_capability SET is_removed = true",
    "DELETE FROM profile_capability",
    "UPDATE profile SET name = 'Another'",
    "UPDATE profile SET partner_id = role_level_id",
    "DELETE FROM profile",
    "UPDATE profile_version SET digest = 'x'",
    "DELETE FROM profile_version",
)


@pytest.mark.parametrize("statement", TAMPERINGS)
def test_the_database_refuses_to_change_what_was_ratified(case: Case, statement: str) -> None:
    ratify(case.profile)
    with pytest.raises(DBAPIError, match="ratified"), db.session.begin_nested():
        db.session.execute(text(statement))


def test_nothing_comes_into_a_ratified_profile_past_the_commands(case: Case) -> None:
    ratify(case.profile)
    with pytest.raises(DBAPIError, match="ratified"), db.session.begin_nested():
        commands.new_member(case.profile, case.spare, None)


def test_a_whole_cycle_can_be_deleted_with_what_was_ratified_in_it(case: Case) -> None:
    ratify(case.profile)
    db.session.execute(delete(Cycle).where(Cycle.id == case.cast.cycle.id))
    db.session.expire_all()
    assert db.session.query(ProfileVersion).count() == db.session.query(Profile).count() == 0


def test_the_levels_that_are_shown_and_downloaded_are_the_ratified_ones(
    case: Case, client: ParsingClient
) -> None:
    change(case)
    version = read(ratify(case.profile))
    db.session.commit()
    base = f"/cycles/{case.profile.cycle_id}/profiles/{case.profile.id}"
    client.sign_in(case.cast.sol)
    lines = client.get(f"{base}/download.csv").get_data(as_text=True).splitlines()
    assert "Voted Practitioner, ratified Expert" in client.get(base).get_data(as_text=True)
    for one in version.members:
        words = ("", "Awareness", "Practitioner", "Expert")[one.level]
        assert any(f",{one.code}," in line and f",yes,{words}," in line for line in lines)


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of its own that migrations made."""
    given = {"PYTHIA_INSTANCE": str(tmp_path), "DATABASE_URL": database_url(tmp_path, "frozen")}
    made = create_app(settings.read(given))
    with made.app_context():
        upgrade()
        yield made
        db.session.remove()
        db.engine.dispose()


def test_what_was_ratified_before_becomes_a_first_version_and_is_frozen(migrated: Flask) -> None:
    case = make_case(make_cast())
    change(case)
    wanted = read(ratify(case.profile))
    profile_id = case.profile.id
    db.session.commit()
    db.session.remove()
    downgrade(revision="0016")
    db.session.execute(text("DELETE FROM profile_version"))
    db.session.commit()
    upgrade()
    version = latest_version(profile_id)
    assert (version.number, version.ratified_at) == (1, NOW)
    assert is_intact(version)
    assert read(version) == replace(wanted, approvals=0)
    for statement in TAMPERINGS:
        with pytest.raises(DBAPIError, match="ratified"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_a_version_says_when_it_is_not_what_was_ratified(case: Case) -> None:
    version = ProfileVersion(
        id=uuid.uuid4(), number=1, content={"name": "Another"}, digest="0" * 64
    )
    assert not is_intact(version)
