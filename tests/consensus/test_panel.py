"""A whole panel read at once."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.columns import VerdictColumns, verdict_columns
from consensus.dissent import is_outlying
from consensus.distribution import counts, medians, quartiles
from consensus.interval import wilson_interval
from consensus.krippendorff import krippendorff_alpha
from consensus.outcome import OUTCOMES
from consensus.panel import PanelReading, read_panel, read_spread
from consensus.percent import reaches_threshold
from consensus.rule import Rule
from consensus.scale import NO_CODE, PROFICIENCY_LETTERS
from consensus.stability import distribution_change, is_stable, share_moved
from consensus.stopping import Closing, closing
from consensus.undefined import Undefined
from consensus.verdict import Outcome, verdicts
from tests.consensus.cases import ROUND_ONE, ROUND_TWO, panels, quick, shuffled

RULE = Rule()

# Counts N, A, P, E of ten raters (the last three rows of twelve and ten); lower and upper
# median; percent in the mode; Tastle and Wierman's consensus; van der Eijk's A; two camps.
# Computed with an independent implementation of both measures.
SHAPES = [
    ((0, 0, 10, 0), "PP", 100, 1, 1, False),
    ((0, 1, 8, 1), "PP", 80, 0.883007, 0.800000, False),
    ((0, 2, 6, 2), "PP", 60, 0.766015, 0.600000, False),
    ((0, 0, 8, 2), "PP", 80, 0.830880, 0.866667, False),
    ((0, 3, 7, 0), "PP", 70, 0.778599, 0.800000, False),
    ((0, 0, 5, 5), "PE", 50, 0.736966, 0.666667, False),
    ((2, 0, 8, 0), "PP", 80, 0.614932, 0.533333, False),
    ((1, 1, 1, 7), "EE", 70, 0.431123, 0.600000, False),
    ((0, 5, 0, 5), "AE", 50, 0.415037, -0.166667, True),
    ((4, 0, 0, 6), "EE", 60, 0.029049, -0.600000, True),
    ((5, 0, 0, 5), "NE", 50, 0, -1, True),
    ((3, 3, 3, 3), "AP", 25, 0.368483, 0, False),
    ((3, 2, 2, 3), "AP", 30, 0.294786, -0.200000, True),
]
TWO_HUMPS = [(2, 0, 8, 0), (0, 5, 0, 5), (4, 0, 0, 6), (5, 0, 0, 5), (3, 2, 2, 3)]


def codes_of(rows: list[tuple[int, ...]]) -> np.ndarray:
    """Lay a panel out whose items have these counts, blanks below the shorter columns."""
    columns = [np.repeat(np.arange(len(row)), row) for row in rows]
    codes = np.full((max(map(len, columns)), len(columns)), NO_CODE, dtype=np.int8)
    for item, column in enumerate(columns):
        codes[: len(column), item] = column
    return codes


def as_plain(columns: VerdictColumns) -> dict[str, object]:
    found = {field.name: getattr(columns, field.name) for field in fields(columns)}
    for name in ("medians", "quartiles"):
        found[name] = np.stack([found[name].lower, found[name].upper])
    return {name: column.tolist() for name, column in found.items()}


def same(first: PanelReading, second: PanelReading) -> bool:
    """Compare two readings, where a number without a value equals another without one."""
    return (
        repr(as_plain(first.judged)) == repr(as_plain(second.judged))
        and first.closing_words() == second.closing_words()
        and first.alpha == second.alpha
        and np.array_equal(first.needed_interval.low, second.needed_interval.low, equal_nan=True)
    )


def test_every_shape_of_a_panel_at_once() -> None:
    reading = read_panel(codes_of([row[0] for row in SHAPES]), RULE)
    judged = reading.judged
    assert [tuple(row) for row in judged.counts.tolist()] == [row[0] for row in SHAPES]
    letters = [
        PROFICIENCY_LETTERS[low] + PROFICIENCY_LETTERS[high]
        for low, high in zip(judged.medians.lower, judged.medians.upper, strict=True)
    ]
    assert letters == [row[1] for row in SHAPES]
    assert (100 * judged.counts.max(axis=1) // judged.n).tolist() == [row[2] for row in SHAPES]
    assert judged.consensus == pytest.approx([row[3] for row in SHAPES], abs=1e-6)
    assert judged.agreement == pytest.approx([row[4] for row in SHAPES], abs=1e-6)
    assert judged.is_two_camps.tolist() == [row[5] for row in SHAPES]
    assert judged.has_two_humps.tolist() == [row[0] in TWO_HUMPS for row in SHAPES]
    assert reading.reaches_threshold.tolist() == [row[2] >= 75 for row in SHAPES]


def test_the_same_ten_people_in_two_rounds() -> None:
    before, after = ROUND_ONE[:, np.newaxis], ROUND_TWO[:, np.newaxis]
    reading = read_panel(after, RULE, before, 2)
    assert reading.movement is not None
    assert reading.movement.change == pytest.approx([0.2])
    assert reading.movement.share_moved.tolist() == [0.3]
    assert reading.movement.is_stable.tolist() == [False]
    # Seven of ten say Practitioner: below 75 %, and not stable, so it is asked again.
    assert reading.closing_words() == (Closing.OPEN,)
    assert read_panel(after, RULE, before, 3).closing_words() == (Closing.CAPPED,)
    assert read_panel(after, Rule(stability_percent=20), before, 2).closing_words() == (
        Closing.STABLE_DISSENT,
    )


@quick
@given(panels(), st.integers(51, 100), st.integers(2, 4))
def test_it_says_what_each_function_says_alone(
    codes: np.ndarray, threshold: int, round_number: int
) -> None:
    rule = Rule(threshold_percent=threshold, minimum_n=3)
    before = np.roll(codes, 1, axis=0)
    table = counts(codes)
    reading = read_panel(codes.astype(np.int8), rule, before.astype(np.int8), round_number)
    alone = verdicts(table, rule)
    stable = is_stable(counts(before), table, rule)
    assert reading.verdicts() == alone
    assert reading.closing_words() == closing(alone, stable.tolist(), round_number, rule)
    assert (reading.reaches_threshold == reaches_threshold(table, threshold)).all()
    assert (reading.is_outlying == is_outlying(codes)).all()
    assert reading.alpha == krippendorff_alpha(table)
    assert reading.movement is not None
    assert (reading.movement.is_stable == stable).all()
    change, moved = distribution_change(counts(before), table), share_moved(before, codes)
    assert np.array_equal(reading.movement.change, change, equal_nan=True)
    assert np.array_equal(reading.movement.share_moved, moved, equal_nan=True)
    for item, found in enumerate(alone):
        interval = wilson_interval(found.needed, found.n)
        assert np.isnan(reading.needed_interval.low[item]) == (interval is None)
        assert interval is None or interval.low == reading.needed_interval.low[item]


@quick
@given(panels())
def test_columns_and_records_are_one_arithmetic(codes: np.ndarray) -> None:
    rule = Rule(minimum_n=2)
    columns = verdict_columns(counts(codes), rule)
    plain = as_plain(columns)
    for item, found in enumerate(verdicts(counts(codes), rule)):
        assert found.outcome is OUTCOMES[columns.outcomes[item]]
        assert found.is_agreed == columns.is_agreed[item]
        assert (found.lower_median, found.upper_median) == tuple(
            None if code == NO_CODE else code
            for code in (columns.medians.lower[item], columns.medians.upper[item])
        )
        for name in ("n", "needed", "is_fragile", "is_two_camps"):
            assert getattr(found, name) == plain[name][item]  # type: ignore[index]
        for name in ("agreement", "consensus", "luck", "settling_luck", "share_needed_percent"):
            number = plain[name][item]  # type: ignore[index]
            assert getattr(found, name) == (None if np.isnan(number) else number)


@quick
@given(panels(), st.integers(0, 99))
def test_the_order_of_raters_moves_their_own_flags_and_nothing_else(
    codes: np.ndarray, seed: int
) -> None:
    before = np.roll(codes, 1, axis=1)
    found = read_panel(codes, RULE, before, 2)
    again = read_panel(shuffled(codes, seed), RULE, shuffled(before, seed), 2)
    assert same(found, again)
    assert (again.is_outlying == shuffled(found.is_outlying, seed)).all()


@quick
@given(panels())
def test_items_are_read_as_if_each_stood_alone(codes: np.ndarray) -> None:
    whole = read_panel(codes, RULE)
    singly = [read_panel(column[:, np.newaxis], RULE) for column in codes.T]
    assert whole.verdicts() == tuple(each.verdicts()[0] for each in singly)
    assert whole.closing_words() == tuple(each.closing_words()[0] for each in singly)


@quick
@given(panels())
def test_mirroring_the_levels_closes_the_same_items(codes: np.ndarray) -> None:
    turned = np.where(codes > 0, 4 - codes, codes)
    found, again = read_panel(codes, RULE), read_panel(turned, RULE)
    assert found.closing_words() == again.closing_words()
    assert (found.judged.outcomes == again.judged.outcomes).all()
    assert (found.reaches_threshold == again.reaches_threshold).all()


@quick
@given(panels())
def test_the_spread_alone(codes: np.ndarray) -> None:
    found, table = read_spread(codes), counts(codes)
    assert (found.counts == table).all()
    for mine, theirs in ((found.medians, medians(table)), (found.quartiles, quartiles(table))):
        assert (mine.lower == theirs.lower).all()
        assert (mine.upper == theirs.upper).all()


@pytest.mark.parametrize("kind", [np.int8, np.int16, np.int64])
def test_the_type_and_the_layout_of_the_codes_are_of_no_account(kind: type) -> None:
    draw = np.random.default_rng(3)
    codes, before = draw.integers(-1, 4, (2, 300, 40))
    expected = read_panel(codes.astype(np.int8), RULE, before.astype(np.int8), 2)
    found = read_panel(np.asfortranarray(codes.astype(kind)), RULE, before.astype(kind), 2)
    assert same(found, expected)
    assert (found.is_outlying == expected.is_outlying).all()
    assert codes.min() == NO_CODE  # what was given is not altered


def test_an_item_nobody_rated_is_insufficient_and_without_numbers() -> None:
    reading = read_panel([[-1, 2], [-1, 2]], Rule(minimum_n=2))
    nobody, _ = reading.verdicts()
    assert nobody.outcome is Outcome.INSUFFICIENT
    assert nobody.agreement is nobody.consensus is nobody.luck is nobody.level is None
    assert reading.judged.medians.lower.tolist() == [NO_CODE, 2]
    assert np.isnan(reading.needed_interval.low[0])
    assert not reading.is_outlying.any()
    assert reading.alpha is Undefined.NO_VARIATION


def test_a_panel_without_people_or_without_items() -> None:
    for shape in ((0, 3), (3, 0), (0, 0)):
        nothing = np.zeros(shape, dtype=np.int8)
        reading = read_panel(nothing, RULE, nothing, 2)
        assert len(reading.verdicts()) == len(reading.closings) == shape[1]
        assert reading.alpha is Undefined.NO_PAIRS
        assert set(reading.closing_words()) <= {Closing.OPEN}


def test_without_an_earlier_round_nothing_is_known_to_be_stable() -> None:
    codes = codes_of([(0, 1, 8, 1), (0, 5, 0, 5)])
    first = read_panel(codes, RULE)
    assert first.movement is None
    assert first.closing_words() == (Closing.AGREED, Closing.OPEN)
    assert read_panel(codes, RULE, round_number=2).closing_words() == (Closing.OPEN,) * 2
    assert read_panel(codes, RULE, codes, 2).closing_words() == (
        Closing.AGREED,
        Closing.STABLE_DISSENT,
    )


def test_rounds_that_do_not_fit_are_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="no earlier round"):
        read_panel([[1]], RULE, [[1]])
    with pytest.raises(ValueError, match="same people and the same items"):
        read_panel([[1]], RULE, [[1], [2]], 2)
    with pytest.raises(ValueError, match="between 0 and 3"):
        read_panel([[4]], RULE)
    with pytest.raises(ValueError, match="between 0 and 3"):
        read_panel([[1]], RULE, [[4]], 2)
    with pytest.raises(ValueError, match="from 1"):
        read_panel([[1]], RULE, round_number=0)
