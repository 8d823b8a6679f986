"""``flask bench profiles``: does a generation find the occupations that statements come from?

Tasks of known occupations of one job family are shuffled together and grouped. The command and
its tables live here. The data are never part of the product.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from pathlib import Path

import click
import numpy as np

from consensus.grouping import METHOD, METHOD_VERSION
from cycles.core.benchmarks import commands
from cycles.core.errors import DomainError
from cycles.semantics.encoder import Vectors, active_model
from cycles.semantics.lenses import active_lens, learnt
from cycles.semantics.occupations import family_of, halves, read_occupations
from reports.benchmarks.kept_vectors import vectors_of
from reports.benchmarks.profile_sets import (
    DUTIES,
    FILES,
    STATEMENTS,
    MixedSet,
    read_duties,
    read_tasks,
)
from reports.benchmarks.profile_times import show_time
from reports.benchmarks.profile_ways import BASELINES, OURS, Agreement, judged, ways

LEAST_AHEAD = {"ARI": 0.05, "NMI": 0.03}
SAME = 1e-5
NUMBERS = {True: "number of groups told", False: "own number of groups"}

Found = dict[tuple[str, bool], dict[str, Agreement]]


@commands.command("profiles")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    envvar="PYTHIA_DATA",
    help="The folder of the data; PYTHIA_DATA where it is not given.",
)
@click.option(
    "--occupations",
    "size",
    type=click.IntRange(6, 12),
    default=8,
    show_default=True,
    help="Occupations of one family in a set.",
)
@click.option("--tuning", "is_tuning", is_flag=True, help="Print the tuning half as well.")
def bench_profiles(data: Path | None, size: int, *, is_tuning: bool) -> None:
    """Print how well groups are those of the occupations, beside k-means and average linkage."""
    folder = _checked(data)
    try:
        _run(folder, size, is_tuning=is_tuning)
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


def _run(folder: Path, size: int, *, is_tuning: bool) -> None:
    click.echo(f"Model: {active_model()[0]}, plain vectors in full precision.")
    click.echo(f"Ours (method {METHOD_VERSION}): {METHOD}")
    tasks, duties = read_tasks(folder, size), read_duties(folder, size)
    occupations = read_occupations(folder / STATEMENTS)
    families, held_out = halves([family_of(code) for code in occupations])
    learning = {code: some for code, some in occupations.items() if family_of(code) in families}
    wanted = [text for given in (*tasks, *duties) for text in given.texts]
    wanted += [text for some in learning.values() for text in some]
    texts = list(dict.fromkeys(wanted))
    vectors = dict(zip(texts, vectors_of(texts), strict=True))
    lens = _lens(learning, vectors)
    _show(f"HELD OUT: {STATEMENTS}", _of(tasks, held_out), vectors, lens)
    _show(f"ANOTHER SOURCE: {DUTIES}, no classification", duties, vectors, lens)
    if is_tuning:
        _show(f"Tuning half: {STATEMENTS}", _of(tasks, families), vectors, lens)
    show_time(texts, vectors, lens)


def _of(sets: Sequence[MixedSet], families: frozenset[str]) -> list[MixedSet]:
    return [given for given in sets if given.family in families]


def _lens(learning: Mapping[str, Sequence[str]], vectors: Mapping[str, Vectors]) -> Vectors:
    pairs = [(code, text) for code, texts in learning.items() for text in texts]
    lens = learnt(np.stack([vectors[text] for _, text in pairs]), [code for code, _ in pairs])
    kept = active_lens()
    # Not by digest: encoding in other batches moves the last bits of a vector.
    same = kept is not None and np.allclose(kept.matrix, lens, atol=SAME)
    click.echo(
        f"The lens was learnt here from {len(pairs):,} tasks of {len(learning):,} occupations of "
        f"the tuning half; it is "
        f"{'the one in use, to five decimals' if same else 'not the one in use'}.\n"
        "Families are parted by the SHA-256 of their code. Settings were chosen on the tuning half."
    )
    return lens


def _show(
    head: str, sets: Sequence[MixedSet], vectors: Mapping[str, Vectors], lens: Vectors
) -> None:
    if not sets:
        click.echo(f"\n{head}: no family has enough occupations.")
        return
    sizes = [len(given.texts) for given in sets]
    click.echo(
        f"\n{head}\n{len({given.family for given in sets})} families, {len(sets)} sets of "
        f"{min(given.occupations for given in sets)} to "
        f"{max(given.occupations for given in sets)} occupations with {min(sizes)} to "
        f"{max(sizes)} statements. A statement that several occupations of a set share is left "
        "out;\nnothing is known of partners. Means over families, ± their standard deviation."
    )
    found = {
        (name, is_told): judged(way, sets, vectors, is_told=is_told)
        for is_told in NUMBERS
        for name, way in ways(lens).items()
    }
    for is_told, words in NUMBERS.items():
        _show_table(words, {name: rows for (name, told), rows in found.items() if told == is_told})
    _show_ahead(found)


def _show_table(head: str, figures: Mapping[str, Mapping[str, Agreement]]) -> None:
    width = max(map(len, [head, *figures]))
    click.echo(f"\n{head:<{width}}  {'ARI':>13}  {'NMI':>13}  {'groups/true':>11}")
    for name, rows in figures.items():
        values = np.array([astuple(row) for row in rows.values()])
        (rand, information, groups), (r, i, _) = values.mean(axis=0), values.std(axis=0)
        click.echo(
            f"{name:<{width}}  {rand:.3f} ± {r:.3f}  {information:.3f} ± {i:.3f}  {groups:>11.2f}"
        )


def _show_ahead(found: Found) -> None:
    """Hold ours, with its own number of groups, against the better baseline told the right one."""
    for place, (measure, least) in enumerate(LEAST_AHEAD.items()):
        mine = {family: astuple(row)[place] for family, row in found[OURS, False].items()}
        others = [
            {family: astuple(row)[place] for family, row in found[name, True].items()}
            for name in BASELINES
        ]
        best = max(float(np.mean(list(rows.values()))) for rows in others)
        ahead = float(np.mean(list(mine.values()))) - best
        wins = sum(all(mine[family] > rows[family] for rows in others) for family in mine)
        click.echo(
            f"  {measure} of ours with its own number, beyond the better baseline told the right "
            f"one: {ahead:+.3f}, aim at least {least:.2f}: {'met' if ahead >= least else 'NOT met'}"
            f"; ahead of both in {wins} of {len(mine)} families"
        )
