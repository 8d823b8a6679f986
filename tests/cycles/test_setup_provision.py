"""The pages that choose frameworks and standards in use: what they save, ask first, and undo."""

import uuid
from typing import Any

import pytest

from cycles.core.extensions import db
from cycles.setup.provision import ChosenFramework, frameworks_of, standards_in_use_of
from cycles.standards.models import Framework, KsbKind, StandardKsb
from tests.client import ParsingClient
from tests.factories import Cast, add, compare_with, make_framework, make_standard


@pytest.fixture
def frameworks(cast: Cast, client: ParsingClient) -> tuple[Framework, Framework]:
    """Two frameworks, Alder with a duty and Birch with nothing but skills; Ada is signed in."""
    alder, birch = make_framework("Alder"), make_framework("Birch")
    make_standard(alder)
    bare = make_standard(birch, "B0001", "Weaver", duties=())
    skill = {"reference": "S1", "code": "S1", "kind": KsbKind.SKILL, "position": 2}
    add(StandardKsb(standard_id=bare.id, text="Weave cloth", **skill))
    db.session.commit()
    client.sign_in(cast.ada)
    return alder, birch


def path_of(cast: Cast) -> str:
    return f"/cycles/{cast.cycle.id}/set-up/framework"


def send(client: ParsingClient, cast: Cast, *ticked: Framework, **fields: Any) -> Any:
    path = path_of(cast)
    text = client.get(path).text
    marker = 'name="seen" value="'
    start = text.index(marker) + len(marker)
    told = {"threshold_percent": "50", "seen": text[start : text.index('"', start)], **fields}
    return client.submit(path, frameworks=[str(each.id) for each in ticked], **told)


def names(cast: Cast) -> list[str]:
    return [each.framework.name for each in frameworks_of(cast.cycle.id)]


def test_several_frameworks_are_ticked_ordered_and_told_apart(
    client: ParsingClient, cast: Cast, frameworks: tuple[Framework, Framework]
) -> None:
    alder, birch = frameworks
    page = client.get(path_of(cast)).text
    for words in (
        "1 standard: 1 with duties, none without; 2 duties.",
        "1 standard: 0 with duties, 1 without; 0 duties.",
        "Snapshot of 2 March 2026, licence not recorded.",
        "1 standard has skills and no duties. Skills were not written to be matched",
        f'href="/standards/{alder.id}"',
    ):
        assert words in page
    assert page.count("Use skills where a standard has no duties") == 1
    assert send(client, cast, alder, birch, with_skills=str(birch.id)).status_code == 303
    chosen = (ChosenFramework(alder, False), ChosenFramework(birch, True))
    assert frameworks_of(cast.cycle.id) == chosen
    moved = send(client, cast, alder, birch, with_skills=str(birch.id), up=str(birch.id))
    assert moved.location.endswith(f"/framework#framework-{birch.id}")
    assert frameworks_of(cast.cycle.id) == chosen[::-1]
    overview = client.get(f"/cycles/{cast.cycle.id}/set-up").text
    assert "Birch, snapshot of 2 March 2026; Alder" in overview


def test_standards_in_use_are_set_aside_only_when_confirmed_and_come_back(
    client: ParsingClient, cast: Cast, frameworks: tuple[Framework, Framework]
) -> None:
    alder, birch = frameworks
    standard = make_standard(alder, "T0002", "Miller")
    compare_with(cast.cycle, alder, birch)
    in_use = f"/cycles/{cast.cycle.id}/set-up/current-state"
    client.submit(f"{in_use}/add", in_use, standard=str(standard.id))
    refused = send(client, cast, birch)
    assert refused.status_code == 422
    assert "set aside with their framework: 1 of Alder" in refused.text
    assert names(cast) == ["Alder", "Birch"]
    assert send(client, cast, birch, may_set_aside="y").status_code == 303
    assert standards_in_use_of(cast.cycle.id) == []
    # What is done to the others meanwhile leaves those that are set aside alone.
    weaver = birch_standard()
    client.submit(f"{in_use}/add", in_use, standard=str(weaver))
    client.submit(f"{in_use}/{weaver}/remove", in_use)
    assert send(client, cast, alder).status_code == 303
    assert standards_in_use_of(cast.cycle.id) == [standard]


def birch_standard() -> uuid.UUID:
    return db.session.query(StandardKsb.standard_id).filter_by(text="Weave cloth").one()[0]


def test_a_bad_choice_is_refused_with_what_to_do(
    client: ParsingClient, cast: Cast, frameworks: tuple[Framework, Framework]
) -> None:
    nothing = send(client, cast)
    assert nothing.status_code == 422
    assert nothing.text.count("Tick at least one framework to compare with.") == 2
    low = send(client, cast, frameworks[0], threshold_percent="39")
    assert low.text.count("Enter a threshold from 40 to 99.") == 2
    gone = send(client, cast, Framework(id=uuid.uuid4()))
    assert "no longer there" in gone.text
    assert names(cast) == []


def test_the_second_convener_sees_which_frameworks_were_chosen_meanwhile(
    client: ParsingClient, cast: Cast, frameworks: tuple[Framework, Framework]
) -> None:
    alder, birch = frameworks
    answer = send(client, cast, birch, alder, seen="0")
    assert answer.status_code == 409
    assert "Birch, Alder" in answer.text
    assert answer.text.count('name="frameworks"') == 2


def test_without_a_framework_the_page_says_who_imports_one(
    client: ParsingClient, cast: Cast
) -> None:
    page = client.sign_in(cast.ada).get(path_of(cast)).text
    assert "No framework of standards yet" in page
    assert "An administrator imports them" in page


def test_standards_in_use_are_found_in_every_framework_and_name_theirs(
    client: ParsingClient, cast: Cast, frameworks: tuple[Framework, Framework]
) -> None:
    alder, birch = frameworks
    compare_with(cast.cycle, birch, alder)
    db.session.commit()
    page = client.get(f"/cycles/{cast.cycle.id}/set-up/current-state").text
    assert "T0001, level 3, Alder" in page
    assert "B0001, level 3, Birch" in page
