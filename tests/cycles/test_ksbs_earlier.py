"""KSBs of sealed cycles: what flows back into the library, and what a later cycle is offered."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.ksbs.models import CapabilityKsb, KsbStatus
from cycles.ksbs.queries import ksbs_of
from cycles.ksbs.suggesting import suggest_ksbs
from cycles.library.models import (
    LibraryKind,
    LibraryNeed,
    LibraryOccurrence,
    LibrarySource,
    LibraryStatement,
)
from cycles.library.returning import Returned, return_statements
from cycles.library.returning_ksbs import SOURCE
from cycles.setup.models import Cycle
from cycles.stages.words import Stage
from cycles.standards.models import KsbKind
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast, add, make_cycle, make_statement

BY = {"actor": Actor(None, "Ada Bright"), "moment": NOW}
OVENS = "Bake bread in an automated oven"
OWN, TAKEN, LISTED = "Reads the log of an oven", "How bread bakes in an oven", "Set an oven"
ROWS = (
    (KsbKind.SKILL, OWN, "", "Written by an educator", KsbStatus.ACCEPTED),
    (KsbKind.KNOWLEDGE, TAKEN, TAKEN, "Baker (T0001) K1", KsbStatus.ACCEPTED),
    (KsbKind.SKILL, LISTED, LISTED, "Skills list", KsbStatus.ACCEPTED),
    (KsbKind.BEHAVIOUR, "Shouts at an oven", "", "", KsbStatus.REJECTED),
    (KsbKind.BEHAVIOUR, "Waits for an oven", "", "", KsbStatus.SUGGESTED),
)


@pytest.fixture
def earlier(cast: Cast) -> Cycle:
    """A cycle whose educators accepted three KSBs of one capability; the library lists one."""
    cycle = make_cycle("Ovens at work", convener_organisation="Crumb Ltd")
    statement = make_statement(cycle, OVENS)
    for kind, text, suggested, source, status in ROWS:
        add(
            CapabilityKsb(
                cycle_id=cycle.id,
                statement_id=statement.id,
                kind=kind,
                text=text,
                suggested_text=suggested,
                source=source,
                status=status,
                decided_by_id=cast.educator.id,
                created_at=NOW,
            )
        )
    listed = add(LibrarySource(name="Skills list", imported_at=NOW))
    add(
        LibraryStatement(
            source_id=listed.id, reference="1", kind=LibraryKind.SKILL, text=LISTED, position=1
        )
    )
    db.session.commit()
    return cycle


def returned(cycle: Cycle, *, is_named: bool = False) -> Returned | None:
    found = return_statements(cycle=cycle, is_named=is_named, **BY)
    db.session.commit()
    return found


def own_records() -> Sequence[LibraryStatement]:
    return db.session.scalars(
        select(LibraryStatement)
        .join(LibrarySource, LibrarySource.id == LibraryStatement.source_id)
        .where(LibrarySource.name == SOURCE)
        .order_by(LibraryStatement.text)
    ).all()


def suggested_to(cast: Cast, text: str) -> dict[str, str]:
    cast.cycle.stage = Stage.CARRYING_OUT
    make_statement(cast.cycle, text)
    db.session.commit()
    suggest_ksbs(cycle_id=cast.cycle.id, **BY)
    db.session.commit()
    return {one.text: one.source for one in ksbs_of(cast.cycle.id)}


def test_only_what_was_accepted_flows_back_without_names_and_once(earlier: Cycle) -> None:
    assert returned(earlier) == Returned(added=1, known=0, ksbs=2)
    records = own_records()
    assert [(one.text, one.kind, one.occupation) for one in records] == [
        (TAKEN, LibraryKind.KNOWLEDGE, ""),
        (OWN, LibraryKind.SKILL, ""),
    ]
    # Where a wording stood first is kept, for its licence; what an educator wrote has none.
    (origin,) = db.session.scalars(select(LibraryOccurrence))
    assert (origin.statement_id, origin.occupation) == (records[0].id, "Baker (T0001) K1")
    assert str(earlier.id) not in origin.reference
    assert db.session.query(LibraryNeed).count() == 3
    assert returned(earlier) == Returned(added=0, known=1, ksbs=0)
    assert (len(own_records()), db.session.query(LibraryNeed).count()) == (2, 3)


def test_a_capability_like_an_earlier_one_is_offered_what_that_needed(
    cast: Cast, earlier: Cycle, word_encoder: WordEncoder
) -> None:
    returned(earlier)
    assert suggested_to(cast, f"{OVENS} at night") == {
        TAKEN: f"{SOURCE}, from Baker (T0001) K1",
        OWN: SOURCE,
        # The library's own record is offered once, however it was found.
        LISTED: f"Skills list, as in {SOURCE}",
    }


def test_a_cycle_is_named_only_where_its_conveners_allow_it(
    cast: Cast, earlier: Cycle, word_encoder: WordEncoder
) -> None:
    returned(earlier, is_named=True)
    assert suggested_to(cast, OVENS)[OWN] == f"{SOURCE}: Ovens at work (Crumb Ltd)"


def test_a_capability_unlike_any_earlier_one_is_offered_nothing_of_them(
    cast: Cast, earlier: Cycle, word_encoder: WordEncoder
) -> None:
    returned(earlier)
    assert suggested_to(cast, "Sell wedding flowers") == {}
