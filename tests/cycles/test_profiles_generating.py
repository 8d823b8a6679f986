"""What a generation would do to the profiles that stand, and names: pure, over made-up cycles."""

import uuid
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from consensus.grouping import Why
from cycles.profiles.drafts import pack, unpack
from cycles.profiles.naming import NEAREST, Centre, Title, one_name_each, suggest, worth_keeping
from cycles.profiles.planning import ALIKE, Fate, Plan, Standing, Stays, overlap, plan
from cycles.profiles.proposals import Proposal, ProposedMember, SuggestedName
from cycles.profiles.votes import MinorityReason, Vote

LEVELS = (uuid.UUID(int=901), uuid.UUID(int=902))
CAPABILITIES = [uuid.UUID(int=number) for number in range(1, 13)]
WHY = Why(similarity=0.5, mates=2, shares_area=1, shares_partner=0)
TITLES = ("Baker", "Miller", "Brewer", "Cooper")


def proposal(
    members: dict[uuid.UUID, int], level: uuid.UUID = LEVELS[0], *names: tuple[str, float]
) -> Proposal:
    return Proposal(
        role_level_id=level,
        role_level_name="Technicians",
        partner_id=None,
        about="Ovens",
        suggested_names=tuple(SuggestedName(title, score, "Source") for title, score in names),
        members=tuple(
            ProposedMember(key, Vote(held, "level", (0, 1, 9, 1)), WHY, is_second=False)
            for key, held in members.items()
        ),
    )


def standing(
    number: int, members: dict[uuid.UUID, int], stays: Stays | None = None, **facts: Any
) -> Standing:
    return Standing(
        id=uuid.UUID(int=5000 + number),
        code=f"P-{number:04d}",
        name=facts.get("name", f"Profile {number}"),
        role_level_id=facts.get("level", LEVELS[0]),
        levels=members,
        stays=stays,
    )


def some(first: int, last: int, level: int = 2) -> dict[uuid.UUID, int]:
    return dict.fromkeys(CAPABILITIES[first:last], level)


MEMBERS = st.dictionaries(st.sampled_from(CAPABILITIES), st.integers(1, 3), min_size=1, max_size=8)
PROPOSALS = st.lists(
    st.builds(
        proposal,
        MEMBERS,
        st.sampled_from(LEVELS),
        st.tuples(st.sampled_from(TITLES), st.floats(0, 1)),
        st.tuples(st.sampled_from(TITLES), st.floats(0, 1)),
    ),
    max_size=5,
)
STANDING = st.lists(
    st.tuples(MEMBERS, st.sampled_from((None, *Stays)), st.sampled_from(LEVELS)), max_size=5
).map(
    lambda many: [
        standing(number, members, stays, level=level)
        for number, (members, stays, level) in enumerate(many, 1)
    ]
)


@settings(max_examples=120, deadline=None)
@given(PROPOSALS, STANDING)
def test_whatever_is_found_nothing_decided_is_touched_and_nothing_needed_is_forgotten(
    proposals: list[Proposal], profiles: list[Standing]
) -> None:
    made = plan(proposals, profiles, 40)
    assert plan(proposals, profiles, 40) == made
    decided = [one for one in profiles if one.stays]
    assert list(made.staying) == decided
    touched = {one.id for one in made.gone} | {
        line.standing.id for line in made.fresh if line.standing
    }
    assert touched == {one.id for one in profiles if not one.stays}
    assert len(touched) == len(made.gone) + sum(line.standing is not None for line in made.fresh)
    assert [line.proposal for line in made.lines] == proposals
    check_codes_and_names(made, profiles)
    check_every_capability_has_a_place(made)


def check_codes_and_names(made: Plan, profiles: list[Standing]) -> None:
    codes = [line.code for line in made.fresh] + [one.code for one in made.staying]
    assert len(codes) == len(set(codes))
    used = {one.code for one in profiles}
    assert all((line.code in used) == (line.standing is not None) for line in made.lines)
    names = [line.name.casefold() for line in made.fresh]
    names += [one.name.casefold() for one in made.staying]
    assert len(names) == len(set(names))


def check_every_capability_has_a_place(made: Plan) -> None:
    held = {
        (one.role_level_id, key)
        for one in made.staying
        if one.stays != Stays.WITHDRAWN
        for key in one.levels
    } | {(line.proposal.role_level_id, key) for line in made.fresh for key in line.proposal.levels}
    needed = {
        (line.proposal.role_level_id, key) for line in made.lines for key in line.proposal.levels
    }
    assert needed - held == set(made.unplaced)
    assert held.isdisjoint(made.unplaced)


@settings(max_examples=60, deadline=None)
@given(PROPOSALS)
def test_the_same_again_changes_nothing(proposals: list[Proposal]) -> None:
    first = plan(proposals, [], 1)
    stands = [
        standing(number, line.proposal.levels, name=line.name, level=line.proposal.role_level_id)
        for number, line in enumerate(first.lines, 1)
    ]
    again = plan(proposals, stands, 50)
    assert not again.gone
    assert {line.fate for line in again.lines} <= {Fate.SAME}


def test_a_prototype_that_is_mostly_as_before_keeps_its_code_and_says_what_changes() -> None:
    before = standing(3, some(0, 4) | some(4, 5, 1), name="Baker")
    line = plan([proposal(some(1, 6), LEVELS[0], ("Baker", 0.4))], [before], 9).lines[0]
    assert (line.fate, line.code, line.name) == (Fate.CHANGED, "P-0003", "Baker")
    assert (line.comes, line.goes) == ((CAPABILITIES[5],), (CAPABILITIES[0],))
    assert line.relevelled == (CAPABILITIES[4],)
    renamed = plan([proposal(some(1, 6), LEVELS[0], ("Miller", 0.4))], [before], 9).lines[0]
    assert renamed.name == "Miller"


