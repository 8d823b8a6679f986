"""The sitting: in which order one person is asked about KSBs, and how it goes on by itself."""

import uuid
from collections.abc import Sequence

import pytest

from cycles.core.extensions import db
from cycles.ksbs.checks import mark_of
from cycles.ksbs.models import CapabilityKsb, KsbAnswer, KsbReview, KsbStatus
from cycles.ksbs.queries import ksbs_of
from cycles.ksbs.queue import (
    Asked,
    Filters,
    first_stop,
    is_open,
    next_in,
    next_stop,
    progress,
    read_filters,
    start_of,
    stops,
)
from cycles.profiles.models import Profile, ProfileCapability
from cycles.stages.words import Stage
from cycles.standards.models import KsbKind
from tests.client import ParsingClient
from tests.factories import NOW, Cast, add, make_role_level, make_statement

CAPABILITIES = [uuid.UUID(int=number) for number in range(1, 5)]


def asked(place: int, *, mine: bool = False, others: int = 0, **facts: object) -> Asked:
    defaults = {
        "ksb_id": uuid.uuid4(),
        "statement_id": CAPABILITIES[place],
        "kind": KsbKind.SKILL,
        "status": KsbStatus.SUGGESTED,
        "reviewers": others + mine,
        "is_mine": mine,
        "is_own": False,
        "is_decided": False,
    }
    return Asked(**{**defaults, **facts})


def order(rows: Sequence[Asked], start: int = 0) -> list[int]:
    return [CAPABILITIES.index(one.statement_id) for one in stops(rows, "", start)]


def test_capabilities_that_no_colleague_began_come_first() -> None:
    rows = [asked(0, others=1), asked(1), asked(2, mine=True), asked(3)]
    # One's own review moves nothing: the order stays the same while one works through it.
    assert order(rows) == [1, 2, 3, 0]


def test_each_educator_starts_at_another_place() -> None:
    rows = [asked(place) for place in range(4)]
    assert order(rows, 2) == [2, 3, 0, 1]
    people = [uuid.uuid4() for _ in range(3)]
    assert [start_of(one, people, 12) for one in people] == [0, 4, 8]
    assert start_of(uuid.uuid4(), people, 12) == 0


def test_what_is_open_under_each_filter() -> None:
    settled = {"status": KsbStatus.ACCEPTED}
    rows = {
        "new": asked(0),
        "mine": asked(0, mine=True),
        "differ": asked(0, mine=True, others=1),
        "one": asked(0, others=1, **settled),
        "two": asked(0, others=2, **settled),
        "decided": asked(0, others=1, is_decided=True, **settled),
    }
    found = {
        show: {name for name, one in rows.items() if is_open(one, show)}
        for show in ("", "differ", "second", "mine", "all")
    }
    assert found == {
        "": {"new"},
        "differ": {"differ"},
        "second": {"one"},
        "mine": {"mine", "differ"},
        "all": set(rows),
    }


def test_it_goes_on_within_the_capability_then_to_the_next_and_round_again() -> None:
    first, skipped, done, last = asked(1), asked(0), asked(0, mine=True), asked(0)
    ordered = stops([skipped, done, last, first], "", 0)
    here = ordered[0]
    assert next_in(here, done.ksb_id, "") == last.ksb_id
    assert next_in(here, last.ksb_id, "") == skipped.ksb_id
    assert next_stop(ordered, CAPABILITIES[0]) == ordered[1]
    assert next_stop(ordered, CAPABILITIES[1]) == ordered[0]
    assert first_stop(stops([done], "", 0)) is None
    assert stops([], "", 3) == ()


def test_progress_counts_suggestions_and_not_ones_own() -> None:
    rows = [asked(0), asked(0, mine=True), asked(0, mine=True, is_own=True), asked(1)]
    assert (progress(rows, "").done, progress(rows, "").total) == (1, 3)


def test_filters_are_read_from_the_address_and_nonsense_is_left_out() -> None:
    assert read_filters({"show": "differ", "kind": "skill"}).query() == {
        "show": "differ",
        "kind": "skill",
    }
    assert read_filters({"profile": "P-\x000001"}).profile == "P-0001"
    assert read_filters({"show": "x", "kind": "y", "profile": "P" * 99}) == Filters(
        profile="P" * 12
    )


@pytest.fixture
def queue(cast: Cast) -> str:
    """Two capabilities with two suggestions each; return the address of the queue."""
    cast.cycle.stage = Stage.CARRYING_OUT
    for number in (1, 2):
        statement = make_statement(cast.cycle, f"Bake bread {number}", number)
        for kind, text in ((KsbKind.KNOWLEDGE, "How dough proves"), (KsbKind.SKILL, "Knead")):
            add(
                CapabilityKsb(
                    cycle_id=cast.cycle.id,
                    statement_id=statement.id,
                    kind=kind,
                    text=f"{text} {number}",
                    suggested_text=f"{text} {number}",
                    source="Baker",
                    created_at=NOW,
                )
            )
    db.session.commit()
    return f"/cycles/{cast.cycle.id}/ksbs/queue"


