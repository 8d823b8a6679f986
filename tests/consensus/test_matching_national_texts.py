"""The survey at national scale on vectors as wide as the model's, where rounding plays a part."""

import doctest
import importlib
import pkgutil

import numpy as np
import pytest

from consensus.matching import (
    fit_surplus,
    generic_duties,
    matched,
    national,
    top_standards,
    two_way,
    unsupported,
)
from consensus.matching.national import exact_scores, generic_duties_of, survey
from tests.consensus.national_cases import apart, kept_of, on_grid

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("seed", range(4))
def test_repeated_texts_tie_by_order_wherever_they_stand(seed):
    """BLAS gives a repeated text another last bit at another place; nothing may hang on it."""
    random = np.random.default_rng(seed)
    capabilities, duties = apart(random, 301), apart(random, 403)
    owners = np.sort(random.integers(0, 30, 403))
    owners[201:281] = owners[:80] + 30
    members = random.random((9, 301)) < 0.06
    plain = survey(capabilities, duties, owners, 60, members, cells_per_block=9_000)
    rows, columns = random.permutation(301), random.permutation(403)
    names = random.permutation(60)
    mixed = survey(
        capabilities[rows], duties[columns], names[owners[columns]], 60, members[:, rows]
    )
    _, same_text = np.unique(duties, axis=0, return_inverse=True)
    best, mixed_best = plain.at(55).best()[0], mixed.at(55).best()[0]
    assert np.array_equal(same_text[best[rows]], same_text[columns[mixed_best]])
    for found, texts in ((best, duties), (mixed_best, duties[columns])):
        first = {vector.tobytes(): number for number, vector in reversed([*enumerate(texts)])}
        assert all(first[texts[best].tobytes()] == best for best in found)
    for threshold in (55, 55.8, 60):
        ours = plain.at(threshold).fit_surplus(members)
        theirs = mixed.at(threshold).fit_surplus(members[:, rows])
        assert np.array_equal(ours.fit_count, theirs.fit_count[:, names])
        assert np.array_equal(ours.surplus_count, theirs.surplus_count[:, names])
    assert plain.two_way == pytest.approx(mixed.two_way[:, names], abs=1e-6, nan_ok=True)


def test_two_versions_of_a_standard_stand_level():
    random = np.random.default_rng(8)
    capabilities, own = apart(random, 211), apart(random, 37)
    duties = np.vstack((own, apart(random, 90), own[::-1]))
    owners = np.concatenate((np.full(37, 5), np.arange(90) % 5, np.full(37, 6)))
    members = random.random((7, 211)) < 0.1
    found = survey(capabilities, duties, owners, 7, members)
    assert np.array_equal(found.two_way[:, 5], found.two_way[:, 6])
    for best in top_standards(found.at(55).fit_surplus(members), found.two_way):
        order = best.tolist()
        assert order.index(6) == order.index(5) + 1


def test_every_pair_is_found_among_many():
    random = np.random.default_rng(11)
    capabilities, duties = apart(random, 700), apart(random, 900)
    owners = random.integers(0, 50, 900)
    members = random.random((20, 700)) < 0.03
    found = survey(capabilities, duties, owners, 50, members, cells_per_block=90_000)
    every = np.indices((700, 900)).reshape(2, -1)
    scores = exact_scores(capabilities, duties, *every).reshape(700, 900)
    assert np.array_equal(np.column_stack((found.pairs.row, found.pairs.duty)), kept_of(scores))
    again = survey(capabilities, duties, owners, 50, members, cells_per_block=7_000, threads=1)
    assert np.array_equal(again.pairs.row, found.pairs.row)
    assert np.array_equal(again.pairs.duty, found.pairs.duty)
    assert again.pairs.score == pytest.approx(found.pairs.score, abs=1e-6)
    flags = matched(scores, 55.8)
    matches = found.at(55.8)
    counts, ours = fit_surplus(flags, members, owners, 50), matches.fit_surplus(members)
    assert counts.fit_count.any()
    assert np.array_equal(ours.fit_count, counts.fit_count)
    assert np.array_equal(ours.surplus_count, counts.surplus_count)
    assert np.array_equal(matches.unsupported(), unsupported(flags))
    assert np.array_equal(matches.best()[0], scores.argmax(axis=1))
    assert found.two_way == pytest.approx(two_way(scores, members, owners, 50), abs=1e-6)


