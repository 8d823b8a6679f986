"""Whatever people write, drawing a report up fetches nothing and reads no file, in any of it.

Every text that a person can write is spoilt with addresses in every form that some renderer takes.
"""

import io
import re
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import count
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from sqlalchemy import String, Text, select, update

from cycles.core.audit import Actor, AuditEvent
from cycles.core.base import Base
from cycles.core.extensions import db
from cycles.profiles.models import Profile
from reports.document.files.models import FileKind
from reports.document.files.queries import content_of
from reports.document.models import ReportState
from reports.narrative.commands import change_narrative
from reports.narrative.sections import SECTIONS
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast
from tests.journeys.test_stored_markup import NOT_PROSE, UNIQUE, UNTOUCHED
from tests.reports.mapping_cases import reopened
from tests.reports.report_cases import bake, draw_up
from tests.reports.test_page_and_tables import read

MARK = "zqcanary"
SONG = "the canary sings"
FORMS = (
    "![{mark}]({web}/markdown)",
    '<img src="{web}/img">',
    '<img src="{file}">',
    "[{mark}]({file})",
    "![{mark}]({file})",
    '<link rel="stylesheet" href="{web}/link">',
    "<style>@import url({web}/import);</style>",
    "<style>p{{background:url({file})}}</style>",
    '<p style="background:url({web}/style)">{mark}',
    '<iframe src="{file}"></iframe>',
    '<object data="{file}"></object>',
    '<embed src="{web}/embed">',
    '<svg><image href="{web}/svg"/><use href="{file}"/></svg>',
    '<a rel="attachment" href="{file}">{mark}</a>',
    '<link rel="attachment" href="{file}">',
    "![{mark}]({ftp}/ftp)",
    '<img src="{ftp}/img">',
    "[{mark}](data:text/html;base64,PHNjcmlwdD4=)",
    "![{mark}](data:image/svg+xml,<svg><image href='{web}/inner'/></svg>)",
    "![{mark}][r]\n\n[r]: {web}/reference",
    "<{web}/automatic>",
    '<meta http-equiv="refresh" content="0;url={web}/refresh">',
    '<base href="{web}/base/">',
    "]]><!ENTITY x SYSTEM '{file}'>&x;",
)


class Trap(HTTPServer):
    """A local server that counts whoever knocks, whatever they speak."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), BaseHTTPRequestHandler)
        self.hits = 0

    def verify_request(self, *_whose: object) -> bool:
        """Count and refuse."""
        self.hits += 1
        return False


@pytest.fixture
def trap() -> Iterator[Trap]:
    server = Trap()
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def baits(trap: Trap, tmp_path: Path) -> list[str]:
    secret = tmp_path / "s"
    secret.write_text(SONG)
    host = f"127.0.0.1:{trap.server_port}"
    where = {"web": f"http://{host}", "ftp": f"ftp://{host}", "file": secret.as_uri()}
    return [form.format(mark=MARK, **where) for form in FORMS]


def spoil(baits: list[str]) -> None:
    """Write baits into every column that holds people's words, as many as find room in each."""
    turn = count()
    for table in Base.metadata.sorted_tables:
        if table.name in (AuditEvent.__tablename__, *UNTOUCHED):
            continue
        columns = [
            column
            for column in table.columns
            if type(column.type) in (String, Text)
            and column.name not in NOT_PROSE
            and not column.foreign_keys
        ]
        for row in db.session.execute(table.select()).mappings() if columns else ():
            suffix = f" {next(iter(row.values()))}" if table.name in UNIQUE else ""
            values = {each.name: _text(each, baits, next(turn), suffix) for each in columns}
            where = [key == row[key.name] for key in table.primary_key]
            db.session.execute(update(table).where(*where).values(values))


def _text(column: Any, baits: list[str], turn: int, suffix: str) -> str:
    longest = getattr(column.type, "length", None) or 400
    words = MARK
    for bait in (*baits[turn % len(baits) :], *baits[: turn % len(baits)]):
        if len(words) + len(bait) + len(suffix) + 1 <= longest:
            words = f"{words} {bait}"
    return f"{words[: longest - len(suffix)]}{suffix}"


def test_nothing_is_fetched_whatever_stands_in_the_texts(
    cast: Cast,
    word_encoder: WordEncoder,
    run_jobs: Callable[[], int],
    trap: Trap,
    baits: list[str],
) -> None:
    bake(cast, run_jobs)
    reopened(*db.session.scalars(select(Profile)))
    spoil(baits)
    db.session.expire_all()
    for at, each in enumerate(SECTIONS):
        # Every form stands in some sections; all of them in all would only take longer.
        markdown = "\n\n".join((MARK, *baits[at % 4 :: 4]))
        change_narrative(
            cycle=cast.cycle,
            section=each.key,
            markdown=markdown,
            actor=Actor(cast.ada.id, cast.ada.name),
            moment=NOW,
        )
    report = draw_up(cast.cycle, Actor(cast.ada.id, cast.ada.name), run_jobs)
    assert report.state == ReportState.DRAFT
    contents = {kind: content_of(report.id, kind) for kind in FileKind}
    assert None not in contents.values()
    assert trap.hits == 0
    for content in (report.pdf, contents[FileKind.BRIEF]):
        _hold_pdf(content or b"")
    _hold_page((contents[FileKind.PAGE] or b"").decode())
    for kind in (FileKind.WORD, FileKind.TABLES):
        _hold_parts(contents[kind] or b"")


def _hold_pdf(content: bytes) -> None:
    import pypdf

    said = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert MARK in said
    assert SONG not in said
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.attachments) == 0
        found = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
    for each in found:
        assert each.get("/S") not in ("/Launch", "/GoToR", "/ImportData", "/SubmitForm")
        assert "/EF" not in each
        if "/URI" in each:
            assert re.match(r"https?://|mailto:", str(each["/URI"]))


def _hold_page(html: str) -> None:
    found = read(html)
    assert MARK in html
    assert SONG not in html
    assert all(each.startswith("data:") for each in found.loaded)
    assert all(re.match(r"#|https?://|mailto:", each) for each in found.links)
    assert '<meta http-equiv="refresh' not in html
    assert "<base" not in html


def _hold_parts(content: bytes) -> None:
    said, relations = "", ""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith(".rels"):
                relations += parts.read(name).decode()
            elif name.endswith(".xml"):
                said += parts.read(name).decode()
    assert MARK in said
    assert SONG not in said
    assert "<!ENTITY" not in said
    for outside in re.findall(r'<Relationship [^>]*TargetMode="External"[^>]*>', relations):
        assert "/hyperlink" in outside
        assert re.search(r'Target="(https?://|mailto:)', outside)
