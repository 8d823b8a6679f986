"""The search service: what it answers, whom it answers, and what happens where it does not."""

import json
import logging
import os
import socket
import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic

import numpy as np
import pytest
from flask import Flask
from sqlalchemy import func, select

from cycles.core.base import Base
from cycles.core.extensions import db
from cycles.library.models import LibraryKind, LibrarySource, LibraryStatement
from cycles.semantics.models import TextVector
from cycles.semantics.service import asking
from cycles.semantics.service.answering import STARTING, SearchService
from cycles.semantics.service.questions import Question, Reply, Unanswered
from cycles.semantics.service.wire import LONGEST_PATH, address_of, key_of, sealed
from tests.encoders import WordEncoder
from tests.factories import NOW, add, make_area
from tests.searching import encode, search_service

OVENS = "Calibrate the sensors of bread ovens"
DOUGH = "Mix dough to a recipe"
VANS = "Drive vans in the city"
PATIENT = 5.0


@pytest.fixture
def library(session: object, word_encoder: WordEncoder) -> list[LibraryStatement]:
    """Three statements, of which the second is a skill and the third has an area."""
    source = add(LibrarySource(name="Ours", imported_at=NOW))
    area = make_area()
    facts = [{}, {"kind": LibraryKind.SKILL}, {"area_id": area.id}]
    records = [
        add(LibraryStatement(source_id=source.id, reference=text, text=text, position=at, **some))
        for at, (text, some) in enumerate(zip((OVENS, DOUGH, VANS), facts, strict=True))
    ]
    db.session.commit()
    encode(*records)
    return records


@pytest.fixture
def service(app: Flask, library: list[LibraryStatement]) -> Iterator[SearchService]:
    with search_service(app) as made:
        yield made


def ask(question: Question) -> Reply:
    reply = asking.ask(question, within=PATIENT)
    assert isinstance(reply, Reply), reply
    return reply


def found(question: Question) -> list[uuid.UUID]:
    return [hit.record_id for hit in ask(question).hits]


def test_the_nearest_come_first_with_their_scores(
    service: SearchService, library: list[LibraryStatement]
) -> None:
    reply = ask(Question("calibrate oven sensors", most=2, floor=0.1))
    assert reply.hits[0].record_id == library[0].id
    assert 0.4 < reply.hits[0].score < 1
    assert (reply.held, reply.absent) == (3, 0)
    assert ask(Question(OVENS, most=1)).hits[0].score == pytest.approx(1)


def test_facets_narrow_what_is_found(
    service: SearchService, library: list[LibraryStatement]
) -> None:
    assert found(Question(OVENS, facets={"kind": "skill"})) == [library[1].id]
    assert found(Question(OVENS, facets={"function": "Implement"})) == [library[2].id]
    assert found(Question(OVENS, facets={"function": "Implement", "kind": "skill"})) == []
    assert found(Question(OVENS, facets={"source": str(uuid.uuid4())})) == []


def test_what_is_like_a_record_leaves_out_the_record(
    service: SearchService, library: list[LibraryStatement], word_encoder: WordEncoder
) -> None:
    before = len(word_encoder.encoded)
    assert library[0].id not in found(Question(like=library[0].id, most=3, floor=-1))
    assert len(found(Question(like=library[0].id, most=3, floor=-1))) == 2
    assert len(word_encoder.encoded) == before, "its vector is kept: nothing is encoded"


