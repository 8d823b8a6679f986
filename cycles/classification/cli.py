"""The functional classification."""

from pathlib import Path

import click
from flask.cli import AppGroup

from cycles.classification.activities import place_library
from cycles.classification.commands import import_classification
from cycles.classification.reading import OURS, Edition, read_edition
from cycles.core import clock
from cycles.core.audit import SYSTEM
from cycles.core.errors import DomainError
from cycles.core.extensions import db

commands = AppGroup("classification", help="The functional classification.")


@commands.command("import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=OURS)
@click.option("--name", help="What the classification is called.")
@click.option("--version", help="Its version; a new version becomes the current one.")
@click.option("--licence", help="Its licence, as the page prints it.")
def import_file(path: Path, name: str | None, version: str | None, licence: str | None) -> None:
    """Import the classification from PATH, or our own when no file is named."""
    told = read_edition(path)
    edition = Edition(name or told.name, version or told.version, licence or told.licence)
    try:
        report = import_classification(path=path, edition=edition, actor=SYSTEM, moment=clock.now())
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    click.echo(
        f"Classification {report.version}: {report.areas} areas "
        f"({report.added} added, {report.changed} changed, {report.removed} removed)."
    )


@commands.command("place-library")
def place_records() -> None:
    """Give library records without an area the one that their activities stand in."""
    report = place_library(actor=SYSTEM, moment=clock.now())
    db.session.commit()
    click.echo(f"{report.placed:,} records were given an area; {report.left:,} still have none.")
