"""Statements: the trail, merge chains, restoring, duplicates, versions, codes, coverage."""

import pytest

from cycles.core.audit import Actor, AuditEvent
from cycles.core.errors import Closed, Conflict, Invalid
from cycles.core.extensions import db
from cycles.library.models import LibrarySource, LibraryStatement
from cycles.setup.models import Cycle
from cycles.stages.words import Stage
from cycles.statements import commands, queries
from cycles.statements.adding import seed_from_library
from cycles.statements.models import CapabilityStatement, StatementStatus
from tests.factories import NOW, Cast, add, make_area, make_partner, make_statement


@pytest.fixture
def cycle(cast: Cast) -> Cycle:
    cast.cycle.stage = Stage.PREPARING
    cast.other_cycle.stage = Stage.PREPARING
    db.session.commit()
    return cast.cycle


@pytest.fixture
def ada(cast: Cast) -> Actor:
    return Actor(cast.ada.id, cast.ada.name)


def submit(cycle: Cycle, actor: Actor, text: str, **facts: object) -> CapabilityStatement:
    return commands.submit_statement(cycle=cycle, text=text, actor=actor, moment=NOW, **facts)


def kinds(statement: CapabilityStatement) -> list[str]:
    return [revision.kind for revision, _ in queries.trail_of(statement)]


def events() -> list[str]:
    return [event.action for event in db.session.query(AuditEvent).order_by(AuditEvent.id)]


def test_codes_count_up_within_each_cycle(cycle: Cycle, cast: Cast, ada: Actor) -> None:
    first = submit(cycle, ada, "Validate robotic ovens")
    second = submit(cycle, ada, "Calibrate oven sensors")
    elsewhere = submit(cast.other_cycle, ada, "Validate robotic ovens")
    assert [first.code, second.code, elsewhere.code] == ["C-001", "C-002", "C-001"]


def test_a_code_is_not_given_again_after_c_999(cycle: Cycle, ada: Actor) -> None:
    make_statement(cycle, number=999)
    thousandth = submit(cycle, ada, "Validate robotic ovens")
    following = submit(cycle, ada, "Inspect robotic ovens")
    assert [thousandth.code, following.code] == ["C-1000", "C-1001"]
    assert [each.code for each in queries.statements_of(cycle.id)] == [
        "C-999",
        "C-1000",
        "C-1001",
    ]