def test_a_text_that_is_typed_is_encoded_once_and_kept_nowhere(
    service: SearchService,
    word_encoder: WordEncoder,
    app: Flask,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def rows() -> dict[str, int | None]:
        tables = Base.metadata.sorted_tables
        return {t.name: db.session.scalar(select(func.count()).select_from(t)) for t in tables}

    held, before = rows(), word_encoder.encoded.count("a secret of ours")
    with caplog.at_level(logging.DEBUG):
        vector = ask(Question("a secret of ours", wants_vector=True)).vector
        ask(Question("a  secret of ours"))
    assert vector is not None
    np.testing.assert_array_equal(vector, word_encoder.encode(["a secret of ours"])[0])
    assert word_encoder.encoded.count("a secret of ours") == before + 2, "once, and once here"
    assert rows() == held
    folder: Path = app.extensions["pythia_settings"].instance
    texts = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    assert not any(b"a secret of ours" in text for text in texts)
    assert "secret of ours" not in caplog.text


def test_a_library_that_changed_is_read_again_and_only_then(
    service: SearchService, library: list[LibraryStatement], word_encoder: WordEncoder
) -> None:
    assert service.prepare() is False
    library[0].retired_at = NOW
    new = add(LibraryStatement(source_id=library[0].source_id, reference="N", text="Sell bread"))
    db.session.commit()
    assert service.prepare() is True
    assert (ask(Question(OVENS)).held, ask(Question(OVENS)).absent) == (2, 1)
    encode(new)
    assert service.prepare() is True
    assert found(Question("sell bread", most=1)) == [new.id]
    assert library[0].id not in found(Question(OVENS))


def test_before_the_library_is_read_it_says_so(app: Flask, session: object) -> None:
    reply = SearchService(app).answer(Question(OVENS), until=monotonic() + 1)
    assert reply == Unanswered(STARTING)


def test_where_nobody_listens_the_answer_is_why_not(app: Flask, session: object) -> None:
    address_of(app.extensions["pythia_settings"]).unlink(missing_ok=True)
    assert asking.ask(Question(OVENS), within=PATIENT) == Unanswered(asking.ABSENT)


def test_an_answer_that_comes_too_late_is_not_waited_for(
    service: SearchService, word_encoder: WordEncoder
) -> None:
    may_go_on, encode_now = threading.Event(), word_encoder.encode

    def slowly(texts: list[str]) -> object:
        may_go_on.wait(PATIENT)
        return encode_now(texts)

    word_encoder.encode = slowly  # type: ignore[method-assign]
    assert asking.ask(Question("something new"), within=0.02) == Unanswered(asking.LATE)
    may_go_on.set()
    assert ask(Question("something new")).held == 3


def test_only_lines_with_our_seal_are_answered(service: SearchService, app: Flask) -> None:
    settings = app.extensions["pythia_settings"]
    key, other = key_of(settings), key_of(replace(settings, secret_key="x" * 40))
    question = {"number": "1", "within": 1, **Question(OVENS).content()}
    for line in (
        sealed(question, other),
        json.dumps(question).encode() + b"\n",
        sealed({"number": "1"}, key),
        sealed({**question, "text": "x" * 20_000}, key),
        b"\n",
    ):
        assert _answer(str(address_of(settings)), line) == b""
    assert _answer(str(address_of(settings)), sealed(question, key)) != b""


def _answer(address: str, line: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as wire:
        wire.settimeout(PATIENT)
        wire.connect(address)
        wire.sendall(line)
        wire.shutdown(socket.SHUT_WR)
        try:
            return wire.recv(1 << 20)
        except ConnectionResetError:
            return b""


def test_an_answer_to_another_question_is_not_taken(
    app: Flask, session: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = app.extensions["pythia_settings"]
    told = {"hits": [], "held": 1, "absent": 0, "vector": ""}
    line = sealed(told, key_of(settings), about="another")
    monkeypatch.setattr(asking, "_exchange", lambda *_: line)
    assert asking.ask(Question(OVENS), within=1) == Unanswered(asking.ABSENT)


def test_the_socket_is_ours_alone_and_its_path_never_too_long(
    service: SearchService, app: Flask
) -> None:
    settings = app.extensions["pythia_settings"]
    assert address_of(settings).stat().st_mode & 0o077 == 0
    deep = replace(settings, instance=Path("/" + "deep/" * 40))
    assert len(str(address_of(deep))) <= LONGEST_PATH
    assert address_of(deep) == address_of(deep)


def test_nothing_is_told_to_a_socket_of_somebody_else(
    service: SearchService, word_encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    assert asking.ask(Question("a secret of ours"), within=PATIENT) == Unanswered(asking.ABSENT)
    assert "a secret of ours" not in word_encoder.encoded


def test_the_model_of_the_vectors_is_the_only_one_used(
    session: object, library: list[LibraryStatement], app: Flask, word_encoder: WordEncoder
) -> None:
    db.session.add(TextVector(model_digest="another", text_hash="x", vector=b"\0" * 8))
    word_encoder.digest = "yet another"
    db.session.commit()
    service = SearchService(app)
    service.prepare()
    reply = service.answer(Question(OVENS), until=monotonic() + 1)
    assert isinstance(reply, Unanswered)
