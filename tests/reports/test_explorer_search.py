"""Search over everything that results hold: by words, by meaning, by both, and why."""

import re
from collections.abc import Callable

import pytest

from cycles.core.audit import Actor
from cycles.ksbs.models import CapabilityKsb, KsbStatus
from cycles.semantics.service.questions import Question, Reply, Unanswered
from cycles.standards.models import KsbKind
from reports.explorer.searching import meaning
from reports.explorer.searching.words import marked, plain_words, read_words
from reports.mapping.commands import run_mapping
from reports.mapping.words import percent
from reports.results.queries import forget
from tests.client import ParsingClient
from tests.encoders import WordEncoder
from tests.factories import NOW, Cast, add
from tests.reports.mapping_cases import make_bakery

Found = list[tuple[str, str]]


@pytest.fixture
def home(cast: Cast, word_encoder: WordEncoder, run_jobs: Callable[[], int]) -> str:
    """The bakery after its run of map and gap, with one accepted KSB; the page's address."""
    bakery = make_bakery(cast.cycle)
    facts = {"kind": KsbKind.SKILL, "text": "Bake-off déjà vu", "status": KsbStatus.ACCEPTED}
    add(
        CapabilityKsb(
            cycle_id=cast.cycle.id, statement_id=bakery.bake.id, created_at=NOW, version=1, **facts
        )
    )
    run_mapping(cycle=cast.cycle, actor=Actor(None, "Test"), moment=NOW)
    run_jobs()
    forget()
    return f"/cycles/{cast.cycle.id}/findings/search"


@pytest.fixture
def meant(monkeypatch: pytest.MonkeyPatch, word_encoder: WordEncoder) -> list[Question]:
    """Answer by meaning as the worker would; the questions asked."""
    asked: list[Question] = []

    def answer(question: Question, *, within: float) -> Reply:
        asked.append(question)
        return Reply((), 0, 0, word_encoder.encode([question.text])[0])

    monkeypatch.setattr(meaning, "ask", answer)
    return asked


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "ask", lambda _question, within: Unanswered("nobody is in"))