@pytest.mark.parametrize("text", ["Too short", "x" * 301, "    "])
def test_texts_of_the_wrong_length_are_refused(cycle: Cycle, ada: Actor, text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        submit(cycle, ada, text)
    assert "10 to 300 characters" in refusal.value.problems["text"]


def test_a_duplicate_is_refused_and_the_existing_code_named(cycle: Cycle, ada: Actor) -> None:
    submit(cycle, ada, "Validate robotic ovens")
    with pytest.raises(Invalid, match="C-001 says the same already"):
        submit(cycle, ada, "  validate ROBOTIC   ovens. ")


def test_a_withdrawn_statement_may_be_submitted_again(cycle: Cycle, ada: Actor) -> None:
    first = submit(cycle, ada, "Validate robotic ovens")
    commands.withdraw(statement=first, actor=ada, moment=NOW)
    assert submit(cycle, ada, "Validate robotic ovens").code == "C-002"
    with pytest.raises(Invalid, match="C-002 says the same already"):
        commands.restore(statement=first, actor=ada, moment=NOW)


def test_the_cycle_takes_statements_only_while_preparing_or_carrying_out(
    cycle: Cycle, ada: Actor
) -> None:
    cycle.stage = Stage.COMMUNICATING
    with pytest.raises(Closed, match="communicating now"):
        submit(cycle, ada, "Validate robotic ovens")


def test_the_trail_keeps_every_wording_and_who_changed_it(
    cycle: Cycle, cast: Cast, ada: Actor
) -> None:
    tom = Actor(cast.tom.id, cast.tom.name)
    statement = submit(cycle, tom, "Validate robotic ovens")
    commands.keep(statements=[statement], actor=ada, moment=NOW)
    commands.reword(
        statement=statement,
        text="Validate robotic ovens against hygiene law",
        reason="Says what for",
        actor=ada,
        moment=NOW,
    )
    trail = queries.trail_of(statement)
    assert [(revision.number, revision.kind, name) for revision, name in trail] == [
        (1, "submitted", "Tom Okafor"),
        (2, "kept", "Ada Bright"),
        (3, "reworded", "Ada Bright"),
    ]
    assert trail[0][0].text == "Validate robotic ovens"
    assert trail[2][0].reason == "Says what for"
    assert events() == ["statement.submitted", "statement.kept", "statement.reworded"]


def test_merges_make_a_chain_and_carry_partners_and_area(cycle: Cycle, ada: Actor) -> None:
    makers, suppliers = make_partner(cycle), make_partner(cycle, "Supplier", 2)
    area = make_area()
    first = submit(cycle, ada, "Validate robotic ovens", partners=[suppliers], area=area)
    second = submit(cycle, ada, "Validate automated ovens", partners=[makers])
    third = submit(cycle, ada, "Validate ovens that bake by themselves")
    commands.merge(statement=first, into=second, reason="Same thing", actor=ada, moment=NOW)
    commands.merge(statement=second, into=third, actor=ada, moment=NOW)
    assert [each.code for each in queries.merged_into(first)] == ["C-002", "C-003"]
    assert [partner.name for partner in third.partners] == ["Manufacturer", "Supplier"]
    assert third.area is area
    assert kinds(second) == ["submitted", "took in", "merged"]
    assert [each.code for each in queries.taken_in(third)] == ["C-002"]


def test_nothing_merges_into_what_was_merged_or_into_itself(cycle: Cycle, ada: Actor) -> None:
    first = submit(cycle, ada, "Validate robotic ovens")
    second = submit(cycle, ada, "Validate automated ovens")
    commands.merge(statement=first, into=second, actor=ada, moment=NOW)
    with pytest.raises(Conflict, match="C-001 is merged"):
        commands.merge(statement=second, into=first, actor=ada, moment=NOW)
    with pytest.raises(Invalid):
        commands.merge(statement=second, into=second, actor=ada, moment=NOW)


def test_a_statement_of_another_cycle_takes_no_merge(cycle: Cycle, cast: Cast, ada: Actor) -> None:
    here = submit(cycle, ada, "Validate robotic ovens")
    there = submit(cast.other_cycle, ada, "Validate drones")
    with pytest.raises(Invalid):
        commands.merge(statement=here, into=there, actor=ada, moment=NOW)


def test_restoring_gives_back_the_state_before(cycle: Cycle, ada: Actor) -> None:
    waiting = submit(cycle, ada, "Validate robotic ovens")
    kept = submit(cycle, ada, "Validate automated ovens", status=StatementStatus.KEPT)
    commands.reject(statement=waiting, reason="Too narrow", actor=ada, moment=NOW)
    commands.merge(
        statement=kept,
        into=submit(cycle, ada, "Bake bread in robotic ovens"),
        actor=ada,
        moment=NOW,
    )
    for statement in (waiting, kept):
        commands.restore(statement=statement, actor=ada, moment=NOW)
    assert (waiting.status, kept.status) == (StatementStatus.SUBMITTED, StatementStatus.KEPT)
    assert kept.merged_into_id is None
    assert kinds(waiting) == ["submitted", "rejected", "restored"]
    assert db.session.query(CapabilityStatement).count() == 3


def test_rejecting_and_rewording_ask_for_a_reason(cycle: Cycle, ada: Actor) -> None:
    statement = submit(cycle, ada, "Validate robotic ovens")
    with pytest.raises(Invalid) as refusal:
        commands.reject(statement=statement, reason=" ", actor=ada, moment=NOW)
    assert "reason" in refusal.value.problems


def test_a_change_of_partners_alone_raises_the_version(cycle: Cycle, ada: Actor) -> None:
    statement = submit(cycle, ada, "Validate robotic ovens")
    seen = statement.version
    commands.classify(
        statement=statement,
        area=None,
        partners=[make_partner(cycle)],
        version=seen,
        actor=ada,
        moment=NOW,
    )
    with pytest.raises(Conflict, match="Somebody else changed C-001"):
        commands.classify(
            statement=statement, area=None, partners=[], version=seen, actor=ada, moment=NOW
        )


def test_what_the_facilitator_kept_its_author_cannot_change(cycle: Cycle, ada: Actor) -> None:
    statement = submit(cycle, ada, "Validate robotic ovens")
    commands.keep(statements=[statement], actor=ada, moment=NOW)
    with pytest.raises(Conflict, match="is kept by now"):
        commands.withdraw(statement=statement, actor=ada, moment=NOW)


def test_partners_of_another_cycle_are_refused(cycle: Cycle, cast: Cast, ada: Actor) -> None:
    with pytest.raises(Invalid):
        submit(cycle, ada, "Validate robotic ovens", partners=[make_partner(cast.other_cycle)])


def test_coverage_counts_live_statements_per_function_and_partner(cycle: Cycle, ada: Actor) -> None:
    makers, suppliers = make_partner(cycle), make_partner(cycle, "Supplier", 2)
    implement = make_area()
    make_area("Plan Products", "Planning", "Design")
    submit(cycle, ada, "Validate robotic ovens", area=implement, partners=[makers, suppliers])
    submit(cycle, ada, "Calibrate oven sensors", area=implement, partners=[makers])
    submit(cycle, ada, "Clean robotic ovens", area=implement)
    submit(cycle, ada, "Train night-shift bakers", partners=[suppliers])
    gone = submit(cycle, ada, "Bake bread by hand", area=implement, partners=[makers])
    commands.reject(statement=gone, reason="Not new", actor=ada, moment=NOW)
    table = queries.coverage(cycle.id)
    rows = {row.function: (row.counts, row.without_partner, row.total) for row in table.rows}
    assert rows == {"Implement": ((2, 1), 1, 3), "Design": ((0, 0), 0, 0)}
    assert table.partner_totals == (2, 2)
    assert (table.without_area, table.total) == (1, 4)
    assert table.gaps == (("Design", "Manufacturer"), ("Design", "Supplier"))


def test_seeding_adds_what_is_new_with_one_event(cycle: Cycle, ada: Actor) -> None:
    source = add(LibrarySource(name="Our own", imported_at=NOW))
    records = [
        add(LibraryStatement(source_id=source.id, reference=str(number), text=text))
        for number, text in enumerate(("Validate robotic ovens", "Calibrate oven sensors"))
    ]
    submit(cycle, ada, "calibrate oven sensors")
    added, left = seed_from_library(cycle=cycle, library_statements=records, actor=ada, moment=NOW)
    assert [each.library_statement_id for each in added] == [records[0].id]
    assert left == [records[1]]
    assert events() == ["statement.submitted", "statements.seeded"]