def test_another_primary_partner_is_a_change_and_another_plan() -> None:
    found, before = proposal(some(0, 4)), standing(1, some(0, 4))
    same = plan([found], [before], 2)
    other = replace(found, partner_id=uuid.UUID(int=7))
    changed = plan([other], [same.lines[0].standing], 2)
    assert [same.lines[0].fate, changed.lines[0].fate] == [Fate.SAME, Fate.CHANGED]
    assert same.digest != changed.digest


def test_half_in_common_is_the_same_and_less_is_another() -> None:
    assert overlap(some(0, 3).keys(), some(1, 4).keys()) == ALIKE
    assert plan([proposal(some(1, 4))], [standing(1, some(0, 3))], 2).lines[0].fate == Fate.CHANGED
    less = plan([proposal(some(2, 5))], [standing(1, some(0, 3))], 2)
    assert [line.code for line in less.lines] == ["P-0002"]
    assert [one.code for one in less.gone] == ["P-0001"]


def test_what_repeats_a_withdrawn_profile_is_left_out_and_its_capabilities_are_named() -> None:
    made = plan([proposal(some(0, 4))], [standing(1, some(0, 4), Stays.WITHDRAWN)], 2)
    assert made.lines[0].fate == Fate.REPEAT
    assert [key for _, key in made.unplaced] == CAPABILITIES[:4]


def test_another_plan_has_another_digest() -> None:
    found = [proposal(some(0, 4))]
    stands = standing(1, some(0, 4))
    digests = {
        plan(found, one, 2).digest for one in ([], [stands], [replace(stands, stays=Stays.TOUCHED)])
    }
    assert len(digests) == 3
    assert plan(found, [stands], 2).digest in digests


def test_a_title_goes_to_the_prototype_nearest_to_it() -> None:
    far = proposal(some(0, 2), LEVELS[0], ("Baker", 0.4), ("Miller", 0.3))
    near = proposal(some(2, 4), LEVELS[1], ("baker", 0.7))
    third = proposal(some(4, 6), LEVELS[1], ("Baker", 0.2))
    assert one_name_each([far, near, third], {"MILLER"}) == [
        "Baker: Ovens",
        "baker",
        "Baker: Ovens (Technicians)",
    ]


def test_names_come_from_every_source_with_score_level_and_without_repeats() -> None:
    titles = [
        Title("Oven technician", "Standards T1", 3),
        Title("Oven director", "Standards T9", 7),
        Title("oven technician", "O*NET 51-3011.00", None),
        Title("Baker", "O*NET 51-3011.01", None),
        Title("oven operator", "ESCO 8160.1", None),
    ]
    vectors = {"Oven technician": 1.0, "oven technician": 0.9, "Baker": 0.2}
    vectors |= {"Oven director": 0.99, "oven operator": 0.6}

    def read(texts: list[str]) -> np.ndarray:
        return np.array([[vectors[text], np.sqrt(1 - vectors[text] ** 2)] for text in texts])

    centres = [Centre(np.array([2.0, 0.0]), 3), Centre(np.array([3.0, 0.0]), None)]
    low, unknown = suggest(centres, titles, read)
    assert [(one.title, one.score, one.source, one.level) for one in low] == [
        ("Oven technician", 1.0, "Standards T1", 3),
        ("oven operator", 0.6, "ESCO 8160.1", None),
        ("Baker", 0.2, "O*NET 51-3011.01", None),
    ]
    assert unknown[1].title == "Oven director"
    assert suggest(centres, [], read) == [(), ()]


def test_the_nearest_of_many_titles_are_those_of_a_plain_sort() -> None:
    draw = np.random.default_rng(7)
    rows = draw.normal(size=(9000, 8))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    titles = [Title(f"Title {number}", "ESCO", number % 8 or None) for number in range(len(rows))]
    centre = Centre(rows[0] + rows[1], 4)
    found = suggest([centre], titles, lambda texts: rows[[int(t.split()[1]) for t in texts]])[0]
    scores = rows @ (centre.vector / np.linalg.norm(centre.vector))
    allowed = [n for n in range(len(rows)) if n % 8 in (0, 3, 4, 5)]
    expected = sorted(allowed, key=lambda n: (-round(float(scores[n]), 4), n))[:NEAREST]
    assert [one.title for one in found] == [f"Title {number}" for number in expected]


def test_the_suggestion_that_became_the_name_is_kept_with_its_score() -> None:
    names = tuple(SuggestedName(f"Title {number}", 0.5, "ESCO") for number in range(6))
    kept = worth_keeping(names, "title 5")
    assert [one.title for one in kept] == ["Title 0", "Title 1", "Title 2", "Title 5"]


def test_a_draft_gives_back_what_was_packed() -> None:
    vote = Vote(
        3, "adjacent", (), "stable dissent", True, reasons=(MinorityReason("lower", "Rarely"),)
    )
    member = ProposedMember(CAPABILITIES[0], vote, replace(WHY, similarity=None), is_second=True)
    found = replace(proposal(some(0, 2), LEVELS[0], ("Baker", 0.5)), members=(member,))
    assert unpack(pack([found])) == (found,)