def page(client: ParsingClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def lines(html: str) -> list[str]:
    """Return each thing found in words, with stars around what was marked."""
    found = re.findall(r'<p class="p-found__text">(.*?)</p>', html, re.S)
    starred = [re.sub(r"</?mark[^>]*>", "*", each) for each in found]
    return [re.sub(r"<[^>]+>", "", each).strip() for each in starred]


@pytest.mark.usefixtures("silent")
def test_words_find_every_sort_of_thing_by_their_beginnings(
    client: ParsingClient, cast: Cast, home: str
) -> None:
    html = page(client.sign_in(cast.ada), f"{home}?q=BAKING")
    assert lines(html)[0] == "C-002 *Bake* bread in an automated oven"
    assert lines(html)[1].endswith("*Bake*-off déjà vu")
    assert lines(html)[2:] == [
        "T0001 *Baker*",
        "T0001 *Bake* bread in an automated oven",
    ]
    assert "Found by words, because nobody is in: each holds every word you typed" in html
    assert html.count("holds the word") == 4


@pytest.mark.usefixtures("silent")
def test_accents_and_spelling_stand_in_nobody_s_way(
    client: ParsingClient, cast: Cast, home: str
) -> None:
    ada = client.sign_in(cast.ada)
    assert lines(page(ada, f"{home}?q=deja"))[0].endswith("Bake-off *déjà* vu")
    # The duty says sanitise; whoever types sanitize means it.
    assert lines(page(ada, f"{home}?q=sanitize")) == ["T0002 *Sanitise* hoppers overnight"]


@pytest.mark.usefixtures("silent")
def test_what_nothing_holds_is_said_plainly(client: ParsingClient, cast: Cast, home: str) -> None:
    html = page(client.sign_in(cast.ada), f"{home}?q=zzqx")
    assert lines(html) == []
    assert "nothing holds any of them" in html
    assert "each holds some of them" not in html


@pytest.mark.usefixtures("silent")
def test_where_nothing_holds_every_word_some_do_and_the_page_says_so(
    client: ParsingClient, cast: Cast, home: str
) -> None:
    html = page(client.sign_in(cast.ada), f"{home}?q=mix+zebras")
    assert lines(html) == ["C-001 *Mix* dough to a recipe", "T0001 *Mix* dough to a recipe"]
    assert "none holds every word you typed" in html
    assert html.count("holds 1 of 2 words") == 2


def test_meaning_finds_what_words_do_not_and_says_how_near(
    client: ParsingClient, cast: Cast, home: str, meant: list[Question]
) -> None:
    html = page(client.sign_in(cast.ada), f"{home}?q=Mix+dough+to+a+recipe&by=meaning")
    assert "Found by meaning, nearest first" in html
    assert f"{percent(100)} near in meaning" in html
    assert meant[0].wants_vector
    only = page(client, f"{home}?q=dough&by=words")
    assert "near in meaning" not in only.split("Data and method")[0]


def test_by_both_what_holds_every_word_comes_before_what_is_near(
    client: ParsingClient, cast: Cast, home: str, meant: list[Question]
) -> None:
    found = lines(page(client.sign_in(cast.ada), f"{home}?q=automated+oven&kind=capability"))
    assert found[0] == "C-002 Bake bread in an *automated* *oven*"


@pytest.mark.usefixtures("silent")
def test_one_sort_alone_keeps_its_address_and_downloads_what_it_shows(
    client: ParsingClient, cast: Cast, home: str
) -> None:
    ada = client.sign_in(cast.ada)
    html = page(ada, f"{home}?q=bake&kind=duty&by=words")
    assert lines(html) == ["T0001 *Bake* bread in an automated oven"]
    address = re.search(r'href="([^"]*search\.json[^"]*)"', html)
    assert address is not None
    told = ada.get(address[1].replace("&amp;", "&")).get_json()
    assert [row["text"] for row in told["rows"]] == ["Bake bread in an automated oven"]
    assert told["rows"][0]["sort"] == "duty"
    assert "“bake”" in told["about"]


@pytest.mark.usefixtures("silent")
def test_every_thing_found_leads_somewhere(client: ParsingClient, cast: Cast, home: str) -> None:
    ada = client.sign_in(cast.ada)
    html = page(ada, f"{home}?q=bake")
    section = html[html.index("p-found__how") : html.index("data-and-method")]
    for address in dict.fromkeys(re.findall(r'href="(/cycles[^"]+)"', section)):
        assert ada.get(address.replace("&amp;", "&"), follow_redirects=True).status_code == 200
    assert "Matches 1 at 55 %" in section
    assert "Among the best for" in section


@pytest.mark.usefixtures("silent")
def test_before_anything_is_typed_it_says_what_there_is(
    client: ParsingClient, cast: Cast, home: str
) -> None:
    html = page(client.sign_in(cast.ada), home)
    counts = re.findall(r"<dd>([\d,]+)</dd>", html.split("p-found__all")[1].split("</dl>")[0])
    assert counts == ["4", "2", "1", "4", "4"]


@pytest.mark.usefixtures("silent")
def test_a_cycle_before_its_run_is_searched_for_what_it_has(
    client: ParsingClient, cast: Cast
) -> None:
    make_bakery(cast.cycle)
    forget()
    html = page(client.sign_in(cast.ada), f"/cycles/{cast.cycle.id}/findings/search?q=bake")
    assert lines(html) == ["C-002 *Bake* bread in an automated oven"]


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize(
    "query",
    ["q=%3Cb%3E%26", "q=%00", "q=....", "q=the", "q=a&kind=x&by=y&page=9", "q=" + "ab" * 900],
)
def test_whatever_is_typed_is_answered(
    client: ParsingClient, cast: Cast, home: str, query: str
) -> None:
    assert client.sign_in(cast.ada).get(f"{home}?{query}").status_code in (200, 400)


def test_marks_are_of_whole_words_and_lose_no_letter() -> None:
    words = read_words("Ovens & dough")
    pieces = marked("Dough: two OVENS, an ovenproof doughnut", words)
    assert "".join(text for text, _ in pieces) == "Dough: two OVENS, an ovenproof doughnut"
    assert [text for text, is_hit in pieces if is_hit] == [
        "Dough",
        "OVENS",
        "ovenproof",
        "doughnut",
    ]


def test_short_words_are_whole_words() -> None:
    assert read_words("IT").held_by(plain_words("Secure IT systems")) == 1
    assert read_words("IT").held_by(plain_words("Secure items")) == 0
