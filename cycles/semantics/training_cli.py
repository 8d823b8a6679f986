"""``flask semantics train``: learns an adapter from links, and says how good it is.

The learning lives in ``training``, the keeping in ``adapters``.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from consensus.matching import Training
from cycles.core import clock
from cycles.core.errors import DomainError
from cycles.semantics.adapters import MODEL_DIGEST, KeptAdapter, keep
from cycles.semantics.encoder import active_model
from cycles.semantics.imported import imported_links, linked_source
from cycles.semantics.links import ActivityLinks, Parts, read_links, split
from cycles.semantics.training import LEAST_MATCH, Learnt, learn
from cycles.semantics.vectors import encode_missing, missing, vectors_for

SOURCE = "O*NET database, tasks to detailed work activities"
LICENCE = "CC BY 4.0"
ATTRIBUTION = (
    "This adapter was made from information of the O*NET {release}Database by the U.S. Department "
    "of Labor, Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 "
    "license. O*NET® is a trademark of USDOL/ETA. Pythia has modified all or some of this "
    "information. USDOL/ETA has not approved, endorsed, or tested these modifications."
)
MODIFICATION = (
    "The texts of tasks and activities were turned into vectors, and one matrix was learnt under "
    "which a task is near the activities it was placed under. It holds none of the texts."
)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
LEAST_TASKS = 2


@click.command("train")
@click.option("--links", "path", type=FILE, help="O*NET's Tasks to DWAs.txt; else the library's.")
@click.option("--activities", type=FILE, help="O*NET's DWA Reference.txt: those without a task.")
@click.option("--release", default="", help="The release of O*NET that --links is of.")
@click.option("--source", help="The library's source, where several hold links.")
@click.option("--leave-out", multiple=True, help="Title of an occupation never to learn from.")
@click.option("--seed", default=0, show_default=True, help="Of the order in which tasks are seen.")
def train(
    *,
    path: Path | None,
    activities: Path | None,
    release: str,
    source: str | None,
    leave_out: tuple[str, ...],
    seed: int,
) -> None:
    """Train the adapter of the model in use from links to activities, and keep it."""
    try:
        if path is None:
            links, origin = _from_library(source)
        else:
            links, origin = read_links(path, activities), _origin_of(path, release)
        _train(links, origin, leave_out, Training(seed=seed))
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal


def _from_library(name: str | None) -> tuple[ActivityLinks, dict[str, str]]:
    source = linked_source(name)
    origin = {
        "source": source.name,
        "release": source.version,
        "licence": source.licence,
        "attribution": source.attribution,
    }
    click.echo(f"Links of the library, from {source.name} {source.version}".rstrip() + ".")
    return imported_links(source), origin


def _origin_of(path: Path, release: str) -> dict[str, str]:
    return {
        "source": SOURCE,
        "release": release,
        "licence": LICENCE,
        "attribution": ATTRIBUTION.format(release=f"{release} ".lstrip()),
        "file": path.name,
        "file_digest": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def _train(
    links: ActivityLinks, origin: dict[str, str], leave_out: Sequence[str], how: Training
) -> None:
    parts = split(links, leave_out)
    _show_parts(parts)
    texts = [*links.tasks, *links.activities]
    click.echo(f"{len(missing(texts)):,} texts to encode with {active_model()[0]}.")
    encode_missing(texts)
    click.echo("Learning; a minute or two.")
    learnt = learn(links, parts, vectors_for(links.tasks), vectors_for(links.activities), how)
    _show(learnt)
    facts = origin | _facts(links, parts, learnt)
    facts |= {"training": asdict(how), "left_out": sorted(leave_out)}
    kept = KeptAdapter(learnt.adapter, learnt.calibration, learnt.statement_calibration, facts)
    click.echo(f"Kept as {keep(kept).name}, digest {kept.digest}.")


def _show_parts(parts: Parts) -> None:
    sizes = {"training": parts.training, "calibration": parts.calibration}
    for name, tasks in (sizes | {"held-out": parts.held_out}).items():
        if len(tasks) < LEAST_TASKS:
            raise click.ClickException(
                f"There are too few occupations: no {name} tasks to compare."
            )
        click.echo(f"{len(tasks):,} {name} tasks")


def _show(learnt: Learnt) -> None:
    click.echo(f"\n{'on held-out occupations':<24}{'hit@1':>9}{'hit@10':>9}{'MRR':>9}")
    for name, found in (("plain", learnt.plain), ("with the adapter", learnt.adapted)):
        click.echo(f"{name:<24}{found.first:>9.3f}{found.first_ten:>9.3f}{found.mrr:>9.3f}")
    click.echo("Expected calibration error of the chance that")
    click.echo(f"  a task belongs under an activity, its first ten: {learnt.calibration_error:.3f}")
    click.echo(
        "  two tasks belong to the same group of activities, "
        f"scores from {LEAST_MATCH:.2f}: {learnt.statement_error:.3f}\n"
    )


def _facts(links: ActivityLinks, parts: Parts, learnt: Learnt) -> dict[str, Any]:
    name, digest = active_model()
    return {
        "modification": MODIFICATION,
        "links_digest": links.digest,
        "model": name,
        MODEL_DIGEST: digest,
        "tasks": [len(parts.training), len(parts.calibration), len(parts.held_out)],
        "activities": len(links.activities),
        "groups": len(set(links.groups.tolist())),
        "trained_at": clock.now().isoformat(),
        "plain": asdict(learnt.plain),
        "adapted": asdict(learnt.adapted),
        "calibration_error": learnt.calibration_error,
        "statement_calibration_error": learnt.statement_error,
    }
