"""Every page, item, chart and file of a published link: nobody is named, nobody quoted."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest

from cycles.core.audit import Actor
from cycles.core.extensions import db
from reports.document.commands import take_snapshot
from reports.explorer.registry import pages
from reports.publishing.commands import publish_snapshot
from reports.publishing.links import token_of
from reports.publishing.models import Audience
from reports.results.queries import forget, snapshot_results
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast
from tests.reports.canaries import LABEL, OBJECTED, TRAIL, canary, plant
from tests.reports.explorer_cases import find
from tests.reports.test_results_opening import told
from workshop.ballot.models import Reason
from workshop.rooms.models import CellDecision

LINKED = re.compile(r'(?:href|src|action|data-[a-z-]+-href)="([^"]+)"')
IN_JSON = re.compile(r'"(/(?:published|api)/[^"]+)"')
# The same rows in another order, at another threshold, or fewer of them, say nothing new.
CHOOSES = ("table", "profile", "standard")
# A picture is drawn from the chart's JSON, and a table's other files have the rows of its JSON.
SAID_IN_JSON = re.compile(r"\.(png|svg)$|(?<!/actions)\.(csv|xlsx)$")
SITE = ("/", "/accessibility", "/privacy", "/glossary")


@pytest.fixture
def published(
    cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]
) -> tuple[str, set[str]]:
    """A link to a snapshot full of canaries, and the canaries."""
    found = find(cast, run_jobs)
    secrets = plant(cast, found)
    actor = Actor(cast.ada.id, cast.ada.name)
    snapshot = take_snapshot(cycle=found.baked.cycle, actor=actor, moment=NOW)
    made = publish_snapshot(
        snapshot=snapshot, audience=Audience.LINK, label=LABEL, actor=actor, moment=NOW
    )
    db.session.commit()
    forget()
    kept = " ".join(told(snapshot_results(snapshot)))
    # Those who take part do read these: what is missing below was there to be seen.
    for each in (canary(Reason, "text"), canary(CellDecision, "reason"), OBJECTED, TRAIL):
        assert each in kept, each
    return f"/published/{token_of(made)}/", secrets


def test_a_link_names_nobody_and_quotes_nobody(
    client: ParsingClient, published: tuple[str, set[str]]
) -> None:
    home, secrets = published
    seen: set[str] = set()
    waiting = [home, home.replace("/published/", "/api/v1/published/")]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "Set-Cookie" not in answer.headers, address
        assert answer.headers["Cache-Control"] == "no-store", address
        assert "noindex" in answer.headers["X-Robots-Tag"], address
        seen.add(address)
        text = " ".join(texts_of(answer.data))
        for secret in secrets:
            assert secret not in text, f"{secret!r} at {address}"
        waiting += [each for each in followed(address, answer, text) if each not in seen]
    offered = {name for name, it in pages().items() if it.is_offered and it.is_for_links}
    assert {f"{home}{name}" for name in offered} <= seen
    assert f"{home}change" not in seen
    kinds = {urlsplit(each).path.rpartition(".")[2] for each in seen}
    assert {"json", "csv", "xlsx", "zip"} <= kinds
    assert any("/charts/" in each for each in seen)


def texts_of(content: bytes) -> Iterator[str]:
    """Return all text in a file, and in the files that it packs."""
    if not content.startswith(b"PK"):
        yield unescape(content.decode("utf-8", "replace"))
        return
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            yield name
            yield from texts_of(packed.read(name))


def followed(address: str, answer: object, text: str) -> Iterator[str]:
    """Return the addresses that an answer leads to; a link's reader is sent nowhere else."""
    mimetype: str = answer.mimetype  # type: ignore[attr-defined]  # Werkzeug's test answer
    if mimetype == "text/html":
        found = [urljoin(address, unescape(each)) for each in LINKED.findall(text)]
    elif mimetype.endswith("json"):
        # The description of the API has addresses with names in braces, and the root of them all.
        found = [each for each in IN_JSON.findall(text) if "{" not in each and each.count("/") > 4]
    else:
        return
    for each in found:
        split = urlsplit(each)
        if split.scheme or split.path.startswith("/static/") or split.path in SITE:
            continue
        assert split.path.startswith(("/published/", "/api/v1/")), f"{each} at {address}"
        if SAID_IN_JSON.search(split.path):
            continue
        asked = [pair for pair in parse_qsl(split.query) if pair[0] in CHOOSES]
        yield f"{split.path}?{urlencode(asked)}" if asked else split.path
