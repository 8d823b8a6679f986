"""``flask bench report``: what our own work adds to the renderer's, and how a report grows.

The floor is the renderer alone on the finished HTML of the same report, in the same run.
"""

from dataclasses import replace
from itertools import cycle, islice
from time import perf_counter

import click
from sqlalchemy import select

from cycles.core.benchmarks import Ratio, commands, show_ratios
from cycles.core.errors import Missing
from cycles.core.extensions import db
from reports.document.edition import Edition, make_edition
from reports.document.facts import Document
from reports.document.models import Snapshot
from reports.document.queries import document_of
from reports.document.rendering import finished_html, render_pdf
from reports.printing import lay_out, write

SIZES = (25, 50, 100)
MOST_OVER_THE_RENDERER = 1.2
MOST_OVER_LINEAR = 1.25


@commands.command("report")
@click.option("--turns", default=2, show_default=True, help="How often; the best of them counts.")
def bench_report(turns: int) -> None:
    """Time the report of the newest snapshot, and of the same with more profiles."""
    document = _newest()
    click.echo(f"Snapshot {document.number}: {len(document.occupations.profiles)} profiles")
    whole, alone, pages, size = _beside_the_renderer(_edition(document), turns)
    click.echo(f"{pages} pages, {size / 1e6:.1f} MB; {whole:.1f} s, the renderer {alone:.1f} s")
    seconds = {count: _grown(document, count) for count in SIZES}
    least, most = SIZES[0], SIZES[-1]
    show_ratios(
        [
            Ratio("whole to renderer", whole / alone, MOST_OVER_THE_RENDERER),
            Ratio(
                f"{least} to {most} profiles",
                seconds[most] / seconds[least] / (most / least),
                MOST_OVER_LINEAR,
                note="time by profile at the most to that at the least",
            ),
        ]
    )


def _newest() -> Document:
    held = db.session.scalar(select(Snapshot.id).order_by(Snapshot.created_at.desc()).limit(1))
    if held is None:
        raise Missing("There is no snapshot here. Load the demonstration first.")
    return document_of(held)


def _edition(document: Document) -> Edition:
    return make_edition(document, digest="0" * 64, is_draft=False)


def _beside_the_renderer(edition: Edition, turns: int) -> tuple[float, float, int, int]:
    """Return the best seconds of the whole and of the renderer alone, the pages and the bytes."""
    whole, alone, pages, size = [], [], 0, 0
    for _ in range(turns):
        start = perf_counter()
        pdf = render_pdf(edition)
        whole.append(perf_counter() - start)
        pages, size = pdf.pages, len(pdf.content)
        html = finished_html(edition)
        start = perf_counter()
        write(lay_out(html, "print.css"))
        alone.append(perf_counter() - start)
    return min(whole), min(alone), pages, size


def _grown(document: Document, count: int) -> float:
    """Return the seconds of the same report with ``count`` profiles."""
    start = perf_counter()
    pdf = render_pdf(_edition(with_profiles(document, count)))
    spent = perf_counter() - start
    click.echo(f"{count:>5} profiles: {spent:6.1f} s, {pdf.pages} pages")
    return spent


def with_profiles(document: Document, count: int) -> Document:
    """Return the document with ``count`` profiles: its own, over and over, under other codes."""
    found, provision = document.occupations, document.provision
    codes = [f"P-{number:04d}" for number in range(1, count + 1)]
    own = islice(cycle(found.profiles), count)
    profiles = tuple(replace(each, code=code) for each, code in zip(own, codes, strict=True))
    if provision:
        lines = islice(cycle(provision.profiles), count)
        standing = tuple(
            replace(each, code=code, priority_rank=at)
            for at, (each, code) in enumerate(zip(lines, codes, strict=True), 1)
        )
        provision = replace(provision, profiles=standing)
    return replace(
        document,
        occupations=replace(found, profiles=profiles, profile_count=count),
        provision=provision,
    )
