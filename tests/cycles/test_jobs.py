"""The progress of long work: what it says, who sees it, how it is cancelled, its files."""

import hashlib
import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from cycles.core import clock
from cycles.core.audit import Actor, AuditEvent
from cycles.core.errors import Invalid, Missing
from cycles.core.extensions import db
from cycles.core.jobs import files
from cycles.core.jobs.commands import ask_for
from cycles.core.jobs.models import Job, JobFile, JobState
from cycles.core.jobs.outcomes import leads_to
from cycles.core.jobs.progress import job_page, time_left
from tests.client import ParsingClient
from tests.factories import NOW, Cast


def make_job(cast: Cast, **facts: object) -> Job:
    job = ask_for(kind="tests.bake", actor=Actor(cast.ada.id, "Ada"), moment=clock.now())
    job.cycle_id = cast.cycle.id
    for name, value in facts.items():
        setattr(job, name, value)
    db.session.commit()
    return job


@pytest.mark.parametrize(
    ("done", "total", "seconds", "words"),
    [
        (0, 100, 60, ""),
        (50, 100, 1, ""),
        (50, 100, 20, "about 20 seconds left"),
        (99, 100, 20, "about 5 seconds left"),
        (25, 100, 40, "about 2 minutes left"),
        (50, 100, 62, "about 1 minute left"),
        (1, 100, 300, "about 8 hours left"),
    ],
)
def test_time_left_is_told_once_it_is_known(
    done: int, total: int, seconds: int, words: str
) -> None:
    job = Job(state=JobState.RUNNING, done=done, total=total, started_at=NOW)
    assert time_left(job, NOW + timedelta(seconds=seconds)) == words


def test_a_job_that_waits_long_says_where_to_look(cast: Cast) -> None:
    job = make_job(cast)
    assert job_page(job, job.asked_at).message == "Waiting for the worker"
    assert "ask the administrator" in job_page(job, job.asked_at + timedelta(minutes=2)).message


def test_the_page_and_its_fragment_show_the_same(cast: Cast, client: ParsingClient) -> None:
    job = make_job(cast, state=JobState.RUNNING, done=3, total=10, message="Kneading")
    client.sign_in(cast.ada)
    whole = client.get(f"/jobs/{job.id}")
    assert whole.status_code == 200
    for words in ("Kneading", "30 %", 'value="3"', "Cancel this work", "data-pulse-url"):
        assert words in whole.text
    part = client.get(f"/jobs/{job.id}/state?seen=other")
    assert part.status_code == 200
    assert without_token(part.text).strip() in without_token(whole.text)


def without_token(html: str) -> str:
    # The token names the second in which it was signed, and that may tick between two requests.
    return re.sub(r'(name="csrf_token" value=)"[^"]+"', r"\1", html)


def test_polling_answers_nothing_until_something_moves(cast: Cast, client: ParsingClient) -> None:
    job = make_job(cast, state=JobState.RUNNING, done=3, total=10, message="Kneading")
    client.sign_in(cast.ada)
    seen = job_page(job, clock.now()).seen
    assert client.get(f"/jobs/{job.id}/state?seen={seen}").status_code == 204
    job.done = 4
    db.session.commit()
    assert client.get(f"/jobs/{job.id}/state?seen={seen}").status_code == 200
    job.state = JobState.DONE
    db.session.commit()
    over = client.get(f"/jobs/{job.id}/state?seen={seen}")
    assert over.status_code == 286
    assert "data-pulse-url" not in over.text


def test_a_job_leads_to_its_result_only_when_done(cast: Cast, client: ParsingClient) -> None:
    leads_to("tests.bake", "Baking", "See the bread")(lambda job: f"/bread/{job.id}")
    job = make_job(cast, state=JobState.RUNNING)
    client.sign_in(cast.ada)
    assert "See the bread" not in client.get(f"/jobs/{job.id}").text
    job.state = JobState.DONE
    db.session.commit()
    done = client.get(f"/jobs/{job.id}").text
    assert f'href="/bread/{job.id}"' in done
    assert "Baking" in done


