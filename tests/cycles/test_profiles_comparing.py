"""Profiles side by side: the arithmetic, and the page and file that people read."""

import csv
import io
import uuid
from itertools import product

import pytest

from cycles.core.extensions import db
from cycles.profiles.comparing import Kind, Row, overlap, rows_of, similar
from cycles.profiles.models import Profile, ProfileCapability
from tests.client import ParsingClient
from tests.cycles.profile_cases import Case, make_case
from tests.factories import Cast, add

A, B, C, D = (uuid.UUID(int=number) for number in range(1, 5))


def test_an_overlap_counts_shared_capabilities_and_those_at_the_same_level() -> None:
    found = overlap({A: 1, B: 2, C: 3}, {B: 2, C: 1, D: 1})
    assert (found.shared, found.either, found.same_level, found.share) == (2, 4, 1, 0.5)
    assert overlap({}, {}).share == 0


def test_an_overlap_is_the_same_both_ways_and_within_its_bounds() -> None:
    columns = [
        {one: level for one, level in zip((A, B, C), levels, strict=True) if level}
        for levels in product(range(3), repeat=3)
    ]
    for left, right in product(columns, repeat=2):
        found = overlap(left, right)
        assert found == overlap(right, left)
        assert 0 <= found.same_level <= found.shared <= found.either
        assert found.shared + found.either == len(left) + len(right)


def test_rows_say_who_holds_a_capability_and_how_far_levels_are_apart() -> None:
    rows = rows_of([A, B, C, D], [{A: 1, B: 2}, {A: 3}, {A: 1, B: 2}])
    assert rows == (Row(A, (1, 3, 1)), Row(B, (2, None, 2)))
    assert [row.kind for row in rows] == [Kind.ALL, Kind.SOME]
    assert [row.apart for row in rows] == [2, 0]


def test_similar_profiles_stand_by_the_part_they_share_and_share_something() -> None:
    own, near, far, none = (uuid.uuid4() for _ in range(4))
    held = {own: {A: 1, B: 1}, far: {A: 1, C: 1, D: 1}, near: {A: 2, B: 1}, none: {D: 1}}
    assert [each for each, _ in similar(own, held, 5)] == [near, far]
    assert len(similar(own, held, 1)) == 1


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(cast)


def another(case: Case, code: str, *held: tuple[uuid.UUID, int]) -> Profile:
    profile = add(
        Profile(
            cycle_id=case.cast.cycle.id,
            role_level_id=case.profile.role_level_id,
            code=code,
            name=f"Baker {code}",
        )
    )
    for statement_id, level in held:
        add(
            ProfileCapability(
                cycle_id=profile.cycle_id,
                profile_id=profile.id,
                statement_id=statement_id,
                level=level,
                is_second_membership=True,
                why={},
            )
        )
    db.session.commit()
    return profile


def address(case: Case, *profiles: Profile, ending: str = "") -> str:
    query = "&".join(f"profile={one.id}" for one in profiles)
    return f"/cycles/{case.cast.cycle.id}/profiles/compare{ending}?{query}"


def read(answer: object) -> str:
    return " ".join(answer.get_data(as_text=True).split())


def test_two_profiles_stand_side_by_side(case: Case, client: ParsingClient) -> None:
    other = another(case, "P-0002", (case.agreed.statement_id, 3), (case.spare.id, 1))
    client.sign_in(case.cast.sol)
    text = read(client.get(address(case, case.profile, other)))
    assert "Shared by both (1)" in text
    assert "one level apart" in text
    assert "Only in P-0001 Oven technician (1)" in text
    assert "Only in P-0002 Baker P-0002 (1)" in text
    assert "1 of 3 shared, 0 at the same level" in text
    assert "no map-and-gap run yet" in text
    different = read(client.get(f"{address(case, case.profile, other)}&only=different"))
    assert "1 of 3 capabilities" in different
    answer = client.get(address(case, case.profile, other, ending=".csv"))
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert rows[0][5:] == [
        "P-0001 Oven technician",
        "P-0002 Baker P-0002",
        "Profiles that hold it",
        "Levels",
    ]
    assert [row[5:] for row in rows[1:]] == [
        ["P", "E", "2", "one level apart"],
        ["P", "", "1", ""],
        ["", "A", "1", ""],
    ]


def test_none_one_and_too_many_are_told_what_to_do(case: Case, client: ParsingClient) -> None:
    others = [another(case, f"P-000{number}", (case.spare.id, 1)) for number in range(2, 6)]
    client.sign_in(case.cast.tom)
    assert "Choose a profile" in read(client.get(address(case)))
    alone = read(client.get(address(case, case.profile, case.profile)))
    assert "Choose at least one more profile" in alone
    many = read(client.get(address(case, case.profile, *others)))
    assert "You chose 5 profiles" in many
    assert many.count("Take out") == 4
    assert client.get(address(case, ending=".xlsx")).status_code == 303


def test_a_profile_of_another_cycle_is_not_found(case: Case, client: ParsingClient) -> None:
    client.sign_in(case.cast.tom)
    here = f"/cycles/{case.cast.cycle.id}/profiles/compare"
    assert client.get(f"{here}?profile={uuid.uuid4()}").status_code == 404
    assert client.get(f"{here}?profile=nonsense").status_code == 404
    client.sign_in(case.cast.eve)
    there = f"/cycles/{case.cast.other_cycle.id}/profiles/compare?profile={case.profile.id}"
    assert client.get(there).status_code == 404


def test_a_profile_names_the_other_one_that_holds_a_capability(
    case: Case, client: ParsingClient
) -> None:
    another(case, "P-0002", (case.agreed.statement_id, 3))
    client.sign_in(case.cast.sol)
    page = f"/cycles/{case.cast.cycle.id}/profiles/{case.profile.id}"
    text = read(client.get(page))
    assert "P-0002 Baker P-0002</a>: second membership there" in text
    assert "1 of 2 shared, 0 at the same level" in text
    assert "1 of 2 capabilities" in read(client.get(f"{page}?show=second"))
