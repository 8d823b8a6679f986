"""What the convener does with verdicts on statements and solutions, and the pages of both."""

import csv
import io
from typing import Any

import pytest

from cycles.core.audit import AuditEvent
from cycles.core.errors import Closed, Invalid
from cycles.core.extensions import db
from cycles.setup.models import Solution
from cycles.setup.pages.lists import vote_words
from cycles.statements.models import CapabilityStatement, StatementStatus
from tests.client import ParsingClient
from tests.factories import NOW, Cast
from tests.workshop.rating import make_room
from tests.workshop.scaled import ScaledRoom, prioritising, validating, with_partners
from workshop.rooms.applying import apply_validation, take_vote_over, validated
from workshop.rooms.commands import close_workshop

KEEP, REWORD, DROP, TORN = [2] * 6, [1] * 6, [0] * 6, [0, 0, 0, 2, 2, 2]


def validated_room(cast: Cast) -> ScaledRoom:
    room = validating(cast, statements=4)
    round_ = room.open_round()
    for item, codes in zip(room.asked(round_), (KEEP, REWORD, DROP, TORN), strict=True):
        room.answer(round_, item, codes)
    room.close(round_)
    db.session.commit()
    return room


def voted_room(cast: Cast) -> ScaledRoom:
    room = prioritising(cast, solutions=3)
    round_ = room.open_round()
    votes = ([6, 7, 7, 8, 8, 7], [0, 0, 0, 8, 8, 8], [1, 1, 2])
    for item, codes in zip(room.asked(round_), votes, strict=True):
        room.answer(round_, item, codes)
    room.close(round_)
    close_workshop(workshop=room.workshop, actor=room.actor, moment=NOW)
    db.session.commit()
    return room


def statuses(cast: Cast) -> dict[str, str]:
    found = db.session.query(CapabilityStatement).filter_by(cycle_id=cast.cycle.id)
    return {one.code: one.status.value for one in found}


