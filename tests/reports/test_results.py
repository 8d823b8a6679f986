"""Results: the rows behind a document, past the gate; kept by what changed them last."""

import hashlib
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import delete, select, update

from cycles.core.audit import Actor
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.profiles.trail import ChangeKind, note
from cycles.standards.models import Duty
from cycles.statements.commands import merge, reword
from cycles.statements.models import CapabilityStatement, StatementStatus
from reports.document.assembling import assemble
from reports.document.commands import take_snapshot
from reports.document.models import Snapshot
from reports.document.packing import canonical, plain
from reports.mapping.queries import findings
from reports.results.gathering import results_of
from reports.results.models import SnapshotDetail
from reports.results.packing import pack, unpack
from reports.results.provision import findings_at, reading_at
from reports.results.queries import forget, snapshot_results, working_results
from reports.results.records import CellLine, Detail, GroupCounts
from reports.results.results import Results
from tests.architecture.test_query_counts import asked
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast, make_partner, make_statement
from tests.reports.mapping_cases import MIX, make_profile
from tests.reports.report_cases import Baked, bake
from tests.reports.reviewing_cases import REJECTED, judge, take_back
from tests.workshop.rating import make_room
from tests.workshop.test_dissent import WORDS, dissenting
from workshop.rooms.commands import close_workshop, plan_workshop
from workshop.rooms.models import Item, ItemVerdict, WorkshopKind

MOST_ASKED = 60


@pytest.fixture(autouse=True)
def fresh() -> None:
    forget()


