"""From needed capabilities to prototypes: bounds, places and sameness, over made-up role levels."""

import uuid
from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from consensus.grouping import GroupingSettings
from cycles.profiles.votes import Vote
from workshop.ratification.proposing import Level, Needed, propose

PARTNERS = tuple(uuid.UUID(int=700 + number) for number in range(3))
LEVEL = Level(uuid.UUID(int=900), "Technicians", 4)
AREAS = (None, ("Design", "Plans", "Drawings"), ("Implement", "Ovens", "Repairs"))


def needed(number: int, area: int, partners: frozenset[int]) -> Needed:
    return Needed(
        statement_id=uuid.UUID(int=number),
        text=f"Do {number}",
        place=AREAS[area],
        partner_ids=frozenset(PARTNERS[one] for one in partners),
        vote=Vote(1 + number % 3, "level", (0, 1, 9, 1)),
    )


ROWS = st.lists(
    st.tuples(st.integers(0, 2), st.frozensets(st.integers(0, 2)), st.integers(0, 5)),
    min_size=1,
    max_size=40,
)
BOUNDS = st.integers(1, 6).flatmap(
    lambda smallest: st.tuples(st.just(smallest), st.integers(2 * smallest - 1, 15))
)


@settings(max_examples=40, deadline=None)
@given(ROWS, BOUNDS)
def test_every_needed_capability_has_a_place_and_every_prototype_keeps_the_bounds(
    rows: list[tuple[int, frozenset[int], int]], bounds: tuple[int, int]
) -> None:
    wanted = [needed(number, area, tags) for number, (area, tags, _) in enumerate(rows, 1)]
    vectors = np.eye(6)[[place for *_, place in rows]]
    wishes = GroupingSettings(smallest=bounds[0], largest=bounds[1])
    found = propose(LEVEL, wanted, vectors, PARTNERS, wishes)
    first = Counter(
        one.statement_id for each in found.proposals for one in each.members if not one.is_second
    )
    assert first == Counter(one.statement_id for one in wanted)
    for proposal in found.proposals:
        assert len(proposal.levels) == len(proposal.members) <= wishes.largest
        own = sum(not one.is_second for one in proposal.members)
        assert own >= min(wishes.smallest, len(wanted))
        tags = [needs.partner_ids for needs in wanted if needs.statement_id in proposal.levels]
        shared = {one: sum(one in each for each in tags) for one in PARTNERS}
        assert shared.get(proposal.partner_id, 0) == max(shared.values())
    again = propose(LEVEL, wanted, vectors, PARTNERS, wishes)
    assert again.proposals == found.proposals
