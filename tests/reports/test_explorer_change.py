"""Change since another snapshot: what differs, by how much, and between whom it may be compared."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import update

from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.people.models import Group
from cycles.semantics import vectors
from cycles.setup.models import Cycle
from cycles.statements.models import StatementStatus
from reports.document.commands import take_snapshot
from reports.document.models import Snapshot
from reports.explorer.changes.capability_changes import LEVEL, SETTLED, capability_changes
from reports.explorer.changes.pairing import by_code
from reports.explorer.changes.sides import Sides
from reports.explorer.look import Look, Way
from reports.publishing.commands import publish_snapshot
from reports.publishing.links import token_of
from reports.publishing.models import Audience
from reports.results.models import SnapshotDetail
from reports.results.queries import forget, snapshot_results
from reports.results.results import Results
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast, make_cycle, make_participant, make_statement
from tests.reports.explorer_cases import Found, codes, find, links, page, rows, words
from tests.reports.mapping_cases import LONELY, MIX
from tests.reports.reviewing_cases import REJECTED, judge


@pytest.fixture
def found(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> Found:
    return find(cast, run_jobs)


@pytest.fixture
def ada(client: ParsingClient, cast: Cast) -> ParsingClient:
    return client.sign_in(cast.ada)


def freeze(cast: Cast, cycle: Cycle) -> Snapshot:
    taken = take_snapshot(cycle=cycle, actor=Actor(cast.ada.id, cast.ada.name), moment=NOW)
    db.session.commit()
    forget()
    return taken


def change(cast: Cast, found: Found) -> None:
    """Reword BAKE, reject LONELY, add one, and have the match that supports MIX rejected."""
    bakery = found.baked.bakery
    bakery.bake.text = "Bake bread in ovens that watch themselves"
    bakery.lonely.status = StatementStatus.REJECTED
    make_statement(found.baked.cycle, "Clean the silo by robot", 9)
    judge(cast.educator, bakery.mix, bakery.baker.duties[0], REJECTED, reason="Too general")
    db.session.commit()
    forget()


def test_before_there_is_another_snapshot_the_page_says_what_to_do(
    ada: ParsingClient, found: Found
) -> None:
    said = words(page(ada, f"{found.home}/change"))
    assert "There is nothing to compare with yet" in said
    assert "Freeze a snapshot now" in said
    assert ada.get(f"{found.home}/change.csv").status_code == 404


def test_a_damaged_snapshot_takes_no_page_of_other_results_with_it(
    ada: ParsingClient, cast: Cast, found: Found
) -> None:
    freeze(cast, found.baked.cycle)
    db.session.execute(update(SnapshotDetail).values(packed=b"torn"))
    db.session.commit()
    forget()
    said = words(page(ada, f"{found.home}/change"))
    assert "The rows behind this snapshot are not what was frozen" in said
    assert "Snapshot 1" in said
    page(ada, f"{found.home}/take-away")


def test_capabilities_are_told_by_what_became_of_them(
    ada: ParsingClient, cast: Cast, found: Found
) -> None:
    freeze(cast, found.baked.cycle)
    assert "No capability and no profile differs" in words(page(ada, f"{found.home}/change"))
    change(cast, found)
    bakery, home = found.baked.bakery, f"{found.home}/change"
    told = {row["code"]: row for row in rows(ada, home)}
    assert {code: row["what"] for code, row in told.items()} == {
        bakery.mix.code: ["Support lost"],
        bakery.bake.code: ["Reworded"],
        "C-009": ["Added"],
        bakery.lonely.code: ["Gone"],
    }
    assert told[bakery.bake.code]["then_text"] == "Bake bread in an automated oven"
    assert (told[bakery.mix.code]["then_support"], told[bakery.mix.code]["support"]) == (
        "Supported",
        "Unsupported",
    )
    assert codes(ada, f"{home}?what=gone") == [bakery.lonely.code]
    html = page(ada, home)
    assert f"Was: {told[bakery.bake.code]['then_text']}" in words(html)
    # What is gone is looked at where it still is.
    assert f'href="{found.home}/capabilities/{bakery.lonely.code}?snapshot=1"' in html


def test_the_counts_are_those_of_both_sides_and_lead_to_their_rows(
    ada: ParsingClient, cast: Cast, found: Found
) -> None:
    freeze(cast, found.baked.cycle)
    change(cast, found)
    counts = {row["figure"]: row for row in rows(ada, f"{found.home}/change", "counts")}
    for figure, query in (
        ("Capabilities", ""),
        ("Unsupported capabilities", "support=unsupported"),
    ):
        line = counts[figure]
        listed = f"{found.home}/capabilities"
        assert line["now"] == len(rows(ada, f"{listed}?{query}"))
        assert line["then"] == len(rows(ada, f"{listed}?snapshot=1&{query}"))
        assert line["difference"] == line["now"] - line["then"]
    for href, shown in links(page(ada, f"{found.home}/change"), 'id="counts"'):
        if shown.isdigit():
            assert len(rows(ada, href)) == int(shown), href
    functions = rows(ada, f"{found.home}/change", "functions")
    unsupported = counts["Unsupported capabilities"]
    for side in ("then", "now"):
        assert sum(row[side] for row in functions) == unsupported[side]
    said = words(page(ada, f"{found.home}/change"))
    assert "More: 1 lost support" in said
    assert "Fewer: 1 gone" in said


def test_profiles_are_told_by_what_became_of_them(
    ada: ParsingClient, cast: Cast, found: Found
) -> None:
    freeze(cast, found.baked.cycle)
    change(cast, found)
    told = {row["code"]: row for row in rows(ada, f"{found.home}/change", "profiles")}
    operator = told[found.baked.bakery.operator.code]
    assert operator["what"] == ["Best fit moved"]
    assert operator["unsupported"] == operator["then_unsupported"] + 1
    assert operator["fit"] < operator["then_fit"]
    assert not operator["gained"]
    assert not operator["lost"]


def test_both_sides_are_read_at_the_threshold_looked_at(
    ada: ParsingClient, cast: Cast, found: Found
) -> None:
    freeze(cast, found.baked.cycle)
    high = rows(ada, f"{found.home}/change?threshold=95", "counts")
    line = next(row for row in high if row["figure"] == "Unsupported capabilities")
    assert line["now"] == line["then"]
    assert line["now"] == len(
        rows(ada, f"{found.home}/capabilities?support=unsupported&threshold=95")
    )


def test_levels_that_moved_are_told_from_those_that_were_settled(cast: Cast, found: Found) -> None:
    then = snapshot_results(freeze(cast, found.baked.cycle))
    first, second, *rest = then.detail.cells
    cells = (replace(first, holds="Expert"), replace(second, holds="Awareness"), *rest)
    before = (replace(first, holds="Practitioner"), replace(second, holds=""), *rest)
    sides = Sides(look(replaced(then, cells, "now")), look(replaced(then, before, "then")))
    lines = then.document.capabilities.lines
    told = {
        each.shown.code: each.kinds
        for each in capability_changes(sides, by_code(lines, lines).pairs)
    }
    assert told[first.code] == (LEVEL,)
    assert told[second.code] == (SETTLED,)
    assert not any(told[each.code] for each in rest if each.code not in (first.code, second.code))


def replaced(results: Results, cells: tuple[object, ...], key: str) -> Results:
    return replace(results, detail=replace(results.detail, cells=cells), key=key)  # type: ignore[arg-type]


def look(results: Results) -> Look:
    return Look(results, {}, Way("explorer", {"cycle_id": results.cycle_id}), {})


def test_cycles_are_paired_by_words_and_then_by_meaning(
    ada: ParsingClient, cast: Cast, found: Found, word_encoder: WordEncoder
) -> None:
    other = make_cycle("Automation in patisseries")
    make_participant(other, cast.ada, Group.CONVENER)
    alike = f"{LONELY} ahead"
    for number, text in enumerate((f"{MIX.upper()}.", alike, "Temper chocolate in molds"), 1):
        make_statement(other, text, number)
    list(vectors.encoding([alike, "Temper chocolate in molds"], word_encoder))
    snapshot = freeze(cast, other)
    home = f"{found.home}/change?since={snapshot.id}"
    told = {row["text"]: row for row in rows(ada, home)}
    bakery = found.baked.bakery
    assert bakery.mix.text in told  # the same words, written otherwise
    assert told[bakery.mix.text]["likeness"] is None
    assert told[LONELY]["then_text"] == alike
    assert told[LONELY]["likeness"] > 80
    assert "Only in the other cycle" in told["Temper chocolate in molds"]["what"]
    assert "Only in these results" in told[bakery.route.text]["what"]
    said = words(page(ada, home))
    assert "snapshot 1 of “Automation in patisseries”" in said
    assert "paired by the same words alone" not in said


def test_nobody_compares_with_what_they_may_not_read(
    client: ParsingClient, cast: Cast, found: Found
) -> None:
    actor = Actor(cast.ada.id, cast.ada.name)
    secret = make_statement(cast.other_cycle, "A secret of the forest", 1)
    theirs = freeze(cast, cast.other_cycle)
    first, second, third = (freeze(cast, found.baked.cycle) for _ in range(3))
    for snapshot in (first, third):
        publish_snapshot(snapshot=snapshot, audience=Audience.SPONSORS, actor=actor, moment=NOW)
    made = publish_snapshot(snapshot=third, audience=Audience.LINK, actor=actor, moment=NOW)
    db.session.commit()
    client.sign_in(cast.sol)
    html = page(client, f"{found.home}/change")
    assert "Snapshot 3 beside snapshot 1 of this cycle" in words(html)
    assert str(second.id) not in html
    for hidden in (second, theirs):
        text = page(client, f"{found.home}/change?since={hidden.id}")
        assert "Snapshot 3 beside snapshot 1 of this cycle" in words(text)
        assert secret.text not in text
    text = page(client, f"/published/{token_of(made)}/change?since={first.id}")
    assert "This link opens one snapshot and no other" in words(text)
    assert str(first.id) not in text.replace(f"since={first.id}", "")
