"""Frameworks of occupational standards."""

from pathlib import Path

import click
from flask.cli import AppGroup

from cycles.core import clock
from cycles.core.audit import SYSTEM
from cycles.core.errors import DomainError
from cycles.core.extensions import db
from cycles.importing.reports import Problem, RefusedFile
from cycles.semantics.commands import ask_to_encode
from cycles.standards.commands import FrameworkFacts, ImportReport, import_standards
from cycles.standards.queries import framework_rows

commands = AppGroup("standards", help="Frameworks of occupational standards.")
MOST_SHOWN = 40
File = click.Path(exists=True, dir_okay=False, path_type=Path)


@commands.command("import")
@click.argument("paths", nargs=-1, required=True, type=File, metavar="FILE...")
@click.option("--framework", "name", required=True, help="The framework to fill, by its name.")
@click.option("--version", help="The version of the framework.")
@click.option("--licence", help="Its licence; the Open Government Licence if nothing is said.")
@click.option("--attribution", help="The words its licence asks a report to print.")
@click.option("--illustrative", "is_illustrative", is_flag=True, default=None)
@click.option("--good-rows", is_flag=True, help="Import the good records and list the others.")
@click.option("--part", is_flag=True, help="Leave alone the standards that are not in the file.")
@click.option("--with-unapproved", is_flag=True, help="Import standards in development as well.")
def import_files(
    *,
    paths: tuple[Path, ...],
    name: str,
    good_rows: bool,
    part: bool,
    with_unapproved: bool,
    version: str | None,
    licence: str | None,
    attribution: str | None,
    is_illustrative: bool | None,
) -> None:
    """Import standards from JSON, CSV or XLSX; several files are taken as one."""
    facts = FrameworkFacts(name, version, licence, attribution, is_illustrative)
    try:
        report = import_standards(
            paths,
            framework=facts,
            actor=SYSTEM,
            moment=clock.now(),
            report=_say,
            good_rows_only=good_rows,
            with_unapproved=with_unapproved,
            is_part=part,
        )
    except RefusedFile as refusal:
        _list(refusal.rows)
        raise click.ClickException(f"{refusal} (--good-rows)") from refusal
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    scope = f"framework:{report.framework_id}"
    ask_to_encode(scope=scope, actor=SYSTEM, moment=clock.now())
    db.session.commit()
    _tell(report)


@commands.command("list")
def list_frameworks() -> None:
    """List the frameworks with their counts."""
    for row in framework_rows():
        click.echo(
            f"{row.framework.name}: {row.standards:,} standards, {row.with_duties:,} with duties, "
            f"{row.duties:,} duties, {row.ksbs:,} KSBs, {row.retired:,} retired"
        )


def _say(_done: int, _total: int, message: str) -> None:
    click.echo(message, err=True)


def _list(problems: tuple[Problem, ...]) -> None:
    for problem in problems[:MOST_SHOWN]:
        click.echo(f"{problem.where}: {problem.sentence}", err=True)
    if len(problems) > MOST_SHOWN:
        click.echo(f"… and {len(problems) - MOST_SHOWN:,} more.", err=True)


def _tell(report: ImportReport) -> None:
    counts = report.counts
    click.echo(f"{report.framework}: {counts.standards:,} standards in the file.")
    click.echo(
        f"{counts.added:,} added, {counts.changed:,} changed, {counts.unchanged:,} unchanged, "
        f"{counts.retired:,} retired; {counts.duties:,} duties, {counts.ksbs:,} KSBs."
    )
    for note in report.notes:
        click.echo(note)
    _list(report.problems)
    click.echo("The worker encodes what is new; “flask semantics encode” does it now.")