@pytest.fixture
def baked(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Baked:
    return bake(cast, run_jobs)


def results(baked: Baked) -> Results:
    return working_results(baked.cycle.id)


def cell(found: Results, statement: CapabilityStatement) -> CellLine:
    return found.cells_of[statement.code][0]


def mix_duty() -> Duty:
    return db.session.scalars(select(Duty).where(Duty.text == MIX)).one()


def test_a_cell_tells_what_it_was_judged_from(baked: Baked) -> None:
    found = cell(results(baked), baked.bakery.mix)
    assert (found.outcome, found.voted, found.holds) == (
        "Agreed on a level",
        "Practitioner",
        "Practitioner",
    )
    assert (found.n, found.counts, found.abstained) == (6, (0, 1, 5, 0), 0)
    assert (found.lower_median, found.upper_median) == ("Practitioner", "Practitioner")
    assert found.agreement is not None
    assert [(each.number, each.n, each.counts) for each in found.history] == [(1, 6, (0, 1, 5, 0))]


def test_of_a_cell_that_too_few_rated_no_number_is_told(baked: Baked) -> None:
    found = cell(results(baked), baked.bakery.route)
    assert (found.outcome, found.holds) == ("Too few rated", "")
    assert (found.n, found.counts, found.abstained) == (None, (), None)
    assert {found.agreement, found.consensus, found.luck, found.is_stable} == {None}
    assert (found.lower_median, found.upper_median, found.groups) == ("", "", ())
    assert [(each.n, each.counts) for each in found.history] == [(None, ())]


def test_two_people_are_no_two_camps(cast: Cast, baked: Baked) -> None:
    # Each of two raters would know what the other one answered.
    item = select(Item.id).where(Item.statement_id == baked.bakery.route.id)
    apart = {"counts": [1, 0, 0, 1], "is_two_camps": True, "is_fragile": True}
    db.session.execute(update(ItemVerdict).where(ItemVerdict.item_id.in_(item)).values(apart))
    db.session.commit()
    document, detail = results_of(baked.cycle.id, number=1, moment=NOW)
    line = next(each for each in detail.cells if each.code == baked.bakery.route.code)
    told = next(each for each in document.agreement.dissent if each.code == line.code)
    assert (line.is_two_camps, line.is_fragile, told.is_two_camps) == (False, False, False)
    marked = [each for each in detail.cells if each.is_two_camps]
    assert document.agreement.two_camps == len(marked)


def test_the_cells_add_up_to_what_the_document_counts(baked: Baked) -> None:
    found = results(baked)
    told, cells = found.document.agreement, found.detail.cells
    assert len(cells) == told.judged
    assert sum(each.is_settled for each in cells) == told.settled
    for tally in told.outcomes:
        assert sum(each.outcome == tally.name for each in cells) == tally.count
    for tally in told.closings:
        assert sum(each.closing == tally.name for each in cells) == tally.count


def test_dissent_comes_with_its_minority_reasons_and_decision(cast: Cast) -> None:
    room = dissenting(cast)
    found = cell(working_results(room.cycle.id), room.statements[0])
    assert found.minority == "3 of 8 said Not needed"
    assert found.reasons == (f"For a lower level: {WORDS}",)
    assert (found.is_decided, found.decision, found.holds) == (True, "It is.", "Practitioner")
    assert [each.number for each in found.history] == [1, 2]


def test_parts_of_the_panel_are_told_once_the_workshop_is_over(cast: Cast) -> None:
    room = make_room(cast, employers=8, statements=1)
    partner = make_partner(room.cycle)
    for participant in room.employers[:4]:
        participant.partner_id = partner.id
    round_ = room.open_round()
    room.answer(round_, room.asked(round_)[0], "AAAAEEEE")
    room.close(round_)
    db.session.commit()
    assert cell(working_results(room.cycle.id), room.statements[0]).groups == ()
    close_workshop(workshop=room.workshop, actor=room.actor, moment=NOW)
    db.session.commit()
    found = cell(working_results(room.cycle.id), room.statements[0]).groups
    assert found == (
        GroupCounts("Manufacturer", (0, 4, 0, 0)),
        GroupCounts("No partner", (0, 0, 0, 4)),
    )


def test_a_capability_tells_what_became_of_it(baked: Baked) -> None:
    mix, other = baked.bakery.mix, make_statement(baked.cycle, "Mix batter to a recipe", 90)
    actor, moment = baked.actor, NOW
    merge(statement=other, into=mix, reason="The same", actor=actor, moment=moment)
    reword(
        statement=mix, text="Mix dough to any recipe", reason="Wider", actor=actor, moment=moment
    )
    db.session.commit()
    found = results(baked).capability_facts[mix.code]
    assert found.source == "Written in this cycle"
    assert [line.split(": ", 1)[1] for line in found.trail] == [
        f"took another statement in ({other.code}: The same)",
        f"reworded (Wider). Before: “{MIX}”",
    ]


def test_a_profile_tells_its_trail_and_names_nobody(cast: Cast, baked: Baked) -> None:
    profile = baked.bakery.operator
    by = Actor(cast.pia.id, cast.pia.name)
    note(
        profile=profile,
        kind=ChangeKind.LEVEL,
        actor=by,
        moment=NOW,
        statement_id=baked.bakery.mix.id,
        before="Awareness",
        after="Expert",
        reason="Ovens changed",
    )
    note(profile=profile, kind=ChangeKind.OBJECTED, actor=by, moment=NOW, reason="Not me")
    db.session.commit()
    found = results(baked).profile_facts[profile.code].trail
    assert [(each.sentence, each.reason) for each in found] == [
        (f"“{MIX}”: Awareness became Expert", "Ovens changed")
    ]
    assert cast.pia.name not in repr(results(baked).detail)


def test_numbers_follow_a_review_at_once(cast: Cast, baked: Baked) -> None:
    before = results(baked)
    judge(cast.educator, baked.bakery.mix, mix_duty(), REJECTED)
    after = results(baked)
    assert after.key != before.key
    assert after.detail.cells is before.detail.cells
    anew = assemble(cycle_id=baked.cycle.id, number=0, moment=after.document.taken_at)
    assert after.document == anew
    assert after.document.provision != before.document.provision
    take_back(cast.educator, baked.bakery.mix, mix_duty())
    assert results(baked).document.provision == before.document.provision


@pytest.mark.parametrize("threshold", [None, 5, 95])
def test_map_and_gap_of_results_is_that_of_the_cycle(
    cast: Cast, baked: Baked, threshold: int | None
) -> None:
    judge(cast.educator, baked.bakery.mix, mix_duty(), REJECTED)
    baked.bakery.route.status = StatementStatus.REJECTED  # compared, and kept no longer
    db.session.commit()
    wanted = findings(baked.cycle.id, threshold)
    assert wanted is not None
    found = findings_at(results(baked), wanted.threshold_percent)
    assert found is not None
    assert replace(found, run=wanted.run) == wanted
    assert found.run.reviewed_by == ""


def test_the_same_moment_is_read_once_and_a_change_is_seen(baked: Baked) -> None:
    first = results(baked)
    assert results(baked) is first
    take_snapshot(cycle=baked.cycle, actor=baked.actor, moment=NOW)
    assert results(baked) is first  # what is made of results leaves them as they are
    reword(
        statement=baked.bakery.mix,
        text="Mix dough to any recipe",
        reason="Wider",
        actor=baked.actor,
        moment=NOW,
    )
    db.session.commit()
    assert results(baked).capability[baked.bakery.mix.code].text == "Mix dough to any recipe"


def test_a_snapshot_keeps_its_rows_whatever_happens_next(cast: Cast, baked: Baked) -> None:
    before = results(baked)
    snapshot = take_snapshot(cycle=baked.cycle, actor=baked.actor, moment=NOW)
    judge(cast.educator, baked.bakery.mix, mix_duty(), REJECTED)
    reword(
        statement=baked.bakery.mix,
        text="Mix dough to any recipe",
        reason="Wider",
        actor=baked.actor,
        moment=NOW,
    )
    db.session.commit()
    forget()
    found = snapshot_results(snapshot)
    assert found.detail == before.detail
    assert found.document.capabilities == before.document.capabilities
    assert found.document.provision == before.document.provision
    assert findings_at(found, 50) == findings_at(before, 50)
    assert results(baked).detail != before.detail
    assert snapshot_results(snapshot) is found


@pytest.mark.parametrize("packed", [b"not zlib", pack(Detail(run_id=None))[0]])
def test_damaged_rows_say_so(baked: Baked, packed: bytes) -> None:
    snapshot = take_snapshot(cycle=baked.cycle, actor=baked.actor, moment=NOW)
    db.session.execute(update(SnapshotDetail).values(packed=packed))
    with pytest.raises(Invalid, match="rows behind this snapshot are not what was frozen"):
        snapshot_results(snapshot)


def test_a_damaged_document_says_so(baked: Baked) -> None:
    snapshot = take_snapshot(cycle=baked.cycle, actor=baked.actor, moment=NOW)
    db.session.execute(update(Snapshot).values(document={**snapshot.document, "number": 7}))
    with pytest.raises(Invalid, match="The snapshot is not what was frozen"):
        snapshot_results(snapshot)


def test_a_snapshot_from_before_rows_were_kept_has_none(baked: Baked) -> None:
    snapshot = take_snapshot(cycle=baked.cycle, actor=baked.actor, moment=NOW)
    db.session.execute(delete(SnapshotDetail))
    found = snapshot_results(snapshot)
    assert found.detail == Detail(run_id=None)
    assert (findings_at(found, 50), reading_at(found, 50)) == (None, None)
    assert found.cells_of[baked.bakery.mix.code] == ()


def test_rows_packed_before_a_field_was_added_are_read_still() -> None:
    kept = plain(Detail(run_id=None))
    del kept["actions"]
    content = canonical({**kept, "a later field": 1})
    found = unpack(zlib.compress(content), hashlib.sha256(content).hexdigest())
    assert found == Detail(run_id=None)


def test_a_document_asks_as_much_of_many_profiles_and_rounds_as_of_few(
    cast: Cast, baked: Baked
) -> None:
    few = asked_for(baked)
    for number in range(3, 12):
        make_profile(baked.cycle, baked.bakery.technicians, f"P-{number:04}", (baked.bakery.mix,))
        plan_workshop(
            cycle=baked.cycle,
            kind=WorkshopKind.VALIDATION,
            title=f"Workshop {number}",
            actor=baked.actor,
            moment=NOW,
        )
    db.session.commit()
    assert asked_for(baked) <= few <= MOST_ASKED


def asked_for(baked: Baked) -> int:
    db.session.expire_all()
    with asked() as statements:
        results_of(baked.cycle.id, number=0, moment=NOW)
    return len(statements)
