"""The encoder and its cache."""

import uuid

import click
from flask.cli import AppGroup
from sqlalchemy import select

from cycles.core.errors import DomainError
from cycles.core.extensions import db
from cycles.semantics.commands import encoder_for
from cycles.semantics.lens_cli import lens
from cycles.semantics.service.cli import serve
from cycles.semantics.texts import LIBRARY, texts_of
from cycles.semantics.training_cli import train
from cycles.semantics.vectors import encoding, missing
from cycles.standards.models import Framework

commands = AppGroup("semantics", help="The encoder and its cache.")
commands.add_command(train)
commands.add_command(lens)
commands.add_command(serve)


@commands.command("encode")
@click.option("--framework", "framework_name", help="Encode a framework, by its name.")
@click.option("--library", "is_library", is_flag=True, help="Encode the library.")
@click.option("--cycle", "cycle_id", type=click.UUID, help="Encode a cycle's statements, by id.")
def encode(framework_name: str | None, is_library: bool, cycle_id: uuid.UUID | None) -> None:
    """Encode the texts of a framework, the library or a cycle that are not encoded yet."""
    try:
        scope = _scope(framework_name, is_library, cycle_id)
        by = encoder_for(scope)
        absent = missing(texts_of(scope), digest=by.digest)
        click.echo(f"{len(absent):,} texts to encode with {by.name}.")
        with click.progressbar(length=len(absent), label="Encoding") as bar:
            for done, _ in encoding(absent, by):
                bar.update(done - bar.pos)
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal


def _scope(framework_name: str | None, is_library: bool, cycle_id: uuid.UUID | None) -> str:
    if sum((framework_name is not None, is_library, cycle_id is not None)) != 1:
        raise click.UsageError("Say one of --framework NAME, --library or --cycle ID.")
    if is_library:
        return LIBRARY
    if cycle_id is not None:
        return f"cycle:{cycle_id}"
    framework_id = db.session.scalar(select(Framework.id).where(Framework.name == framework_name))
    if framework_id is None:
        raise click.UsageError(f"No framework is called {framework_name!r}.")
    return f"framework:{framework_id}"
