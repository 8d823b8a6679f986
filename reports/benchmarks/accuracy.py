"""``flask bench accuracy``: is the right activity, the right standard ranked first, and is a
stated chance honest? Ours beside what others use, on real links that we did not make.

The command and its tables live here. The data are never part of the product.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from pathlib import Path

import click
import numpy as np

from consensus.matching import apply_adapter
from cycles.core.benchmarks import commands
from cycles.core.errors import DomainError
from cycles.semantics.adapters import active_adapter, digest_of
from cycles.semantics.encoder import Vectors, active_model
from cycles.semantics.links import ActivityLinks, Parts, read_links, split
from cycles.semantics.training import LEAST_MATCH, calibrated_between, ranked, right_answers
from reports.benchmarks.kept_vectors import vectors_of
from reports.benchmarks.standard_ranking import (
    PAIR_BASELINES,
    TWO_WAY_ADAPTED,
    PairSet,
    Standing,
    read_pair_set,
    read_pairs,
    standings,
)
from reports.benchmarks.task_ranking import (
    ADAPTED_MIX,
    BASELINES,
    TaskSet,
    adapter_of,
    errors,
    scored,
)

LINKS = "onet/Tasks to DWAs.txt"
REFERENCE = "onet/DWA Reference.txt"
STATEMENTS = "onet/Task Statements.txt"
PAIRS = "eval/fop_standard_pairs.json"
STANDARDS = "ifate/ifate_standards_2021_full.json"
FILES = (LINKS, REFERENCE, STATEMENTS, PAIRS, STANDARDS)

PARTS = ("training", "calibration", "held out")
LEAST_MRR, MOST_ERROR, LEAST_FIRST = 0.42, 0.03, 0.85


@commands.command("accuracy")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    envvar="PYTHIA_DATA",
    help="The folder of the data; PYTHIA_DATA where it is not given.",
)
def bench_accuracy(data: Path | None) -> None:
    """Print how well tasks find their activities and profiles their standards."""
    folder = _checked(data)
    try:
        _run(folder)
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal


def _checked(data: Path | None) -> Path:
    if data is None:
        raise click.ClickException(
            "This bench needs the folder of real data: give --data DIR or set PYTHIA_DATA."
        )
    absent = [name for name in FILES if not (data / name).is_file()]
    if absent:
        raise click.ClickException(f"The folder {data.name!r} has no file {absent[0]!r}.")
    return data


def _run(folder: Path) -> None:
    pairs = read_pairs(folder / PAIRS)
    links = read_links(folder / LINKS, folder / REFERENCE)
    parts = split(links, left_out=pairs)
    pair_set = read_pair_set(pairs, folder / STATEMENTS, folder / STANDARDS)
    click.echo(f"Model: {active_model()[0]}, plain vectors in full precision.")
    texts = (links.tasks, links.activities, pair_set.tasks, pair_set.duties)
    vectors = vectors_of([text for some in texts for text in some])
    cuts = np.cumsum([len(some) for some in texts[:-1]])
    tasks, activities, own, duties = np.split(vectors, cuts)
    given = TaskSet(links, parts, tasks, activities)
    _show_split(links, parts)
    adapter = adapter_of(given)
    _show_adapter(adapter)
    _show_tasks(given, adapter)
    _show_statements(given, adapter)
    _show_pairs(pair_set, standings(pair_set, own, duties, adapter))


def _show_split(links: ActivityLinks, parts: Parts) -> None:
    click.echo(
        f"\nTask to activity, on {LINKS}: {len(links.tasks):,} distinct tasks, "
        f"{len(links.activities):,} activities, {len(links.pairs):,} links.\n"
        "Parted by the SHA-256 of the occupation's code; paired occupations are held out."
    )
    sizes = (parts.training, parts.calibration, parts.held_out)
    for name, tasks, occupations in zip(PARTS, sizes, parts.occupations, strict=True):
        click.echo(f"  {name:<12} {len(tasks):>7,} tasks of {occupations:>4,} occupations")


def _show_adapter(adapter: Vectors) -> None:
    digest = digest_of(adapter)
    kept = active_adapter()
    same = kept is not None and kept.digest == digest
    words = "the same as the one in use" if same else "not the one in use"
    click.echo(f"The adapter was learnt here: digest {digest}, {words}.")


def _show_statements(given: TaskSet, adapter: Vectors) -> None:
    turned = apply_adapter(given.tasks, adapter)
    _, error = calibrated_between(turned, given.links, given.parts)
    click.echo("\nChance that two held-out tasks belong to the same group of activities")
    name = f"ECE of adapted scores from {LEAST_MATCH:.2f}"
    _show_aim(name, error, MOST_ERROR, is_ceiling=True)


def _show_tasks(given: TaskSet, adapter: Vectors) -> None:
    held_out = scored(given, adapter, given.parts.held_out)
    right = right_answers(given.links)[given.parts.held_out]
    figures = {name: astuple(ranked(scores, right)) for name, scores in held_out.items()}
    _show_table(("held-out tasks", "hit@1", "hit@10", "MRR"), figures)
    _show_aim(f"MRR of {ADAPTED_MIX}", figures[ADAPTED_MIX][2], LEAST_MRR)
    best = max(figures[name][2] for name in BASELINES)
    _show_ahead("MRR", figures[ADAPTED_MIX][2], best)
    off = errors(given, scored(given, adapter, given.parts.calibration), held_out)
    table = {name: astuple(error) for name, error in off.items()}
    _show_table(("chance that a suggestion is linked, ECE", "first", "first ten"), table)
    worst = max(table[f"{ADAPTED_MIX}, calibrated"])
    _show_aim(f"ECE of {ADAPTED_MIX}", worst, MOST_ERROR, is_ceiling=True)


def _show_pairs(given: PairSet, found: Mapping[str, Standing]) -> None:
    profiles, standards = given.right.shape
    click.echo(
        f"\nProfile to standard, on {PAIRS}: {profiles} occupations ({len(given.tasks):,} tasks) "
        f"and {standards} standards with {len(given.duties):,} duties.\n"
        f"One profile is {100 / profiles:.0f} points of R@1, so small differences say nothing."
    )
    figures = {name: astuple(standing) for name, standing in found.items()}
    _show_table(("paired profiles", "R@1", "R@3", "MRR"), figures)
    _show_aim(f"R@1 of {TWO_WAY_ADAPTED}", figures[TWO_WAY_ADAPTED][0], LEAST_FIRST)
    for place, measure in ((0, "R@1"), (2, "MRR")):
        best = max(figures[name][place] for name in PAIR_BASELINES)
        _show_ahead(measure, figures[TWO_WAY_ADAPTED][place], best)


def _show_table(head: Sequence[str], rows: Mapping[str, Sequence[float]]) -> None:
    width = max(map(len, [head[0], *rows]))
    click.echo(f"\n{head[0]:<{width}}" + "".join(f"{name:>11}" for name in head[1:]))
    for name, figures in rows.items():
        click.echo(f"{name:<{width}}" + "".join(f"{figure:>11.3f}" for figure in figures))


def _show_aim(name: str, value: float, bound: float, *, is_ceiling: bool = False) -> None:
    is_met = value <= bound if is_ceiling else value >= bound
    words = "at most" if is_ceiling else "at least"
    click.echo(f"  {name}: {value:.3f}, aim {words} {bound:.3f}: {'met' if is_met else 'NOT met'}")


def _show_ahead(measure: str, value: float, best: float) -> None:
    words = "yes" if value > best else "NO"
    click.echo(f"  ahead of every baseline in {measure}: {value:.3f} to {best:.3f}: {words}")
