"""Links from a file, parted by occupation so that nothing is both learnt and judged."""

from pathlib import Path

import numpy as np
import pytest

from cycles.core.errors import Invalid
from cycles.semantics.links import part_of, read_links, split
from cycles.semantics.training import first_answers, first_ranks, ranked, right_answers

pytestmark = pytest.mark.one_database

HEAD = "O*NET-SOC Code\tTitle\tTask ID\tTask\tDWA ID\tDWA Title"


def write(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "links.txt"
    path.write_bytes("\r\n".join([head, *rows, ""]).encode("utf-8-sig"))
    return path


def test_a_task_that_recurs_stands_once_with_all_its_links(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '11-1.00\tMinders\t1\tMind the 5" press.\tD2\tMind presses.',
        '11-1.00\tMinders\t1\tMind the 5" press.\tD1\tMind machines.',
        '12-1.00\tKeepers\t9\tMind  the 5" press.\tD2\tMind presses.',
    )
    reference = tmp_path / "reference.txt"
    reference.write_text("DWA ID\tDWA Title\nD0\tRest.\nD1\tMind machines.\n")

    links = read_links(path, reference)

    assert links.tasks == ('Mind the 5" press.',)
    assert links.activities == ("Rest.", "Mind machines.", "Mind presses.")
    assert links.pairs.tolist() == [[0, 1], [0, 2]]
    assert links.occupations == (frozenset({"11-1.00", "12-1.00"}),)
    assert links.titles == {"11-1.00": "Minders", "12-1.00": "Keepers"}


def test_files_that_are_not_what_they_should_be_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="no column 'DWA ID'"):
        read_links(write(tmp_path, head="O*NET-SOC Code\tTitle\tTask"))
    with pytest.raises(Invalid, match=r"Line 2 of .* has 3 cells"):
        read_links(write(tmp_path, "11-1.00\tMinders\t1"))
    (tmp_path / "links.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Invalid, match="cannot be read"):
        read_links(tmp_path / "links.txt")


def test_no_text_is_both_learnt_from_and_judged_by(tmp_path: Path) -> None:
    rows = [f"{code}-1.00\tWork {code}\t{code}\tTask {code}.\tD1\tDo." for code in range(100, 160)]
    shared = [f"{code}-1.00\tWork {code}\t9\tShared task.\tD1\tDo." for code in range(100, 160)]
    links = read_links(write(tmp_path, *rows, *shared))

    parts = split(links, left_out=["Work 101"])

    assert sum(map(len, (parts.training, parts.calibration, parts.held_out))) == 61
    assert sum(parts.occupations) == 60
    assert all(parts.occupations)
    held_out = {links.tasks[task] for task in parts.held_out}
    assert {"Shared task.", "Task 101."} <= held_out
    learnt = [min(links.occupations[task]) for task in parts.training]
    assert all(part_of(code) > 2 for code in learnt)
    # Which part an occupation falls into never depends on what else the file holds.
    fewer = split(read_links(write(tmp_path, *rows[:30])), left_out=["Work 101"])
    assert fewer.training.tolist() == [task for task in parts.training if task < 30]


def test_ranks_count_from_the_best_right_answer_and_ties_keep_their_order(tmp_path: Path) -> None:
    scores = np.array([[0.9, 0.9, 0.1], [0.2, 0.3, 0.9]])
    right = np.array([[False, True, True], [True, True, False]])
    assert first_ranks(scores, right).tolist() == [2, 2]
    figures = ranked(scores, right)
    assert (figures.first, figures.first_ten, figures.mrr) == (0, 1, 0.5)
    values, is_match = first_answers(scores, right, 2)
    assert values.tolist() == [0.9, 0.9, 0.9, 0.3]
    assert is_match.tolist() == [False, True, False, True]


def test_right_answers_are_the_links(tmp_path: Path) -> None:
    links = read_links(write(tmp_path, "11-1.00\tMinders\t1\tMind.\tD1\tMind machines."))
    assert right_answers(links).tolist() == [[True]]
