"""Cutting a round into pages, shuffling them, and saying how long the rest takes."""

import uuid

from workshop.ballot.queries import AskedItem
from workshop.ballot.sheets import (
    count_answered,
    cut_sheets,
    first_blank,
    minutes_left,
    progress_words,
    shuffled,
)


def asked(capabilities: int, area: str = "Ovens", levels: int = 2) -> list[AskedItem]:
    return [
        AskedItem(
            item_id=uuid.uuid5(uuid.NAMESPACE_DNS, f"{area}{number}{level}"),
            subject_id=uuid.uuid5(uuid.NAMESPACE_DNS, f"{area}{number}"),
            code=f"C-{number:03d}",
            wording=f"Do the {number}th thing",
            role_level=f"Level {level}",
            place=("Implement", "Baking", area),
        )
        for number in range(capabilities)
        for level in range(levels)
    ]


def test_an_area_is_a_page() -> None:
    sheets = cut_sheets([*asked(3), *asked(2, "Packing")])
    assert [(one.number, one.title, len(one.rows), len(one.cells)) for one in sheets] == [
        (1, "Ovens", 3, 6),
        (2, "Packing", 2, 4),
    ]


def test_a_large_area_is_cut_evenly() -> None:
    sheets = cut_sheets(asked(17))
    assert [len(one.rows) for one in sheets] == [5, 6, 6]
    assert sheets[0].title == "Ovens (1 of 3)"
    assert sum(len(one.cells) for one in sheets) == 34


def test_questions_of_no_area_still_have_a_title() -> None:
    (sheet,) = cut_sheets(asked(2, area="", levels=1))
    assert sheet.title == "All questions"
    assert [len(row.cells) for row in sheet.rows] == [1, 1]


def test_each_person_has_an_order_of_their_own_and_keeps_it() -> None:
    (sheet,) = cut_sheets(asked(8))
    people = [uuid.uuid5(uuid.NAMESPACE_DNS, name) for name in ("ema", "pia", "sam")]
    orders = [[row.code for row in shuffled(sheet, one).rows] for one in people]
    assert orders == [[row.code for row in shuffled(sheet, one).rows] for one in people]
    assert len({tuple(order) for order in orders}) == 3
    assert {frozenset(order) for order in orders} == {frozenset(row.code for row in sheet.rows)}


def test_the_first_blank_follows_what_is_answered() -> None:
    sheets = cut_sheets([*asked(2), *asked(1, "Packing")])
    cells = [cell for sheet in sheets for cell in sheet.cells]
    answers: dict[uuid.UUID, object] = {cell.item_id: "P" for cell in cells[:4]}
    assert first_blank(sheets, answers) == cells[4]
    assert [count_answered(sheet, answers) for sheet in sheets] == [4, 0]
    assert first_blank(sheets, {cell.item_id: "P" for cell in cells}) is None


def test_the_minutes_left_are_rounded_up() -> None:
    assert [minutes_left(0, 548), minutes_left(533, 548), minutes_left(548, 548)] == [37, 1, 0]
    assert progress_words(547, 548) == "547 of 548 answered · about 1 minute left"
    assert progress_words(548, 548) == "All 548 answered"
