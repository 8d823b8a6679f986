"""The library of statements."""

from pathlib import Path

import click
from flask.cli import AppGroup

from cycles.core import clock
from cycles.core.audit import SYSTEM
from cycles.core.errors import DomainError
from cycles.core.extensions import db
from cycles.importing.reports import Problem, RefusedFile
from cycles.library.commands import LibraryReport, SourceFacts, import_library
from cycles.library.queries import source_rows
from cycles.semantics.commands import ask_to_encode

commands = AppGroup("library", help="The library of statements.")
MOST_SHOWN = 40
File = click.Path(exists=True, dir_okay=False, path_type=Path)


@commands.command("import")
@click.argument("path", type=File, metavar="FILE")
@click.option("--source", help="The source's name; known shapes (O*NET, ESCO, SSC) have one.")
@click.option("--version", help="The version of the source.")
@click.option("--licence", help="The licence of the source.")
@click.option("--attribution", help="The words its licence asks a report to print.")
@click.option(
    "--occupations-like",
    multiple=True,
    metavar="TEXT",
    help="Only occupations whose code begins with this or whose title holds it; repeatable.",
)
@click.option("--good-rows", is_flag=True, help="Import the good rows and list the others.")
@click.option("--part", is_flag=True, help="Leave alone the statements that are not in the file.")
def import_file(
    *,
    path: Path,
    source: str | None,
    version: str | None,
    licence: str | None,
    attribution: str | None,
    occupations_like: tuple[str, ...],
    good_rows: bool,
    part: bool,
) -> None:
    """Import statements or occupation titles from CSV, tab-separated text or XLSX."""
    try:
        report = import_library(
            path,
            source=SourceFacts(source, version, licence, attribution),
            occupations_like=occupations_like,
            actor=SYSTEM,
            moment=clock.now(),
            report=_say,
            good_rows_only=good_rows,
            is_part=part,
        )
    except RefusedFile as refusal:
        _list(refusal.rows)
        raise click.ClickException(f"{refusal} (--good-rows)") from refusal
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    ask_to_encode(scope="library", actor=SYSTEM, moment=clock.now())
    db.session.commit()
    _tell(report)


@commands.command("list")
def list_sources() -> None:
    """List the sources with their counts."""
    for row in source_rows():
        click.echo(
            f"{row.source.name} {row.source.version}: {row.statements:,} statements, "
            f"{row.retired:,} retired, {row.titles:,} occupation titles"
        )


def _say(_done: int, _total: int, message: str) -> None:
    click.echo(message, err=True)


def _list(problems: tuple[Problem, ...]) -> None:
    for problem in problems[:MOST_SHOWN]:
        click.echo(f"{problem.where}: {problem.sentence}", err=True)
    if len(problems) > MOST_SHOWN:
        click.echo(f"… and {len(problems) - MOST_SHOWN:,} more.", err=True)


def _tell(report: LibraryReport) -> None:
    counts = report.counts
    click.echo(f"{report.source}: {counts.records:,} records; the file is of {report.shape}.")
    click.echo(
        f"{counts.added:,} added, {counts.changed:,} changed, {counts.unchanged:,} unchanged, "
        f"{counts.retired:,} retired."
    )
    for note in report.notes:
        click.echo(note)
    _list(report.problems)
    click.echo("The worker encodes what is new; “flask semantics encode --library” does it now.")
