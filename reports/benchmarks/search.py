"""``flask bench search``: the index beside the bare product, words beside LIKE, suggestions.

The command and its tables live here; what is searched is drawn in ``search_library``.
"""

import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter

import click
import numpy as np
from flask import current_app
from sqlalchemy import and_, func, or_, select

from cycles.core.benchmarks import (
    Ratio,
    best_milliseconds,
    commands,
    show_ratios,
    show_times,
)
from cycles.core.extensions import db
from cycles.library.models import LibraryStatement
from cycles.library.queries import LibraryFilter, find_statements
from cycles.library.searching.near import near_records
from cycles.semantics.nearest import Method, word_scores, words_of
from cycles.semantics.service.answering import SearchService
from cycles.semantics.service.serving import Server
from cycles.semantics.service.wire import address_of
from cycles.statements.nearby import near_to
from reports.benchmarks import search_index
from reports.benchmarks.search_library import drawn_library

SIZES = (10_000, 60_000, 100_000, 400_000)
MOST_MILLISECONDS = 150
QUERIES = 8
LIVE = LibraryStatement.retired_at.is_(None)

WORDS, LIKE = "full text: every word, counted, 25 shown", "LIKE: the same"
ANY_WORD, ANY_LIKE = "full text: near by any word", "LIKE: near by any word"


@commands.command("search")
@click.option("--rows", default=60_000, show_default=True, help="Statements of the library.")
@click.option("--largest", default=400_000, show_default=True, help="Rows of the largest index.")
@click.option("--turns", default=5, show_default=True, type=click.IntRange(min=1))
def bench_search(rows: int, largest: int, turns: int) -> None:
    """Print what searching a country's library costs, and how long suggestions take."""
    sizes = [search_index.measure(size, turns) for size in SIZES if size <= largest]
    if sizes:
        search_index.show(sizes)
        show_ratios(search_index.ratios(sizes))
    click.echo(f"\nA library of {rows:,} statements, on {db.engine.dialect.name}.")
    with drawn_library(rows) as (cycle_id, typed):
        times = best_milliseconds(_word_work(_queries(typed)), turns=turns)
        show_times(times)
        show_ratios(_word_ratios(times))
        click.echo("\nSuggestions while somebody types, milliseconds:")
        by_words = _suggest(cycle_id, typed)
        with _service():
            by_meaning = _suggest(cycle_id, typed)
        show_ratios([_show_suggestions(by_words), _show_suggestions(by_meaning)])


def _queries(typed: Sequence[str]) -> list[str]:
    """Return what somebody looks for: two words, some way into a text."""
    return [" ".join(text.split()[2:4]) for text in typed[:QUERIES]]


def _word_work(queries: Sequence[str]) -> dict[str, Callable[[], object]]:
    return {
        WORDS: lambda: [find_statements(LibraryFilter(words=query)) for query in queries],
        LIKE: lambda: [_like(query, every=True) for query in queries],
        ANY_WORD: lambda: [near_records(query, most=4, within=0) for query in queries],
        ANY_LIKE: lambda: [_like(query, every=False) for query in queries],
    }


def _like(query: str, *, every: bool) -> object:
    """Search as was done before there was full text: every record is looked through."""
    stems = words_of(query)
    holds = [LibraryStatement.text.icontains(stem) for stem in stems]
    wanted = select(LibraryStatement.id, LibraryStatement.text).where(
        LIVE, and_(*holds) if every else or_(*holds)
    )
    first = wanted.order_by(LibraryStatement.text, LibraryStatement.id)
    if every:
        total = db.session.scalar(select(func.count()).select_from(wanted.subquery()))
        return total, db.session.execute(first.limit(25)).all()
    texts = [row.text for row in db.session.execute(first.limit(200))]
    return word_scores(query, texts)


def _word_ratios(times: dict[str, float]) -> list[Ratio]:
    return [
        Ratio("LIKE", times[LIKE] / times[WORDS], 2, False, "to full text, every word"),
        Ratio("LIKE, near", times[ANY_LIKE] / times[ANY_WORD], 1.5, False, "to words, any of them"),
    ]


@contextmanager
def _service() -> Iterator[None]:
    """Serve the drawn library as the worker would, in a thread of this process."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the app itself
    settings = app.extensions["pythia_settings"]
    service = SearchService(app)
    began = perf_counter()
    service.prepare()
    click.echo(f"The service was ready after {perf_counter() - began:.1f} s.")
    with Server(settings, service) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield
        server.shutdown()
        thread.join()
    address_of(settings).unlink(missing_ok=True)


def _suggest(cycle_id: uuid.UUID, typed: Sequence[str]) -> dict[Method, list[float]]:
    """Return what each text took, by how it was answered; the first few warm things up."""
    taken: dict[Method, list[float]] = {method: [] for method in Method}
    for at, text in enumerate([*typed[:3], *typed]):
        began = perf_counter()
        method = near_to(cycle_id, f"{text} {at}").method
        if at >= 3:
            taken[method].append(1000 * (perf_counter() - began))
    return taken


def _show_suggestions(taken: dict[Method, list[float]]) -> Ratio:
    """Print medians and the slowest twentieth; return the latter beside what is aimed at."""
    for method, spent in taken.items():
        if spent:
            low, high = np.percentile(spent, (50, 95))
            click.echo(
                f"by {method.value:<8}  {len(spent):>4} asked  p50 {low:6.1f}  p95 {high:6.1f}"
            )
    every = [each for spent in taken.values() for each in spent]
    name = "by words" if not taken[Method.MEANING] else "by meaning, or by words when late"
    slowest = float(np.percentile(every, 95))
    return Ratio(name, slowest / MOST_MILLISECONDS, 1, note=f"p95 to {MOST_MILLISECONDS} ms")
