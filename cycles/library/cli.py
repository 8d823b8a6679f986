"""The library of statements."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from cycles.importing.terminal import File, Told, import_from_terminal, import_options
from cycles.library.asking import IMPORTER
from cycles.library.commands import SourceFacts
from cycles.library.queries import source_rows

commands = AppGroup("library", help="The library of statements.")


@commands.command("import")
@click.argument("path", type=File, metavar="FILE")
@click.option("--source", help="The source's name; known shapes (O*NET, ESCO, SSC) have one.")
@click.option(
    "--occupations-like",
    multiple=True,
    metavar="TEXT",
    help="Only occupations whose code begins with this or whose title holds it; repeatable.",
)
@import_options
def import_file(
    *, path: Path, source: str | None, occupations_like: tuple[str, ...], **options: Any
) -> None:
    """Import statements, occupation titles or links from CSV, tab-separated text or XLSX."""
    told = Told(**options)
    facts = SourceFacts(source, told.version, told.licence, told.attribution)
    asked = {"source": asdict(facts), "occupations_like": occupations_like, "is_part": told.part}
    import_from_terminal(IMPORTER, [path], asked, told)


@commands.command("list")
def list_sources() -> None:
    """List the sources with their counts."""
    for row in source_rows():
        click.echo(
            f"{row.source.name} {row.source.version}: {row.statements:,} statements, "
            f"{row.retired:,} retired, {row.titles:,} occupation titles"
        )
