"""``flask semantics lens``: learns from known occupations how to look at meaning when statements
are grouped into profiles.

The arithmetic lives in ``consensus.grouping``, the keeping in ``lenses``; how much a lens does is
printed by ``flask bench profiles``.
"""

import hashlib
from pathlib import Path
from typing import Any

import click

from cycles.core import clock
from cycles.core.errors import DomainError, Invalid
from cycles.semantics.adapters import MODEL_DIGEST
from cycles.semantics.encoder import active_model
from cycles.semantics.lenses import KeptLens, keep, learnt
from cycles.semantics.occupations import family_of, halves, read_occupations
from cycles.semantics.training_cli import ATTRIBUTION, FILE, LICENCE
from cycles.semantics.vectors import encode_missing, missing, vectors_for

SOURCE = "O*NET database, task statements"
MODIFICATION = (
    "The texts of tasks were turned into vectors, and one matrix was learnt that turns down the "
    "directions in which tasks of one occupation differ. It holds none of the texts."
)


@click.command("lens")
@click.option("--tasks", "path", type=FILE, required=True, help="O*NET's Task Statements.txt.")
@click.option("--release", default="", help="The release of O*NET that the file is of.")
def lens(path: Path, release: str) -> None:
    """Learn the lens of the model in use from the tasks of known occupations, and keep it.

    Half of the job families are left out, so that `flask bench profiles` can judge by them.
    """
    try:
        _learn(path, release)
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal


def _learn(path: Path, release: str) -> None:
    occupations = read_occupations(path)
    families, _ = halves([family_of(code) for code in occupations])
    pairs = [
        (code, task)
        for code, tasks in occupations.items()
        for task in tasks
        if family_of(code) in families
    ]
    if not pairs:
        raise Invalid("There are too few job families to learn from: two at least.")
    owners, texts = [code for code, _ in pairs], [task for _, task in pairs]
    click.echo(f"{len(missing(texts)):,} texts to encode with {active_model()[0]}.")
    encode_missing(texts)
    counts = {"occupations": len(set(owners)), "tasks": len(texts)}
    facts = {**_provenance(path, release), "families": sorted(families), **counts}
    kept = KeptLens(learnt(vectors_for(texts), owners), facts)
    click.echo(
        f"Learnt from {len(texts):,} tasks of {counts['occupations']:,} occupations in "
        f"{len(families)} job families.\nKept as {keep(kept).name}, digest {kept.digest}."
    )


def _provenance(path: Path, release: str) -> dict[str, Any]:
    """Return what the lens came from, as it is kept and printed beside it."""
    name, digest = active_model()
    attribution = ATTRIBUTION.format(release=f"{release} ".lstrip())
    return {
        "source": SOURCE,
        "release": release,
        "licence": LICENCE,
        "attribution": attribution.replace("This adapter", "This lens"),
        "modification": MODIFICATION,
        "file": path.name,
        "file_digest": hashlib.sha256(path.read_bytes()).hexdigest(),
        "model": name,
        MODEL_DIGEST: digest,
        "learnt_at": clock.now().isoformat(),
    }
