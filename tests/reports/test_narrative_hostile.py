"""Prose that is written to keep the server busy: each of these took minutes, or hours, once."""

import pytest

from reports.narrative.checking.reading import sentences
from reports.narrative.commands import LONGEST
from reports.narrative.history import pieces
from reports.narrative.naming import names_in
from tests.client import ParsingClient
from tests.factories import Cast


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("{{ " + " " * LONGEST, ()),
        ("{{ " * LONGEST, ()),
        ("{{" + " " * LONGEST + "profiles.count\n}}", ("profiles.count",)),
    ],
)
def test_a_name_is_found_whatever_space_is_around_it(words: str, names: tuple[str, ...]) -> None:
    assert names_in(words) == names


def test_sentences_are_read_whatever_parts_them() -> None:
    assert sentences("a" + "\n" * LONGEST + "b" + " " * LONGEST + "c") == ["a", "b c"]
    assert sentences("![" * LONGEST) == ["![" * LONGEST]


def test_monotonous_wordings_stand_whole_beside_each_other() -> None:
    before, after = "a c " * 5000, "a b " * 5000
    same, gone, came = pieces(before, after)
    assert (same.kind, same.words) == ("same", "a")
    assert (gone.kind, gone.words) == ("gone", before[2:].strip())
    assert (came.kind, came.words) == ("new", after[2:].strip())


def test_a_small_change_of_a_long_text_is_told_as_such() -> None:
    words = ["a", "b", "c"] * 3000
    after = [*words[:4000], "x", *words[4001:]]
    found = pieces(" ".join(words), " ".join(after))
    assert [(each.kind, len(each.words.split())) for each in found] == [
        ("same", 4000),
        ("gone", 1),
        ("new", 1),
        ("same", 4999),
    ]


def test_words_that_are_written_anew_are_not_told_in_shreds() -> None:
    found = pieces("It is the mix of skills and the pace", "It is a lack of time and no money")
    assert [(each.kind, each.words) for each in found] == [
        ("same", "It is"),
        ("gone", "the mix of skills and the pace"),
        ("new", "a lack of time and no money"),
    ]


def test_what_is_too_long_to_save_is_previewed_only_so_far(
    cast: Cast, client: ParsingClient
) -> None:
    path = f"/cycles/{cast.cycle.id}/narrative/summary"
    words = "a " * (LONGEST // 2) + "zebra"
    answer = client.sign_in(cast.ada).submit(
        f"{path}/unfinished", page=path, markdown=words, version="0"
    )
    assert "too long to keep" in answer.text
    assert "zebra" not in answer.text


@pytest.mark.parametrize("number", [0, 10**9, 2**63, 10**40])
def test_a_version_that_there_never_was_is_not_found(
    cast: Cast, client: ParsingClient, number: int
) -> None:
    path = f"/cycles/{cast.cycle.id}/narrative/summary"
    answer = client.sign_in(cast.ada).submit(f"{path}/history/{number}", page=path)
    assert answer.status_code == 404
