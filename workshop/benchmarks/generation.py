"""``flask bench generation``: prototype profiles of a large cycle, beside the grouping alone.

The cycle is made of real tasks in a throw-away database, and generated as the worker does it.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from cycles.core.benchmarks import Ratio, commands, show_ratios
from workshop.benchmarks import serving
from workshop.benchmarks.generation_playing import play
from workshop.benchmarks.generation_staging import ROLE_LEVELS, read_tasks

MOST_SECONDS, MOST_RATIO = 10.0, 4.0


@commands.command("generation")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    envvar="PYTHIA_DATA",
    help="The folder of the data; PYTHIA_DATA where it is not given.",
)
@click.option("--capabilities", default=400, show_default=True, type=click.IntRange(min=2))
@click.option("--titles", default=60_000, show_default=True, type=click.IntRange(min=0))
@click.option("--database", default="sqlite", type=click.Choice(["sqlite", "postgresql"]))
def bench_generation(data: Path | None, capabilities: int, titles: int, database: str) -> None:
    """Print what generating profiles costs beside the encoding and the grouping alone."""
    if data is None:
        raise click.ClickException(
            "This bench needs the folder of real data: give --data DIR or set PYTHIA_DATA."
        )
    read_tasks(data, capabilities)
    with TemporaryDirectory(prefix="pythia-generation-") as place:
        folder = Path(place)
        with serving.throw_away_database(database, folder) as url:
            environ = serving.environment(folder, url)
            serving.run_flask(environ, "db", "upgrade")
            words = ("--capabilities", str(capabilities), "--titles", str(titles))
            printed = serving.run_flask(
                environ, "bench", "play-generation", "--data", str(data.resolve()), *words
            )
    show(database, json.loads(printed.splitlines()[-1]))


@commands.command("play-generation", hidden=True)
@click.option("--data", type=click.Path(path_type=Path), required=True)
@click.option("--capabilities", type=int, required=True)
@click.option("--titles", type=int, required=True)
def play_generation(data: Path, capabilities: int, titles: int) -> None:
    """Fill the database, generate and measure. For throw-away databases alone."""
    click.echo(json.dumps(play(data, capabilities, titles)))


def show(database: str, found: dict[str, Any]) -> None:
    """Print what was measured, and the ratios beside what is aimed at."""
    click.echo(
        f"{database}: {found['capabilities']} capabilities x {len(ROLE_LEVELS)} role levels, all "
        f"needed; {found['titles']:,} occupation titles, their vectors drawn at random."
    )
    for name, value in told(found).items():
        click.echo(f"  {name:<40}{value}")
    show_ratios(
        [
            Ratio(
                "generation",
                found["generation"] / found["grouping"],
                MOST_RATIO,
                note="to the grouping alone, in the same run",
            ),
            Ratio(
                "generation",
                found["processor"] / MOST_SECONDS,
                1.0,
                note=f"of the processor, to {MOST_SECONDS:g} seconds",
            ),
        ]
    )


def told(found: dict[str, Any]) -> dict[str, object]:
    """Return each thing measured in words, with its value."""
    return {
        "encoding the capabilities": f"{found['encoding']:.2f} s",
        "generation, as the worker runs it": f"{found['generation']:.2f} s",
        "  of the processor, all its threads": f"{found['processor']:.2f} s",
        "the grouping alone": f"{found['grouping']:.2f} s",
        "memory of the generation": f"{found['memory']:.0f} MB more at its peak",
        "planning what would change": f"{found['planning']:.2f} s",
        "putting the prototypes in place": f"{found['using']:.2f} s",
        "prototypes": f"{found['proposed']}, of {found['least']} to {found['most']} capabilities",
        "second memberships": found["seconds"],
        "capabilities in no prototype (aim: 0)": found["unplaced"],
        "names given twice (aim: 0)": found["names_twice"],
        "the same prototypes again": "yes" if found["is_same"] else "NO",
        "and then nothing would change": "yes" if found["is_unchanged"] else "NO",
    }