def text_of(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def test_applying_keeps_and_drops_what_was_agreed(cast: Cast) -> None:
    room = validated_room(cast)
    done = apply_validation(workshop=room.workshop, actor=room.actor, moment=NOW)
    assert [one.code for one in done.to_reword] == ["C-002"]
    assert statuses(cast) == {
        "C-001": "kept",
        "C-002": "submitted",
        "C-003": "rejected",
        "C-004": "submitted",
    }
    event = db.session.query(AuditEvent).filter_by(action="statement.rejected").one()
    assert event.facts["reason"] == "Agreed to be dropped in “What we think”: 6 of 6 said drop."
    with pytest.raises(Closed, match="nothing to apply"):
        apply_validation(workshop=room.workshop, actor=room.actor, moment=NOW)


def test_a_statement_reworded_since_is_left_to_its_new_words(cast: Cast) -> None:
    room = validated_room(cast)
    for statement in db.session.query(CapabilityStatement):
        statement.text = f"{statement.text}, every day"
    db.session.flush()
    assert validated(room.workshop).is_empty


def test_what_is_still_asked_is_not_applied(cast: Cast) -> None:
    room = validating(cast, statements=1)
    round_ = room.open_round()
    room.answer(round_, room.asked(round_)[0], [0, 0, 0, 0])
    room.close(round_)
    with pytest.raises(Closed):
        apply_validation(workshop=room.workshop, actor=room.actor, moment=NOW)


def test_each_kind_is_acted_on_in_its_own_way(cast: Cast) -> None:
    room = make_room(cast)
    with pytest.raises(Invalid):
        apply_validation(workshop=room.workshop, actor=room.actor, moment=NOW)
    with pytest.raises(Invalid):
        take_vote_over(workshop=room.workshop, chosen=[], actor=room.actor, moment=NOW)


def test_the_vote_is_kept_and_is_the_reason_of_a_priority(cast: Cast) -> None:
    room = voted_room(cast)
    first, torn, few = db.session.query(Solution).order_by(Solution.position).all()
    taken = take_vote_over(workshop=room.workshop, chosen=[first.id], actor=room.actor, moment=NOW)
    assert taken == 1
    assert first.vote == {
        "median": 8.0,
        "n": 6,
        "outcome": "high priority",
        "disagreement": False,
        "workshop_id": str(room.workshop.id),
    }
    assert first.is_prioritised
    assert first.reason == (
        "Voted on in “What we think”: median 8 on the scale from 1 to 9, without disagreement, "
        "6 rated."
    )
    assert (torn.is_prioritised, torn.vote["outcome"]) == (False, "disagreement")
    assert (few.vote["median"], few.vote["n"]) == (None, None)
    assert vote_words(few) == "Vote: too few rated"


def test_only_solutions_voted_on_can_be_chosen(cast: Cast) -> None:
    room = voted_room(cast)
    with pytest.raises(Invalid) as refusal:
        take_vote_over(
            workshop=room.workshop, chosen=[room.workshop.id], actor=room.actor, moment=NOW
        )
    assert "chosen" in refusal.value.problems


def test_there_is_no_vote_before_anything_is_closed(cast: Cast) -> None:
    room = prioritising(cast)
    with pytest.raises(Closed, match="Nothing is voted on yet"):
        take_vote_over(workshop=room.workshop, chosen=[], actor=room.actor, moment=NOW)


def test_the_convener_takes_the_vote_over_on_the_page(cast: Cast, client: ParsingClient) -> None:
    room = voted_room(cast)
    client.sign_in(cast.ada)
    base = f"/cycles/{cast.cycle.id}/workshops/{room.workshop.id}"
    page = text_of(client.get(f"{base}/results"))
    assert page.index("Solution 1") < page.index("Solution 2") < page.index("Solution 3")
    assert "Take this vote over" in page
    first = db.session.query(Solution).filter_by(name="Solution 1").one()
    # Ticked beforehand is what came out high.
    form = text_of(client.get(f"{base}/vote"))
    assert form.count(" checked") == 1
    answer = client.submit(f"{base}/vote", chosen=[str(first.id)])
    assert answer.status_code == 303
    solutions = text_of(client.get(f"/cycles/{cast.cycle.id}/set-up/solutions"))
    assert "Vote: high priority, median 8 on the scale from 1 to 9, 6 rated" in solutions
    refused = client.submit(f"{base}/vote", chosen=["nonsense"])
    assert refused.status_code == 422


def test_the_convener_applies_a_validation_on_the_page(cast: Cast, client: ParsingClient) -> None:
    room = validated_room(cast)
    client.sign_in(cast.ada)
    base = f"/cycles/{cast.cycle.id}/workshops/{room.workshop.id}"
    asked = text_of(client.get(f"{base}/apply"))
    assert "Keep 1 and drop 1" in asked
    assert statuses(cast)["C-001"] == "submitted"
    assert client.submit(f"{base}/apply").status_code == 303
    db.session.expire_all()
    assert statuses(cast)["C-001"] == "kept"
    assert client.submit(f"{base}/apply").status_code == 409
    assert "Nothing waits" in text_of(client.get(f"{base}/apply"))


def test_verdicts_on_statements_are_filtered_by_the_address(
    cast: Cast, client: ParsingClient
) -> None:
    room = validated_room(cast)
    client.sign_in(cast.ada)
    base = f"/cycles/{cast.cycle.id}/workshops/{room.workshop.id}/results"
    assert "4 of 4 statements" in text_of(client.get(base))
    only = text_of(client.get(f"{base}?only=no-agreement"))
    assert "1 of 4 statements" in only
    assert "C-004" in only
    assert client.get(f"{base}?only=nothing").status_code == 200


def test_a_verdict_has_its_own_page(cast: Cast, client: ParsingClient) -> None:
    room = voted_room(cast)
    item = room.workshop.rounds[0]
    client.sign_in(cast.ada)
    (first, *_) = room.asked(item)
    path = f"/cycles/{cast.cycle.id}/workshops/cells/{first.id}"
    assert "Round 1: High priority" in text_of(client.get(path))
    client.sign_in(cast.tom)
    assert client.get(path).status_code == 403


def test_downloads_say_what_the_page_says_and_withhold_the_same(
    cast: Cast, client: ParsingClient
) -> None:
    room = voted_room(cast)
    client.sign_in(cast.ada)
    base = f"/cycles/{cast.cycle.id}/workshops/{room.workshop.id}/verdicts"
    rows = client.get(f"{base}.json").get_json()
    assert [one["Median"] for one in rows] == [8.0, 5.0, None]
    few = rows[2]
    assert few["Outcome"] == "Too few rated"
    kept_back = ("1, lowest", "2", "Rated", "Interpercentile range", "Disagreement index")
    assert all(few[heading] is None for heading in kept_back)
    # Two of each group rated: no group may be shown.
    assert all(rows[0][f"Employers: {point}"] is None for point in ("7", "8", "9, highest"))
    read = list(csv.DictReader(io.StringIO(client.get(f"{base}.csv").data.decode("utf-8-sig"))))
    assert [one["Solution"] for one in read] == ["Solution 1", "Solution 2", "Solution 3"]


def test_groups_stand_beside_the_whole_where_they_may(cast: Cast, client: ParsingClient) -> None:
    room = make_room(cast, employers=10, statements=1)
    with_partners(cast.cycle, room.employers, "Suppliers", "Makers")
    round_ = room.open_round()
    room.answer(round_, room.asked(round_)[0], "NPNEAPAENP")
    room.close(round_)
    db.session.commit()
    base = f"/cycles/{cast.cycle.id}/workshops/{room.workshop.id}"
    client.sign_in(cast.ada)
    page = text_of(client.get(f"{base}/results"))
    assert "Agreed inside each group, not between them" in page
    (row,) = client.get(f"{base}/verdicts.json").get_json()
    assert (row["Suppliers: Not needed"], row["Makers: Expert"]) == (3, 2)
    item = room.asked(round_)[0]
    cell = text_of(client.get(f"/cycles/{cast.cycle.id}/workshops/cells/{item.id}"))
    assert "Suppliers lower than Makers" in cell
    assert "0.008" in cell


def test_groups_are_not_shown_to_raters_where_the_card_says_the_group(
    cast: Cast, client: ParsingClient
) -> None:
    room = make_room(cast, employers=10, statements=1)
    with_partners(cast.cycle, room.employers, "Suppliers", "Makers")
    round_ = room.open_round()
    room.answer(round_, room.asked(round_)[0], "NPNEAPAENP")
    room.close(round_)
    db.session.commit()
    base = f"/cycles/{cast.cycle.id}/workshops/{room.workshop.id}"
    client.sign_in(cast.ema)
    assert "Suppliers" not in text_of(client.get(f"{base}/results"))
    (row,) = client.get(f"{base}/verdicts.json").get_json()
    assert not any("Suppliers" in heading for heading in row)
    close_workshop(workshop=room.workshop, actor=room.actor, moment=NOW)
    db.session.commit()
    assert "Suppliers" in text_of(client.get(f"{base}/results"))


def test_the_round_as_a_whole_is_told_in_figures_or_words(
    cast: Cast, client: ParsingClient
) -> None:
    room = make_room(cast, employers=6, statements=1)
    round_ = room.open_round()
    room.answer(round_, room.asked(round_)[0], "PPPPPP")
    room.close(round_)
    db.session.commit()
    client.sign_in(cast.ada)
    page = text_of(client.get(f"/cycles/{cast.cycle.id}/workshops/{room.workshop.id}/results"))
    assert "undefined: no variation" in page
    assert "a random panel of this size would agree on fewer than one" in page
    assert "the rule card’s" in page


def test_how_many_moved_is_told_from_the_second_round_on(cast: Cast, client: ParsingClient) -> None:
    room = make_room(cast, employers=8, statements=1)
    for letters in ("NNNNPPPP", "NNPPPPPP"):
        round_ = room.open_round()
        room.answer(round_, room.asked(round_)[0], letters)
        room.close(round_)
    db.session.commit()
    client.sign_in(cast.ada)
    base = f"/cycles/{cast.cycle.id}/workshops"
    assert "moved: 25 %" in text_of(client.get(f"{base}/{room.workshop.id}/results"))
    cell = text_of(client.get(f"{base}/cells/{room.asked(round_)[0].id}"))
    assert "Wilcoxon" in cell
    assert "p 0.500" in cell  # McNemar: two switched one way, nobody the other


def test_a_verdict_of_older_words_says_so(cast: Cast, client: ParsingClient) -> None:
    room = validated_room(cast)
    statement = db.session.query(CapabilityStatement).filter_by(code="C-001").one()
    statement.text, statement.status = "Calibrate all sensors", StatementStatus.KEPT
    db.session.commit()
    client.sign_in(cast.ada)
    path = f"/cycles/{cast.cycle.id}/workshops/{room.workshop.id}/results?only=keep"
    page = text_of(client.get(path))
    assert "Calibrate oven sensor 1" in page
    assert "Older wording" in page