def test_a_failed_job_says_why(cast: Cast, client: ParsingClient) -> None:
    job = make_job(cast, state=JobState.FAILED, problem="The oven <b> is cold.")
    page = client.sign_in(cast.ada).get(f"/jobs/{job.id}").text
    assert "The oven &lt;b&gt; is cold." in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("ada", 200), ("alan", 200), ("tom", 404), ("sol", 404), ("eve", 404)],
)
def test_who_sees_a_job_of_a_cycle(
    cast: Cast, client: ParsingClient, who: str, status: int
) -> None:
    job = make_job(cast, asked_by_id=None)
    client.sign_in(getattr(cast, who))
    assert client.get(f"/jobs/{job.id}").status_code == status
    assert client.get(f"/jobs/{job.id}/state").status_code == status


def test_the_one_who_asked_sees_it_and_may_cancel_it(cast: Cast, client: ParsingClient) -> None:
    job = make_job(cast, asked_by_id=cast.tom.id)
    client.sign_in(cast.tom)
    answer = client.submit(f"/jobs/{job.id}/cancel", page=f"/jobs/{job.id}")
    assert answer.status_code == 303
    assert job.state == JobState.CANCELLED
    actions = db.session.scalars(select(AuditEvent.action)).all()
    assert actions.count("job.cancelled") == 1


def test_a_job_that_is_over_is_not_cancelled(cast: Cast, client: ParsingClient) -> None:
    job = make_job(cast, state=JobState.RUNNING)
    token_page = client.sign_in(cast.ada).token(f"/jobs/{job.id}")
    job.state = JobState.DONE
    db.session.commit()
    client.post(f"/jobs/{job.id}/cancel", data={"csrf_token": token_page})
    assert job.state == JobState.DONE


def attach(job: Job, content: bytes = b"x", filename: str = "a.csv") -> None:
    files.attach(
        job=job,
        stream=io.BytesIO(content),
        filename=filename,
        endings=(".csv", ".json"),
        moment=clock.now(),
    )


def test_a_file_is_kept_for_its_job_under_no_path_of_the_sender(cast: Cast) -> None:
    job, other = make_job(cast), make_job(cast)
    attach(job, b"bread", "..\\..\\etc/../Bread.CSV")
    with files.attached(job.id) as (given,):
        assert (given.filename, given.stream.read()) == ("Bread.CSV", b"bread")
        assert given.digest == hashlib.sha256(b"bread").hexdigest()
    files.hand_over(from_job_id=job.id, to_job_id=other.id)
    assert not files.has_file(job.id)
    files.drop(other.id)
    with pytest.raises(Missing, match="Upload it again"), files.attached(other.id):
        pass
    with pytest.raises(Missing):
        files.hand_over(from_job_id=job.id, to_job_id=other.id)


@pytest.mark.parametrize(
    ("content", "filename", "sentence"),
    [
        (b"", "a.csv", "empty"),
        (b"x" * (3 * files.MEGABYTE), "a.csv", "over 2 MB"),
        (b"x", "a.exe", "Choose one of: CSV, JSON"),
        (b"x", "csv", "Choose one of"),
    ],
)
def test_files_that_cannot_be_taken_are_refused(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, content: bytes, filename: str, sentence: str
) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 2 * files.MEGABYTE)
    with pytest.raises(Invalid) as refused:
        attach(make_job(cast), content, filename)
    assert sentence in refused.value.problems["file"]


def test_a_large_file_goes_in_and_out_by_parts_and_several_keep_their_order(cast: Cast) -> None:
    job = make_job(cast)
    large = bytes(range(256)) * 5000
    for number, content in enumerate((large, b"links"), 1):
        files.attach(
            job=job,
            stream=io.BytesIO(content),
            filename=f"{number}.csv",
            endings=(".csv",),
            moment=clock.now(),
            number=number,
        )
    files.keep_own(job_id=job.id, stream=io.BytesIO(b"list"), filename="l", moment=clock.now())
    with files.attached(job.id) as given:
        assert [(each.filename, each.stream.read()) for each in given] == [
            ("1.csv", large),
            ("2.csv", b"links"),
        ]
    files.drop(job.id)
    assert not files.has_file(job.id)
    with files.own_file(job.id) as stream:
        assert stream.read() == b"list"


def test_old_files_are_dropped_when_a_new_one_comes(cast: Cast) -> None:
    old = make_job(cast)
    attach(old)
    db.session.get_one(JobFile, (old.id, 1, 0)).added_at = clock.now() - timedelta(days=2)
    db.session.flush()
    attach(make_job(cast))
    assert not files.has_file(old.id)
