"""``flask bench explorer``: what every page of the findings costs on a large cycle.

The command and its table live here; the cycle is made in ``explorer_staging``, and opened in
``explorer_measuring``.
"""

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from cycles.core.benchmarks import commands
from reports.benchmarks.explorer_measuring import Measured, measure
from reports.benchmarks.explorer_staging import Size, require_data, stage_large
from reports.benchmarks.kept_vectors import vectors_folder
from workshop.benchmarks import serving

MOST_MILLISECONDS, MOST_QUERIES, MOST_KILOBYTES, MOST_OF_SLIDER = 300, 15, 400, 200
KILOBYTE = 1_000
STAGED = "staged"


@commands.command("explorer")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    envvar="PYTHIA_DATA",
    help="The folder of the data; PYTHIA_DATA where it is not given.",
)
@click.option("--turns", default=5, show_default=True, type=click.IntRange(min=1))
@click.option("--database", default="sqlite", type=click.Choice(["sqlite", "postgresql"]))
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    help="Make the cycle in this folder as an instance, and use it again where it is made.",
)
def bench_explorer(data: Path | None, turns: int, database: str, keep: Path | None) -> None:
    """Print what each page of the findings costs on a large cycle, beside a bare page."""
    if data is None:
        raise click.ClickException(
            "This bench needs the folder of real data: give --data DIR or set PYTHIA_DATA."
        )
    require_data(data)
    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(TemporaryDirectory(prefix="pythia-explorer-")))
        environ = _environ(stack, database, folder, is_kept=keep is not None)
        _stage(environ, folder, data)
        printed = serving.run_flask(environ, "bench", "play-explorer", "--turns", str(turns))
    show(database, json.loads(printed.splitlines()[-1]))


def _environ(stack: ExitStack, database: str, folder: Path, *, is_kept: bool) -> dict[str, str]:
    if not is_kept:
        url = stack.enter_context(serving.throw_away_database(database, folder))
        return serving.environment(folder, url)
    if database != "sqlite":
        raise click.ClickException("Only a cycle on SQLite is kept.")
    folder.mkdir(parents=True, exist_ok=True)
    kept = {**os.environ, "PYTHIA_ENV": "development", "PYTHIA_INSTANCE": str(folder.resolve())}
    kept.pop("DATABASE_URL", None)
    return kept


def _stage(environ: Mapping[str, str], folder: Path, data: Path) -> None:
    serving.run_flask(environ, "db", "upgrade")
    done = folder / STAGED
    if done.is_file():
        return
    click.echo("Making the cycle. The first time, most of it is encoding: some minutes.")
    words = ("--data", str(data.resolve()), "--vectors", str(vectors_folder().resolve()))
    serving.run_flask(environ, "bench", "stage-explorer", *words)
    done.touch()


@commands.command("stage-explorer", hidden=True)
@click.option("--data", type=click.Path(path_type=Path), required=True)
@click.option("--vectors", type=click.Path(path_type=Path), required=True)
def stage_explorer(data: Path, vectors: Path) -> None:
    """Fill the database with the large cycle. For throw-away databases alone."""
    stage_large(data, Size(), vectors)


@commands.command("play-explorer", hidden=True)
@click.option("--turns", type=int, required=True)
def play_explorer(turns: int) -> None:
    """Open every page and measure it. For databases that ``stage-explorer`` has filled."""
    click.echo(json.dumps(measure(turns)))


def show(database: str, found: Mapping[str, Any]) -> None:
    """Print a line for each page, and what is aimed at with met or missed."""
    pages = [Measured(**each) for each in found["pages"]]
    size = Size()
    click.echo(
        f"{database}: {size.capabilities} capabilities, {size.profiles} profiles, "
        f"{size.ksbs:,} KSBs, {size.reviews} reviews of matches. Milliseconds of the server; cold "
        f"is the first request of a process; cold and slider are of the processor.\n"
        "A bare page of the same application: "
        f"{found['bare']:.1f} ms. Styles and scripts, once: {found['assets'] / KILOBYTE:.0f} kB "
        "compressed.\n"
    )
    width = max((len(page.name) for page in pages), default=0)
    click.echo(
        f"{'page':<{width}}  {'cold':>7} {'queries':>7}  {'warm':>6} {'x bare':>6} {'queries':>7}"
        f"  {'kB':>5}  {'slider':>6}"
    )
    for page in pages:
        click.echo(_line(page, found["bare"], width))
    click.echo()
    for line in aims(pages, found["assets"]):
        click.echo(line)


def _line(page: Measured, bare: float, width: int) -> str:
    slider = "" if page.slider is None else f"{page.slider:.0f}"
    return (
        f"{page.name:<{width}}  {page.cold:>7.0f} {page.cold_queries:>7}  {page.warm:>6.0f} "
        f"{page.warm / bare:>6.1f} {page.queries:>7}  {page.size / KILOBYTE:>5.0f}  {slider:>6}"
    ).rstrip()


def aims(pages: Sequence[Measured], assets: int) -> list[str]:
    """Return a line for each aim: whether it is met, and by which pages it is not."""
    sliders = {page.name: page.slider for page in pages if page.slider is not None}
    return [
        _aim("warm", MOST_MILLISECONDS, "ms", {page.name: page.warm for page in pages}),
        _aim("cold", MOST_MILLISECONDS, "ms", {page.name: page.cold for page in pages}),
        _aim("warm", MOST_QUERIES, "queries", {page.name: page.queries for page in pages}),
        _aim("cold", MOST_QUERIES, "queries", {page.name: page.cold_queries for page in pages}),
        _aim("page", MOST_KILOBYTES, "kB", {page.name: page.size / KILOBYTE for page in pages}),
        _aim(
            "with styles and scripts, compressed",
            MOST_KILOBYTES,
            "kB",
            {page.name: (page.packed + assets) / KILOBYTE for page in pages},
        ),
        _aim("slider", MOST_OF_SLIDER, "ms", sliders),
    ]


def _aim(what: str, most: float, unit: str, values: Mapping[str, float]) -> str:
    above = [f"{name} {value:.0f}" for name, value in values.items() if value > most]
    worst = max(values.values(), default=0)
    told = f"missed by {', '.join(above)}" if above else "met"
    return f"{what}, at most {most} {unit}: {told} (the most is {worst:.0f})"
