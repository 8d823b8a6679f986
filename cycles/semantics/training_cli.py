"""``flask semantics train``: learns an adapter from a file of links, and says how good it is.

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
from cycles.semantics.links import ActivityLinks, Parts, read_links, split
from cycles.semantics.training import Learnt, learn
from cycles.semantics.vectors import encode_missing, missing, vectors_for

SOURCE = "O*NET database, tasks to detailed work activities (USDOL/ETA), modified"
LICENCE = "CC BY 4.0"
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("train")
@click.option("--links", "path", type=FILE, required=True, help="O*NET's Tasks to DWAs.txt.")
@click.option("--activities", type=FILE, help="O*NET's DWA Reference.txt: those without a task.")
@click.option("--leave-out", multiple=True, help="Title of an occupation never to learn from.")
@click.option("--seed", default=0, show_default=True, help="Of the order in which tasks are seen.")
def train(path: Path, activities: Path | None, leave_out: tuple[str, ...], seed: int) -> None:
    """Train the adapter of the model in use from O*NET's links, and keep it."""
    try:
        _train(path, activities, leave_out, Training(seed=seed))
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal


def _train(path: Path, activities: Path | None, leave_out: Sequence[str], how: Training) -> None:
    links = read_links(path, activities)
    parts = split(links, leave_out)
    sizes = {"training": parts.training, "calibration": parts.calibration}
    for name, tasks in (sizes | {"held-out": parts.held_out}).items():
        if not len(tasks):
            raise click.ClickException(f"The file has too few occupations: no {name} tasks.")
        click.echo(f"{len(tasks):,} {name} tasks")
    texts = [*links.tasks, *links.activities]
    click.echo(f"{len(missing(texts)):,} texts to encode with {active_model()[0]}.")
    encode_missing(texts)
    click.echo("Learning; a minute or two.")
    learnt = learn(links, parts, vectors_for(links.tasks), vectors_for(links.activities), how)
    _show(learnt)
    facts = _facts(path, links, parts, learnt)
    facts |= {"training": asdict(how), "left_out": sorted(leave_out)}
    kept = KeptAdapter(learnt.adapter, learnt.calibration, facts)
    click.echo(f"Kept as {keep(kept).name}, digest {kept.digest}.")


def _show(learnt: Learnt) -> None:
    click.echo(f"\n{'on held-out occupations':<24}{'hit@1':>9}{'hit@10':>9}{'MRR':>9}")
    for name, found in (("plain", learnt.plain), ("with the adapter", learnt.adapted)):
        click.echo(f"{name:<24}{found.first:>9.3f}{found.first_ten:>9.3f}{found.mrr:>9.3f}")
    click.echo(f"Expected calibration error of the first ten: {learnt.calibration_error:.3f}\n")


def _facts(path: Path, links: ActivityLinks, parts: Parts, learnt: Learnt) -> dict[str, Any]:
    name, digest = active_model()
    return {
        "source": SOURCE,
        "licence": LICENCE,
        "file": path.name,
        "file_digest": hashlib.sha256(path.read_bytes()).hexdigest(),
        "model": name,
        MODEL_DIGEST: digest,
        "tasks": [len(parts.training), len(parts.calibration), len(parts.held_out)],
        "activities": len(links.activities),
        "trained_at": clock.now().isoformat(),
        "plain": asdict(learnt.plain),
        "adapted": asdict(learnt.adapted),
        "calibration_error": learnt.calibration_error,
    }
