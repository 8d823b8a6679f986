"""``flask bench encode``: what turning texts into vectors costs, beside the model's own library.

Ours is timed as people use it: spelling, keys, the cache and its commits with it. Its vectors are
kept under a digest that no model has, and are gone afterwards.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import numpy as np
from sqlalchemy import delete

from cycles.core.benchmarks import Ratio, best_milliseconds, commands, show_ratios, show_times
from cycles.core.errors import DomainError, Invalid
from cycles.core.extensions import db
from cycles.semantics.encoder import FolderModel, Vectors, digest_in, encoder
from cycles.semantics.inference import BFLOAT16, FLOAT32, forward, has_native_bfloat16, load
from cycles.semantics.links import TASK, rows_of
from cycles.semantics.models import TextVector
from cycles.semantics.vectors import as_encoded, encode_missing, text_hash

STATEMENTS = "onet/Task Statements.txt"
LEAST_AGREEMENT = 0.99
ALONE = 50
VERBS = ("plan", "check", "build", "repair", "measure", "clean", "sort", "price", "teach", "draw")
THINGS = ("pumps", "ledgers", "gardens", "turbines", "lessons", "samples", "contracts", "ovens")
JOINTS = ("of", "for", "with", "using", "before", "after", "against", "during", "under")


@commands.command("encode")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    envvar="PYTHIA_DATA",
    help="The folder of real data; PYTHIA_DATA where it is not given, else texts are made up.",
)
@click.option("--texts", "count", default=2000, show_default=True, help="How many texts.")
@click.option("--duplicates", default=40, show_default=True, help="Per cent that stand twice.")
@click.option("--turns", default=2, show_default=True, help="How often each is timed.")
def bench_encode(data: Path | None, count: int, duplicates: int, turns: int) -> None:
    """Print what encoding costs, in full precision and in bfloat16, and what a second run does."""
    try:
        distinct = _distinct(data, count)
        _run(distinct, _repeated(distinct, duplicates), turns)
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal


class Measured:
    """The model in use under a digest of the bench's own, counting what it encodes."""

    def __init__(self, model: FolderModel) -> None:
        self.name, self.digest = model.name, digest_in(model.digest, "bench")
        self.encoded = 0
        self._model = model

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode as the model does."""
        self.encoded += len(texts)
        return self._model.encode(texts)


def _run(distinct: list[str], repeated: list[str], turns: int) -> None:
    model = encoder()
    if not isinstance(model, FolderModel):
        raise Invalid("This bench needs a model in a folder.")
    share = 1 - len(set(repeated)) / len(repeated)
    own, theirs = Measured(model), load(model.folder)
    with _nothing_kept(own.digest) as forget:
        spent = best_milliseconds(_work(own, theirs, distinct, repeated, forget), turns=turns)
        _show_speed(spent, share, len(distinct))
        _show_second_run(own, distinct)
    _show_alone(model, distinct)
    _show_bulk(theirs, distinct, turns)


def _work(
    own: Measured,
    theirs: Any,
    distinct: list[str],
    repeated: list[str],
    forget: Callable[[], None],
) -> dict[str, Callable[[], object]]:
    def ours(texts: list[str]) -> int:
        forget()
        return encode_missing(texts, by=own)

    return {
        "default encode, distinct texts": lambda: theirs.encode(distinct),
        "ours, distinct texts": lambda: ours(distinct),
        "default encode, with duplicates": lambda: theirs.encode(repeated),
        "ours, with duplicates": lambda: ours(repeated),
    }


def _show_speed(spent: dict[str, float], share: float, count: int) -> None:
    click.echo(f"\n{count:,} texts, full precision; of the second list {share:.0%} are repeats.")
    show_times(spent)
    default, ours, default_twice, ours_once = spent.values()
    show_ratios(
        [
            Ratio("distinct", default / ours, 1.0, False, "default encode / ours"),
            Ratio("duplicates", default_twice / ours_once, 1 / (1 - share), False, "the same"),
            Ratio("encoded once", ours / ours_once, 0.9 / (1 - share), False, "ours / ours"),
        ]
    )


def _show_second_run(own: Measured, texts: list[str]) -> None:
    encode_missing(texts, by=own)
    before = own.encoded
    encode_missing(texts, by=own)
    click.echo(f"\nA second run encodes {own.encoded - before} of {len(texts):,} texts.")


def _show_alone(model: FolderModel, texts: list[str]) -> None:
    together, some = model.encode(texts), texts[:ALONE]
    alone = np.concatenate([model.encode([text]) for text in some])
    same = int((alone == together[: len(some)]).all(axis=1).sum())
    click.echo(f"Encoded alone, {same} of {len(some)} vectors are the same bit for bit.")


def _show_bulk(theirs: Any, texts: list[str], turns: int) -> None:
    if not has_native_bfloat16():
        click.echo("\nbfloat16: this processor has none of its own, so it is not offered.")
        return
    found: dict[str, Vectors] = {}

    def piece(precision: str) -> Callable[[], object]:
        return lambda: found.update({precision: forward(theirs, texts, precision)})

    work = {precision: piece(precision) for precision in (FLOAT32, BFLOAT16)}
    spent = best_milliseconds(work, turns=turns)
    click.echo("\nbfloat16 for the library, beside full precision:")
    show_times(spent)
    show_ratios([Ratio("bfloat16", spent[FLOAT32] / spent[BFLOAT16], 2.0, False)])
    full, bulk = (_orders(found[precision]) for precision in (FLOAT32, BFLOAT16))
    agreement = _mean_spearman(full, bulk)
    met = "met" if agreement >= LEAST_AGREEMENT else "NOT met"
    click.echo(f"  Agreement of ranks (mean Spearman): {agreement:.4f}, aim at least .99: {met}")
    nearest = float((full.argmax(axis=1) == bulk.argmax(axis=1)).mean())
    click.echo(f"  The same nearest text: {nearest:.1%} of texts")


def _orders(vectors: Vectors) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Return the rank of every text among all by its score with each one, itself the lowest."""
    scores = vectors @ vectors.T
    np.fill_diagonal(scores, -2)
    return scores.argsort(axis=1, kind="stable").argsort(axis=1).astype(np.int32)