def test_it_says_how_far_it_is_and_can_be_stopped():
    texts, heard = on_grid(np.random.default_rng(3), 40), []

    def stop(done, total):
        heard.append((done, total))
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        survey(
            texts,
            texts,
            np.arange(40),
            40,
            np.ones((1, 40), bool),
            cells_per_block=80,
            on_block=stop,
        )
    assert heard == [(1, 20), (2, 20), (3, 20)]


def test_nothing_to_compare_is_an_empty_survey():
    none, one = np.empty((0, 4), np.float32), np.array([[1, 0, 0, 0]], np.float32)
    no_rows = survey(none, one, np.array([0]), 2, np.empty((1, 0), bool))
    assert no_rows.at(50).best()[0].tolist() == []
    assert no_rows.at(50).fit_surplus(np.empty((1, 0), bool)).fit_count.tolist() == [[0, 0]]
    assert np.isnan(no_rows.two_way).all()
    no_duties = survey(one, none, np.array([], int), 2, np.array([[True]]))
    at = no_duties.at(40)
    assert at.unsupported().tolist() == [True]
    assert at.best()[0].tolist() == [-1]
    assert at.fit_surplus(np.array([[True]])).duty_count.tolist() == [0, 0]
    assert no_duties.unsupported_curve([40, 99]).tolist() == [1, 1]


def test_generic_duties_are_found_among_many():
    random = np.random.default_rng(5)
    duties, place = apart(random, 800), random.integers(-1, 12, 800)
    found = generic_duties_of(duties, place, 12, 55.8, cells_per_block=50_000)
    every = np.indices((800, 800)).reshape(2, -1)
    scores = exact_scores(duties, duties, *every).reshape(800, 800)
    plain = generic_duties(scores, place, place, 12, 55.8)
    assert np.array_equal(found.near_count, plain.near_count)
    assert plain.is_generic.any()
    assert not plain.is_generic.all()


@pytest.mark.parametrize("name", [each.name for each in pkgutil.iter_modules(national.__path__)])
def test_examples_hold(name):
    module = importlib.import_module(f"{national.__name__}.{name}")
    assert doctest.testmod(module).failed == 0


ONE = np.array([[1.0, 0.0]], np.float32)
REFUSED = {
    "float32": {"capabilities": ONE.astype(np.float64)},
    "unit vectors": {"duties": ONE * 2},
    "do not compare": {"duties": np.array([[1.0]], np.float32)},
    "one standard per duty": {"standard_of_duty": np.array([0, 0])},
    "outside 0": {"standard_of_duty": np.array([3])},
    "members": {"members": np.ones((1, 2), bool)},
    "the floor": {"floor_percent": 0},
    "from 1 up": {"most_of_row": 0},
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_makes_no_sense_is_refused(words):
    given_ = {
        "capabilities": ONE,
        "duties": ONE,
        "standard_of_duty": np.array([0]),
        "standards": 1,
        "members": np.ones((1, 1), bool),
    }
    with pytest.raises(ValueError, match=words):
        survey(**(given_ | REFUSED[words]))


def test_what_was_not_kept_is_not_answered():
    found = survey(ONE, ONE, np.array([0]), 1, np.ones((1, 1), bool), floor_percent=60)
    assert found.at(60).fit_surplus(np.ones((1, 1), bool)).fit_count.tolist() == [[1]]
    with pytest.raises(ValueError, match="not kept"):
        found.at(59)
    with pytest.raises(ValueError, match="not kept"):
        found.unsupported_curve([60, 59])
    with pytest.raises(ValueError, match="both accepted and rejected"):
        found.at(60, [(0, 0)], [(0, 0)])
    with pytest.raises(ValueError, match="allowed"):
        found.at(60).fit_surplus(np.ones((1, 1), bool), np.ones((2, 1), bool))
    with pytest.raises(ValueError, match="as many rows"):
        exact_scores(ONE, ONE, [0], [0, 0])