def texts(cast: Cast) -> list[tuple[str, KsbStatus]]:
    db.session.expire_all()
    return [(one.text, one.status) for one in ksbs_of(cast.cycle.id)]


def decide(client: ParsingClient, cast: Cast, place: int, action: str, **facts: object):
    ksb = ksbs_of(cast.cycle.id)[place]
    base = f"/cycles/{cast.cycle.id}/ksbs"
    facts = {"page": f"{base}/queue/{ksb.statement_id}", **facts}
    to = f"{base}/{ksb.statement_id}/decide?sitting=1"
    return client.submit(to, ksb=f"{ksb.id}.{mark_of(ksb)}", action=action, **facts)


def read(answer: object) -> str:
    return " ".join(answer.get_data(as_text=True).split())


def test_a_sitting_without_scripts_goes_through_everything_and_says_when_it_is_done(
    cast: Cast, queue: str, client: ParsingClient
) -> None:
    client.sign_in(cast.eddy)
    first, second = (ksbs_of(cast.cycle.id)[place].statement_id for place in (0, 2))
    assert client.get(queue).location == f"{queue}/{first}"
    text = read(client.get(f"{queue}/{first}"))
    assert "0 of 4 reviewed" in text
    assert "2 capabilities to go" in text
    assert f'data-focus="ksb-{ksbs_of(cast.cycle.id)[0].id}"' in text
    answer = decide(client, cast, 0, "accept")
    assert answer.location == f"{queue}/{first}#ksb-{ksbs_of(cast.cycle.id)[1].id}"
    answer = decide(client, cast, 1, "reject")
    assert answer.location == f"{queue}/{second}#ksb-{ksbs_of(cast.cycle.id)[2].id}"
    rest = [f"{one.id}.{mark_of(one)}" for one in ksbs_of(cast.cycle.id)[2:]]
    address = f"/cycles/{cast.cycle.id}/ksbs/{second}/rest?sitting=1"
    answer = client.submit(address, page=f"{queue}/{second}", shown=rest, action="accept")
    assert answer.location == queue
    text = read(client.get(queue))
    assert "Nothing is left to review" in text
    assert "4 of 4 reviewed by you" in text
    answer = client.submit(f"{queue}/undo?sitting=1", page=queue)
    assert answer.location.startswith(f"{queue}/{second}#ksb-")
    assert [status for _, status in texts(cast)][2:] == [KsbStatus.SUGGESTED] * 2


def test_with_scripts_the_next_capability_comes_in_place_with_its_address(
    cast: Cast, queue: str, client: ParsingClient
) -> None:
    client.sign_in(cast.eddy)
    htmx = {"headers": {"HX-Request": "true"}}
    decide(client, cast, 0, "unsure", **htmx)
    answer = decide(client, cast, 1, "accept", **htmx)
    third = ksbs_of(cast.cycle.id)[2]
    assert answer.headers["HX-Push-Url"] == f"{queue}/{third.statement_id}"
    text = read(answer)
    assert text.startswith('<div id="review"')
    assert "1 KSB accepted. 2 of 4 reviewed Now: knowledge, How dough proves 2" in text
    assert f'data-focus="ksb-{third.id}"' in text


def test_the_filters_narrow_the_queue_by_kind_profile_and_difference(
    cast: Cast, queue: str, client: ParsingClient
) -> None:
    client.sign_in(cast.eddy)
    rows = ksbs_of(cast.cycle.id)
    assert "0 of 2 reviewed" in read(client.get(f"{queue}?kind=skill", follow_redirects=True))
    level = make_role_level(cast.cycle)
    profile = add(
        Profile(cycle_id=cast.cycle.id, role_level_id=level.id, code="P-0001", name="Baker")
    )
    statement_id = rows[2].statement_id
    add(
        ProfileCapability(
            cycle_id=cast.cycle.id, profile_id=profile.id, statement_id=statement_id, level=2
        )
    )
    db.session.commit()
    text = read(client.get(f"{queue}?profile=P-0001", follow_redirects=True))
    assert "Capability C-002" in text
    assert "P-0001 Baker: Practitioner" in text
    assert "Nothing fits these filters" in read(client.get(f"{queue}?show=differ"))
    for participant, answer in (
        (cast.educator, KsbAnswer.ACCEPT),
        (cast.employer, KsbAnswer.REJECT),
    ):
        add(
            KsbReview(
                cycle_id=cast.cycle.id,
                ksb_id=rows[1].id,
                participant_id=participant.id,
                answer=answer,
                reviewed_at=NOW,
            )
        )
    db.session.commit()
    text = read(client.get(f"{queue}?show=differ", follow_redirects=True))
    assert f'data-focus="ksb-{rows[1].id}"' in text


def test_undo_without_anything_to_undo_says_so(
    cast: Cast, queue: str, client: ParsingClient
) -> None:
    client.sign_in(cast.eddy)
    page = f"{queue}/{ksbs_of(cast.cycle.id)[0].statement_id}"
    answer = client.submit(f"{queue}/undo?sitting=1", page=page)
    assert answer.location == queue
    assert "There is nothing to undo" in read(client.get(queue, follow_redirects=True))