def _mean_spearman(first: Any, second: Any) -> float:
    count = first.shape[1]
    distance = ((first - second).astype(np.float64) ** 2).sum(axis=1)
    return float((1 - 6 * distance / (count * (count**2 - 1))).mean())


@contextmanager
def _nothing_kept(digest: str) -> Iterator[Callable[[], None]]:
    def forget() -> None:
        db.session.execute(delete(TextVector).where(TextVector.model_digest == digest))
        db.session.commit()

    try:
        yield forget
    finally:
        db.session.rollback()
        forget()


def _distinct(data: Path | None, count: int) -> list[str]:
    made = _real(data) if data is not None else _made_up(count)
    texts = list({text_hash(text): as_encoded(text) for text in made}.values())
    random.Random(0).shuffle(texts)  # noqa: S311 - an order, no secret
    if count < 2 or len(texts) < count:
        raise Invalid(f"There are {len(texts):,} distinct texts: choose between 2 and so many.")
    return texts[:count]


def _real(data: Path) -> Iterator[str]:
    click.echo(f"Texts of {STATEMENTS}.")
    return (row[TASK] for row in rows_of(data / STATEMENTS, (TASK,)))


def _made_up(count: int) -> Iterator[str]:
    click.echo("Texts made up of words; give --data for real ones.")
    draw = random.Random(0)  # noqa: S311 - texts, no secret
    for number in range(count):
        parts = [f"{draw.choice(VERBS).title()} {draw.choice(THINGS)}"]
        for _ in range(draw.randrange(1, 8)):
            parts.append(f"{draw.choice(JOINTS)} {draw.choice(THINGS)}")
        yield f"{' '.join(parts)} at site {number}."


def _repeated(distinct: list[str], per_cent: int) -> list[str]:
    """Return as many texts as given, of which ``per_cent`` are repeats of others, shuffled."""
    once = max(1, round(len(distinct) * (100 - per_cent) / 100))
    texts = [distinct[place % once] for place in range(len(distinct))]
    random.Random(1).shuffle(texts)  # noqa: S311 - an order, no secret
    return texts
