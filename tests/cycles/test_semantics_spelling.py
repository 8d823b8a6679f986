"""One spelling for matching: what is turned, what never is, and what it means for the cache."""

import pytest

from cycles.semantics import vectors
from cycles.semantics.spelling import american
from tests.encoders import WordEncoder


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("british", "turned"),
    [
        ("Organise and prioritise programmes", "Organize and prioritize programs"),
        ("Analysing the behaviour of centred fibres", "Analyzing the behavior of centered fibers"),
        ("Modelling, labelling, signalling; travelled", "Modeling, labeling, signaling; traveled"),
        ("Vapourisation of moulded aluminium", "Vaporization of molded aluminum"),
        (
            "HAEMATOLOGY licences; Gynaecological defence",
            "HEMATOLOGY licenses; Gynecological defense",
        ),
        ("Practise catalogued judgement", "Practice cataloged judgment"),
    ],
)
def test_british_spellings_are_turned(british: str, turned: str) -> None:
    assert american(british) == turned
    assert american(turned) == turned


@pytest.mark.one_database
def test_words_that_only_look_british_stay_as_they_are() -> None:
    plain = (
        "Supervise, advise, revise, exercise and improvise; precise expertise in advertising, "
        "merchandise and enterprise. Your four hours of tour resources, sour flour, acre, cadre. "
        "Controlling, installing, selling, compelling. Analyses, programmer, programming, science."
    )
    assert american(plain) == plain


def test_a_text_spelt_both_ways_is_encoded_once(session: object, word_encoder: WordEncoder) -> None:
    both = ["Organise the colour centre", "Organize the color center"]
    assert vectors.text_hash(both[0]) == vectors.text_hash(both[1])
    assert vectors.encode_missing(both) == 1
    assert word_encoder.encoded == ["Organize the color center"]
    # Kept, shown and told apart as they were written.
    assert vectors.normalise(both[0]) == both[0]
    assert set(vectors.cached(both)) == set(both)
